"""run.json: what was made of what, how long it took, and what failed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from varddialog.atomic import write_atomic
from varddialog.batch.fingerprint import NOTEBOOK_PARTS, Inputs
from varddialog.batch.plan import Job
from varddialog.batch.reasons import changed

RECORD = "run.json"


class Failure(BaseModel):
    """Why a notebook failed: the cell's tag, the exception and its message."""

    cell: str
    error: str
    message: str


class JobRecord(BaseModel):
    """The last run of one job. After a failure all but `seconds` tell of the good result that still lies there.

    scrap: what the notebook handed on to others, part by part, each with a checksum. rendered: a checksum of the
    rendered notebook's file as it was written; empty when that is not known.
    """

    inputs: Inputs = Inputs()
    scrap: dict[str, str] = {}
    rendered: str = ""
    seconds: float = 0.0
    failure: Failure | None = None


class RunRecord(BaseModel):
    """Everything known of one cycle's outputs.

    versions: of Python and packages. site: the snapshot that the index pages were made of. snapshots: name → pieces
    that results were made of; `read_record` and `write_record` keep them with the results' `inputs`. files: the files
    beside the reports (`12-skane/faktaunderlag.xlsx`), each with a checksum of what it was made of.
    """

    cycle: str
    versions: dict[str, str] = {}
    site: str = ""
    jobs: dict[str, JobRecord] = {}
    files: dict[str, str] = {}
    snapshots: dict[str, dict[str, str]] = {}

    @property
    def scraps(self) -> dict[str, dict[str, str]]:
        """Job → what its notebook handed on, for those that did."""
        return {key: job.scrap for key, job in self.jobs.items() if job.scrap}


State = Literal["färsk", "saknas", "gammal", "misslyckad"]
Need = Literal["run", "page", "nothing"]


def read_record(folder: Path, cycle: str) -> RunRecord:
    """The record in `folder`, or an empty one: an unreadable record only means that everything is made again."""
    try:
        record = RunRecord.model_validate_json((folder / RECORD).read_bytes())
    except (FileNotFoundError, ValidationError):
        return RunRecord(cycle=cycle)
    for job in record.jobs.values():
        job.inputs.with_pieces(record.snapshots.get(job.inputs.snapshot, {}))
    return record


def write_record(folder: Path, record: RunRecord) -> None:
    """Write the record, and of the pieces what some result is made of, each snapshot once."""
    kept = {job.inputs.snapshot: job.inputs.pieces for job in record.jobs.values() if job.inputs.pieces}
    ordered = record.model_copy(
        update={
            "jobs": dict(sorted(record.jobs.items())),
            "files": dict(sorted(record.files.items())),
            "snapshots": dict(sorted(kept.items())),
        }
    )
    write_atomic(folder / RECORD, ordered.model_dump_json(indent=1, exclude_none=True) + "\n")


def checksum(notebook: bytes) -> str:
    """Of a rendered notebook's file."""
    return hashlib.sha256(notebook).hexdigest()


def state(job: Job, record: RunRecord, now: Inputs) -> tuple[State, str]:
    """The state of a job's result, and why it is not fresh. now: `fingerprint.inputs` of the job."""
    known = record.jobs.get(job.key)
    if known and known.failure:
        return "misslyckad", f"cell {known.failure.cell}: {known.failure.error}: {known.failure.message}"
    if known is None or not job.report_page.is_file() or not job.notebook.is_file():
        return "saknas", "är inte gjord"
    if reasons := changed(job, known.inputs, now):
        return "gammal", "; ".join(reasons)
    return "färsk", ""


def need(job: Job, record: RunRecord, now: Inputs) -> Need:
    """What has to be done for a fresh result: run the notebook, only make its page again, or nothing.

    The page is made of the rendered notebook, so it is enough when that is there, as it was written, and made of what
    would be used now.
    """
    if state(job, record, now)[0] == "färsk":
        return "nothing"
    known = record.jobs.get(job.key)
    if known is None or known.failure or not job.notebook.is_file():
        return "run"
    if any(known.inputs.parts.get(part) != now.parts.get(part) for part in NOTEBOOK_PARTS):
        return "run"
    # no page is made of what somebody has written in a notebook
    return "page" if known.rendered in ("", checksum(job.notebook.read_bytes())) else "run"
