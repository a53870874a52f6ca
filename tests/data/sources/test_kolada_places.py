"""Municipalities and organisational units of Kolada: named before their figures, asked for only when wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from tests.data.sources.kolada_asking import (
    HALLAND,
    LATER,
    SINCE,
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
from tests.data.sources.loopback import Loopback
from tests.data.sources.servers.kolada import KoladaServer

from varddialog.data.sources.base import Batch, Done, Event, Heeded, Listed, Place, Places, Unchanged
from varddialog.data.sources.kolada_pages import AHEAD
from varddialog.swedish import NBSP

__all__ = ["ask", "events"]


def test_municipalities_are_named_before_their_figures(ask: Ask) -> None:
    server = small()
    server.units |= {"1380": " Halmstad", "1383": "Varberg", "0180": "Stockholm"}
    server.put("N10000", "1380", "2024", T=5.0)
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000", within=["kommuner"]), HALLAND)
    halland = [Place("1380", "Halmstad", "13", "kommun"), Place("1383", "Varberg", "13", "kommun")]
    assert of(Places, found) == [Places(halland)]
    assert rows(found, within=True) == [row("N10000", "1380", 2024, 5.0)]
    assert [type(event) for event in found if not isinstance(event, Heeded | Listed)] == [Places, Batch, Batch, Done]


def test_places_are_asked_only_for_the_measures_that_want_them(ask: Ask) -> None:
    server = small(titles={"N10000": "A", "N10001": "B"})
    server.units["1380"] = "Halmstad"
    server.put("N10000", "1380", "2024", T=5.0)
    server.put("N10001", "1380", "2024", T=6.0)
    server.put("N10001", "0013", "2024", T=6.0)
    with Loopback(server) as loopback:
        found = ask(loopback, [*want("N10000"), *want("N10001", within=["kommuner"])])
    assert rows(found, within=True) == [row("N10001", "1380", 2024, 6.0)]


def test_a_change_in_one_municipality_is_found(ask: Ask) -> None:
    server = small()
    server.units |= {"1380": "Halmstad", "1383": "Varberg"}
    server.put("N10000", "1380", "2024", T=5.0)
    server.put("N10000", "1383", "2024", LATER, T=5.5)
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000", since=SINCE, within=["kommuner"]))
    assert rows(found, within=True) == [row("N10000", "1383", 2024, 5.5)]
    assert of(Done, found)[0].partial


def test_nothing_changed_in_any_municipality_is_found_in_two_questions(ask: Ask) -> None:
    made = KoladaServer.made(25, [2024])
    with Loopback(made) as server:
        found = ask(server, want(*made.titles, since=SINCE, within=["kommuner"]))
    assert len(of(Unchanged, found)) == 25
    assert len(data_paths(server)) == 3


def test_organisational_units_are_placed_in_their_region(ask: Ask) -> None:
    server = small()
    server.ous = {"V1": ("Vårdcentral Ett", "1380"), "V2": ("Sjukhuset", "0013"), "V3": ("Annan", "0180")}
    for unit, value in (("V1", 1.0), ("V2", 2.0), ("V3", 3.0)):
        server.put("N10000", unit, "2024", T=value)
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000", within=["enheter"]), HALLAND)
    assert of(Places, found) == [
        Places([Place("V1", "Vårdcentral Ett", "13", "enhet"), Place("V2", "Sjukhuset", "13", "enhet")])
    ]
    assert rows(found, within=True) == [row("N10000", "V1", 2024, 1.0), row("N10000", "V2", 2024, 2.0)]
    outside = f"1{NBSP}enhet hos Kolada ligger inte i någon av regionerna, och tas inte med."
    assert of(Heeded, found)[-1] == Heeded("", outside)
    assert len(of(Done, found)) == 1


def test_pages_are_given_as_they_come_and_few_are_asked_for_ahead(events: Callable[..., Iterator[Event]]) -> None:
    made = KoladaServer.made(25, [2023, 2024], municipalities=100)
    made.most = 500
    with Loopback(made) as server:
        stream = events(server, want(*made.titles, within=["kommuner"]))
        first = next(event for event in stream if isinstance(event, Batch))
        asked = len(data_paths(server))
        rest = of(Batch, list(stream))
        assert asked <= AHEAD + 1
        assert len(data_paths(server)) == 3 + 4 * 3
        assert len(first.rows) + sum(len(batch.rows) for batch in rest) == 25 * 122 * 2 * 3
        assert max(len(batch.rows) for batch in [first, *rest]) <= 500 * 3
        assert server.busiest <= AHEAD


def test_leaving_early_leaves_no_thread_behind(events: Callable[..., Iterator[Event]]) -> None:
    made = KoladaServer.made(60, [2024])
    with Loopback(made) as server:
        stream = events(server, want(*made.titles))
        next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("kolada")]
