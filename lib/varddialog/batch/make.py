"""Making one job: its notebook run by a kernel, scrubbed, and turned into a page. Nothing is written but in scratch.

The page is made in the thread that ran the notebook, with the one exporter of the process: 88 pages take 1.2 s in all,
less than the two seconds of imports that a process for pages alone would cost on the cores that run the kernels.
"""

from __future__ import annotations

import errno
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING, Any

from varddialog.atomic import write_atomic
from varddialog.batch.pieces import digest
from varddialog.batch.plan import Job
from varddialog.batch.record import Failure
from varddialog.batch.scrub import scrub
from varddialog.swedish import number, with_unit

if TYPE_CHECKING:  # slow to import, and only a build needs them
    from nbformat import NotebookNode

    from varddialog.batch.execute import Reason
    from varddialog.batch.kernels import Engine

TRIES = 3
# the longest message that is told; the whole of it is in the notebook
MOST_MESSAGE = 300

Publish = Callable[[Job, "NotebookNode"], str]


@dataclass(frozen=True)
class Limits:
    """What one notebook may take: seconds by the wall clock, and megabytes of memory."""

    seconds: float = 300
    memory_mb: int = 2048


@dataclass(frozen=True)
class Made:
    """What one job came to: the rendered notebook as text, its page, how long it took, and checksums of its scrap."""

    notebook: str
    page: str
    seconds: float
    scrap: Mapping[str, str] = field(default_factory=dict)


class NotebookFailed(Exception):
    """A notebook failed. `notebook` is what was run of it, scrubbed; None when nothing was. Survives pickling."""

    def __init__(self, failure: Failure, notebook: str | None, seconds: float = 0.0) -> None:
        super().__init__(failure, notebook, seconds)
        self.failure, self.notebook, self.seconds = failure, notebook, seconds

    def __str__(self) -> str:
        return f"cell {self.failure.cell}: {self.failure.error}: {self.failure.message}"


class Stopped(Exception):
    """The build was stopped while the notebook ran."""


def make(job: Job, engine: Engine, limits: Limits, publish: Publish, stop: Event | None = None) -> Made:
    """Run the notebook and make its page; what can heal (a kernel that died or never started) is tried again.

    publish: makes the page of a rendered notebook. stop: set when the build is stopped.
    Raises NotebookFailed for whatever the notebook does, Stopped after `stop`, OSError when the disk is full.
    """
    started = time.monotonic()
    for tries in range(TRIES, 0, -1):
        with TemporaryDirectory(prefix="varddialog-") as scratch:
            try:
                notebook = _run(job, Path(scratch), engine, limits, stop)
                break
            except _MayHeal as failed:
                if tries == 1:
                    raise NotebookFailed(failed.failure, failed.notebook, _since(started)) from failed
            except NotebookFailed as failed:
                raise NotebookFailed(failed.failure, failed.notebook, _since(started)) from failed
    return _page(job, notebook, _text(notebook), publish, started)


def remake(job: Job, publish: Publish) -> Made:
    """The page made again from the notebook that is already rendered, without a kernel. Raises as `make` does."""
    import nbformat

    started = time.monotonic()
    try:
        text = job.notebook.read_text(encoding="utf-8")
        notebook = nbformat.reads(text, as_version=4)
    except (OSError, ValueError) as error:
        raise NotebookFailed(_failure(error, "-"), None, _since(started)) from error
    return _page(job, notebook, text, publish, started)


def scrap_digests(notebook: NotebookNode) -> dict[str, str]:
    """What the notebook handed on to others: each part of its scrap, with a checksum."""
    from varddialog.pack.glue import SCRAP  # slow to import, and only a build needs it

    scraps = [o.data[SCRAP] for c in notebook.cells for o in c.get("outputs", []) if SCRAP in o.get("data", {})]
    parts = [(name, part) for scrap in scraps for name, part in scrap["data"].items()]
    return {name: digest([json.dumps(part, sort_keys=True)]) for name, part in parts}


def _page(job: Job, notebook: NotebookNode, text: str, publish: Publish, started: float) -> Made:
    try:
        return Made(text, publish(job, notebook), _since(started), scrap_digests(notebook))
    except Exception as error:
        raise NotebookFailed(_failure(error, "-"), text, _since(started)) from error


