"""Against the target level: reached or not, and whether that is certain."""

from __future__ import annotations

import math

from varddialog.assessment.answer import Answer, Certainty, Class, cannot
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.results import Result
from varddialog.assessment.targets import Place, TargetResult, place
from varddialog.assessment.uncertainty import Uncertainty
from varddialog.swedish import EN_DASH, listing, number

METHOD = "intervallet jämförs med målnivån"
# by place: certain, and not
_CLASSES: dict[Place, tuple[Class, Class]] = {
    "nådd": ("uppnådd, säkert", "uppnådd, osäkert"),
    "inte nådd": ("ej uppnådd, säkert", "ej uppnådd, osäkert"),
    "måttlig": ("måttlig nivå uppnådd, säkert", "måttlig nivå uppnådd, osäkert"),
    "hög": ("hög nivå uppnådd, säkert", "hög nivå uppnådd, osäkert"),
    "under": ("under, säkert", "under, osäkert"),
    "inom": ("inom, säkert", "inom, osäkert"),
    "över": ("över, säkert", "över, osäkert"),
}


def versus_target(result: Result, unsure: Uncertainty, delta: Relevance, trend: Answer | None) -> Answer | None:
    """The class against the first target level; None when the indicator has none.

    The class is certain when the whole 95 % interval is in it: minst X is certainly reached when the lower limit is
    at least X, and so on; högst X mirrored. Intervals: under, inom or över. Two levels: måttlig or hög reached, or
    neither. Direction levels take the trend's class.
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
    levels = [v for v in (found.target.level, found.target.upper) if v is not None]
    nearest = min(abs(result.latest.value - level) for level in levels)
    if unsure.level == "C" and delta.limit is not None and nearest < delta.limit:
        return cannot(
            METHOD, f"{_words(result, found, 'kan ej bedömas')} Osäkerheten är okänd och värdet ligger nära målnivån."
        )
    klass = _class(result, found, unsure)
    certainty: Certainty = (
        "okänd" if unsure.error is None else "inte säkerställd" if "osäkert" in klass else "säkerställd"
    )
    if unsure.level == "B" and certainty == "säkerställd":
        certainty = "skattad ur tidsserien"
    return Answer(klass, certainty, METHOD, _words(result, found, klass))


def _class(result: Result, found: TargetResult, unsure: Uncertainty) -> Class:
    """The class of the value, and whether all of its 95 % interval is in the same one."""
    value = result.latest.value
    low, high = unsure.limits(value) or (-math.inf, math.inf)
    places = [place(found.target, result.indicator.turn, v) for v in (value, low, high)]
    return _CLASSES[places[0]][0 if len(set(places)) == 1 else 1]


def _words(result: Result, found: TargetResult, klass: Class) -> str:
    target, places = found.target, result.indicator.decimals
    near = " Målnivån gäller ett närliggande mått." if target.match == "närliggande" else ""
    sign = {"under": " Kan tyda på underbehandling.", "över": " Kan tyda på överbehandling."}
    treated = sign.get(klass.partition(",")[0], "") if target.kind == "intervall" else ""
    levels = [number(v, 0 if v == int(v) else 1) for v in (target.level, target.upper) if v is not None]
    level = EN_DASH.join(levels) if target.kind == "intervall" else listing(levels)
    kind = {"intervall": "", "två nivåer": ""}.get(target.kind, f"{target.kind} ")
    noun = "målnivåerna" if target.kind == "två nivåer" else "målnivån"
    return f"Värdet är {number(result.latest.value, places)}, {noun} {kind}{level}.{treated}{near}"
