"""The rows of a source wait on disk until all are there, and come back as they were given."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.making import observation

from varddialog.data.rows import ForeignValue, Observation
from varddialog.data.sources.base import (
    Abroad,
    Batch,
    Done,
    Event,
    Heeded,
    Lacking,
    Listed,
    Place,
    Places,
    Unchanged,
)
from varddialog.data.update import staging
from varddialog.data.update.staging import Stage
from varddialog.data.write import FOREIGN


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path / "väntar" / "kolada")


def take(stage: Stage, *events: Event) -> None:
    for event in events:
        stage.take(event)


def rows(stage: Stage, series: str) -> list[Observation]:
    found = stage.rows(series).astype(object)
    return [Observation(*row) for row in found.where(found.notna(), None).itertuples(index=False, name=None)]


def test_rows_come_back_as_they_were_given(stage: Stage) -> None:
    given = [
        observation("00", 2023, 1.25),
        observation("12", 2024, 2.5, period="2024-03", sex="K", low=2.0, high=3.0, numerator=5.0, denominator=200.0),
        observation("12", 2024, 3.0, grouping="utbildning", group="Gymnasial"),
    ]
    take(stage, Batch("T1", given[:2]), Batch("T1", given[2:]), Done("T1"))
    assert rows(stage, "T1") == given


def test_series_do_not_mix_however_their_rows_come(stage: Stage) -> None:
    one, other = observation("12", 2024, 1.0), observation("12", 2024, 2.0)
    take(stage, Batch("T1", [one]), Batch("T2", [other]), Batch("T1", [other]), Done("T2"), Done("T1"))
    assert rows(stage, "T1") == [one, other]
    assert rows(stage, "T2") == [other]


def test_rows_of_places_within_regions_lie_by_themselves(stage: Stage) -> None:
    take(stage, Places([Place("1280", "Malmö", "12", "kommun")]), Batch("T1", [observation("12", 2024, 1.0)]))
    take(stage, Batch("T1", [observation("1280", 2024, 2.0)], within=True), Done("T1"))
    assert [row.region for row in rows(stage, "T1")] == ["12"]
    assert stage.within("T1") is not None
    assert stage.within("T2") is None
    assert stage.places == {"1280": Place("1280", "Malmö", "12", "kommun")}


def test_values_of_countries_come_back_in_the_columns_of_the_store(stage: Stage) -> None:
    given = [ForeignValue("EU", "SE", 2022, 1.5, "P"), ForeignValue("EU", "DK", 2022, 2.0, "")]
    take(stage, Abroad("EU", given), Done("EU"))
    found = stage.foreign("EU")
    assert list(found) == FOREIGN
    assert [ForeignValue(*row) for row in found.itertuples(index=False, name=None)] == given


def test_a_series_without_rows_is_an_empty_table_with_its_columns(stage: Stage) -> None:
    take(stage, Batch("T1", []), Done("T1"))
    assert stage.rows("T1").empty
    assert list(stage.rows("T1")) == list(Observation._fields)
    assert stage.foreign("T1").empty
    assert stage.within("T1") is None


def test_how_each_series_ended_is_kept(stage: Stage) -> None:
    take(stage, Done("T1", title="Ett"), Unchanged("T2", "7"), Lacking("T3", "Finns inte."), Heeded("T4", "Se upp."))
    take(stage, Listed("Alla", {"T1": "Ett"}))
    assert stage.done == {"T1": Done("T1", title="Ett")}
    assert stage.unchanged == {"T2": Unchanged("T2", "7")}
    assert stage.lacking == {"T3": "Finns inte."}
    assert stage.heeded == [Heeded("T4", "Se upp.")]
    assert stage.listed == [Listed("Alla", {"T1": "Ett"})]


def test_many_rows_are_laid_down_in_pieces_and_are_one_table(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PIECE", 10)
    given = [observation("12", year, float(year)) for year in range(1960, 2005)]
    for start in range(0, len(given), 4):
        take(stage, Batch("T1", given[start : start + 4]))
    assert sum(map(len, stage._waiting.values())) < 10  # what waits in memory is bounded
    take(stage, Done("T1"))
    assert rows(stage, "T1") == given


def test_what_never_ended_leaves_no_open_file_and_no_rows(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PIECE", 2)
    take(stage, Batch("T1", [observation("12", year, 1.0) for year in (2022, 2023, 2024)]))
    take(stage, Batch("T2", [observation("12", 2024, 1.0)]))
    stage.close()
    stage.close()
    assert "T1" not in stage.done
    assert rows(stage, "T2") == []
