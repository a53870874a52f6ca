"""How many deviations chance alone would give, and which of those found survive that thought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from varddialog.assessment.assess import Assessment

ORDINARY, STRONG = 0.05, 0.002  # two-sided, at 95 and 99.8 %
FALSE_DISCOVERIES = 0.10


@dataclass(frozen=True)
class Flags:
    """Tested comparisons with Riket, deviations found at 95 and 99.8 %, and those expected by chance alone."""

    tested: int
    found: int
    found_strong: int

    @property
    def expected(self) -> float:
        return self.tested * ORDINARY

    @property
    def expected_strong(self) -> float:
        return self.tested * STRONG


def flags(assessments: Sequence[Assessment]) -> Flags:
    """Counts over all comparisons with Riket that were tested."""
    p = list(p_values(assessments).values())
    return Flags(len(p), sum(v < ORDINARY for v in p), sum(v < STRONG for v in p))


def p_values(assessments: Sequence[Assessment]) -> dict[int, float]:
    """Position → two-sided p of the difference from Riket, for the comparisons that were tested."""
    normal = NormalDist()
    return {i: 2 * normal.cdf(-abs(a.z)) for i, a in enumerate(assessments) if a.z is not None}


def worth_opening_with(assessments: Sequence[Assessment]) -> list[Assessment]:
    """Deviations that reach the stronger tier, or survive Benjamini–Hochberg at 10 % among all that were tested.

    Source: Benjamini and Hochberg 1995.
    """
    p = p_values(assessments)
    ordered = sorted(p, key=lambda i: p[i])
    passed = [rank for rank, i in enumerate(ordered, 1) if p[i] <= FALSE_DISCOVERIES * rank / len(ordered)]
    survivors = set(ordered[: max(passed, default=0)]) | {i for i in p if p[i] < STRONG}
    differs = ("bättre", "sämre", "högre", "lägre")
    return [a for i, a in enumerate(assessments) if i in survivors and a.vs_nation and a.vs_nation.klass in differs]
