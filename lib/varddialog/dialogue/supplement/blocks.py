"""What a note is made of, once it is read: text, pictures and tables, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from varddialog.model.units import Unit

if TYPE_CHECKING:  # slow to import, and few reports need it
    from markdown_it.token import Token

# the region's own material, and the analysts' comments
Kind = Literal["eget", "kommentar"]


@dataclass(frozen=True)
class Prose:
    """Text as Markdown that has been checked: no HTML, no pictures, only links that lead out.

    Headings have the levels 1 to 3, without gaps.
    """

    tokens: Sequence[Token]


@dataclass(frozen=True)
class Picture:
    """A picture made anew: `data` holds no more than what is seen. width, height: pixels; None for a drawing."""

    alt: str
    caption: str
    media: Literal["image/png", "image/jpeg", "image/svg+xml"]
    data: bytes
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table as it was written; every row has the columns of the header."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Prose | Picture | Sheet


@dataclass(frozen=True)
class Note:
    """What stands in one file: whose it is, where it is shown (the file's name without ending), and its blocks."""

    kind: Kind
    unit: Unit
    place: str
    blocks: Sequence[Block]
