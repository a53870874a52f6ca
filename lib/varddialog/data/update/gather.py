"""Asking all sources side by side; one that cannot be reached stops no other."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING

from varddialog.data.sources.base import Done, Doubted, Lacking, Source, Unchanged, Wanted
from varddialog.data.sources.beside import beside, leave
from varddialog.data.update.staging import Stage
from varddialog.errors import SourceError

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

# API → the module of its source, and its class
SOURCES = {
    "kolada": ("kolada", "Kolada"),
    "scb": ("pxweb", "PxWeb"),
    "fohm": ("pxweb", "PxWeb"),
    "scb2": ("pxweb2", "PxWeb2"),
    "socialstyrelsen": ("socialstyrelsen", "Socialstyrelsen"),
    "forsakringskassan": ("forsakringskassan", "Forsakringskassan"),
    "eurostat": ("eurostat", "Eurostat"),
    "oecd": ("oecd", "Oecd"),
    "who": ("who", "Who"),
    "vardenisiffror": ("vardenisiffror", "VardenISiffror"),
}


@dataclass(frozen=True)
class Told:
    """How far a source has come: how many of its series have ended, of how many, with how many requests."""

    api: str
    ended: int
    of: int
    requests: int
    over: bool = False
    error: SourceError | None = None


@dataclass(frozen=True)
class Answer:
    """What one source gave. error: why nothing of it can be used. doubted: why single series cannot."""

    api: str
    stage: Stage
    requests: int
    error: SourceError | None = None
    doubted: Doubted | None = None


@dataclass(frozen=True)
class Where:
    """Where answers are cached, and optionally recorded to or replayed from."""

    cache: Path | None = None
    record: Path | None = None
    replay: Path | None = None


def gather(
    wanted: Mapping[str, Sequence[Wanted]],
    regions: Sequence[str],
    folder: Path,
    where: Where,
    tell: Callable[[Told], None],
) -> dict[str, Answer]:
    """Ask every API for its series; API → what it gave. folder: where rows wait (`Stage`).

    A source that is not reached, or whose answer cannot be understood, has an `error` and gives nothing.
    """
    stop = Flag()

    def one(api: str) -> Answer:
        return _ask(api, wanted[api], regions, Stage(folder / api), where, tell, stop)

    asking: dict[str, Future[Answer]] = {}
    try:
        for api in wanted:
            asking[api] = beside(f"source {api}", one, api)
        wait(asking.values(), return_when=FIRST_EXCEPTION)
        return {api: answer.result() for api, answer in asking.items() if answer.done()}
    except BaseException:
        stop.set()
        leave(asking.values())
        raise


def _ask(
    api: str,
    wanted: Sequence[Wanted],
    regions: Sequence[str],
    stage: Stage,
    where: Where,
    tell: Callable[[Told], None],
    stop: Flag,
) -> Answer:
    ended, requests, error, doubted = 0, 0, None, None
    try:
        with _client(api, where) as client:
            try:
                for event in source(api).fetch(wanted, client, regions):
                    stage.take(event)
                    if stop.is_set():
                        break
                    if isinstance(event, Done | Unchanged | Lacking):
                        ended += 1
                        tell(Told(api, ended, len(wanted), client.requests))
            finally:
                requests = client.requests
    except Doubted as failed:
        doubted = failed
    except SourceError as failed:
        error = failed
    finally:
        stage.close()
    if not stop.is_set():
        tell(Told(api, ended, len(wanted), requests, True, error))
    return Answer(api, stage, requests, error, doubted)


def source(api: str) -> Source:
    """The source of an API; its module is imported when it is asked for."""
    module, name = SOURCES[api]
    made: Source = getattr(importlib.import_module(f"varddialog.data.sources.{module}"), name)()
    return made


@contextmanager
def _client(api: str, where: Where) -> Iterator[Client]:
    from varddialog.data.sources.transport import open_client

    with open_client(api, cache=where.cache, record=where.record, replay=where.replay) as client:
        yield client
