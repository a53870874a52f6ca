"""SCB and Folkhälsodata: what is asked, when nothing is, and figures that come back as they were."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

import pytest
from tests.data.sources import faults
from tests.data.sources.asking import ask_at, rows
from tests.data.sources.loopback import Answer
from tests.data.sources.servers.pxweb import PxWebServer
from tests.data.sources.servers.pxweb2 import PxWeb2Server
from tests.data.sources.servers.tables import Table, Variable, counts_for

from varddialog.config import Project
from varddialog.data.sources.base import Batch, Done, Event, Heeded, Lacking, Unchanged, Wanted
from varddialog.data.sources.pxweb import PxWeb
from varddialog.data.sources.pxweb2 import PxWeb2
from varddialog.data.sources.transport import open_client
from varddialog.data.store import Store
from varddialog.errors import SourceError
from varddialog.model.catalogue import Catalogue
from varddialog.model.live import Share, TableQuery

SINCE = dt.date(2026, 1, 1)
OLD, NEW = "BE/A/Ny", "BE/A/CKM"
COUNTIES = {"00": "Riket", "13": "Hallands län"}


def folk(name: str, *years: int, updated: str = "2026-01-15T08:00:00") -> Table:
    """Folkmängd by region and year: the year, and ten thousand more in Halland."""
    variables = [
        Variable("Region", COUNTIES),
        Variable("Kon", {"1": "män", "2": "kvinnor"}, eliminable=True),
        Variable("Tid", {str(year): str(year) for year in years}),
    ]
    made = Table(name, variables, title="Folkmängd efter region och år", updated=updated)
    for year in years:
        made.put(float(year), Region="00", Tid=str(year))
        made.put(float(year + 10_000), Region="13", Tid=str(year))
    return made


def query(table: str = OLD, **keys: Any) -> TableQuery:
    return TableQuery(api="scb", table=table, **keys)


def wanted(*queries: TableQuery, version: str | None = None) -> Wanted:
    """A series that is asked for anew, or, with a version, since last time."""
    if version is None:
        return Wanted("SCB_A", queries or (query(),))
    return Wanted("SCB_A", queries or (query(),), SINCE, version)


def asked(server: PxWebServer, *series: Wanted) -> list[Event]:
    return ask_at(PxWeb(), "scb", server.address, *(series or (wanted(),)), regions=tuple(COUNTIES))


def kinds(events: list[Event]) -> list[type]:
    return [type(event) for event in events]


@pytest.fixture
def server() -> Iterator[PxWebServer]:
    with PxWebServer([folk(OLD, 2023, 2024)]) as running:
        yield running


def test_figures_come_back_with_the_tables_title_and_edition(server: PxWebServer) -> None:
    events = asked(server)
    assert [(row.region, row.year, row.value) for row in rows(events)] == [
        ("00", 2023, 2023.0),
        ("00", 2024, 2024.0),
        ("13", 2023, 12023.0),
        ("13", 2024, 12024.0),
    ]
    assert events[-1] == Done("SCB_A", title="Folkmängd efter region och år", version="2026-01-15T08:00:00")


def test_a_folder_a_table_and_the_limits_are_asked_once_however_many_series_need_them(server: PxWebServer) -> None:
    asked(server, Wanted("SCB_A", (query(),)), Wanted("SCB_B", (query(first=2024),)))
    assert [(seen.method, seen.target) for seen in server.seen] == [
        ("GET", "/api/v1/sv/BE/A"),
        ("GET", "/api/v1/sv/BE/A/Ny"),
        ("GET", "/api/v1/sv?config"),
        ("POST", "/api/v1/sv/BE/A/Ny"),
        ("POST", "/api/v1/sv/BE/A/Ny"),
    ]


def test_what_is_not_updated_costs_one_request_a_folder(server: PxWebServer) -> None:
    version = "2026-01-15T08:00:00"
    events = asked(server, wanted(version=version), Wanted("SCB_B", (query(),), SINCE, version))
    assert events == [Unchanged("SCB_A", version), Unchanged("SCB_B", version)]
    assert server.paths() == ["/api/v1/sv/BE/A"]


@pytest.mark.parametrize("version", ["", "2025-01-15T08:00:00"])
def test_another_edition_or_none_is_fetched(server: PxWebServer, version: str) -> None:
    assert kinds(asked(server, wanted(version=version))) == [Batch, Done]


def test_everything_is_fetched_when_no_day_is_given(server: PxWebServer) -> None:
    assert kinds(asked(server, Wanted("SCB_A", (query(),), None, "2026-01-15T08:00:00"))) == [Batch, Done]


def test_a_folder_that_does_not_tell_when_tables_were_updated_means_that_they_are_fetched() -> None:
    with PxWebServer([folk(OLD, 2024)], listed=False) as server:
        first = asked(server)
        assert first[-1] == Done("SCB_A", title="Folkmängd efter region och år", version="")
        assert kinds(asked(server, wanted(version=""))) == [Batch, Done]


BOTH = (query(OLD, last=2024), query(NEW, first=2025))


def test_a_series_goes_on_in_the_table_that_follows() -> None:
    with PxWebServer([folk(OLD, 2023, 2024), folk(NEW, 2024, 2025, updated="2026-02-20")]) as server:
        events = asked(server, wanted(*BOTH))
        assert sorted({row.year for row in rows(events)}) == [2023, 2024, 2025]
        (done,) = [event for event in events if isinstance(event, Done)]
        assert not done.partial
        assert asked(server, wanted(*BOTH, version=done.version)) == [Unchanged("SCB_A", done.version)]
        server.tables[NEW].updated = "2026-11-01"
        assert kinds(asked(server, wanted(*BOTH, version=done.version))) == [Batch, Batch, Done]


def test_a_table_that_does_not_exist_yet_is_told_and_loses_no_rows_of_the_other() -> None:
    with PxWebServer([folk(OLD, 2023, 2024)]) as server:
        told, batch, done = asked(server, wanted(*BOTH))
        assert isinstance(told, Heeded)
        assert told.what.startswith("BE/A/CKM: Tabellen finns inte hos källan. Är den ny")
        assert isinstance(batch, Batch)
        assert len(batch.rows) == 4
        assert isinstance(done, Done)
        assert done.partial, "what the other table gave before is not withdrawn"
        before = len(server.seen)
        assert asked(server, wanted(*BOTH, version=done.version)) == [Unchanged("SCB_A", done.version)]
        assert len(server.seen) == before + 1
        server.tables[NEW] = folk(NEW, 2025)
        assert kinds(asked(server, wanted(*BOTH, version=done.version))) == [Batch, Batch, Done]


def test_a_query_that_does_not_fit_its_table_is_told_and_loses_no_rows_of_the_other() -> None:
    with PxWebServer([folk(OLD, 2023), folk(NEW, 2025)]) as server:
        events = asked(server, wanted(BOTH[0], query(NEW, first=2025, select={"Kon": ["TotSa"]})))
        assert kinds(events) == [Heeded, Batch, Done]
        assert events[0] == Heeded(
            "SCB_A",
            "BE/A/CKM: Frågan passar inte tabellen: variabeln «Kon» har inte koden «TotSa», men 1 (män), 2 (kvinnor). "
            "Rätta frågan i params.",
        )
        assert events[-1] == Done("SCB_A", True, title="Folkmängd efter region och år", version="")


def test_a_series_whose_tables_are_all_gone_is_lacking_and_the_next_is_given(server: PxWebServer) -> None:
    events = asked(server, Wanted("SCB_B", (query("BE/B/Borta"),)), wanted())
    assert kinds(events) == [Lacking, Batch, Done]
    assert events[0].why.startswith("BE/B/Borta: Tabellen finns inte hos källan.")


def test_an_unknown_variable_is_lacking_with_what_the_table_has(server: PxWebServer) -> None:
    (event,) = asked(server, wanted(query(select={"Kön": ["1"]})))
    assert isinstance(event, Lacking)
    assert "ingen variabel heter «Kön»; de som finns är Region, Kon, Tid. Menade du «Kon»?" in event.why


def test_the_same_year_from_two_tables_is_no_answer() -> None:
    with PxWebServer([folk(OLD, 2023, 2024), folk(NEW, 2024, 2025)]) as server:
        events = asked(server, wanted(query(OLD), query(NEW)))
        assert kinds(events) == [Heeded, Batch, Done]
        assert "Året 2024 ges två gånger, också av BE/A/Ny. Sätt «first» och «last»" in events[0].what
        assert {row.year for row in rows(events)} == {2023, 2024}


def test_a_table_without_one_of_the_regions_gives_the_others_and_says_so(server: PxWebServer) -> None:
    events = ask_at(PxWeb(), "scb", server.address, wanted(), regions=("00", "13", "25"))
    assert kinds(events) == [Heeded, Batch, Done]
    assert events[0] == Heeded("SCB_A", "BE/A/Ny: Tabellen har inte region 25.")


def test_a_table_with_nothing_in_it_is_lacking() -> None:
    empty = folk(OLD, 2024)
    empty.values.clear()
    with PxWebServer([empty]) as server:
        assert asked(server) == [Lacking("SCB_A", "Inga värden finns för det som efterfrågas av BE/A/Ny.")]


def test_sums_that_lack_a_part_are_told() -> None:
    table = folk(OLD, 2023, 2024)
    table.put(5.0, Region="13", Kon="1", Tid="2024")
    for sex in ("1", "2"):
        table.put(5.0, Region="00", Kon=sex, Tid="2024")
    with PxWebServer([table]) as server:
        events = asked(server, wanted(query(select={"Kon": ["1", "2"]})))
    assert [(row.region, row.value) for row in rows(events)] == [("00", 10.0)]
    assert events[1] == Heeded(
        "SCB_A", "1\u00a0värde kan inte räknas ut, för att en del av det som summeras saknas: 2024, region 13."
    )


@pytest.mark.parametrize(("limit", "requests"), [(4, 1), (2, 2), (1, 4)])
def test_a_question_larger_than_the_limits_is_split(limit: int, requests: int) -> None:
    with PxWebServer([folk(OLD, 2023, 2024)], max_cells=limit) as server:
        assert len(rows(asked(server))) == 4
        assert [seen.method for seen in server.seen].count("POST") == requests


def test_the_limits_are_asked_for_with_nothing_after_the_word(server: PxWebServer) -> None:
    asked(server)
    assert "/api/v1/sv?config" in [seen.target for seen in server.seen]


CONFIG = {"maxValues": 10, "maxCells": 100}
ENTRY = {"id": "Ny", "type": "t", "text": "", "updated": "2026"}


@pytest.mark.parametrize(
    ("folder", "table", "config", "words"),
    [
        ({"error": "?"}, None, None, "skulle vara en lista"),
        ([{"id": "Ny"}], None, None, "saknar fältet type"),
        ([ENTRY], {"title": "T"}, None, "saknar fältet variables"),
        (
            [ENTRY],
            {"variables": [{"code": "Tid", "values": None, "valueTexts": None}]},
            None,
            "räknar inte upp koderna",
        ),
        ([ENTRY], {"variables": [{"code": "Tid", "values": ["1"], "valueTexts": []}]}, None, "räknar inte upp koderna"),
        ([ENTRY], [ENTRY], None, "saknar fältet variables"),
        ([ENTRY], "folk", {"maxValues": 10}, "saknar fältet maxCells"),
        ([ENTRY], "folk", {"maxCells": 0}, "maxCells ska vara ett heltal över 0, men är 0"),
        ([ENTRY], "folk", {"maxCells": "100"}, "maxCells ska vara ett heltal över 0, men är '100'"),
    ],
)
def test_metadata_of_another_shape_are_an_error_that_says_what(
    server: PxWebServer, folder: Any, table: Any, config: Any, words: str
) -> None:
    answers = [faults.gzipped(folder)]
    if table is not None:
        answers.append(server.serve if table == "folk" else faults.gzipped(table))
    if config is not None:
        answers.append(faults.gzipped(config))
    server.next(*answers)
    with pytest.raises(SourceError, match=words):
        asked(server)


def test_a_selection_that_is_refused_although_it_fits_is_an_error(server: PxWebServer) -> None:
    refusal = Answer(404, {"Content-Type": "application/json"}, b'{"error":"Parameter error"}')
    server.next(server.serve, server.serve, server.serve, refusal)
    with pytest.raises(SourceError, match="godtar inte frågan, fast tabellen har alla koder"):
        asked(server)


def test_a_limit_that_is_lower_than_told_is_an_error(server: PxWebServer) -> None:
    server.next(server.serve, server.serve, faults.gzipped({"maxCells": 100}))
    server.max_cells = 2
    with pytest.raises(SourceError, match="nekar frågan"):
        asked(server)


def test_half_an_answer_is_an_error_and_no_end_of_the_series(server: PxWebServer) -> None:
    server.next(server.serve, server.serve, server.serve, faults.half_json({"class": "dataset"}))
    with pytest.raises(SourceError):
        asked(server)


def test_what_is_not_to_be_trusted_of_one_series_stops_no_other(
    server: PxWebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARDDIALOG_SCB_URL", server.address)
    server.next(server.serve, server.serve, server.serve, faults.gzipped({"class": "dataset", "version": "2.0"}))
    given: list[Event] = []
    both = [wanted(), Wanted("SCB_B", (query(),))]
    with open_client("scb") as client, pytest.raises(SourceError, match="saknar «id»"):
        given.extend(event for event in PxWeb().fetch(both, client, tuple(COUNTIES)))
    assert [event.series for event in given] == ["SCB_B", "SCB_B"]


def differs(one: float | None, other: float | None) -> bool:
    return not (one == other or ((one is None or math.isnan(one)) and (other is None or math.isnan(other))))


@pytest.mark.parametrize("api", ["scb", "fohm", "scb2"])
def test_the_catalogues_own_queries_give_back_the_stores_figures(
    project: Project, catalogue: Catalogue, api: str
) -> None:
    queries = {
        key: tuple(q for q in indicator.live if isinstance(q, TableQuery))
        for key, indicator in catalogue.indicators.items()
        if indicator.live and indicator.live[0].api == api
    }
    store = Store.of(project).observations(indicators=list(queries))
    store = store[store["year"] > store.groupby("indicator")["year"].transform("max") - 3]
    years = {key: catalogue.indicators[key].period.years for key in queries}
    made = PxWeb2Server.of(store, queries, years) if api == "scb2" else PxWebServer.of(store, queries, years)
    with made as server:
        source = PxWeb2() if api == "scb2" else PxWeb()
        events = ask_at(source, api, server.address, *(Wanted(key, own) for key, own in queries.items()))

    given = {tuple(row[:7]): row for row in rows(events)}
    known = {tuple(row[:7]): row for row in store.itertuples(index=False, name=None)}
    assert set(given) == set(known)
    assert len(given) == len(rows(events))
    # those whose share was rounded where it was computed, while we have the counts
    rounded = {"SCB_EFTERGYMNASIAL_25_64", "SCB_UTRIKES_FODDA"}
    for key, row in given.items():
        apart = [one for one, other in zip(row[7:], known[key][7:], strict=True) if differs(one, other)]
        if key[0] in rounded:
            decimals = catalogue.indicators[key[0]].decimals
            assert apart in ([], [row.value]), key
            assert round(row.value, decimals) == round(known[key][7], decimals), key
        else:
            assert apart == [], key
    with_figures = set(store["indicator"])
    assert {event.series for event in events if isinstance(event, Done)} == with_figures
    assert {event.series for event in events if isinstance(event, Lacking)} == set(queries) - with_figures
    assert not [event for event in events if isinstance(event, Heeded)]


def test_counts_of_the_server_give_every_share_back_exactly() -> None:
    shares = [
        Share(variable="Alder", part=["80..100+"], whole=["0..100+"]),
        Share(variable="Alder", part=["0..19", "65..100+"], whole=["20..64"]),
    ]
    for old, ratio in ((5.3, 71.7), (7.25, 83.9), (0.1, 150.0)):
        counts = counts_for(shares, [(old, math.nan, math.nan), (ratio, math.nan, math.nan)])
        assert len(counts) == 101
        eighty = sum(counts[str(age)] for age in range(80, 100)) + counts["100+"]
        able = sum(counts[str(age)] for age in range(20, 65))
        assert 100 * eighty / sum(counts.values()) == old
        assert 100 * (sum(counts.values()) - able) / able == ratio
