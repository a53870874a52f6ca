"""Many jobs side by side: what goes well is kept, what fails is told, and neither disturbs the other."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from filelock import FileLock

from varddialog.batch import runner
from varddialog.batch.fingerprint import Inputs
from varddialog.batch.make import Made, NotebookFailed
from varddialog.batch.plan import Job
from varddialog.batch.progress import Event
from varddialog.batch.record import RECORD, Failure, checksum, read_record
from varddialog.config import DEFAULT_CYCLE
from varddialog.errors import UsageError

Publish = Callable[[Job, nbformat.NotebookNode], str]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


@pytest.fixture
def no_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks come back as they are, without being run; their page is what `publish` makes of them."""

    def as_it_is(job: Job, engine: Any, limits: Any, publish: Publish, stop: threading.Event) -> Made:
        notebook = nbformat.read(job.source, as_version=4)
        return Made(job.source.read_text(encoding="utf-8"), publish(job, notebook), 0.5)

    monkeypatch.setattr(runner, "make", as_it_is)


def test_a_failure_is_told_and_stops_no_other(workshop: Any, publish: Publish) -> None:
    good = workshop.job(1, "print(region, cycle)")
    raising = workshop.job(2, "print('före')", "# delar med noll\n1 / 0", "print('efter')")
    told: list[Event] = []
    record = workshop.run(raising, good, workers=2, tell=told.append)
    assert record.jobs == read_record(workshop.folder, DEFAULT_CYCLE).jobs

    assert record.jobs[good.key].failure is None
    assert record.jobs[good.key].inputs.parts
    assert good.report_page.read_text(encoding="utf-8") == "12-skane 2026-2027\n"
    assert record.jobs[good.key].rendered == checksum(good.notebook.read_bytes())

    failure = record.jobs[raising.key].failure
    assert failure is not None
    assert (failure.cell, failure.error, failure.message) == ("cell-1", "ZeroDivisionError", "division by zero")
    assert record.jobs[raising.key].inputs == Inputs()
    failed = nbformat.read(raising.failed_notebook, as_version=4)
    assert publish(raising, failed).startswith("före\n")
    assert "efter" not in publish(raising, failed)

    assert {(e.event, e.job, e.message) for e in told} == {
        ("started", good.key, ""),
        ("started", raising.key, ""),
        ("done", good.key, ""),
        ("failed", raising.key, "ZeroDivisionError: division by zero"),
    }
    assert all((e.seconds > 0) == (e.event != "started") for e in told)
    assert files(workshop.folder) == {RECORD, good.notebook.name, good.report_page.name, raising.failed_notebook.name}
    assert {"python", "papermill", "varddialog"} <= record.versions.keys()


def test_a_good_report_stays_until_a_better_one_is_made(workshop: Any) -> None:
    job = workshop.job(1, "print('första')")
    first = workshop.run(job).jobs[job.key]
    workshop.job(1, "print('andra')", "raise LookupError('borta')")
    second = workshop.run(job).jobs[job.key]
    assert job.report_page.read_text(encoding="utf-8") == "första\n"
    assert "andra" in job.failed_notebook.read_text(encoding="utf-8")
    assert second.inputs == first.inputs
    assert second.failure is not None

    workshop.job(1, "print('tredje')")
    third = workshop.run(job).jobs[job.key]
    assert job.report_page.read_text(encoding="utf-8") == "tredje\n"
    assert not job.failed_notebook.exists()
    assert third.failure is None
    assert third.inputs != first.inputs


def test_the_same_inputs_give_the_same_bytes(workshop: Any, tmp_path: Path) -> None:
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


@pytest.mark.usefixtures("no_kernel")
def test_pages_alone_are_made_without_a_kernel(workshop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    job, torn = workshop.job(1, "1"), workshop.job(2, "1")
    workshop.run(job, torn)
    before = job.notebook.read_bytes()
    torn.notebook.write_text("{", encoding="utf-8")
    monkeypatch.setattr(runner, "make", None)

    def words(job: Job, notebook: nbformat.NotebookNode) -> str:
        return f"{job.key} {len(notebook.cells)}"

    told: list[Event] = []
    record = runner.repage([job, torn], lambda job: Inputs(), workshop.folder, words, told.append)
    assert job.report_page.read_text(encoding="utf-8") == f"{job.key} 2"
    assert job.notebook.read_bytes() == before
    assert [(e.event, e.job) for e in told if e.event != "started"] == [("done", job.key), ("failed", torn.key)]
    assert record.jobs[torn.key].failure is not None


# the folder


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


def test_the_lock_of_a_killed_build_is_gone(workshop: Any) -> None:
    code = (
        "import sys, time; from pathlib import Path; from varddialog.batch.runner import working_in\n"
        "with working_in(Path(sys.argv[1])): print('låst', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(workshop.folder)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    with holder, holder.stdout:
        assert holder.stdout.readline()
        with pytest.raises(UsageError), runner.working_in(workshop.folder):
            pass
        os.kill(holder.pid, signal.SIGKILL)
    with runner.working_in(workshop.folder):
        pass


def test_what_a_killed_build_left_half_written_is_swept(workshop: Any) -> None:
    unit = workshop.folder / "12-skane"
    unit.mkdir(parents=True)
    for name in (".rapport.html.4711", ".run.json", "index.html"):
        (unit / name).write_text("halv", encoding="utf-8")
    with runner.working_in(workshop.folder):
        assert files(workshop.folder) == {".run.json", "index.html"}


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "Disken är full."), (errno.EDQUOT, "Disken är full."), (errno.EROFS, "Det går inte att skriva")],
)
def test_a_disk_that_takes_nothing_is_a_user_error(number: int, says: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught, runner.writing_in(tmp_path):
        raise OSError(number, os.strerror(number), str(tmp_path / "12-skane"))
    assert caught.value.exit_code == 2
    (fault,) = caught.value.faults
    assert (fault.where, fault.what.startswith(says)) == (str(tmp_path), True)
    assert "--output" in fault.todo


def test_an_error_elsewhere_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), runner.writing_in(tmp_path / "utdata"):
        (tmp_path / "mallar" / "sida.html").read_bytes()


