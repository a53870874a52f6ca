"""An update: what is new gets into the store in one step, what is not there is told, what was can be returned to."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
from pathlib import Path

import pytest
from tests.data.sources import faults
from tests.data.sources.servers.kolada import KoladaServer
from tests.data.update.conftest import TODAY, Update

from varddialog.config import Project, current
from varddialog.data import snapshots
from varddialog.data.changes import Change
from varddialog.data.schema import COLUMNS
from varddialog.data.store import Store
from varddialog.data.update.run import go_back
from varddialog.data.verify import verify
from varddialog.errors import DataError, SourceError
from varddialog.model.catalogue import load_catalogue

LATER = TODAY + dt.timedelta(days=30)


def value(project: Project, series: str, region: str, year: int, sex: str = "T") -> tuple[float, int]:
    """A value of the store, and the number of its retrieval."""
    rows = Store.of(project).observations(indicators=[series], columns=[*COLUMNS, "retrieval"])
    (row,) = rows[(rows["region"] == region) & (rows["year"] == year) & (rows["sex"] == sex)].itertuples()
    return row.value, row.retrieval


def content(project: Project) -> dict[str, bytes]:
    """Every file of the store that counts."""
    return {path.name: path.read_bytes() for path in project.store.iterdir() if path.is_file()}


def paths(kolada: KoladaServer) -> list[str]:
    return kolada.played.paths()  # type: ignore[attr-defined, no-any-return]


def plan_next(kolada: KoladaServer, *answers: object) -> None:
    kolada.played.next(*answers)  # type: ignore[attr-defined]


def full(*_: object, **__: object) -> None:
    """The disk is."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_the_source_says_as_before_changes_nothing(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    before = content(live_project)
    done = run()
    assert (done.changes, done.snapshot, done.told) == ([], None, [])
    assert content(live_project).keys() == before.keys() | {"asked.json", ".lock"}
    assert {name: content(live_project)[name] for name in before} == before


