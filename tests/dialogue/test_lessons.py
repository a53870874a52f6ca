"""Lessons meet the regions whose real figures call for them, with the reason, and never go back to their giver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from varddialog.assessment.assess import Assessment, assess_all
from varddialog.assessment.ground import Ground, ground
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.dialogue.lessons import Offer, called, can_tell, offers, signals, tagged
from varddialog.dialogue.rounds import Round, Statement

THEME = "samverkan-med-kommuner"
TAG = "N79176"  # beds that patients ready to leave lie in
REAL = Round("tillganglighet", "2023-2024")
MADE_UP = Round("tillganglighet", "2023-2024", example=True)

Assessed = Mapping[str, Mapping[str, Sequence[Assessment]]]


@pytest.fixture(scope="module")
def on(project: Project) -> Ground:
    return ground(project, DEFAULT_CYCLE)


@pytest.fixture(scope="module")
def assessed(on: Ground) -> Assessed:
    """Code → indicator → the region's real assessments, for the indicators of the theme."""
    catalogue = on.catalogue
    shown = [catalogue.indicators[key] for key in {TAG, *catalogue.dialogue.themes[THEME].indicators}]
    made: dict[str, dict[str, list[Assessment]]] = {}
    for unit in catalogue.units.regions:
        own = made.setdefault(unit.code, {})
        for assessment in assess_all(shown, unit, on.material):
            own.setdefault(assessment.indicator.id, []).append(assessment)
    return made


def lesson(unit: str, *indicators: str, key: str = "lardomar.csv:2") -> Statement:
    return Statement(key, unit, "regionen", "direktör", THEME, "lärdom", "Så gjorde vi.", indicators=indicators)


def telling(offer: Offer) -> tuple[bool, int]:
    """How strongly the first reason speaks: whether anything is worse or worsens, and how much is shown."""
    shown = signals(offer.because[0])
    return bool({"sämre", "halkar efter", "försämras"} & set(shown)), len(shown)


def offered(on: Ground, assessed: Assessed, *given: Statement, of: Round = REAL) -> dict[str, list[Offer]]:
    """Code → what the region is offered."""
    rows = [(of, one) for one in given]
    return {c: offers(on.catalogue.units.by_code[c], rows, own, on.catalogue) for c, own in assessed.items()}


def test_region_is_offered_a_lesson_exactly_when_its_figures_show_the_problem(on, assessed):
    found = offered(on, assessed, lesson("19", TAG))
    shows = {code for code, own in assessed.items() if any(signals(a) for a in own[TAG])}
    assert {code for code, made in found.items() if made} == shows - {"19"}
    assert 0 < len(shows) < len(assessed), "the real figures call for it in some regions, not in all"


def test_signals_are_what_the_assessment_itself_says(assessed):
    for a in (a for own in assessed.values() for rows in own.values() for a in rows):
        found = signals(a)
        assert ("sämre" in found) <= (a.vs_nation is not None and a.vs_nation.klass == "sämre")
        assert ("försämras" in found) <= (a.trend is not None and a.trend.klass == "försämras")
        assert ("halkar efter" in found) <= (a.relation == "halkar efter riket")
        assert ("mål" in found) <= (a.vs_target is not None and a.vs_target.klass.startswith("ej uppnådd"))
        assert ("långt från" in found) <= (a.vs_nation is not None and a.vs_nation.klass == "beskrivande")
        assert bool(found) <= can_tell(a)


def test_reasons_bear_on_the_indicators_of_the_lesson_or_else_of_its_theme(on, assessed):
    theme = set(on.catalogue.dialogue.themes[THEME].indicators)
    for tags, allowed in (((TAG,), {TAG}), ((), theme)):
        given = lesson("19", *tags)
        assert set(tagged(given, on.catalogue)) == allowed
        made = [offer for found in offered(on, assessed, given).values() for offer in found]
        assert {a.indicator.id for offer in made for a in offer.because} <= allowed
        assert all(a.unit == offer.unit and signals(a) for offer in made for a in offer.because)


def test_giver_is_never_offered_its_own_lesson_nor_members_that_of_their_collaboration_region(on, assessed):
    shows = [code for code, own in assessed.items() if any(signals(a) for rows in own.values() for a in rows)]
    giver = shows[0]
    assert not offered(on, assessed, lesson(giver))[giver]
    together = next(c for c in on.catalogue.units.collaboration_regions if giver in {u.code for u in c.members})
    found = offered(on, assessed, lesson(together.slug))
    assert not any(found[u.code] for u in together.members)
    assert any(found.values())


def test_nation_is_offered_nothing(on, assessed):
    own = next(iter(assessed.values()))
    assert offers(on.catalogue.units.nation, [(REAL, lesson("19"))], own, on.catalogue) == []


def test_strongest_figures_come_first_and_then_the_name(on, assessed):
    narrow, wide = lesson("25", TAG, key="a.csv:2"), lesson("25", key="a.csv:3")
    for found in offered(on, assessed, wide, narrow, lesson("08", TAG, key="b.csv:2")).values():
        assert [telling(o) for o in found] == sorted((telling(o) for o in found), reverse=True)
        same = [o.lesson.unit for o in found if o.lesson.indicators]
        assert same == sorted(same), "Kalmar before Norrbotten where the figures are the same"


def test_value_that_is_old_or_questioned_calls_for_nothing(assessed):
    shown = [a for own in assessed.values() for rows in own.values() for a in rows if signals(a)]
    assert shown
    assert all(a.result and a.result.state == "aktuell" and not a.result.is_flagged for a in shown)


def test_made_up_lessons_are_offered_only_where_there_are_no_real_ones(on, assessed):
    real, made_up = lesson("19", key="a.csv:2"), lesson("19", key="b.csv:2")
    code, own = next((c, own) for c, own in assessed.items() if offered(on, assessed, real)[c])
    unit = on.catalogue.units.by_code[code]
    both = [(MADE_UP, made_up), (REAL, real)]
    assert [o.lesson for o in offers(unit, both, own, on.catalogue)] == [real]
    assert [o.lesson for o in offers(unit, both[:1], own, on.catalogue)] == [made_up]


def test_lessons_tell_the_same_from_the_other_side(on, assessed):
    given = [lesson("19", TAG, key="a.csv:2"), lesson("08", key="a.csv:3")]
    one_way = {(o.lesson.key, code) for code, made in offered(on, assessed, *given).items() for o in made}
    found = called([(REAL, one) for one in given], assessed, on.catalogue)
    assert [c.lesson for c in found] == given
    assert {(c.lesson.key, o.unit.code) for c in found for o in c.offers} == one_way
    for one in found:
        assert [telling(o) for o in one.offers] == sorted((telling(o) for o in one.offers), reverse=True)
        assert not {o.unit.code for o in one.offers} & {*one.untold, one.lesson.unit}


def test_regions_without_figures_that_can_tell_are_named(on, assessed):
    bare: Assessed = {code: {} for code in assessed}
    (one,) = called([(REAL, lesson("19"))], bare, on.catalogue)
    assert (one.offers, set(one.untold)) == ((), set(assessed) - {"19"})
