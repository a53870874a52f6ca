"""A scheduler and workers, each a process of its own on this machine; some of them die."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sysconfig
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from varddialog.batch.fingerprint import Inputs
from varddialog.batch.kernels import EngineName
from varddialog.batch.make import Limits
from varddialog.batch.plan import Job
from varddialog.batch.progress import Event
from varddialog.batch.ready import ready_engine
from varddialog.batch.record import RunRecord, read_record
from varddialog.batch.runner import run, working_in
from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.errors import ClusterError

pytest.importorskip("distributed", reason="the extra «cluster» is not installed, so no cluster is tested")

from varddialog.batch import cluster as cluster_module
from varddialog.batch import foreman
from varddialog.batch.cluster import run_on_cluster

pytestmark = pytest.mark.slow

MARK = "VARDDIALOG_TEST_MARK"
NOW = Inputs(parts={"notebook": "1"})
DASK = Path(sysconfig.get_path("scripts"), "dask")

# a notebook's kernel below a worker that has a nanny: the worker is the nanny's only child of this kind
WORKER = (
    "import psutil, time\nworker = next(p for p in psutil.Process().parents() if 'spawn_main' in ' '.join(p.cmdline()))"
)


@dataclass
class Processes:
    """A scheduler and its workers. All that they start carries the mark."""

    folder: Path
    root: Path
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    address: str = ""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        told = self.folder / "scheduler.json"
        # two workers may die before a job is given up on; Dask's own default is four
        few = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        told.unlink(missing_ok=True)
        arguments = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]
        self.scheduler = self._start("scheduler", *arguments, **few)
        waited(lambda: told.is_file() and told.stat().st_size > 0)  # it is there before it is written
        self.address = json.loads(told.read_text(encoding="utf-8"))["address"]
        return self.scheduler

    def start_worker(self, *arguments: str, threads: int = 2, **environment: str) -> subprocess.Popen[bytes]:
        known = ["--nworkers", "1", "--nthreads", str(threads), "--no-dashboard", "--local-directory", str(self.folder)]
        worker = self._start("worker", self.address, *known, *arguments, **environment)
        self.workers.append(worker)
        return worker

    def left(self) -> dict[int, str]:
        """The processes that carry the mark."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (entry / "environ").read_bytes():
                    found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
        return found

    def stop(self) -> None:
        """End everything; fails when something outlives its parents."""
        for process in [*self.workers, self.scheduler]:
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(20)
        try:
            waited(lambda: not self.left(), 10)
        finally:
            for pid in self.left():
                os.kill(pid, signal.SIGKILL)

    def _start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{arguments[0]}-{len(self.workers)}.log").open("wb")
        known = {**os.environ, ROOT_VARIABLE: str(self.root), MARK: self.mark, **environment}
        with log:
            return subprocess.Popen([DASK, *arguments], env=known, cwd=self.folder, stdout=log, stderr=log)