def test_new_revised_and_vanished_values_are_told_and_in_the_store(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    old, _ = value(live_project, "N00001", "12", 2024)
    kolada.put("N00001", "0012", "2025", T=99.5, K=98.0, M=101.0)
    kolada.put("N00001", "0012", "2024", T=old + 1)
    kolada.withdraw("N00002", "0001", "2018", TODAY)
    done = run()
    assert [(c.kind, c.series, c.region, c.year, c.sex) for c in done.changes] == [
        ("ny", "N00001", "12", 2025, "K"),
        ("ny", "N00001", "12", 2025, "M"),
        ("ny", "N00001", "12", 2025, "T"),
        ("ändrad", "N00001", "12", 2024, "T"),
        ("försvunnen", "N00002", "01", 2018, "T"),
    ]
    assert done.changes[3][8:10] == (old, old + 1)
    assert done.snapshot == current(live_project.stores) == "2026-11-26"
    assert value(live_project, "N00001", "12", 2025) == (99.5, 2)
    assert value(live_project, "N00001", "12", 2024) == (old + 1, 2)
    verify(Store.of(live_project), load_catalogue(live_project))


def test_a_value_keeps_the_retrieval_that_brought_it(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    kolada.put("N00001", "0012", "2025", T=99.5)
    run()
    kolada.put("N00001", "0012", "2026", T=98.5, on=LATER)
    run(LATER)
    assert [value(live_project, "N00001", "12", year)[1] for year in (2024, 2025, 2026)] == [1, 2, 3]
    told = Store.of(live_project).manifest.retrievals
    assert {key: (r.day, r.source) for key, r in told.items() if key != "1"} == {
        "2": ("2026-11-26", "kolada"),
        "3": ("2026-12-26", "kolada"),
    }


def test_the_day_of_a_series_is_when_its_figures_last_changed(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    kolada.put("N00001", "0012", "2025", T=99.5)
    run()
    series = Store.of(live_project).manifest.series
    assert (series["N00001"].retrieved, series["N00001"].api) == ("2026-11-26", "kolada")
    assert (series["N00002"].retrieved, series["N00002"].api) == ("2026-01-01", "")


def test_the_second_update_asks_only_for_what_has_changed_since(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    run()
    first = len(paths(kolada))
    kolada.put("N00001", "0012", "2025", T=99.5, on=LATER)
    done = run(LATER)
    asked = kolada.played.seen[first:]  # type: ignore[attr-defined]
    since = [r.query["from_date"] for r in asked if "/data/" in r.path]
    assert since
    assert all(dt.date.fromisoformat(day) < TODAY for (day,) in since)
    assert [c[:4] for c in done.changes] == [("ny", "N00001", "12", 2025)]
    assert len(Store.of(live_project).observations()) == 2 * 22 * 7 + 1


def test_rows_that_the_source_withdraws_later_go(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    run()
    kolada.withdraw("N00002", "0001", "2018", LATER)
    done = run(LATER)
    assert [c[:4] for c in done.changes] == [("försvunnen", "N00002", "01", 2018)]


def test_another_query_of_a_series_asks_for_all_of_it(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    kolada.put("N00001", "0012", "2018", T=99.5)
    run()
    path = next((live_project.params / "indicators").iterdir())
    path.write_text(path.read_text(encoding="utf-8").replace("kpi: N00002", "kpi: N00001"), encoding="utf-8")
    done = run(LATER)
    assert [c[:4] for c in done.changes] == [("ändrad", "N00002", "12", 2018)]


def test_from_an_empty_store_all_is_new_and_it_counts(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    whole = Store.of(live_project).observations()
    shutil.rmtree(live_project.stores)
    done = run()
    assert {c.kind for c in done.changes} == {"ny"}
    assert Store.of(live_project).observations().equals(whole)
    assert Store.of(live_project).manifest.previous is None


def test_a_dry_run_tells_and_changes_nothing(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    kolada.put("N00001", "0012", "2025", T=99.5)
    before = content(live_project)
    done = run(dry_run=True)
    assert [c[:4] for c in done.changes] == [("ny", "N00001", "12", 2025)]
    assert done.snapshot is None
    assert {k: v for k, v in content(live_project).items() if k != ".lock"} == before


def test_back_to_what_was_and_all_is_asked_for_again(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    before = Store.of(live_project).observations()
    kolada.put("N00001", "0012", "2025", T=99.5)
    run()
    assert go_back(live_project)[0] == ""
    assert Store.of(live_project).observations().equals(before)
    done = run(LATER)
    assert [c[:4] for c in done.changes] == [("ny", "N00001", "12", 2025)]


def test_there_is_no_way_back_from_what_came_with_the_project(live_project: Project) -> None:
    with pytest.raises(DataError, match="ingen tidigare ögonblicksbild"):
        go_back(live_project)


def test_the_last_snapshot_and_the_embedded_one_are_kept(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    for n in range(3):
        day = TODAY + dt.timedelta(days=30 * n)
        kolada.put("N00001", "0012", str(2025 + n), T=99.5 + n, on=day)
        run(day)
    kept = sorted(path.name for path in live_project.stores.iterdir() if path.is_dir())
    assert kept == ["2026-12-26", "2027-01-25"]
    assert go_back(live_project)[0] == "2026-12-26"
    with pytest.raises(DataError, match="2026-11-26 finns inte kvar"):
        go_back(live_project)


def test_rows_that_cannot_be_leave_their_series_as_it_was(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    kolada.put("N00001", "0012", "2025", T=1e300)
    kolada.put("N00002", "0012", "2025", T=50.0)
    done = run()
    assert {c.series for c in done.changes} == {"N00002"}
    (fault,) = done.faults
    assert "1e+300" in fault.what
    assert fault.where.startswith("kolada, N00001")
    # and it is asked for whole next time
    kolada.put("N00001", "0012", "2025", T=50.0)
    assert {c.series for c in run(LATER).changes} == {"N00001"}


def test_a_series_that_comes_back_empty_is_kept(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    for unit in kolada.units:
        for year in range(2018, 2025):
            kolada.withdraw("N00002", unit, str(year), TODAY)
    done = run()
    assert done.changes == []
    assert [series for series, _ in done.told] == ["N00002"]
    assert len(Store.of(live_project).observations(indicators=["N00002"])) == 22 * 7


def test_a_series_that_is_withdrawn_altogether_later_is_kept_and_told_every_time(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    run()
    for unit in kolada.units:
        for year in range(2018, 2025):
            kolada.withdraw("N00002", unit, str(year), LATER)
    for day in (LATER, LATER + dt.timedelta(days=30)):
        done = run(day)
        assert done.changes == []
        assert done.told == [("N00002", "Källan har inte längre några värden; de som fanns är kvar.")]
    assert len(Store.of(live_project).observations(indicators=["N00002"])) == 22 * 7


def test_a_measure_that_the_source_leaves_out_is_told_and_kept(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    del kolada.titles["N00002"]
    done = run()
    assert [series for series, _ in done.told] == ["N00002"]
    assert len(Store.of(live_project).observations(indicators=["N00002"])) == 22 * 7


@pytest.mark.parametrize(
    "wrong",
    [faults.failing(503), faults.login_page(), faults.half_json({"values": [1]}), faults.not_json(), faults.reset()],
    ids=["503", "login page", "half JSON", "no JSON", "reset"],
)
def test_a_source_that_goes_wrong_leaves_the_store_as_it_was(
    live_project: Project, kolada: KoladaServer, run: Update, wrong: object
) -> None:
    kolada.put("N00001", "0012", "2025", T=99.5)
    before = content(live_project)
    plan_next(kolada, *[wrong] * 100)
    done = run()
    assert isinstance(done.answers["kolada"].error, SourceError)
    assert {k: v for k, v in content(live_project).items() if k not in (".lock", "asked.json")} == before


def test_a_damaged_store_is_not_carried_over(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    (live_project.store / "remarks.parquet").write_bytes(b"x")
    with pytest.raises(DataError, match="kontrollsumman stämmer inte"):
        run()
    assert paths(kolada) == []


def test_an_update_that_is_killed_before_it_counts_leaves_what_was(
    live_project: Project, kolada: KoladaServer, run: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    kolada.put("N00001", "0012", "2025", T=99.5)
    before = Store.of(live_project).observations()

    def killed(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(snapshots, "commit", killed)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert Store.of(live_project).observations().equals(before)
    assert not (live_project.stores / ".fresh").exists()
    assert run().snapshot == "2026-11-26"


def test_what_a_killed_update_left_is_swept(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    left = live_project.stores / ".fresh" / "lager"
    left.mkdir(parents=True)
    (left / "half").write_bytes(b"x")
    kolada.put("N00001", "0012", "2025", T=99.5)
    assert run().snapshot == "2026-11-26"
    assert not left.exists()


@pytest.mark.parametrize(
    "name",
    ["varddialog.data.update.staging.pq.ParquetWriter", "varddialog.data.write.pq.write_table"],
    ids=["while figures come", "while they are written"],
)
def test_a_disk_that_fills_is_told_and_leaves_what_was(
    live_project: Project, kolada: KoladaServer, run: Update, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    kolada.put("N00001", "0012", "2025", T=99.5)
    before = content(live_project)
    with monkeypatch.context() as patched:
        patched.setattr(name, full)
        with pytest.raises(DataError, match="disken är full"):
            run()
    assert {k: v for k, v in content(live_project).items() if k != ".lock"} == before
    assert run().snapshot == "2026-11-26"


def test_what_was_asked_may_be_lost_to_a_full_disk_and_the_figures_count(
    live_project: Project, kolada: KoladaServer, run: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    kolada.put("N00001", "0012", "2025", T=99.5)
    with monkeypatch.context() as patched:
        patched.setattr("varddialog.data.update.asked.write_atomic", full)
        assert run().snapshot == current(live_project.stores) == "2026-11-26"
    assert value(live_project, "N00001", "12", 2025)[0] == 99.5


def test_two_updates_at_once_do_not_harm_each_other(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    with (
        snapshots.writing(live_project.stores),
        pytest.raises(DataError, match="En annan körning ändrar redan uppgiftslagret"),
    ):
        run()


def test_a_recorded_day_is_played_again_without_any_network(
    live_project: Project, kolada: KoladaServer, run: Update, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from varddialog.data.update.gather import Where

    kolada.put("N00001", "0012", "2025", T=99.5)
    recorded = run(where=Where(None, record=tmp_path / "dag"), dry_run=True)
    asked = len(paths(kolada))
    monkeypatch.setenv("VARDDIALOG_KOLADA_URL", "http://127.0.0.1:9/v3")
    again = run(where=Where(None, replay=tmp_path / "dag"))
    assert again.changes == recorded.changes
    assert isinstance(again.changes[0], Change)
    assert len(paths(kolada)) == asked
