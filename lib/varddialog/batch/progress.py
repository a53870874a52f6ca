"""Telling how a build goes: a matrix that fills on a terminal, plain lines elsewhere, JSON lines for programs.

With `--events json` each event is one line of JSON on standard output, and nothing else is written there:

    {"event": "started", "job": "12-skane/1-halsa-i-befolkningen"}
    {"event": "done", "job": "12-skane/1-halsa-i-befolkningen", "seconds": 0.8}
    {"event": "failed", "job": "12-skane/2-kvalitet-i-tjansterna", "seconds": 0.4, "message": "KeyError: 'x'"}
    {"event": "fresh", "job": "00-riket/slutrapport"}
    {"event": "finished", "seconds": 21.4, "done": 86, "failed": 1, "fresh": 1}

`seconds` is the time of the job, or of all of them in `finished`, which comes last, also when nothing had to be
made. `fresh` is a job that was waiting for others and did not have to be made. A build that is stopped ends without
`finished`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Any, Literal, Protocol, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from varddialog.batch.plan import Job
from varddialog.swedish import number

State = Literal["waiting", "running", "done", "failed", "fresh"]

# state → mark, style, and the word of the legend
MARKS: dict[State, tuple[str, str, str]] = {
    "waiting": ("·", "dim", "väntar"),
    "running": ("◐", "yellow", "körs"),
    "done": ("●", "blue", "klar"),
    "failed": ("✗", "bold red", "misslyckad"),
    "fresh": ("○", "dim", "var färsk"),
}
_STATES: dict[str, State] = {"started": "running", "done": "done", "failed": "failed", "fresh": "fresh"}

# lines of the terminal that the matrix leaves for its head, its foot and what stood there before
_OTHER_LINES = 6


@dataclass(frozen=True)
class Event:
    """Something that happened to the job of that key. `message` says why it failed."""

    event: Literal["started", "done", "failed", "fresh"]
    job: str
    seconds: float = 0.0
    message: str = ""


Tell = Callable[[Event], None]


class Display(Protocol):
    """Shows events, from whichever thread they come."""

    def __enter__(self) -> Display: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        """Says that the build is finished, unless it was stopped."""

    def __call__(self, event: Event) -> None: ...


def display(chosen: Sequence[Job], stale: Sequence[Job], console: Console, as_json: bool) -> Display:
    """The way of telling that fits: chosen are the jobs asked for, stale those that will be made."""
    if as_json:
        return JsonLines(console.file, len(chosen) - len(stale))
    return Matrix(chosen, stale, console) if console.is_terminal and stale else Lines(console)


class Lines:
    """A line for each job that is done, for logs."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __call__(self, event: Event) -> None:
        if event.event in ("done", "failed"):
            self._console.print(_line(event))


class JsonLines:
    """One JSON object a line."""

    def __init__(self, stream: TextIO | Any, fresh: int) -> None:
        self._stream, self._fresh = stream, fresh
        self._counts: Counter[str] = Counter()
        self._started = monotonic()
        self._one_at_a_time = Lock()

    def __enter__(self) -> JsonLines:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            seconds = round(monotonic() - self._started, 2)
            counts = {name: self._counts[name] for name in ("done", "failed", "fresh")}
            counts["fresh"] += self._fresh
            self._write({"event": "finished", "seconds": seconds, **counts})

    def __call__(self, event: Event) -> None:
        self._counts[event.event] += 1
        told: dict[str, Any] = {"event": event.event, "job": event.job}
        if event.event in ("done", "failed"):
            told["seconds"] = event.seconds
        if event.event == "failed":
            told["message"] = event.message
        self._write(told)

    def _write(self, told: dict[str, Any]) -> None:
        with self._one_at_a_time:
            self._stream.write(json.dumps(told, ensure_ascii=False) + "\n")
            self._stream.flush()


class Matrix:
    """Units × reports filling on a terminal, with the rate and the time left; failures above it as they come."""

    def __init__(self, chosen: Sequence[Job], stale: Sequence[Job], console: Console) -> None:
        waiting = {job.key for job in stale}
        self._states: dict[str, State] = {j.key: "waiting" if j.key in waiting else "fresh" for j in chosen}
        self._rows: dict[str, list[str]] = {}
        for job in chosen:
            self._rows.setdefault(job.unit.name, []).append(job.key)
        self._made = waiting
        self._total = len(stale)
        self._started = self._latest = monotonic()
        self._live = Live(self, console=console, refresh_per_second=4)

    def __enter__(self) -> Matrix:
        self._live.start(refresh=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def __call__(self, event: Event) -> None:
        self._states[event.job] = _STATES[event.event]
        self._latest = monotonic()
        if event.event == "failed":
            self._live.console.print(_line(event))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield self._grid(max(1, console.height - _OTHER_LINES), console.width)
        yield Text.assemble(*(part for m, style, word in MARKS.values() for part in ((m, style), f" {word}   ")))
        yield Text(self._pace())

    def _grid(self, height: int, width: int) -> Table:
        """The units side by side in as many blocks as the terminal's height asks for; finished ones give room."""
        across = max(len(keys) for keys in self._rows.values())
        name_width = max(map(len, self._rows))
        blocks = max(1, width // (name_width + 2 * across + 3))
        names = list(self._rows)
        if len(names) > height * blocks:
            names.sort(key=self._is_finished)
            names = names[: height * blocks]
        blocks = -(-len(names) // height)
        height = -(-len(names) // blocks)
        grid = Table.grid(padding=(0, 3, 0, 0))
        for _ in range(blocks):
            grid.add_column(no_wrap=True)
        for row in range(height):
            grid.add_row(*(self._unit(name, name_width) for name in names[row::height]))
        return grid

    def _unit(self, name: str, width: int) -> Text:
        marks = [MARKS[self._states[key]] for key in self._rows[name]]
        return Text.assemble(name.ljust(width), *(part for mark, style, _ in marks for part in (" ", (mark, style))))

    def _is_finished(self, name: str) -> bool:
        return not {self._states[key] for key in self._rows[name]} & {"waiting", "running"}

    def _pace(self) -> str:
        """`34 av 88 klara · 2,1 per sekund · ungefär 25 s kvar`; no forecast before anything is done."""
        done = sum(self._states[key] in ("done", "failed", "fresh") for key in self._made)
        seconds = (monotonic() if done < self._total else self._latest) - self._started
        parts = [f"{number(done)} av {number(self._total)} klara"]
        if done and seconds > 0:
            parts.append(f"{number(done / seconds, 1)} per sekund")
            left = (self._total - done) * seconds / done
            parts.append(f"ungefär {_duration(left)} kvar" if done < self._total else _duration(seconds))
        return " · ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{number(max(1, round(seconds)))} s"
    return f"{number(round(seconds / 60))} min"


def _line(event: Event) -> str:
    if event.event == "failed":
        return f"misslyckades {number(event.seconds, 1)} s  {event.job}: {event.message}"
    return f"klar {number(event.seconds, 1)} s  {event.job}"
