"""Real kernels: what goes well is kept, what fails is told, and neither disturbs the other."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from filelock import FileLock

from varddialog.batch import runner
from varddialog.batch.fingerprint import inputs
from varddialog.batch.plan import Job
from varddialog.batch.record import RECORD, JobRecord, read_record, state
from varddialog.batch.runner import KERNEL, run
from varddialog.config import DEFAULT_CYCLE
from varddialog.errors import UsageError

Publish = Callable[[Job, nbformat.NotebookNode], str]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


@pytest.fixture
def no_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks come back as they are, without being run."""

    def as_it_is(job: Job, target: Path) -> nbformat.NotebookNode:
        return nbformat.read(job.source, as_version=4)

    monkeypatch.setattr(runner, "_execute", as_it_is)


def test_a_failure_is_told_and_stops_no_other(workshop: Any, shared: dict[str, str], publish: Publish) -> None:
    good = workshop.job(1, "print(region, cycle)")
    raising = workshop.job(2, "print('före')", "# delar med noll\n1 / 0", "print('efter')")
    dying = workshop.job(3, "import os", "os._exit(3)")
    told: dict[str, JobRecord] = {}
    record = run(
        [raising, dying, good], shared, workshop.output, 2, publish, lambda job, done: told.update({job.key: done})
    )
    assert told == record.jobs == read_record(workshop.folder, DEFAULT_CYCLE).jobs

    assert record.jobs[good.key].failure is None
    assert record.jobs[good.key].inputs == inputs(good, shared)
    assert good.report.read_text(encoding="utf-8") == "12-skane 2026-2027\n"

    failure = record.jobs[raising.key].failure
    assert failure is not None
    assert (failure.cell, failure.error, failure.message) == (
        "cell-1",
        "ZeroDivisionError",
        "division by zero",
    )
    assert record.jobs[raising.key].inputs == {}
    failed = nbformat.read(raising.failed_notebook, as_version=4)
    assert publish(raising, failed).startswith("före\n")
    assert "efter" not in publish(raising, failed)

    died = record.jobs[dying.key].failure
    assert died is not None
    assert died.error == "DeadKernelError"
    assert died.message

    assert files(workshop.folder) == {RECORD, good.notebook.name, good.report.name, raising.failed_notebook.name}
    assert {"python", "papermill", "varddialog"} <= record.versions.keys()


def test_a_good_report_stays_until_a_better_one_is_made(workshop: Any, shared: dict[str, str]) -> None:
    job = workshop.job(1, "print('första')")
    first = workshop.run(job).jobs[job.key]
    workshop.job(1, "print('andra')", "raise LookupError('borta')")
    record = workshop.run(job)
    assert job.report.read_text(encoding="utf-8") == "första\n"
    assert "andra" in job.failed_notebook.read_text(encoding="utf-8")
    assert record.jobs[job.key].inputs == first.inputs != inputs(job, shared)
    assert state(job, record, inputs(job, shared)) == (
        "misslyckad",
        "cell cell-1: LookupError: borta",
    )

    workshop.job(1, "print('tredje')")
    record = workshop.run(job)
    assert job.report.read_text(encoding="utf-8") == "tredje\n"
    assert not job.failed_notebook.exists()
    assert state(job, record, inputs(job, shared)) == ("färsk", "")


def test_the_same_inputs_give_the_same_bytes(
    workshop: Any, tmp_path: Path, shared: dict[str, str], publish: Publish
) -> None:
    jobs = [workshop.job(1, "print(region)", "region"), workshop.job(1, region="09")]
    elsewhere = type(workshop)(workshop.catalogue, workshop.notebooks, tmp_path / "annan")
    again = [elsewhere.job(1), elsewhere.job(1, region="09")]
    workshop.run(*jobs, workers=2)
    elsewhere.run(*again)
    for one, other in zip(jobs, again, strict=True):
        assert one.notebook.read_bytes() == other.notebook.read_bytes()
    text = jobs[0].notebook.read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert jobs[0].notebook.read_bytes() != jobs[1].notebook.read_bytes()


