"""Sources are asked side by side: one that fails stops no other, a bug is not swallowed, Ctrl-C is obeyed."""

from __future__ import annotations

import os
import signal
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest
from tests.data.sources import faults
from tests.data.sources.loopback import Answer, Loopback, Request
from tests.data.sources.servers.kolada import KoladaServer
from tests.data.sources.servers.who import ROOT as WHO_ROOT
from tests.data.sources.servers.who import WhoServer
from tests.making import observation

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.data.rows import ForeignValue
from varddialog.data.sources.base import Batch, Done, Doubted, Event, Source, Wanted
from varddialog.data.store import Store
from varddialog.data.update import gather as module
from varddialog.data.update.gather import SOURCES, Told, Where, gather, source
from varddialog.data.update.gather import Answer as Gathered
from varddialog.data.verify import verify
from varddialog.data.write import FOREIGN
from varddialog.errors import Fault, SourceError, UsageError
from varddialog.model.catalogue import load_catalogue
from varddialog.model.live import APIS, KoladaQuery, WhoQuery

KOLADA = Wanted("N00001", (KoladaQuery(api="kolada", kpi="N00001"),))
WHO = Wanted("WHO_X", (WhoQuery(api="who", code="X"),))
Gather = Callable[..., dict[str, Gathered]]
Work = Callable[[], Iterator[Event]]


class Stub:
    """A source that does what it is told to."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def fetch(self, wanted: Sequence[Wanted], client: object, regions: Sequence[str]) -> Iterator[Event]:
        return self.work()


def figures() -> Iterator[Event]:
    yield Batch("N00001", [observation("12", 2024, 1.0)])
    yield Done("N00001")


@pytest.fixture
def ask(tmp_path: Path) -> Gather:
    """Asks for a series of Kolada and one of WHO."""

    def one(tell: Callable[[Told], None] = lambda _: None, where: Where | None = None) -> dict[str, Gathered]:
        wanted = {"kolada": [KOLADA], "who": [WHO]}
        return gather(wanted, ("00", "12"), tmp_path / "väntar", where or Where(), tell)

    return one


@pytest.fixture
def play(own_network: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets stubs be the sources."""

    def one(**stubs: Work) -> None:
        made: dict[str, Source] = {api: Stub(work) for api, work in stubs.items()}
        monkeypatch.setattr(module, "source", made.__getitem__)

    return one


