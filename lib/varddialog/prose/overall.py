"""The lists that open a report: strengths, problems, trends to watch, and what to study further.

An indicator stands in one list only, the first that it belongs in; what else there is to say of it stands in its line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from varddialog.assessment.answer import Answer
from varddialog.assessment.assess import Assessment
from varddialog.assessment.groups import Comparison
from varddialog.assessment.results import Result
from varddialog.assessment.told import is_far
from varddialog.model.units import Unit
from varddialog.prose import evidence as of
from varddialog.prose import summary
from varddialog.prose.words import difference_in_words
from varddialog.swedish import plural

BETTER, WORSE = "Bättre än riket", "Sämre än riket"
WATCH, STUDY = "Utveckling att följa", "Att undersöka vidare"
FROM_TARGET, SPREAD = "Längst från målnivån", "Störst skillnader mellan regionerna"
GROUPS = "Störst skillnader mellan grupper"
SHOWN = 4
# indicators without a value in one area, from which the hole is worth a line
MANY_MISSING = 3

Line = tuple[str, str, str]  # name, anchor, words


def lists(
    assessments: Sequence[Assessment],
    first: Sequence[Assessment],
    unit: Unit,
    holes: Sequence[tuple[str, str, int]] = (),
) -> list[tuple[str, list[Line]]]:
    """Heading → lines. first: the deviations that are certain enough to open a report.

    holes: name, anchor and how many indicators lack a value for the unit, area by area.
    """
    by_anchor = {a.result.anchor: a for a in assessments if a.result}
    results = [a.result for a in by_anchor.values() if a.result]
    made: list[tuple[str, Sequence[Assessment], Callable[[Assessment], str]]]
    if unit.is_nation:
        far = [by_anchor[r.anchor] for r in summary.farthest_from_target(results)]
        spread = [by_anchor[r.anchor] for r in summary.widest_spread(results)]
        made = [(FROM_TARGET, far, target_line), (SPREAD, spread, spread_line)]
    else:
        better, worse = (summary.deviations(first, side) for side in (True, False))
        made = [(BETTER, better, deviation_line), (WORSE, worse, deviation_line)]
    made += [(WATCH, watch(assessments), watch_line), (STUDY, study(assessments), study_line)]
    wide = sorted((hole for hole in holes if hole[2] >= MANY_MISSING), key=lambda hole: -hole[2])[:1]
    taken: set[str] = set()
    found: list[tuple[str, list[Line]]] = []
    for title, chosen, line in made:
        last = [(name, anchor, hole_line(count, unit)) for name, anchor, count in wide if title == STUDY]
        left = [(a, a.result) for a in chosen if a.result and a.result.anchor not in taken][: SHOWN - len(last)]
        taken |= {result.anchor for _, result in left}
        found.append((title, [(of.name_of(result), result.anchor, line(a)) for a, result in left] + last))
    return [(title, rows) for title, rows in found if rows]


def of_groups(comparisons: Sequence[Comparison], is_nation: bool) -> list[tuple[str, list[Line]]]:
    """Heading → lines for the report on groups: certain differences, then wide ones that nobody knows how certain."""
    widest = summary.widest_gaps(comparisons)
    found = [(GROUPS, [c for c in widest if c.apart]), (STUDY, [c for c in widest if c.apart is None])]
    return [
        (title, [(c.heading, c.anchor, summary.gap_line(c, is_nation)) for c in rows[:SHOWN]])
        for title, rows in found
        if rows
    ]


def watch(assessments: Sequence[Assessment]) -> list[Assessment]:
    """What gets worse, what falls behind Riket, then what gets better; the largest change for its limit first.

    What gets better faster than Riket comes before what gets better everywhere. What gets better and yet is worse
    than Riket is left for further study, as is what is questioned.
    """
    sound = [a for a in assessments if a.result and not a.result.is_flagged]
    worse = [a for a in sound if of.trend(a) == "försämras"]
    behind = [a for a in sound if of.relation(a) in of.BEHIND and a not in worse]
    gains = [a for a in sound if of.trend(a) == "förbättras" and not is_worse(a) and a not in behind]
    faster = [a for a in gains if of.relation(a)]
    better = [a for a in gains if not of.relation(a)]
    nearer = [a for a in sound if of.relation(a) == "närmar sig riket" and not (of.trend(a) or is_worse(a))]
    return [a for part in (worse, behind, faster, better, nearer) for a in sorted(part, key=of.by_change)]


def study(assessments: Sequence[Assessment]) -> list[Assessment]:
    """One of each kind in turn: target certainly missed, far from Riket but unknown, questioned, better yet worse."""
    kinds = [
        sorted((a for a in assessments if of.missed(a)), key=of.by_target),
        sorted((a for a in assessments if is_far(a)), key=of.by_distance),
        [a for a in assessments if a.result and a.result.is_flagged and a.result.state == "aktuell"],
        sorted((a for a in assessments if is_worse(a) and of.trend(a) == "förbättras"), key=of.by_distance),
    ]
    longest = max(map(len, kinds))
    turns = [kind[i] for i in range(longest) for kind in kinds if i < len(kind)]
    return list({id(a): a for a in turns}.values())


def is_worse(assessment: Assessment) -> bool:
    """Whether the value is certainly worse than Riket's."""
    return assessment.vs_nation is not None and assessment.vs_nation.klass == "sämre"