def test_a_cell_without_end_is_stopped(workshop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "CELL_SECONDS", 1)
    endless = workshop.job(1, "while True: pass")
    failure = workshop.run(endless).jobs[endless.key].failure
    assert failure is not None
    assert failure.error == "CellTimeoutError"
    assert "1 seconds" in failure.message
    assert not endless.report.exists()


def test_no_event_loop_is_left_open(workshop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """papermill makes one for each thread, and a build of 312 units would keep them all."""
    import asyncio

    made = []
    new = asyncio.new_event_loop

    def remembered() -> asyncio.AbstractEventLoop:
        made.append(new())
        return made[-1]

    monkeypatch.setattr(asyncio, "new_event_loop", remembered)
    workshop.run(workshop.job(1, "1"))
    assert made
    assert all(loop.is_closed() for loop in made)


@pytest.mark.usefixtures("no_kernel")
def test_two_builds_at_once(workshop: Any) -> None:
    job = workshop.job(1, "1")
    workshop.folder.mkdir(parents=True)
    with FileLock(workshop.folder / ".lock"), pytest.raises(UsageError) as caught:
        workshop.run(job)
    assert caught.value.exit_code == 2
    assert str(caught.value).startswith(f"{DEFAULT_CYCLE}: En annan körning arbetar redan med samma mapp.")
    assert "--output" in str(caught.value)
    assert not files(workshop.folder)
    assert workshop.run(job).jobs[job.key].failure is None  # the lock is gone with its holder


@pytest.mark.usefixtures("no_kernel")
def test_a_page_that_cannot_be_made_is_a_failure(workshop: Any, shared: dict[str, str], publish: Publish) -> None:
    job, other = workshop.job(1, "1"), workshop.job(2, "1")

    def broken(asked: Job, notebook: nbformat.NotebookNode) -> str:
        if asked == job:
            raise ValueError("ingen mall\nmed mera")
        return publish(asked, notebook)

    record = run([job, other], shared, workshop.output, 1, broken, lambda job, done: None)
    failure = record.jobs[job.key].failure
    assert failure is not None
    assert (failure.cell, failure.error, failure.message) == ("-", "ValueError", "ingen mall")
    assert record.jobs[other.key].failure is None
    assert not job.notebook.exists()


def test_a_file_that_is_no_notebook_is_a_failure(workshop: Any) -> None:
    job = workshop.job(1, "1")
    job.source.write_text("{ inte json", encoding="utf-8")
    failure = workshop.run(job).jobs[job.key].failure
    assert failure is not None
    assert failure.message


@pytest.mark.usefixtures("no_kernel")
def test_a_build_that_is_stopped_keeps_what_is_done(workshop: Any, shared: dict[str, str], publish: Publish) -> None:
    jobs = [workshop.job(number, "1") for number in (1, 2, 3, 4)]
    begun: list[str] = []
    waits = threading.Event()

    def slow(job: Job, notebook: nbformat.NotebookNode) -> str:
        begun.append(job.key)
        if len(begun) > 1:
            waits.wait(10)
        return publish(job, notebook)

    def stop(job: Job, done: JobRecord) -> None:
        waits.set()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(jobs, shared, workshop.output, 1, slow, stop)
    assert set(read_record(workshop.folder, DEFAULT_CYCLE).jobs) == {jobs[0].key}
    assert len(begun) < len(jobs)
    after = workshop.run(*jobs[1:])
    assert after.jobs.keys() == {job.key for job in jobs}


@pytest.mark.usefixtures("no_kernel")
def test_other_units_stay_in_the_record(workshop: Any) -> None:
    skane, gotland = workshop.job(1, "1"), workshop.job(1, region="09")
    workshop.run(skane)
    workshop.run(gotland)
    assert set(json.loads((workshop.folder / RECORD).read_text(encoding="utf-8"))["jobs"]) == {skane.key, gotland.key}


def test_the_kernel_is_the_environments_own() -> None:
    from jupyter_client.kernelspec import NATIVE_KERNEL_NAME

    assert KERNEL == NATIVE_KERNEL_NAME
