"""The calendar file says what params/ says, as any program that follows RFC 5545 reads it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import icalendar
import pytest

from varddialog.dialogue.calendar import calendar_file
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle, Milestone, Phase, Role, Visit
from varddialog.model.units import Unit

LONG = "Skåne, Örebro och Västra Götaland får frågor om väntetider, vårdplatser och samordning; " * 3


def _cycle(**changed: Any) -> Cycle:
    phases = [
        Phase(slug="fore", name="Förberedelse", purpose=LONG, start="2026-02-01", end="2027-01-31"),
        Phase(slug="efter", name="Nationell dialog", purpose="Ihop.", start="2027-10-01", end="2027-12-31"),
    ]
    milestones = [
        Milestone(slug="valda", name="Fokusområdena är valda", phase="fore", date="2026-10-15", by=["ett", "annat"]),
        Milestone(slug="oviss", name="Utan dag", phase="efter", by=["ett"]),
    ]
    duties = [{"phase": "fore", "what": "Något"}]
    roles = [
        Role.model_validate({"slug": slug, "name": name, "about": "Om.", "duties": duties})
        for slug, name in (("ett", "Departementet"), ("annat", "SKR"))
    ]
    values: dict[str, Any] = {"phases": phases, "milestones": milestones, "roles": roles, "visits": {}}
    return Cycle(name="2026–2027", years=[2026, 2027], data_until="2026-11-21", **(values | changed))


def _read(cycle: Cycle, catalogue: Catalogue) -> dict[str, Any]:
    """UID → event, as the library reads the file back."""
    written = calendar_file(cycle, catalogue)
    assert written is not None
    read = icalendar.Calendar.from_ical(written)
    assert (read["version"], read["prodid"]) == ("2.0", "-//Varddialog//Dialogomgang//SV")
    return {str(event["uid"]): event for event in read.walk("VEVENT")}


def _days(event: Any) -> tuple[object, object]:
    return event["dtstart"].dt, event["dtend"].dt


def test_a_calendar_without_visits_holds_the_phases_and_the_milestones_that_have_a_day(catalogue: Catalogue) -> None:
    events = _read(_cycle(), catalogue)
    assert list(events) == [
        "2026-2027-fas-fore@varddialog", "2026-2027-fas-efter@varddialog", "2026-2027-milstolpe-valda@varddialog",
    ]  # fmt: skip
    # whole days, and the end is the first day that is not included
    assert _days(events["2026-2027-fas-fore@varddialog"]) == (dt.date(2026, 2, 1), dt.date(2027, 2, 1))
    milestone = events["2026-2027-milstolpe-valda@varddialog"]
    assert _days(milestone) == (dt.date(2026, 10, 15), dt.date(2026, 10, 16))
    assert str(milestone["description"]) == "Ansvar: Departementet, SKR."
    assert all(str(event["transp"]) == "TRANSPARENT" for event in events.values())


def test_days_that_are_only_proposed_are_tentative_but_a_visit_with_a_date_is_not(catalogue: Catalogue) -> None:
    visits = {"09-gotland": Visit(date="2027-05-05")}
    proposed, agreed = (
        [str(event["status"]) for event in _read(_cycle(visits=visits, timetable_agreed=told), catalogue).values()]
        for told in (False, True)
    )
    assert proposed == ["TENTATIVE"] * 3 + ["CONFIRMED"]
    assert agreed == ["CONFIRMED"] * 4


def test_a_visit_has_its_place_and_focus_areas_and_one_without_a_date_is_left_out(catalogue: Catalogue) -> None:
    area = next(iter(catalogue.dialogue.focus_areas.values()), None)
    visits = {
        "14-vastra-gotaland": Visit(
            date="2027-03-14", place="Göteborg, Östra sjukhuset", focus_areas=[area.slug] if area else [], held=True
        ),
        "12-skane": Visit(place="Malmö"),
        "00-riket": Visit(date="2027-11-30"),
    }
    events = _read(_cycle(visits=visits), catalogue)
    visit = events["2026-2027-besok-14-vastra-gotaland@varddialog"]
    assert str(visit["summary"]) == "Besök i Västra Götalandsregionen"
    assert str(visit["location"]) == "Göteborg, Östra sjukhuset"
    assert _days(visit) == (dt.date(2027, 3, 14), dt.date(2027, 3, 15))
    assert str(visit["transp"]) == "OPAQUE"
    told = str(visit["description"]).splitlines()
    assert told == ([f"Fokusområden: {area.name}."] if area else []) + ["Genomfört."]
    assert str(events["2026-2027-besok-00-riket@varddialog"]["summary"]) == "Nationell dialog"
    assert not [uid for uid in events if "12-skane" in uid]


def test_long_lines_are_folded_and_no_letter_is_lost(catalogue: Catalogue) -> None:
    written = calendar_file(_cycle(), catalogue)
    assert written is not None
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two
    phase = _read(_cycle(), catalogue)["2026-2027-fas-fore@varddialog"]
    assert str(phase["description"]) == LONG.strip()


def test_the_clock_has_no_say(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    visits = {unit.folder: Visit(date="2027-05-05") for unit in catalogue.units.all}
    first = calendar_file(_cycle(visits=visits), catalogue)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert calendar_file(_cycle(visits=visits), catalogue) == first
    stamps = {event["dtstamp"].dt for event in _read(_cycle(visits=visits), catalogue).values()}
    assert stamps == {dt.datetime(2026, 11, 21, tzinfo=dt.UTC)}


def test_nothing_with_a_date_is_no_calendar(catalogue: Catalogue) -> None:
    undated = [Milestone(slug="oviss", name="Utan dag", phase="fore", by=["ett"])]
    assert calendar_file(_cycle(phases=[], milestones=undated), catalogue) is None


def test_each_event_has_a_name_of_its_own(catalogue: Catalogue) -> None:
    units: tuple[Unit, ...] = catalogue.units.all
    events = _read(_cycle(visits={unit.folder: Visit(date="2027-05-05") for unit in units}), catalogue)
    assert len(events) == 3 + len(units)


def test_the_committed_cycle_can_be_read_back(catalogue: Catalogue) -> None:
    for cycle in catalogue.cycles.values():
        dated = [m for m in cycle.milestones if m.date] + [v for v in cycle.visits.values() if v.date]
        if cycle.phases or dated:
            assert len(_read(cycle, catalogue)) == len(cycle.phases) + len(dated)
