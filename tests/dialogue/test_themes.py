"""Themes × parties: who tells of what, where the parties see alike, and how much it rests on."""

from __future__ import annotations

import itertools

import pytest

from varddialog.dialogue.rounds import Kind, Statement
from varddialog.dialogue.themes import SPOKEN, Picture, Told, by_unit, counts, pictures, voices
from varddialog.model.theme import Theme

QUEUES = Theme(slug="koer", name="Köer", about="Att vänta.")
BEDS = Theme(slug="vardplatser", name="Vårdplatser", about="Att ligga.")
_row = itertools.count(2)


def said(party: str, kind: Kind, unit: str = "12", theme: str = QUEUES.slug) -> Statement:
    row = next(_row)
    return Statement(f"samtal.csv:{row}", unit, party, "chef", theme, kind, f"Uttalande {row}.")


def seen(*statements: Statement) -> Picture:
    (picture,) = pictures(statements, [QUEUES])
    return picture


@pytest.mark.parametrize(
    ("told", "view"),
    [
        ([("stat", "styrka"), ("region", "utmaning")], "olika"),
        ([("stat", "utmaning"), ("region", "utmaning")], "lika"),
        ([("stat", "styrka"), ("region", "styrka")], "lika"),
        ([("stat", "utmaning"), ("stat", "styrka")], "en part"),
        ([("stat", "utmaning"), ("region", "förslag")], "flera"),
        ([("stat", "styrka"), ("stat", "utmaning"), ("region", "utmaning")], "olika"),
        ([("stat", "styrka"), ("stat", "utmaning"), ("region", "utmaning"), ("region", "styrka")], "lika"),
        ([("stat", "utmaning"), ("region", "utmaning"), ("kommun", "förslag")], "lika"),
    ],
)
def test_how_the_parties_see_a_theme_follows_from_who_tells_of_a_strength_or_a_challenge(told, view):
    assert seen(*(said(party, kind) for party, kind in told)).view == view


def test_order_of_the_records_does_not_change_the_view():
    rows = [said("stat", "styrka"), said("region", "utmaning"), said("kommun", "utmaning")]
    assert {seen(*rows).view for rows in itertools.permutations(rows)} == {"olika"}


def test_lessons_and_answers_are_no_part_of_the_picture_and_silent_themes_have_none():
    rows = [said("region", "lärdom"), said("region", "svar"), said("region", "förslag", theme=BEDS.slug)]
    found = pictures(rows, [QUEUES, BEDS])
    assert [(p.theme, len(p.told)) for p in found] == [(BEDS, 1)]


def test_material_is_counted_in_statements_and_in_units():
    told = Told((said("region", "utmaning"), said("region", "utmaning"), said("region", "förslag", "01")))
    assert (len(told), told.units, told.parties) == (3, ("12", "01"), ("region",))
    assert len(told.in_unit("12")) == 2


def test_statements_of_several_kinds_come_kind_by_kind():
    told = Told((said("region", "förslag"), said("region", "styrka"), said("region", "utmaning")))
    assert [s.kind for s in told.of(*SPOKEN).statements] == ["styrka", "utmaning", "förslag"]


def test_counts_add_up_to_the_statements():
    rows = [
        said("region", "utmaning"),
        said("region", "styrka", "01"),
        said("stat", "återkoppling till staten", "01"),
        said("region", "förslag", "01", BEDS.slug),
    ]
    found = pictures(rows, [QUEUES, BEDS])
    assert counts(found, ["stat", "region"]) == {
        "koer": {"stat": 1, "region": 2},
        "vardplatser": {"stat": 0, "region": 1},
    }
    assert by_unit(found) == {
        "koer": {"12": {"utmaning": 1}, "01": {"styrka": 1, "återkoppling till staten": 1}},
        "vardplatser": {"01": {"förslag": 1}},
    }
    assert sum(n for units in by_unit(found).values() for kinds in units.values() for n in kinds.values()) == len(rows)


def test_parties_share_a_kind_only_when_two_of_them_tell_of_it():
    picture = seen(said("stat", "utmaning"), said("region", "utmaning"), said("region", "styrka"))
    assert picture.shared("utmaning") == ("stat", "region")
    assert picture.shared("styrka") == ()


def test_parties_that_say_the_same_thing_see_alike_whatever_it_is():
    same = [Statement(f"a.csv:{i}", "12", p, "", QUEUES.slug, "förslag", "Träffas.") for i, p in enumerate("ab")]
    assert seen(*same).view == "lika"
    elsewhere = Statement("a.csv:9", "13", "b", "", QUEUES.slug, "förslag", "Träffas.")
    assert seen(same[0], elsewhere).view == "flera", "what is said of another unit is another thing"


def test_voices_hold_every_statement_once():
    same = [Statement(f"a.csv:{i}", "12", p, "", QUEUES.slug, "förslag", "Träffas.") for i, p in enumerate("ab")]
    alone = said("a", "utmaning")
    found = voices(Told((alone, *same)))
    assert [(v.parties, v.statements) for v in found] == [(("a",), (alone,)), (("a", "b"), (same[0],))]
