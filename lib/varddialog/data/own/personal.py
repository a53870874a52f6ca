"""What looks like personal data in a file that is meant to hold figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from varddialog.data.own.table import Line

_NUMBER = re.compile(r"(?<!\d)(?:19|20)?(\d{6})[-+ ]?(\d{4})(?!\d)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def warnings(lines: Iterable[Line], name: str) -> list[str]:
    """A sentence for each cell that looks like a person number or an e-mail address; it is not repeated."""
    told = []
    for line in lines:
        for column, cell in line.cells.items():
            written = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "")
            where = f"{name}, rad {line.number}, kolumn {column}"
            if any(_is_person(born, rest) for born, rest in _NUMBER.findall(written)):
                told.append(f"{where}: det som står där ser ut som ett personnummer. Ta bort det om det är ett.")
            if _ADDRESS.search(written):
                told.append(f"{where}: det som står där ser ut som en e-postadress. Ta bort den om den är en persons.")
    return told


def _is_person(born: str, rest: str) -> bool:
    """Whether the digits can be a person number or coordination number: a day that can be, and a check digit."""
    month, day = int(born[2:4]), int(born[4:6])
    if not (1 <= month <= 12 and 1 <= (day - 60 if day > 60 else day) <= 31):
        return False
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(born + rest)]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0
