"""Values within regions: what comes in replaces what it is about and nothing else, and what does not fit stays out."""

from __future__ import annotations

import hashlib
import math
import random
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.data.within.placed import LUND, MALMO, PLACES, UNIT, VISBY, YSTAD, origin, part, put, row, stored

from varddialog.config import Project
from varddialog.data.rows import Place
from varddialog.data.store import Store
from varddialog.data.within import database
from varddialog.data.within.build import build
from varddialog.data.within.changes import changes
from varddialog.data.within.check import MOST_TOLD
from varddialog.data.within.verify import within_faults
from varddialog.data.write import ROW_GROUP
from varddialog.model.catalogue import Catalogue, load_catalogue

OWN = Place("12-lasarettet", "Lasarettet", "12", "egen")


def values(project: Project) -> dict[tuple[str, str, int], tuple[float, int]]:
    """(indicator, place, year) → value, retrieval."""
    return {(r["indicator"], r["place"], r["year"]): (r["value"], r["retrieval"]) for r in stored(project)}


def test_the_rows_of_a_region_lie_together_with_their_places(small_project: Project, parts: Path) -> None:
    rows = [row("N00002", p.code, y, y / 100) for y in (2024, 2023) for p in (YSTAD, VISBY, LUND, UNIT)]
    built = put(small_project, part(parts, rows), part(parts, [r._replace(indicator="N00001") for r in rows]))
    assert (built.faults, built.told) == ([], [])
    order = ["region", "indicator", "place", "year", "period", "sex", "grouping", "group"]
    table = stored(small_project)
    assert table == sorted(table, key=lambda r: [r[name] for name in order])
    assert list(table[0]) == [*order, "value", "low", "high", "numerator", "denominator", "retrieval"]
    assert {r["place"]: r["region"] for r in table} == {YSTAD[0]: "12", LUND[0]: "12", UNIT[0]: "12", VISBY[0]: "09"}
    names = [r["name"] for r in pq.read_table(small_project.store / "places.parquet").to_pylist()]
    assert names == ["Gotland", "Vårdcentralen Ett", "Lund", "Ystad"]  # not Malmö, which has no value


def test_the_manifest_tells_where_each_series_came_from_and_what_each_region_has(
    small_project: Project, parts: Path
) -> None:
    put(small_project, part(parts, [row("N00001", p.code, y, 1.5) for y in (2019, 2024) for p in (LUND, UNIT, VISBY)]))
    manifest = Store.of(small_project).manifest
    (series,) = manifest.within["N00001"]
    assert series.origin == origin()
    skane, gotland = series.regions["12"], series.regions["09"]
    assert (skane.places, skane.observations, skane.first_year, skane.last_year) == (2, 4, 2019, 2024)
    assert (gotland.places, gotland.observations) == (1, 2)
    assert {"within.parquet", "places.parquet"} <= manifest.files.keys()
    assert manifest.files["within.parquet"].rows == 6
    assert manifest.inside("12").keys() == {"N00001"}
    assert manifest.inside("01") == {}
    Store.of(small_project).verify_files()


def test_a_whole_answer_replaces_its_series_and_what_is_as_it_was_keeps_its_retrieval(
    small_project: Project, parts: Path
) -> None:
    put(
        small_project,
        part(parts, [row("N00001", p.code, 2024, 10.0) for p in (LUND, MALMO, YSTAD)]),
        part(parts, [row("N00002", LUND.code, 2024, 5.0)]),
    )
    answer = [row("N00001", LUND.code, 2024, 10.0), row("N00001", MALMO.code, 2024, 11.0)]
    built = put(small_project, part(parts, answer, retrieval=3, origin=origin("2026-03-01")))
    assert built.changed == {("N00001", "")}
    assert values(small_project) == {
        ("N00001", LUND.code, 2024): (10.0, 2),
        ("N00001", MALMO.code, 2024): (11.0, 3),
        ("N00002", LUND.code, 2024): (5.0, 2),
    }
    within = Store.of(small_project).manifest.within
    assert within["N00001"][0].retrieved == "2026-03-01"
    assert within["N00002"][0].retrieved == "2026-02-01"


