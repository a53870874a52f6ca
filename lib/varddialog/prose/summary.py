"""What is said first in a report: how much there is to see, and what lies farthest from Riket."""

from __future__ import annotations

from collections.abc import Sequence

from varddialog.assessment.answer import Answer
from varddialog.assessment.assess import Assessment
from varddialog.assessment.groups import Comparison, GroupValue
from varddialog.assessment.results import Result
from varddialog.model.groups import in_sentence
from varddialog.prose.words import difference_in_words, figure, period, shown_difference
from varddialog.swedish import capital, listing, number, plural

# classes that do not stand out
_PLAIN = ("beskrivande", "i nivå", "ingen säker skillnad", "kan ej bedömas", "oförändrat")


def coverage(results: Sequence[Result], gaps: int, groups: int = 0) -> str:
    """How many indicators have figures, how many of them speak of today, how many comparisons of groups there are."""
    old = len({r.indicator.id for r in results if r.state != "aktuell"})
    indicators = len({r.indicator.id for r in results})
    said = f"Rapporten visar {plural(indicators, 'mått', 'mått')} med uppgifter"
    if groups:
        said += f" och {plural(groups, 'jämförelse', 'jämförelser')} mellan grupper"
    if old:
        said += f", varav {number(old)} är äldre eller avslutade"
    if gaps:
        said += f". För {plural(gaps, 'mått', 'mått')} saknas ännu uppgifter; de redovisas sist i varje område"
    return said + "."


def targets(results: Sequence[Result]) -> str:
    """How many target levels the values reach, current and comparable ones only."""
    compared = [t for r in results if r.state == "aktuell" for t in r.targets if t.reached]
    if not compared:
        return ""
    met = sum(t.reached == "nådd" for t in compared)
    return f"Värdet når {number(met)} av {plural(len(compared), 'jämförbar målnivå', 'jämförbara målnivåer')}."


def deviations(chosen: Sequence[Assessment], better: bool) -> list[Assessment]:
    """Among the chosen, those that deviate to one side, the largest for its spread first."""
    klass = "bättre" if better else "sämre"
    on_side = [(a, a.result) for a in chosen if a.result and a.vs_nation and a.vs_nation.klass == klass]
    shown = [(a, r) for a, r in on_side if shown_difference(r) != 0]
    return [a for a, _ in sorted(shown, key=lambda row: (-abs(row[1].distance or 0.0), row[1].indicator.id))]


def farthest_from_target(results: Sequence[Result]) -> list[Result]:
    """For Riket: current values that miss a comparable target level, the largest share of the level missing first."""
    missed = []
    for result in results:
        for found in result.targets:
            if result.state == "aktuell" and found.reached == "inte nådd" and found.gap and found.target.level:
                missed.append((-found.gap / abs(found.target.level), result.indicator.id, result))
    return [result for *_, result in sorted(missed, key=lambda row: row[:2])]


def widest_spread(results: Sequence[Result]) -> list[Result]:
    """For Riket: current, judged indicators where the middle half of the regions spans most of the median."""
    rows = []
    for r in results:
        judged = r.state == "aktuell" and r.indicator.turn and not r.is_flagged and r.indicator.unit.low is not None
        if judged and r.spread and r.spread.count >= 10 and r.spread.median > 0:
            rows.append((-(r.spread.upper_quartile - r.spread.lower_quartile) / r.spread.median, r.indicator.id, r))
    return [r for *_, r in sorted(rows, key=lambda row: row[:2])]


def overview_picture(area: str, assessments: Sequence[Assessment]) -> str:
    """The text alternative of an area's rows in the overview: how many of each class, and which stand out."""
    judged = [(a, a.result) for a in assessments if a.result]
    nation = bool(judged) and judged[0][1].unit.is_nation
    asked = [
        (
            "Mellan regionerna" if nation else "Mot riket",
            [(r, a.variation if nation else a.vs_nation) for a, r in judged],
        )
    ]
    asked += [
        ("Mot målnivån", [(r, a.vs_target) for a, r in judged]),
        ("Utveckling", [(r, a.trend) for a, r in judged]),
    ]
    said = [f"{area}, {plural(len(judged), 'mått', 'mått')}"]
    said += [f"{question}: {told}" for question, answers in asked if (told := _told(answers))]
    return ". ".join(said) + "."


