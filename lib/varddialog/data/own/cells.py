"""Single cells of a region's file: numbers as they are written in Sweden, and the words of the form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from varddialog.data.own.columns import SEXES
from varddialog.data.own.table import Cell
from varddialog.data.schema import MOST
from varddialog.data.sexes import own_sex
from varddialog.model.indicator import Indicator
from varddialog.swedish import did_you_mean, fold, listing, number

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


@dataclass(eq=False)
class Wrong(Exception):
    """Why a cell or row cannot be used."""

    what: str
    allowed: str = ""
    todo: str = ""


def text(written: Cell) -> str:
    """What is written. Raises Wrong when nothing is."""
    found = "" if written is None else str(written).strip()
    if not found:
        raise Wrong("Fältet är tomt.", todo="Fyll i det.")
    return found


def figure(written: Cell) -> float | None:
    """A number as it is written in Sweden or in a program; None for an empty field."""
    if written is None or (isinstance(written, str) and not written.strip()):
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


def month(written: Cell, measure: Indicator | None) -> int | None:
    """The month of a value; only of an indicator that has a value for each, and always of such a one."""
    monthly = measure is not None and measure.period.kind == "månad"
    if written is None or not str(written).strip():
        if monthly:
            raise Wrong("Måttet har ett värde för varje månad.", "1 till 12", "Skriv vilken månad värdet gäller.")
        return None
    if measure is not None and not monthly:
        raise Wrong("Måttet har inte ett värde för varje månad.", "tomt", "Ta bort månaden.")
    found = whole(written)
    if not 1 <= found <= 12:
        raise Wrong(f"{found} är ingen månad.", "1 till 12")
    return found


def sex(written: Cell, measure: Indicator | None) -> str:
    """The sex as the store writes it: an indicator that concerns one sex alone is under that."""
    word = "" if written is None else str(written).strip()
    known = {fold(name): code for name, code in SEXES.items()} | {"": "T"}
    if fold(word) not in known:
        raise Wrong(f"«{word}» är inget kön i formuläret.", listing(SEXES, "eller"), did_you_mean(word, list(SEXES)))
    found = known[fold(word)]
    own = own_sex(measure) if measure else None
    if measure is not None and own is not None and found not in ("T", own):
        raise Wrong(f"Måttet gäller bara {measure.population}.", f"totalt eller {measure.population}")
    return own or found


def within_limits(value: float, measure: Indicator | None) -> float:
    """The value. Raises Wrong when the indicator's unit of measure does not allow it."""
    unit = measure.unit if measure else None
    if unit and ((unit.low is not None and value < unit.low) or (unit.high is not None and value > unit.high)):
        ends = [f"minst {number(unit.low)}"] if unit.low is not None else []
        ends += [f"högst {number(unit.high)}"] if unit.high is not None else []
        raise Wrong(f"{number(value, 2)} är utanför vad mätenheten {unit.label} tillåter.", listing(ends))
    return value
