"""Running jobs on an existing Dask cluster; what comes back is kept as the local runner keeps it.

The cluster needs no common file system: notebooks, params and data are read from each worker's own checkout,
which must be the same as this one, and results come back over the wire. Needs the extra `cluster`.
"""

from __future__ import annotations

import logging
import uuid
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import distributed

from varddialog.batch import alike
from varddialog.batch.foreman import Foreman
from varddialog.batch.kernels import EngineName
from varddialog.batch.make import Limits, Publish
from varddialog.batch.plan import Job
from varddialog.batch.progress import Event, Tell
from varddialog.batch.record import RunRecord
from varddialog.batch.runner import Inputs, collect
from varddialog.batch.worker import Hand, compare, differ
from varddialog.config import Project
from varddialog.errors import ClusterError, Fault

CONNECT_SECONDS = 5
CLOSE_SECONDS = 1
# a cluster may still be starting, or grow from nothing when it is asked
WORKER_SECONDS = 60


def run_on_cluster(
    jobs: Sequence[Job],
    inputs: Inputs,
    folder: Path,
    address: str,
    here: Project,
    engine: EngineName,
    limits: Limits,
    publish: Publish,
    tell: Tell,
) -> RunRecord:
    """Run the jobs on the workers of the scheduler at `address`. See `runner.collect` for what is kept.

    engine: where the kernels of each worker shall come from. publish: is sent to the workers, so it must pickle.
    Raises ClusterError when the scheduler is not reached or is lost, when there are no workers, and, before
    anything runs, when a worker or the scheduler differs from this machine.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is told as a ClusterError
    likeness = {**alike.program(alike.packages()), **alike.inputs(here)}
    hand = Hand(f"varddialog-{uuid.uuid4().hex}", likeness, engine, limits, publish)
    with (
        warnings.catch_warnings(action="ignore"),  # of versions, which are compared here in full
        _connected(address) as client,
    ):
        _wait_for_a_worker(client, address)
        _compare(client, likeness)
        client.subscribe_topic(hand.name, lambda told: tell(Event("started", told[1])))
        with _hired(client, address, hand) as foreman:
            return collect(jobs, inputs, folder, foreman.submit, tell)


@contextmanager
def _connected(address: str) -> Iterator[distributed.Client]:
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        what = f"Når inte klustret ({str(error).partition(chr(10))[0]})."
        todo = "Kontrollera adressen och att schemaläggaren är igång. Utan --scheduler görs allt på den här datorn."
        raise ClusterError(Fault(what, address, "värd:port eller tcp://värd:port", todo)) from error
    try:
        yield client
    finally:
        client.close(timeout=CLOSE_SECONDS)


def _wait_for_a_worker(client: distributed.Client, address: str) -> None:
    ends = monotonic() + WORKER_SECONDS
    while not client.nthreads():
        if monotonic() > ends:
            todo = f"Starta arbetare med «dask worker {address}»."
            raise ClusterError(Fault("Klustret har inga arbetare.", address, todo=todo))
        sleep(0.2)


def _compare(client: distributed.Client, likeness: alike.Likeness) -> None:
    """Raises ClusterError when some process of the cluster is not like this machine."""
    found = client.run(compare, likeness, on_error="return")
    # the scheduler needs the program to read the tasks, but neither params nor data
    program = {part: value for part, value in likeness.items() if part not in alike.INPUTS}
    try:
        found["schemaläggaren"] = client.run_on_scheduler(compare, program)
    except Exception as error:
        found["schemaläggaren"] = error
    words = {place: [repr(said)] if isinstance(said, BaseException) else said for place, said in found.items()}
    if differing := {place: said for place, said in words.items() if said}:
        raise differ(differing)


@contextmanager
def _hired(client: distributed.Client, address: str, hand: Hand) -> Iterator[Foreman]:
    """A hand in each worker process, and a foreman who gives them jobs; afterwards nothing of them is left there."""
    client.register_plugin(hand, name=hand.name)
    foreman = Foreman(client, address, hand.name)
    try:
        yield foreman
    finally:
        foreman.close()
        if not foreman.lost:  # without a scheduler the workers end, and with them what they have of the build
            with suppress(OSError, RuntimeError, CancelledError):
                client.unregister_worker_plugin(hand.name)
