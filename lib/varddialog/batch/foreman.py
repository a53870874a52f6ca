"""Handing out jobs to the workers of a cluster, and taking back what they come to, whoever dies on the way."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any

import distributed
from distributed.scheduler import KilledWorker

from varddialog.batch.make import Made, NotebookFailed
from varddialog.batch.plan import Job
from varddialog.batch.record import Failure
from varddialog.batch.worker import work
from varddialog.errors import ClusterError, Fault
from varddialog.swedish import number, plural

LOOK_SECONDS = 1.0
# new workers often come for those that die, but it takes them a while
WORKERLESS_SECONDS = 60
# a result that does not come in this time is asked for again, after the others
RESULT_SECONDS = 60


@dataclass(eq=False)
class _Errand:
    """One job, handed out and not yet taken back."""

    job: Job
    promised: Future[Made] = field(default_factory=Future)
    alone: bool = False


class Foreman:
    """Gives jobs to the workers of a cluster and keeps its promises: each job comes to something, or to an error.

    A job whose worker dies is given to another worker by the scheduler, and given up on when it has lost too many
    (Dask's setting `distributed.scheduler.allowed-failures`). Jobs that lay on the same workers are then given up
    on too, without fault. When there are several, each is therefore tried again, with nothing else on the cluster.
    """

    def __init__(self, client: distributed.Client, address: str, hand: str) -> None:
        self._client, self._address, self._hand = client, address, hand
        self._out: dict[str, _Errand] = {}
        self._given_up: list[tuple[_Errand, NotebookFailed]] = []
        self._several = False
        self.lost = False  # whether the scheduler went away
        self._broken: ClusterError | None = None
        self._lock = Lock()
        self._back: SimpleQueue[distributed.Future[Any] | None] = SimpleQueue()
        self._seen_workers = monotonic()
        self._thread = Thread(target=self._receive, name="foreman", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Future[Made]:
        """The promise of what the job comes to: Made, NotebookFailed, or ClusterError when the cluster is lost."""
        errand = _Errand(job)
        self._send(errand)
        return errand.promised

    def close(self) -> None:
        """Take nothing more back, and call off what is out."""
        self._back.put(None)
        self._thread.join()
        self._break_promises(ClusterError(Fault("Körningen är avbruten.", self._address)))

    def _send(self, errand: _Errand) -> None:
        with self._lock:
            if self._broken is None:
                sent = self._client.submit(work, errand.job, self._hand, pure=False)
                self._out[str(sent.key)] = errand
                sent.add_done_callback(self._back.put)
                return
        errand.promised.set_exception(self._broken)

    def _receive(self) -> None:
        while True:
            try:
                sent = self._back.get(timeout=LOOK_SECONDS)
            except Empty:
                self._look_for_workers()
                continue
            if sent is None:
                return
            self._take(sent)
            if self._given_up and not self._out:
                self._try_again()

    def _take(self, sent: distributed.Future[Any]) -> None:
        """Keep one promise. A task returns its own faults, so that what is raised here is the cluster's."""
        outcome: Made | NotebookFailed | ClusterError
        killed: NotebookFailed | None = None
        try:
            outcome = sent.result(timeout=RESULT_SECONDS)
        except TimeoutError:
            self._look_for_workers()
            self._back.put(sent)
            return
        except CancelledError:
            self.lost = True
            outcome = _gone(self._address)
        except KilledWorker as error:
            outcome = killed = _killed(error)
        except Exception as error:
            outcome = NotebookFailed(Failure(cell="-", error=type(error).__name__, message=str(error)), None)
        with self._lock:
            errand = self._out.pop(str(sent.key), None)
        if errand is None:  # its promise is already broken
            return
        if killed and not errand.alone:
            self._given_up.append((errand, killed))
        elif isinstance(outcome, Made):
            errand.promised.set_result(outcome)
        else:
            errand.promised.set_exception(outcome)
            if isinstance(outcome, ClusterError):
                self._break_promises(outcome)

    def _try_again(self) -> None:
        """One of several that were given up on, alone; a single one has itself to blame."""
        errand, killed = self._given_up.pop(0)
        if self._given_up or self._several:
            self._several = bool(self._given_up)
            errand.alone = True
            self._send(errand)
        else:
            errand.promised.set_exception(killed)

    def _look_for_workers(self) -> None:
        """Breaks every promise when there have been no workers for a while; a lost scheduler is told by the futures."""
        with suppress(OSError, RuntimeError, TimeoutError):
            if self._client.nthreads() or not self._out:
                self._seen_workers = monotonic()
        if monotonic() - self._seen_workers > WORKERLESS_SECONDS:
            what = f"Klustret har inte haft någon arbetare på {number(WORKERLESS_SECONDS)} s."
            todo = "Starta arbetare och kör igen: det som är klart ligger kvar."
            self._break_promises(ClusterError(Fault(what, self._address, todo=todo)))

    def _break_promises(self, error: ClusterError) -> None:
        with self._lock:
            self._broken = error
            errands = [*self._out.values(), *(errand for errand, _ in self._given_up)]
            self._out.clear()
            self._given_up.clear()
        for errand in errands:
            errand.promised.set_exception(error)


def _gone(address: str) -> ClusterError:
    """The error of a scheduler that went away in the middle."""
    todo = "Starta klustret och kör igen: det som är klart ligger kvar."
    return ClusterError(Fault("Klustrets schemaläggare försvann under körningen.", address, todo=todo))


def _killed(error: KilledWorker) -> NotebookFailed:
    dead = plural(error.allowed_failures + 1, "arbetare i klustret dog", "arbetare i klustret dog")
    message = f"{dead} medan notebooken kördes där (den sista var {error.last_worker.address})"
    return NotebookFailed(Failure(cell="-", error="Arbetaren dog", message=message), None)
