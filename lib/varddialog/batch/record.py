"""run.json: what was made of what, how long it took, and what failed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from varddialog.batch.fingerprint import changed
from varddialog.batch.plan import Job

RECORD = "run.json"


class Failure(BaseModel):
    """Why a notebook failed: the cell's tag, the exception and its message."""

    cell: str
    error: str
    message: str


class JobRecord(BaseModel):
    """The last run of one job. After a failure `inputs` are those of the good result that still lies there."""

    inputs: dict[str, str] = {}
    seconds: float = 0.0
    failure: Failure | None = None


class RunRecord(BaseModel):
    """Everything known of one cycle's outputs."""

    cycle: str
    versions: dict[str, str] = {}
    jobs: dict[str, JobRecord] = {}


State = Literal["färsk", "saknas", "gammal", "misslyckad"]


def read_record(folder: Path, cycle: str) -> RunRecord:
    """The record in `folder`, or an empty one: an unreadable record only means that everything is made again."""
    try:
        return RunRecord.model_validate_json((folder / RECORD).read_bytes())
    except (FileNotFoundError, ValidationError):
        return RunRecord(cycle=cycle)


def write_record(folder: Path, record: RunRecord) -> None:
    ordered = record.model_copy(update={"jobs": dict(sorted(record.jobs.items()))})
    write_atomic(folder / RECORD, ordered.model_dump_json(indent=1, exclude_none=True) + "\n")


def write_atomic(path: Path, text: str) -> None:
    """Write a whole file or nothing: readers see the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def state(job: Job, record: RunRecord, now: dict[str, str]) -> tuple[State, str]:
    """The state of a job's result, and why it is not fresh."""
    known = record.jobs.get(job.key)
    if known and known.failure:
        return "misslyckad", f"cell {known.failure.cell}: {known.failure.error}: {known.failure.message}"
    if known is None or not job.report.is_file() or not job.notebook.is_file():
        return "saknas", "är inte gjord"
    if reasons := changed(known.inputs, now):
        return "gammal", ", ".join(reasons)
    return "färsk", ""