# stopping


@pytest.mark.usefixtures("no_kernel")
def test_a_build_that_is_stopped_keeps_what_is_done(workshop: Any, publish: Publish) -> None:
    jobs = [workshop.job(number, "1") for number in (1, 2, 3, 4)]
    begun: list[str] = []

    def slow(job: Job, notebook: nbformat.NotebookNode) -> str:
        begun.append(job.key)
        if len(begun) > 1:
            time.sleep(2)  # long enough for the build to be stopped meanwhile
        return publish(job, notebook)

    def stop(event: Event) -> None:
        if event.event == "done":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workshop.run(*jobs, publish=slow, tell=stop)
    # whichever came first
    assert set(read_record(workshop.folder, DEFAULT_CYCLE).jobs) == {begun[0]}
    assert len(begun) < len(jobs)
    after = workshop.run(*(job for job in jobs if job.key != begun[0]))
    assert after.jobs.keys() == {job.key for job in jobs}


def test_a_stopped_build_waits_for_no_notebook(workshop: Any) -> None:
    quick, endless = workshop.job(1, "1"), workshop.job(2, "import time", "time.sleep(600)")

    def stop(event: Event) -> None:
        if event.event == "done":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workshop.run(endless, quick, workers=2, tell=stop)
    assert files(workshop.folder) == {RECORD, quick.notebook.name, quick.report_page.name}


def test_sigterm_stops_as_ctrl_c_does() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), runner.stoppable():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == before


# what comes back from elsewhere


def test_what_comes_back_from_elsewhere_is_kept(workshop: Any) -> None:
    from concurrent.futures import Future

    good, bad = workshop.job(1, "1"), workshop.job(2, "1")

    def elsewhere(job: Job) -> Future[Made]:
        future: Future[Made] = Future()
        if job == good:
            future.set_result(Made("{}", "<p>", 1.5))
        else:
            future.set_exception(NotebookFailed(Failure(cell="c", error="E", message="m"), "{1}", 2.5))
        return future

    told: list[Event] = []
    workshop.folder.mkdir(parents=True)
    record = runner.collect([good, bad], lambda job: Inputs(), workshop.folder, elsewhere, told.append)
    assert told == [Event("done", good.key, 1.5), Event("failed", bad.key, 2.5, "E: m")]
    assert (good.notebook.read_text(), good.report_page.read_text()) == ("{}", "<p>")
    assert bad.failed_notebook.read_text() == "{1}"
    assert record.jobs[bad.key].seconds == 2.5


@pytest.mark.usefixtures("no_kernel")
def test_other_units_stay_in_the_record(workshop: Any) -> None:
    skane, gotland = workshop.job(1, "1"), workshop.job(1, region="09")
    workshop.run(skane)
    workshop.run(gotland)
    assert set(json.loads((workshop.folder / RECORD).read_text(encoding="utf-8"))["jobs"]) == {skane.key, gotland.key}


def test_no_result_waits_for_the_others_in_memory(workshop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page is written as it comes and then let go, so that a build of 312 units needs no more than one of 22."""
    import weakref

    seen: list[Any] = []

    def remembered(job: Job, *_: Any) -> Made:
        made = Made("{}", "<p>", 0.1)
        seen.append(weakref.ref(made))
        return made

    monkeypatch.setattr(runner, "make", remembered)
    alive: list[int] = []

    def count(event: Event) -> None:
        if event.event == "done":
            alive.append(sum(ref() is not None for ref in seen))

    jobs = [workshop.job(1, "1"), *(workshop.job(1, region=code) for code in ("01", "03", "04", "05", "06"))]
    workshop.run(*jobs, tell=count)
    assert len(alive) == 6
    assert alive[-1] <= 1
