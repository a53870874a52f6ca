"""Hiding small counts, and as few others as it takes for the hidden ones not to be worked out from sums.

Done last, on everything that is shown: what is derived from a hidden count (a share, a difference, a number of
persons) is hidden with it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from scipy.optimize import linprog

# the largest count that is hidden
THRESHOLD = 4

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
class Hiding(Generic[Cell]):
    """Cells that must be hidden for their own sake, and those hidden so that the first cannot be worked out."""

    primary: frozenset[Cell]
    secondary: frozenset[Cell]

    @property
    def hidden(self) -> frozenset[Cell]:
        """All that is hidden."""
        return self.primary | self.secondary


def is_small(count: float, denominator: float | None = None, threshold: float = THRESHOLD) -> bool:
    """Whether a count must be hidden: it, or the complement in its denominator, is above 0 but at most `threshold`."""
    return 0 < count <= threshold or (denominator is not None and 0 < denominator - count <= threshold)


def hide(
    counts: Mapping[Cell, float | None],
    sums: Sequence[Sum[Cell]] = (),
    denominators: Mapping[Cell, float] | None = None,
    threshold: float = THRESHOLD,
) -> Hiding[Cell]:
    """What to hide among whole `counts` that are shown together.

    A count of None is one that its publisher has hidden: it stays hidden and is protected too. `denominators` are the
    shown numbers of persons behind the counts, where there are any. The reader is taken to know the rules: that a
    count hidden here is no 0 and not the whole of its denominator. Secondary cells are chosen among the parts before
    the totals and the small before the large; none could be shown without giving away a primary one.
    Raises ValueError when a sum names a cell that is not there, or the counts do not add up.
    """
    table = _Table(counts, tuple(sums), denominators or {}, threshold)
    primary = {
        cell
        for cell, count in counts.items()
        if count is None or is_small(count, table.denominators.get(cell), threshold)
    }
    hidden = set(primary)
    while primary & (exposed := table.exposed(hidden, hidden)):
        affected = [s for s in table.sums if exposed & set(s.cells)]
        stand_ins = table.stand_ins(affected, hidden) or table.stand_ins(table.sums, hidden)
        if not stand_ins:
            break  # all but zeros is hidden
        totals = {s.total for s in affected}
        hidden.add(min(stand_ins, key=lambda cell: (cell in totals, table.size(cell), str(cell))))

    secondary = hidden - primary
    needed = False
    while not needed:
        needed = True
        for cell in sorted(secondary, key=lambda cell: (-table.size(cell), str(cell))):
            if not table.exposed(primary, hidden - {cell}):
                hidden.discard(cell)
                secondary.discard(cell)
                needed = False
    return Hiding(frozenset(primary), frozenset(secondary))


def hide_with_next_smallest(values: Sequence[float | None], threshold: float = 5) -> list[float | None]:
    """A column with 1 … `threshold` replaced by None; when what is hidden adds up to no more than the threshold, the
    next smallest value and all equal to it too (OpenSAFELY, cohort-extractor). Zeros stay. For a column alone."""
    small = [v for v in values if v is not None and 0 < v <= threshold]
    large = [v for v in values if v is not None and v > threshold]
    extra = min(large) if small and large and sum(small) <= threshold else None
    return [None if v is None or 0 < v <= threshold or v == extra else v for v in values]


@dataclass(frozen=True)
class _Table(Generic[Cell]):
    """Counts with the sums that tie them together."""

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
        column = {cell: i for i, cell in enumerate(tied)}
        factors, constants = np.zeros((len(ties), len(tied))), np.zeros(len(ties))
        for row, s in enumerate(ties):
            for cell, sign in [(s.total, -1.0), *((part, 1.0) for part in s.parts)]:
                if cell in column:
                    factors[row, column[cell]] += sign
                else:
                    constants[row] -= sign * self.size(cell)
        bounds = [self._bounds(cell) for cell in tied]

        # the lowest and highest number of each cell among the tables found that agree with what is shown
        low, high = np.full(len(tied), np.inf), np.full(len(tied), -np.inf)
        exposed = set()
        for at, cell in enumerate(tied):
            if cell not in wanted or bounds[at][1] - bounds[at][0] < 1:
                continue
            for sign in (-1.0, 1.0):
                # half a person of slack for the solver's rounding: the extremes are whole numbers
                if high[at] - low[at] < 0.5:
                    objective = np.zeros(len(tied))
                    objective[at] = sign
                    found = linprog(objective, A_eq=factors, b_eq=constants, bounds=bounds)
                    if found.status != 0:
                        raise ValueError("the counts do not add up; sums of counts with noise cannot be protected")
                    low, high = np.minimum(low, found.x), np.maximum(high, found.x)
            if high[at] - low[at] < 0.5:
                exposed.add(cell)
        return exposed

    def _bounds(self, cell: Cell) -> tuple[float, float]:
        # far above every count, yet finite, so that the solver always has an answer
        far = 1000 + 10 * max((count or 0.0 for count in self.counts.values()), default=0.0)
        whole = self.denominators.get(cell, far)
        # a hidden count is no 0 and not the whole, unless the whole is so small that every count of it is hidden
        if self.counts[cell] is None or whole <= self.threshold:
            return 0.0, whole
        return 1.0, whole - 1