def _told(answers: Sequence[tuple[Result, Answer | None]]) -> str:
    """`2 bättre (A, B), 5 kan ej bedömas`: what stands out by name, the rest as a count."""
    by_class: dict[str, list[str]] = {}
    for result, answer in answers:
        if answer is not None:
            by_class.setdefault(answer.klass.partition(",")[0], []).append(result.indicator.name)
    told = []
    for klass in sorted(by_class, key=lambda k: (k in _PLAIN, k)):
        names = by_class[klass]
        told.append(f"{number(len(names))} {klass}" + ("" if klass in _PLAIN else f" ({', '.join(names)})"))
    return ", ".join(told)


def group_finding(comparison: Comparison) -> str:
    """One sentence on the difference between the groups that lie farthest apart."""
    indicator, high, low = comparison.indicator, comparison.highest, comparison.lowest
    when = period(indicator, comparison.when)
    places = indicator.decimals
    gap = round(round(high.value, places) - round(low.value, places), places)
    if gap == 0:
        return f"Samma värde i alla grupper {when}."
    said = (
        f"Högst: {_group(comparison, high)} ({figure(indicator, high.value)}). "
        f"Lägst: {_group(comparison, low)} ({figure(indicator, low.value)}). "
        f"Skillnad {difference_in_words(indicator, gap)} {when}."
    )
    if comparison.apart is None:
        return said
    sure = "Skillnaden är säkerställd." if comparison.apart else "Skillnaden är inte säkerställd."
    return f"{said} {sure}"


def gap_before(comparison: Comparison) -> str:
    """What the difference between the same two groups was at the first comparable time; empty without a history."""
    if not comparison.has_history:
        return ""
    indicator, first, places = comparison.indicator, comparison.shared[0], comparison.indicator.decimals
    high, low = (round(v.history[first], places) for v in (comparison.highest, comparison.lowest))
    gap, when = round(high - low, places), period(indicator, first)
    names = [_group(comparison, v) for v in (comparison.highest, comparison.lowest)]
    if gap == 0:
        return f"{capital(when)} hade {names[0]} och {names[1]} samma värde."
    order = "" if gap > 0 else f", då med {names[1]} högst"
    then = f"{difference_in_words(indicator, gap)}{order}".removesuffix(".")  # of the unit's abbreviation
    return f"{capital(when)} var skillnaden mellan {names[0]} och {names[1]} {then}."


def group_legend(comparison: Comparison) -> str:
    """What the figure of groups shows, and how certain its values are."""
    drawn = "Ljusa staplar: " if comparison.has_history else "Ljust band: "
    sure = f"{drawn}källans 95-procentiga konfidensintervall." if comparison.has_intervals else "Osäkerheten är okänd."
    lines = "Heldragen: högst nu. Streckad: lägst nu. Grått fält: skillnaden mellan dem. "
    return lines + sure if comparison.has_history else sure


def _group(comparison: Comparison, value: GroupValue) -> str:
    return in_sentence(value.group, comparison.grouping)


def widest_gaps(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The current comparisons with the largest gap relative to their middle: certain ones first, unknown next."""
    current = [c for c in comparisons if c.indicator.discontinued is None and c.gap and c.apart is not False]
    return sorted(current, key=lambda c: (c.apart is None, -c.gap / abs(c.highest.value + c.lowest.value), c.anchor))


def gap_line(comparison: Comparison, nation: bool) -> str:
    """One line of the list: highest and lowest group, and whether the difference is certain."""
    indicator, high, low = comparison.indicator, comparison.highest, comparison.lowest
    sure = "säkerställd skillnad" if comparison.apart else "osäkerheten är okänd"
    whole = "hela landet, " if comparison.unit.is_nation and not nation else ""
    return (
        f"{_group(comparison, high)} {figure(indicator, high.value)}, {_group(comparison, low)} "
        f"{figure(indicator, low.value)} ({whole}{period(indicator, comparison.when)}, {sure})"
    )


def group_picture(comparison: Comparison) -> str:
    """The text alternative of a figure of groups."""
    values = listing(
        f"{_group(comparison, v)} {number(v.value, comparison.indicator.decimals)}" for v in comparison.values
    )
    unit = comparison.indicator.unit.label
    when = period(comparison.indicator, comparison.when)
    return f"{comparison.title}, {comparison.unit.name}, {when}: {values}. Enhet: {unit}."
