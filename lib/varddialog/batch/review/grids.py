"""Two tables compared cell by cell, by their rows' and columns' headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from varddialog.batch.review.difference import Difference


@dataclass(frozen=True)
class Grid:
    """A table as it is read. rows: heading and cells; the columns' headings begin with that of the rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def differing(before: Grid, after: Grid, where: str) -> list[Difference]:
    """What differs: cells, rows and columns that are gone or have come, their order, and the caption."""
    found = []
    if before.caption != after.caption:
        found.append(Difference("tabell", where, "tabellens rubrik", before.caption, after.caption))
    old, new = _cells(before), _cells(after)
    for key in [*old, *(key for key in new if key not in old)]:
        if old.get(key) != new.get(key):
            about = ": ".join(part for part in (before.caption, ", ".join(part for part in key if part)) if part)
            found.append(Difference("tabell", where, about, old.get(key, ""), new.get(key, "")))
    if not found and before != after:
        rows = [", ".join(heading for heading, _ in grid.rows) for grid in (before, after)]
        columns = [", ".join(grid.columns) for grid in (before, after)]
        for what, (one, other) in (("radernas", rows), ("kolumnernas", columns)):
            if one != other:
                found.append(Difference("tabell", where, f"{before.caption}: {what} ordning", one, other))
    return found


def _cells(grid: Grid) -> dict[tuple[str, str], str]:
    """Row and column → what stands there; a heading that comes again gets a number."""
    columns = _apart(grid.columns[1:])
    rows = _apart([heading for heading, _ in grid.rows])
    found = {}
    for heading, (_, cells) in zip(rows, grid.rows, strict=True):
        for i, cell in enumerate(cells):
            found[heading, columns[i] if i < len(columns) else f"kolumn {i + 2}"] = cell
    return found


def _apart(names: Sequence[str]) -> list[str]:
    made: list[str] = []
    for i, name in enumerate(names):
        again = list(names[:i]).count(name)
        made.append(f"{name} ({again + 1})" if again else name)
    return made
