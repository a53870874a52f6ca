"""Against Riket: better or worse only when the difference is both certain and large enough."""

from __future__ import annotations

from varddialog.assessment.answer import Answer, Certainty, Class, cannot
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.results import Result
from varddialog.assessment.uncertainty import SMALL_DENOMINATOR, Uncertainty
from varddialog.swedish import capital, number

METHOD = "intervallet jämförs med rikets värde och med relevansgränsen"


def versus_nation(result: Result, unsure: Uncertainty, delta: Relevance) -> Answer | None:
    """The class against Riket at the same time; None for Riket itself.

    l and u are the 95 % limits of the difference, turned so that plus is good. bättre: l > 0 and d ≥ δ;
    sämre: u < 0 and −d ≥ δ; i nivå: the interval wholly inside ±δ, or certain but smaller than δ;
    kan ej bedömas: all else. «Tydligt» when the 99.8 % limits exclude 0 as well.
    """
    if result.unit.is_nation:
        return None
    if (why := _hindrance(result)) is not None:
        return cannot(METHOD, why)
    assert result.difference is not None
    turn = result.indicator.turn or 1
    d = turn * result.difference
    words = _difference(result)
    if unsure.error is None:
        return Answer("beskrivande", "okänd", unsure.label, f"{words}{_standing(result)} Osäkerheten är okänd.")
    low, high = _limits(result, unsure, strong=False)
    limit = delta.limit
    excludes_zero = low > 0 or high < 0
    if excludes_zero and (limit is None or abs(d) >= limit):
        return Answer(_side(d, result.indicator.turn), _tier(result, unsure), METHOD, words)
    if limit is not None and -limit < low and high < limit:
        return Answer("i nivå", _certainty(unsure), METHOD, f"{words} Hela intervallet ligger inom relevansgränsen.")
    if limit is not None and excludes_zero:
        return Answer("i nivå", _certainty(unsure), METHOD, f"{words} Skillnaden är säker men liten.")
    return cannot(METHOD, f"{words} Skillnaden är för osäker för att bedömas.")


def z_score(result: Result, unsure: Uncertainty) -> float | None:
    """The difference from Riket in standard errors; None where it is not tested."""
    if unsure.error is None or result.difference is None or _hindrance(result) is not None:
        return None
    return result.difference / unsure.error


def _hindrance(result: Result) -> str | None:
    """Why the value cannot be compared with Riket at all."""
    if result.indicator.is_count:
        return "Antal följer befolkningens storlek och jämförs inte."
    if result.is_flagged:
        return "Värdet, eller rikets värde, är ifrågasatt av kvalitetskontrollerna."
    if result.state != "aktuell":
        return f"Senaste värdet är från {result.latest.year} och gäller inte dagens läge."
    if result.difference is None:
        return "Uppgift för riket saknas för samma tid."
    if result.latest.denominator is not None and result.latest.denominator < SMALL_DENOMINATOR:
        return f"Litet underlag: färre än {SMALL_DENOMINATOR} i nämnaren."
    return None


def _standing(result: Result) -> str:
    """The rank among the regions, where they are ranked, and their median: a description, no judgement."""
    if result.spread is None:
        return ""
    median = f"regionernas median är {number(result.spread.median, result.indicator.decimals)}."
    values = result.field.values
    if result.unit.code not in values:
        return f" {capital(median)}"
    mine, turn = values[result.unit.code], result.indicator.turn
    rank = 1 + sum(turn * value > turn * mine for value in values.values())
    return f" Plats {rank} av {len(values)}; {median}"


def _side(d: float, turn: int) -> Class:
    if turn == 0:
        return "högre" if d > 0 else "lägre"
    return "bättre" if d > 0 else "sämre"


def _certainty(unsure: Uncertainty) -> Certainty:
    return "skattad ur tidsserien" if unsure.level == "B" else "säkerställd"


def _limits(result: Result, unsure: Uncertainty, *, strong: bool) -> tuple[float, float]:
    """The limits of the difference from Riket, turned so that plus is good; Riket is taken as fixed."""
    assert result.nation_now is not None
    ends = unsure.limits(result.latest.value, strong=strong)
    assert ends is not None
    low, high = sorted((result.indicator.turn or 1) * (end - result.nation_now.value) for end in ends)
    return low, high


def _tier(result: Result, unsure: Uncertainty) -> Certainty:
    """The stronger tier is only for what is measured, not for noise guessed from the series."""
    low, high = _limits(result, unsure, strong=True)
    if unsure.level != "B" and (low > 0 or high < 0):
        return "tydligt säkerställd"
    return _certainty(unsure)


def _difference(result: Result) -> str:
    assert result.nation_now is not None
    places = result.indicator.decimals
    mine, nation = number(result.latest.value, places), number(result.nation_now.value, places)
    return f"Värdet är {mine}, riket {nation} ({result.latest.when})."