def waited(ready: Callable[[], bool], seconds: float = 30) -> None:
    """Returns when `ready`, fails when it takes too long."""
    ends = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < ends, f"{ready} took too long"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def checkout(_small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project that the workers have."""
    root = tmp_path_factory.mktemp("checkout") / "small"
    shutil.copytree(_small_template, root)
    return Project(root.resolve())


@pytest.fixture(scope="module")
def bare(checkout: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler without workers."""
    processes = Processes(tmp_path_factory.mktemp("bare"), checkout.root)
    try:
        processes.start_scheduler()
        yield processes
    finally:
        processes.stop()


@pytest.fixture(scope="module")
def two(checkout: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler and two workers."""
    processes = Processes(tmp_path_factory.mktemp("two"), checkout.root)
    try:
        processes.start_scheduler()
        processes.start_worker()
        processes.start_worker()
        yield processes
    finally:
        processes.stop()


@pytest.fixture
def shop(workshop: Any, checkout: Project) -> Any:
    """A workshop whose notebooks are the checkout's."""
    return replace(workshop, notebooks=checkout.notebooks)


@pytest.fixture
def build(checkout: Project) -> Callable[..., RunRecord]:
    """Builds on the cluster at an address."""

    def on(
        address: str, *jobs: Job, engine: EngineName = "stock", tell: Callable[[Event], None] = lambda event: None
    ) -> RunRecord:
        folder = jobs[0].folder.parent
        with working_in(folder):
            return run_on_cluster(jobs, lambda job: NOW, folder, address, checkout, engine, Limits(), printing(), tell)

    return on


def printing() -> Callable[[Job, Any], str]:
    """A page that is all that the notebook printed. Made here, so that it pickles by value: no worker has this file."""

    def page(job: Job, notebook: Any) -> str:
        return "".join(o.get("text", "") for cell in notebook.cells for o in cell.get("outputs", []))

    return page


def files(folder: Path) -> dict[str, bytes]:
    """Every result below a cycle's folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*.*")
        if path.suffix in (".ipynb", ".html")
    }


def failures(record: RunRecord, jobs: Sequence[Job]) -> list[tuple[str, str, str] | None]:
    found = [record.jobs[job.key].failure for job in jobs]
    return [(f.cell, f.error, f.message) if f else None for f in found]


def kernel_parents(processes: Processes) -> list[str]:
    return [line for line in processes.left().values() if "varddialog.batch.kernels" in line]


def test_the_same_bytes_as_at_home(two: Processes, shop: Any, build: Any, checkout: Project, tmp_path: Path) -> None:
    regions = ("12", "09", "00")
    jobs = [shop.job(1, "print(region, cycle)", "region", region="12")]
    jobs += [shop.job(1, region=region) for region in regions[1:]]
    events: list[Event] = []
    record = build(two.address, *jobs, engine="fork", tell=events.append)
    assert failures(record, jobs) == [None, None, None]
    assert read_record(shop.folder, DEFAULT_CYCLE).jobs.keys() == {job.key for job in jobs}
    assert record.jobs[jobs[0].key].inputs == NOW
    assert {(e.event, e.job) for e in events} == {(what, job.key) for what in ("started", "done") for job in jobs}

    home = replace(shop, output=tmp_path / "hemma")
    at_home = [home.job(1, region=region) for region in regions]
    home.folder.mkdir(parents=True)
    with ready_engine(checkout, DEFAULT_CYCLE, "stock", None) as engine:
        run(at_home, lambda job: NOW, home.folder, engine, 2, Limits(), printing(), events.append)
    assert len(files(home.folder)) == 2 * len(jobs)
    assert files(home.folder) == files(shop.folder)

    waited(lambda: not kernel_parents(two), 10)  # the workers live on, without anything of this build


def test_the_command_builds_there_as_it_does_here(
    two: Processes, checkout: Project, command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(checkout.root))
    some = ("build", "-r", "Skåne", "-d", "3", "-d", "4", "--engine", "stock", "-o")
    there = command(*some, str(tmp_path / "there"), "--scheduler", two.address)
    assert (there.code, there.err) == (0, "")
    assert command(*some, str(tmp_path / "here")).code == 0
    assert len(files(tmp_path / "there")) > 4
    assert files(tmp_path / "there") == files(tmp_path / "here")

    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 1)
    wrong = command(*some, str(tmp_path / "wrong"), "--scheduler", "127.0.0.1:1")
    assert wrong.code == 14
    assert wrong.err.startswith("127.0.0.1:1: Når inte klustret (")
    assert files(tmp_path / "wrong") == {}


def test_a_failing_notebook_comes_back_whole(two: Processes, shop: Any, build: Any) -> None:
    good = shop.job(1, "print(region)")
    raising = shop.job(2, "print('före')", "raise LookupError('borta')", "print('efter')")
    record = build(two.address, raising, good)
    assert failures(record, [good, raising]) == [None, ("cell-1", "LookupError", "borta")]
    assert good.report_page.read_text(encoding="utf-8") == "12-skane\n"
    ran = raising.failed_notebook.read_text(encoding="utf-8")
    assert "före" in ran
    assert "borta" in ran
    assert not raising.report_page.exists()
    assert not raising.notebook.exists()


def test_a_worker_that_dies_in_the_middle_is_survived(two: Processes, shop: Any, build: Any, tmp_path: Path) -> None:
    once = tmp_path / "once"
    dies = f"from pathlib import Path\nif not Path({str(once)!r}).exists():\n"
    dies += f"    Path({str(once)!r}).touch()\n    worker.kill()\n    time.sleep(60)"
    jobs = [shop.job(1, WORKER, dies, "print(region)"), shop.job(2, "print(region)"), shop.job(2, region="09")]
    record = build(two.address, *jobs, engine="fork")
    assert once.exists()
    assert failures(record, jobs) == [None, None, None]
    assert jobs[0].report_page.read_text(encoding="utf-8") == "12-skane\n"


def test_a_notebook_that_always_kills_its_worker_is_given_up_on(two: Processes, shop: Any, build: Any) -> None:
    killer, other = shop.job(1, WORKER, "worker.kill()", "time.sleep(60)"), shop.job(2, "print(region)")
    record = build(two.address, killer, other)
    [failure, none] = failures(record, [killer, other])
    assert none is None
    assert failure is not None
    assert failure[:2] == ("-", "Arbetaren dog")
    assert failure[2].startswith("2\N{NO-BREAK SPACE}arbetare i klustret dog medan notebooken kördes där")


def test_a_stopped_build_leaves_nothing_on_the_workers(two: Processes, shop: Any, build: Any) -> None:
    first, endless = shop.job(1, "print(region)"), shop.job(2, "import time", "time.sleep(600)")

    def stop(event: Event) -> None:
        if event.event == "done":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(two.address, first, endless, tell=stop)
    assert read_record(shop.folder, DEFAULT_CYCLE).jobs.keys() == {first.key}
    waited(lambda: not any("ipykernel" in line for line in two.left().values()), 15)


def test_machines_that_differ_are_told_before_anything_runs(
    two: Processes, shop: Any, build: Any, checkout: Project, tmp_path: Path
) -> None:
    job = shop.job(1, "print(region)")
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(checkout.root, elsewhere)
    comment(elsewhere / "params" / "units.yml")
    lib = tmp_path / "lib"
    shutil.copytree(checkout.library, lib / "varddialog", ignore=shutil.ignore_patterns("__pycache__"))
    comment(lib / "varddialog" / "swedish.py")
    old = lib / "papermill-0.0.1.dist-info"
    old.mkdir()
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: papermill\nVersion: 0.0.1\n", encoding="utf-8")
    empty = tmp_path / "empty"
    (empty / "varddialog").mkdir(parents=True)
    (empty / "varddialog" / "__init__.py").write_text("raise ImportError('inget här')\n", encoding="utf-8")

    strangers = [
        two.start_worker("--name", "other", PYTHONPATH=str(lib), **{ROOT_VARIABLE: str(elsewhere)}),
        two.start_worker("--name", "empty", PYTHONPATH=str(empty)),
    ]
    try:
        waited(lambda: workers(two) == 4)
        with pytest.raises(ClusterError) as caught:
            build(two.address, job)
    finally:
        for stranger in strangers:
            stranger.terminate()
            stranger.wait(20)
        waited(lambda: workers(two) == 2)
    told = sorted(fault.what for fault in caught.value.faults)
    assert len(told) == 2
    assert told[0].startswith("Skiljer sig från den här datorn: Exception")
    assert "inget här" in told[0]
    for part in ("papermill 0.0.1 där, ", "programmet (lib/varddialog) är ett annat", "params/ är inte lika"):
        assert part in told[1]
    for part in ("notebooks/", "data/", "requirements.lock", "numpy"):
        assert part not in told[1]
    assert all(fault.where.startswith("tcp://127.0.0.1:") for fault in caught.value.faults)
    assert "requirements.lock" in caught.value.faults[-1].todo
    assert files(shop.folder) == {}


def comment(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# ändrad\n", encoding="utf-8")


def workers(processes: Processes) -> int:
    import distributed

    with distributed.Client(processes.address, set_as_default=False) as client:
        return len(client.nthreads())


@pytest.mark.parametrize(
    "address", ["127.0.0.1:1", "tcp://127.0.0.1:1", "127.0.0.1", "hit://127.0.0.1:1", "finns inte"]
)
def test_a_wrong_address(address: str, shop: Any, build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 1)
    started = time.monotonic()
    with pytest.raises(ClusterError) as caught:
        build(address, shop.job(1, "1"))
    assert time.monotonic() - started < 10
    assert caught.value.exit_code == 14
    assert str(caught.value).startswith(f"{address}: Når inte klustret (")
    assert "--scheduler" in str(caught.value)


def test_a_cluster_without_workers(bare: Processes, shop: Any, build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "WORKER_SECONDS", 0.5)
    with pytest.raises(ClusterError, match=r"Klustret har inga arbetare\. Starta arbetare med «dask worker"):
        build(bare.address, shop.job(1, "1"))


def test_when_the_last_worker_is_gone_what_is_done_is_kept(
    bare: Processes, shop: Any, build: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreman, "WORKERLESS_SECONDS", 1)
    worker = bare.start_worker("--no-nanny", threads=1)
    first = shop.job(1, "print(region)")
    killing = shop.job(2, "import os, time", after(first), f"os.kill({worker.pid}, 9)", "time.sleep(60)")
    with pytest.raises(ClusterError, match=r"Klustret har inte haft någon arbetare på 1 s"):
        build(bare.address, first, killing)
    assert read_record(shop.folder, DEFAULT_CYCLE).jobs.keys() == {first.key}
    worker.wait(10)


def test_when_the_scheduler_is_lost_what_is_done_is_kept_and_a_second_build_goes_on(
    checkout: Project, shop: Any, build: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "processes"
    folder.mkdir()
    processes = Processes(folder, checkout.root)
    try:
        scheduler = processes.start_scheduler()
        processes.start_worker(threads=1)
        first = shop.job(1, "print(region)")
        killing = shop.job(2, "import os, time", after(first), f"os.kill({scheduler.pid}, 9)", "time.sleep(60)")
        with pytest.raises(ClusterError, match="schemaläggare försvann") as caught:
            build(processes.address, first, killing)
        assert caught.value.exit_code == 14
        assert read_record(shop.folder, DEFAULT_CYCLE).jobs.keys() == {first.key}

    finally:
        processes.stop()
    again = shop.job(2, "print(region)")
    record = shop.run(again)
    assert failures(record, [first, again]) == [None, None]


def after(job: Job) -> str:
    """A cell that waits until another job is done."""
    report = str(job.report_page)
    return f"from pathlib import Path\nwhile not Path({report!r}).is_file():\n    time.sleep(0.05)"
