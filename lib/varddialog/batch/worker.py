"""What a build has on each worker of a cluster: one engine, and the jobs that come to it. Needs the extra `cluster`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from threading import Event, Lock, Timer

import distributed

from varddialog.batch import alike
from varddialog.batch.kernels import Engine, EngineName
from varddialog.batch.make import Limits, Made, NotebookFailed, Publish, Stopped, make
from varddialog.batch.plan import Job
from varddialog.batch.ready import ready_engine
from varddialog.batch.record import Failure
from varddialog.config import project
from varddialog.errors import ClusterError, Fault, UserError

# a build that was killed cannot tell its workers that it is over; an engine holds a few hundred megabytes
IDLE_SECONDS = 60


class Hand(distributed.WorkerPlugin):
    """One build's hand in a worker process: opens an engine at the first job and closes it after the last.

    likeness: what this process must be like, see `alike`. engine: where kernels shall come from.
    """

    def __init__(
        self, name: str, likeness: alike.Likeness, engine: EngineName, limits: Limits, publish: Publish
    ) -> None:
        self.name, self.likeness = name, likeness
        self.engine, self.limits, self.publish = engine, limits, publish

    def setup(self, worker: distributed.Worker) -> None:
        # a worker that joins in the middle of a build is compared here
        self.differs = compare(self.likeness)
        self._worker = worker
        self._stop, self._lock = Event(), Lock()
        self._opened: tuple[ExitStack, Engine] | None = None
        self._jobs, self._timer = 0, Timer(0, self._close)

    def teardown(self, worker: distributed.Worker) -> None:
        self._stop.set()
        self._close()

    def make(self, job: Job) -> Made | NotebookFailed | ClusterError:
        """What the job comes to, made from this machine's checkout."""
        if self.differs:
            return differ({self._worker.address: self.differs})
        here = replace(job, source=project().notebooks / job.source.name)
        try:
            with self._working(job.cycle) as engine:
                self._worker.log_event(self.name, job.key)
                return make(here, engine, self.limits, self.publish, self._stop)
        except NotebookFailed as failed:
            return NotebookFailed(*failed.args)  # without traceback and causes, which need not survive the wire
        except Exception as error:
            what = Failure(cell="-", error=type(error).__name__, message=f"{error} ({self._worker.address})")
            return NotebookFailed(what, None)

    @contextmanager
    def _working(self, cycle: str) -> Iterator[Engine]:
        with self._lock:
            if self._stop.is_set():
                raise Stopped
            self._timer.cancel()
            if self._opened is None:
                stack = ExitStack()
                opening = ready_engine(project(), cycle, self.engine, self.limits.memory_mb)
                self._opened = stack, stack.enter_context(opening)
            self._jobs += 1
            engine = self._opened[1]
        try:
            yield engine
        finally:
            with self._lock:
                self._jobs -= 1
                if not self._jobs:
                    self._timer = Timer(IDLE_SECONDS, self._close_idle)
                    self._timer.daemon = True
                    self._timer.start()

    def _close_idle(self) -> None:
        if not self._jobs:
            self._close()

    def _close(self) -> None:
        with self._lock:
            self._timer.cancel()
            if self._opened is not None:
                self._opened[0].close()
                self._opened = None


def work(job: Job, name: str) -> Made | NotebookFailed | ClusterError:
    """One task: the job, made by the build's hand in this process. Faults are returned, since all of them pickle."""
    hand = distributed.get_worker().plugins[name]
    assert isinstance(hand, Hand)
    return hand.make(job)


def compare(likeness: alike.Likeness) -> list[str]:
    """In words, how this process differs from what the build asks for."""
    named = {*alike.PROGRAM, *alike.INPUTS, alike.PYTHON}
    here = alike.program(part for part in likeness if part not in named)
    if any(part in likeness for part in alike.INPUTS):
        try:
            here.update(alike.inputs(project()))
        except UserError as error:
            return [str(error)]
    return alike.differences(likeness, here)


def differ(workers: dict[str, list[str]]) -> ClusterError:
    """The error of processes that differ from this machine; those that differ alike are told together."""
    alike_ones: dict[str, list[str]] = {}
    for address, words in workers.items():
        alike_ones.setdefault("; ".join(words), []).append(address)
    todo = (
        "Låt alla datorer ha samma version av projektet och paketen i requirements.lock, "
        "peka ut checkouten med VARDDIALOG_ROOT där den ligger på annan plats, och starta om arbetarna."
    )
    faults = []
    for said, addresses in alike_ones.items():
        more = f" och {len(addresses) - 1} till" if len(addresses) > 1 else ""
        faults.append(Fault(f"Skiljer sig från den här datorn: {said}.", f"{addresses[0]}{more}"))
    return ClusterError(*faults[:-1], replace(faults[-1], todo=todo))
