"""The choice stays possible whatever is chosen, says what it gave up, and tells its listeners once."""

from __future__ import annotations

import itertools

import pytest

from varddialog.errors import UsageError
from varddialog.explore.choice import LABELS, Choice
from varddialog.explore.desk import Desk
from varddialog.explore.offer import MOST_OTHERS, Offer
from varddialog.explore.state import State

BOTH_SEXES, BY_GROUP = "FOHM_MEDELLIVSLANGD", "utbildning"


def _with(offer: Offer, split: str) -> str:
    """An indicator that has the split for Riket."""
    nation = offer.desk.catalogue.units.nation
    return next(i.id for i in offer.everything() if split in offer.splits(i, nation))


def test_it_begins_with_the_first_indicator_that_the_unit_has(desk: Desk) -> None:
    for unit in desk.catalogue.units.all:
        state = State.begin(desk, unit)
        assert state.unit == unit
        assert state.choice.split in state.offer.splits(state.indicator, unit)


def test_each_choice_is_told_once_and_the_same_choice_again_not_at_all(state: State) -> None:
    told: list[Choice] = []
    state.listen(lambda s: told.append(s.choice))
    state.choose(region="Skåne", others=["Halland", "halland", "13"])
    state.choose(region="skane")
    assert [(c.unit, c.others) for c in told] == [("12", ("13",))]
    assert state.chosen == 1


def test_area_and_dimension_follow_the_indicator(state: State, desk: Desk) -> None:
    state.choose(indicator="N79196")
    assert state.area == desk.catalogue.area_of["N79196"]
    state.choose(area="tillganglighet")
    assert state.indicator in state.offer.indicators(desk.catalogue.area("tillganglighet"))


def test_the_indicator_stays_when_the_area_already_holds_it(state: State, desk: Desk) -> None:
    key = _with(state.offer, "kön")
    state.choose(indicator=key)
    state.choose(area="skillnader-kon")
    assert (state.choice.indicator, state.choice.split, state.area) == (key, "kön", "skillnader-kon")


def test_a_split_that_the_next_indicator_lacks_is_given_up_and_said(state: State) -> None:
    state.choose(indicator=_with(state.offer, "ålder"), split="ålder")
    assert state.notes == ()
    state.choose(indicator="FOHM_MEDELLIVSLANGD" if state.choice.indicator != BOTH_SEXES else "N79196")
    assert state.choice.split == "alla"
    assert "Jämför efter ålder" in state.notes[0]
    state.choose(region="Gotland")
    assert state.notes == (), "said once"


def test_years_outside_the_next_indicator_are_given_up_and_said(state: State) -> None:
    years = {i.id: state.offer.years(i) for i in state.offer.everything()}
    late = next(key for key, known in years.items() if known and known[0] > 2010)
    early = next(key for key, known in years.items() if known and known[0] <= 2008)
    state.choose(indicator=early, years=(years[early][0], 2008))
    state.choose(indicator=late)
    assert state.choice.years is None
    assert state.notes == (f"Inga värden {years[early][0]}–2008. Alla år visas.",)


def test_years_are_cut_to_those_that_there_are(state: State) -> None:
    known = state.offer.years(state.indicator)
    state.choose(years=(known[0], known[-2]))
    assert state.choice.years == (known[0], known[-2])
    state.choose(all_years=True)
    assert state.choice.years is None


def test_a_region_is_never_compared_with_itself_nor_with_the_nation_twice(state: State) -> None:
    state.choose(region="Skåne", others=["Skåne", "Riket", "Halland"])
    assert state.choice.others == ("13",)
    state.choose(region="Halland")
    assert state.choice.others == ()


def test_what_is_asked_for_and_impossible_is_an_error_and_changes_nothing(state: State, desk: Desk) -> None:
    before = state.choice
    crowd = [unit.code for unit in desk.catalogue.units.regions[: MOST_OTHERS + 1]]
    for asked, words in (
        ({"region": "Skone"}, "Menade du «Skåne»?"),
        ({"indicator": "medellivslangdd"}, "Menade du «Medellivslängd»?"),
        ({"area": "tillgänglighett"}, "tillganglighet"),
        ({"split": "ålder"}, "Tillåtet: alla"),
        ({"years": (1900, 1910)}, "år mellan"),
        ({"years": (2020, 2010)}, "år mellan"),
        ({"others": crowd}, f"högst {MOST_OTHERS}"),
    ):
        with pytest.raises(UsageError, match=words.replace("?", "[?]")):
            state.choose(**asked)  # type: ignore[arg-type]
        assert state.choice == before
    assert state.chosen == 0


def test_all_faults_of_a_choice_are_told_at_once(state: State) -> None:
    with pytest.raises(UsageError) as told:
        state.choose(split="ålder", years=(1900, 1910))
    assert len(told.value.faults) == 2


def test_one_of_two_names_of_a_series_gives_the_one_that_is_shown(state: State, desk: Desk) -> None:
    same = next(i for i in desk.catalogue.indicators.values() if i.duplicate_of)
    state.choose(indicator=same.id)
    assert state.choice.indicator == same.duplicate_of


def test_every_offered_choice_can_be_made_and_drawn(desk: Desk, offer: Offer, state: State) -> None:
    """All regions × an indicator of every area × every split it has there, and every piece of the view."""
    drawn = 0
    for unit, area in itertools.product(desk.catalogue.units.all, offer.areas()):
        state.choose(region=unit.code, area=area.slug)
        for split in offer.splits(state.indicator, unit) or ["alla"]:
            state.choose(split=split)  # type: ignore[arg-type]
            for piece in ("card", "compare", "about"):
                assert state.view.piece(piece).html  # type: ignore[arg-type]
                drawn += 1
    assert drawn >= 22 * len(offer.areas()) * 3


def test_every_indicator_is_either_shown_or_explained(desk: Desk, offer: Offer, state: State) -> None:
    for unit, indicator in itertools.product(desk.catalogue.units.all[:3], offer.everything()):
        state.choose(region=unit.code, indicator=indicator.id)
        why, splits = offer.why_nothing(indicator, unit), offer.splits(indicator, unit)
        assert bool(why) != bool(splits), indicator.id
        assert set(splits) <= set(LABELS)
        assert why.split(".")[0] in state.view.card().text
