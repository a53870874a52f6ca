"""Which hidden counts can be worked out from what is shown, by one who knows the sums and the rules of hiding.

A linear programme finds the lowest and the highest number that a hidden cell may hold (as in the audit of tables by
τ-ARGUS, Hundepool et al. 2012). In tables of sums by region and sex these extremes are whole numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

# tables tried in mixed directions before each cell is tried by itself; for speed alone
MIXED = 4

Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[Cell]):
    """A total that equals the sum of its parts. Counts with noise added by the publisher are in no such sum."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The total and the parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Table(Generic[Cell]):
    """Counts with the sums that tie them together, the denominators shown beside them, and the largest count hidden.

    Raises ValueError when a sum names a cell that is not there, or its parts do not add up.
    """

    counts: Mapping[Cell, float | None]
    sums: tuple[Sum[Cell], ...]
    denominators: Mapping[Cell, float]
    threshold: float

    def __post_init__(self) -> None:
        for s in self.sums:
            if unknown := [cell for cell in s.cells if cell not in self.counts]:
                raise ValueError(f"the sum {s.total} names {unknown}; allowed: cells that have a count")
            total, parts = self.counts[s.total], [self.counts[part] for part in s.parts]
            known = sum(part for part in parts if part is not None)
            if total is not None and (known > total or (None not in parts and known != total)):
                raise ValueError(f"the parts of {s.total} add up to {known}, not {total}")

    def size(self, cell: Cell) -> float:
        """The count of a cell that is known."""
        return self.counts[cell] or 0.0

    def stand_ins(self, sums: Sequence[Sum[Cell]], hidden: Collection[Cell]) -> set[Cell]:
        """The shown cells of the sums that may be hidden: those that are neither 0 nor their whole denominator."""
        return {
            cell
            for s in sums
            for cell in s.cells
            if cell not in hidden and self.size(cell) > 0 and self.size(cell) != self.denominators.get(cell)
        }

    def exposed(self, wanted: Collection[Cell], hidden: Collection[Cell]) -> set[Cell]:
        """The wanted hidden cells that one number alone fits, given what is shown.

        A cell whose own bounds leave one number (1 of 2 persons) is not counted: hiding others cannot help it.
        """
        ties = [s for s in self.sums if any(cell in hidden for cell in s.cells)]
        tied = list(dict.fromkeys(cell for s in ties for cell in s.cells if cell in hidden))
        if not any(cell in wanted for cell in tied):
            return set()
        column = {cell: i for i, cell in enumerate(tied)}
        factors, constants = np.zeros((len(ties), len(tied))), np.zeros(len(ties))
        for row, s in enumerate(ties):
            for cell, sign in [(s.total, -1.0), *((part, 1.0) for part in s.parts)]:
                if cell in column:
                    factors[row, column[cell]] += sign
                else:
                    constants[row] -= sign * self.size(cell)
        bounds = [self._bounds(cell) for cell in tied]

        # cells that the equations alone settle: those with no part in any direction that leaves every sum as it is
        _, weights, directions = np.linalg.svd(factors)
        free = (np.abs(directions[np.count_nonzero(weights > 1e-9) :]) > 1e-9).any(axis=0)
        # the lowest and highest number of each cell among tables that agree with what is shown: the true one, where
        # it is known, some in mixed directions, and for a cell that is the same in all of these its own extremes
        low = np.array([np.nan if self.counts[cell] is None else self.counts[cell] for cell in tied], dtype=float)
        high = low.copy()

        def look(objective: NDArray[np.float64]) -> None:
            found = linprog(objective, A_eq=factors, b_eq=constants, bounds=bounds)
            if found.status != 0:
                raise ValueError("the counts do not add up; sums of counts with noise cannot be protected")
            np.fmin(low, found.x, out=low)
            np.fmax(high, found.x, out=high)

        tried = [at for at, cell in enumerate(tied) if cell in wanted and bounds[at][1] - bounds[at][0] >= 1]
        targets = [at for at in tried if free[at]]
        mixed = np.random.default_rng(1)
        for _ in range(MIXED if len(targets) > MIXED else 0):
            look(mixed.standard_normal(len(tied)))
        for at in targets:
            for sign in (-1.0, 1.0):
                # half a person of slack for the solver's rounding: the extremes are whole numbers
                if not high[at] - low[at] >= 0.5:
                    look(sign * (np.arange(len(tied)) == at))
        return {tied[at] for at in tried if not (free[at] and high[at] - low[at] >= 0.5)}

    def _bounds(self, cell: Cell) -> tuple[float, float]:
        """What a reader knows of a hidden cell from the rules alone."""
        # far above every count, yet finite, so that the solver always has an answer
        far = 1000 + 10 * max((count or 0.0 for count in self.counts.values()), default=0.0)
        whole = self.denominators.get(cell, far)
        # a hidden count is no 0 and not the whole, unless the whole is so small that every count of it is hidden
        if self.counts[cell] is None or whole <= self.threshold:
            return 0.0, whole
        return 1.0, whole - 1
