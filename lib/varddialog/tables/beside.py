"""Some units beside each other in one indicator: their latest values with the answers, and every year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from varddialog.assessment.across import limits
from varddialog.assessment.answer import Answer
from varddialog.assessment.assess import Assessment
from varddialog.model.units import Unit
from varddialog.prose.answers import SHAPES
from varddialog.prose.evidence import name_of
from varddialog.prose.words import figure, period
from varddialog.swedish import MISSING, NBSP, interval, number
from varddialog.tables.html import table


def beside(found: Mapping[str, Assessment], units: Sequence[Unit]) -> Markup:
    """Latest value, interval, time and answers of each unit. found: unit code → assessment, for those with a value."""
    first = next(a.result for a in found.values() if a.result)
    header = ["Region", "Värde", f"95{NBSP}%-intervall", "Tid", "Mot riket", "Utveckling"]
    rows = [[unit.name, *_cells(found.get(unit.code))] for unit in units]
    return table(f"{name_of(first)}, {first.indicator.unit.label}: senaste värde", header, rows)


def _cells(a: Assessment | None) -> list[str]:
    if a is None or a.result is None:
        return ["uppgift saknas", *[MISSING] * 4]
    latest, ends = a.result.latest, limits(a)
    doubt = " (ifrågasatt)" if latest.is_questioned else ""
    return [
        figure(a.indicator, latest.value) + doubt,
        interval(*ends, a.indicator.decimals) if ends and not latest.is_questioned else MISSING,
        period(a.indicator, latest.when),
        _told(a.vs_nation),
        _told(a.trend),
    ]


def _told(answer: Answer | None) -> str:
    return f"{SHAPES[answer.klass]} {answer.klass}" if answer else MISSING


def year_by_year(found: Mapping[str, Assessment], units: Sequence[Unit]) -> Markup:
    """Every value of each unit, the newest time first. found: unit code → assessment, for those with a value."""
    results = {code: a.result for code, a in found.items() if a.result}
    first = next(iter(results.values()))
    values = {code: {p.when: p for p in result.points} for code, result in results.items()}
    rows = []
    for when in sorted({when for points in values.values() for when in points}, reverse=True):
        points = [values.get(unit.code, {}).get(when) for unit in units]
        shown = [number(p.value if p else None, first.indicator.decimals) for p in points]
        doubts = [" (ifrågasatt)" if p and p.is_questioned else "" for p in points]
        rows.append([period(first.indicator, when), *(a + b for a, b in zip(shown, doubts, strict=True))])
    caption = f"{name_of(first)}, {first.indicator.unit.label}: år för år"
    return table(caption, ["Tid", *(unit.name for unit in units)], rows)
