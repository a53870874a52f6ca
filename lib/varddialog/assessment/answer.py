"""An answer: a class, how certain it is, the method behind it, and the reason in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Class = Literal[
    # against Riket; the last three when neither way is better
    "bättre", "sämre", "i nivå", "kan ej bedömas", "högre", "lägre",
    # against a target level
    "uppnådd, säkert", "uppnådd, osäkert", "ej uppnådd, osäkert", "ej uppnådd, säkert",
    "under, säkert", "under, osäkert", "inom, säkert", "inom, osäkert", "över, säkert", "över, osäkert",
    "måttlig nivå uppnådd, säkert", "måttlig nivå uppnådd, osäkert",
    "hög nivå uppnådd, säkert", "hög nivå uppnådd, osäkert",
    # over time; the last two when neither way is better
    "förbättras", "försämras", "oförändrat", "ökar", "minskar",
    # between groups
    "skillnad", "ingen säker skillnad",
    # without a way to tell how certain it is
    "beskrivande",
]  # fmt: skip
Certainty = Literal["säkerställd", "tydligt säkerställd", "skattad ur tidsserien", "inte säkerställd", "okänd"]


PARTS = ("class", "certainty", "method", "reason")


@dataclass(frozen=True)
class Answer:
    """One of the five answers on an indicator for a unit."""

    klass: Class
    certainty: Certainty
    method: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        """As it is exported: class, certainty, method, reason."""
        return dict(zip(PARTS, (self.klass, self.certainty, self.method, self.reason), strict=True))


def cannot(method: str, reason: str) -> Answer:
    """The answer that is not «i nivå»: nothing can be said, and why."""
    return Answer("kan ej bedömas", "okänd", method, reason)
