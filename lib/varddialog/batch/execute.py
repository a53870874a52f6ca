"""One run of one notebook through papermill, under watch: its time, its output, and whether the build is stopped.

Importing this imports papermill, which is slow, and only a build needs it.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal

import papermill
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from varddialog.batch.plan import Job

if TYPE_CHECKING:
    from varddialog.batch.kernels import Engine

START_SECONDS = 180
# far above what a report holds (about one MB), far below what hurts the process that collects it
MOST_OUTPUT = 20_000_000
LOOK_SECONDS = 0.2

_NAME = "varddialog-watched"

Reason = Literal["time", "output", "stopped"]


class Watch:
    """Kills the kernel of one run when it has had its time, writes too much, or the build is stopped.

    A kernel is killed again until the run is over, since it may not have been born the first time.
    """

    def __init__(self, engine: Engine, scratch: Path, seconds: float, stop: Event | None) -> None:
        self.reason: Reason | None = None
        self.notebook: NotebookNode | None = None
        self.cell = 0
        self._engine, self._scratch, self._stop = engine, scratch, stop
        self._ends = monotonic() + seconds
        self._written = 0
        self._over = Event()
        self._thread = Thread(target=self._look, name=f"watch {scratch.name}", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def wrote(self, size: int) -> bool:
        """Whether there is room for `size` more bytes of output."""
        self._written += size
        if self._written > MOST_OUTPUT:
            self._kill("output")
        return self._written <= MOST_OUTPUT

    def _look(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            if self._stop is not None and self._stop.is_set():
                self._kill("stopped")
            elif monotonic() > self._ends:
                self._kill("time")

    def _kill(self, reason: Reason) -> None:
        self.reason = self.reason or reason
        self._engine.kill(self._scratch)


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client, which tells the watch of every cell that begins and every message that comes."""

    def __init__(self, nb_man: Any, watch: Watch, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._watch = watch

    def execute_cell(self, cell: NotebookNode, cell_index: int, **options: Any) -> NotebookNode:
        self._watch.cell = cell_index
        executed: NotebookNode = super().execute_cell(cell, cell_index, **options)
        return executed

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        if not self._watch.wrote(_size(msg["content"])):
            return None
        kept: NotebookNode | None = super().process_message(msg, cell, cell_index)
        return kept


class _Watched(NBClientEngine):  # type: ignore[misc]
    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, watch: Watch, start_timeout: float, **options: Any
    ) -> None:
        for unused in ("input_path", "log_output", "stdout_file", "stderr_file"):
            options.pop(unused, None)
        watch.notebook = nb_man.nb
        _Client(
            nb_man,
            watch,
            kernel_name=kernel_name,
            startup_timeout=start_timeout,
            log=logging.getLogger("papermill"),
            **options,
        ).execute()


papermill_engines.register(_NAME, _Watched)


def execute(job: Job, scratch: Path, engine: Engine, watch: Watch) -> NotebookNode:
    """The rendered notebook. Raises what papermill and nbclient raise; `watch` then has what was run, if any was."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL + 1)  # what goes wrong comes back as an exception
    try:
        rendered: NotebookNode = papermill.execute_notebook(
            str(job.source),
            None,  # whoever asked writes it, without what varies from run to run
            parameters=job.parameters,
            engine_name=_NAME,
            kernel_name=engine.kernel_name,
            progress_bar=False,
            log_output=False,
            request_save_on_cell_execute=False,
            start_timeout=START_SECONDS,
            shutdown_kernel="immediate",  # there is nothing left to save, and a kernel takes a second to tidy up
            config=engine.config(scratch),
            extra_arguments=engine.extra_arguments,
            watch=watch,
        )
    finally:
        with suppress(RuntimeError):  # there is none when no kernel was started
            asyncio.get_event_loop().close()  # papermill leaves the thread's loop open, with its sockets
    return rendered


def _size(content: Any) -> int:
    """About how many bytes a message's content takes."""
    if isinstance(content, dict):
        return sum(_size(part) for part in content.values())
    if isinstance(content, list):
        return sum(_size(part) for part in content)
    return len(content) if isinstance(content, (str, bytes)) else 8
