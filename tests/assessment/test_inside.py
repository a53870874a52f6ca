"""The values within a region: which time, which places, what is hidden, and what they are compared with."""

from __future__ import annotations

from tests.making import SKANE, country, indicator, observation, remark, results
from tests.places import OWN, insides, one, origin, place, rows

from varddialog.assessment.inside import TIMES, first_year


def test_places_from_the_lowest_value_to_the_highest() -> None:
    found = one(rows([3.0, 1.0, 2.0]))
    assert [(p.name, point.value) for p, point in found.now] == [("Lund", 1.0), ("Malmö", 2.0), ("Bjuv", 3.0)]
    assert [p.name for p in found.places] == ["Bjuv", "Lund", "Malmö"]
    assert (found.kind, found.sex, found.when, found.hidden, found.impossible) == ("kommun", "T", "2025", set(), set())


def test_the_time_of_the_regions_own_value_when_there_are_values_of_it() -> None:
    years = [row for year in range(2015, 2027) for row in rows([1.0, 2.0], year)]
    found = one(years)
    assert found.when == "2025"
    assert found.times == ("2022", "2023", "2024", "2025", "2026")
    assert found.region
    assert found.nation
    assert (found.region.value, found.nation.value) == (55.0, 50.0)


def test_the_latest_time_when_there_are_none_and_the_region_of_that_time_beside_it() -> None:
    found = one(rows([1.0, 2.0], 2024))
    assert found.when == "2024"
    assert found.region
    assert found.region.when == "2024"
    found = one(rows([1.0, 2.0], 2022))
    assert (found.when, found.region, found.nation) == ("2022", None, None)


def test_a_time_of_the_regions_own_value_that_is_older_than_those_shown_is_shown_first() -> None:
    years = [row for year in range(2010, 2027) for row in rows([1.0], year)]
    found = one(years, mine=country(2012, 50, 55))
    assert found.when == "2012"
    assert found.times == ("2012", "2022", "2023", "2024", "2025", "2026")


def test_the_last_times_alone_are_kept() -> None:
    found = one([row for year in range(2000, 2026) for row in rows([1.0], year)])
    assert len(found.times) == TIMES
    assert all(len(of) == TIMES for of in found.values.values())


def test_months() -> None:
    months = [row for m in range(1, 13) for row in rows([m * 1.0, 2.0], period=f"2025-{m:02d}")]
    mine = [observation("12", 2025, 5.0, period=f"2025-{m:02d}") for m in range(1, 11)]
    found = one(months, mine, period={"kind": "månad"})
    assert (found.when, found.times[-1]) == ("2025-10", "2025-12")
    assert found.now[-1][1].value == 10.0


def test_kinds_and_sexes_apart_each_with_its_own_source() -> None:
    of = [*rows([1.0, 2.0]), *rows([1.5, 2.5], sex="K"), *rows([3.0], kind="egen"), *rows([4.0], kind="enhet")]
    found = insides(of)
    assert [(i.kind, i.sex, i.origin.own) for i in found] == [
        ("kommun", "T", ""), ("kommun", "K", ""), ("enhet", "T", ""), ("egen", "T", OWN),
    ]  # fmt: skip
    assert found[0].result is not None
    assert found[1].result is None  # Skåne has no value for women alone
    assert len({i.anchor for i in found}) == 4


def test_groups_are_not_shown() -> None:
    assert insides(rows([1.0], grouping="ålder", group="80+")) == []


def test_a_questioned_value_is_not_compared_with() -> None:
    shown = indicator()
    found = results(shown, SKANE, country(2025, 50, 55), [remark("12", 2025), remark("00", 2025)])
    assert found[0].is_flagged
    made = one(rows([1.0, 2.0]))
    flagged = type(made)(**{**made.__dict__, "result": found[0]})
    assert (flagged.region, flagged.nation) == (None, None)


def test_what_the_unit_of_measure_does_not_allow_is_not_shown() -> None:
    found = one(rows([50.0, 101.0, -1.0]))
    assert [p.name for p, _ in found.now] == ["Bjuv"]
    assert found.impossible == {(place("Lund").code, "2025"), (place("Malmö").code, "2025")}
    assert found.hidden == set()


# small numbers


def counted(counts: list[float], whole: float = 400.0, **changes: object) -> list:  # type: ignore[type-arg]
    return [
        row._replace(numerator=count, denominator=whole)
        for row, count in zip(rows([10.0] * len(counts), **changes), counts, strict=True)  # type: ignore[arg-type]
    ]


def test_small_counts_and_small_complements_are_hidden() -> None:
    found = one(counted([3.0, 40.0, 397.0, 0.0, 400.0]))
    assert {code.partition(" ")[2] for code, _ in found.hidden} == {"Bjuv", "Malmö"}
    assert [p.name for p, _ in found.now] == ["Lund", "Perstorp", "Ystad"]


def test_a_small_count_that_the_regions_own_gives_away_takes_another_with_it() -> None:
    own = [observation("12", 2025, 50.0, numerator=103.0, denominator=800.0)]
    found = one(counted([3.0, 40.0, 60.0]), own)
    assert {code.partition(" ")[2] for code, _ in found.hidden} == {"Bjuv", "Lund"}
    # when they do not add up to it nothing can be worked out
    own = [observation("12", 2025, 50.0, numerator=150.0, denominator=900.0)]
    assert {code.partition(" ")[2] for code, _ in one(counted([3.0, 40.0, 60.0]), own).hidden} == {"Bjuv"}


def test_women_and_men_do_not_give_away_a_total() -> None:
    of = [*counted([43.0]), *counted([40.0], sex="K"), *counted([3.0], sex="M")]
    shown = {found.sex for found in insides(of) if found.now}
    assert len(shown) == 1
    assert "M" not in shown


def test_kinds_are_not_parts_of_each_other() -> None:
    own = [observation("12", 2025, 50.0, numerator=43.0, denominator=800.0)]
    of = [*counted([3.0, 40.0]), *counted([20.0, 23.0], kind="enhet")]
    first, second = insides(of, own)
    assert len(first.hidden) == 2
    assert second.hidden == set()


def test_values_that_count_persons_are_hidden_as_counts() -> None:
    found = one(rows([2.0, 40.0, 7.0]), values_count=True, measure="personer", direction="none", decimals=0)
    assert [p.name for p, _ in found.now] == ["Malmö", "Lund"]
    assert len(one(rows([2.0, 40.0, 7.0])).now) == 3


def test_a_sample_hides_nothing() -> None:
    assert one(counted([3.0, 40.0]), sample=True).hidden == set()


def test_the_years_that_are_needed() -> None:
    shown = indicator()
    found = results(shown, SKANE, country(2018, 50, 55))
    assert first_year([origin(last=2025)], "12", []) == 2021
    assert first_year([origin(last=2025), origin(OWN, last=2023)], "12", []) == 2019
    assert first_year([origin(last=2025)], "12", found) == 2018
