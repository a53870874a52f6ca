"""A calendar that cannot be kept is told: with the file, the line, what is allowed and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.model.broken import faults_of, replace

from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import load_catalogue

Change = Callable[[dict[str, Any]], object]


def _file(here: Project) -> Path:
    return here.params / "cycles" / f"{DEFAULT_CYCLE}.yml"


def _changed(here: Project, change: Change) -> Project:
    """The project with its cycle changed."""
    described: dict[str, Any] = yaml.safe_load(_file(here).read_text(encoding="utf-8"))
    change(described)
    _file(here).write_text(yaml.safe_dump(described, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return here


def _visit(unit: str, **decided: object) -> Change:
    return lambda cycle: cycle["visits"].update({unit: decided})


def _phase(at: int, **said: str) -> Change:
    return lambda cycle: cycle["phases"][at].update(said)


def _milestone(at: int, **said: object) -> Change:
    return lambda cycle: cycle["milestones"][at].update(said)


def _both(*changes: Change) -> Change:
    return lambda cycle: [change(cycle) for change in changes]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_phase(0, start="2025-11-01"), "utanför dialogomgången: start är 2025-11-01. Tillåtet: 2026-01-01 till 2027"),
        (_phase(2, end="2027-09-01"), "slutar 2027-09-01, innan den börjar 2027-10-16"),
        (_phase(1, start="2027-01-31"), "«Regiondialog» börjar 2027-01-31, men «Förberedelse» slutar först 2027-01-31"),
        (lambda cycle: cycle["phases"].reverse(), "Tillåtet: faser i tidsordning, en i taget."),
        (lambda cycle: cycle["phases"].append(cycle["phases"][0]), "phases: «forberedelse» står flera gånger"),
    ],
)
def test_phases_lie_in_order_inside_the_cycle(params_copy: Project, change: Change, words: str) -> None:
    assert any(words in fault for fault in faults_of(_changed(params_copy, change)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_milestone(0, date="2027-02-01"), "utanför fasen «Förberedelse». Tillåtet: 2026-08-01 till 2027-01-31"),
        (_milestone(1, date="2026-12-01"), "ligger 2026-12-01, men en milstolpe före den ligger 2026-12-04"),
        (_milestone(8, phase="forberedelse", date=None), "efter en milstolpe i en senare fas"),
        (_milestone(0, phase="regiondialogen"), "fasen «regiondialogen» finns inte i dialogomgången"),
        (_milestone(0, phase="regiondialogen"), "Menade du «regiondialog»?"),
        (
            _milestone(0, by=["skl"]),
            "rollen «skl» finns inte i dialogomgången. Tillåtet: socialdepartementet, regionerna, skr",
        ),
        (lambda cycle: cycle["milestones"].append(cycle["milestones"][-1]), "milestones: «omgangen-utvarderad» står"),
    ],
)
def test_milestones_lie_in_order_inside_their_phases(params_copy: Project, change: Change, words: str) -> None:
    assert any(words in fault for fault in faults_of(_changed(params_copy, change)))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"phase": "forberedelsen"}, "Socialdepartementet: fasen «forberedelsen» finns inte i dialogomgången"),
        ({"milestone": "fokusomraden"}, "milstolpen «fokusomraden» finns inte i dialogomgången"),
        ({"milestone": "slutrapport-klar"}, "hör till fasen «forberedelse», men dess milstolpe till «regiondialog»"),
    ],
)
def test_a_duty_is_owed_in_a_phase_by_a_milestone_of_it(params_copy: Project, said: dict[str, str], words: str) -> None:
    changed = _changed(params_copy, lambda cycle: cycle["roles"][0]["duties"][0].update(said))
    assert any(words in fault for fault in faults_of(changed))


@pytest.mark.parametrize("agenda", ["agenda", "national_agenda"])
def test_an_agenda_is_no_longer_than_a_working_day(params_copy: Project, agenda: str) -> None:
    (fault,) = faults_of(_changed(params_copy, lambda cycle: cycle[agenda][0].update(minutes=480)))
    assert f"{agenda}: punkterna tar 660 minuter" in fault
    assert "Tillåtet: högst 480 minuter" in fault


def test_parties_cannot_have_agreed_on_nothing(params_copy: Project) -> None:
    changed = _changed(params_copy, lambda cycle: cycle.update(agreed=True, focus_areas=[]))
    assert any("agreed: parterna kan inte ha enats" in fault for fault in faults_of(changed))


# visits


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_visit("12-skane", date="2026-11-20"), "ligger i det förflutna, uppgifterna gäller till 2026-11-21"),
        (_visit("12-skane", date="2026-11-20"), "Skriv «held: true» om det har hållits"),
        (_visit("12-skane", date="2027-03-16", held=True), "2027-03-16 kan inte ha hållits"),
        (_visit("12-skane", held=True), "besöket har hållits, men dagen saknas"),
        (_visit("12-skane", date="2027-01-31"), "utanför fasen «Regiondialog». Tillåtet: 2027-02-01 till 2027-10-15"),
        (_visit("00-riket", date="2027-03-16"), "utanför fasen «Nationell dialog». Tillåtet: 2027-10-16 till 2027-12"),
        (_visit("12-skane", focus_areas=["psykatri"]), "12-skane: fokusområdet «psykatri» finns inte i dialogomgången"),
        (_visit("12-skane", focus_areas=["psykatri"]), "Menade du «psykiatri»?"),
        (_visit("12-skane", focus_areas=["psykiatri", "psykiatri"]), "«psykiatri» står två gånger"),
        (_visit("12-skåne"), "visits: «12-skåne» är ingen enhet. Tillåtet: kod och namn, som 12-skane. Menade du"),
        (lambda cycle: cycle["visits"].pop("09-gotland"), "visits: 09-gotland saknas. Tillåtet: alla regioner"),
        (
            _both(_visit("12-skane", date="2027-03-16"), _visit("13-halland", date="2027-03-16")),
            "visits: 12-skane och 13-halland har besök samma dag, 2027-03-16",
        ),
        (
            lambda cycle: cycle.update(phases=[], milestones=[], roles=[], visits=cycle["visits"] | {
                "12-skane": {"date": "2028-03-16"}
            }),
            "12-skane: besöket 2028-03-16 ligger utanför dialogomgången. Tillåtet: en dag 2026 och 2027",
        ),
    ],
)  # fmt: skip
def test_a_visit_that_cannot_be_is_told(params_copy: Project, change: Change, words: str) -> None:
    faults = faults_of(_changed(params_copy, change))
    assert any(words in fault for fault in faults)
    assert all(fault.startswith("params/cycles/2026-2027.yml:") for fault in faults)


def test_a_fault_names_the_line_of_what_is_wrong(params_copy: Project) -> None:
    replace(_file(params_copy), "  12-skane: {}\n", '  12-skane: {date: "2026-02-03"}\n')
    lines = _file(params_copy).read_text(encoding="utf-8").splitlines()
    line = lines.index('  12-skane: {date: "2026-02-03"}') + 1
    past, outside = faults_of(params_copy)
    assert past.startswith(f"params/cycles/2026-2027.yml:{line}: 12-skane")
    assert outside.startswith(f"params/cycles/2026-2027.yml:{line}: 12-skane")


def test_a_region_that_stands_twice_is_told(params_copy: Project) -> None:
    replace(_file(params_copy), "  12-skane: {}\n", "  12-skane: {}\n  12-skane: {place: Lund}\n")
    (fault,) = faults_of(params_copy)
    assert "Nyckeln «12-skane» står två gånger" in fault


def test_every_fault_of_a_calendar_comes_at_once(params_copy: Project) -> None:
    change = _both(_phase(0, end="2027-03-01"), _milestone(0, by=["skl"]), _visit("12-skane", date="2026-01-07"))
    assert len(faults_of(_changed(params_copy, change))) == 4  # the visit is in the past, and outside its phase


def test_a_visit_that_has_been_held_is_no_fault(params_copy: Project) -> None:
    change = _both(
        lambda cycle: cycle.update(data_until="2027-03-20"),
        _visit("12-skane", date="2027-03-16", held=True),
        _visit("13-halland", date="2027-03-20", held=False),
        _visit("00-riket", date="2027-11-04"),
    )
    assert load_catalogue(_changed(params_copy, change)).cycle(DEFAULT_CYCLE).visits["12-skane"].held


def test_a_cycle_may_do_without_all_of_it(params_copy: Project) -> None:
    empty = {"phases": [], "milestones": [], "roles": [], "focus_areas": [], "agenda": [], "visits": {}}
    cycle = load_catalogue(_changed(params_copy, lambda cycle: cycle.update(empty))).cycle(DEFAULT_CYCLE)
    assert {field: getattr(cycle, field) for field in empty} == empty


def test_a_cycle_may_have_visits_alone(params_copy: Project) -> None:
    empty: dict[str, Any] = {"phases": [], "milestones": [], "roles": [], "focus_areas": [], "agenda": []}
    change = _both(lambda cycle: cycle.update(empty), _visit("12-skane", date="2026-12-01"))
    assert load_catalogue(_changed(params_copy, change)).cycle(DEFAULT_CYCLE).visits["12-skane"].date == "2026-12-01"
