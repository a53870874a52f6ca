from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from tests.data.sources.asking import abroad, ask, ask_at
from tests.data.sources.loopback import Loopback, answer
from tests.data.sources.servers.who import ROOT, WhoServer, row

from varddialog.data.rows import ForeignValue
from varddialog.data.sources.base import Done, Event, Lacking, Wanted
from varddialog.data.sources.who import Who
from varddialog.errors import SourceError
from varddialog.model.live import WhoQuery

CODE = "WHOSIS_000001"
QUERY = WhoQuery(api="who", code=CODE)
FIGURES = pd.DataFrame(
    [
        (series, country, year, value, "")
        for series, add in (("WHO_T", 0.0), ("WHO_K", 2.0))
        for country, year, value in (("SWE", 2019, 82.4), ("SWE", 2020, 82.2), ("NOR", 2020, 83.2))
        for value in [value + add]
    ],
    columns=["series", "country", "year", "value", "flag"],
)


def asked(rows: list[dict[str, Any]], *queries: WhoQuery, page: int = 1000) -> list[Event]:
    server = WhoServer({CODE: rows}, page)
    return ask(Who(), "who", ROOT, server, Wanted("WHO_T", queries or (QUERY,)))


@pytest.mark.parametrize("prefix", ["SEX_", ""])
@pytest.mark.parametrize("page", [1000, 2])
def test_figures_come_back_however_sex_is_spelt_and_in_how_many_pages(prefix: str, page: int) -> None:
    queries = {"WHO_T": [QUERY], "WHO_K": [WhoQuery(api="who", code=CODE, sex="K")]}

    server = WhoServer.of(FIGURES, queries, prefix, page)
    events = ask(Who(), "who", ROOT, server, *(Wanted(name, tuple(q)) for name, q in queries.items()))

    assert abroad(events) == [ForeignValue(*given) for given in FIGURES.itertuples(index=False)]
    assert [e.series for e in events if isinstance(e, Done)] == ["WHO_T", "WHO_K"]


def test_regions_of_the_world_and_missing_numbers_are_left_out() -> None:
    events = asked([row("SWE", 2020, 82.4), row("SWE", 2021, None), row("EUR", 2020, 77.0, kind="REGION")])

    assert [(r.country, r.year) for r in abroad(events)] == [("SWE", 2020)]


def test_what_was_not_asked_for_is_left_out_though_the_source_gives_it() -> None:
    given = [row("SWE", 2020, 82.4), row("SWE", 2020, 84.2, "SEX_FMLE"), row("EUR", 2020, 77.0, kind="REGION")]
    events = ask(Who(), "who", ROOT, lambda _: answer({"value": given}), Wanted("WHO_T", (QUERY,)))

    assert [(r.country, r.value) for r in abroad(events)] == [("SWE", 82.4)]


def test_both_spellings_of_one_value_are_one_value() -> None:
    assert len(abroad(asked([row("SWE", 2020, 82.4), row("SWE", 2020, 82.4, "BTSX")]))) == 1


def test_more_than_one_value_for_a_country_and_year_is_told_with_what_differs() -> None:
    with pytest.raises(SourceError, match="Flera värden gäller SWE 2020; Dim2 skiljer raderna"):
        asked([row("SWE", 2020, 1.0, age="AGE65"), row("SWE", 2020, 2.0, age="AGE0")])


def test_a_series_without_values_lacks_them() -> None:
    assert [type(e) for e in asked([row("SWE", 2020, 82.4, "SEX_MLE")])] == [Lacking]


def test_an_indicator_that_is_unknown_is_told() -> None:
    with pytest.raises(SourceError, match="Indikatorn WHOSIS_9 finns inte hos WHO"):
        asked([], WhoQuery(api="who", code="WHOSIS_9"))


def test_links_to_another_host_are_not_followed() -> None:
    many = [row("SWE", year, 80.0) for year in (2019, 2020)]
    with Loopback(lambda _: answer({"value": []})) as other, pytest.raises(SourceError):
        ask(Who(), "who", ROOT, WhoServer({CODE: many}, 1, other.url), Wanted("WHO_T", (QUERY,)))
    assert other.seen == []


def test_pages_without_end_are_stopped() -> None:
    with Loopback(lambda _: answer({})) as server:
        server.app = lambda request: answer(
            {"value": [row("SWE", 2020, 82.4)], "@odata.nextLink": f"{server.url}{ROOT}/{CODE}?$skip=1"}
        )
        with pytest.raises(SourceError, match="tar inte slut"):
            ask_at(Who(), "who", server.url + ROOT, Wanted("WHO_T", (QUERY,)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "saknar fältet value"),
        ({"value": {}}, "skulle vara en lista"),
        ({"value": [{"Spatial": "SWE"}]}, "saknar fältet SpatialDimType"),
        ({"value": [{**row("SWE", 2020, 1.0), "NumericValue": "hög"}]}, "är inget tal"),
        ({"value": [{**row("SWE", 2020, 1.0), "TimeDim": "2020M1"}]}, "är inget år"),
    ],
)
def test_an_answer_of_another_shape_is_told(given: Any, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        ask(Who(), "who", ROOT, lambda _: answer(given), Wanted("WHO_T", (QUERY,)))
