"""Months: a control chart tells a change from the ordinary variation between months."""

from __future__ import annotations

from dataclasses import dataclass

from varddialog.assessment.answer import Answer, Class, cannot
from varddialog.assessment.points import Point
from varddialog.assessment.results import Result
from varddialog.statistics.control_chart import Chart, xmr
from varddialog.statistics.control_chart_rules import Direction, PointType, Special
from varddialog.swedish import interval, number

METHOD = "styrdiagram (XmR) med NHS regler"
PRELIMINARY = "styrdiagram (XmR) med NHS regler, preliminära gränser"
FEWEST_MONTHS, SETTLED_MONTHS = 12, 20
# NHS rules in words, by what a point on the chart is called
_RULES: dict[Special, str] = {
    "Above UCL": "ligger över den övre styrgränsen",
    "Below LCL": "ligger under den nedre styrgränsen",
    "7 Point Trend (Increasing)": "hör till en följd på minst sju stigande värden",
    "7 Point Trend (Decreasing)": "hör till en följd på minst sju fallande värden",
    "2 in 3 Above CL": "är ett av två bland tre värden i följd nära den övre styrgränsen",
    "2 in 3 Below CL": "är ett av två bland tre värden i följd nära den nedre styrgränsen",
    "7 Points Above CL": "hör till en följd på minst sju värden över medelvärdet",
    "7 Points Below CL": "hör till en följd på minst sju värden under medelvärdet",
}
_WAYS: dict[int, Direction] = {1: "increase", -1: "decrease", 0: "neutral"}
_CLASSES: dict[PointType, Class] = {
    "special_cause_improvement": "förbättras",
    "special_cause_concern": "försämras",
    "special_cause_neutral_high": "ökar",
    "special_cause_neutral_low": "minskar",
}


@dataclass(frozen=True)
class Monthly:
    """The months that are judged, oldest first, and their control chart. floor: the least that the unit allows."""

    points: tuple[Point, ...]
    chart: Chart
    floor: float | None

    @property
    def limits(self) -> tuple[float, float]:
        """The control limits now; a waiting time or a share is never below nought, whatever the arithmetic says."""
        latest = self.chart.points[-1]
        return latest.lower if self.floor is None else max(latest.lower, self.floor), latest.upper

    @property
    def is_preliminary(self) -> bool:
        """With fewer than twenty months the limits will still move."""
        return len(self.points) < SETTLED_MONTHS


def monthly(result: Result) -> Monthly | None:
    """The control chart of a monthly series; None for other periods and for fewer than twelve months."""
    points = tuple(p for p in result.points if not p.is_questioned)
    if result.indicator.period.kind != "månad" or len(points) < FEWEST_MONTHS:
        return None
    return Monthly(points, xmr([p.value for p in points]), result.indicator.unit.low)


def months_developed(result: Result) -> Answer:
    """Whether the latest month shows a special cause: for the better, for the worse, or none.

    No special cause is no proof of an unchanged level, so the class is then «kan ej bedömas».
    """
    found = monthly(result)
    if found is None:
        return cannot(METHOD, f"Färre än {FEWEST_MONTHS} månader.")
    if result.latest.is_questioned:
        return cannot(METHOD, "Den senaste månadens värde är ifrågasatt av kvalitetskontrollerna.")
    method = PRELIMINARY if found.is_preliminary else METHOD
    if found.chart.no_variation:
        return cannot(method, "Alla månader har samma värde.")
    latest, places = found.chart.points[-1], result.indicator.decimals
    frame = (
        f"Medelvärdet för {len(found.points)} månader är {number(latest.mean, places)}, "
        f"styrgränserna {interval(*found.limits, places)}."
    )
    if latest.special == "Common Cause":
        return cannot(method, f"Månadens värde ryms i den vanliga variationen. {frame}")
    klass = _CLASSES[found.chart.point_types(_WAYS[result.indicator.turn])[-1]]
    return Answer(klass, "skattad ur tidsserien", method, f"Månadens värde {_RULES[latest.special]}. {frame}")
