"""The evidence behind a statement in a summary: value, time, what it is compared with, and how certain it is."""

from __future__ import annotations

from typing import Literal

from varddialog.assessment.answer import Answer
from varddialog.assessment.assess import Assessment
from varddialog.assessment.months import monthly
from varddialog.assessment.results import Result
from varddialog.assessment.targets import TargetResult

# what may be told is settled below; sentences find it here beside its words
from varddialog.assessment.told import BEHIND as BEHIND
from varddialog.assessment.told import change as change
from varddialog.assessment.told import distances as distances
from varddialog.assessment.told import is_certain as is_certain
from varddialog.assessment.told import is_reached as is_reached
from varddialog.assessment.told import missed as missed
from varddialog.assessment.told import relation as relation
from varddialog.assessment.told import trend as trend
from varddialog.assessment.uncertainty import comparable
from varddialog.model.indicator import Indicator
from varddialog.prose.words import difference_in_words, figure, period, shown_difference
from varddialog.swedish import EN_DASH, MINUS, number, signed, with_unit

OF_SERIES = "osäkerheten skattad ur tidsserien"


def name_of(result: Result) -> str:
    """The indicator's name, with the sex where there is no value for both together."""
    ending = {"K": ", kvinnor", "M": ", män"}.get(result.sex, "") if result.only_sex else ""
    return f"{result.indicator.name}{ending}"


def certainty(answer: Answer, what: Literal["skillnad", "förändring", "avstånd"] = "skillnad") -> str:
    """`osäkerheten skattad ur tidsserien`, `säkerställd skillnad`."""
    form = "säkerställt" if what == "avstånd" else "säkerställd"
    return {
        "säkerställd": f"{form} {what}",
        "tydligt säkerställd": f"tydligt {form} {what}",
        "skattad ur tidsserien": OF_SERIES,
        "inte säkerställd": f"inte {form}",
        "okänd": "osäkerheten är okänd",
    }[answer.certainty]


def value(result: Result) -> str:
    """`56,0 % 2025`."""
    return f"{figure(result.indicator, result.latest.value)} {period(result.indicator, result.latest.when)}"


def beside_nation(result: Result) -> str:
    """`56,0 % 2025, riket 50,0 %`; the unit is written once unless it is a share."""
    assert result.nation_now is not None
    return f"{value(result)}, riket {_again(result, result.nation_now.value)}"


def compared(result: Result) -> str:
    """`56,0 % 2025, riket 50,0 % (6,0 procentenheter högre)`."""
    shown = shown_difference(result)
    if shown == 0:
        return f"{beside_nation(result)} (samma värde)"
    side = result.indicator.unit.sides[shown < 0]
    is_share = result.indicator.unit.short == "%"
    plain = number(abs(shown), result.indicator.decimals)
    size = difference_in_words(result.indicator, shown) if is_share else plain
    return f"{beside_nation(result)} ({size} {side})"


def _again(result: Result, number_beside: float) -> str:
    """A value beside one whose unit is already written."""
    is_share = result.indicator.unit.short == "%"
    return figure(result.indicator, number_beside) if is_share else number(number_beside, result.indicator.decimals)


def course(result: Result, beside: bool = False) -> str:
    """`från 12,0 (2016) till 15,3 dagar (2025)`; months beside their mean. beside: with Riket at the same time."""
    indicator, points = result.indicator, comparable(result.indicator, result.points)
    first, last = points[0], points[-1]
    nation = result.nation.get(last.when)
    shown = beside and not result.unit.is_nation and nation is not None and not nation.is_questioned
    riket = f", riket {_again(result, nation.value)}" if shown and nation else ""
    if found := monthly(result):
        mean = number(found.chart.points[-1].mean, indicator.decimals)
        now = f"{figure(indicator, last.value)} {period(indicator, last.when)}"
        return f"({now}{riket}, i medeltal {mean} för {number(len(found.points))} månader)"
    start, end = _ends(indicator, first.value, last.value)
    return f"från {start} ({period(indicator, first.when)}) till {end} ({period(indicator, last.when)}{riket})"


def moved(assessment: Assessment, beside: bool = False) -> str:
    """The trend with its course, and how the distance to Riket develops; for what has a trend to tell."""
    assert assessment.result is not None
    klass, how = trend(assessment), relation(assessment)
    joined = "och" if (how in BEHIND) == (klass == "försämras") else "men"
    return f"{klass} {course(assessment.result, beside)}" + (f" {joined} {how}" if how else "")


def distance_course(result: Result) -> str:
    """`skillnaden har gått från +0,5 (2016) till −1,9 procentenheter (2025)`."""
    indicator = result.indicator
    (since, first), (now, last) = distances(result)
    sign = "+" if last > 0 else MINUS if last < 0 else ""
    return (
        f"skillnaden har gått från {signed(first, indicator.decimals)} ({period(indicator, since)}) "
        f"till {sign}{difference_in_words(indicator, last)} ({period(indicator, now)})"
    )


def level(found: TargetResult, result: Result) -> str:
    """`målnivån minst 80 %`, and whether it is another indicator's."""
    target = found.target
    ends = [end for end in (target.level, target.upper) if end is not None]
    if target.kind == "två nivåer":  # the moderate one is judged, which is the higher where lower is better
        ends = ends[:: result.indicator.turn or 1][:1]
    places = 0 if all(end == int(end) for end in ends) else 1
    written = with_unit(EN_DASH.join(number(end, places) for end in ends), result.indicator.unit.short)
    kind = {"minst": "minst ", "högst": "högst ", "två nivåer": "för måttlig nivå "}.get(target.kind, "")
    near = " för ett närliggande mått" if target.match == "närliggande" else ""
    return f"målnivån{near} {kind}{written}"


def span(result: Result) -> str:
    """The lowest and highest region: `från 5,2 till 99,8 % (2025)`."""
    assert result.spread is not None
    low, high = _ends(result.indicator, result.spread.low, result.spread.high)
    return f"från {low} till {high} ({period(result.indicator, result.latest.when)})"


def _ends(indicator: Indicator, first: float, last: float) -> tuple[str, str]:
    """Two values with the unit once."""
    if indicator.measure == "index":
        return f"index {number(first, indicator.decimals)}", number(last, indicator.decimals)
    return number(first, indicator.decimals), figure(indicator, last)


def by_change(assessment: Assessment) -> tuple[float, str]:
    """Orders by the size of the change, the largest first."""
    return -change(assessment), assessment.indicator.id


def by_distance(assessment: Assessment) -> tuple[float, str]:
    """Orders by the distance from Riket in spreads of the regions, the farthest first."""
    return -abs((assessment.result.distance if assessment.result else None) or 0.0), assessment.indicator.id


def by_target(assessment: Assessment) -> tuple[float, str]:
    """Orders by the share of the target level that is left, the most first."""
    found = missed(assessment)
    if found is None or found.gap is None or not found.target.level:
        return 0.0, assessment.indicator.id
    return -found.gap / abs(found.target.level), assessment.indicator.id
