"""The members of a collaboration region beside each other, and how far apart they lie over time."""

from __future__ import annotations

from typing import Any

import pytest
from tests.across import UNITS, ladder, seen, year
from tests.making import remark

from varddialog.assessment.assess import assess_all
from varddialog.assessment.collaboration import Among, among, collaborations, populations
from varddialog.assessment.ground import ground
from varddialog.assessment.then_and_now import over_time
from varddialog.config import Project
from varddialog.model.units import CollaborationRegion

NORTH = CollaborationRegion("Norra", tuple(UNITS.by_code[c] for c in ("22", "23", "24", "25")))
TWO = CollaborationRegion("Stockholm-Gotland", tuple(UNITS.by_code[c] for c in ("01", "09")))
PEOPLE = {("22", 2025): 1.0, ("23", 2025): 1.0, ("24", 2025): 1.0, ("25", 2025): 5.0}


def decade(**now: float) -> list[Any]:
    """Ten years of a ladder, where the regions in `now` (`r25=90`) have another value in the last."""
    last = {**ladder(), **{name.removeprefix("r"): value for name, value in now.items()}}
    return [row for when in range(2016, 2026) for row in year(when, last if when == 2025 else ladder())]


def found(
    region: CollaborationRegion = NORTH, rows: list[Any] | None = None, remarks: Any = (), **changes: Any
) -> Among:
    return among(region, seen(decade() if rows is None else rows, remarks, **changes), PEOPLE)


def test_members_stand_with_the_best_first_and_their_mean_difference():
    row = found()
    assert list(row.members) == ["25", "24", "23", "22"]
    assert row.now is not None
    # a ladder of four in steps of 2: pairs 2, 4, 6, 2, 4, 2
    assert (row.now.apart, row.now.low, row.now.high) == (pytest.approx(20 / 6), 74.0, 80.0)


def test_the_country_is_measured_the_same_way():
    # twenty-one regions in steps of 2: 2 · (21 + 1)/3
    assert found().country["2025"] == pytest.approx(44 / 3)
    assert found().share == pytest.approx((20 / 6) / (44 / 3))


def test_then_is_five_years_before():
    row = found(rows=decade(r25=90.0))
    assert row.then is not None
    assert (row.then.when, row.way) == ("2020", "ökar")


def test_members_that_come_together_do_so_in_words():
    assert found(rows=decade(r25=76.0, r22=76.0)).way == "minskar"


def test_a_change_of_a_tenth_is_none():
    assert found(rows=decade(r25=80.3)).way == "oförändrat"


def test_two_members_have_their_difference():
    row = found(TWO)
    assert row.now is not None
    assert row.now.apart == pytest.approx(14.0)


def test_only_times_that_the_same_members_have_are_compared():
    rows = [row for row in decade() if not (row.region == "23" and row.year < 2022)]
    assert [m.when for m in found(rows=rows).moments] == ["2022", "2023", "2024", "2025"]


def test_what_came_before_a_break_is_no_moment():
    assert found(breaks=[{"year": 2024, "reason": "Nytt."}]).moments[0].when == "2024"


def test_a_member_without_a_sound_value_is_missing_and_there_is_no_mean():
    row = found(remarks=[remark("24", 2025)])
    assert [unit.code for unit in row.missing] == ["24"]
    assert row.mean is None
    assert row.now is not None


def test_a_lone_member_has_nothing_to_differ_from():
    rows = [row for row in decade() if not (row.region == "09" and row.year == 2025)]
    row = found(TWO, rows)
    assert row.moments == ()
    assert row.way is None
    assert collaborations([TWO], [row.across], {}) == {TWO.slug: []}


def test_the_mean_is_weighted_with_population():
    # by hand: (74 + 76 + 78 + 5 · 80) / 8
    assert found().mean == pytest.approx(78.5)


def test_the_population_of_the_year_before_stands_in_for_one_not_known_yet():
    earlier_people = {(code, 2024): count for (code, _), count in PEOPLE.items()}
    assert among(NORTH, seen(decade()), earlier_people).mean == pytest.approx(78.5)
    assert among(NORTH, seen(decade()), {}).mean is None


@pytest.mark.parametrize(
    "changes",
    [
        {"measure": "index"},
        {"measure": "dagar"},
        {"measure": "ar"},
        {"measure": "procent_fri"},
        {"population": "kvinnor"},
    ],
)
def test_medians_indices_and_parts_of_the_people_are_not_weighed_together(changes: dict[str, Any]):
    assert found(**changes).mean is None


def test_figures_per_inhabitant_are_weighed_together():
    assert found(measure="per_1000").mean is not None


def test_current_prices_are_compared_at_one_time_only():
    row = found(measure="kronor_per_invanare", prices="löpande")
    assert [m.when for m in row.moments] == ["2025"]
    assert row.then is None


@pytest.fixture(scope="module")
def real(project: Project) -> dict[str, list[Among]]:
    on = ground(project, "2026-2027")
    units = on.catalogue.units
    shown = [on.catalogue.indicators[name] for name in on.catalogue.arena("samverkansregion").indicators]
    known = [t.across for t in over_time([a for u in units.all for a in assess_all(shown, u, on.material)], units)]
    return collaborations(units.collaboration_regions, known, populations(on.material.observations))


def test_every_collaboration_region_has_indicators_and_halland_is_in_both_of_its_own(real: dict[str, list[Among]]):
    assert len(real) == 6
    assert all(rows for rows in real.values())
    for slug in ("sodra", "vastra"):
        assert any("13" in row.members for row in real[slug])


def test_the_weighted_mean_lies_among_the_members(real: dict[str, list[Among]]):
    means = [row for rows in real.values() for row in rows if row.mean is not None]
    assert means
    for row in means:
        assert row.mean is not None
        assert min(row.members.values()) <= row.mean <= max(row.members.values())


def test_the_mean_difference_is_never_more_than_the_range(real: dict[str, list[Among]]):
    for rows in real.values():
        for row in rows:
            assert all(0 <= m.apart <= m.high - m.low + 1e-9 for m in row.moments)
