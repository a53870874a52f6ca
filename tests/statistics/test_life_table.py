"""Life expectancy: OHID's published example, the rules for not giving it, and what must always hold."""

from __future__ import annotations

import random

import pytest

from varddialog.statistics.life_table import START_AGES, life_expectancy

# the example of OHID's R package: 80.1696 years at birth, 95 % interval 79.8827–80.4565
POPULATION = [7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601]
POPULATION += [50209, 56416, 46411, 39820, 37978, 37039, 33288, 23306, 11936, 11936]
DEATHS = [17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937]


def changed(values, position, to):
    return [to if i == position else value for i, value in enumerate(values)]


def test_published_example():
    table = life_expectancy(START_AGES, POPULATION, DEATHS)
    for age, value, lower, upper in (
        (0, 80.1696, 79.8827, 80.4565),
        (65, 18.7686, 18.5757, 18.9614),
        (90, 6.1621, 5.8877, 6.4365),
    ):
        at = START_AGES.index(age)
        assert (table.values[at], table.lower[at], table.upper[at]) == pytest.approx((value, lower, upper), abs=6e-5)
    assert table.reason is None


def test_same_whatever_the_order_of_the_bands():
    order = random.Random(1).sample(range(20), 20)
    mixed = ([of[i] for i in order] for of in (START_AGES, POPULATION, DEATHS))
    assert life_expectancy(*mixed) == life_expectancy(START_AGES, POPULATION, DEATHS)


def test_same_mortality_in_more_people_is_the_same_value_with_narrower_limits():
    one = life_expectancy(START_AGES, POPULATION, DEATHS)
    ten = life_expectancy(START_AGES, [10 * p for p in POPULATION], [10 * d for d in DEATHS])
    assert ten.values == pytest.approx(one.values)
    for narrow, wide in zip(
        zip(ten.lower, ten.upper, strict=True), zip(one.lower, one.upper, strict=True), strict=True
    ):
        assert wide[1] - wide[0] == pytest.approx(10**0.5 * (narrow[1] - narrow[0]))


def test_more_confidence_is_wider_and_holds_the_value():
    narrow, wide = (life_expectancy(START_AGES, POPULATION, DEATHS, confidence) for confidence in (0.95, 0.998))
    assert narrow.values == wide.values
    for age in range(20):
        assert wide.lower[age] < narrow.lower[age] < narrow.values[age] < narrow.upper[age] < wide.upper[age]


@pytest.mark.parametrize(
    ("population", "deaths", "reason"),
    [
        (POPULATION, changed(DEATHS, 3, -1), "negative deaths"),
        (changed(POPULATION, 5, 0), DEATHS, "no population"),
        (changed(POPULATION, 18, 119), DEATHS, "more deaths"),
        ([250] * 20, [1] * 20, "5000 or less"),
        (POPULATION, changed(DEATHS, 19, 0), "last, open band"),
        (POPULATION, changed(DEATHS, 4, None), "without"),
    ],
)
def test_not_calculable(population, deaths, reason):
    table = life_expectancy(START_AGES, population, deaths)
    assert reason in table.reason
    assert table.values == table.lower == table.upper == ()


def test_not_calculable_without_all_bands():
    assert "19 age bands" in life_expectancy(START_AGES[:-1], POPULATION[:-1], DEATHS[:-1]).reason


def test_a_value_too_uncertain_is_not_given_but_its_limits_are():
    # a single death among the oldest says next to nothing of how long they live
    table = life_expectancy(START_AGES, [300] * 20, [2] * 19 + [1])
    assert table.values[-1] is None
    assert table.upper[-1] - table.lower[-1] > 20


def test_no_expectancy_at_an_age_that_no_one_reaches():
    table = life_expectancy(START_AGES, changed(POPULATION, 17, 2000), DEATHS)
    assert table.values[17] is not None
    assert table.values[18] is table.lower[18] is table.upper[18] is None


def test_other_bands_are_refused():
    with pytest.raises(ValueError, match="the bands start at"):
        life_expectancy((*START_AGES[:-1], 95), POPULATION, DEATHS)
    with pytest.raises(ValueError, match="must agree"):
        life_expectancy(START_AGES, POPULATION[:-1], DEATHS)