def test_a_partial_answer_adds_changes_and_withdraws_single_values(small_project: Project, parts: Path) -> None:
    put(small_project, part(parts, [row("N00001", p.code, 2024, 10.0) for p in (LUND, MALMO, YSTAD)]))
    answer = [row("N00001", LUND.code, 2024, 12.0), row("N00001", VISBY.code, 2024, 7.0)]
    gone = (row("N00001", YSTAD.code, 2024, math.nan), row("N00001", "1111", 1999, math.nan))
    put(small_project, part(parts, answer, partial=True, deleted=gone, retrieval=3))
    assert values(small_project) == {
        ("N00001", LUND.code, 2024): (12.0, 3),
        ("N00001", MALMO.code, 2024): (10.0, 2),
        ("N00001", VISBY.code, 2024): (7.0, 3),
    }


def test_an_answer_that_only_withdraws(small_project: Project, parts: Path) -> None:
    put(small_project, part(parts, [row("N00001", p.code, 2024, 10.0) for p in (LUND, MALMO)]))
    gone = (row("N00001", LUND.code, 2024, math.nan),)
    built = put(small_project, part(parts, [], "N00001", partial=True, deleted=gone))
    assert built.changed == {("N00001", "")}
    assert values(small_project).keys() == {("N00001", MALMO.code, 2024)}


def test_when_the_last_value_is_withdrawn_there_are_no_files(small_project: Project, parts: Path) -> None:
    put(small_project, part(parts, [row("N00001", LUND.code, 2024, 10.0)]))
    put(small_project, part(parts, [], "N00001", partial=True, deleted=(row("N00001", LUND.code, 2024, math.nan),)))
    store = Store.of(small_project)
    assert store.manifest.within == {}
    assert not {"within.parquet", "places.parquet"} & store.manifest.files.keys()
    assert store.within("12", {"N00001": 0}) == {}


def test_the_same_again_changes_nothing(small_project: Project, parts: Path) -> None:
    rows = [row("N00001", p.code, 2024, 10.0) for p in (LUND, MALMO)]
    put(small_project, part(parts, rows))
    before = small_project.store
    built = put(small_project, part(parts, rows[::-1], retrieval=3, origin=origin("2026-03-01")))
    assert built.changed == set()
    assert small_project.store == before


def test_a_regions_own_values_and_a_sources_leave_each_other_alone(small_project: Project, parts: Path) -> None:
    own = {"own": "12", "origin": origin(publisher="Region Skåne", api="")}
    everything = (*PLACES, OWN)
    put(small_project, part(parts, [row("N00001", LUND.code, 2024, 10.0)]))
    put(small_project, part(parts, [row("N00001", OWN.code, 2024, 20.0)], **own), places=everything)
    put(small_project, part(parts, [row("N00001", MALMO.code, 2024, 11.0)], retrieval=3))
    assert values(small_project).keys() == {("N00001", OWN.code, 2024), ("N00001", MALMO.code, 2024)}
    put(small_project, part(parts, [row("N00001", OWN.code, 2025, 21.0)], **own), places=everything)
    assert values(small_project).keys() == {("N00001", OWN.code, 2025), ("N00001", MALMO.code, 2024)}
    source, mine = Store.of(small_project).manifest.within["N00001"]
    assert (source.own, source.publisher) == ("", "Utgivaren")
    assert (mine.own, mine.publisher) == ("12", "Region Skåne")


def test_a_place_that_is_called_something_else_changes_its_own_region_alone(
    small_project: Project, parts: Path
) -> None:
    rows = [row("N00001", p.code, 2024, 10.0) for p in (LUND, VISBY)]
    put(small_project, part(parts, rows), part(parts, [r._replace(indicator="N00002") for r in rows]))
    before = Store.of(small_project).manifest.within
    put(small_project, part(parts, rows), places=[LUND._replace(name="Lunds kommun"), VISBY])
    after = Store.of(small_project).manifest.within
    for series in ("N00001", "N00002"):  # the name is shown with every series, also those that were not asked for
        assert before[series][0].regions["12"].digest != after[series][0].regions["12"].digest
        assert before[series][0].regions["09"] == after[series][0].regions["09"]
        assert after[series][0].retrieved == "2026-02-01"


