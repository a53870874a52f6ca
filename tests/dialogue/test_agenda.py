"""The points of a visit: when they are, and what there is to read for each."""

from __future__ import annotations

import pytest

from varddialog.config import DEFAULT_CYCLE
from varddialog.dialogue.agenda import Agenda, agenda
from varddialog.dialogue.questions import FocusChoice
from varddialog.model.cycle import AgendaPoint


@pytest.fixture
def plan(catalogue):
    def run(made=(), unit="12", slugs=("psykiatri", "cancervard"), **changes) -> Agenda:
        areas = tuple((catalogue.focus_area(slug), 2) for slug in slugs)
        cycle = catalogue.cycle(DEFAULT_CYCLE).model_copy(update=changes)
        return agenda(catalogue.units.by_code[unit], catalogue, cycle, made, FocusChoice(areas, True, ()))

    return run


def test_the_hours_are_counted_from_the_start_and_what_lies_beside_them_has_none(plan):
    points = [
        AgendaPoint(kind="regionen", title="A", about="a.", minutes=45),
        AgendaPoint(kind="studiebesök", title="B", about="b."),
        AgendaPoint(kind="departementet", title="C", about="c.", minutes=30),
    ]
    made = plan(agenda=points)
    assert [(p.start, p.end) for p in made.points] == [(0, 45), (None, None), (45, 75)]
    assert made.minutes == 75


def test_a_visit_of_the_cycle_takes_four_hours_and_has_two_focus_areas(plan):
    made = plan()
    assert made.minutes == 240
    assert [p.area[0].slug for p in made.points if p.area] == ["psykiatri", "cancervard"]


def test_only_what_is_made_is_material(plan):
    assert [p.material for p in plan().points] == [()] * len(plan().points)
    assert all(p.group is None for p in plan().points)
    made = plan(["2-kvalitet-i-tjansterna.html", "kortrapport.html", "fokusomrade-psykiatri.html", "nagot-annat.html"])
    by_kind = {p.kind: [q.material for q in made.points if q.kind == p.kind] for p in made.points}
    assert by_kind["regionen"] == [("kortrapport.html", "2-kvalitet-i-tjansterna.html")]
    assert by_kind["fokusområde"] == [("fokusomrade-psykiatri.html",), ()]


def test_each_kind_of_point_has_its_own_questions(plan):
    groups = {p.kind: p.group for p in plan(["diskussionsfragor.html"]).points}
    assert groups["regionen"] == "resultat"
    assert groups["fokusområde"] == "båda"
    assert groups["departementet"] == "staten"
    assert groups["studiebesök"] is None


def test_a_point_without_a_focus_area_has_no_sheet(plan):
    made = plan(["fokusomrade-psykiatri.html"], slugs=("psykiatri",))
    assert [p.area and p.area[0].slug for p in made.points if p.kind == "fokusområde"] == ["psykiatri", None]


def test_the_national_dialogue_has_its_own_points_and_the_whole_country_s_material(plan, catalogue):
    made = plan(["slutrapport.html", "nationell-oversikt.html"], unit="00")
    assert [p.point for p in made.points] == catalogue.cycle(DEFAULT_CYCLE).national_agenda
    assert made.points[0].material == ("slutrapport.html", "nationell-oversikt.html")
    assert plan(["slutrapport.html"]).points[0].material == ()
