"""One thing that differs between what stands in a report and what its cell gives now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["tal", "text", "tabell", "figur", "bild", "värde", "märkning", "kod", "ordning"]

NOTHING = "–"


@dataclass(frozen=True)
class Difference:
    """before: what stands in the report; after: what the cell gives now; empty where there is nothing.

    where: the heading that it stands under. about: the words beside it, or the row and column.
    """

    kind: Kind
    where: str
    about: str
    before: str
    after: str

    @property
    def place(self) -> str:
        """Where it is, in words; a heading that comes again in what stands below it is told once."""
        parts = [self.where, self.about]
        if self.about.startswith(self.where):
            parts = [self.about]
        return ": ".join(part for part in parts if part)

    def __str__(self) -> str:
        said = f"{self.before or NOTHING} → {self.after or NOTHING}"
        return f"{self.place}: {said}" if self.place else said


@dataclass(frozen=True)
class Pictured(Difference):
    """Two figures or pictures that differ, as addresses of pictures that need no other file (`data:`).

    marked: what differs between them drawn in two colours; None when it cannot be told.
    """

    pictures: tuple[str, str]
    marked: str | None = None
