"""The cycle: visits of known units, on days that exist."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError
from tests.model.broken import replace

from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.model.cycle import Cycle


def test_visits_are_read_with_what_is_decided_of_them(params_copy: Project) -> None:
    file = params_copy.params / "cycles" / f"{DEFAULT_CYCLE}.yml"
    decided = '  12-skane: {date: "2027-03-16", place: Malmö, focus_areas: [psykiatri, cancervard]}\n'
    replace(file, "  12-skane: {}\n", decided)
    replace(file, "  09-gotland: {}\n", "  09-gotland: {place: Visby}\n")
    visits = load_catalogue(params_copy).cycle(DEFAULT_CYCLE).visits
    assert (visits["12-skane"].date, visits["12-skane"].place) == ("2027-03-16", "Malmö")
    assert visits["12-skane"].focus_areas == ["psykiatri", "cancervard"]
    assert (visits["09-gotland"].date, visits["09-gotland"].place) == (None, "Visby")


@pytest.mark.parametrize("day", ["14 mars", "2027-02-30", "20270314", "2027-W11-2", "2027-3-14"])
def test_a_day_that_does_not_exist_or_is_written_otherwise_is_refused(day: str) -> None:
    visits = {"12-skane": {"date": day}}
    with pytest.raises(ValidationError, match="ÅÅÅÅ-MM-DD"):
        Cycle.model_validate({"name": "x", "years": [2026, 2027], "data_until": "2026-11-21", "visits": visits})


def test_a_visit_has_at_most_two_focus_areas() -> None:
    visits = {"12-skane": {"focus_areas": ["a", "b", "c"]}}
    with pytest.raises(ValidationError, match="at most 2"):
        Cycle.model_validate({"name": "x", "years": [2026, 2027], "data_until": "2026-11-21", "visits": visits})


def test_a_cycle_may_be_no_more_than_its_years() -> None:
    cycle = Cycle(name="2026–2027", years=[2026, 2027], data_until="2026-11-21")
    assert (cycle.phases, cycle.milestones, cycle.roles, cycle.agenda, cycle.visits) == ([], [], [], [], {})


# the committed cycle


def test_the_cycle_has_the_three_phases_in_order_and_speaks_from_the_first(catalogue: Catalogue) -> None:
    cycle = catalogue.cycle(DEFAULT_CYCLE)
    assert [phase.slug for phase in cycle.phases] == ["forberedelse", "regiondialog", "nationell-dialog"]
    assert [phase.visits for phase in cycle.phases] == [None, "regionerna", "Riket"]
    first = cycle.phases[0]
    assert dt.date.fromisoformat(first.start) <= cycle.today <= dt.date.fromisoformat(first.end)


def test_every_region_has_a_visit_whose_date_is_open_and_nobody_has_agreed_yet(catalogue: Catalogue) -> None:
    cycle = catalogue.cycle(DEFAULT_CYCLE)
    assert list(cycle.visits) == [unit.folder for unit in catalogue.units.regions]
    assert [visit.date for visit in cycle.visits.values() if visit.date or visit.held] == []
    assert (len(cycle.focus_areas), cycle.agreed) == (6, False)


def test_every_role_owes_something_in_the_phases_that_concern_it(catalogue: Catalogue) -> None:
    cycle = catalogue.cycle(DEFAULT_CYCLE)
    owes = {role.slug: {duty.phase for duty in role.duties} for role in cycle.roles}
    every = {phase.slug for phase in cycle.phases}
    assert owes == {
        "socialdepartementet": every,
        "regionerna": every,
        "skr": every,
        "vardanalys": {"forberedelse", "regiondialog"},
    }
    unmet = {m.slug for m in cycle.milestones} - {duty.milestone for role in cycle.roles for duty in role.duties}
    assert unmet == set()


def test_the_agenda_is_four_hours_with_a_study_visit_beside(catalogue: Catalogue) -> None:
    agenda = catalogue.cycle(DEFAULT_CYCLE).agenda
    assert [point.kind for point in agenda] == [
        "regionen",
        "fokusområde",
        "fokusområde",
        "departementet",
        "studiebesök",
    ]
    assert sum(point.minutes or 0 for point in agenda) == 4 * 60
    assert agenda[-1].minutes is None
