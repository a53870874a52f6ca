"""SCB's version 2: the same series and rules as version 1, asked for by the id of a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from tests.data.sources import faults
from tests.data.sources.asking import ask_at, rows
from tests.data.sources.servers.pxweb2 import PxWeb2Server
from tests.data.sources.servers.tables import Table, Variable

from varddialog.data.sources.base import Batch, Done, Event, Heeded, Lacking, Unchanged, Wanted
from varddialog.data.sources.pxweb2 import PxWeb2
from varddialog.errors import SourceError
from varddialog.model.live import TableQuery

SINCE = dt.date(2026, 1, 1)
COUNTIES = {"00": "Riket", "13": "Hallands län"}
BORN = {"09": "född i Sverige", "11": "utrikes född"}


def born(name: str, *years: int) -> Table:
    """Folkmängd by region, where they were born, and year; age may be left out."""
    variables = [
        Variable("Region", COUNTIES),
        Variable("Alder", {"0": "0 år", "1": "1 år"}, eliminable=True),
        Variable("Fodelseregion", BORN),
        Variable("ContentsCode", {"000001NS": "Antal"}),
        Variable("Tid", {str(year): str(year) for year in years}),
    ]
    made = Table(name, variables, title="Folkmängd efter födelseregion", updated="2026-02-20T07:00:00Z")
    for year in years:
        for region in COUNTIES:
            codes = {"Region": region, "ContentsCode": "000001NS", "Tid": str(year)}
            made.put(800.0, Fodelseregion="09", **codes)
            made.put(200.0, Fodelseregion="11", **codes)
    return made


def query(table: str = "TAB1", **keys: Any) -> TableQuery:
    share = {"variable": "Fodelseregion", "part": ["utrikes född"], "whole": ["09", "11"], "counts": True}
    return TableQuery(api="scb2", table=table, **({"share": share} | keys))


def asked(server: PxWeb2Server, *series: Wanted) -> list[Event]:
    return ask_at(PxWeb2(), "scb2", server.address, *series, regions=tuple(COUNTIES))


@pytest.fixture
def server() -> Iterator[PxWeb2Server]:
    with PxWeb2Server([born("TAB1", 2023, 2024)]) as running:
        yield running


def test_figures_come_back_and_a_table_is_asked_once(server: PxWeb2Server) -> None:
    events = asked(server, Wanted("SCB_A", (query(),)), Wanted("SCB_B", (query(first=2024),)))
    assert {(row.value, row.numerator, row.denominator) for row in rows(events)} == {(20.0, 200.0, 1000.0)}
    assert events[1] == Done("SCB_A", title="Folkmängd efter födelseregion", version="2026-02-20T07:00:00Z")
    assert [(seen.method, seen.path.removeprefix("/api/v2/")) for seen in server.seen] == [
        ("GET", "tables/TAB1"),
        ("GET", "tables/TAB1/metadata"),
        ("GET", "config"),
        ("POST", "tables/TAB1/data"),
        ("POST", "tables/TAB1/data"),
    ]


def test_what_is_not_updated_costs_one_request_a_table(server: PxWeb2Server) -> None:
    version = "2026-02-20T07:00:00Z"
    assert asked(server, Wanted("SCB_A", (query(),), SINCE, version)) == [Unchanged("SCB_A", version)]
    assert len(server.seen) == 1


def test_a_table_that_does_not_exist_yet_is_told_and_loses_no_rows_of_the_other(server: PxWeb2Server) -> None:
    both = (query(last=2024), query("TAB2", first=2025))
    events = asked(server, Wanted("SCB_A", both))
    assert [type(event) for event in events] == [Heeded, Batch, Done]
    done = events[-1]
    assert isinstance(done, Done)
    assert done.partial
    assert asked(server, Wanted("SCB_A", both, SINCE, done.version)) == [Unchanged("SCB_A", done.version)]
    server.tables["TAB2"] = born("TAB2", 2025)
    again = asked(server, Wanted("SCB_A", both, SINCE, done.version))
    assert {row.year for row in rows(again)} == {2023, 2024, 2025}
    assert isinstance(again[-1], Done)
    assert not again[-1].partial


def test_a_code_that_the_table_lacks_is_lacking(server: PxWeb2Server) -> None:
    (event,) = asked(server, Wanted("SCB_A", (query(select={"Alder": ["100+"]}),)))
    assert isinstance(event, Lacking)
    assert "variabeln «Alder» har inte koden «100+», men 0 (0 år), 1 (1 år)" in event.why


def test_a_question_larger_than_the_limit_is_split() -> None:
    with PxWeb2Server([born("TAB1", 2022, 2023, 2024)], max_cells=4) as server:
        assert len(rows(asked(server, Wanted("SCB_A", (query(),))))) == 6
        assert [seen.method for seen in server.seen].count("POST") == 3


def test_an_answer_of_another_shape_is_an_error(server: PxWeb2Server) -> None:
    server.next(server.serve, faults.gzipped({"title": "T", "variables": []}))
    with pytest.raises(SourceError, match="inte en tabell i JSON-stat 2; det har fälten title, variables"):
        asked(server, Wanted("SCB_A", (query(),)))
