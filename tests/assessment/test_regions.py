"""The regions as a field: who may be compared, with what certainty, and how much they vary beyond chance."""

from __future__ import annotations

import pytest
from tests.making import REGIONS, RIKET, SKANE, indicator, observation, remark, results

from varddialog.assessment.assess import assess


def rows(values, half=1.0, nation=50.0, year=2025):
    limits = [{} if half is None else {"low": v - half, "high": v + half} for v in values]
    made = [observation(c, year, v, **around) for c, v, around in zip(REGIONS, values, limits, strict=True)]
    return [*made, observation("00", year, nation)]


def counted(shares, size=10_000):
    made = [
        observation(c, 2025, 100 * s, numerator=s * size, denominator=float(size))
        for c, s in zip(REGIONS, shares, strict=True)
    ]
    return [*made, observation("00", 2025, 50.0)]


def field(observations, remarks=(), **changes):
    return results(indicator(**changes), SKANE, observations, remarks)[0].field


SPREAD = [40, 42, 44, 46, 48, 49, 51, 52, 54, 56, 58, 60]
ALIKE = [49.9, 50.1, 50.0, 50.2, 49.8, 50.0, 50.1, 49.9, 50.0, 50.1, 49.9, 50.0]


def test_questioned_values_and_few_persons_are_left_out():
    found = field(rows(SPREAD), [remark("01", 2025)])
    assert set(found.points) == set(REGIONS) - {"01"}
    few = [r._replace(denominator=29.0) if r.region == "03" else r for r in rows(SPREAD)]
    assert "03" not in field(few).points


def test_municipalities_are_no_regions():
    with_one = [*rows(SPREAD), observation("1280", 2025, 99.0)]
    assert "1280" not in field(with_one).points
    assert "1280" not in results(indicator(), SKANE, with_one)[0].regions_now


def test_the_field_is_as_it_was_at_the_time():
    later = [observation("01", 2026, 99.0, low=98.0, high=100.0)]
    assert field([*rows(SPREAD), *later]).points["01"].value == 40


def test_ranks_have_intervals_that_hold_them():
    found = field(rows(SPREAD, half=4.0)).ranks
    assert [found[c].rank for c in REGIONS] == list(range(12, 0, -1))
    assert all(r.lower <= r.rank <= r.upper for r in found.values())
    assert found["14"].upper < found["01"].lower
    assert field(rows(SPREAD, half=4.0), direction="lower_better").ranks["01"].rank == 1


@pytest.mark.parametrize("changes", [{"direction": "none"}, {"measure": "antal"}], ids=["neutral", "count"])
def test_what_has_no_better_has_no_ranks(changes):
    assert field(rows(SPREAD), **changes).ranks == {}


def test_without_a_known_uncertainty_there_is_no_rank_and_no_verdict_on_variation():
    found = field(rows(SPREAD, half=None))
    assert (found.level, found.ranks, found.between) == ("C", {}, None)


def test_regions_more_unlike_than_chance_differ():
    found = field(rows(SPREAD)).between
    assert found is not None
    assert found.differs
    assert found.phi > 10
    assert found.spread == pytest.approx(5.4, abs=0.6)  # the values spread 5.9, a little pulled in
    assert found.outside == frozenset()


def test_regions_as_alike_as_chance_makes_them_do_not_differ():
    found = field(rows(ALIKE)).between
    assert found is not None
    assert not found.differs
    assert found.spread == 0


def test_one_region_far_from_the_others_is_outside_even_so():
    found = field(rows([*ALIKE[:-1], 58.0], half=0.3)).between
    assert found is not None
    assert found.outside == {"14"}


def test_counts_are_judged_on_the_scale_of_shares():
    found = field(counted([0.5 + 0.001 * i for i in range(-6, 6)])).between
    assert found is not None
    assert found.spread is None  # another scale than the indicator's
    assert not found.differs
    apart = field(counted([0.5] * 11 + [0.6])).between
    assert apart is not None
    assert apart.outside == {"14"}


def test_counts_per_inhabitants_are_judged_against_what_rikets_rate_gives():
    made = [
        observation(c, 2025, v, numerator=v * 100, denominator=100_000.0)
        for c, v in zip(REGIONS, [5.0] * 11 + [9.0], strict=True)
    ]
    found = field([*made, observation("00", 2025, 5.0)], measure="per_1000").between
    assert found is not None
    assert found.outside == {"14"}


def answers(unit, observations, **changes):
    return assess(results(indicator(**changes), unit, observations)[0], [])


def test_the_variation_in_riket_is_that_between_its_regions():
    found = answers(RIKET, rows(SPREAD)).variation
    assert found is not None
    assert (found.klass, found.certainty) == ("skillnad", "säkerställd")
    assert "avviker ingen region" in found.reason
    assert "τ = 5," in found.reason
    alike = answers(RIKET, rows(ALIKE)).variation
    assert alike is not None
    assert alike.klass == "ingen säker skillnad"
    unknown = answers(RIKET, rows(SPREAD, half=None)).variation
    assert unknown is not None
    assert unknown.klass == "kan ej bedömas"


def test_a_region_has_no_figures_for_its_units():
    found = answers(SKANE, rows(SPREAD)).variation
    assert found is not None
    assert found.klass == "kan ej bedömas"
    assert "sjukhus" in found.reason


def test_an_outlying_region_is_told_and_an_old_value_never_is():
    far = [50.0] * 12
    far[REGIONS.index("12")] = 60.0
    assert answers(SKANE, rows(far)).outlying
    assert answers(SKANE, rows(far)).as_dict()["outlying"] is True
    assert not answers(SKANE, rows(far), discontinued=2025).outlying
    assert not answers(SKANE, rows(SPREAD)).outlying


def test_where_nothing_has_happened_there_is_nothing_to_tell_apart():
    made = [observation(c, 2025, 0.0, numerator=0.0, denominator=100_000.0) for c in REGIONS]
    found = field([*made, observation("00", 2025, 0.0)], measure="per_1000").between
    assert found is not None
    assert not found.differs
