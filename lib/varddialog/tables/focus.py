"""The tables of a focus sheet: an indicator in each row, the region beside others, and where the regions stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from varddialog.assessment.answer import Answer, Class
from varddialog.assessment.assess import Assessment
from varddialog.assessment.results import Result
from varddialog.dialogue.focus import Beside, Stands
from varddialog.model.units import Unit, Units
from varddialog.prose import result as say
from varddialog.prose.answers import SHAPES
from varddialog.prose.evidence import level, name_of
from varddialog.prose.words import figure, period
from varddialog.swedish import MISSING, capital, number
from varddialog.tables.html import table

_LINK = Markup('<a href="{}">{}</a>')
_ALL = Markup('<a href="../matt/{}.html">Alla regioner<span class="dold">: {}</span></a>')
_SIDES: tuple[tuple[str, tuple[Class, ...]], ...] = (
    ("Bättre än riket", ("bättre",)),
    ("I nivå", ("i nivå",)),
    ("Sämre", ("sämre",)),
    ("Högre eller lägre", ("högre", "lägre")),
)
_JUDGED, _NEUTRAL = ("bättre", "i nivå", "sämre"), ("i nivå", "högre")
_OPEN = "Kan ej bedömas"


def results(assessments: Sequence[Assessment], unit: Unit, units: Units, address: Callable[[Result], str]) -> Markup:
    """One row an indicator with a value. address: where the indicator is told of in full."""
    rows = []
    for a in assessments:
        r = a.result
        if r is None:
            continue
        nation = [] if unit.is_nation else [figure(r.indicator, r.nation_now.value if r.nation_now else None)]
        answers = (a.variation if unit.is_nation else a.vs_nation, a.vs_target, a.trend)
        rows.append(
            [
                _LINK.format(address(r), name_of(r)),
                period(r.indicator, r.latest.when) + ("" if r.state == "aktuell" else f" ({r.state})"),
                figure(r.indicator, r.latest.value) + (" (ifrågasatt)" if r.latest.is_questioned else ""),
                *nation,
                say.best_name(r, units) or MISSING,
                _target(r),
                *(_answer(answer) for answer in answers),
                _ALL.format(r.indicator.slug, name_of(r)),
            ]
        )
    header = ["Mått", "Tid", unit.name, *([] if unit.is_nation else ["Riket"]), "Bäst i landet", "Målnivå"]
    header += ["Mellan regionerna" if unit.is_nation else "Mot riket", "Mot målnivån", "Utveckling", "Mer"]
    return table("Måtten ett för ett", header, rows)


def _target(result: Result) -> str:
    found = next((t for t in result.targets if t.reached is not None and t.target.level is not None), None)
    return capital(level(found, result).removeprefix("målnivån ")) if found else MISSING


def _answer(answer: Answer | None) -> Markup | str:
    if answer is None:
        return MISSING
    return Markup('<span aria-hidden="true">{}</span> {}').format(SHAPES[answer.klass], answer.klass)


def beside(rows: Sequence[Beside], unit: Unit, groups: Sequence[tuple[str, Sequence[str]]], units: Units) -> Markup:
    """The region, Riket and other regions, an indicator in each row; the best value of the row in bold.

    groups: heading and codes of the regions under it, no region twice.
    """
    codes = [code for _, members in groups for code in members]
    over = Markup("").join(
        Markup('<th scope="colgroup" colspan="{}">{}</th>').format(len(members), heading)
        for heading, members in groups
        if members
    )
    names = [unit.name, "Riket", *(units.by_code[code].name for code in codes)]
    under = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in names)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            _measured(row.result), Markup("").join(Markup("<td>{}</td>").format(cell) for cell in _cells(row, codes))
        )
        for row in rows
    )
    return Markup(
        "<table><caption>Värden vid samma tid; det bästa av regionernas i raden i fetstil</caption>"
        '<thead><tr><th rowspan="2" scope="col">Mått</th><td colspan="2"></td>{}</tr><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(over, under, body)


def _cells(row: Beside, codes: Sequence[str]) -> list[Markup | str]:
    r, places = row.result, row.result.indicator.decimals
    values = [r.latest.value, *(row.others.get(code) for code in codes)]
    turned = [r.indicator.turn * round(v, places) for v in values if v is not None]
    best = max(turned) if r.indicator.turn and max(turned) > min(turned) else None
    cells: list[Markup | str] = []
    for value in values:
        shown = number(value, places)
        is_best = value is not None and r.indicator.turn * round(value, places) == best
        cells.append(Markup("<strong>{}</strong>").format(shown) if is_best else shown)
    return [cells[0], number(r.nation_now.value if r.nation_now else None, places), *cells[1:]]


def stands(rows: Sequence[Stands], units: Units) -> Markup:
    """For Riket: the regions' span and middle, the best one, and how many regions have each class against Riket."""
    made = []
    for row in rows:
        r, places = row.result, row.result.indicator.decimals
        spread, applies = r.spread, _JUDGED if r.indicator.turn else _NEUTRAL
        span = [number(v, places) for v in (spread.low, spread.median, spread.high)] if spread else [MISSING] * 3
        told = [_count(row, classes) if classes[0] in applies else MISSING for _, classes in _SIDES]
        rest = number(len(row.classes) - len(row.judged))
        made.append(
            [_measured(r), number(r.latest.value, places), *span, say.best_name(r, units) or MISSING, *told, rest]
        )
    header = ["Mått", "Riket", "Lägst", "Median", "Högst", "Bäst", *(name for name, _ in _SIDES), _OPEN]
    return table("Regionerna och riket: värden, och antal regioner med varje omdöme", header, made)


def _count(row: Stands, classes: tuple[Class, ...]) -> str:
    return number(len(row.of(*classes)))


def _measured(result: Result) -> str:
    """`Namn, % (2025)`."""
    unit = result.indicator.unit.short
    return f"{name_of(result)}{f', {unit}' if unit else ''} ({period(result.indicator, result.latest.when)})"
