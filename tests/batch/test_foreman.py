"""A foreman with a made-up cluster: what is given up on, and who is to blame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from varddialog.batch.make import Made, NotebookFailed
from varddialog.batch.plan import Job

pytest.importorskip("distributed", reason="the extra «cluster» is not installed, so no cluster is tested")

from distributed.scheduler import KilledWorker

from varddialog.batch.foreman import Foreman


class Cluster:
    """Tasks end when told to; `alone` has those that were handed out with nothing else out."""

    def __init__(self) -> None:
        self.out: dict[str, tuple[Job, Callable[[Any], None]]] = {}
        self.alone: list[str] = []
        self.murderers: set[str] = set()
        self._numbers = count()

    def nthreads(self) -> dict[str, int]:
        return {"tcp://worker": 1}

    def submit(self, function: Any, job: Job, hand: str, pure: bool) -> Any:
        key = f"work-{next(self._numbers)}"
        if not self.out:
            self.alone.append(job.key)

        def add_done_callback(told: Callable[[Any], None]) -> None:
            self.out[key] = (job, told)
            if len(self.alone) > 1:  # handed out again: it ends at once
                self.end(key, killed=job.key in self.murderers)

        return SimpleNamespace(key=key, add_done_callback=add_done_callback)

    def end(self, key: str, killed: bool) -> None:
        job, told = self.out.pop(key)

        def result(timeout: float) -> Made:
            if killed:
                raise KilledWorker(key, SimpleNamespace(address="tcp://worker"), 1)  # type: ignore[arg-type]
            return Made(job.key, "", 0)

        told(SimpleNamespace(key=key, result=result))


@pytest.fixture
def cluster() -> Cluster:
    return Cluster()


@pytest.fixture
def boss(cluster: Cluster) -> Iterator[Foreman]:
    boss = Foreman(cluster, "tcp://scheduler", "hand")  # type: ignore[arg-type]
    yield boss
    boss.close()


def test_those_given_up_on_together_are_tried_alone(cluster: Cluster, boss: Foreman, workshop: Any) -> None:
    innocent, murderer, neighbour = (workshop.job(1, region=region) for region in ("01", "03", "09"))
    cluster.murderers = {murderer.key}
    promised = [boss.submit(job) for job in (innocent, murderer, neighbour)]
    for key in list(cluster.out):
        cluster.end(key, killed=True)
    assert promised[0].result(5).notebook == innocent.key
    with pytest.raises(NotebookFailed, match="Arbetaren dog"):
        promised[1].result(5)
    assert promised[2].result(5).notebook == neighbour.key
    assert cluster.alone == [innocent.key, innocent.key, murderer.key, neighbour.key]


def test_a_single_one_has_itself_to_blame(cluster: Cluster, boss: Foreman, workshop: Any) -> None:
    fine, murderer = workshop.job(1, region="01"), workshop.job(1, region="03")
    promised = [boss.submit(fine), boss.submit(murderer)]
    first, second = list(cluster.out)
    cluster.end(second, killed=True)
    cluster.end(first, killed=False)
    assert promised[0].result(5).notebook == fine.key
    with pytest.raises(NotebookFailed, match="Arbetaren dog"):
        promised[1].result(5)
    assert cluster.alone == [fine.key]
