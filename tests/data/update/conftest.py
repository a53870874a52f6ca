"""A small project whose two indicators are fetched from a Kolada that is played on loopback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from tests.conftest import SMALL_FILE
from tests.data.sources.conftest import no_waiting, own_network
from tests.data.sources.loopback import Loopback
from tests.data.sources.servers.kolada import KoladaServer

from varddialog.config import Project
from varddialog.data.store import Store
from varddialog.data.update.gather import Where
from varddialog.data.update.plan import live_queries
from varddialog.data.update.run import Ask, Outcome, update
from varddialog.model.catalogue import load_catalogue

__all__ = ["no_waiting", "own_network"]

TODAY = dt.date(2026, 11, 26)
Update = Callable[..., Outcome]


def change(project: Project, series: str, **keys: Any) -> None:
    """Let params say something else, or more, of an indicator."""
    path = project.params / "indicators" / SMALL_FILE
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    for indicator in described["indicators"]:
        if indicator["id"] == series:
            indicator |= keys
    path.write_text(yaml.safe_dump(described, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture
def live_project(small_project: Project) -> Project:
    """The small project; each of its indicators is the measure of Kolada with its id, and nothing else is fetched."""
    for series in load_catalogue(small_project).indicators:
        change(small_project, series, live=[{"api": "kolada", "kpi": series}])
    (small_project.params / "international.yml").unlink()
    return small_project


@pytest.fixture
def kolada(live_project: Project, own_network: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[KoladaServer]:
    """It holds what the store holds; `kolada.played` is its server."""
    queries = live_queries(load_catalogue(live_project))
    app = KoladaServer.of(Store.of(live_project).observations(), queries)
    with Loopback(app) as server:
        monkeypatch.setenv("VARDDIALOG_KOLADA_URL", f"{server.url}/v3")
        app.played = server  # type: ignore[attr-defined]
        yield app


@pytest.fixture
def run(live_project: Project) -> Update:
    """An update of the project on a day, today when none is named."""

    def one(day: dt.date = TODAY, **asked: object) -> Outcome:
        ask = Ask(**{"where": Where(live_project.cache), **asked})  # type: ignore[arg-type]
        return update(live_project, load_catalogue(live_project), ask, day, lambda _: None)

    return one
