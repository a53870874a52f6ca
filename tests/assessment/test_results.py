"""Results: same year or nothing, questioned values compared with nothing, and no more said than is known."""

from __future__ import annotations

import pytest
from tests.making import RIKET, SKANE, country, indicator, observation, remark, results

from varddialog.assessment.results import Result
from varddialog.data.rows import ForeignValue


def one(rows, remarks=(), foreign=(), unit=SKANE, newest=2025, **changes) -> Result:
    found = results(indicator(**changes), unit, rows, remarks, foreign, newest)
    assert len(found) == 1
    return found[0]


def test_riket_is_compared_at_the_same_time_only():
    result = one([*country(2023, 50, 55), *country(2024, 60, None)])
    assert result.latest.year == 2023
    assert result.difference == 5
    older = one([*country(2023, None, 55), *country(2024, 60, None)])
    assert older.nation_now is None
    assert older.difference is None


def test_riket_itself_has_no_difference():
    result = one(country(2024, 50, 55), unit=RIKET)
    assert result.difference is None
    assert result.distance is None
    assert result.latest.value == 50


@pytest.mark.parametrize(("direction", "sign"), [("higher_better", 1), ("lower_better", -1)])
def test_distance_is_turned_so_that_plus_is_better(direction, sign):
    result = one(country(2025, 50, 60), direction=direction)
    assert result.distance is not None
    assert result.distance * sign > 0


@pytest.mark.parametrize(
    "changes",
    [{"direction": "none"}, {"discontinued": 2025}, {"measure": "antal"}],
    ids=["neutral", "historic", "count"],
)
def test_what_must_not_be_judged_has_no_distance(changes):
    assert one(country(2025, 50, 60), **changes).distance is None


def test_few_regions_give_no_distance():
    rows = [r for r in country(2025, 50, 60) if r.region in ("00", "12", "01", "03", "04")]
    assert one(rows).distance is None


def test_counts_are_compared_with_nothing():
    result = one(country(2025, 500, 60), measure="antal", direction="none")
    assert result.nation == {}
    assert result.regions_now == {}


@pytest.mark.parametrize(
    "flagged", [remark("12", 2025), remark("00", 2025, "osannolikt"), remark("", 2025, "osannolikt")]
)
def test_a_questioned_value_of_the_unit_riket_or_the_whole_year_is_flagged(flagged):
    result = one(country(2025, 50, 60), [flagged])
    assert result.is_flagged
    assert result.distance is None


def test_a_remark_that_only_informs_flags_nothing():
    result = one(country(2025, 50, 60), [remark("12", 2025, "upplysning"), remark("", 2025, "upplysning")])
    assert not result.is_flagged
    assert len(result.remarks) == 1  # the same remark twice is said once


def test_questioned_values_of_other_regions_are_left_out_of_the_spread_and_counted():
    clean, flagged = one(country(2025, 50, 60)), one(country(2025, 50, 60), [remark("14", 2025)])
    assert clean.spread is not None
    assert flagged.spread is not None
    assert "14" in clean.regions_now
    assert "14" not in flagged.regions_now
    assert flagged.questioned == {"2025": 1}
    assert flagged.spread.count == clean.spread.count - 1


def test_the_gravest_remark_wins():
    result = one(country(2025, 50, 60), [remark("12", 2025, "fel", reason="grav"), remark("12", 2025, "upplysning")])
    assert result.latest.remark is not None
    assert result.latest.remark.reason == "grav"


@pytest.mark.parametrize(
    ("year", "discontinued", "state"),
    [(2025, None, "aktuell"), (2022, None, "aktuell"), (2021, None, "gammal"), (2025, 2025, "historisk")],
)
def test_state_tells_old_and_ended_series_from_living_ones(year, discontinued, state):
    assert one(country(year, 50, 60), discontinued=discontinued).state == state


@pytest.mark.parametrize(
    ("target", "value", "reached", "gap"),
    [
        ({"kind": "minst", "level": 80.0}, 80, "nådd", 0),
        ({"kind": "minst", "level": 80.0}, 79, "inte nådd", 1),
        ({"kind": "högst", "level": 10.0}, 10, "nådd", 0),
        ({"kind": "högst", "level": 10.0}, 12, "inte nådd", 2),
        ({"kind": "intervall", "level": 60.0, "upper": 80.0}, 70, "nådd", 0),
        ({"kind": "intervall", "level": 60.0, "upper": 80.0}, 85, "inte nådd", 5),
        ({"kind": "två nivåer", "level": 60.0, "upper": 80.0}, 55, "inte nådd", 5),
        ({"kind": "riktning"}, 55, None, None),
    ],
)
def test_targets_of_each_kind(target, value, reached, gap):
    result = one(country(2025, 50, value), targets=[{**target, "issuer": "Socialstyrelsen", "match": "samma"}])
    assert (result.targets[0].reached, result.targets[0].gap) == (reached, gap)


def test_a_target_for_another_measure_or_a_questioned_value_is_not_compared():
    target = {"kind": "minst", "level": 80.0, "issuer": "Socialstyrelsen"}
    other = one(country(2025, 50, 60), targets=[{**target, "match": "annat"}])
    flagged = one(country(2025, 50, 60), [remark("12", 2025)], targets=[{**target, "match": "samma"}])
    assert other.targets[0].reached is None
    assert flagged.targets[0].reached is None


def test_an_indicator_without_a_total_gives_one_result_for_each_sex():
    rows = [observation(r, 2025, v, sex=s) for r in ("12", "01") for s, v in (("K", 85.0), ("M", 82.0))]
    found = results(indicator(measure="ar"), SKANE, rows, [], [], 2025)
    assert [(r.sex, r.anchor) for r in found] == [("K", "provmatt-kvinnor"), ("M", "provmatt-man")]


def test_groups_are_never_taken_for_the_whole_population():
    rows = [observation("12", 2025, 10, grouping="ålder", group="80 år och äldre")]
    assert results(indicator(), SKANE, rows, [], [], 2025) == []


def test_other_countries_at_the_same_year_or_the_latest_before():
    foreign = [
        ForeignValue("S", c, y, v, "") for c, y, v in [("SE", 2022, 48), ("EU27_2020", 2022, 60), ("SE", 2025, 1)]
    ]
    result = one(country(2023, 50, 60), foreign=foreign, international={"series": "S", "match": "samma"})
    assert result.foreign is not None
    assert (result.foreign.year, result.foreign.sweden, result.foreign.reference) == (2022, 48, 60)
    none = one(country(2020, 50, 60), foreign=foreign, international={"series": "S", "match": "samma"})
    assert none.foreign is None


def test_without_an_eu_value_the_median_of_the_others_is_the_reference():
    values = {"SWE": 5.0, "NOR": 1.0, "DNK": 2.0, "FIN": 9.0}
    foreign = [ForeignValue("S", c, 2020, v, "") for c, v in values.items()]
    result = one(country(2025, 50, 60), foreign=foreign, international={"series": "S", "match": "samma"})
    assert result.foreign is not None
    assert (result.foreign.reference, result.foreign.countries) == (2.0, 3)
