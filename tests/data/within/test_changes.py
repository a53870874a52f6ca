"""What differs within regions: counted by series, and told value by value when there are few."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tests.data.within.placed import LUND, MALMO, PLACES, VISBY, YSTAD, part, put, row

from varddialog.config import Project
from varddialog.data.changes import Change, Count
from varddialog.data.store import Store
from varddialog.data.within import changes as module
from varddialog.data.within.changes import Changes, changes


@pytest.fixture
def two(small_project: Project, parts: Path) -> tuple[Store, Store]:
    """The store before and after: one value new, one revised, one gone, in two regions."""
    same = [row("N00002", p.code, 2024, 1.0) for p in PLACES]
    old = [row("N00001", p.code, 2023, 10.0) for p in (LUND, MALMO, VISBY)]
    put(small_project, part(parts, old), part(parts, same))
    before = Store.of(small_project)
    new = [
        row("N00001", LUND.code, 2023, 12.5),
        row("N00001", YSTAD.code, 2024, 3.0),
        row("N00001", MALMO.code, 2023, 10),
    ]
    put(small_project, part(parts, [*new[:2], new[2]._replace(value=10.0)]))
    return before, Store.of(small_project)


def test_each_value_with_the_name_of_its_place(two: tuple[Store, Store]) -> None:
    found = changes(*two)
    assert found.counts == [Count("N00001", 1, 1, 1, (2024,))]
    assert found.values == [
        Change("ny", "N00001", "Ystad", 2024, "", "T", "", "", None, 3.0),
        Change("försvunnen", "N00001", "Gotland", 2023, "", "T", "", "", 10.0, None),
        Change("ändrad", "N00001", "Lund", 2023, "", "T", "", "", 10.0, 12.5),
    ]


def test_only_the_regions_and_series_that_are_asked_for(two: tuple[Store, Store]) -> None:
    assert [c.region for c in changes(*two, regions=["09"]).values] == ["Gotland"]
    assert changes(*two, ["N00002"]) == changes(*two, regions=["01"]) == Changes()
    assert changes(*two, ["N00001"]) == changes(*two)


def test_many_are_only_counted(two: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TOLD", 2)
    found = changes(*two)
    assert found.counts == [Count("N00001", 1, 1, 1, (2024,))]
    assert found.values == []


def test_a_store_that_had_nothing_within_regions_or_has_nothing_left(
    two: tuple[Store, Store], project: Project
) -> None:
    bare, after = Store.of(project), two[1]
    assert [(c.series, c.new) for c in changes(None, after).counts] == [("N00001", 3), ("N00002", 5)]
    assert [(c.series, c.new, c.years) for c in changes(bare, after).counts] == [
        ("N00001", 3, (2024, 2023)),
        ("N00002", 5, (2024,)),
    ]
    assert [(c.series, c.vanished) for c in changes(after, bare).counts] == [("N00001", 3), ("N00002", 5)]
    assert changes(bare, bare) == changes(None, bare) == changes(after, after) == Changes()


def test_a_value_that_gets_an_interval_is_changed(small_project: Project, parts: Path) -> None:
    put(small_project, part(parts, [row("N00001", LUND.code, 2024, 1.0)]))
    before = Store.of(small_project)
    put(small_project, part(parts, [row("N00001", LUND.code, 2024, 1.0, low=0.5, high=1.5)]))
    (change,) = changes(before, Store.of(small_project)).values
    assert (change.kind, change.before, change.after) == ("ändrad", 1.0, 1.0)
    gone = (row("N00001", LUND.code, 2024, math.nan),)
    put(small_project, part(parts, [], "N00001", partial=True, deleted=gone))
    assert Store.of(small_project).manifest.within == {}
