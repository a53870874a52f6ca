"""Every API that the catalogue asks, played on loopback with the figures of a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import pandas as pd
import pytest
from tests.data.sources.loopback import Loopback, with_etag
from tests.data.sources.servers.eurostat import EurostatServer
from tests.data.sources.servers.forsakringskassan import ROOT as FK_ROOT
from tests.data.sources.servers.forsakringskassan import ForsakringskassanServer
from tests.data.sources.servers.kolada import KoladaServer
from tests.data.sources.servers.oecd import ROOT as OECD_ROOT
from tests.data.sources.servers.oecd import OecdServer
from tests.data.sources.servers.pxweb import PxWebServer
from tests.data.sources.servers.pxweb2 import PxWeb2Server

from varddialog.data.store import Store
from varddialog.data.update.plan import live_queries
from varddialog.model.catalogue import Catalogue
from varddialog.model.live import KoladaQuery, Query

Queries = Mapping[str, Sequence[Query]]


@contextmanager
def serving(store: Store, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Loopback]]:
    """API → its server; the environment names their addresses while the block lasts."""
    rows, countries = store.observations(), store.table_of_countries()
    asked: dict[str, dict[str, Sequence[Query]]] = {}
    for series, queries in live_queries(catalogue).items():
        asked.setdefault(queries[0].api, {})[series] = queries
    # what another source has of a series; not where that is a series of its own, with figures of its own
    own = {query.kpi for queries in asked["kolada"].values() for query in queries if isinstance(query, KoladaQuery)}
    compared = {
        i.id: [q for q in i.compare if isinstance(q, KoladaQuery) and q.kpi not in own]
        for i in catalogue.indicators.values()
    }
    with ExitStack() as stack:
        servers: dict[str, Loopback] = {}
        for api, queries in asked.items():
            also = {s: more for s, more in compared.items() if more} if api == "kolada" else {}
            wanted = {s: [*queries.get(s, ()), *also.get(s, ())] for s in [*queries, *(also.keys() - queries.keys())]}
            server = stack.enter_context(_server(api, rows, countries, wanted))
            servers[api] = server
            monkeypatch.setenv(f"VARDDIALOG_{api.upper()}_URL", _address(server, api))
        yield servers


def _address(server: Loopback, api: str) -> str:
    roots = {"kolada": "/v3", "forsakringskassan": FK_ROOT, "oecd": OECD_ROOT}
    named: str = getattr(server, "address", "") or server.url + roots.get(api, "")
    return named


def _server(api: str, rows: pd.DataFrame, countries: pd.DataFrame, queries: Queries) -> Loopback:
    wanted: Any = queries
    match api:
        case "kolada":
            return Loopback(with_etag(KoladaServer.of(rows, wanted)))
        case "scb" | "fohm":
            return PxWebServer.of(rows, wanted)
        case "scb2":
            return PxWeb2Server.of(rows, wanted)
        case "forsakringskassan":
            return Loopback(with_etag(ForsakringskassanServer.of(rows, wanted)))
        case "eurostat":
            return EurostatServer.of(countries, {series: own[0] for series, own in wanted.items()})
        case "oecd":
            return Loopback(with_etag(OecdServer.of(countries, wanted)))
    raise AssertionError(f"no server plays {api}")
