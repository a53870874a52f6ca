"""The short report: the reports' own sentences put together as a text of two pages, and the fact sheet's words.

What many sentences have in common is said once, in `how_sure`, and left out of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from varddialog.assessment.assess import Assessment
from varddialog.assessment.chance import flags, worth_opening_with
from varddialog.assessment.groups import Comparison
from varddialog.assessment.results import Result
from varddialog.assessment.told import is_far
from varddialog.model.units import Unit
from varddialog.prose import area, overall, summary
from varddialog.prose import evidence as of
from varddialog.prose.answers import chance
from varddialog.swedish import capital, listing, number, plural

REPORT = "rapportens"
NOTHING = "Ingen skillnad mot riket är både tillräckligt säker och tillräckligt stor för att lyftas fram."
IMPROVED = "Förbättras tydligast"
USUAL = area.USUAL
SHOWN = 3

Line = tuple[Result, str]  # what is put forward, and its words
_Picked = tuple[str, Sequence[Assessment], Callable[[Assessment], str]]


@dataclass(frozen=True)
class Material:
    """One report: assessments of what has a value, how many indicators have no figures yet, comparisons of groups."""

    assessments: Sequence[Assessment]
    gaps: int = 0
    comparisons: Sequence[Comparison] = ()


def headlines(reports: Sequence[Material], unit: Unit) -> list[tuple[str, list[Line]]]:
    """Three strengths and three problems over all reports: heading → lines of the reports' own lists."""
    return [
        (title, [(a.result, area.without_usual(line(a))) for a in found[:SHOWN] if a.result])
        for title, found, line in _picked(reports, unit)
    ]


def _picked(reports: Sequence[Material], unit: Unit) -> tuple[_Picked, _Picked]:
    if unit.is_nation:
        everything = _everything(reports)
        by_anchor = {a.result.anchor: a for a in everything if a.result}
        far = [by_anchor[r.anchor] for r in summary.farthest_from_target([a.result for a in everything if a.result])]
        gains = _moving(everything, "förbättras")
        return (IMPROVED, gains, overall.watch_line), (overall.FROM_TARGET, far, overall.target_line)
    # what may open a report is settled within the report
    first = [a for report in reports for a in worth_opening_with(report.assessments)]
    better, worse = (summary.deviations(first, side) for side in (True, False))
    return (overall.BETTER, better, overall.deviation_line), (overall.WORSE, worse, overall.deviation_line)


def opening(reports: Sequence[Material], unit: Unit) -> str:
    """What stands out over all reports, by name alone since the figures follow, and how many values change."""
    best, worst = (_names(found[:SHOWN]) for _, found, _ in _picked(reports, unit))
    if unit.is_nation:
        said = [
            f"Tydligast förbättras {best}." if best else "",
            f"Längst från målnivån ligger {worst}." if worst else "",
        ]
    elif best and worst:
        said = [f"Åt det bättre hållet skiljer sig {unit.name} mest från riket i {best}, åt det sämre i {worst}."]
    elif best or worst:
        side = "bättre" if best else "sämre"
        said = [
            f"Bara åt det {side} hållet skiljer sig {unit.name} från riket så säkert och så mycket att det lyfts fram, "
            f"mest i {best or worst}."
        ]
    else:
        said = [NOTHING]
    return _joined([*said, _change(_everything(reports))])


def _change(assessments: Sequence[Assessment]) -> str:
    better, worse = (len(_moving(assessments, klass)) for klass in ("förbättras", "försämras"))
    if better and worse:
        return f"Över tid förbättras {plural(better, 'värde', 'värden')}, medan {number(worse)} försämras."
    klass = "förbättras" if better else "försämras"
    return f"Över tid {klass} {plural(better or worse, 'värde', 'värden')}." if better or worse else ""


def on_report(report: Material, unit: Unit) -> list[str]:
    """One report in two paragraphs, how things stand and how they change; the report on groups in one."""
    there = report.assessments
    if report.comparisons:
        paragraphs = [_on_groups(report.comparisons, unit)]
    elif not there:
        paragraphs = [[f"Rapporten har ännu inga uppgifter för {'riket' if unit.is_nation else unit.name}."]]
    else:
        stands = [area.of_nation(there, REPORT), _spread(there)] if unit.is_nation else [_beside(there)]
        paragraphs = [
            [*stands, _far_off(there), area.targets(there, REPORT)],
            [area.trends(there), area.falls_behind(there)],
        ]
    return [area.without_usual(told) for paragraph in paragraphs if (told := _joined(paragraph))]


def _beside(assessments: Sequence[Assessment]) -> str:
    return area.against_nation(assessments, REPORT)


