"""What looks like personal data in a form that has no room for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from varddialog.data.forms.table import Line

_NUMBER = re.compile(r"(?<!\d)(?:19|20)?(\d{6})[-+ ]?(\d{4})(?!\d)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# a number with its country's prefix; a mobile number; a number with an area code, which is parted from the rest by a
# hyphen, or has the rest in groups: years, counts, days and ids have neither
_TELEPHONE = re.compile(
    r"(?<![\w+/.,-])(?:"
    r"(?:\+|00)46[ -]?(?:\(0\))?[ -]?[1-9](?:[ -]?\d){6,9}"
    r"|07[02369](?:[ -]?\d){7}"
    r"|0[1-9]\d{0,2}(?:-\d{2,3}(?:[ ]?\d{2,3}){1,2}|/\d{2,3}(?:[ ]?\d{2,3}){1,2}|[ ]\d{2,3}[ ]\d{2,3}(?:[ ]\d{2})?)"
    r")(?![\w-]|[.,/]\d)"
)
_FEWEST_DIGITS = 8


def warnings(lines: Iterable[Line], name: str) -> list[str]:
    """A sentence for each cell that looks like a person number, an e-mail address or a telephone number.

    What stands there is not repeated.
    """
    told = []
    for line in lines:
        for column, cell in line.cells.items():
            written = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "")
            where = f"{name}, rad {line.number}, kolumn {column}"
            if any(_is_person(born, rest) for born, rest in _NUMBER.findall(written)):
                told.append(f"{where}: det som står där ser ut som ett personnummer. Ta bort det om det är ett.")
            if _ADDRESS.search(written):
                told.append(f"{where}: det som står där ser ut som en e-postadress. Ta bort den om den är en persons.")
            if has_telephone(written):
                told.append(
                    f"{where}: det som står där ser ut som ett telefonnummer. Ta bort det om det är en persons."
                )
    return told


def has_telephone(written: str) -> bool:
    """Whether a Swedish telephone number seems to stand in a text; hard spaces and dashes count as the ordinary."""
    plain = re.sub(r"[\u00a0\u202f\u2009]", " ", re.sub(r"[\u2010\u2011\u2013]", "-", written))
    return any(sum(map(str.isdigit, found)) >= _FEWEST_DIGITS for found in _TELEPHONE.findall(plain))


def _is_person(born: str, rest: str) -> bool:
    """Whether the digits can be a person number or coordination number: a day that can be, and a check digit."""
    month, day = int(born[2:4]), int(born[4:6])
    if not (1 <= month <= 12 and 1 <= (day - 60 if day > 60 else day) <= 31):
        return False
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(born + rest)]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0
