"""A series that the catalogue promises and that did not come is lacking, with the reason that the reports show."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from tests.conftest import SMALL_FILE
from tests.data.sources.servers.kolada import KoladaServer
from tests.data.update.conftest import TODAY, Update

from varddialog.config import Project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.data.store import Store
from varddialog.data.verify import verify
from varddialog.errors import DataError
from varddialog.model.catalogue import load_catalogue

DEAD = {"api": "forsakringskassan", "dataset": "A", "table": "B", "observation": "C"}


@pytest.fixture
def empty(live_project: Project, kolada: KoladaServer, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project without a store."""
    shutil.rmtree(live_project.stores)
    monkeypatch.setenv("VARDDIALOG_FORSAKRINGSKASSAN_URL", "http://127.0.0.1:9")
    return live_project


def live(project: Project, queries: list[dict[str, Any]], **keys: Any) -> None:
    """Let N00002 be fetched so."""
    path = project.params / "indicators" / SMALL_FILE
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    described["indicators"][1] |= {"live": queries} | keys
    path.write_text(yaml.safe_dump(described, allow_unicode=True, sort_keys=False), encoding="utf-8")


def lacking(project: Project) -> dict[str, str]:
    # the store fits the catalogue all the same, and what is lacking is a gap there
    verify(Store.of(project), load_catalogue(project))
    found = dict(Store.of(project).manifest.lacking)
    gaps = {i.id: i.gap.missing for i in catalogue_with_figures(project).indicators.values() if i.gap}
    assert found == gaps
    return found


def withdraw_all(kolada: KoladaServer) -> None:
    for place in list(kolada.data.figures):  # type: ignore[union-attr]
        if place.kpi == "N00002":
            kolada.withdraw("N00002", place.unit, place.period, TODAY)


def test_nothing_is_lacking_when_all_has_come(empty: Project, run: Update) -> None:
    run()
    assert lacking(empty) == {}


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (lambda p, k: live(p, []), "Uppgifterna går inte att hämta från någon öppen källa."),
        (lambda p, k: live(p, [DEAD]), "Källan gick inte att nå när uppgifterna hämtades."),
        (lambda p, k: k.titles.pop("N00002"), "Kolada har inget mått med koden N00002."),
        (lambda p, k: withdraw_all(k), "Kolada har måttet, men inga uppgifter för regionerna."),
        (
            lambda p, k: k.put("N00002", "0012", "2021", T="många"),
            "Källans svar gick inte att använda när uppgifterna hämtades.",
        ),
        (
            lambda p, k: k.put("N00002", "0012", "2021", T=1e300),
            "Källans svar gick inte att använda när uppgifterna hämtades.",
        ),
    ],
    ids=["no source", "not reached", "unknown to the source", "empty there", "no numbers", "impossible numbers"],
)
def test_why_a_series_did_not_come_is_kept_with_the_store(
    empty: Project, kolada: KoladaServer, run: Update, happens: Callable[[Project, KoladaServer], object], reason: str
) -> None:
    happens(empty, kolada)
    run()
    assert lacking(empty) == {"N00002": reason}


def test_a_series_that_was_not_asked_for_says_so(empty: Project, run: Update) -> None:
    run(indicators=["N00001"])
    assert lacking(empty) == {"N00002": "Uppgifterna är inte hämtade."}
    run(indicators=["N00002"])
    assert lacking(empty) == {}


def test_the_reason_stands_until_the_series_is_asked_for_again(
    empty: Project, kolada: KoladaServer, run: Update
) -> None:
    title = kolada.titles.pop("N00002")
    run()
    kolada.put("N00001", "0012", "2025", T=99.0)
    run(indicators=["N00001"])
    assert lacking(empty) == {"N00002": "Kolada har inget mått med koden N00002."}
    kolada.titles["N00002"] = title
    run()
    assert lacking(empty) == {}


def test_a_series_that_the_store_has_is_not_lacking_when_its_source_is_silent(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    del kolada.titles["N00002"]
    kolada.put("N00001", "0012", "2025", T=99.0)
    run()
    assert lacking(live_project) == {}


def test_a_store_that_would_lack_a_unit_altogether_is_not_made(
    empty: Project, kolada: KoladaServer, run: Update
) -> None:
    for place in list(kolada.data.figures):  # type: ignore[union-attr]
        if place.unit == "0009":
            kolada.withdraw(*place, TODAY)
    with pytest.raises(DataError, match=r"Gotland \(enhet 09\) har inga uppgifter alls"):
        run()
    assert not (empty.stores / "current").exists()