def test_the_file_is_the_same_whatever_order_the_rows_came_in(
    small_project: Project, catalogue: Catalogue, tmp_path: Path, parts: Path
) -> None:
    rows = [row("N00001", p.code, y, y + i) for y in range(2000, 2025) for i, p in enumerate(PLACES)]
    seen = set()
    for n in range(3):
        random.Random(n).shuffle(rows)
        build(None, [part(parts, rows)], PLACES, load_catalogue(small_project), tmp_path / str(n))
        seen.add(hashlib.sha256((tmp_path / str(n) / "within.parquet").read_bytes()).hexdigest())
        assert {path.name for path in (tmp_path / str(n)).iterdir()} == {"within.parquet", "places.parquet"}
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("population", "sexes", "kept"),
    [("kvinnor", "T", "K"), ("kvinnor", "TK", "K"), ("män", "TM", "M"), ("alla", "TKM", "KMT")],
)
def test_an_indicator_that_concerns_one_sex_is_under_that(
    small_project: Project, parts: Path, population: str, sexes: str, kept: str
) -> None:
    path = small_project.params / "indicators" / "1-dodlighet.yml"
    text = path.read_text(encoding="utf-8").replace("kind: resultat", f"kind: resultat\n  population: {population}")
    path.write_text(text, encoding="utf-8")
    put(small_project, part(parts, [row("N00001", LUND.code, 2024, 10.0, sex=sex) for sex in sexes]))
    assert "".join(r["sex"] for r in stored(small_project)) == kept
    gone = (row("N00001", LUND.code, 2024, math.nan, sex="T"),)
    put(small_project, part(parts, [], "N00001", partial=True, deleted=gone))
    assert len(Store.of(small_project).manifest.within) == (population == "alla")