def _spread(assessments: Sequence[Assessment]) -> str:
    """For Riket: where the regions differ most, and next."""
    then = [f"{_quoted(r)}, {of.span(r)}" for r in summary.widest_spread(_results(assessments))[1:SHOWN]]
    return _joined([area.spread(assessments), f"Därnäst kommer {', och '.join(then)}." if then else ""])


def _far_off(assessments: Sequence[Assessment]) -> str:
    """What lies farthest from Riket among that of which nobody knows how certain it is."""
    far = sorted((a for a in assessments if is_far(a)), key=of.by_distance)[:1]
    return "".join(
        f"{_quoted(r)} ({of.beside_nation(r)}) ligger långt från riket för regionernas spridning, "
        "men osäkerheten är okänd."
        for r in _results(far)
    )


def _on_groups(comparisons: Sequence[Comparison], unit: Unit) -> list[str]:
    current = [c for c in comparisons if c.indicator.discontinued is None]
    split = listing(dict.fromkeys(c.grouping for c in current))
    then = [f"”{c.heading}”: {summary.gap_line(c, unit.is_nation)}" for c in summary.widest_gaps(current)[1:2]]
    return [
        f"Rapporten jämför grupper efter {split}." if split else "",
        area.of_groups(comparisons, unit),
        *(f"Därnäst kommer {line}." for line in then),
    ]


def beside_sheet(report: Material, unit: Unit) -> list[str]:
    """Up to three short sentences for the printed overview, by name alone since the sheet holds the figures."""
    there = report.assessments
    if report.comparisons:
        widest = [f"”{c.heading}”" for c in summary.widest_gaps(report.comparisons)[:SHOWN]]
        return [f"Störst är skillnaden mellan grupper i {listing(widest)}."] if widest else []
    if unit.is_nation:
        widest = [_quoted(r) for r in summary.widest_spread(_results(there))[:1]]
        said = [f"Mest skiljer sig regionerna i {name}." for name in widest]
    else:
        better, worst = (_names(summary.deviations(there, side)[:1]) for side in (True, False))
        sides = [
            f"åt det bättre hållet ligger {better}" if better else "",
            f"åt det sämre {'' if better else 'hållet ligger '}{worst}" if worst else "",
        ]
        said = [f"Längst {', '.join(side for side in sides if side)}."] if better or worst else [NOTHING]
    gets_worse, gets_better = (_names(_moving(there, klass)[:1]) for klass in ("försämras", "förbättras"))
    moves = [f"{klass} {name}" for klass, name in (("försämras", gets_worse), ("förbättras", gets_better)) if name]
    far = _names(sorted((a for a in there if of.missed(a)), key=of.by_target)[:1])
    return [
        *said,
        *([f"Tydligast {', tydligast '.join(moves)}."] if moves else []),
        *([f"Mest återstår till målnivån för {far}."] if far else []),
    ]


def how_sure(reports: Sequence[Material], unit: Unit) -> list[str]:
    """In two paragraphs, for all sentences: how certain what is said is, and what cannot be said."""
    everything, gaps = _everything(reports), sum(report.gaps for report in reports)
    picked = [
        "Skillnader mot riket lyfts fram när de är större än relevansgränsen och så tydliga att slumpen är en dålig "
        "förklaring.",
        chance(flags(everything)),
    ]
    sideways = any(a.vs_nation and a.vs_nation.klass in ("högre", "lägre") for a in everything)
    known = [USUAL, f"{capital(area.NEUTRAL.strip(' ()'))}." if sideways else ""]
    missing = f"För {plural(gaps, 'mått', 'mått')} saknas ännu uppgifter; de redovisas sist i varje område."
    return [
        _joined([*([] if unit.is_nation else picked), *known]),
        _joined([area.unknown(everything), missing if gaps else "", "Inget här säger vad något beror på."]),
    ]


def _everything(reports: Sequence[Material]) -> list[Assessment]:
    return [a for report in reports for a in report.assessments]


def _results(assessments: Sequence[Assessment]) -> list[Result]:
    return [a.result for a in assessments if a.result]


def _moving(assessments: Sequence[Assessment], klass: str) -> list[Assessment]:
    """What has that trend, the largest change first."""
    sound = (a for a in assessments if a.result and not a.result.is_flagged)
    return sorted((a for a in sound if of.trend(a) == klass), key=of.by_change)


def _names(chosen: Sequence[Assessment]) -> str:
    return listing(_quoted(r) for r in _results(chosen))


def _quoted(result: Result) -> str:
    return f"”{of.name_of(result)}”"


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
