"""Making what is missing or stale: notebooks run, pages made, and the index pages that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from varddialog.batch import runner, shard
from varddialog.batch.fingerprint import Inputs, Shared, inputs
from varddialog.batch.kernels import EngineName
from varddialog.batch.make import Limits
from varddialog.batch.plan import Job
from varddialog.batch.progress import Event, Tell
from varddialog.batch.ready import ready_engine, results_in
from varddialog.batch.record import RunRecord, need, read_record, state, write_record
from varddialog.config import Project
from varddialog.errors import ClusterError, Fault
from varddialog.model.catalogue import Catalogue
from varddialog.publish import files

if TYPE_CHECKING:
    import nbformat

    from varddialog.batch.kernels import Engine


@dataclass(frozen=True)
class How:
    """How notebooks are run: on which kernels, how many side by side (None: as fits the engine), within what limits.

    scheduler: the address of the Dask cluster that runs them, whose workers decide how many; None for this machine.
    """

    engine: EngineName
    workers: int | None
    limits: Limits
    scheduler: str | None = None


@dataclass(frozen=True)
class Build:
    """One cycle's results in `folder`. everything: all its jobs, made or not. shared: what they are made of now.

    part: whether only a shard is made, which has no index pages.
    """

    here: Project
    catalogue: Catalogue
    cycle: str
    folder: Path
    everything: Sequence[Job]
    shared: Shared
    part: bool = False

    def make(
        self, todo: Sequence[Job], how: How, tell: Tell, say: Callable[[str], None], force: bool = False
    ) -> RunRecord:
        """Make the jobs that are not fresh, stage by stage, then the index pages; nothing else builds there meanwhile.

        todo: jobs that are not fresh, or may not be when those that they are made of have been made. force: make them
        all. say: told once why kernels are not forked, in Swedish. Raises UsageError when the folder cannot be used.
        """
        with runner.stoppable(), runner.working_in(self.folder), results_in(self.folder.parent), ExitStack() as opened:
            hands = _Hands(self, how, tell, say, opened)
            for stage in sorted({job.report.stage for job in todo}):
                self._stage([job for job in todo if job.report.stage == stage], hands, tell, force)
            hands.method()
            return self._site()

    def _stage(self, todo: Sequence[Job], hands: _Hands, tell: Tell, force: bool) -> None:
        """The jobs of one stage, of which those below are done."""
        record = read_record(self.folder, self.cycle)
        now = self.shared.beside(record.scraps)
        found = {job.key: inputs(job, now) for job in todo}
        needs = {job.key: "run" if force else need(job, record, found[job.key]) for job in todo}
        runs, pages, fresh = ([j for j in todo if needs[j.key] == what] for what in ("run", "page", "nothing"))
        for job in fresh:
            tell(Event("fresh", job.key))
        if pages:
            runner.repage(pages, lambda job: found[job.key], self.folder, self.page, tell)
        if runs:
            hands.run(runs, lambda job: found[job.key])

    def gather(self, jobs: Sequence[Job], found: Sequence[Path]) -> RunRecord:
        """Take the jobs' results from the output folders of shards, then make the index pages.

        Raises UsageError as `shard.gather` does, or when the folder cannot be used.
        """
        with runner.stoppable(), runner.working_in(self.folder):
            shard.gather(jobs, self.folder.parent, found, self._inputs)
            self.method()
            return self._site()

    def due(
        self,
        jobs: Sequence[Job],
        record: RunRecord,
        now: Mapping[str, Inputs],
        todo: Sequence[Job] = (),
        everything: bool = False,
    ) -> list[files.Due]:
        """The files beside the reports that are missing or stale, for the units of the jobs.

        now: what the jobs are made of; todo: those that will be fresh when the files are made. A shard has none.
        """
        units = {job.unit.code for job in jobs}
        mine = [] if self.part else [job for job in self.everything if job.unit.code in units]
        every = [job for job in mine if job.report.dimension]
        known = {job.key: now.get(job.key) or self._inputs(job) for job in every}
        coming = {job.key for job in todo}

        def is_ready(job: Job) -> bool:
            return job.key in coming or state(job, record, known[job.key])[0] == "färsk"

        return files.due(every, record, known, self.shared, is_ready, everything)

    def make_files(self, due: Sequence[files.Due]) -> files.Made:
        """Make those files; nothing else builds in the folder meanwhile. Raises UsageError as `make` does."""
        if not due:
            return files.Made()
        with runner.stoppable(), runner.working_in(self.folder):
            made = files.make(due, self.folder)
            with runner.writing_in(self.folder):
                record = read_record(self.folder, self.cycle)
                record.files |= made.files
                write_record(self.folder, record)
                self._covers({one.unit.code for one in due}, record)
        return made

    def site_is_fresh(self, record: RunRecord) -> bool:
        """Whether the index pages are there and made of what would be used now."""
        return self.part or (record.site == self.shared.snapshot and (self.folder / "index.html").is_file())

    def method(self) -> None:
        """Write the method page, which needs no report."""
        if not self.part:
            from varddialog.publish.site.write import write_method  # slow to import

            with runner.writing_in(self.folder):
                write_method(self.catalogue, self.folder.parent, self.cycle)

    def _covers(self, units: set[str], record: RunRecord) -> None:
        """The units' covers anew, which list the files beside the reports."""
        from varddialog.publish.site.write import write_covers  # slow to import

        jobs = [job for job in self.everything if job.unit.code in units]
        write_covers(jobs, record, self.catalogue, self.folder.parent, self.cycle)

    def _site(self) -> RunRecord:
        record = read_record(self.folder, self.cycle)
        if not self.part:
            from varddialog.publish.site.write import (
                write_site,  # slow to import, and a build that is fresh needs no page
            )

            with runner.writing_in(self.folder):
                write_site(self.everything, record, self.catalogue, self.folder.parent, self.cycle)
                record.site = self.shared.snapshot
                write_record(self.folder, record)
        return record

    def _inputs(self, job: Job) -> Inputs:
        return inputs(job, self.shared)

    def page(self, job: Job, notebook: nbformat.NotebookNode) -> str:
        return _page(self.catalogue, job, notebook)


