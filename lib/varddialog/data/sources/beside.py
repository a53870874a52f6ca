"""Work in threads that the program does not wait for when it ends, so that Ctrl-C is obeyed at once.

The threads of concurrent.futures are waited for, and one that asks a slow source would keep the prompt for minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, wait
from threading import Thread
from typing import Any, TypeVar

# seconds that work which nobody wants any more gets to end in
_GRACE = 1.0

T = TypeVar("T")


def beside(name: str, work: Callable[..., T], *arguments: Any) -> Future[T]:
    """Begin the work in a thread of its own; what it comes to, or the error that it ends with."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work(*arguments))
        except BaseException as error:  # raised where the result is asked for
            future.set_exception(error)

    Thread(target=run, name=name, daemon=True).start()
    return future


def leave(begun: Iterable[Future[Any]]) -> None:
    """Let work that nobody wants any more end, if it does so soon."""
    wait(begun, timeout=_GRACE)
