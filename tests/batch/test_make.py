"""One job: what its limits stop, what is tried again, and what comes back of a failure."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient.exceptions import DeadKernelError

from varddialog.batch import execute
from varddialog.batch.kernels import Engine, open_engine
from varddialog.batch.make import TRIES, Limits, Made, NotebookFailed, Stopped, make, save
from varddialog.batch.plan import Job
from varddialog.batch.record import Failure

Publish = Callable[[Job, nbformat.NotebookNode], str]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with open_engine("stock") as stock:
        yield stock


@pytest.fixture
def failure(engine: Engine, publish: Publish) -> Callable[..., NotebookFailed]:
    """What a job that must fail fails with."""

    def failure(job: Job, seconds: float = 60, publish: Publish = publish) -> NotebookFailed:
        with pytest.raises(NotebookFailed) as caught:
            make(job, engine, Limits(seconds), publish)
        return caught.value

    return failure


def test_nothing_is_written_but_what_save_writes(workshop: Any, engine: Engine, publish: Publish) -> None:
    job = workshop.job(1, "print(region)")
    made = make(job, engine, Limits(60), publish)
    assert made.page == "12-skane\n"
    assert 0 < made.seconds < 60
    assert not workshop.output.exists()
    job.folder.mkdir(parents=True)
    job.failed_notebook.write_text("{}", encoding="utf-8")
    save(job, made)
    assert {path.name for path in job.folder.iterdir()} == {job.notebook.name, job.report_page.name}
    assert job.notebook.read_text(encoding="utf-8") == made.notebook


def test_a_notebook_has_its_time_by_the_clock(workshop: Any, failure: Any) -> None:
    job = workshop.job(1, "print('före')", "while True: pass")
    failed = failure(job, seconds=4)
    assert failed.failure == Failure(
        cell="cell-1", error="Tidsgräns", message="notebooken var inte klar på 4\u00a0s (--timeout)"
    )
    assert 4 <= failed.seconds < 9
    assert "före" in failed.notebook


def test_the_time_is_that_of_the_whole_notebook(workshop: Any, failure: Any) -> None:
    cells = ["import time; time.sleep(1.5)"] * 6
    failed = failure(workshop.job(1, *cells), seconds=5)
    assert failed.failure.error == "Tidsgräns"
    assert failed.failure.cell in {"cell-1", "cell-2", "cell-3"}  # as quickly as the kernel started


def test_what_is_printed_has_a_bound(workshop: Any, failure: Any) -> None:
    job = workshop.job(1, "for _ in range(600):\n    print('x' * 100_000)")
    failed = failure(job)
    assert failed.failure == Failure(
        cell="cell-0", error="För mycket utskrift", message="notebooken skrev ut mer än 20\u00a0MB"
    )
    assert len(failed.notebook) < 1.2 * execute.MOST_OUTPUT


def test_one_message_that_is_too_large_is_not_kept(workshop: Any, failure: Any) -> None:
    failed = failure(workshop.job(1, "raise ValueError('x' * 30_000_000)"))
    assert failed.failure.error == "För mycket utskrift"
    assert len(failed.notebook) < 100_000


def test_a_long_message_is_cut(workshop: Any, failure: Any) -> None:
    failed = failure(workshop.job(1, "raise ValueError('x' * 5000)"))
    assert failed.failure.error == "ValueError"
    assert len(failed.failure.message) == 300
    assert failed.failure.message.endswith("x…")


def test_a_kernel_that_dies_is_tried_again(workshop: Any, engine: Engine, publish: Publish, tmp_path: Path) -> None:
    once = f"import os, pathlib\np = pathlib.Path({str(tmp_path / 'mark')!r})\n"
    job = workshop.job(1, once + "if not p.exists():\n    p.touch()\n    os._exit(3)\nprint('levde')")
    assert make(job, engine, Limits(60), publish).page == "levde\n"


@pytest.mark.parametrize(
    ("error", "tries", "told"),
    [
        (DeadKernelError("Kernel died"), TRIES, "Kärnan dog"),
        (RuntimeError("Kernel didn't respond in 180 seconds"), TRIES, "Kärnan startade inte"),
        (TypeError("x"), 1, "TypeError"),
    ],
)
def test_only_what_can_heal_is_tried_again(
    error: Exception, tries: int, told: str, workshop: Any, failure: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def dies(job: Job, scratch: Path, engine: Engine, watch: execute.Watch) -> None:
        seen.append(scratch)
        raise error

    monkeypatch.setattr(execute, "execute", dies)
    failed = failure(workshop.job(1, "1"))
    assert len(set(seen)) == tries
    assert not any(folder.exists() for folder in seen)
    assert failed.failure.error == told


def test_a_notebooks_own_exception_is_not_tried_again(workshop: Any, failure: Any, tmp_path: Path) -> None:
    log = tmp_path / "log"
    failed = failure(workshop.job(1, f"open({str(log)!r}, 'a').write('x')", "raise RuntimeError('egen')"))
    assert (failed.failure.error, failed.failure.message) == ("RuntimeError", "egen")
    assert log.read_text() == "x"


def test_a_stopped_build_stops_the_notebook(workshop: Any, engine: Engine, publish: Publish) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        make(workshop.job(1, "import time; time.sleep(600)"), engine, Limits(60), publish, stop)


def test_a_page_that_cannot_be_made_is_a_failure(workshop: Any, failure: Any) -> None:
    def broken(job: Job, notebook: nbformat.NotebookNode) -> str:
        raise ValueError("ingen mall\nmed mera")

    failed = failure(workshop.job(1, "1"), publish=broken)
    assert failed.failure == Failure(cell="-", error="ValueError", message="ingen mall")


def test_a_file_that_is_no_notebook_is_a_failure(workshop: Any, failure: Any) -> None:
    job = workshop.job(1, "1")
    job.source.write_text("{ inte json", encoding="utf-8")
    failed = failure(job)
    assert failed.failure.message
    assert (failed.failure.cell, failed.notebook) == ("-", None)


def test_no_event_loop_is_left_open(
    workshop: Any, engine: Engine, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """papermill makes one for each thread, and a build of 312 units would keep them all."""
    import asyncio

    made = []
    new = asyncio.new_event_loop

    def remembered() -> asyncio.AbstractEventLoop:
        made.append(new())
        return made[-1]

    monkeypatch.setattr(asyncio, "new_event_loop", remembered)
    job = workshop.job(1, "1")
    worker = threading.Thread(target=make, args=(job, engine, Limits(60), publish))
    worker.start()
    worker.join()
    assert made
    assert all(loop.is_closed() for loop in made)


@pytest.mark.parametrize("whole", [Made("{}", "<p>", 1.0), Limits(3, 64)])
def test_what_goes_between_processes_survives_it(whole: Any) -> None:
    assert pickle.loads(pickle.dumps(whole)) == whole


def test_a_failure_survives_pickling() -> None:
    failed = NotebookFailed(Failure(cell="c", error="E", message="m"), "{}", 2.0)
    again = pickle.loads(pickle.dumps(failed))
    assert (again.failure, again.notebook, again.seconds) == (failed.failure, failed.notebook, failed.seconds)
    assert str(again) == "cell c: E: m"
