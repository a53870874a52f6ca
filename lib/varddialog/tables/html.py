"""One way to write a table, and the tables that stand in the reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from varddialog import swedish
from varddialog.assessment.assess import Assessment
from varddialog.assessment.grading import Grade
from varddialog.assessment.groups import Comparison
from varddialog.assessment.results import Result
from varddialog.model.groups import in_sentence
from varddialog.model.units import Unit
from varddialog.prose.evidence import name_of
from varddialog.prose.words import against_nation, figure, interval, period
from varddialog.statistics.robust import Spread
from varddialog.swedish import MISSING, capital, number, with_unit

_CELL = Markup("<td>{}</td>")


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table whose first column heads its rows. All text is escaped; cells may be Markup."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in header)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(row[0], Markup("").join(_CELL.format(c) for c in row[1:]))
        for row in rows
    )
    return Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
        escape(caption), head, body
    )


def history(result: Result) -> Markup:
    """Year by year: the unit, Riket, and the regions' span."""
    indicator, places = result.indicator, result.indicator.decimals
    mine = {p.when: p for p in result.points}
    header = ["Tid"] + ([] if result.unit.is_nation else [result.unit.name])
    header += ["Riket", "Lägst", "Median", "Högst", "Regioner"]
    rows = []
    for when in sorted({*mine, *result.nation}):
        nation = result.nation.get(when)
        values = list(result.regions.get(when, {}).values())
        spread = Spread.of(values) if len(values) >= 3 else None
        own = [] if result.unit.is_nation else [_value(result, when)]
        rest = [number(v, places) for v in (spread.low, spread.median, spread.high)] if spread else [MISSING] * 3
        rows.append(
            [
                period(indicator, when),
                *own,
                number(nation.value if nation else None, places),
                *rest,
                number(len(values)),
            ]
        )
    return table(f"{indicator.name}, {indicator.unit.label}", header, rows)


def _value(result: Result, when: str) -> str:
    """The unit's value with its interval, and a mark when a remark stops its assessment."""
    point = next((p for p in result.points if p.when == when), None)
    if point is None:
        return MISSING
    text = number(point.value, result.indicator.decimals)
    limits = interval(result.indicator, point)
    flagged = " (se anmärkning)" if point.is_questioned else ""
    return f"{text} ({limits}){flagged}" if limits else text + flagged


def overview(areas: Sequence[tuple[str, Sequence[Assessment]]], unit: Unit) -> Markup:
    """The overview as a table: one row an indicator with a value, and the three answers last, as in the drawing."""
    rows = []
    for area, assessments in areas:
        for a in assessments:
            result = a.result
            if result is None:
                continue
            nation, spread = result.nation_now, result.spread
            places = result.indicator.decimals
            span = swedish.interval(spread.low, spread.high, places) if spread else MISSING
            name = Markup('<a href="#{}">{}</a>').format(result.anchor, name_of(result))
            values = [period(result.indicator, result.latest.when), figure(result.indicator, result.latest.value)]
            values += [figure(result.indicator, nation.value if nation else None), against_nation(result), span]
            answers = (a.variation if unit.is_nation else a.vs_nation, a.vs_target, a.trend)
            rows.append([name, area, *values, *(answer.klass if answer else MISSING for answer in answers)])
    header = ["Mått", "Område", "Tid", unit.name, "Riket", "Skillnad mot riket", "Regionerna, lägst–högst"]
    header += ["Mellan regionerna" if unit.is_nation else "Mot riket", "Mot målnivån", "Utveckling"]
    return table("Översikten som tabell", header, rows)


def gaps(comparisons: Sequence[Comparison], unit: Unit, page: str = "") -> Markup:
    """Every comparison between groups: the groups farthest apart and the difference.

    page: the address of the page that shows each comparison, when it is another.
    """
    rows = []
    for c in comparisons:
        places = c.indicator.decimals
        gap = round(c.highest.value, places) - round(c.lowest.value, places)
        rows.append(
            [
                Markup('<a href="{}#{}">{}</a>').format(page, c.anchor, c.heading),
                c.unit.name if c.unit == unit else "Hela landet",
                period(c.indicator, c.when),
                f"{c.lowest.group}: {figure(c.indicator, c.lowest.value)}",
                f"{c.highest.group}: {figure(c.indicator, c.highest.value)}",
                with_unit(number(gap, places), c.indicator.unit.difference),
                {True: "säkerställd", False: "inte säkerställd", None: "okänd"}[c.apart],
            ]
        )
    header = ["Mått", "Gäller", "Tid", "Lägst", "Högst", "Skillnad", "Säkerhet"]
    return table("Skillnader mellan grupper", header, rows)


def grades(title: str, rows: Sequence[Grade]) -> Markup:
    """Differences between groups, all parts of the grading apart from their result."""
    results = ["Omotiverad", "Väsentlig"] if any(not g.is_signal for g in rows) else []
    counted = ["Personer"] if any(g.persons.count is not None for g in rows) else []
    header = ["Mått", "Missgynnad grupp", "Tid", "Skillnad", *results, "Storlek", *counted, "Varaktighet", "Nivå"]
    header += ["Nytta", "Behov", "Val", "Etik", "Konsekvens"]
    body = []
    for g in rows:
        gap = with_unit(number(g.gap, g.indicator.decimals), g.indicator.unit.difference)
        body.append(
            [
                g.indicator.part.family if g.indicator.part else g.indicator.name,
                _behind_and_ahead(g),
                period(g.indicator, g.when),
                MISSING if g.is_hidden else gap,
                *([g.unwarranted or "", g.substantial or ""] if results else []),
                str(g.size),
                *([number(g.persons.count)] if counted else []),
                f"{g.persistence.same} av {len(g.persistence.gaps)}",
                g.level,
                *(g.benefit, g.need, g.preference, g.ethics, g.consequence),
            ]
        )
    return table(title, header, body)


def _behind_and_ahead(g: Grade) -> str:
    """`Kvinnor, mot män`, `Födda i Sverige, mot födda i övriga Norden`; a region's name stays as it is."""
    if g.grouping in ("region", "enhet"):
        return f"{g.disadvantaged}, mot {g.advantaged}"
    behind, ahead = (in_sentence(name, g.grouping) for name in (g.disadvantaged, g.advantaged))
    return f"{capital(behind)}, mot {ahead}"


def groups(comparison: Comparison) -> Markup:
    """Groups by year, the publisher's interval beside the latest value."""
    moments = sorted({w for v in comparison.values for w in v.history})
    places = comparison.indicator.decimals
    rows = []
    for v in comparison.values:
        cells = {w: number(v.history.get(w), places) for w in moments}
        if v.low is not None and v.high is not None:
            cells[comparison.when] += f" ({swedish.interval(v.low, v.high, places)})"
        rows.append([v.group, *cells.values()])
    caption = f"{comparison.title}, {comparison.indicator.unit.label}, {comparison.unit.name}"
    return table(caption, ["Grupp", *(period(comparison.indicator, w) for w in moments)], rows)
