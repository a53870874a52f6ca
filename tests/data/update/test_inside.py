"""An update with municipalities: their values lie in a table of their own, in the same snapshot as the country's."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from tests.conftest import SMALL_FILE
from tests.data.sources.servers.kolada import KoladaServer
from tests.data.update.conftest import TODAY, Update

from varddialog.config import Project, current
from varddialog.data.store import Store
from varddialog.data.update.run import go_back
from varddialog.data.verify import verify
from varddialog.model.catalogue import load_catalogue

LATER = TODAY + dt.timedelta(days=30)


@pytest.fixture
def municipal(live_project: Project, kolada: KoladaServer) -> KoladaServer:
    """Of N00001 the municipalities are wanted too; Kolada knows three, and a hospital."""
    path = live_project.params / "indicators" / SMALL_FILE
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    described["indicators"][0]["live"][0]["within"] = ["kommuner", "enheter"]
    path.write_text(yaml.safe_dump(described, allow_unicode=True, sort_keys=False), encoding="utf-8")
    kolada.units |= {"1280": "Malmö", "1281": "Lund", "0980": "Gotland"}
    kolada.ous["V12E1"] = ("Sjukhuset", "1280")
    for unit, value in (("1280", 110.0), ("1281", 90.0), ("0980", 100.0), ("V12E1", 95.0)):
        for year in ("2023", "2024"):
            kolada.put("N00001", unit, year, T=value)
    return kolada


def inside(project: Project, region: str = "12") -> dict[tuple[str, int], float]:
    rows = Store.of(project).within(region, {"N00001": 0}).get("N00001", [])
    return {(o.region, o.year): o.value for o in rows}


def test_municipalities_and_units_come_into_the_same_snapshot_and_not_among_the_regions(
    live_project: Project, municipal: KoladaServer, run: Update
) -> None:
    before = Store.of(live_project).observations()
    done = run()
    assert done.changes == []
    assert [(c.series, c.new, c.years) for c in done.within.counts] == [("N00001", 8, (2024, 2023))]
    assert done.snapshot == current(live_project.stores) == "2026-11-26"
    store = Store.of(live_project)
    assert store.observations().equals(before)
    assert inside(live_project) == {
        ("1280", 2023): 110.0, ("1280", 2024): 110.0, ("1281", 2023): 90.0, ("1281", 2024): 90.0,
        ("V12E1", 2023): 95.0, ("V12E1", 2024): 95.0,
    }  # fmt: skip
    assert {p.name: p.kind for p in store.places("12").values()} == {
        "Malmö": "kommun", "Lund": "kommun", "Sjukhuset": "enhet",
    }  # fmt: skip
    (series,) = store.manifest.within["N00001"]
    assert (series.api, series.retrieved, series.title) == ("kolada", "2026-11-26", "Mått N00001")
    assert store.manifest.retrievals["2"].source == "kolada"
    verify(store, load_catalogue(live_project))


def test_the_next_update_asks_for_what_has_changed_and_a_rollback_forgets_it(
    live_project: Project, municipal: KoladaServer, run: Update
) -> None:
    run()
    assert run(LATER).snapshot is None
    municipal.put("N00001", "1281", "2024", LATER, T=91.5)
    municipal.put("N00001", "0012", "2024", LATER, T=77.0)
    municipal.withdraw("N00001", "1280", "2023", LATER)
    done = run(LATER)
    assert [(c.kind, c.region, c.after) for c in done.changes] == [("ändrad", "12", 77.0)]
    assert [(c.kind, c.region, c.year, c.after) for c in done.within.values] == [
        ("ändrad", "Lund", 2024, 91.5),
        ("försvunnen", "Malmö", 2023, None),
    ]
    assert len({r.day for r in Store.of(live_project).manifest.retrievals.values()}) == 3
    go_back(live_project)
    assert inside(live_project)["1281", 2024] == 90.0


def test_a_dry_run_counts_and_leaves_the_store(live_project: Project, municipal: KoladaServer, run: Update) -> None:
    done = run(dry_run=True)
    assert [c.new for c in done.within.counts] == [8]
    assert done.snapshot is None
    assert inside(live_project) == {}


def test_a_faulty_municipality_keeps_its_series_out_and_the_series_is_asked_for_again(
    live_project: Project, municipal: KoladaServer, run: Update
) -> None:
    municipal.put("N00001", "1281", "2024", T=5e12)
    done = run()
    assert [str(fault) for fault in done.faults] == [
        "kolada, N00001, inom regionerna, Lund (1281), 2024, T: value: 5000000000000.0 kan inte vara en uppgift. "
        f"{done.faults[0].allowed and 'Tillåtet: ' + done.faults[0].allowed}."
    ]
    assert inside(live_project) == {}
    municipal.put("N00001", "1281", "2024", T=90.0)
    assert run().faults == []
    assert inside(live_project)["1281", 2024] == 90.0


def test_an_update_of_another_series_carries_the_values_over(
    live_project: Project, municipal: KoladaServer, run: Update
) -> None:
    run()
    before, files = inside(live_project), Store.of(live_project).manifest.files
    municipal.put("N00002", "0012", "2024", LATER, T=1.0)
    assert run(LATER, indicators=["N00002"]).snapshot == "2026-12-26"
    assert inside(live_project) == before
    after = Store.of(live_project)
    assert {n: after.manifest.files[n] for n in ("within.parquet", "places.parquet")} == {
        n: files[n] for n in ("within.parquet", "places.parquet")
    }
    after.verify_files()


def test_a_source_that_suddenly_has_none_is_told_and_those_that_were_there_stay(
    live_project: Project, municipal: KoladaServer, run: Update
) -> None:
    run()
    before = inside(live_project)
    for unit in ("1280", "1281", "0980", "V12E1"):
        for year in ("2023", "2024"):
            municipal.withdraw("N00001", unit, year, TODAY)
    municipal.data.whole = municipal.oudata.whole = False  # type: ignore[union-attr]
    (live_project.stores / "asked.json").unlink()  # so that all of it is asked for
    assert ("N00001", "Källan har inga värden inom regionerna; de som fanns är kvar.") in run(LATER).told
    assert inside(live_project) == before