class _Hands:
    """What runs the notebooks of a build: the cluster for those that read no others, and kernels of this machine."""

    def __init__(self, made: Build, how: How, tell: Tell, say: Callable[[str], None], opened: ExitStack) -> None:
        self._made, self._how, self._tell, self._say, self._opened = made, how, tell, say, opened
        self._engine: Engine | None = None
        self._told_method = False

    def run(self, jobs: Sequence[Job], found: runner.Inputs) -> None:
        if self._how.scheduler is not None and not jobs[0].report.stage:
            self._on_cluster(jobs, found, self._how.scheduler)
            return
        how, made = self._how, self._made
        if self._engine is None:
            opening = ready_engine(made.here, made.cycle, how.engine, how.limits.memory_mb)
            self._engine = self._opened.enter_context(opening)
            self.method()  # takes seconds, in which the parent of the kernels gets warm
            if self._engine.why_not:
                self._say(self._engine.why_not)
        workers = how.workers or runner.THREADS[self._engine.name]
        runner.run(jobs, found, made.folder, self._engine, workers, how.limits, made.page, self._tell)

    def method(self) -> None:
        """The method page, once."""
        if not self._told_method:
            self._told_method = True
            self._made.method()

    def _on_cluster(self, jobs: Sequence[Job], found: runner.Inputs, scheduler: str) -> None:
        try:
            from varddialog.batch.cluster import run_on_cluster
        except ModuleNotFoundError as error:
            todo = "Installera tillägget: pip install 'varddialog[cluster]'."
            raise ClusterError(Fault(f"Paketet {error.name} saknas.", "--scheduler", todo=todo)) from error
        how, made = self._how, self._made
        page_of = partial(_page, made.catalogue)  # goes to each worker, so it carries no more than it needs
        run_on_cluster(jobs, found, made.folder, scheduler, made.here, how.engine, how.limits, page_of, self._tell)


def _page(catalogue: Catalogue, job: Job, notebook: nbformat.NotebookNode) -> str:
    from varddialog.publish.report import page

    return page(notebook, job.title, job.unit, catalogue.cycle(job.cycle))
