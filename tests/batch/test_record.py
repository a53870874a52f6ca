"""run.json: what is remembered of a run, and what is said of a result that it knows or does not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from varddialog.batch.fingerprint import PAGE, PARTS, Inputs, inputs, shared_inputs
from varddialog.batch.plan import Job, plan
from varddialog.batch.record import (
    RECORD,
    Failure,
    JobRecord,
    RunRecord,
    checksum,
    need,
    read_record,
    state,
    write_atomic,
    write_record,
)
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import Catalogue

NOW = Inputs(parts=dict.fromkeys(PARTS, "nu"))


def earlier(*parts: str) -> Inputs:
    """Inputs that differ from those of now in the named parts."""
    return Inputs(parts=NOW.parts | dict.fromkeys(parts, "förr"))


FAILED = Failure(cell='pack.area("dodlighet")', error="ValueError", message="inga värden")


@pytest.fixture
def job(workshop: Any) -> Job:
    """A job whose report and notebook are there."""
    made: Job = workshop.job(2, "1")
    for path in (made.report_page, made.notebook):
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
        b'{"cycle": "2026-2027", "jobs": {"12-skane/2-kvalitet-i-tjansterna": {"inputs": {"notebook": "1"}}}}',
        b"\xff\xfe\x00",
    ],
    ids=["empty", "cut", "list", "null", "lacks the cycle", "not utf-8", "older", "not text"],
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
        (JobRecord(inputs=earlier("data")), ("gammal", "uppgifterna är ändrade")),
        (
            JobRecord(inputs=earlier("lock", "notebook")),
            ("gammal", "notebooken 2-kvalitet-i-tjansterna är ändrad; paketversionerna är ändrade"),
        ),
        (JobRecord(inputs=earlier(PAGE)), ("gammal", "sidans utformning är ändrad")),
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


@pytest.mark.parametrize("gone", [lambda job: job.report_page, lambda job: job.notebook], ids=["report", "notebook"])
def test_a_result_that_someone_removed(job: Job, gone: Callable[[Job], Path]) -> None:
    gone(job).unlink()
    assert state(job, knowing(job, JobRecord(inputs=NOW)), NOW)[0] == "saknas"


def test_a_failure_is_told_also_when_nothing_was_ever_made(job: Job) -> None:
    job.report_page.unlink()
    job.notebook.unlink()
    assert state(job, knowing(job, JobRecord(failure=FAILED)), NOW)[0] == "misslyckad"


@pytest.mark.parametrize(
    ("known", "gone", "expected"),
    [
        (JobRecord(inputs=NOW), None, "nothing"),
        (JobRecord(inputs=earlier(PAGE)), None, "page"),
        (JobRecord(inputs=NOW), "report_page", "page"),
        (JobRecord(inputs=earlier(PAGE)), "notebook", "run"),
        (JobRecord(inputs=earlier(PAGE, "data")), None, "run"),
        (JobRecord(inputs=earlier("data")), "report_page", "run"),
        (JobRecord(inputs=NOW, failure=FAILED), None, "run"),
        (JobRecord(inputs=earlier(PAGE), failure=FAILED), None, "run"),
        (None, None, "run"),
    ],
)
def test_a_kernel_is_needed_only_when_the_notebook_would_be_another(
    job: Job, known: JobRecord | None, gone: str | None, expected: str
) -> None:
    if gone:
        getattr(job, gone).unlink()
    record = knowing(job, known) if known else RunRecord(cycle=DEFAULT_CYCLE)
    assert need(job, record, NOW) == expected


def test_no_page_is_made_of_a_notebook_that_somebody_has_written_in(job: Job) -> None:
    known = JobRecord(inputs=earlier(PAGE), rendered=checksum(job.notebook.read_bytes()))
    assert need(job, knowing(job, known), NOW) == "page"
    job.notebook.write_bytes(job.notebook.read_bytes() + b" ")
    assert need(job, knowing(job, known), NOW) == "run"


def test_the_pieces_are_written_once_and_told_from_again(
    tmp_path: Path, project: Project, catalogue: Catalogue, site_jobs: list[Job]
) -> None:
    shared = shared_inputs(project, catalogue)
    jobs = {job.key: JobRecord(inputs=inputs(job, shared)) for job in site_jobs}
    record = RunRecord(cycle=DEFAULT_CYCLE, jobs=jobs, snapshots={"ingens": {"library/a.py": "1"}})
    write_record(tmp_path, record)
    text = (tmp_path / RECORD).read_text(encoding="utf-8")
    assert text.count('"library/figures/svg.py"') == 1
    assert "ingens" not in text
    assert len(text) < 120_000
    again = read_record(tmp_path, DEFAULT_CYCLE)
    assert again.jobs == jobs
    newer = replace(shared, pieces=shared.pieces | {"library/figures/svg.py": "ny"})
    job = site_jobs[0]
    for path in (job.report_page, job.notebook):
        write_atomic(path, "gjord")
    assert state(job, again, inputs(job, newer)) == ("gammal", "programmet är ändrat (figures/svg.py)")


@pytest.fixture
def site_jobs(project: Project, catalogue: Catalogue, tmp_path: Path) -> list[Job]:
    """Every job of the country, in a folder of the test's own."""
    return plan(project, catalogue, DEFAULT_CYCLE, tmp_path / "ut", catalogue.units.all, catalogue.framework.dimensions)
