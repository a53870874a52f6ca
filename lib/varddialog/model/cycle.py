"""The dialogue cycle (dialogomgång) that a pack belongs to."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from varddialog.model.base import Model, Slug, Text
from varddialog.model.indicator import Year


def _a_day(text: str) -> str:
    try:
        # days are compared as text, so the short and the week forms of ISO 8601 will not do
        known = dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    if not known:
        raise ValueError("ska vara en dag, skriven ÅÅÅÅ-MM-DD")
    return text


Day = Annotated[str, AfterValidator(_a_day)]


class Visit(Model):
    """The ministry's visit to one region (for Riket: the national dialogue), as far as it is decided.

    focus_areas: the two that are talked about there, when they are chosen. held: whether it has taken place.
    """

    date: Day | None = None
    place: Text | None = None
    focus_areas: Annotated[list[Slug], Field(max_length=2)] = []
    held: bool = False


class Phase(Model):
    """One of the three phases of a cycle; `start` and `end` are its first and last day.

    visits: whose visits lie in it, those to the regions or Riket's, the national dialogue.
    """

    slug: Slug
    name: Text
    purpose: Text
    start: Day
    end: Day
    visits: Literal["regionerna", "Riket"] | None = None


class Milestone(Model):
    """What is to be done by a day; `date` is open until it is decided. by: slugs of roles."""

    slug: Slug
    name: Text
    phase: Slug
    date: Day | None = None
    by: Annotated[list[Slug], Field(min_length=1)]


class Duty(Model):
    """What a role does in a phase; milestone: by when it is owed, where there is one."""

    phase: Slug
    what: Text
    milestone: Slug | None = None


class Role(Model):
    """Someone with duties in the dialogue: the ministry, the regions, SKR, the independent agency."""

    slug: Slug
    name: Text
    about: Text
    duties: Annotated[list[Duty], Field(min_length=1)]


AgendaKind = Literal["regionen", "fokusområde", "departementet", "studiebesök"]


class AgendaPoint(Model):
    """One point of the visit's agenda. minutes: None for what lies beside the hours, such as a study visit."""

    kind: AgendaKind
    title: Text
    about: Text
    minutes: Annotated[int, Field(ge=5, le=480)] | None = None


class Cycle(Model):
    """params/cycles/<cycle>.yml. `data_until` is the day from which the age of a figure is counted.

    arena: the arena whose questions, records and actions the cycle has. focus_areas: those that the parties talk
    about; agreed: whether they have agreed on them. agenda: of a visit; national_agenda: of the national dialogue.
    visits: folder of a unit (`12-skane`) → its visit. timetable_agreed: whether the parties have agreed on the days of
    phases and milestones; until then pages call them a proposal.
    """

    name: Text
    years: list[Year]
    data_until: Day
    arena: Slug = "halso-och-sjukvardsdialogen"
    timetable_agreed: bool = False
    phases: list[Phase] = []
    milestones: list[Milestone] = []
    roles: list[Role] = []
    focus_areas: list[Slug] = []
    agreed: bool = False
    agenda: list[AgendaPoint] = []
    national_agenda: list[AgendaPoint] = []
    visits: dict[str, Visit] = {}

    @model_validator(mode="after")
    def _sane(self) -> Self:
        if len(self.years) != 2 or self.years[1] != self.years[0] + 1:
            raise ValueError("en dialogomgång omfattar två år i följd")
        if self.today.year > self.years[1]:
            raise ValueError("«data_until» ligger efter dialogomgången")
        return self

    @property
    def today(self) -> dt.date:
        """The day that the pack speaks from; never the clock of the machine."""
        return dt.date.fromisoformat(self.data_until)

    @property
    def newest_year(self) -> int:
        """The last full year: the age of a value is counted from it."""
        return self.today.year - 1
