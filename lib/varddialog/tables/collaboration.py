"""Tables of the collaboration regions: their differences side by side, their members' values, the course of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from varddialog.assessment.collaboration import Among
from varddialog.assessment.then_and_now import ThenAndNow
from varddialog.model.units import CollaborationRegion
from varddialog.prose.collaboration import ARROWS, MEAN, OWN, apart_now
from varddialog.prose.evidence import name_of
from varddialog.prose.words import period
from varddialog.swedish import MISSING, number
from varddialog.tables.html import table
from varddialog.tables.over_time import mark, of_other_time, position

_HIDDEN = Markup('<span class="dold"> {}</span>')


def differences(regions: Sequence[CollaborationRegion], rows: Mapping[str, Sequence[Among]]) -> Markup:
    """Indicators × collaboration regions: how far apart the members are, as a share of the country's regions.

    rows: slug of each collaboration region → its indicators.
    """
    found = {slug: {row.across.example.anchor: row for row in own} for slug, own in rows.items()}
    order = dict.fromkeys(anchor for own in found.values() for anchor in own)
    example = {anchor: own[anchor] for own in found.values() for anchor in own}
    body = [
        [
            _indicator(example[anchor]),
            *(_apart(found[r.slug].get(anchor)) for r in regions),
            number(example[anchor].country.get(example[anchor].across.when), example[anchor].indicator.decimals),
        ]
        for anchor in order
    ]
    heads = [Markup('<a href="#{}">{}</a>').format(region.slug, region.name) for region in regions]
    return _grid("Genomsnittlig skillnad mellan två medlemmar", ["Mått", *heads, "Hela landet"], body)


def of_members(region: CollaborationRegion, rows: Sequence[Among], beside: Mapping[str, ThenAndNow]) -> Markup:
    """One collaboration region: each member's value, their weighted mean, Riket, and how far apart they are.

    beside: anchor → the indicator in the whole country.
    """
    body = []
    for row in rows:
        t, places = beside[row.across.example.anchor], row.indicator.decimals
        cells = [_value(t, unit.code) for unit in region.members]
        nation = row.across.nation
        then = number(row.then.apart, places) if row.then else MISSING
        rest = [number(row.mean, places), number(nation.value if nation else None, places), then]
        body.append([_indicator(row), *cells, *rest, _apart(row)])
    names = [unit.name + ("*" if unit in region.split else "") for unit in region.members]
    header = ["Mått", *names, f"{MEAN} ({OWN})", "Riket", "Skillnad då", "Skillnad nu"]
    return _grid(f"{region.name}: medlemmarna bredvid varandra", header, body)


def course(rows: Sequence[Among]) -> Markup:
    """How far apart the members were each year; months by their latest twelve."""
    times = sorted({m.when for row in rows for m in row.moments if "-" not in m.when})
    body = []
    for row in rows:
        known = {m.when: m.apart for m in row.moments}
        if not any("-" in when for when in known):
            cells = (number(known.get(when), row.indicator.decimals) for when in times)
            body.append([name_of(row.across.example), *cells])
    return table("Genomsnittlig skillnad mellan två medlemmar, år för år (egen beräkning)", ["Mått", *times], body)


def _grid(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """A table whose cells bring their own element, so that they can have a ground."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in header)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            row[0], Markup("").join(c if isinstance(c, Markup) else Markup("<td>{}</td>").format(c) for c in row[1:])
        )
        for row in rows
    )
    return Markup(
        '<table class="rutor liggande"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(caption, head, body)


def _indicator(row: Among) -> Markup:
    """The name with a link to all regions, its unit and time."""
    unit = row.indicator.unit.short or row.indicator.unit.label
    return Markup('<a href="../matt/{}.html">{}</a> <span>{}, {}</span>').format(
        row.indicator.slug, name_of(row.across.example), unit, period(row.indicator, row.across.when)
    )


def _apart(row: Among | None) -> Markup:
    """How far apart the members are now; full ground: as far as two regions of the country, or more."""
    if row is None or row.now is None:
        return Markup("<td>{}</td>").format(MISSING)
    arrow = Markup('<b aria-hidden="true">{}</b>').format(ARROWS[row.way]) if row.way and ARROWS[row.way] else ""
    words = _HIDDEN.format(said) if (said := apart_now(row)) else ""
    value = number(row.now.apart, row.indicator.decimals)
    share = round(100 * min(row.share, 1.0))
    few = f"{number(len(row.members))} av {number(len(row.region.members))}" if row.missing else ""
    note = Markup(" <small>{}</small>").format(few) if few else ""
    return Markup('<td style="--v:{}">{}{}{}{}</td>').format(share, value, arrow, words, note)


def _value(t: ThenAndNow, code: str) -> Markup:
    a = t.assessments.get(code)
    if a is None or a.result is None:
        return Markup("<td>{}</td>").format(MISSING)
    latest = a.result.latest
    look, told = mark(a)
    attributes = Markup(' class="{}"').format(look) if look else Markup("")
    if (share := position(t, code)) is not None:
        attributes += Markup(' style="--v:{}"').format(share)
    other = "" if latest.when == t.across.when else of_other_time(latest.when)
    doubt = Markup(" <small>ifrågasatt</small>") if latest.is_questioned else ""
    value = number(latest.value, t.indicator.decimals)
    return Markup("<td{}>{}{}{}{}</td>").format(attributes, value, told, other, doubt)
