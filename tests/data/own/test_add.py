"""A region's own figures in the store: they replace its own and nothing else, in one step, and can be taken back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from filelock import FileLock
from tests.data.own.files import TODAY, csv_file
from tests.data.within.placed import LUND, part, put, row

from varddialog.config import Project, current
from varddialog.data.own.add import Added, add
from varddialog.data.schema import MANIFEST
from varddialog.data.store import Store
from varddialog.data.update.asked import SeriesAsked, read_asked, write_asked
from varddialog.data.update.run import go_back
from varddialog.data.verify import verify
from varddialog.errors import DataError, UsageError
from varddialog.model.catalogue import load_catalogue

Values = dict[tuple[str, str, int], float]


def given(project: Project, path: Path, region: str = "Skåne", day: dt.date = TODAY) -> Added:
    return add(project, load_catalogue(project), path, region, day)


def values(project: Project, region: str = "12") -> Values:
    """(indicator, name of the place, year) → value."""
    store = Store.of(project)
    places = store.places(region)
    found = store.within(region, {"N00001": 0, "N00002": 0})
    return {(o.indicator, places[o.region].name, o.year): o.value for rows in found.values() for o in rows}


def content(project: Project) -> dict[str, bytes]:
    return {p.relative_to(project.stores).as_posix(): p.read_bytes() for p in project.stores.rglob("*") if p.is_file()}


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return csv_file(
        tmp_path, "N00001;Norrby;2024;;;100,5;;;;", "N00001;Söderby;2024;;;90;;;;", "N00002;Norrby;2023;;;1;;;;"
    )


def test_a_file_makes_a_snapshot_like_the_one_before_but_for_its_own_figures(
    small_project: Project, filled: Path
) -> None:
    before = Store.of(small_project)
    known = before.manifest
    done = given(small_project, filled)
    assert done.snapshot == current(small_project.stores) == "2026-11-26"
    assert [(c.series, c.new) for c in done.changes.counts] == [("N00001", 2), ("N00002", 1)]
    after = Store.of(small_project)
    for name, stored in known.files.items():
        assert after.manifest.files[name] == stored
        assert (after.folder / name).read_bytes() == (before.folder / name).read_bytes()
    assert after.manifest.series == known.series
    assert after.manifest.previous == ""
    assert values(small_project) == {
        ("N00001", "Norrby", 2024): 100.5, ("N00001", "Söderby", 2024): 90.0, ("N00002", "Norrby", 2023): 1.0,
    }  # fmt: skip
    verify(after, load_catalogue(small_project))


def test_they_are_marked_as_the_regions_own(small_project: Project, filled: Path) -> None:
    given(small_project, filled)
    store = Store.of(small_project)
    (series,) = store.manifest.within["N00001"]
    assert (series.own, series.publisher, series.channel) == ("12", "Region Skåne", "regionens egna uppgifter")
    assert (series.retrieved, series.licence, series.api) == ("2026-11-26", None, "")
    assert {place.kind for place in store.places("12").values()} == {"egen"}
    assert [r.source for r in store.manifest.retrievals.values()][-1] == "regionens egna uppgifter, Region Skåne"


def test_the_same_file_again_changes_nothing(small_project: Project, filled: Path) -> None:
    given(small_project, filled)
    before = content(small_project)
    again = given(small_project, filled, day=TODAY + dt.timedelta(days=9))
    assert again.snapshot is None
    assert again.changes.counts == []
    assert content(small_project) == before


def test_a_corrected_file_replaces_the_measures_that_it_has(
    small_project: Project, filled: Path, tmp_path: Path
) -> None:
    given(small_project, filled)
    corrected = csv_file(tmp_path, "N00001;Norrby;2024;;;101;;;;", "N00001;Västerby;2024;;;80;;;;", name="rättad.csv")
    done = given(small_project, corrected)
    assert done.snapshot == "2026-11-26-2"
    assert [(c.new, c.revised, c.vanished) for c in done.changes.counts] == [(1, 1, 1)]
    assert values(small_project) == {
        ("N00001", "Norrby", 2024): 101.0, ("N00001", "Västerby", 2024): 80.0, ("N00002", "Norrby", 2023): 1.0,
    }  # fmt: skip
    go_back(small_project)
    assert values(small_project)["N00001", "Norrby", 2024] == 100.5


def test_regions_and_sources_do_not_touch_each_other(small_project: Project, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "delar"
    folder.mkdir()
    put(small_project, part(folder, [row("N00001", LUND.code, 2024, 7.0)]))
    given(small_project, filled)
    given(small_project, csv_file(tmp_path, "N00001;Norrby;2024;;;55;;;;", name="gotland.csv"), "09")
    assert values(small_project, "09") == {("N00001", "Norrby", 2024): 55.0}
    mine = values(small_project)
    assert mine["N00001", "Norrby", 2024] == 100.5
    assert mine["N00001", "Lund", 2024] == 7.0
    owners = [(s.own, sorted(s.regions)) for s in Store.of(small_project).manifest.within["N00001"]]
    assert owners == [("", ["12"]), ("09", ["09"]), ("12", ["12"])]


def test_a_unit_may_be_spelt_in_another_way_next_time(small_project: Project, filled: Path, tmp_path: Path) -> None:
    given(small_project, filled)
    given(small_project, csv_file(tmp_path, "N00001;NORRBY;2024;;;100,5;;;;", name="ny.csv"))
    assert values(small_project).keys() == {("N00001", "NORRBY", 2024), ("N00002", "NORRBY", 2023)}


def test_the_next_update_goes_on_from_what_was_asked(small_project: Project, filled: Path) -> None:
    asked = {"N00001": SeriesAsked(day=dt.date(2026, 11, 1), query="x")}
    write_asked(small_project.stores, "", asked)
    done = given(small_project, filled)
    assert done.snapshot
    assert read_asked(small_project.stores, done.snapshot) == asked


@pytest.mark.parametrize(("region", "says"), [("Skane2", "Menade du «Skåne»"), ("Riket", "Riket är ingen region")])
def test_an_unknown_region_is_told(small_project: Project, filled: Path, region: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        given(small_project, filled, region)
    assert current(small_project.stores) == ""


def test_nothing_changes_when_something_is_wrong(small_project: Project, tmp_path: Path) -> None:
    before = content(small_project)
    wrong = csv_file(tmp_path, "N00001;Norrby;2024;;;1;;;;", "N00001;Norrby;2024;;;2;;;;", "N00009;B;2024;;;x;;;;")
    with pytest.raises(DataError) as caught:
        given(small_project, wrong)
    assert len(caught.value.faults) == 3
    assert content(small_project) == before


def test_a_damaged_store_and_one_that_is_being_changed_are_told(small_project: Project, filled: Path) -> None:
    with FileLock(small_project.stores / ".lock"), pytest.raises(DataError, match="ändrar redan uppgiftslagret"):
        given(small_project, filled)
    (small_project.store / "remarks.parquet").write_bytes(b"")
    with pytest.raises(DataError, match=r"remarks\.parquet: Filen är ändrad"):
        given(small_project, filled)
    (small_project.store / MANIFEST).unlink()
    with pytest.raises(DataError, match="Förteckningen över uppgifterna saknas"):
        given(small_project, filled)
    assert current(small_project.stores) == ""
