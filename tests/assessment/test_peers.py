"""Peers: the best region by polarity, whom chance may have put behind it, and the regions most alike."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from tests.making import REGIONS, RIKET, SKANE, country, indicator, observation, remark, results

from varddialog.assessment.peers import attainable, best_region, not_told_from_best, similar_regions
from varddialog.assessment.results import Country


def everywhere(rows, remarks=(), **changes):
    """Skåne's result."""
    return Country(indicator(**changes), rows, remarks, []).results(SKANE, 2025)[0]


def with_errors(values, half=2.0, **changes):
    return [observation(c, 2025, v, low=v - half, high=v + half, **changes) for c, v in values.items()]


def ladder(step=1.0):
    return {code: 50 + step * i for i, code in enumerate(REGIONS)}


@pytest.mark.parametrize(("direction", "code", "value"), [("higher_better", "14", 61), ("lower_better", "01", 50)])
def test_the_best_region_follows_polarity_and_time(direction, code, value):
    rows = [*with_errors(ladder()), *(observation(c, 2024, 99) for c in REGIONS)]
    best = best_region(results(indicator(direction=direction), SKANE, rows)[0])
    assert best is not None
    assert (best.codes, best.value, best.when) == ((code,), value, "2025")


def test_regions_that_share_the_best_value_are_all_best():
    found = best_region(everywhere(with_errors({**ladder(), "01": 61.0})))
    assert found is not None
    assert found.codes == ("01", "14")


@pytest.mark.parametrize("changes", [{"direction": "none"}, {"measure": "antal"}], ids=["neutral", "count"])
def test_what_is_not_ranked_has_no_best(changes):
    mine = everywhere(country(2025, 50, 60), **changes)
    assert best_region(mine) is None
    assert attainable(mine) is None
    assert not_told_from_best(mine) is None


def test_fewer_than_ten_regions_have_no_best():
    rows = [r for r in country(2025, 50, 60) if r.region not in ("01", "03")]
    assert best_region(everywhere(rows)) is not None
    assert best_region(everywhere([r for r in rows if r.region != "04"])) is None


def test_a_questioned_value_and_one_on_few_persons_are_no_best():
    rows = with_errors(ladder())
    assert best_region(everywhere(rows, [remark("14", 2025)])).codes == ("13",)
    few = [r._replace(denominator=29.0) if r.region == "14" else r for r in rows]
    assert best_region(everywhere(few)).codes == ("13",)


@pytest.mark.parametrize(("direction", "level"), [("higher_better", 60), ("lower_better", 51)])
def test_attainable_is_the_mean_of_the_best_quarter(direction, level):
    mine = everywhere(with_errors(ladder()), direction=direction)
    assert attainable(mine) == level  # three of twelve


def test_near_the_best_needs_overlap_and_says_how_it_is_known():
    mine = everywhere(with_errors(ladder(10)))
    near = not_told_from_best(mine)
    assert near is not None
    assert near.not_told == {"14"}
    assert near.told == set(REGIONS) - {"14"}
    assert near.label == "95 % konfidensintervall"
    mine = everywhere(with_errors(ladder(0.01)), sample=True)
    assert not_told_from_best(mine).not_told == set(REGIONS)
    assert not_told_from_best(mine).level == "A*"


def test_without_errors_nobody_is_told_from_the_best():
    mine = everywhere(country(2025, 50, 60))
    assert not_told_from_best(mine) is None
    unknown_best = [r._replace(low=None, high=None) if r.region == "14" else r for r in with_errors(ladder())]
    assert not_told_from_best(everywhere(unknown_best)) is None
    unknown_other = [r._replace(low=None, high=None) if r.region == "01" else r for r in with_errors(ladder())]
    near = not_told_from_best(everywhere(unknown_other))
    assert near.unknown == {"01"}
    assert near.not_told | near.told | near.unknown == set(REGIONS)


def test_errors_are_those_of_the_same_time():
    """A later value of another region, with a tighter interval, plays no part."""
    rows = with_errors(ladder(), half=20)
    later = [observation("01", 2026, 50, low=49.99, high=50.01)]
    assert not_told_from_best(everywhere([*rows, *later])).not_told == set(REGIONS)


def test_the_true_best_is_lost_at_most_once_in_twenty():
    """Twelve equal regions: whichever is the best, it is in the set."""
    rng, lost, times = random.Random(7), 0, 1500
    for _ in range(times):
        values = {c: rng.gauss(50, 1) for c in REGIONS}
        lost += "08" in not_told_from_best(everywhere(with_errors(values, half=1.959964))).told
    assert lost / times <= 0.05


def context(years=(2024,), **values):
    """Three series for twelve regions along a line; values replace one region's three figures."""
    rows: dict[str, list] = {"SCB_FOLKMANGD": [], "SCB_ANDEL_80": [], "SCB_UTRIKES_FODDA": []}
    for year in years:
        for i, code in enumerate(REGIONS):
            figures = values.get(f"r{code}", (100_000 * 2**i, 4 + 0.2 * i, 10 + i))
            for series, figure in zip(rows, figures, strict=True):
                rows[series].append(observation(code, year, figure, indicator=series))
    return rows


def test_the_five_nearest_and_what_they_are_nearest_by():
    found = similar_regions(SKANE, context())
    assert found is not None
    assert found.codes == ("10", "13", "09", "14", "08")  # ties by code
    assert all(a <= b for a, b in pairwise(found.distances.values()))
    assert found.label == (
        "närmast i folkmängd (logaritmisk skala), andel 80 år och äldre och andel utrikes födda, 2024; "
        "standardiserade skillnader mellan 12 regioner"
    )


def test_likeness_does_not_depend_on_the_unit_of_a_series():
    rows = context(r12=(123_456, 7.7, 12.3))
    scaled = {**rows, "SCB_ANDEL_80": [r._replace(value=r.value * 1000) for r in rows["SCB_ANDEL_80"]]}
    first, second = similar_regions(SKANE, rows), similar_regions(SKANE, scaled)
    assert first.codes == second.codes
    assert list(first.distances.values()) == pytest.approx(list(second.distances.values()))


def test_the_latest_year_that_all_three_series_share():
    rows = context((2023, 2024))
    rows["SCB_UTRIKES_FODDA"] = [r for r in rows["SCB_UTRIKES_FODDA"] if r.year == 2023]
    assert similar_regions(SKANE, rows).year == 2023
    assert similar_regions(SKANE, {**rows, "SCB_UTRIKES_FODDA": []}) is None
    assert similar_regions(SKANE, {}) is None


def test_riket_and_municipalities_are_no_peers():
    rows = context()
    for series in rows.values():
        series.append(series[0]._replace(region="00"))
        series.append(next(r for r in series if r.region == "12")._replace(region="1280"))
    assert "1280" not in similar_regions(SKANE, rows).codes
    assert similar_regions(RIKET, rows) is None


def test_a_series_without_variation_does_not_count():
    rows = context()
    same = {**rows, "SCB_ANDEL_80": [r._replace(value=6.0) for r in rows["SCB_ANDEL_80"]]}
    assert similar_regions(SKANE, same).codes == similar_regions(SKANE, rows).codes
