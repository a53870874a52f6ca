"""Kolada's answers, page by page: a few are asked for ahead, none is kept, and paging that does not end is stopped."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from varddialog.data.sources.beside import beside, leave
from varddialog.errors import Fault, SourceError

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

# the most that one part of a path may name, and that one page may hold
NAMED = 25
ROWS_A_PAGE = "5000"

# answers asked for before they are needed: enough to reach five a second when each takes most of one
AHEAD = 4
# pages in a row without anything new
FRUITLESS = 3

T = TypeVar("T")
Row = dict[str, Any]


@dataclass(frozen=True)
class Ask:
    """One question. key: the fields that tell one row of its answer from another; from_date: only rows changed since.

    about: whatever the one who asks needs to know when the pages come.
    """

    path: str
    key: tuple[str, ...]
    from_date: str = ""
    about: Any = None

    @property
    def params(self) -> dict[str, str]:
        return {"per_page": ROWS_A_PAGE} | ({"from_date": self.from_date} if self.from_date else {})


@dataclass(frozen=True)
class Page:
    """Some rows of the answer to a question; last: there are no more."""

    ask: Ask
    rows: list[Row]
    last: bool


def parts(codes: Sequence[T]) -> list[Sequence[T]]:
    """The codes, as many at a time as a path may name."""
    return [codes[start : start + NAMED] for start in range(0, len(codes), NAMED)]


def segment(codes: Iterable[object]) -> str:
    """Codes as one part of a path."""
    return ",".join(str(code) for code in codes)


def read(client: Client, asks: Iterable[Ask]) -> Iterator[Page]:
    """The pages of all answers, in the order of the questions; a row that comes again is left out.

    Raises SourceError when an answer is no page of Kolada's, or when its pages do not end.
    """
    coming = iter(asks)
    waiting: deque[tuple[Ask, Future[Any]]] = deque()
    answer: Future[Any] | None = None
    try:
        while True:
            while len(waiting) < AHEAD and (ask := next(coming, None)):
                waiting.append((ask, beside("kolada", client.json, ask.path, ask.params)))
            if not waiting:
                return
            ask, answer = waiting.popleft()
            chain, link = _Chain(ask), ""
            while True:
                rows, link = chain.taken(answer.result())
                if link:
                    answer = beside("kolada", client.json, chain.following(client.relative(link)))
                yield Page(ask, rows, not link)
                if not link:
                    break
    finally:
        leave([*(one for _, one in waiting), *([answer] if answer else [])])


def has_rows(client: Client, ask: Ask) -> bool:
    """Whether the answer has any row at all; only one is asked for."""
    rows, _ = _Chain(ask).taken(client.json(ask.path, ask.params | {"per_page": "1"}))
    return bool(rows)


class _Chain:
    """The pages of one answer, as far as they have been read."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._key = itemgetter(*ask.key)
        self._known: set[object] = set()
        self._addresses: set[str] = set()
        self._fruitless = 0

    def taken(self, answer: Any) -> tuple[list[Row], str]:
        """The page's rows that are new, and the link to the next page."""
        rows = answer.get("values") if isinstance(answer, dict) else None
        if not isinstance(rows, list):
            raise self._fault("Svaret har inte den form som Kolada version 3 ger: «values» är ingen lista.")
        new = []
        try:
            for row in rows:
                if (name := self._key(row)) not in self._known:
                    self._known.add(name)
                    new.append(row)
        except (KeyError, TypeError):
            raise self._fault(f"En rad i svaret saknar {' eller '.join(self._ask.key)}.") from None
        self._fruitless = 0 if new else self._fruitless + 1
        link = str(answer.get("next_url") or "")
        if link and self._fruitless == FRUITLESS:
            raise self._fault(f"Sidorna tar inte slut: {FRUITLESS} i rad har inget nytt.")
        return new, link

    def following(self, address: str) -> str:
        """The address of the next page, which must not have been read."""
        if address in self._addresses:
            raise self._fault("Sidorna tar inte slut: en sida leder till en som redan är läst.")
        self._addresses.add(address)
        return address

    def _fault(self, what: str) -> SourceError:
        shown = self._ask.path if len(self._ask.path) <= 80 else f"{self._ask.path[:80]}…"  # many codes make it long
        return SourceError(Fault(what, f"Kolada, {shown}", todo="Försök igen senare; källan kan ha ändrats."))
