"""What differs between two snapshots: every value that is new, changed or gone, in the order it is to be read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.making import observation

from varddialog.data import changes as module
from varddialog.data.changes import Change, Count, changes, counts, table_changes
from varddialog.data.manifest import Manifest, Origin, Retrieval
from varddialog.data.rows import ForeignValue, Observation
from varddialog.data.schema import COLUMNS, RETRIEVAL
from varddialog.data.store import Store
from varddialog.data.update.merge import empty_population
from varddialog.data.write import FOREIGN, Content, write_content
from varddialog.model.catalogue import Catalogue

Write = Callable[..., Store]
ORIGIN = Origin(publisher="U", channel="K", unit="procent", period="år", retrieved="2026-01-01", licence=None)


def table(rows: Sequence[Observation]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=COLUMNS)
    numbers = ["value", "low", "high", "numerator", "denominator"]
    return found.astype(dict.fromkeys(numbers, float))


@pytest.fixture
def write(tmp_path: Path, catalogue: Catalogue) -> Write:
    """Writes a store with those rows, each fetched by the retrieval of that number."""
    numbers = itertools.count()

    def one(rows: Sequence[Observation], abroad: Sequence[ForeignValue] = (), retrieval: int = 1) -> Store:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        content = Content(
            table(rows).assign(**{RETRIEVAL: retrieval}),
            {row.indicator: ORIGIN for row in rows},
            pd.DataFrame(abroad, columns=FOREIGN),
            {row.series: ORIGIN for row in abroad},
            empty_population(),
            {str(retrieval): Retrieval(day="2026-01-01", source="prov")},
        )
        write_content(content, folder, catalogue)
        return Store(folder, folder.name)

    return one


def kinds(before: Sequence[Observation], after: Sequence[Observation]) -> list[tuple[Any, ...]]:
    return [(c.kind, c.year, c.before, c.after) for c in table_changes(table(before), table(after))]


def test_a_value_is_new_changed_or_gone() -> None:
    before = [observation("12", 2022, 1.0), observation("12", 2023, 2.0), observation("12", 2024, 3.0)]
    after = [observation("12", 2023, 2.5), observation("12", 2024, 3.0), observation("12", 2025, 4.0)]
    assert kinds(before, after) == [
        ("ny", 2025, None, 4.0),
        ("ändrad", 2023, 2.0, 2.5),
        ("försvunnen", 2022, 1.0, None),
    ]


def test_equal_tables_differ_in_nothing_whatever_their_order() -> None:
    rows = [observation(region, year, 1.0, low=0.5) for region in ("01", "12") for year in (2023, 2024)]
    assert kinds(rows, rows[::-1]) == []


def test_the_newest_year_is_first_and_within_it_what_is_changed_then_gone_then_new() -> None:
    before = [observation(region, year, 1.0) for region in ("03", "12") for year in (2023, 2024)]
    after = [observation(region, year, 2.0) for region in ("01", "12") for year in (2023, 2024)]
    found = table_changes(table(before), table(after))
    assert [(c.year, c.kind, c.region) for c in found] == [
        (year, kind, region)
        for year in (2024, 2023)
        for kind, region in (("ändrad", "12"), ("försvunnen", "03"), ("ny", "01"))
    ]


def test_series_come_one_after_the_other() -> None:
    after = [observation("12", year, 1.0, indicator=name) for year in (2023, 2024) for name in ("T2", "T1")]
    found = table_changes(table([]), table(after))
    assert [(c.series, c.year) for c in found] == [("T1", 2024), ("T1", 2023), ("T2", 2024), ("T2", 2023)]


def test_months_groups_and_sexes_are_values_of_their_own() -> None:
    own = [
        {},
        {"period": "2024-01"},
        {"period": "2024-02"},
        {"sex": "K"},
        {"sex": "M"},
        {"grouping": "utbildning", "group": "Eftergymnasial"},
        {"grouping": "utbildning", "group": "Gymnasial"},
    ]
    before = [observation("12", 2024, 1.0, **change) for change in own]
    for place, change in enumerate(own):
        after = [row._replace(value=2.0) if at == place else row for at, row in enumerate(before)]
        (found,) = table_changes(table(before), table(after))
        assert {name: getattr(found, name) for name in change} == change
        assert (found.kind, found.before, found.after) == ("ändrad", 1.0, 2.0)
    monthly = table_changes(table([]), table(before[:2]))
    assert {c.when for c in monthly} == {"2024", "2024-01"}


@pytest.mark.parametrize("name", ["low", "high", "numerator", "denominator"])
def test_a_value_whose_limits_or_counts_differ_is_changed(name: str) -> None:
    numbers = {"low": 0.0, "high": 2.0, "numerator": 10.0, "denominator": 100.0}
    before = observation("12", 2024, 1.0, **numbers)
    for other in (1.0, None):
        after = before._replace(**{name: other})
        assert kinds([before], [after]) == [("ändrad", 2024, 1.0, 1.0)]
        assert kinds([after], [before]) == [("ändrad", 2024, 1.0, 1.0)]


def test_what_is_missing_before_and_after_is_no_change() -> None:
    assert kinds([observation("12", 2024, 1.0)], [observation("12", 2024, 1.0, low=None)]) == []


def test_counts_are_by_series_and_name_the_new_years_newest_first() -> None:
    def change(kind: str, series: str, year: int) -> Change:
        return Change(kind, series, "12", year, "", "T", "", "", None, None)  # type: ignore[arg-type]

    found = [change("ny", "A", 2024), change("ny", "A", 2025), change("ny", "A", 2025), change("ändrad", "A", 2020)]
    found += [change("försvunnen", "B", 2019)]
    assert counts(found) == [Count("A", 3, 1, 0, (2025, 2024)), Count("B", 0, 0, 1, ())]
    assert counts([]) == []


# between stores


def test_without_a_store_before_everything_is_new(write: Write) -> None:
    after = write([observation("12", 2024, 1.0, indicator="N00945")], [ForeignValue("EU", "SE", 2022, 3.0, "")])
    assert [(c.kind, c.series, c.region, c.abroad) for c in changes(None, after)] == [
        ("ny", "N00945", "12", False),
        ("ny", "EU", "SE", True),
    ]


def test_a_series_that_comes_or_goes_is_all_new_or_all_gone(write: Write) -> None:
    rows = [observation("12", year, 1.0, indicator="N00945") for year in (2023, 2024)]
    other = [row._replace(indicator="U01402") for row in rows]
    found = changes(write(rows, [ForeignValue("EU", "SE", 2022, 3.0, "")]), write(other))
    assert [(c.kind, c.series, c.year) for c in found] == [
        ("försvunnen", "N00945", 2024),
        ("försvunnen", "N00945", 2023),
        ("ny", "U01402", 2024),
        ("ny", "U01402", 2023),
        ("försvunnen", "EU", 2022),
    ]


def test_values_of_countries_are_compared_with_their_flags(write: Write) -> None:
    rows = [observation("12", 2024, 1.0, indicator="N00945")]
    before = [ForeignValue("EU", "SE", 2021, 1.0, ""), ForeignValue("EU", "SE", 2022, 2.0, "P")]
    before += [ForeignValue("EU", "DK", 2022, 5.0, "")]
    after = [ForeignValue("EU", "SE", 2021, 1.0, ""), ForeignValue("EU", "SE", 2022, 2.0, "")]
    after += [ForeignValue("EU", "DK", 2022, 5.5, ""), ForeignValue("EU", "SE", 2023, 2.5, "")]
    assert [tuple(c) for c in changes(write(rows, before), write(rows, after))] == [
        ("ny", "EU", "SE", 2023, "", "T", "", "", None, 2.5, True),
        ("ändrad", "EU", "DK", 2022, "", "T", "", "", 5.0, 5.5, True),
        ("ändrad", "EU", "SE", 2022, "", "T", "", "", 2.0, 2.0, True),
    ]


def test_values_that_were_fetched_again_and_are_the_same_are_no_change(write: Write) -> None:
    rows = [observation("12", 2024, 1.0, indicator="N00945")]
    before, after = write(rows), write(rows, retrieval=2)
    assert before.manifest.files != after.manifest.files
    assert changes(before, after) == []


def test_only_series_whose_checksums_differ_are_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [observation("12", 2024, 1.0, indicator=name) for name in ("N00945", "U01402", "N00955")]
    before, after = write(rows), write([*rows[:2], rows[2]._replace(value=2.0)])
    read: list[Sequence[str]] = []

    def noted(store: Store | None, series: list[str]) -> pd.DataFrame:
        read.append(series)
        assert store
        return store.observations(indicators=series)

    monkeypatch.setattr(module, "_observations", noted)
    assert [c.series for c in changes(before, after)] == ["N00955"]
    assert read == [["N00955"], ["N00955"]]
    assert changes(before, before) == []
    assert len(read) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"value": 2.0},
        {"low": 0.5},
        {"numerator": 3.0, "denominator": 100.0},
        {"sex": "K"},
        {"grouping": "utbildning", "group": "Gymnasial"},
        {"region": "13"},
        {"year": 2023},
        {"period": "2024-01"},
    ],
    ids=str,
)
def test_no_difference_escapes_the_checksums(write: Write, change: dict[str, Any]) -> None:
    rows = [observation("12", 2024, 1.0, indicator="N00945"), observation("01", 2024, 1.0, indicator="N00945")]
    before, after = write(rows), write([rows[0]._replace(**change), rows[1]])
    assert changes(before, after) != []
    assert isinstance(before.manifest, Manifest)
