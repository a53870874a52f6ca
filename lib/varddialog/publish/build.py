"""Making what is missing or stale: notebooks run, pages made, and the index pages that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from varddialog.batch import runner
from varddialog.batch.fingerprint import Inputs, Shared, inputs
from varddialog.batch.kernels import EngineName
from varddialog.batch.make import Limits
from varddialog.batch.plan import Job
from varddialog.batch.progress import Tell
from varddialog.batch.ready import ready_engine
from varddialog.batch.record import RunRecord, read_record, write_record
from varddialog.config import Project
from varddialog.model.catalogue import Catalogue
from varddialog.publish.report import page
from varddialog.publish.site import write_site


@dataclass(frozen=True)
class How:
    """How notebooks are run: on which kernels, how many side by side (None: as fits the engine), within what limits."""

    engine: EngineName
    workers: int | None
    limits: Limits


@dataclass(frozen=True)
class Build:
    """One cycle's results in `folder`. everything: all its jobs, made or not. shared: what they are made of now."""

    here: Project
    catalogue: Catalogue
    cycle: str
    folder: Path
    everything: Sequence[Job]
    shared: Shared

    def make(
        self, runs: Sequence[Job], pages: Sequence[Job], how: How, tell: Tell, say: Callable[[str], None]
    ) -> RunRecord:
        """Make the jobs, then the index pages; nothing else builds in the folder meanwhile.

        runs: jobs whose notebooks are run. pages: those that only need a page of the notebook they have.
        say: told once why kernels are not forked, in Swedish. Raises UsageError when the folder cannot be used.
        """
        with runner.stoppable(), runner.working_in(self.folder):
            if pages:
                runner.repage(pages, self._inputs, self.folder, self._page, tell)
            if runs:
                self._run(runs, how, tell, say)
            with runner.writing_in(self.folder):
                return self._site()

    def site_is_fresh(self, record: RunRecord) -> bool:
        """Whether the index pages are there and made of what would be used now."""
        return record.site == self.shared.snapshot and (self.folder / "index.html").is_file()

    def _run(self, jobs: Sequence[Job], how: How, tell: Tell, say: Callable[[str], None]) -> None:
        with ready_engine(self.here, self.cycle, how.engine, how.limits.memory_mb) as engine:
            if engine.why_not:
                say(engine.why_not)
            workers = how.workers or runner.THREADS[engine.name]
            runner.run(jobs, self._inputs, self.folder, engine, workers, how.limits, self._page, tell)

    def _site(self) -> RunRecord:
        record = read_record(self.folder, self.cycle)
        write_site(self.everything, record, self.catalogue, self.folder.parent, self.cycle)
        record.site = self.shared.snapshot
        write_record(self.folder, record)
        return record

    def _inputs(self, job: Job) -> Inputs:
        return inputs(job, self.shared)

    def _page(self, job: Job, notebook: nbformat.NotebookNode) -> str:
        return page(notebook, job.unit, self.catalogue.cycle(job.cycle))
