"""Single cells of a region's file: what the form of its own figures has beside text and numbers."""

from __future__ import annotations

from varddialog.data.forms.cells import Wrong, is_empty, whole
from varddialog.data.forms.table import Cell
from varddialog.data.own.columns import SEXES
from varddialog.data.sexes import own_sex
from varddialog.model.indicator import Indicator
from varddialog.swedish import did_you_mean, fold, listing, number


def month(written: Cell, measure: Indicator | None) -> int | None:
    """The month of a value; only of an indicator that has a value for each, and always of such a one."""
    monthly = measure is not None and measure.period.kind == "månad"
    if is_empty(written):
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
