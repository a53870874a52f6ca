"""Shards: a fixed part of the jobs made by one process of many, and the parts put together again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from varddialog.atomic import write_atomic
from varddialog.batch.fingerprint import Inputs
from varddialog.batch.plan import Job
from varddialog.batch.record import RECORD, JobRecord, RunRecord, State, read_record, state, write_record
from varddialog.batch.runner import working_in, writing_in
from varddialog.errors import Fault, UsageError

PARTS = "delar"

# the state of a part's result, the best first → in which states the gathered one is replaced by it
REPLACES: dict[State, tuple[State, ...]] = {
    "färsk": ("misslyckad", "gammal", "saknas"),
    "misslyckad": ("misslyckad", "gammal", "saknas"),
    "gammal": ("saknas",),
    "saknas": (),
}


@dataclass(frozen=True)
class Shard:
    """Part `number` of `of`, counted from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """The shard that `3/8` names. Raises UsageError for anything else."""
        found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
        shard = cls(int(found[1]), int(found[2])) if found else None
        if shard is None or not 1 <= shard.number <= shard.of:
            raise UsageError(Fault(f"Okänd del: «{text}».", "--shard", "i/n där 1 ≤ i ≤ n, till exempel 3/8"))
        return shard

    def of_jobs(self, jobs: Iterable[Job]) -> list[Job]:
        """This shard's jobs: an even split that depends on nothing but the keys.

        Jobs of one notebook are dealt out one by one, so that each shard has its part of the slow notebooks.
        """
        return sorted(jobs, key=lambda job: (job.report.notebook, job.key))[self.number - 1 :: self.of]

    def left(self, jobs: Iterable[Job], output: Path, inputs: Callable[[Job], Inputs], everything: bool) -> list[Job]:
        """Those of this shard's jobs that are not fresh in `output`, or all of them, with results in its own folder."""
        mine = self.of_jobs(jobs)
        records = {cycle: read_record(output / cycle, cycle) for cycle in {job.cycle for job in mine}}
        old = [job for job in mine if everything or state(job, records[job.cycle], inputs(job))[0] != "färsk"]
        return [moved(job, self.output(output)) for job in old]

    def output(self, output: Path) -> Path:
        """The shard's own output folder, with its own record and lock."""
        return output / PARTS / f"{self.number}-av-{self.of}"


def moved(job: Job, output: Path) -> Job:
    """`job` with its results below another output folder."""
    return replace(job, folder=output / job.cycle / job.unit.folder)


def parts(output: Path, cycle: str, others: Sequence[Path]) -> list[Path]:
    """Every shard's output folder that has a record: those of `output`, and those in or below `others`.

    Raises UsageError when one of `others` holds none.
    """
    found = _parts(output, cycle)
    for folder in others:
        itself = [folder] if (folder / cycle / RECORD).is_file() else []
        if not (below := itself + _parts(folder, cycle)):
            todo = "Ange mappen som delen gjordes i (--output)."
            raise UsageError(Fault(f"Där finns ingen del av {cycle}.", str(folder), todo=todo))
        found += below
    return list(dict.fromkeys(part.resolve() for part in found))


def gather(jobs: Sequence[Job], output: Path, found: Sequence[Path], inputs: Callable[[Job], Inputs]) -> RunRecord:
    """Copy into `output` what the parts have made and it lacks, and write its record; parts inside it are removed.

    inputs: what a job's result would be made of now. A fresh result goes before a failure, a failure before an
    old result, and that before none; nothing is run and nothing fresh is replaced, so it can be done again.
    The caller has locked the output. Raises UsageError when a part inside it is worked on, or when versions differ.
    """
    cycle = jobs[0].cycle
    folder = output / cycle
    own = [part for part in found if part.is_relative_to((output / PARTS).resolve())]
    with ExitStack() as held:
        for part in own:
            held.enter_context(working_in(part / cycle))
        record = read_record(folder, cycle)
        records = {part: read_record(part / cycle, cycle) for part in found}
        record.versions = _versions(records) or record.versions
        with writing_in(folder):
            for job in jobs:
                now = inputs(job)
                states = {part: state(moved(job, part), known, now)[0] for part, known in records.items()}
                best = min(states, key=lambda part: list(REPLACES).index(states[part]), default=None)
                if best is not None and state(job, record, now)[0] in REPLACES[states[best]]:
                    record.jobs[job.key] = _take(job, moved(job, best), records[best].jobs[job.key], record)
            write_record(folder, record)
    for part in own:
        shutil.rmtree(part)
    return record


def _parts(output: Path, cycle: str) -> list[Path]:
    return sorted(record.parents[1] for record in (output / PARTS).glob(f"*-av-*/{cycle}/{RECORD}"))


def _take(job: Job, there: Job, done: JobRecord, record: RunRecord) -> JobRecord:
    """Copy one job's results. After a failure the last good result stays, as in a build."""
    if done.failure is None:
        write_atomic(job.notebook, there.notebook.read_text(encoding="utf-8"))
        write_atomic(job.report_page, there.report_page.read_text(encoding="utf-8"))
        job.failed_notebook.unlink(missing_ok=True)
        return done
    if there.failed_notebook.is_file():
        write_atomic(job.failed_notebook, there.failed_notebook.read_text(encoding="utf-8"))
    before = record.jobs.get(job.key)
    kept = before or JobRecord()
    return kept.model_copy(update={"seconds": done.seconds, "failure": done.failure})


def _versions(records: Mapping[Path, RunRecord]) -> dict[str, str]:
    """The versions that all parts were made with; none when there are no parts."""
    first = next(iter(records), None)
    if first is None:
        return {}
    versions = records[first].versions
    for part, record in records.items():
        other = [f"{k} {record.versions.get(k)}" for k in versions if record.versions.get(k) != versions[k]]
        if other:
            here = ", ".join(f"{k} {versions[k]}" for k in versions if record.versions.get(k) != versions[k])
            what = f"Delen är gjord med {', '.join(other)}, andra med {here}."
            raise UsageError(Fault(what, str(part), todo="Gör delarna med samma paket (requirements.lock)."))
    return versions
