"""The rounds that lie in data/dialogue: whole, faithful to how much their sources tell, and without persons."""

from __future__ import annotations

import pytest

from varddialog.config import Project
from varddialog.dialogue.records import Rounds, check_rounds, read_rounds
from varddialog.dialogue.rounds import Round
from varddialog.model.catalogue import Catalogue

KEYS = (("privata-vardgivare", "2014-2015"), ("samverkansregion", "2020-2021"), ("tillganglighet", "2023-2024"))


@pytest.fixture(scope="module")
def rounds(project: Project, catalogue: Catalogue) -> Rounds:
    return read_rounds(project, catalogue)


def test_there_is_a_real_round_for_each_source(rounds: Rounds) -> None:
    assert {(r.arena, r.cycle) for r in rounds.all if not (r.example or r.is_empty)} >= set(KEYS)


def test_every_round_says_what_it_rests_on_and_every_record_where_it_stands(
    rounds: Rounds, project: Project, catalogue: Catalogue
) -> None:
    for round_ in (rounds.at(*key) for key in KEYS):
        assert round_.material
        assert round_.source[-5:-1].isdigit()
        for row in (*round_.statements, *round_.actions):
            assert any(row.source.endswith(year) for year in ("2015", "2021", "2024")), row.key
    assert check_rounds(project, catalogue).warnings == []


def test_the_six_regions_lessons_have_measures_whose_figures_can_call_for_them(
    rounds: Rounds, catalogue: Catalogue
) -> None:
    lessons = {said.unit: said for _, said in rounds.lessons("2026-2027") if said.unit != "00"}
    themes = {catalogue.units.by_code[unit].name: said.theme for unit, said in lessons.items()}
    assert themes == {
        "Västmanland": "vardgarantienhet",
        "Gävleborg": "digitala-losningar",
        "Norrbotten": "produktions-och-kapacitetsstyrning",
        "Uppsala": "patientfloden",
        "Kalmar": "samverkan-med-kommuner",
        "Halland": "kompetensforsorjning",
    }
    for said in lessons.values():
        known = [catalogue.indicators[key] for key in said.indicators]
        assert any(indicator.direction != "neutral" and indicator.gap is None for indicator in known), said.key


def test_the_five_seminars_are_those_of_the_spring(rounds: Rounds) -> None:
    round_ = rounds.at("tillganglighet", "2023-2024")
    said = [s for s in round_.statements if s.text.startswith("Temaseminarium den ")]
    assert [s.text.split(":")[0].removeprefix("Temaseminarium den ") for s in said] == [
        "8 mars 2024", "20 mars 2024", "10 april 2024", "4 juni 2024", "13 juni 2024",
    ]  # fmt: skip
    assert len({s.theme for s in said}) == 5


def test_both_sides_of_the_interviews_are_heard_about_the_whole_country(rounds: Rounds, catalogue: Catalogue) -> None:
    round_ = rounds.at("privata-vardgivare", "2014-2015")
    assert {s.unit for s in round_.statements} == {"00"}
    assert {s.party for s in round_.statements} == {"bestallare", "vardforetag"}
    assert {s.theme for s in round_.statements} == set(catalogue.arena("privata-vardgivare").themes)
    # the source tells of no region's answers
    assert not any(s.kind == "svar" for s in round_.statements)


def answers(round_: Round, question: str) -> list[tuple[str, str]]:
    return [(s.party, s.text) for s in round_.statements if s.question == question]


def test_the_four_groups_answer_the_four_questions_alike(rounds: Rounds, catalogue: Catalogue) -> None:
    round_, arena = rounds.at("samverkansregion", "2020-2021"), catalogue.arena("samverkansregion")
    assert {s.unit for s in round_.statements} == {"mellansverige-uppsala-orebro"}
    for question in arena.questions:
        found = answers(round_, question.slug)
        assert [party for party, _ in found] == question.to
        assert len({text for _, text in found}) == 1  # the source tells of them together


def test_actions_have_a_date_and_a_state_only_where_the_source_tells_it(rounds: Rounds) -> None:
    found = rounds.at("samverkansregion", "2020-2021").actions
    assert [action.owner for action in found] == ["regiondirektorer"] * 3 + [
        "ledningsgruppen", "hr-direktorer", "ekonomidirektorer", "kommunikationsdirektorer",
    ]  # fmt: skip
    assert all(action.decided is None for action in found)
    assert [str(action.due) for action in found if action.due] == ["2021-12-31"]
    assert {str(step.day) for action in found for step in action.history} == {"2021-12-02"}
    assert not any(action.state == "klar" for action in found)