def deviation_line(a: Assessment) -> str:
    """Value, time, Riket, difference and certainty; and the trend, where there is one."""
    result, answer = _known(a)
    assert answer is not None
    trend = of.trend(a)
    but = "" if trend is None else f"; måttet {trend} {of.course(result)}"
    return f"{of.compared(result)}, {of.certainty(answer)}{but}"


def watch_line(a: Assessment) -> str:
    """What happens, from when to when, Riket, and how certain it is."""
    result, _ = _known(a)
    trend, relation = of.trend(a), of.relation(a)
    if trend is None or (relation in of.BEHIND and trend != "försämras"):
        said = f"{trend} men {relation}" if trend else relation
        return f"{said}: {of.distance_course(result)}; {of.beside_nation(result)}, {of.OF_SERIES}"
    assert a.trend is not None
    return f"{of.moved(a, beside=True)}, {of.certainty(a.trend, 'förändring')}"


def study_line(a: Assessment) -> str:
    """Why it deserves a closer look, with the evidence."""
    result, answer = _known(a)
    if result.is_flagged and result.state == "aktuell":
        whose = "värdet" if result.latest.is_questioned else "rikets värde"
        return f"{of.value(result)}; {whose} är ifrågasatt och jämförs inte"
    if is_far(a):
        return f"{of.compared(result)}; långt från riket för regionernas spridning, men osäkerheten är okänd"
    if of.missed(a):
        return target_line(a)
    assert answer is not None
    return f"förbättras men är sämre än riket: {of.course(result)}; {of.compared(result)}, {of.certainty(answer)}"


def target_line(a: Assessment) -> str:
    """How far the value is from its target level, and whether that is certain."""
    result, _ = _known(a)
    found = next(t for t in result.targets if t.reached == "inte nådd")
    assert found.gap is not None
    left = difference_in_words(result.indicator, found.gap)
    sure = f", {of.certainty(a.vs_target, 'avstånd')}" if a.vs_target else ""
    return f"{of.value(result)}, {of.level(found, result)}, {left} återstår{sure}"


def spread_line(a: Assessment) -> str:
    """For Riket: the lowest and highest region, and whether chance explains how the regions differ."""
    result, _ = _known(a)
    found = a.variation.klass if a.variation else None
    if found == "ingen säker skillnad":
        return f"{of.span(result)}; skillnaderna är inte större än slumpen kan förklara"
    if a.variation is None or found != "skillnad":
        return f"{of.span(result)}, skillnaden är inte prövad"
    sure = f" ({of.OF_SERIES})" if a.variation.certainty == "skattad ur tidsserien" else ""
    return f"{of.span(result)}; regionerna skiljer sig mer än slumpen förklarar{sure}"


def hole_line(count: int, unit: Unit) -> str:
    """Indicators of one area that others have figures for."""
    where, others = ("riket", "regioner") if unit.is_nation else (unit.name, "andra regioner")
    return f"{plural(count, 'mått', 'mått')} har uppgift för {others} men inte för {where}"


def _known(a: Assessment) -> tuple[Result, Answer | None]:
    assert a.result is not None
    return a.result, a.vs_nation
