"""Reading answers of the smaller sources: what cannot be trusted of one series stops that series, not the others."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from varddialog.data.rows import Observation
from varddialog.data.sources.base import Batch, Done, Doubted, Event, Heeded, Lacking, Wanted
from varddialog.errors import Fault, SourceError
from varddialog.model.live import Query
from varddialog.swedish import plural

TODO = "Källan kan ha ändrats; jämför med frågan i params."

Asked = TypeVar("Asked", bound=Query)


class Untrusted(SourceError):
    """The answer about one series cannot be understood or trusted; those about other series may be."""

    def __init__(self, what: str, where: str, todo: str = TODO) -> None:
        super().__init__(Fault(what, where, todo=todo))

    def __reduce__(self) -> tuple[Any, ...]:
        fault = self.faults[0]
        return (type(self), (fault.what, fault.where, fault.todo))


def one_by_one(wanted: Sequence[Wanted], ask: Callable[[Wanted], Iterator[Event]]) -> Iterator[Event]:
    """What `ask` answers about each series. A series that is not to be trusted is left without an end.

    Raises Doubted when all have been asked, with what was wrong of each; other errors stop at once.
    """
    faults: list[Fault] = []
    for one in wanted:
        try:
            yield from ask(one)
        except Untrusted as error:
            faults += [replace(fault, where=f"{one.series}, {fault.where}") for fault in error.faults]
    if faults:
        raise Doubted(*faults)


def ending(series: str, rows: Sequence[Observation], hidden: int, by: str, nothing: str) -> Iterator[Event]:
    """The end of a series that has been read whole.

    hidden: how many values `by` does not show. nothing: why there is none at all, in Swedish.
    """
    if hidden:
        yield Heeded(series, f"{plural(hidden, 'värde', 'värden')} döljs av {by} och tas inte med.")
    if not rows:
        yield Lacking(series, nothing)
        return
    yield Batch(series, rows)
    yield Done(series)


def queries(wanted: Wanted, kind: type[Asked]) -> list[Asked]:
    """The queries of a series, which are all of one kind."""
    return [query for query in wanted.queries if isinstance(query, kind)]


def field(row: Any, name: str, where: str) -> Any:
    """One field of an object in an answer. Raises Untrusted when it is no object, or has no such field."""
    if not isinstance(row, dict) or name not in row:
        had = f"fanns: {', '.join(sorted(row)) or 'inget'}" if isinstance(row, dict) else "det är inget objekt"
        raise Untrusted(f"Svaret saknar fältet {name} ({had}).", where)
    return row[name]


def listed(value: Any, where: str) -> list[Any]:
    """A list in an answer. Raises Untrusted when it is something else."""
    if not isinstance(value, list):
        raise Untrusted(f"Svaret skulle vara en lista, men är {type(value).__name__}.", where)
    return value


def figure(value: Any, where: str) -> float | None:
    """A number, or a Swedish text of one (`4 556,2`); None when nothing is given.

    Raises Untrusted when it is neither.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        text = re.sub(r"\s", "", value).replace(",", ".").replace("\u2212", "-") if isinstance(value, str) else value
        number = float(text)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or isinstance(value, bool):
        raise Untrusted(f"{value!r} är inget tal.", where)
    return number


def whole(row: Any, name: str, where: str) -> int:
    """A field that counts something, as a number or a text of one. Raises Untrusted when it does not."""
    value = field(row, name, where)
    if not re.fullmatch(r"\d+", str(value)):
        raise Untrusted(f"{name}: {value!r} är inget antal.", where)
    return int(value)


def last_year(value: Any, where: str) -> int:
    """2023, "2023" and "1995-1997" → the last year. Raises Untrusted when it is no year."""
    found = re.fullmatch(r"(?:\d{4}\s*[-\u2013]\s*)?(\d{4})", str(value).strip())
    if found is None:
        raise Untrusted(f"{value!r} är inget år.", where)
    return int(found[1])


def differing(one: dict[str, Any], other: dict[str, Any], apart_from: Iterable[str]) -> list[str]:
    """The names of the fields whose values differ between two rows."""
    names = [*one, *(name for name in other if name not in one)]
    return [name for name in names if name not in set(apart_from) and one.get(name) != other.get(name)]
