"""Running jobs side by side through papermill; one that fails stops no other."""

from __future__ import annotations

import asyncio
import logging
import os
import platform
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor, as_completed
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from filelock import FileLock, Timeout

from varddialog.batch.fingerprint import inputs
from varddialog.batch.plan import Job
from varddialog.batch.record import Failure, JobRecord, RunRecord, read_record, write_atomic, write_record
from varddialog.batch.scrub import scrub
from varddialog.errors import Fault, UsageError

CELL_SECONDS = 300
START_SECONDS = 180
# the stock kernel of this environment, so that a build does not depend on an installed kernelspec
KERNEL = "python3"

Publish = Callable[[Job, nbformat.NotebookNode], str]
Progress = Callable[[Job, JobRecord], None]


def run(
    jobs: Sequence[Job], shared: dict[str, str], output: Path, workers: int, publish: Publish, progress: Progress
) -> RunRecord:
    """Run the jobs and record each as it is done, so that a run stopped anywhere goes on where it was.

    publish: makes the page of a rendered notebook. progress: told of each job that is done.
    Raises UsageError when another build works on the same cycle.
    """
    folder = output / jobs[0].cycle
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            return _run(jobs, shared, folder, workers, publish, progress)
    except Timeout:
        raise UsageError(
            Fault(
                "En annan körning arbetar redan med samma mapp.",
                folder.name,
                todo="Vänta tills den är klar, eller ange --output.",
            )
        ) from None


def _run(
    jobs: Sequence[Job], shared: dict[str, str], folder: Path, workers: int, publish: Publish, progress: Progress
) -> RunRecord:
    record = read_record(folder, jobs[0].cycle)
    record.versions = versions(["papermill", "nbconvert", "pandas", "matplotlib", "varddialog"])
    # papermill warns of ports and event loops, which say nothing of the result; threads share the filter
    with warnings.catch_warnings(action="ignore"), ThreadPoolExecutor(workers) as pool:
        running = {pool.submit(_one, job, inputs(job, shared), record.jobs.get(job.key), publish): job for job in jobs}
        try:
            for done in as_completed(running):
                job = running[done]
                record.jobs[job.key] = done.result()
                write_record(folder, record)
                progress(job, record.jobs[job.key])
        except (KeyboardInterrupt, CancelledError):
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return record


def _one(job: Job, now: dict[str, str], before: JobRecord | None, publish: Publish) -> JobRecord:
    """Run one job. On failure the last good result stays, with the inputs it was made of."""
    started = time.monotonic()
    good = before.inputs if before else {}
    with TemporaryDirectory(prefix="varddialog-") as scratch:
        rendered = Path(scratch) / "rendered.ipynb"
        try:
            notebook = scrub(_execute(job, rendered), job.dimension.name)
            page = publish(job, notebook)
        except Exception as error:  # whatever a notebook does, the others go on
            ran = nbformat.read(rendered, as_version=4) if rendered.is_file() else None
            failure = _failure(error, ran)
            if ran is not None:
                write_atomic(job.failed_notebook, nbformat.writes(scrub(ran, job.dimension.name)) + "\n")
            return JobRecord(inputs=good, seconds=_since(started), failure=failure)
    write_atomic(job.notebook, nbformat.writes(notebook) + "\n")
    write_atomic(job.report, page)
    job.failed_notebook.unlink(missing_ok=True)
    return JobRecord(inputs=now, seconds=_since(started))


def _execute(job: Job, target: Path) -> nbformat.NotebookNode:
    import papermill  # slow to import, and only a build needs it
    from traitlets.config import Config

    # sockets as files have no race for free ports and need no encryption; each kernel has its own
    # place for them, since the default is one name that all kernels of a process share
    sockets = {"transport": "ipc", "ip": str(target.with_name("k"))}
    config = Config() if os.name == "nt" else Config({"KernelManager": sockets})
    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        rendered: nbformat.NotebookNode = papermill.execute_notebook(
            str(job.source),
            str(target),
            parameters=job.parameters,
            kernel_name=KERNEL,
            progress_bar=False,
            log_output=False,
            request_save_on_cell_execute=False,
            execution_timeout=CELL_SECONDS,
            start_timeout=START_SECONDS,
            shutdown_kernel="immediate",  # there is nothing left to save, and a kernel takes a second to tidy up
            config=config,
            extra_arguments=["--IPKernelApp.log_level=50"],  # what goes wrong in a cell comes back from papermill
        )
    finally:
        with suppress(RuntimeError):  # there is none when no kernel was started
            asyncio.get_event_loop().close()  # papermill leaves the thread's loop open, with its sockets
    return rendered


def _failure(error: Exception, rendered: nbformat.NotebookNode | None) -> Failure:
    """What a person needs: which cell, which exception, which message."""
    name = str(getattr(error, "ename", "") or type(error).__name__)
    message = str(getattr(error, "evalue", "") or error).strip().partition("\n")[0]
    return Failure(cell=_failed_cell(rendered), error=name, message=message)


def _failed_cell(rendered: nbformat.NotebookNode | None) -> str:
    """The tag of the cell that papermill marked as failed, or its id; a dash when no cell was reached."""
    for cell in rendered.cells if rendered else []:
        if cell.metadata.get("papermill", {}).get("exception"):
            return str(next(iter(cell.metadata.get("tags", [])), cell["id"]))
    return "-"


def _since(started: float) -> float:
    return round(time.monotonic() - started, 2)


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Versions of Python and the named packages."""
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}
