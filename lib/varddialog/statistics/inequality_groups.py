"""Subgroups with their values and populations, and the form of a measure of inequality between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from varddialog.statistics.checks import finite_array

Array = npt.NDArray[np.float64]

# in a dimension without order this share of the subgroups may lack a value
MISSING_ALLOWED = 0.15


@dataclass(frozen=True)
class Measure:
    """A measure with its standard error and limits; None where no error of the subgroups, or no formula, is known."""

    value: float
    standard_error: float | None = None
    lower: float | None = None
    upper: float | None = None

    @classmethod
    def symmetric(cls, value: float, error: float | None, confidence: float) -> Measure:
        """Limits at value ± z × error; `confidence` is a share."""
        if error is None:
            return cls(value)
        reach = quantile(confidence) * error
        return cls(value, error, value - reach, value + reach)


def quantile(confidence: float) -> float:
    """z of a two-sided interval. ValueError: confidence not between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: a share between 0 and 1, not {confidence}")
    return NormalDist().inv_cdf((1 + confidence) / 2)


@dataclass(frozen=True)
class Subgroups:
    """Values of subgroups and their populations; from worst-off to best-off where the dimension is ordered."""

    values: Array
    populations: Array
    errors: Array | None
    ordered: bool
    reference: int | None

    @classmethod
    def of(
        cls,
        values: Sequence[float | None],
        populations: Sequence[float],
        *,
        standard_errors: Sequence[float] | None = None,
        order: Sequence[float] | None = None,
        reference: int | None = None,
    ) -> Subgroups:
        """Subgroups sorted by `order` (low = worst-off) where given; `reference` is a position in the lists.

        ValueError: fewer than two subgroups, lists of different length, a population missing, negative or all zero,
        a value missing in an ordered dimension or in more than 15 % of an unordered one or for the reference, an
        order with ties, a reference outside the lists.
        """
        known = np.array([value is not None and math.isfinite(value) for value in values])
        sizes = finite_array("populations", populations)
        errors = None if standard_errors is None else np.asarray(standard_errors, dtype=float)
        lengths = {len(known), len(sizes)} | ({len(errors)} if errors is not None else set())
        if len(lengths) != 1 or known.sum() < 2:
            raise ValueError("subgroups: at least two with a value, and every list of the same length")
        if np.any(sizes < 0) or sizes.sum() == 0:
            raise ValueError("populations: none below 0, not all 0")
        if (~known).mean() > (MISSING_ALLOWED if order is None else 0):
            raise ValueError("values: none missing in an ordered dimension, at most 15 % in an unordered one")
        if reference is not None and not (0 <= reference < len(known) and known[reference]):
            raise ValueError(f"reference: the position of a subgroup that has a value, not {reference}")
        rows = np.flatnonzero(known)
        if order is not None:
            if len(order) != len(known) or len(set(order)) != len(order):
                raise ValueError("order: one number a subgroup, no two alike")
            rows = np.argsort(np.asarray(order, dtype=float))
        kept = np.array([math.nan if value is None else value for value in values], dtype=float)[rows]
        errors = None if errors is None or not np.all(np.isfinite(errors[rows])) else errors[rows]
        place = None if reference is None else int(np.flatnonzero(rows == reference)[0])
        return cls(kept, sizes[rows], errors, order is not None, place)

    @property
    def shares(self) -> Array:
        """Population shares, summing to 1."""
        shares: Array = self.populations / self.populations.sum()
        return shares

    @property
    def mean(self) -> float:
        """Mean of the values, weighted with population."""
        return float(self.shares @ self.values)

    def best(self, high_is_good: bool) -> int:
        """Position of the most advantaged subgroup (ordered) or of the one with the best value (unordered)."""
        if self.ordered:
            return len(self.values) - 1
        return int(np.argmax(self.values) if high_is_good else np.argmin(self.values))

    def pair(self, high_is_good: bool) -> tuple[int, int]:
        """Positions of the two subgroups that a difference or ratio compares, first minus second.

        Ordered: best-off and worst-off, turned when low is good. Unordered: the reference and the subgroup farthest
        on the bad side, so that positive = the reference does better; without a reference the highest and the lowest.
        """
        low, high = int(np.argmin(self.values)), int(np.argmax(self.values))
        if self.ordered:
            return (len(self.values) - 1, 0) if high_is_good else (0, len(self.values) - 1)
        if self.reference is None:
            return high, low
        return (self.reference, low) if high_is_good else (high, self.reference)
