"""The two years of a cycle on one line: phases, numbered milestones and visits, each where its days lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from varddialog.model.cycle import Cycle, Milestone, Phase
from varddialog.model.units import Units
from varddialog.swedish import capital, date, listing, number, plural

When = Literal["avslutad", "pågår", "kommande"]

# marks of milestones nearer each other than this, in per cent of the line, are laid below each other
_NEAR = 5.0
# a quarter is this many months
_QUARTER = 3
_MONTHS = ("jan", "apr", "jul", "okt")


@dataclass(frozen=True)
class Step:
    """A milestone with its number in the cycle. left: per cent from the start of the line; None without a day."""

    number: int
    milestone: Milestone
    who: str
    left: float | None
    row: int
    is_past: bool


@dataclass(frozen=True)
class Stretch:
    """A phase, from `left` and `width` per cent wide."""

    number: int
    phase: Phase
    left: float
    width: float
    when: When
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Timeline:
    """What is drawn, in per cent of the line's length. ticks: quarters; visits: days on which there are any.

    rows: how many rows of milestones. alt: the picture in words.
    """

    stretches: tuple[Stretch, ...]
    ticks: tuple[tuple[float, str, str], ...]
    visits: tuple[tuple[float, str], ...]
    today: float
    rows: int
    alt: str


def timeline(cycle: Cycle, units: Units) -> Timeline | None:
    """The line; None while the cycle has no phases."""
    if not cycle.phases:
        return None
    line = _Line.of(cycle)
    steps = _steps(cycle, line)
    stretches = []
    for i, phase in enumerate(cycle.phases, start=1):
        left, right = line.at(day_of(phase.start)), line.at(day_of(phase.end) + dt.timedelta(days=1))
        mine = tuple(s for s in steps if s.milestone.phase == phase.slug)
        stretches.append(Stretch(i, phase, left, round(right - left, 2), _when(phase, cycle.today), mine))
    rows = 1 + max((s.row for s in steps if s.left is not None), default=-1)
    visits = tuple((line.at(day), f"{date(day)}: {listing(names)}") for day, names in _visits(cycle, units))
    alt = _alt(cycle, stretches, sum(s.left is not None for s in steps), len(visits))
    return Timeline(tuple(stretches), tuple(line.ticks()), visits, line.at(cycle.today), rows, alt)


def day_of(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass(frozen=True)
class _Line:
    """The days from first up to, not including, end."""

    first: dt.date
    end: dt.date

    @classmethod
    def of(cls, cycle: Cycle) -> _Line:
        """The cycle's two years, and whole years more where something lies outside them."""
        days = [d for phase in cycle.phases for d in (phase.start, phase.end)]
        days += [m.date for m in cycle.milestones if m.date] + [v.date for v in cycle.visits.values() if v.date]
        years = [*cycle.years, cycle.today.year, *(day_of(d).year for d in days)]
        return cls(dt.date(min(years), 1, 1), dt.date(max(years) + 1, 1, 1))

    def at(self, day: dt.date) -> float:
        return round(100 * (day - self.first).days / (self.end - self.first).days, 2)

    def ticks(self) -> Iterator[tuple[float, str, str]]:
        """Place, month and, where a year begins, the year."""
        for year in range(self.first.year, self.end.year):
            for i, month in enumerate(_MONTHS):
                yield self.at(dt.date(year, 1 + i * _QUARTER, 1)), month, "" if i else str(year)


def _steps(cycle: Cycle, line: _Line) -> list[Step]:
    """The milestones, phase by phase and in time order; those without a day stand last in their phase."""
    order = {phase.slug: i for i, phase in enumerate(cycle.phases)}
    names = {role.slug: role.name for role in cycle.roles}
    in_order = sorted(cycle.milestones, key=lambda m: (order.get(m.phase, len(order)), m.date is None, m.date or ""))
    ends: list[float] = []  # where the last mark of each row lies
    made = []
    for i, m in enumerate(in_order, start=1):
        left, row = None, 0
        if m.date is not None:
            left = line.at(day_of(m.date))
            row = next((r for r, last in enumerate(ends) if abs(left - last) >= _NEAR), len(ends))
            ends[row : row + 1] = [left]
        who = ", ".join(names.get(slug, slug) for slug in m.by)
        made.append(Step(i, m, who, left, row, m.date is not None and day_of(m.date) < cycle.today))
    return made


def _when(phase: Phase, today: dt.date) -> When:
    if day_of(phase.end) < today:
        return "avslutad"
    return "kommande" if today < day_of(phase.start) else "pågår"


def _visits(cycle: Cycle, units: Units) -> list[tuple[dt.date, list[str]]]:
    """Days with visits in time order, and where."""
    found: dict[dt.date, list[str]] = {}
    for unit in units.all:
        visit = cycle.visits.get(unit.folder)
        if visit is not None and visit.date is not None:
            found.setdefault(day_of(visit.date), []).append("nationell dialog" if unit.is_nation else unit.name)
    return sorted(found.items())


def _alt(cycle: Cycle, stretches: Sequence[Stretch], dated: int, visits: int) -> str:
    phases = "; ".join(f"{s.number} {s.phase.name}, {date(s.phase.start)} till {date(s.phase.end)}" for s in stretches)
    marks = plural(dated, "milstolpe", "milstolpar") if dated else "inga milstolpar"
    days = plural(visits, "dag med besök", "dagar med besök") if visits else "inga besök"
    return capital(
        f"tidslinje i {number(len(stretches))} faser: {phases}. Markerat: läget den {date(cycle.today)}, {marks} "
        f"och {days}. Allt står också i listan nedanför."
    )
