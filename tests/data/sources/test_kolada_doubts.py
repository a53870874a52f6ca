"""Answers of Kolada that cannot be trusted: told, and never taken for figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.data.sources import faults
from tests.data.sources.kolada_asking import (
    Ask,
    ask,
    data_paths,
    events,
    of,
    row,
    rows,
    small,
    want,
)
from tests.data.sources.loopback import Answer, Loopback, Request, answer

from varddialog.data.sources.base import Done, Event
from varddialog.data.sources.kolada_pages import FRUITLESS
from varddialog.errors import SourceError

__all__ = ["ask", "events"]


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        ({"period": "2025Q1"}, r"perioden '2025Q1'"),
        ({"values": [{"gender": "X", "value": 1.0}]}, r"'X' är okänt eller saknas"),
        ({"values": [{"gender": "T", "value": "1,5"}]}, r"värdet '1,5'"),
        ({"values": [{"gender": "T"}]}, r"'value' är okänt eller saknas"),
        ({"values": None}, r"inte den form som väntas"),
    ],
)
def test_a_row_that_cannot_be_understood_stops_its_series_alone(
    events: Callable[..., Iterator[Event]], spoilt: dict[str, Any], why: str
) -> None:
    server = small(titles={"N10000": "A", "N10001": "B"})
    bad = {"kpi": "N10001", "municipality": "0013", "period": 2024, "values": []} | spoilt
    good = {"kpi": "N10000", "municipality": "0013", "period": 2024, "values": [{"gender": "T", "value": 2}]}
    found: list[Event] = []

    def app(request: Request) -> Answer:
        return answer({"values": [bad, good], "next_url": None}) if "/data/" in request.path else server(request)

    with Loopback(app) as loopback:
        stream = events(loopback, want("N10000", "N10001"))
        with pytest.raises(SourceError, match=rf"N10001.*{why}"):
            found.extend(stream)
    assert of(Done, found) == [Done("N10000", title="A")]
    assert rows(found) == [row("N10000", "13", 2024, 2.0)]


@pytest.mark.parametrize("given", [[], {"values": None}, {"message": "underhåll"}, {"values": [1]}, {"values": [{}]}])
def test_an_answer_of_another_form_is_an_error(ask: Ask, given: Any) -> None:
    with Loopback(small()) as server:
        server.next(answer(given))
        with pytest.raises(SourceError, match=r"form som Kolada|saknar id"):
            ask(server, want("N10000"))


def paging(link: Callable[[Request], str], values: Callable[[Request], list[Any]]) -> Callable[[Request], Answer]:
    """A Kolada whose pages of figures lead on and on."""
    server = small()

    def app(request: Request) -> Answer:
        if "/data/" not in request.path:
            return server(request)
        return answer({"values": values(request), "next_url": f"{request.base}{link(request)}"})

    return app


ONE = {"kpi": "N10000", "municipality": "0013", "period": 2024, "values": [{"gender": "T", "value": 2.0}]}


def number(request: Request) -> int:
    return int(request.query.get("page", ["1"])[0])


@pytest.mark.parametrize("values", [[], [ONE]], ids=["empty", "the same again"])
def test_pages_without_anything_new_are_not_followed_for_ever(ask: Ask, values: list[Any]) -> None:
    app = paging(lambda request: f"{request.path}?page={number(request) + 1}", lambda _: values)
    with Loopback(app) as server, pytest.raises(SourceError, match="Sidorna tar inte slut"):
        ask(server, want("N10000"))
    assert len(data_paths(server)) <= FRUITLESS + 2


def test_a_page_that_leads_back_is_not_followed(ask: Ask) -> None:
    years = iter(range(1000, 3000))
    app = paging(lambda request: f"{request.path}?page=2", lambda _: [ONE | {"period": next(years)}])
    with Loopback(app) as server, pytest.raises(SourceError, match="redan är läst"):
        ask(server, want("N10000"))
    assert len(data_paths(server)) == 2


def test_a_link_to_another_host_is_not_followed(ask: Ask) -> None:
    server = small(most=1)

    def app(request: Request) -> Answer:
        given = server(request)
        body = given.body.replace(request.base.encode(), b"http://elsewhere.example")  # type: ignore[union-attr]
        return Answer(given.status, given.headers, body)

    with Loopback(app) as loopback, pytest.raises(SourceError, match="utanför"):
        ask(loopback, want("N10000"))


@pytest.mark.parametrize(
    "fault",
    [
        faults.too_many(),
        faults.too_many("0"),
        faults.failing(500),
        faults.failing(503),
        faults.truncated({"values": []}),
        faults.reset(),
    ],
    ids=["429", "429 with Retry-After", "500", "503", "truncated", "reset"],
)
def test_what_passes_is_asked_again(ask: Ask, fault: Answer) -> None:
    with Loopback(small()) as server:
        server.next(fault)
        found = ask(server, want("N10000"))
    assert len(rows(found)) == 8
    assert len(server.seen) == 5  # units, title, figures, the group, and one of them again


def test_json_that_ends_too_soon_is_an_error_and_no_figure(ask: Ask) -> None:
    with Loopback(lambda _: faults.half_json({"values": [ONE] * 9})) as server, pytest.raises(SourceError):
        ask(server, want("N10000"))
