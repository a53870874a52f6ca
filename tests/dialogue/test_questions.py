"""Which questions are chosen, of things raised that are made up and of params/ as they are."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from varddialog.config import DEFAULT_CYCLE
from varddialog.dialogue.questions import (
    EVIDENCE,
    GROUPS,
    MOST,
    OF_RESULTS,
    STANDING,
    FocusChoice,
    Questions,
    focus_again,
    focus_choice,
    questions,
)
from varddialog.dialogue.raised import KINDS, Raised
from varddialog.model.arena import Question
from varddialog.model.cycle import Visit

SKANE, RIKET = "12", "00"


def raised(kind, indicator, weight=1.0, certainty="skattad ur tidsserien", area="omrade", grouping=""):
    anchor = f"anker-{indicator or area}".lower()
    return Raised(kind, 2, area, indicator, f"Mått {indicator}", anchor, weight, certainty, grouping=grouping)


@pytest.fixture
def cycle(catalogue):
    """Three focus areas to choose between, none of them chosen."""
    areas = ["cancervard", "psykiatri", "tillganglighet"]
    return catalogue.cycle(DEFAULT_CYCLE).model_copy(update={"focus_areas": areas, "visits": {}})


@pytest.fixture
def choose(catalogue, cycle):
    def run(found, unit=SKANE, **changes) -> Questions:
        about = cycle.model_copy(update=changes)
        return questions(found, catalogue.units.by_code[unit], about, catalogue)

    return run


def results(found: Questions):
    return [[e.raised.indicator for e in q.evidence] for _, q in found.of("resultat")]


NO_FOCUS = {"focus_areas": []}


def test_indicators_of_one_theme_are_one_question(choose, catalogue):
    theme = catalogue.dialogue.themes["vardgarantienhet"]
    ids = theme.indicators[:3]
    found = choose([raised("sämre än riket", i, 3 - n) for n, i in enumerate(ids)], **NO_FOCUS)
    assert results(found) == [ids]
    ((_, question),) = found.of("resultat")
    assert question.subject in {t.name for t in catalogue.dialogue.themes.values() if set(ids) <= set(t.indicators)}
    assert question.more == 0


def test_more_of_a_theme_than_fits_under_a_question_is_counted(choose, catalogue):
    ids = catalogue.dialogue.themes["cancervard"].indicators
    ((_, question),) = choose([raised("sämre än riket", i) for i in ids], **NO_FOCUS).of("resultat")
    assert len(question.evidence) == EVIDENCE
    assert question.more == len(ids) - EVIDENCE


def test_an_indicator_raised_for_several_things_stands_once(choose):
    found = choose([raised("når inte målnivån", "X1"), raised("sämre än riket", "X1")], **NO_FOCUS)
    assert results(found) == [["X1"]]
    ((_, question),) = found.of("resultat")
    assert question.evidence[0].raised.kind == "sämre än riket"
    assert [r.kind for r in question.evidence[0].also] == ["når inte målnivån"]
    assert question.subject == ""


def test_kinds_take_turns_and_the_heaviest_of_each_comes_first(choose):
    found = [raised("sämre än riket", f"S{n}", n) for n in (1, 3, 2)]
    found += [raised("halkar efter riket", "H1", 0.1), raised("når inte målnivån", "M1", 9)]
    assert results(choose(found, **NO_FOCUS)) == [["S3"], ["H1"], ["M1"], ["S2"], ["S1"]]


def test_what_has_no_known_uncertainty_comes_last_of_its_kind(choose):
    found = [raised("når inte målnivån", "O", 9, "okänd"), raised("når inte målnivån", "K", 1, "säkerställd")]
    assert results(choose(found, **NO_FOCUS)) == [["K"], ["O"]]


def test_all_that_is_missing_is_one_question(choose):
    holes = [raised("saknar uppgifter", "", n, "okänd", area) for n, area in enumerate("abcde")]
    ((_, question),) = choose(holes, **NO_FOCUS).of("resultat")
    assert [e.raised.area for e in question.evidence] == ["e", "d", "c"]
    assert question.more == 2


def test_a_difference_between_groups_is_a_question_of_its_own_also_in_a_focus_area(choose, catalogue):
    area = catalogue.focus_area("psykiatri")
    found = [raised("olika mellan grupper", area.indicators[0], grouping="kön", area="skillnader-kon")]
    found.append(raised("sämre än riket", area.indicators[0]))
    made = choose(found)
    assert results(made) == [[area.indicators[0]]]
    assert [e.raised.kind for _, q in made.of("båda") for e in q.evidence] == ["sämre än riket"]


def test_what_belongs_to_a_focus_area_is_evidence_under_its_first_question_alone(choose, catalogue):
    area = catalogue.focus_area("cancervard")
    found = choose([raised("sämre än riket", i) for i in area.indicators[:2]])
    assert results(found) == []
    first, *rest = [q for _, q in found.of("båda") if q.focus == "cancervard"]
    assert {e.raised.indicator for e in first.evidence} == set(area.indicators[:2])
    assert [q.evidence for q in rest] == [()] * len(rest)
    assert first.text == area.questions[0].text


def test_there_are_never_more_than_a_dozen_and_no_group_fills_it(choose, catalogue):
    found = [raised(kind, f"X{n}") for n, kind in enumerate(KINDS * 20) if kind != "saknar uppgifter"]
    found += [raised("sämre än riket", i) for area in catalogue.dialogue.focus_areas.values() for i in area.indicators]
    made = choose(found)
    assert len(made.questions) == MOST
    assert len(made.of("resultat")) == OF_RESULTS
    assert {q.group for q in made.questions} == set(GROUPS)
    assert made.raised > made.shown > 0


def test_with_nothing_raised_the_standing_questions_are_left(choose, catalogue, cycle):
    made = choose([])
    asked = catalogue.arena(cycle.arena).questions
    assert [q.text for q in made.questions] == [q.text for q in asked if q.text in {m.text for m in made.questions}]
    assert 0 < len(made.questions) <= STANDING
    assert made.kept_back == len(asked) - len(made.questions)
    assert made.focus.areas == ()


def test_standing_questions_are_one_a_theme_and_none_on_how_the_dialogue_is_built(catalogue, cycle):
    arena = catalogue.arena(cycle.arena)
    built = Question(
        slug="bygg", text="Möts ni?", theme=arena.themes[1], to=["regionen"], answers=["ja", "nej"], structure=True
    )
    asked = arena.model_copy(update={"questions": [built, *arena.questions]})
    changed = replace(catalogue, dialogue=replace(catalogue.dialogue, arenas={arena.slug: asked}))
    slugs = [q.slug for q in questions([], catalogue.units.by_code[SKANE], cycle, changed).questions]
    themes = [arena.question(slug).theme for slug in slugs]
    assert len(set(themes)) == len(themes) > 0


def test_the_order_in_which_things_are_raised_changes_nothing(choose, catalogue):
    ids = [i for theme in catalogue.dialogue.themes.values() for i in theme.indicators]
    found = [raised(KINDS[n % len(KINDS)], i, n % 5) for n, i in enumerate(dict.fromkeys(ids))]
    expected = choose(found).questions
    for seed in range(5):
        random.Random(seed).shuffle(found)
        assert choose(found).questions == expected


def test_chosen_focus_areas_stand_whatever_the_figures_raise(choose, catalogue):
    folder = catalogue.units.by_code[SKANE].folder
    visits = {folder: Visit(focus_areas=["kronisk-sjukdom", "psykiatri"])}
    made = choose([raised("sämre än riket", i) for i in catalogue.focus_area("cancervard").indicators], visits=visits)
    assert made.focus.is_decided
    assert [area.slug for area, _ in made.focus.areas] == ["kronisk-sjukdom", "psykiatri"]
    assert {q.focus for q in made.questions if q.focus} == {"kronisk-sjukdom", "psykiatri"}


def test_without_a_choice_the_areas_with_most_raised_are_put_forward_and_ties_go_by_the_cycle(catalogue, cycle):
    def put_forward(*indicators):
        found = [raised("sämre än riket", i) for i in indicators]
        made = focus_choice(found, catalogue.units.by_code[SKANE], cycle, catalogue)
        assert not made.is_decided
        return [(area.slug, count) for area, count in made.areas]

    alone = {
        slug: [i for i in area.indicators if not any(i in o.indicators for s, o in known if s != slug)]
        for known in [catalogue.dialogue.focus_areas.items()]
        for slug, area in known
        if slug in cycle.focus_areas
    }
    cancer, psychiatry, access = (alone[slug] for slug in cycle.focus_areas)
    assert put_forward(access[0], psychiatry[0], psychiatry[1]) == [("psykiatri", 2), ("tillganglighet", 1)]
    assert put_forward(access[0], psychiatry[0], cancer[0]) == [("cancervard", 1), ("psykiatri", 1)]
    assert put_forward() == []


def test_what_was_glued_of_the_focus_areas_is_read_back_unless_the_choice_is_made_since(catalogue, cycle):
    unit = catalogue.units.by_code[SKANE]
    made = focus_choice(
        [raised("sämre än riket", catalogue.focus_area("psykiatri").indicators[0])], unit, cycle, catalogue
    )
    assert focus_again(made.as_dict(), unit, cycle, catalogue) == made
    assert focus_again(None, unit, cycle, catalogue).areas == ()
    chosen = cycle.model_copy(update={"visits": {unit.folder: Visit(focus_areas=["cancervard"])}})
    again = focus_again(made.as_dict(), unit, chosen, catalogue)
    assert isinstance(again, FocusChoice)
    assert again.is_decided
    assert [area.slug for area, _ in again.areas] == ["cancervard"]


def test_what_is_raised_survives_being_glued():
    one = raised("når inte målnivån", "N1", 1.25, "okänd")
    assert Raised.of(one.as_dict()) == one
