"""A region's rows as observations, each checked by itself and against the others, with every fault at once."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from varddialog.data.forms.cells import Faults, Wrong, figure, needed, text, whole
from varddialog.data.forms.table import Cell, Line
from varddialog.data.own.cells import month, sex, within_limits
from varddialog.data.rows import Observation, Place
from varddialog.data.schema import FIRST_YEAR
from varddialog.errors import DataError
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.statistics.disclosure import is_small
from varddialog.swedish import did_you_mean, fold, number, slugify

LONGEST = 120


@dataclass
class Own:
    """What a file holds. rows: their `region` is the place's code. small: how many are hidden for their small count."""

    rows: list[Observation] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    small: int = 0


def observations(lines: Iterable[Line], name: str, unit: Unit, catalogue: Catalogue, today: dt.date) -> Own:
    """The rows of a file called `name` as observations of the region. Raises DataError with every fault in it."""
    reading = _Reading(name, unit, catalogue, today)
    for line in lines:
        reading.take(line)
    if reading.faults.all:
        raise DataError(*reading.faults.all)
    return reading.own


class _Reading:
    """A file on its way."""

    def __init__(self, name: str, unit: Unit, catalogue: Catalogue, today: dt.date) -> None:
        self.unit, self.units, self.today = unit, catalogue.units, today
        self.faults = Faults(name)
        self.own = Own()
        self._measures = _measures(catalogue)
        self._refused = {i.id: why for i in catalogue.indicators.values() if (why := _refusal(i, catalogue))}
        self._seen: dict[tuple[object, ...], int] = {}
        self._spelt: dict[str, tuple[str, int]] = {}

    def take(self, line: Line) -> None:
        """One row: kept when all of it can be used, otherwise a fault for each thing that is wrong."""
        before = len(self.faults.all)
        cell = self.faults.cell
        measure = cell(line, "mått", self._measure)
        place = cell(line, "enhet", lambda written: self._place(written, line.number))
        year = cell(line, "år", self._year)
        in_month = cell(line, "månad", lambda written: month(written, measure))
        of = cell(line, "kön", lambda written: sex(written, measure))
        value = cell(line, "värde", lambda written: within_limits(needed(figure(written)), measure))
        low, high, numerator, denominator = (
            cell(line, column, figure) for column in ("nedre", "övre", "täljare", "nämnare")
        )
        if len(self.faults.all) > before or measure is None or place is None or year is None or value is None:
            return
        period = f"{year}-{in_month:02d}" if in_month else ""
        row = Observation(
            measure.id, place.code, year, period, of or "T", "", "", value, low, high, numerator, denominator
        )
        for wrong in (_interval(row), _counts(row, measure)):
            if wrong is not None:
                self.faults.add(line.number, "", wrong)
        key = row[:7]
        if key in self._seen:
            same = Wrong(f"Raden gäller samma uppgift som rad {self._seen[key]}.", todo="Ta bort en av dem.")
            self.faults.add(line.number, "", same)
        self._seen.setdefault(key, line.number)
        if len(self.faults.all) == before:
            self.own.rows.append(row)
            self.own.places[place.code] = place
            count = value if measure.measure == "personer" else numerator
            self.own.small += count is not None and is_small(count, denominator)

    def _measure(self, written: Cell) -> Indicator:
        name = text(written)
        found = self._measures.get(fold(name))
        if found is None:
            near = did_you_mean(name, [way for i in self._measures.values() for way in (i.id, i.slug, i.name)])
            raise Wrong(f"Okänt mått: «{name}».", "måttets id, kortnamn eller namn", near)
        if why := self._refused.get(found.id):
            raise Wrong(f"Måttet «{found.name}» kan inte ha egna uppgifter: {why}")
        return found

    def _place(self, written: Cell, line: int) -> Place:
        name = " ".join(text(written).split())
        slug = slugify(name)
        if not slug or not name.isprintable():
            raise Wrong(f"{name!r} är inget namn på en enhet.", "ett namn med bokstäver")
        if len(name) > LONGEST:
            raise Wrong(f"Namnet är {number(len(name))} tecken långt.", f"högst {LONGEST}")
        if any(fold(name) == fold(known) for unit in self.units.all for known in unit.names):
            raise Wrong(f"«{name}» är en region och ingen enhet i den.", "sjukhus, vårdcentraler och andra enheter")
        spelt, first = self._spelt.setdefault(slug, (name, line))
        if spelt != name:
            raise Wrong(f"Enheten skrivs «{name}» här och «{spelt}» på rad {first}.", todo="Skriv den likadant.")
        return Place(f"{self.unit.code}-{slug}", name, self.unit.code, "egen")

    def _year(self, written: Cell) -> int:
        year = whole(written)
        if not FIRST_YEAR <= year <= self.today.year:
            raise Wrong(f"{year} kan inte vara uppgiftens år.", f"{FIRST_YEAR} till {self.today.year}")
        return year


def measures_for_own(catalogue: Catalogue) -> list[Indicator]:
    """The indicators that a region can have figures of its own for, in report order."""
    return [i for i in catalogue.indicators.values() if not _refusal(i, catalogue)]


def _measures(catalogue: Catalogue) -> dict[str, Indicator]:
    """Every way that an indicator may be written."""
    everything = list(catalogue.indicators.values())
    return {fold(name): i for i in everything for name in (i.name, i.slug, i.id)}


def _refusal(indicator: Indicator, catalogue: Catalogue) -> str:
    """Why figures of the indicator would be shown nowhere, or an empty string."""
    if indicator.duplicate_of is not None:
        return f"det är samma som {indicator.duplicate_of}, som visas i stället."
    if catalogue.area_of[indicator.id] in {leaf.slug for leaf in catalogue.framework.context.leaves()}:
        return "det beskriver regionens förutsättningar."
    return ""


def _interval(row: Observation) -> Wrong | None:
    """What is wrong with an interval: that it has one end, or that the value is not in it."""
    if (row.low is None) != (row.high is None):
        return Wrong("Bara den ena gränsen i intervallet är ifylld.", todo="Fyll i både nedre och övre, eller ingen.")
    if row.low is not None and row.high is not None and not row.low <= row.value <= row.high:
        return Wrong("Värdet ligger inte mellan nedre och övre.", "nedre ≤ värde ≤ övre")
    return None


def _counts(row: Observation, measure: Indicator) -> Wrong | None:
    """What is wrong with counts: that they cannot be, or do not give the value of a share."""
    part, whole = row.numerator, row.denominator
    if (part is None) != (whole is None):
        return Wrong("Bara det ena av täljare och nämnare är ifyllt.", todo="Fyll i båda, eller ingen.")
    if part is None or whole is None:
        return None
    if part < 0 or whole <= 0 or part != int(part) or whole != int(whole):
        return Wrong("Täljare och nämnare är inte antal.", "hela tal, täljaren minst 0 och nämnaren minst 1")
    if measure.measure != "procent":
        return None
    share = 100 * part / whole
    if abs(share - row.value) <= 0.5 * 10 ** -_decimals(row.value) + 1e-9:  # the value may be rounded
        return None
    said = f"{number(part)} av {number(whole)} är {number(share, 2)}, men värdet är {number(row.value, 2)}."
    return Wrong(said, todo="Rätta värdet, täljaren eller nämnaren.")


def _decimals(value: float) -> int:
    """How many decimals, at most two, the value is written with."""
    return next(n for n in (0, 1, 2) if n == 2 or math.isclose(round(value, n), value, abs_tol=1e-9))
