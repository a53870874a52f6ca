"""Running jobs side by side; one that fails stops no other, and what is done is kept whatever stops the build."""

from __future__ import annotations

import os
import platform
import signal
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from varddialog.atomic import write_atomic
from varddialog.batch import fingerprint
from varddialog.batch.make import Limits, Made, NotebookFailed, Publish, is_full, make, remake, save
from varddialog.batch.plan import Job
from varddialog.batch.progress import Event, Tell
from varddialog.batch.record import JobRecord, RunRecord, checksum, read_record, write_record
from varddialog.errors import Fault, UsageError

if TYPE_CHECKING:
    from varddialog.batch.kernels import Engine

# a thread mostly waits for its kernel; a stock kernel is busy with imports
THREADS = {"fork": 8, "stock": os.cpu_count() or 1}

# how often the record is written: what was done since is made again after a build that was killed
RECORD_SECONDS = 0.5

Inputs = Callable[[Job], fingerprint.Inputs]
Submit = Callable[[Job], "Future[Made]"]


def run(
    jobs: Sequence[Job],
    inputs: Inputs,
    folder: Path,
    engine: Engine,
    workers: int,
    limits: Limits,
    publish: Publish,
    tell: Tell,
) -> RunRecord:
    """Run the jobs in threads of this process, with the engine's kernels. See `collect`."""
    stop = threading.Event()

    def work(job: Job) -> Made:
        tell(Event("started", job.key))
        return make(job, engine, limits, publish, stop)

    # papermill warns of ports and event loops, which say nothing of the result; threads share the filter
    with warnings.catch_warnings(action="ignore"), ThreadPoolExecutor(workers) as pool:
        try:
            return collect(jobs, inputs, folder, lambda job: pool.submit(work, job), tell)
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def repage(jobs: Sequence[Job], inputs: Inputs, folder: Path, publish: Publish, tell: Tell) -> RunRecord:
    """Make the pages of the jobs again from their rendered notebooks, without any kernel. See `collect`."""

    def work(job: Job) -> Made:
        tell(Event("started", job.key))
        return remake(job, publish)

    with ThreadPoolExecutor(1) as pool:
        try:
            return collect(jobs, inputs, folder, lambda job: pool.submit(work, job), tell)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def collect(jobs: Sequence[Job], inputs: Inputs, folder: Path, submit: Submit, tell: Tell) -> RunRecord:
    """Submit every job and keep what comes back, each as it is done, so that a stopped build goes on where it was.

    inputs: what a job's result depends on, asked before any job runs. folder: the cycle's, which the caller
    has locked (`working_in`). submit: hands a job to whatever runs it. tell: told of each job that is done.
    Raises UsageError when nothing can be written in `folder`.
    """
    record = read_record(folder, jobs[0].cycle)
    record.versions = versions(["papermill", "nbconvert", "pandas", "matplotlib", "varddialog"])
    now = {job.key: inputs(job) for job in jobs}
    written = monotonic()
    back: SimpleQueue[tuple[Job, Future[Made]]] = SimpleQueue()
    for job in jobs:
        submit(job).add_done_callback(lambda future, job=job: back.put((job, future)))  # type: ignore[misc]
    try:
        for _ in jobs:
            job, future = back.get()
            with writing_in(folder):
                record.jobs[job.key] = _keep(job, future, now[job.key], record.jobs.get(job.key, JobRecord()))
                if monotonic() - written > RECORD_SECONDS:
                    write_record(folder, record)
                    written = monotonic()
            tell(_event(job, record.jobs[job.key]))
    finally:
        with writing_in(folder):
            write_record(folder, record)
    return record


def _keep(job: Job, future: Future[Made], now: fingerprint.Inputs, before: JobRecord) -> JobRecord:
    """Save what a job came to. After a failure the last good result stays, with the inputs it was made of."""
    try:
        made = future.result()
    except NotebookFailed as failed:
        if failed.notebook is not None:
            write_atomic(job.failed_notebook, failed.notebook)
        return before.model_copy(update={"seconds": failed.seconds, "failure": failed.failure})
    save(job, made)
    return JobRecord(
        inputs=now, scrap=dict(made.scrap), rendered=checksum(made.notebook.encode()), seconds=made.seconds
    )


def _event(job: Job, done: JobRecord) -> Event:
    if done.failure is None:
        return Event("done", job.key, done.seconds)
    return Event("failed", job.key, done.seconds, f"{done.failure.error}: {done.failure.message}")


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """The only build that works in the cycle's folder; what an earlier one left half-written is swept.

    Raises UsageError when another build does, or when nothing can be written there.
    """
    with writing_in(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise UsageError(
                Fault(
                    "En annan körning arbetar redan med samma mapp.",
                    folder.name,
                    todo="Vänta tills den är klar, eller ange --output.",
                )
            ) from None
    try:
        with writing_in(folder):
            for left in folder.rglob(".*.[0-9]*"):
                left.unlink()
        yield
    finally:
        lock.release()


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """An error of the disk under the folder, told as what, where and what to do."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            fault = Fault(
                "Disken är full.",
                str(folder),
                todo="Ge plats och kör igen: det som är klart ligger kvar. Eller ange --output på en annan disk.",
            )
        elif error.filename and _on_the_way(Path(error.filename), folder):
            fault = Fault(
                f"Det går inte att skriva i mappen ({error.strerror}).",
                str(folder),
                todo="Ge dig rätt att skriva där, eller ange en annan mapp med --output.",
            )
        else:
            raise
        raise UsageError(fault) from error


def _on_the_way(path: Path, folder: Path) -> bool:
    """Whether the path lies in the folder, or the folder in it."""
    return path.is_relative_to(folder) or folder.is_relative_to(path)


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM stops the build as Ctrl-C does. Only the main thread may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Versions of Python and the named packages."""
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}
