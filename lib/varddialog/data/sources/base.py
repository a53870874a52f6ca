"""What every source is asked, and what it answers: a stream of events, so that nothing large is held at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from varddialog.data.rows import ForeignValue, Observation
from varddialog.data.rows import Place as Place  # what sources speak of
from varddialog.errors import SourceError
from varddialog.model.live import Query

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client


@dataclass(frozen=True)
class Wanted:
    """One series that is asked for; all its queries are to the same API.

    since: only what has changed since that day is needed; None asks for everything. version: what the source said of
    the series' edition last time, empty when it is not known.
    """

    series: str
    queries: tuple[Query, ...]
    since: dt.date | None = None
    version: str = ""


@dataclass(frozen=True)
class Batch:
    """Some rows of a series. A row's `region` is a county code, or the code of a place when `within` says so."""

    series: str
    rows: Sequence[Observation]
    within: bool = False


@dataclass(frozen=True)
class Abroad:
    """Some rows of an international series."""

    series: str
    rows: Sequence[ForeignValue]


@dataclass(frozen=True)
class Places:
    """Municipalities and units that rows `within` are about."""

    places: Sequence[Place]


@dataclass(frozen=True)
class Done:
    """A series has been given whole (or, when `partial`, what has changed in it).

    deleted: rows that the source has withdrawn, as observations whose numbers do not count; only of a partial answer.
    title: the source's own title, where it gives one. version: its edition, to be asked with next time.
    """

    series: str
    partial: bool = False
    deleted: Sequence[Observation] = ()
    title: str = ""
    version: str = ""


@dataclass(frozen=True)
class Unchanged:
    """The source has nothing new for the series. title: the source's own title, where it gives one."""

    series: str
    version: str = ""
    title: str = ""


@dataclass(frozen=True)
class Lacking:
    """The source does not have the series, or nothing in it: why, in Swedish, for the one who asked."""

    series: str
    why: str


@dataclass(frozen=True)
class Heeded:
    """Something that the one who asked ought to know of the series, "" when it is of the source; it stops nothing."""

    series: str
    what: str


@dataclass(frozen=True)
class Listed:
    """Measures that the source holds together under a title, code → its own title."""

    title: str
    measures: Mapping[str, str]


Event = Batch | Abroad | Places | Done | Unchanged | Lacking | Heeded | Listed


class Doubted(SourceError):
    """Some series cannot be trusted, and have no end; all others have been given. Raised when all have been asked."""


class Source(Protocol):
    """One API. Every series that is wanted ends in exactly one Done, Unchanged or Lacking, but for those doubted."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """Ask for the series. regions: county codes, "00" for Riket.

        Raises SourceError when the source is not reached, or answers with what cannot be understood; Doubted, last,
        when that is so of single series.
        """
        ...
