"""An update that is killed, whenever it is: the store is whole, and the next update completes."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.data.sources.loopback import Answer, Request
from tests.data.sources.servers.kolada import KoladaServer
from tests.data.update.conftest import Update

from varddialog.config import CURRENT, ROOT_VARIABLE, Project, current
from varddialog.data.store import Store
from varddialog.data.verify import verify
from varddialog.model.catalogue import load_catalogue

Moment = Callable[[Path], bool]
TODAY = dt.date.today()


def there(name: str) -> Moment:
    return lambda stores: (stores / name).exists()


MOMENTS: dict[str, Moment] = {
    "when it begins": there(".fresh"),
    "while it asks": there(".fresh/väntar/kolada"),
    "while it writes": there(".fresh/lager"),
    "with one file written": there(".fresh/lager/observations-by-unit.parquet"),
    "when all is written": there(".fresh/lager/manifest.json"),
    "when it is in its place": there(TODAY.isoformat()),
    "when it counts": there(CURRENT),
    "when it is known what was asked": there("asked.json"),
}
QUICK = ("while it writes", "when it is in its place", "when it counts")


def slow(app: KoladaServer, seconds: float) -> Callable[[Request], Answer]:
    def answered(request: Request) -> Answer:
        time.sleep(seconds)
        return app(request)

    return answered


def killed(project: Project, moment: Moment) -> bool:
    """Whether the command was killed, at the first moment that it came to, before it ended."""
    program = subprocess.Popen(
        [str(Path(sysconfig.get_path("scripts"), "varddialog")), "data", "update"],
        env={**os.environ, ROOT_VARIABLE: str(project.root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while program.poll() is None and not moment(project.stores):
        time.sleep(0.0005)
    program.kill()
    return program.wait() == -signal.SIGKILL


def figures(project: Project) -> dict[tuple[str, str, int], float]:
    rows = Store.of(project).observations(columns=["indicator", "region", "year", "value"])
    return {(r.indicator, r.region, r.year): r.value for r in rows.itertuples(index=False)}


def check(project: Project, kolada: KoladaServer, run: Update, moment: Moment, number: float) -> bool:
    """Kill an update that is to bring a figure, look at the store, and update again; whether it was killed in time."""
    kolada.played.app = slow(kolada, 0.02)  # type: ignore[attr-defined]
    before, name = figures(project), current(project.stores)
    place = ("N00001", "12", 2024)
    kolada.put("N00001", "0012", "2024", T=number, on=TODAY)
    done = killed(project, moment)
    # as it was, or as it was to be
    assert verify(Store.of(project), load_catalogue(project)) is not None
    assert figures(project) in (before, before | {place: number})
    assert (current(project.stores) == name) == (figures(project) == before)
    kolada.played.app = kolada  # type: ignore[attr-defined]
    run(TODAY)
    assert figures(project) == before | {place: number}
    verify(Store.of(project), load_catalogue(project))
    left = [path.name for path in project.stores.iterdir() if path.name.startswith(".")]
    assert left == [".lock"]
    return done


# those that are not slow are when most is half done
@pytest.mark.parametrize(
    "moment", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in MOMENTS]
)
def test_whenever_an_update_is_killed_the_store_is_whole_and_the_next_one_completes(
    live_project: Project, kolada: KoladaServer, run: Update, moment: str
) -> None:
    check(live_project, kolada, run, MOMENTS[moment], 99.5)


@pytest.mark.slow
def test_at_random_moments_too(live_project: Project, kolada: KoladaServer, run: Update) -> None:
    chance = random.Random(2026)
    started = time.monotonic()
    check(live_project, kolada, run, lambda _: False, 100.5)
    took = time.monotonic() - started  # one that is left alone, and all that is looked at: somewhat longer than a run
    in_time = 0
    for number in range(10):
        until = time.monotonic() + chance.uniform(0.1, took)
        in_time += check(live_project, kolada, run, lambda _, u=until: time.monotonic() > u, 101.5 + number)  # type: ignore[misc]
    assert in_time > 2
