"""What a form asks for: its columns, and the sheet that they stand on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: its name in the form, what to write, an example, and whether every row must have it."""

    name: str
    about: str
    example: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Form:
    """A sheet with its columns. origin: where an empty form is to be had, as an advice."""

    sheet: str
    columns: tuple[Column, ...]
    origin: str

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]