WRONG = {
    "no number": (row("N00001", LUND.code, 2024, None), "value: tomt kan inte vara en uppgift."),
    "not a number": (row("N00001", LUND.code, 2024, math.nan), "value: nan kan inte vara en uppgift."),
    "endless": (row("N00001", LUND.code, 2024, -math.inf), "value: -inf kan inte vara en uppgift."),
    "too large": (row("N00001", LUND.code, 2024, 1e13), "value: 10000000000000.0 kan inte vara en uppgift."),
    "endless limit": (row("N00001", LUND.code, 2024, 1.0, high=math.inf), "high: inf kan inte vara en uppgift."),
    "low above": (row("N00001", LUND.code, 2024, 1.0, low=2.0), "low, value, high: 2.0 1.0 ligger inte i ordning."),
    "negative": (row("N00001", LUND.code, 2024, 1.0, numerator=-1.0), "numerator: -1.0 är mindre än noll."),
    "year": (row("N00001", LUND.code, 1900, 1.0), "year: 1900 kan inte vara ett år."),
    "month": (row("N00001", LUND.code, 2024, 1.0, period="2024-13"), "period: 2024-13 är ingen månad."),
    "sex": (row("N00001", LUND.code, 2024, 1.0, sex="F"), "sex: F är inget kön."),
    "grouping": (
        row("N00001", LUND.code, 2024, 1.0, grouping="färg", group="x"),
        "grouping: färg är ingen uppdelning.",
    ),
    "group": (row("N00001", LUND.code, 2024, 1.0, group="x"), "group: x följs inte åt med uppdelningen."),
    "place": (row("N00001", "9999", 2024, 1.0), "9999 är ingen kommun eller enhet som källan har beskrivit."),
    "region": (row("N00001", "2600", 2024, 1.0), "26 är ingen region i params/units.yml."),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_series_with_a_row_that_does_not_fit_stays_as_it_was_and_the_others_go_on(
    small_project: Project, parts: Path, wrong: str
) -> None:
    put(small_project, part(parts, [row("N00001", LUND.code, 2023, 10.0)]))
    bad, what = WRONG[wrong]
    places = [*PLACES, Place("2600", "Utanför", "26", "kommun")]
    good = row("N00002", LUND.code, 2024, 5.0)
    built = put(
        small_project, part(parts, [bad, row("N00001", MALMO.code, 2023, 1.0)]), part(parts, [good]), places=places
    )
    assert built.faulty == {"N00001"}
    assert built.changed == {("N00002", "")}
    assert [fault.what for fault in built.faults] == [what]
    assert built.faults[0].where.startswith("kolada, N00001, ")
    assert str(bad.period or bad.year) in built.faults[0].where
    assert values(small_project) == {("N00001", LUND.code, 2023): (10.0, 2), ("N00002", LUND.code, 2024): (5.0, 2)}


def test_a_row_that_comes_twice_is_told_by_place_and_time(small_project: Project, parts: Path) -> None:
    twice = [row("N00001", LUND.code, 2024, 1.0, sex="K"), row("N00001", LUND.code, 2024, 2.0, sex="K")]
    built = put(small_project, part(parts, [*twice, row("N00001", LUND.code, 2024, 3.0)]))
    assert [str(f) for f in built.faults] == [
        "kolada, N00001, Lund (1281), 2024, K: Raden gäller samma observation som en annan rad."
    ]


def test_all_faults_are_told_at_once_and_very_many_are_counted(small_project: Project, parts: Path) -> None:
    bad = [row("N00001", LUND.code, year, -math.inf, sex="Z") for year in range(1960, 2021)]
    built = put(small_project, part(parts, bad), part(parts, [row("N00002", "9999", 2024, 1.0)]))
    what = [fault.what for fault in built.faults]
    assert what.count("value: -inf kan inte vara en uppgift.") == what.count("sex: Z är inget kön.") == MOST_TOLD
    assert what.count(f"och {61 - MOST_TOLD}\u00a0rader till med samma fel.") == 2
    assert len({fault.where for fault in built.faults if "1960" in fault.where}) == 1
    assert built.faulty == {"N00001", "N00002"}


def test_what_the_unit_of_measure_does_not_allow_is_kept_and_told(small_project: Project, parts: Path) -> None:
    rows = [row("N00001", LUND.code, 2024, 200_000.0), row("N00001", MALMO.code, 2024, -3.5)]
    built = put(small_project, part(parts, rows))
    assert built.faults == []
    assert built.told == [
        ("N00001", "Inom regionerna: 1\u00a0värde är större än 100\u00a0000 och visas inte, bland annat Lund 2024 "
         "(200\u00a0000,00)."),
        ("N00001", "Inom regionerna: 1\u00a0värde är mindre än 0 och visas inte, bland annat Malmö 2024 (−3,50)."),
    ]  # fmt: skip
    assert len(stored(small_project)) == 2


def test_texts_with_signs_of_their_own_in_the_question_are_only_texts(small_project: Project, parts: Path) -> None:
    odd = Place("x'; DROP TABLE known; --", 'O\'Malley "ett"', "12", "enhet")
    put(small_project, part(parts, [row("N00001", odd.code, 2024, 1.0)]), places=[odd])
    assert Store.of(small_project).places("12") == {odd.code: odd}
    assert Store.of(small_project).within("12", {"N00001": 0})["N00001"][0].region == odd.code


def test_the_project_may_lie_in_a_folder_with_any_name(small_project: Project, tmp_path: Path) -> None:
    root = tmp_path / "vår mapp [ny] *vad? d'or" / "region=7"
    root.parent.mkdir()
    small_project.root.rename(root)
    moved, folder = Project(root), root / "delar"
    folder.mkdir()
    put(moved, part(folder, [row("N00001", LUND.code, 2023, 1.0), row("N00001", MALMO.code, 2023, 1.0)]))
    before = Store.of(moved)
    put(moved, part(folder, [row("N00001", LUND.code, 2023, 2.0)], partial=True))
    assert values(moved) == {("N00001", LUND.code, 2023): (2.0, 2), ("N00001", MALMO.code, 2023): (1.0, 2)}
    assert len(changes(before, Store.of(moved)).values) == 1
    assert within_faults(Store.of(moved), load_catalogue(moved)) == []


def test_without_parts_nothing_is_read_and_the_database_is_not_even_imported(small_project: Project) -> None:
    code = (
        "import sys; from pathlib import Path; from varddialog.data.within import build, changes, verify\n"
        "assert build.build(None, [], [], None, Path('finns-inte')).changed == set()\n"
        "assert 'duckdb' not in sys.modules, 'duckdb'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_far_more_rows_than_memory_holds_are_sorted_on_disk(
    small_project: Project, parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two million rows, which would take some three hundred megabytes."""
    monkeypatch.setattr(database, "MEMORY", "120MB")
    places = [Place(f"V{i:05}", f"Enhet {i}", "12" if i % 2 else "01", "enhet") for i in range(1000)]
    one = part(parts, [row("N00001", place.code, 1975 + n, n * 0.5) for place in places for n in range(50)])
    assert one.rows
    table = pq.read_table(one.rows)
    with pq.ParquetWriter(one.rows, table.schema) as writer:
        for n in range(40):
            group = pa.array([f"grupp {n}"] * len(table)), pa.array(["ålder"] * len(table))
            writer.write_table(table.set_column(5, "grouping", group[1]).set_column(6, "group", group[0]))
    assert build(None, [one], places, load_catalogue(small_project), tmp_path / "stor").faults == []
    metadata = pq.read_metadata(tmp_path / "stor" / "within.parquet")
    assert metadata.num_rows == 2_000_000
    assert metadata.num_row_groups == math.ceil(metadata.num_rows / ROW_GROUP)
    regions = pq.read_table(tmp_path / "stor" / "within.parquet", columns=["region"])["region"].to_pylist()
    assert regions == sorted(regions)
