"""Eurostat: the store's own values given back, flags, and answers that are empty, late or too large."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd
import pytest
from tests.data.sources import faults
from tests.data.sources.asking import abroad, ask_at
from tests.data.sources.servers.eurostat import EurostatServer

from varddialog.config import Project
from varddialog.data.rows import ForeignValue
from varddialog.data.sources.base import Done, Event, Lacking, Unchanged, Wanted
from varddialog.data.sources.eurostat import Eurostat
from varddialog.data.store import Store
from varddialog.errors import SourceError
from varddialog.model.catalogue import Catalogue
from varddialog.model.live import EurostatQuery

QUERY = EurostatQuery(api="eurostat", dataset="hlth_silc_08", select={"freq": "A", "unit": "PC"})
VALUES = pd.DataFrame(
    [
        ("EU_A", "SE", 2023, 2.5, ""),
        ("EU_A", "SE", 2024, 2.2, "B"),
        ("EU_A", "EL", 2024, 11.0, "BP"),
        ("EU_A", "EU27_2020", 2024, 2.5, "E"),
        ("EU_A", "EA20", 2024, 2.4, ""),
        ("EU_A", "NO", 2024, 1.1, ""),
    ],
    columns=["series", "country", "year", "value", "flag"],
)


@pytest.fixture
def server() -> Iterator[EurostatServer]:
    with EurostatServer.of(VALUES, {"EU_A": QUERY}) as running:
        yield running


def asked(server: EurostatServer, query: EurostatQuery = QUERY, version: str | None = None) -> list[Event]:
    since = None if version is None else dt.date(2026, 1, 1)
    return ask_at(Eurostat(), "eurostat", server.address, Wanted("EU_A", (query,), since, version or ""))


def test_members_and_the_union_come_back_with_their_flags_and_other_areas_are_left_out(server: EurostatServer) -> None:
    events = asked(server)
    assert set(abroad(events)) == {
        ForeignValue("EU_A", "SE", 2023, 2.5, ""),
        ForeignValue("EU_A", "SE", 2024, 2.2, "B"),
        ForeignValue("EU_A", "EL", 2024, 11.0, "BP"),
        ForeignValue("EU_A", "EU27_2020", 2024, 2.5, "E"),
    }
    assert events[-1] == Done("EU_A", title="hlth_silc_08", version="2026-06-01T23:00:00+0200")


def test_the_question_names_every_dimension_but_countries_and_years(server: EurostatServer) -> None:
    asked(server)
    (seen,) = server.seen
    assert seen.path == "/statistics/1.0/data/hlth_silc_08"
    assert seen.query == {"format": ["JSON"], "lang": ["EN"], "freq": ["A"], "unit": ["PC"]}


def test_a_data_set_that_has_not_been_updated_is_unchanged(server: EurostatServer) -> None:
    version = "2026-06-01T23:00:00+0200"
    assert asked(server, version=version) == [Unchanged("EU_A", version)]
    assert isinstance(asked(server, version="2025-06-01T23:00:00+0200")[-1], Done)


def test_a_code_that_no_longer_exists_is_lacking_though_eurostat_calls_it_no_error(server: EurostatServer) -> None:
    (event,) = asked(server, QUERY.model_copy(update={"select": {"freq": "A", "unit": "PCT"}}))
    assert event == Lacking(
        "EU_A", "Eurostat har inga värden för det som efterfrågas. En kod i frågan kan ha bytts ut."
    )


def test_a_dimension_that_is_not_selected_must_not_split_the_answer() -> None:
    other = EurostatQuery(api="eurostat", dataset="hlth_silc_08", select={"freq": "A", "unit": "THS"})
    both = pd.concat([VALUES, VALUES.assign(series="EU_B")])
    with EurostatServer.of(both, {"EU_A": QUERY, "EU_B": other}) as server:
        query = QUERY.model_copy(update={"select": {"freq": "A"}})
        with pytest.raises(SourceError, match="uppdelat efter «unit», som frågan inte väljer i"):
            asked(server, query)


def test_an_answer_that_is_put_off_is_told(server: EurostatServer) -> None:
    server.later = 3
    with pytest.raises(SourceError, match=r"källan svarade: .*ASYNCHRONOUS_RESPONSE"):
        asked(server)


def test_a_question_that_is_too_large_is_told(server: EurostatServer) -> None:
    server.most = 3
    with pytest.raises(SourceError, match=r"uttaget är för stort \(svar 413\)"):
        asked(server)


def test_a_data_set_that_does_not_exist_is_told(server: EurostatServer) -> None:
    with pytest.raises(SourceError, match="Datamängden hlth_borta finns inte hos Eurostat"):
        asked(server, QUERY.model_copy(update={"dataset": "hlth_borta"}))


def test_an_unknown_dimension_is_told(server: EurostatServer) -> None:
    with pytest.raises(SourceError, match="godtar inte frågan"):
        asked(server, QUERY.model_copy(update={"select": {"quantile": "TOTAL"}}))


def test_an_answer_to_another_question_is_not_trusted(server: EurostatServer) -> None:
    cube = {
        "version": "2.0", "class": "dataset", "id": ["freq", "unit", "geo", "time"], "size": [1, 1, 1, 1],
        "dimension": {n: {"category": {"index": [c]}} for n, c in
                      (("freq", "A"), ("unit", "THS"), ("geo", "SE"), ("time", "2024"))},
        "value": [1.0],
    }  # fmt: skip
    server.next(faults.gzipped(cube))
    with pytest.raises(SourceError, match="Svaret har THS i «unit», men PC efterfrågades"):
        asked(server)


def test_a_period_that_is_no_year_is_not_trusted() -> None:
    monthly = VALUES.assign(year="2024-01").drop_duplicates("country")
    with (
        EurostatServer.of(monthly, {"EU_A": QUERY}) as server,
        pytest.raises(SourceError, match="'2024-01' är inget år"),
    ):
        asked(server)


def test_the_catalogues_own_queries_give_back_the_stores_values(project: Project, catalogue: Catalogue) -> None:
    queries = {
        key: query
        for key, series in catalogue.foreign.items()
        for query in series.live
        if isinstance(query, EurostatQuery)
    }
    known = {value for own in Store.of(project).international(queries).values() for value in own}
    values = pd.DataFrame(known, columns=ForeignValue._fields)
    with EurostatServer.of(values, queries) as server:
        wanted = [Wanted(key, (query,)) for key, query in queries.items()]
        events = ask_at(Eurostat(), "eurostat", server.address, *wanted)
    assert len(queries) == 6
    assert set(abroad(events)) == known
