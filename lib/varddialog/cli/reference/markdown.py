"""The few forms that the reference is written in: Markdown that is read as it stands, and that MyST builds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

WRITTEN_BY = "<!-- Written by `python -m varddialog.cli.reference`; change the code, not this file. -->"


def code(text: object) -> str:
    return f"`{text}`"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar inside a cell is escaped, a line break becomes a space."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def paragraphs(text: str) -> str:
    """A docstring as Markdown: broken lines within a paragraph are joined, lists and paragraphs are kept."""
    parts = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(re.sub(r"\s*\n\s*(?!-\s)", " ", part) for part in parts)


def page(*parts: str) -> str:
    """A whole file."""
    return "\n\n".join([WRITTEN_BY, *(part for part in parts if part)]) + "\n"


def _cell(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text).replace("|", r"\|").strip()