@pytest.fixture
def who(own_network: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """It has one figure."""
    rows = pd.DataFrame([ForeignValue("WHO_X", "SE", 2022, 1.5, "")], columns=FOREIGN)
    with Loopback(WhoServer.of(rows, {"WHO_X": WHO.queries})) as server:
        monkeypatch.setenv("VARDDIALOG_WHO_URL", f"{server.url}{WHO_ROOT}")
        yield server


def test_every_api_has_a_source() -> None:
    assert set(SOURCES) == set(APIS)
    for api in SOURCES:
        assert callable(source(api).fetch)


def test_where_nothing_is_asked_for_nothing_is_answered(tmp_path: Path) -> None:
    assert gather({}, ("00",), tmp_path, Where(), lambda _: None) == {}


def test_each_source_gives_its_own(ask: Gather, kolada: KoladaServer, who: Loopback) -> None:
    told: list[Told] = []
    found = ask(told.append)
    assert list(found) == ["kolada", "who"]
    assert len(found["kolada"].stage.rows("N00001")) == 2 * 7
    assert list(found["who"].stage.foreign("WHO_X")["value"]) == [1.5]
    assert [answer.error for answer in found.values()] == [None, None]
    over = {t.api: (t.ended, t.of, t.requests) for t in told if t.over}
    assert over == {api: (1, 1, found[api].requests) for api in found}
    assert found["who"].requests == len(who.seen)


@pytest.mark.parametrize("fails", ["kolada", "who"])
def test_a_source_that_fails_stops_no_other(ask: Gather, kolada: KoladaServer, who: Loopback, fails: str) -> None:
    servers = {"kolada": kolada.played, "who": who}  # type: ignore[attr-defined]
    servers[fails].next(*[faults.failing(503)] * 200)
    told: list[Told] = []
    found = ask(told.append)
    error = found[fails].error
    assert isinstance(error, SourceError)
    assert "503" in str(error)
    (other,) = (answer for api, answer in found.items() if api != fails)
    assert other.error is None
    assert other.stage.done
    assert [t.api for t in told if t.error] == [fails]


def test_series_that_are_doubted_stop_no_other_of_their_source(ask: Gather, play: Callable[..., None]) -> None:
    def doubted() -> Iterator[Event]:
        yield from figures()
        raise Doubted(Fault("Ett värde är inget tal.", "WHO_X"))

    play(kolada=doubted, who=lambda: iter([Done("WHO_X")]))
    found = ask()["kolada"]
    assert found.error is None
    assert found.doubted is not None
    assert list(found.stage.done) == ["N00001"]
    assert len(found.stage.rows("N00001")) == 1


def test_a_bug_in_a_source_is_not_swallowed_and_stops_the_others(ask: Gather, play: Callable[..., None]) -> None:
    asked, free = threading.Event(), threading.Event()

    def slow() -> Iterator[Event]:
        yield Batch("N00001", [observation("12", 2024, 1.0)])
        asked.set()
        free.wait(30)
        yield Done("N00001")

    def broken() -> Iterator[Event]:
        asked.wait(30)
        raise LookupError("ett fel i programmet")
        yield

    play(kolada=slow, who=broken)
    begun = time.monotonic()
    with pytest.raises(LookupError, match="ett fel i programmet"):
        ask()
    assert time.monotonic() - begun < 5
    free.set()


def test_an_address_that_cannot_be_used_is_a_user_error(
    ask: Gather, own_network: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for api in ("KOLADA", "WHO"):
        monkeypatch.setenv(f"VARDDIALOG_{api}_URL", "ingen adress")
    with pytest.raises(UsageError, match=r"VARDDIALOG_\w+_URL är ingen webbadress"):
        ask()


def test_ctrl_c_does_not_wait_for_a_source(ask: Gather, play: Callable[..., None]) -> None:
    free, told = threading.Event(), list[Told]()

    def slow() -> Iterator[Event]:
        os.kill(os.getpid(), signal.SIGINT)
        free.wait(30)
        yield Done("N00001")

    play(kolada=slow, who=lambda: iter([Done("WHO_X")]))
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ask(told.append)
    assert time.monotonic() - begun < 5
    free.set()
    (thread,) = (t for t in threading.enumerate() if t.name == "source kolada")
    thread.join(5)
    assert not thread.is_alive()
    assert "kolada" not in [t.api for t in told if t.over]  # what is broken off has nothing to tell


@pytest.mark.parametrize("waits", ["for the answer", "to ask again"])
def test_ctrl_c_ends_the_command_soon_and_leaves_the_store(
    live_project: Project, kolada: KoladaServer, waits: str
) -> None:
    asked, free = threading.Event(), threading.Event()

    def stalled(_: Request) -> Answer:
        asked.set()
        free.wait(60)
        return faults.failing(503)

    def later(_: Request) -> Answer:
        asked.set()
        return faults.too_many("60")

    kolada.played.next(*[stalled if waits == "for the answer" else later] * 100)  # type: ignore[attr-defined]
    program = subprocess.Popen(
        [str(Path(sysconfig.get_path("scripts"), "varddialog")), "data", "update"],
        env={**os.environ, ROOT_VARIABLE: str(live_project.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert asked.wait(60)
        time.sleep(0.2)
        begun = time.monotonic()
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=60)
        taken = time.monotonic() - begun
    finally:
        free.set()
        program.kill()
        program.communicate()
    assert program.returncode == 130, err
    assert "Avbrutet" in err
    assert "Traceback" not in out + err
    assert taken < 10
    assert not (live_project.stores / ".fresh").exists()
    verify(Store.of(live_project), load_catalogue(live_project))
