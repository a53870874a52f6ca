"""The units of measure (mätenheter): how each is written, what values it allows, how a difference is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

MeasureName = Literal[
    "procent",
    "procent_fri",
    "index",
    "ar",
    "dagar",
    "dagar_per_person",
    "antal",
    "personer",
    "arsarbetare",
    "per_100_arbetsfora",
    "per_100_vardplatser",
    "per_1000",
    "per_10000",
    "per_100000",
    "vardtillfallen_per_100000",
    "varddygn_per_1000",
    "recept_per_1000",
    "kronor_per_invanare",
    "kronor_per_drg",
    "kg_per_invanare",
]


@dataclass(frozen=True)
class Measure:
    """One unit of measure.

    label: written out in Swedish. short: beside a number. difference: beside a difference between
    two values (percent differ by percentage points). sides: what a value is that lies above another,
    and below. low, high: what a value may be. shares_total: the value for both sexes together must
    lie between the sexes' values. per_inhabitant: the denominator is the population, or a part of it by age.
    """

    label: str
    short: str
    difference: str
    low: float | None = 0.0
    high: float | None = None
    shares_total: bool = True
    sides: tuple[str, str] = ("högre", "lägre")
    per_inhabitant: bool = False


def _plain(label: str, short: str, **rest: Any) -> Measure:
    return Measure(label, short, short, **rest)


def _per_inhabitant(label: str, short: str, **rest: Any) -> Measure:
    return _plain(label, short, per_inhabitant=True, **rest)


_COUNTED = ("fler", "färre")


MEASURES: dict[MeasureName, Measure] = {
    "procent": Measure("procent", "%", "procentenheter", high=100.0),
    # shares of something else than a population: may be negative or above 100
    "procent_fri": Measure("procent", "%", "procentenheter", low=None, shares_total=False),
    "index": Measure("index (0–100)", "index", "indexenheter", high=100.0),
    "ar": _plain("år", "år", high=120.0),
    "dagar": _plain("dagar (median)", "dagar", sides=_COUNTED),
    "dagar_per_person": _per_inhabitant("dagar per person", "dagar", high=366.0, sides=_COUNTED),
    "antal": _plain("antal", "", shares_total=False),
    "personer": _plain("antal personer", "personer", shares_total=False),
    "arsarbetare": _plain("årsarbetare", "årsarbetare", shares_total=False),
    "per_100_arbetsfora": _plain("antal per 100 i arbetsför ålder", "per 100"),
    "per_100_vardplatser": _plain("antal per 100 disponibla vårdplatser", "per 100 vårdplatser"),
    "per_1000": _per_inhabitant("antal per 1\u00a0000 invånare", "per 1\u00a0000 inv."),
    "per_10000": _per_inhabitant("antal per 10\u00a0000 invånare", "per 10\u00a0000 inv.", high=10_000.0),
    "per_100000": _per_inhabitant("antal per 100\u00a0000 invånare", "per 100\u00a0000 inv.", high=100_000.0),
    "vardtillfallen_per_100000": _per_inhabitant("vårdtillfällen per 100\u00a0000 invånare", "per 100\u00a0000 inv."),
    "varddygn_per_1000": _per_inhabitant("vårddygn per 1\u00a0000 invånare", "per 1\u00a0000 inv."),
    "recept_per_1000": _per_inhabitant("recept per 1\u00a0000 invånare", "per 1\u00a0000 inv."),
    "kronor_per_invanare": Measure("kronor per invånare", "kr per inv.", "kronor", per_inhabitant=True),
    "kronor_per_drg": Measure("kronor per DRG-poäng", "kr per DRG-poäng", "kronor"),
    "kg_per_invanare": _per_inhabitant("kg koldioxidekvivalenter per invånare", "kg per inv."),
}
