"""The trend: a change that is both proven and large enough, in words of better and worse."""

from __future__ import annotations

from varddialog.assessment.answer import Answer, Certainty, Class, cannot
from varddialog.assessment.months import months_developed
from varddialog.assessment.points import Point
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.results import PANDEMIC, Result
from varddialog.assessment.uncertainty import comparable, standard_error
from varddialog.statistics.mann_kendall import exact_mann_kendall
from varddialog.statistics.trend import adjusted_trend
from varddialog.statistics.trend_relative import relative_trend
from varddialog.swedish import number

WEIGHTED = "viktad linje, χ² delat med φ̂ (högst sju år)"
RANKED = "exakt Mann–Kendall och Sens lutning"
FEWEST, FEWEST_RANKED = 5, 6
LEVEL = 0.05
_RELATIONS = {
    "approaching": "närmar sig riket",
    "pulling_ahead": "drar ifrån riket",
    "falling_behind": "halkar efter riket",
    "losing_lead": "tappar försprång mot riket",
}


def development(result: Result, delta: Relevance) -> Answer:
    """The trend of the comparable years.

    With standard errors: the adjusted seven-point test. Without: exact Mann–Kendall from six points, or
    five that all rise or all fall. Months have a control chart of their own; overlapping periods and short series
    are not judged.
    """
    if result.state != "aktuell":
        return cannot(RANKED, f"Senaste värdet är från {result.latest.year} och gäller inte dagens läge.")
    if result.indicator.period.kind == "rullande":
        return cannot(RANKED, "Värdena är rullande medelvärden som delar år med varandra.")
    if result.indicator.prices == "löpande":
        return cannot(RANKED, "Värdena är i löpande priser: prisökningar går inte att skilja från andra förändringar.")
    if result.indicator.period.kind == "månad":
        return months_developed(result)
    points = comparable(result.indicator, result.points)
    if len(points) < FEWEST:
        return cannot(RANKED, f"Färre än {FEWEST} jämförbara år.")
    errors = [standard_error(result.indicator, p) for p in points]
    if all(e is not None for e in errors):
        return _weighted(result, points, [e for e in errors if e is not None], delta)
    return _ranked(result, points, delta)


def _weighted(result: Result, points: list[Point], errors: list[float], delta: Relevance) -> Answer:
    found = adjusted_trend([p.year for p in points], [p.value for p in points], errors)
    words = _words(result, points, found.change)
    if found.direction != "none" and (delta.limit is None or abs(found.change) >= delta.limit):
        return Answer(_class(found.change, result.indicator.turn), "säkerställd", WEIGHTED, words)
    if delta.limit is not None and -delta.limit < found.lower and found.upper < delta.limit:
        return Answer("oförändrat", "säkerställd", WEIGHTED, words)
    return cannot(WEIGHTED, f"{words} Ingen säker förändring har visats.")


def _ranked(result: Result, points: list[Point], delta: Relevance) -> Answer:
    found = exact_mann_kendall([p.year for p in points], [p.value for p in points])
    change = found.line.slope * (points[-1].year - points[0].year)
    words = _words(result, points, change)
    monotone = abs(found.s) == found.points * (found.points - 1) // 2
    proven = found.p < LEVEL and (len(points) >= FEWEST_RANKED or monotone)
    if proven and (delta.limit is None or abs(change) >= delta.limit):
        certainty: Certainty = "skattad ur tidsserien"
        return Answer(_class(change, result.indicator.turn), certainty, RANKED, words)
    return cannot(RANKED, f"{words} Ingen säker förändring av betydelse har visats.")


def _class(change: float, turn: int) -> Class:
    if turn == 0:
        return "ökar" if change > 0 else "minskar"
    return "förbättras" if change * turn > 0 else "försämras"


def _words(result: Result, points: list[Point], change: float) -> str:
    size = number(abs(change), result.indicator.decimals)
    way = "ökning" if change > 0 else "minskning"
    disturbed = result.meets_pandemic and any(p.year in PANDEMIC for p in points)
    note = " Pandemiåren 2020–2021 ingår." if disturbed else ""
    return f"{way.capitalize()} med {size} längs linjen {points[0].year}–{points[-1].year}.{note}"


def relation(result: Result, delta: Relevance) -> str | None:
    """How the distance to Riket has developed: «närmar sig riket» and so on; None where nothing is proven.

    The exact Mann–Kendall test on the yearly differences, for the years that both have; neutral indicators,
    current prices, overlapping periods, months and fewer than six years are not judged.
    """
    turn, kind = result.indicator.turn, result.indicator.period.kind
    if result.unit.is_nation or not turn or kind in ("rullande", "månad") or result.state != "aktuell":
        return None
    if result.indicator.prices == "löpande":
        return None
    pairs = [(p, result.nation[p.when]) for p in comparable(result.indicator, result.points) if p.when in result.nation]
    pairs = [(mine, nation) for mine, nation in pairs if not nation.is_questioned]
    if len(pairs) < FEWEST_RANKED:
        return None
    found = relative_trend(
        [mine.year for mine, _ in pairs],
        [mine.value for mine, _ in pairs],
        [nation.value for _, nation in pairs],
        high_is_good=turn == 1,
        relevance=delta.limit,
    )
    return _RELATIONS.get(found.relation)
