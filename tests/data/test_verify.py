"""Verifying: a store that is damaged, that the catalogue does not fit, or whose remarks are old, is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from varddialog.config import Project
from varddialog.data.manifest import Manifest
from varddialog.data.rows import RemarkRow
from varddialog.data.schema import INTERNATIONAL, MANIFEST, ORDERINGS, POPULATION, REMARKS
from varddialog.data.store import Store
from varddialog.data.verify import series_faults, verify
from varddialog.data.write import write_table
from varddialog.errors import DataError
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.model.indicator import Gap, Indicator, International

BY_UNIT, BY_INDICATOR = ORDERINGS
AREA = "dodlighet"


@pytest.fixture
def known(small_project: Project) -> Catalogue:
    return load_catalogue(small_project)


@pytest.fixture
def store(small_project: Project) -> Store:
    return Store.of(small_project)


def rewrite(store: Store, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Change a file of the store and let the manifest vouch for it."""
    path = store.folder / name
    stored = write_table(change(pq.read_table(path).to_pandas()), path)
    manifest = Manifest.model_validate_json((store.folder / MANIFEST).read_bytes())
    manifest.files[name] = stored
    (store.folder / MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")


def with_indicators(known: Catalogue, change: Callable[[Indicator], Indicator | None]) -> Catalogue:
    changed = (change(indicator) for indicator in known.areas[AREA])
    return replace(known, areas={AREA: tuple(indicator for indicator in changed if indicator)})


def again(store: Store) -> Store:
    """The store as someone who opens it now finds it."""
    return Store(store.folder, store.shown)


def faults(store: Store, known: Catalogue) -> list[tuple[str, str]]:
    with pytest.raises(DataError) as caught:
        verify(again(store), known)
    return [(fault.where, fault.what) for fault in caught.value.faults]


def test_the_real_store_is_whole_and_gives_its_remarks(project: Project, catalogue: Catalogue) -> None:
    real = Store.of(project)
    remarks = verify(real, catalogue)
    stored = [RemarkRow(*row) for row in real.remarks().itertuples(index=False, name=None)]
    assert remarks == stored
    assert {remark.level for remark in remarks} == {"fel", "osannolikt", "upplysning"}


def test_a_store_without_faults(store: Store, known: Catalogue) -> None:
    assert verify(store, known) == [RemarkRow(*row) for row in store.remarks().itertuples(index=False, name=None)]


@pytest.mark.parametrize("name", [*ORDERINGS, INTERNATIONAL, POPULATION, REMARKS])
def test_one_changed_byte_is_found(store: Store, known: Catalogue, name: str) -> None:
    path: Path = store.folder / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert faults(store, known) == [(f"data/store/{name}", "Filen är ändrad: kontrollsumman stämmer inte.")]


def test_a_row_that_does_not_fit_is_found(store: Store, known: Catalogue) -> None:
    for name in ORDERINGS:
        rewrite(store, name, lambda table: table.assign(sex=table["sex"].where(table.index != 3, "F")))
    ((where, what),) = faults(store, known)
    assert where == f"data/store/{BY_INDICATOR}, rad 4"
    assert what.startswith("sex: 'F'")


def change_a_value(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(value=table["value"].where(table.index != 0, 12.0))


@pytest.mark.parametrize("change", [change_a_value, lambda table: table.iloc[1:]], ids=["changed", "removed"])
def test_orderings_that_differ_are_found(
    store: Store, known: Catalogue, change: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    rewrite(store, BY_UNIT, change)
    assert faults(store, known) == [("data/store", "De två sorteringarna av observationerna håller inte samma rader.")]


def no_remarks(table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[:0]


def other_words(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(reason="Annat skäl.")


@pytest.mark.parametrize("change", [no_remarks, other_words])
def test_remarks_that_are_not_those_of_the_checks_are_found(
    store: Store, known: Catalogue, change: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    def jump(table: pd.DataFrame) -> pd.DataFrame:
        """A value that no region can have, so that there is something to remark on."""
        year = (table["indicator"] == "N00001") & (table["region"] == "12") & (table["year"] == 2021)
        return table.assign(value=table["value"].mask(year, -5.0))

    for name in ORDERINGS:
        rewrite(store, name, jump)
    stale = [(f"data/store/{REMARKS}", "De sparade anmärkningarna stämmer inte med vad kontrollerna säger.")]
    assert faults(store, known) == stale
    rewrite(store, REMARKS, lambda table: _remarks(store, known))
    assert any(remark.level == "fel" and remark.region == "12" for remark in verify(again(store), known))
    rewrite(store, REMARKS, change)
    assert faults(store, known) == stale


def _remarks(store: Store, known: Catalogue) -> pd.DataFrame:
    from varddialog.data.quality import inspect

    return inspect(store.observations(), known)


def test_a_series_without_an_entry_gets_a_suggestion(store: Store, known: Catalogue) -> None:
    renamed = with_indicators(known, lambda i: i.model_copy(update={"id": "N0002"}) if i.id == "N00002" else i)
    found = series_faults(store, renamed)
    assert [(fault.where, fault.what) for fault in found] == [
        ("data/store/manifest.json", "Serien N00002 står inte i katalogen."),
        ("params/indicators, N0002", "Måttet har inga uppgifter och ingen beskriven lucka."),
    ]
    assert found[0].todo == "Menade du «N0002»?"
    assert faults(store, renamed) == [(fault.where, fault.what) for fault in found]


def test_a_gap_that_has_figures_is_found(store: Store, known: Catalogue) -> None:
    gap = Gap(missing="Uppgifter.", holder="Regionen")
    gapped = with_indicators(known, lambda i: i.model_copy(update={"gap": gap}) if i.id == "N00001" else i)
    assert faults(store, gapped) == [("params/indicators, N00001", "Måttet beskrivs som en lucka men har uppgifter.")]


def test_an_international_series_that_is_not_there_gets_a_suggestion(store: Store, known: Catalogue) -> None:
    def pointing(series: str) -> Catalogue:
        abroad = International(series=series, match="samma")
        return with_indicators(
            known, lambda i: i.model_copy(update={"international": abroad}) if i.id == "N00001" else i
        )

    assert verify(store, pointing("EU_MORT")) == verify(store, known)
    assert faults(store, pointing("EU_MORTS")) == [
        ("params/indicators, N00001", "Den internationella serien EU_MORTS finns inte.")
    ]
    assert series_faults(store, pointing("EU_MORTS"))[0].todo == "Menade du «EU_MORT»?"


def test_what_does_not_fit_is_told_all_at_once(store: Store, known: Catalogue) -> None:
    rewrite(store, BY_UNIT, change_a_value)
    told = [what for _, what in faults(store, with_indicators(known, lambda i: None if i.id == "N00002" else i))]
    assert told == [
        "De två sorteringarna av observationerna håller inte samma rader.",
        "Serien N00002 står inte i katalogen.",
    ]
