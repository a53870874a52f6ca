"""The regions over time as tables: all indicators at a glance, and the values behind each indicator's panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup

from varddialog.assessment.answer import Class
from varddialog.assessment.assess import Assessment
from varddialog.assessment.then_and_now import ThenAndNow
from varddialog.model.units import Units
from varddialog.prose.answers import SHAPES
from varddialog.prose.evidence import name_of
from varddialog.prose.over_time import ARROWS, cell_words
from varddialog.prose.words import period, short_moment
from varddialog.swedish import MISSING, number
from varddialog.tables.html import table

# what the style sheet calls the ground of a cell: only what is judged good or bad has a colour
_LOOKS: dict[Class, str] = {"bättre": "battre", "sämre": "samre"}
_UNTOLD: tuple[Class, ...] = ("kan ej bedömas", "beskrivande")
_HIDDEN = Markup('<span class="dold"> {}</span>')


def matrix(found: Sequence[ThenAndNow], units: Units, links: Mapping[str, str] = MappingProxyType({})) -> Markup:
    """Regions × indicators: the latest value, its class against Riket as ground and mark, an arrow for its way.

    An arrow upwards is always better. links: region code → address.
    """
    head = Markup("").join(_head(t) for t in found)
    rows = [_nation(found), *(_row(unit.code, unit.name, found, links) for unit in units.regions)]
    return Markup(
        '<table class="rutor"><caption>{}</caption><thead><tr><th scope="col">Region</th>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format("Senaste värdet för varje region och mått", head, Markup("").join(rows))


def _head(t: ThenAndNow) -> Markup:
    now = short_moment(t.across.when)
    time = f"{short_moment(t.then)}→{now}" if t.then else now
    unit = t.indicator.unit.short or t.indicator.unit.label
    return Markup('<th scope="col"><div><a href="#{}">{}</a> <span>{}, {}</span></div></th>').format(
        anchor(t), name_of(t.across.example), unit, time
    )


def anchor(t: ThenAndNow) -> str:
    """The address of the indicator on the page."""
    return f"over-tid-{t.across.example.anchor}"


def _nation(found: Sequence[ThenAndNow]) -> Markup:
    cells = []
    for t in found:
        value = number(t.across.nation.value if t.across.nation else None, t.indicator.decimals)
        cells.append(Markup("<td>{}{}</td>").format(value, _arrow(t, t.nation is not None, "00")))
    return Markup('<tr class="riket"><th scope="row">Riket</th>{}</tr>').format(Markup("").join(cells))


def _row(code: str, name: str, found: Sequence[ThenAndNow], links: Mapping[str, str]) -> Markup:
    shown = Markup('<a href="{}">{}</a>').format(links[code], name) if code in links else name
    cells = Markup("").join(_cell(t, code) for t in found)
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(shown, cells)


def _cell(t: ThenAndNow, code: str) -> Markup:
    a = t.assessments.get(code)
    if a is None or a.result is None:
        return Markup("<td>{}</td>").format(MISSING)
    latest = a.result.latest
    value = number(latest.value, t.indicator.decimals)
    other = "" if latest.when == t.across.when else of_other_time(latest.when)
    doubt = Markup(" <small>ifrågasatt</small>") if latest.is_questioned else ""
    look, told = mark(a)
    attributes = Markup(' class="{}"').format(look) if look else Markup("")
    if (share := position(t, code)) is not None:
        attributes += Markup(' style="--v:{}"').format(share)
    return Markup("<td{}>{}{}{}{}{}</td>").format(
        attributes, value, told, _arrow(t, code in t.steps, code), other, doubt
    )


def of_other_time(when: str) -> Markup:
    """The time of a value beside it, where it is not that of the column."""
    return Markup(' <small><span class="dold">värde från </span>{}</small>').format(short_moment(when))


def position(t: ThenAndNow, code: str) -> int | None:
    """How far from the worst region (0) towards the best (100) a value lies; None where neither way is better."""
    values, latest = t.across.values, t.assessments[code].result
    low, high, turn = min(values.values()), max(values.values()), t.indicator.turn
    if latest is None or latest.latest.is_questioned or not turn or low == high:
        return None
    share = min(max((latest.latest.value - low) / (high - low), 0.0), 1.0)
    return round(100 * (share if turn > 0 else 1 - share))


def mark(a: Assessment) -> tuple[str, Markup]:
    """What the style sheet calls the class against Riket, and its shape with the word for those who see no shapes."""
    klass = a.vs_nation.klass if a.vs_nation else "kan ej bedömas"
    if klass in _UNTOLD:
        return "", Markup("")
    shape = Markup('<i aria-hidden="true">{}</i>').format(SHAPES[klass]) + _HIDDEN.format(f"{klass} än riket")
    if klass == "i nivå":
        shape = Markup('<i aria-hidden="true">{}</i>').format(SHAPES[klass]) + _HIDDEN.format("i nivå med riket")
    return _LOOKS.get(klass, "niva"), shape


def _arrow(t: ThenAndNow, known: bool, code: str) -> Markup:
    step = t.nation if code == "00" else t.steps.get(code)
    if not known or step is None:
        return Markup("")
    words = _HIDDEN.format(cell_words(step, t.then))
    return Markup('<b aria-hidden="true">{}</b>').format(arrow) + words if (arrow := ARROWS[step.way]) else words


def values(t: ThenAndNow) -> Markup:
    """Each region by time, the best first, and Riket."""
    points = {code: {p.when: p for p in a.result.points} for code, a in t.assessments.items() if a.result}
    times = sorted({when for own in points.values() for when in own})
    order = [*t.across.ordered, *sorted(code for code in points if code not in t.across.regions)]
    rows = [
        [
            t.across.name(code),
            *(
                MISSING
                if w not in points[code]
                else number(points[code][w].value, t.indicator.decimals)
                + (" (ifrågasatt)" if points[code][w].is_questioned else "")
                for w in times
            ),
        ]
        for code in order
    ]
    nation = t.across.example.nation
    if nation:
        rows.append(["Riket", *(number(nation[w].value if w in nation else None, t.indicator.decimals) for w in times)])
    caption = f"{name_of(t.across.example)}, {t.indicator.unit.label}"
    return table(caption, ["Region", *(period(t.indicator, w) for w in times)], rows)
