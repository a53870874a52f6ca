"""How far the sources have come: bars in a terminal, a line for each source that is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from varddialog.swedish import plural

if TYPE_CHECKING:
    from varddialog.data.update.gather import Told


@contextmanager
def fetching(terminal: Console) -> Iterator[Callable[[Told], None]]:
    """What is to be told of each step of a source."""
    if not terminal.is_terminal:
        yield lambda told: terminal.print(_line(told), markup=False, soft_wrap=True) if told.over else None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed} av {task.total}"),
        TextColumn("{task.fields[requests]}"),
    )
    tasks = {}
    with Progress(*columns, console=terminal) as progress:

        def tell(told: Told) -> None:
            if told.api not in tasks:
                tasks[told.api] = progress.add_task(told.api, total=told.of, requests="")
            requests = "svarar inte" if told.error else plural(told.requests, "fråga", "frågor")
            progress.update(tasks[told.api], completed=told.ended, requests=requests)

        yield tell


def _line(told: Told) -> str:
    if told.error:
        return f"{told.api}: ingenting hämtat. {told.error.faults[0].what}"
    asked = plural(told.requests, "fråga", "frågor")
    return f"{told.api}: {told.ended} av {plural(told.of, 'serie', 'serier')}, {asked}."
