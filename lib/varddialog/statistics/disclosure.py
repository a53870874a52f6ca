"""Hiding small counts, and as few others as it takes for the hidden ones not to be worked out from sums.

Done last, on everything that is shown: what is derived from a hidden count (a share, a difference, a number of
persons) is hidden with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from varddialog.statistics.disclosure_audit import Cell, Sum, Table

# the largest count that is hidden
THRESHOLD = 4


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
    table = Table(counts, tuple(sums), denominators or {}, threshold)
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
