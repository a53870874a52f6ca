"""Single cells of a form that someone filled in: text, numbers and days as they are written in Sweden."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from varddialog.data.forms.table import Cell, Line
from varddialog.data.schema import MOST
from varddialog.errors import Fault
from varddialog.swedish import number

T = TypeVar("T")

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_DAY, _LAST_DAY = dt.date(1990, 1, 1), dt.date(2099, 12, 31)
# control characters, halves of characters, and what stands where one was lost
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
# what Excel puts in a cell whose formula has failed
_FAILED = {"#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!"}


@dataclass(eq=False)
class Wrong(Exception):
    """Why a cell or row cannot be used."""

    what: str
    allowed: str = ""
    todo: str = ""


class Faults:
    """What is wrong in one table, each thing with its row and column. where: the file, and the sheet if it has many."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.all: list[Fault] = []

    def cell(self, line: Line, column: str, parse: Callable[[Cell], T]) -> T | None:
        """The cell as `parse` understands it; None, and a fault, when it cannot be used."""
        try:
            return parse(line.cells.get(column))
        except Wrong as wrong:
            self.add(line.number, column, wrong)
            return None

    def add(self, row: int, column: str, wrong: Wrong) -> None:
        where = f"{self.where}, rad {row}" + (f", kolumn {column}" if column else "")
        self.all.append(Fault(wrong.what, where, wrong.allowed, wrong.todo))


def is_empty(written: Cell) -> bool:
    return written is None or not str(written).strip()


def text(written: Cell) -> str:
    """What is written. Raises Wrong when nothing is."""
    found = words(written)
    if not found:
        raise Wrong("Fältet är tomt.", todo="Fyll i det.")
    return found


def words(written: Cell) -> str:
    """What is written, which may be nothing. A whole number, which Excel may hold with decimals, is written as one."""
    if isinstance(written, float) and written.is_integer():
        written = int(written)
    found = "" if written is None else str(written).strip()
    if found in _FAILED:
        raise Wrong(f"Excel kunde inte räkna ut fältet: «{found}».", todo="Skriv texten igen, utan = i början.")
    if odd := _ODD.search(found):
        raise Wrong(
            f"Texten har ett tecken som inte går att visa (U+{ord(odd[0]):04X}).",
            todo="Skriv om den, och spara filen som «CSV UTF-8» eller som .xlsx.",
        )
    return found


def figure(written: Cell) -> float | None:
    """A number as it is written in Sweden or in a program; None for an empty field."""
    if is_empty(written):
        return None
    if isinstance(written, int | float) and not isinstance(written, bool):
        found = float(written)
    else:
        plain = _SPACES.sub("", str(written)).replace("\u2212", "-")
        if not isinstance(written, str) or not _NUMBER.fullmatch(plain):
            raise Wrong(f"«{written}» är inget tal.", "siffror, med decimalkomma eller decimalpunkt")
        found = float(plain.replace(",", "."))
    if not abs(found) <= MOST:
        raise Wrong(f"{written} kan inte vara en uppgift.", f"ändliga tal mellan {number(-MOST)} och {number(MOST)}")
    return found


def needed(found: float | None) -> float:
    """The number. Raises Wrong when there is none."""
    if found is None:
        raise Wrong("Fältet är tomt.", todo="Fyll i det, eller ta bort raden.")
    return found


def whole(written: Cell) -> int:
    """A whole number, such as a year; Excel holds it with decimals that are naught."""
    found = needed(figure(written))
    if found != int(found):
        raise Wrong(f"«{written}» är inget helt tal.", "ett helt tal")
    return int(found)


def day(written: Cell) -> dt.date | None:
    """A day, as text or as Excel holds it; None for an empty field."""
    if is_empty(written):
        return None
    if isinstance(written, dt.date):
        found = written.date() if isinstance(written, dt.datetime) else written
    else:
        plain = str(written).strip()
        try:
            found = dt.date.fromisoformat(plain if _DAY.fullmatch(plain) else "")
        except ValueError:
            raise Wrong(f"«{plain}» är ingen dag.", "en dag som finns, skriven ÅÅÅÅ-MM-DD") from None
    if not _FIRST_DAY <= found <= _LAST_DAY:
        raise Wrong(f"Dagen {found} kan inte vara rätt.", f"{_FIRST_DAY} till {_LAST_DAY}")
    return found
