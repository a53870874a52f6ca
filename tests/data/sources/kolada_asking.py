"""Asking a played Kolada: what the tests of it share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd
import pytest
from tests.data.sources.loopback import Loopback
from tests.data.sources.servers.kolada import REGIONS, KoladaServer

from varddialog.data.rows import Observation
from varddialog.data.schema import COLUMNS
from varddialog.data.sources.base import Batch, Event, Wanted
from varddialog.data.sources.kolada import Kolada
from varddialog.data.sources.transport import open_client
from varddialog.model.live import KoladaQuery

SINCE = dt.date(2026, 3, 1)
LATER = dt.date(2026, 3, 10)
HALLAND = ["00", "13"]


def query(kpi: str, **fields: Any) -> KoladaQuery:
    return KoladaQuery(api="kolada", kpi=kpi, **fields)


def want(*kpis: str, since: dt.date | None = None, **fields: Any) -> list[Wanted]:
    return [Wanted(kpi, (query(kpi, **fields),), since) for kpi in kpis]


def row(series: str, region: str, year: int, value: float, sex: str = "T", period: str = "") -> Observation:
    return Observation(series, region, year, period, sex, "", "", value, None, None, None, None)


def small(**knobs: Any) -> KoladaServer:
    """One measure, N10000: two years for Riket and Halland."""
    server = KoladaServer.of(pd.DataFrame(columns=COLUMNS), {"N10000": [query("N10000")]}, **knobs)
    for unit, value in {"0000": 1.5, "0013": 2.25}.items():
        server.put("N10000", unit, "2023", T=value, K=value + 1, M=value - 1)
        server.put("N10000", unit, "2024", T=value + 0.1)
    return server


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Iterator[Event]]:
    """What Kolada answers, as it comes."""

    def asked(
        server: Loopback, wanted: Sequence[Wanted], regions: Sequence[str] = REGIONS, base: str = "/v3"
    ) -> Iterator[Event]:
        monkeypatch.setenv("VARDDIALOG_KOLADA_URL", server.url + base)
        with open_client("kolada") as client:
            yield from Kolada().fetch(wanted, client, regions)

    return asked


Ask = Callable[..., list[Event]]


@pytest.fixture
def ask(events: Callable[..., Iterator[Event]]) -> Ask:
    return lambda *args, **named: list(events(*args, **named))


def of(kind: type, found: Sequence[Event]) -> list[Any]:
    return [event for event in found if isinstance(event, kind)]


def rows(found: Sequence[Event], within: bool = False) -> list[Observation]:
    return [row for batch in of(Batch, found) if batch.within == within for row in batch.rows]


def data_paths(server: Loopback) -> list[str]:
    return [path for path in server.paths() if "data/" in path]