def save(job: Job, made: Made) -> None:
    """Put the results in their place, each whole or not at all."""
    write_atomic(job.notebook, made.notebook)
    write_atomic(job.report_page, made.page)
    job.failed_notebook.unlink(missing_ok=True)


class _MayHeal(NotebookFailed):
    """The kernel died or never started, which says little of the notebook."""


def is_full(error: BaseException) -> bool:
    """Whether the disk, or what one may use of it, is full."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _run(job: Job, scratch: Path, engine: Engine, limits: Limits, stop: Event | None) -> NotebookNode:
    """One attempt."""
    from varddialog.batch.execute import Watch, execute

    with Watch(engine, scratch, limits.seconds, stop) as watch:
        try:
            return scrub(execute(job, scratch, engine, watch), job.report.name)
        except Exception as error:  # whatever a notebook does, the others go on
            if watch.reason == "stopped":
                raise Stopped from None
            if is_full(error):
                raise
            ran = watch.notebook
            cell = _failed_cell(ran, watch.cell)
            text = _text(scrub(ran, job.report.name)) if ran is not None else None
            if watch.reason:
                raise NotebookFailed(_limit(watch.reason, cell, limits), text) from error
            # nbclient has a RuntimeError for a kernel that dies, before or in a cell, and for one that never answers
            if isinstance(error, RuntimeError):
                raise _MayHeal(_died(error, cell), text) from error
            raise NotebookFailed(_memory(_failure(error, cell), limits), text) from error


def _limit(reason: Reason, cell: str, limits: Limits) -> Failure:
    """What is told of a notebook that was stopped."""
    from varddialog.batch.execute import MOST_OUTPUT

    if reason == "output":
        most = with_unit(number(MOST_OUTPUT / 1e6), "MB")
        return Failure(cell=cell, error="För mycket utskrift", message=f"notebooken skrev ut mer än {most}")
    seconds = with_unit(number(limits.seconds), "s")
    return Failure(cell=cell, error="Tidsgräns", message=f"notebooken var inte klar på {seconds} (--timeout)")


def _died(error: RuntimeError, cell: str) -> Failure:
    from nbclient.exceptions import DeadKernelError

    tries = with_unit(number(TRIES), "försök")
    if isinstance(error, DeadKernelError):
        return Failure(cell=cell, error="Kärnan dog", message=f"processen som kör cellerna tog slut i alla {tries}")
    return Failure(cell=cell, error="Kärnan startade inte", message=f"{error} ({tries})")


def _memory(failure: Failure, limits: Limits) -> Failure:
    """The failure, in other words when it came of the limit on memory: numpy and pyarrow have names of their own."""
    if not failure.error.endswith("MemoryError"):
        return failure
    most = with_unit(number(limits.memory_mb), "MB")
    return Failure(cell=failure.cell, error="Minnesgräns", message=f"notebooken ville ha mer än {most} (--memory)")


def _failure(error: Exception, cell: str) -> Failure:
    """What a person needs: which cell, which exception, which message."""
    name = str(getattr(error, "ename", "") or type(error).__name__)
    message = str(getattr(error, "evalue", "") or error).strip().partition("\n")[0]
    return Failure(
        cell=cell, error=name, message=message if len(message) <= MOST_MESSAGE else f"{message[: MOST_MESSAGE - 1]}…"
    )


def _failed_cell(notebook: NotebookNode | None, at: int) -> str:
    """The tag of the cell that papermill marked as failed or that ran last, or its id; a dash when none was reached."""
    cells: list[Any] = notebook.cells if notebook else []
    marked = [c for c in cells if c.metadata.get("papermill", {}).get("exception")]
    for cell in marked or cells[at : at + 1]:
        return str(next(iter(cell.metadata.get("tags", [])), cell["id"]))
    return "-"


def _text(notebook: NotebookNode) -> str:
    import nbformat

    return str(nbformat.writes(notebook)) + "\n"


def _since(started: float) -> float:
    return round(time.monotonic() - started, 2)
