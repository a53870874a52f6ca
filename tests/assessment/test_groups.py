"""Comparisons of groups: same time, every split, and Riket only where the region has nothing."""

from __future__ import annotations

from tests.making import RIKET, SKANE, indicator, observation

from varddialog.assessment.groups import comparisons, grouped_only, nation_only


def split(rows, grouping="kön", indicators=None, unit=SKANE):
    return comparisons(indicators or [indicator()], grouping, unit, RIKET, {"T1": rows, "T2": [], **by_id(rows)})


def by_id(rows):
    found = {}
    for row in rows:
        found.setdefault(row.indicator, []).append(row)
    return found


def test_the_latest_time_at_which_all_groups_have_a_value():
    rows = [observation("12", y, v, sex=s) for y, s, v in [(2023, "K", 10), (2023, "M", 6), (2024, "K", 11)]]
    (found,) = split(rows)
    assert found.when == "2023"
    assert [(v.group, v.value) for v in found.values] == [("Kvinnor", 10), ("Män", 6)]
    assert found.gap == 4


def test_the_region_comes_before_riket_and_riket_is_named():
    nation = [observation("00", 2024, v, sex=s) for s, v in (("K", 10), ("M", 6))]
    (found,) = split(nation)
    assert found.unit == RIKET
    assert nation_only([found])
    both = split([*nation, *(r._replace(region="12") for r in nation)])
    assert [c.unit for c in both] == [SKANE]


def test_one_group_is_no_comparison():
    assert split([observation("12", 2024, 10, sex="K")]) == []


def test_groups_by_sex_are_not_mixed_with_groups_by_income():
    rows = [
        observation("00", 2024, v, sex=s, grouping="inkomst", group="Inkomstkvintil 1") for s, v in (("K", 1), ("M", 2))
    ]
    assert split(rows) == []


def test_income_groups_are_ordered_and_named():
    rows = [observation("00", 2024, 10 - q, grouping="inkomst", group=f"Inkomstkvintil {q}") for q in (5, 1, 3)]
    (found,) = split(rows, "inkomst")
    names = [v.group for v in found.values]
    assert names == ["Lägsta inkomstfemtedelen", "Mellersta inkomstfemtedelen", "Högsta inkomstfemtedelen"]
    assert found.highest.group == "Lägsta inkomstfemtedelen"


def test_indicators_that_are_parts_of_a_family_make_one_comparison():
    parts = [
        indicator(id=i, slug=i.lower(), part={"family": "Vaccination", "grouping": "kön", "group": g})
        for i, g in (("T1", "flickor"), ("T2", "pojkar"))
    ]
    rows = [observation("12", 2024, 87), observation("12", 2024, 82, indicator="T2", sex="M")]
    (found,) = split(rows, indicators=parts)
    assert found.title == "Vaccination"
    assert [(v.group, v.value) for v in found.values] == [("Flickor", 87), ("Pojkar", 82)]


def test_apart_needs_intervals_that_do_not_meet():
    def pair(high_of_lower, low_of_higher):
        rows = [
            observation("12", 2024, 5, sex="M", low=4, high=high_of_lower),
            observation("12", 2024, 10, sex="K", low=low_of_higher, high=12),
        ]
        return split(rows)[0].apart

    assert pair(6, 9) is True
    assert pair(9, 9) is False
    assert split([observation("12", 2024, v, sex=s) for s, v in (("K", 1), ("M", 9))])[0].apart is None


def test_grouped_only():
    group = observation("00", 2024, 1, grouping="ålder", group="18–29 år")
    assert grouped_only([group])
    assert not grouped_only([group, observation("00", 2024, 1)])
    assert not grouped_only([])
