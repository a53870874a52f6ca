"""run.json: what is remembered of a run, and what is said of a result that it knows or does not know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from varddialog.batch.fingerprint import PARTS
from varddialog.batch.plan import Job
from varddialog.batch.record import (
    RECORD,
    Failure,
    JobRecord,
    RunRecord,
    read_record,
    state,
    write_atomic,
    write_record,
)
from varddialog.config import DEFAULT_CYCLE

NOW = dict.fromkeys(PARTS, "nu")
FAILED = Failure(cell='pack.area("dodlighet")', error="ValueError", message="inga värden")


@pytest.fixture
def job(workshop: Any) -> Job:
    """A job whose report and notebook are there."""
    made: Job = workshop.job(2, "1")
    for path in (made.report, made.notebook):
        write_atomic(path, "gjord")
    return made


def knowing(job: Job, known: JobRecord) -> RunRecord:
    return RunRecord(cycle=DEFAULT_CYCLE, jobs={job.key: known})


def test_what_is_written_is_read_again(tmp_path: Path, job: Job) -> None:
    record = knowing(job, JobRecord(inputs=NOW, seconds=1.5, failure=FAILED))
    record.versions["python"] = "3.11.7"
    write_record(tmp_path / "ny", record)
    assert read_record(tmp_path / "ny", DEFAULT_CYCLE) == record


def test_the_bytes_do_not_depend_on_which_job_was_done_first(tmp_path: Path) -> None:
    for name, keys in (("a", "xyz"), ("b", "zyx")):
        write_record(tmp_path / name, RunRecord(cycle=DEFAULT_CYCLE, jobs={key: JobRecord() for key in keys}))
    assert (tmp_path / "a" / RECORD).read_bytes() == (tmp_path / "b" / RECORD).read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"jobs": {}}',
        b'{"cycle": "x", "jobs": {"a": {"seconds": "l\xe5ng"}}}',
        b"\xff\xfe\x00",
    ],
    ids=["empty", "cut", "list", "null", "lacks the cycle", "not utf-8", "not text"],
)
def test_an_unreadable_record_means_that_everything_is_made_again(tmp_path: Path, job: Job, content: bytes) -> None:
    (tmp_path / RECORD).write_bytes(content)
    record = read_record(tmp_path, DEFAULT_CYCLE)
    assert record == RunRecord(cycle=DEFAULT_CYCLE)
    assert state(job, record, NOW)[0] == "saknas"


def test_no_record_yet(tmp_path: Path) -> None:
    assert read_record(tmp_path / "ingen", DEFAULT_CYCLE) == RunRecord(cycle=DEFAULT_CYCLE)


def test_a_file_is_written_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "mapp" / "fil.txt"
    write_atomic(path, "första åäö")
    write_atomic(path, "andra")
    assert path.read_text(encoding="utf-8") == "andra"
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    write_atomic(path, "hel")
    with pytest.raises(UnicodeEncodeError):
        write_atomic(path, "halv \ud800")
    assert path.read_text(encoding="utf-8") == "hel"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_take_its_place_leaves_nothing_beside(tmp_path: Path) -> None:
    folder = tmp_path / "mapp"
    (folder / "i vägen").mkdir(parents=True)
    with pytest.raises(OSError, match="mapp"):
        write_atomic(folder, "text")
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (JobRecord(inputs=NOW), ("färsk", "")),
        (JobRecord(inputs=NOW | {"data": "förr"}), ("gammal", PARTS["data"])),
        (
            JobRecord(inputs=NOW | {"lock": "förr", "notebook": "förr"}),
            ("gammal", f"{PARTS['notebook']}, {PARTS['lock']}"),
        ),
        (
            JobRecord(inputs=NOW, failure=FAILED),
            ("misslyckad", 'cell pack.area("dodlighet"): ValueError: inga värden'),
        ),
    ],
)
def test_the_state_of_a_known_job(job: Job, known: JobRecord, expected: tuple[str, str]) -> None:
    assert state(job, knowing(job, known), NOW) == expected


def test_a_job_that_was_never_run(job: Job) -> None:
    assert state(job, RunRecord(cycle=DEFAULT_CYCLE), NOW) == ("saknas", "är inte gjord")


@pytest.mark.parametrize("gone", [lambda job: job.report, lambda job: job.notebook], ids=["report", "notebook"])
def test_a_result_that_someone_removed(job: Job, gone: Callable[[Job], Path]) -> None:
    gone(job).unlink()
    assert state(job, knowing(job, JobRecord(inputs=NOW)), NOW)[0] == "saknas"


def test_a_failure_is_told_also_when_nothing_was_ever_made(job: Job) -> None:
    job.report.unlink()
    job.notebook.unlink()
    assert state(job, knowing(job, JobRecord(failure=FAILED)), NOW)[0] == "misslyckad"
