"""Since a day: the value of the last period before it beside the latest, and whether they differ for certain.

[own] Two values are compared as two independent estimates (the difference's variance is the sum of theirs), and the
change has a class when its 95 % interval excludes 0 and it is at least the relevance limit: the same two demands that
`versus_nation` makes. What caused a change is not asked.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from varddialog.assessment.answer import Answer, Certainty, Class, cannot
from varddialog.assessment.points import Point
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.results import STALE_YEARS, Result
from varddialog.assessment.uncertainty import ORDINARY, comparable, series_error, standard_error
from varddialog.statistics.intervals import normal_quantile
from varddialog.swedish import number

METHOD = "två värden jämförs, med sina medelfel och med relevansgränsen"


@dataclass(frozen=True)
class Movement:
    """How a value has moved since a day. before, now: None where there is none to compare; the answer says why.

    nation: Riket's values at the same two times, where both are known and not questioned.
    """

    result: Result
    before: Point | None
    now: Point | None
    nation: tuple[Point, Point] | None
    answer: Answer

    @property
    def change(self) -> float | None:
        """Now minus before, as they are printed."""
        if self.before is None or self.now is None:
            return None
        places = self.result.indicator.decimals
        return round(round(self.now.value, places) - round(self.before.value, places), places)


def since(result: Result, delta: Relevance, day: dt.date) -> Movement:
    """The movement from the last full period before the day to the latest value."""
    indicator = result.indicator
    known = comparable(indicator, result.points)
    start = f"{day:%Y-%m}" if indicator.period.kind == "månad" else str(day.year)
    before = next((p for p in reversed(result.points) if p.when < start and not p.is_questioned), None)
    now = known[-1] if known and known[-1] is result.latest and known[-1].when >= start else None
    if (why := _hindrance(result, before, now, known, day)) is not None:
        return Movement(result, before, now, None, cannot(METHOD, why))
    assert before is not None
    assert now is not None
    pair = result.nation.get(before.when), result.nation.get(now.when)
    shown = not result.unit.is_nation and pair[0] and pair[1] and not (pair[0].is_questioned or pair[1].is_questioned)
    nation = (pair[0], pair[1]) if shown and pair[0] and pair[1] else None
    return Movement(result, before, now, nation, _answer(result, before, now, delta))


def _hindrance(result: Result, before: Point | None, now: Point | None, known: list[Point], day: dt.date) -> str | None:
    """Why the two cannot be compared."""
    if result.latest.is_questioned:
        return "Det senaste värdet är ifrågasatt av kvalitetskontrollerna."
    if now is None:
        return "Det finns ännu inget värde från tiden efter beslutet."
    if before is None or day.year - before.year > STALE_YEARS:
        return "Det finns inget värde från åren närmast före beslutet."
    if before not in known:
        broken = max(b.year for b in result.indicator.breaks)
        return f"Serien har ett brott {broken}: värdena före och efter kan inte jämföras."
    if now.year - before.year < result.indicator.period.years and result.indicator.period.kind != "månad":
        return "Värdena är medelvärden för flera år, och de två delar år med varandra."
    if result.indicator.prices == "löpande":
        return "Värdena är i löpande priser: prisökningar går inte att skilja från andra förändringar."
    if result.indicator.is_count:
        return "Antal följer befolkningens storlek och bedöms inte."
    return None


def _answer(result: Result, before: Point, now: Point, delta: Relevance) -> Answer:
    indicator, places = result.indicator, result.indicator.decimals
    errors = [standard_error(indicator, p) for p in (before, now)]
    words = f"Från {number(before.value, places)} ({before.when}) till {number(now.value, places)} ({now.when})."
    change, certainty = now.value - before.value, _certain(errors)
    error = math.hypot(*(e for e in errors if e is not None)) if None not in errors else None
    if error is None and (noise := series_error(indicator, result.points)) is not None:
        error = math.sqrt(2) * noise
    if error is None:
        return Answer("beskrivande", "okänd", METHOD, f"{words} Osäkerheten är okänd.")
    reach, limit = normal_quantile(ORDINARY) * error, delta.limit
    if abs(change) > reach and (limit is None or abs(change) >= limit):
        return Answer(_class(change, indicator.turn), certainty, METHOD, words)
    if limit is not None and (abs(change) + reach < limit or abs(change) > reach):
        return Answer("oförändrat", certainty, METHOD, words)
    return cannot(METHOD, f"{words} Ändringen är för osäker för att bedömas.")


def _certain(errors: list[float | None]) -> Certainty:
    return "skattad ur tidsserien" if None in errors else "säkerställd"


def _class(change: float, turn: int) -> Class:
    if turn == 0:
        return "ökar" if change > 0 else "minskar"
    return "förbättras" if change * turn > 0 else "försämras"
