"""Against the target level: reached or not, and whether that is certain."""

from __future__ import annotations

from varddialog.assessment.answer import Answer, Certainty, Class, cannot
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.results import Result, TargetResult
from varddialog.assessment.uncertainty import Uncertainty
from varddialog.swedish import number

METHOD = "intervallet jämförs med målnivån"


def versus_target(result: Result, unsure: Uncertainty, delta: Relevance, trend: Answer | None) -> Answer | None:
    """The class against the first target level; None when the indicator has none.

    minst X: certainly reached when the lower limit is at least X, and so on; högst X mirrored.
    Interval levels: under, inom or över. Direction levels take the trend's class.
    """
    if not result.targets:
        return None
    found = result.targets[0]
    if found.target.match == "annat":
        return cannot(METHOD, "Målnivån gäller ett annat mått.")
    if result.latest.is_questioned:
        return cannot(METHOD, "Värdet är ifrågasatt av kvalitetskontrollerna.")
    if result.state != "aktuell":
        return cannot(METHOD, f"Senaste värdet är från {result.latest.year} och gäller inte dagens läge.")
    if found.target.kind == "riktning":
        return trend or cannot(METHOD, "Utvecklingen kan inte bedömas.")
    assert found.target.level is not None
    value, level = result.latest.value, found.target.level
    if unsure.level == "C" and delta.limit is not None and abs(value - level) < delta.limit:
        return cannot(METHOD, f"{_words(result, found)} Osäkerheten är okänd och värdet ligger nära målnivån.")
    klass = _within(result, found, unsure) if found.target.kind == "intervall" else _reached(result, found, unsure)
    certainty: Certainty = (
        "okänd" if unsure.error is None else "inte säkerställd" if "osäkert" in klass else "säkerställd"
    )
    if unsure.level == "B" and certainty == "säkerställd":
        certainty = "skattad ur tidsserien"
    return Answer(klass, certainty, METHOD, _words(result, found))


def _reached(result: Result, found: TargetResult, unsure: Uncertainty) -> Class:
    """`two levels` are judged against the lower one, måttlig."""
    assert found.target.level is not None
    sign = -1 if found.target.kind == "högst" else 1
    value, level = sign * result.latest.value, sign * found.target.level
    limits = unsure.limits(value)
    if value >= level:
        return "uppnådd, säkert" if limits and limits[0] >= level else "uppnådd, osäkert"
    return "ej uppnådd, säkert" if limits and limits[1] < level else "ej uppnådd, osäkert"


def _within(result: Result, found: TargetResult, unsure: Uncertainty) -> Class:
    assert found.target.level is not None
    assert found.target.upper is not None
    value = result.latest.value
    if value < found.target.level:
        return "under"
    return "inom" if value < found.target.upper else "över"


def _words(result: Result, found: TargetResult) -> str:
    places = result.indicator.decimals
    near = " Målnivån gäller ett närliggande mått." if found.target.match == "närliggande" else ""
    assert found.target.level is not None
    level = number(found.target.level, 0 if found.target.level == int(found.target.level) else 1)
    return f"Värdet är {number(result.latest.value, places)}, målnivån {found.target.kind} {level}.{near}"
