"""Regions laid side by side: where they tell alike, what collaboration regions speak of, and figures beside talks."""

from __future__ import annotations

import pytest
from tests.dialogue.heard import BEDS, QUEUES, STATE, THEMES, area, everywhere, said, seen

from varddialog.dialogue.final import Beside, Heard, beside, heard, only_told, together
from varddialog.dialogue.rounds import Statement
from varddialog.dialogue.themes import Told
from varddialog.model.catalogue import Catalogue


def only(*statements: Statement) -> Heard:
    (one,) = heard(seen(*statements))
    return one


def test_themes_that_most_regions_speak_of_come_first_then_those_of_which_most_is_said() -> None:
    told = [said("01", "förslag"), said("01", "styrka"), said("01", "utmaning")]
    told += everywhere(("01", "03"), "förslag", BEDS)
    told += [said("01", "förslag", STATE), *(said("00", "utmaning", STATE) for _ in range(9))]
    assert [one.theme.slug for one in heard(seen(*told))] == ["vardplatser", "staten", "koer"]
    assert [one.theme.slug for one in heard(seen(*told), "styrka")] == ["koer"]


def test_what_is_said_of_the_whole_country_is_counted_but_belongs_to_no_region() -> None:
    one = only(said("00", "utmaning"), said("01", "utmaning"))
    assert len(one.told) == 2
    assert (one.regions, one.weak, one.judged) == (("01",), ("01",), ("01",))


@pytest.mark.parametrize(
    ("weak", "strong", "alike"),
    [
        (("01", "03", "04"), (), "samma utmaning"),
        ((), ("01", "03", "04"), "samma styrka"),
        (("01", "03"), ("04",), "samma utmaning"),  # two thirds are enough
        (("01", "03"), ("04", "05"), "olika"),
        (("01", "03", "04"), ("04", "05", "06"), "olika"),  # three of five are not
        (("01", "03", "04"), ("01", "03", "04"), "båda"),
        (("01", "03", "04", "05"), ("04", "05", "06"), "samma utmaning"),
        (("01", "03"), (), "få"),
        ((), (), "få"),
    ],
)
def test_regions_tell_alike_when_two_thirds_of_them_do(weak: tuple[str], strong: tuple[str], alike: str) -> None:
    rest = everywhere(("20", "21", "22", "23"), "förslag")  # takes no side
    assert only(*everywhere(weak, "utmaning"), *everywhere(strong, "styrka"), *rest).alike == alike


def test_a_region_that_says_a_thing_many_times_is_one_region() -> None:
    one = only(*(said("01", "utmaning") for _ in range(5)), said("03", "styrka"), said("04", "styrka"))
    assert (one.weak, one.strong, one.alike) == (("01",), ("03", "04"), "samma styrka")


def test_a_region_of_two_collaboration_regions_counts_in_both_and_no_other(catalogue: Catalogue) -> None:
    found = together(seen(said("13", "utmaning"), said("00", "styrka", BEDS)), catalogue.units.collaboration_regions)
    assert [one.region.name for one in found] == [r.name for r in catalogue.units.collaboration_regions]
    having = {one.region.name for one in found if one.told}
    assert having == set(catalogue.units.by_code["13"].collaboration_regions)
    assert len(having) == 2
    assert all([t.theme.slug for t in one.themes] == ["koer"] for one in found if one.told)


def test_what_a_collaboration_region_says_itself_is_its_own(catalogue: Catalogue) -> None:
    region = catalogue.units.collaboration_regions[0]
    first, *others = together(seen(said(region.slug, "utmaning")), catalogue.units.collaboration_regions)
    assert len(first.told) == 1
    assert not any(one.told for one in others)


@pytest.mark.parametrize(
    ("telling", "concerned", "same_way"),
    [
        (("01", "03", "04"), ("01", "03", "04", "05"), True),
        (("01", "03"), ("01", "03", "04"), False),  # too few tell
        (("01", "03", "04"), ("01", "03", "05"), False),  # too few of those concerned do
        (("01", "03", "04"), ("01",), True),  # all that are concerned
        (("01", "03", "04"), (), True),  # Riket's own sign
    ],
)
def test_figures_and_talks_point_the_same_way_when_three_tell_and_three_of_those_concerned(
    telling: tuple[str], concerned: tuple[str], same_way: bool, catalogue: Catalogue
) -> None:
    found = seen(*everywhere(telling, "utmaning"), *everywhere(("20", "21", "22"), "styrka"))
    (one,) = beside([area(catalogue, "B", concerned=concerned)], found, THEMES)
    assert one.themes == (QUEUES,)
    assert one.told.units == telling
    assert one.both == tuple(code for code in concerned if code in telling)
    assert one.same_way == same_way


def test_an_area_without_a_theme_of_its_indicators_is_told_of_by_nobody(catalogue: Catalogue) -> None:
    found = seen(*everywhere(("01", "03", "04"), "utmaning"))
    assert beside([area(catalogue, "X")], found, THEMES) == [Beside(area(catalogue, "X"), (), Told(()))]


def test_only_talks_take_up_what_three_regions_call_a_challenge_and_no_figure_calls_for(catalogue: Catalogue) -> None:
    three = ("01", "03", "04")
    found = seen(
        *everywhere(three, "utmaning"), *everywhere(three, "utmaning", STATE), *everywhere(three[:2], "utmaning", BEDS)
    )
    assert [one.theme for one in only_told([area(catalogue, "A")], found)] == [STATE]
    assert [one.theme for one in only_told([], found)] == [QUEUES, STATE]
    assert only_told([], seen(*everywhere(three, "styrka"))) == []
