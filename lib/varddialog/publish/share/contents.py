"""What belongs in a unit's archive: all of its pack, and the pages of the country that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from varddialog.batch.fingerprint import Inputs, Shared, inputs, shared_inputs
from varddialog.batch.plan import Job, plan
from varddialog.batch.reasons import some
from varddialog.batch.record import RunRecord, State, checksum, read_record, state
from varddialog.batch.review.log import LOG
from varddialog.config import Project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.dialogue.calendar import FILE as CALENDAR
from varddialog.errors import Fault
from varddialog.model.catalogue import Catalogue
from varddialog.model.units import Unit
from varddialog.publish import files
from varddialog.publish.method.page import PAGE as METHOD
from varddialog.publish.paper.pdf import lacking
from varddialog.publish.share.links import reached, within
from varddialog.publish.site.cover import PAGE as COVER
from varddialog.publish.site.cycle import PAGE as CYCLE
from varddialog.publish.site.indicator import FOLDER as INDICATORS
from varddialog.publish.site.material import AGENDA, SUPPLEMENT
from varddialog.swedish import number


@dataclass(frozen=True)
class Results:
    """The results of one cycle as they lie in `folder`, and what they would be made of now."""

    here: Project
    catalogue: Catalogue
    cycle: str
    folder: Path
    jobs: Sequence[Job]
    record: RunRecord
    shared: Shared

    @classmethod
    def of(cls, here: Project, cycle: str, output: Path) -> Results:
        """Raises UsageError for an unknown cycle, ParamsError and DataError as the catalogue and the store do."""
        catalogue = catalogue_with_figures(here)
        jobs = plan(here, catalogue, cycle, output, catalogue.units.all)
        record = read_record(output / cycle, cycle)
        shared = shared_inputs(here, catalogue).beside(record.scraps)
        return cls(here, catalogue, cycle, output / cycle, jobs, record, shared)

    def of_unit(self, unit: Unit) -> list[Job]:
        """The unit's reports."""
        return [job for job in self.jobs if job.unit.code == unit.code]

    @cached_property
    def _inputs(self) -> dict[str, Inputs]:
        return {job.key: inputs(job, self.shared) for job in self.jobs}

    def state(self, job: Job) -> State:
        return state(job, self.record, self._inputs[job.key])[0]

    def _is_edited(self, job: Job) -> bool:
        """Whether the rendered notebook is another than the one that was written."""
        rendered = self.record.jobs[job.key].rendered
        return bool(rendered) and checksum(job.notebook.read_bytes()) != rendered

    def not_ready(self, unit: Unit) -> list[Fault]:
        """Why the unit's pack cannot be shared as it lies there: one fault for each kind of reason."""
        found: dict[str, list[str]] = {}
        mine = self.of_unit(unit)
        led_to = [job for job in self.jobs if not job.report.of_unit and job.unit.code != unit.code]
        for job in [*mine, *led_to]:
            what = self.state(job)
            if what != "färsk" and (job in mine or what == "gammal"):
                found.setdefault(what, []).append(job.report.name)
            elif what == "färsk" and self._is_edited(job):
                found.setdefault("ändrad", []).append(job.report.name)
        dimensions = [job for job in mine if job.report.dimension]
        for _, name, what in files.states(dimensions, self.record, self._inputs, self.shared):
            if name not in self.left_out:
                found.setdefault(what, []).append(name)
        if not found and (self.record.site != self.shared.snapshot or not (mine[0].folder / COVER).is_file()):
            found["gammal"] = ["sidorna om hela landet"]
        again = f"varddialog build --region {unit.name}"
        return [
            Fault(
                f"{_WORDS[what]} ({number(len(names))}): {some(names)}.",
                unit.name,
                todo=f"Kör «{again}{' --force' if what == 'ändrad' else ''}» och dela sedan igen.",
            )
            for what, names in sorted(found.items())
        ]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Files beside the reports that cannot be made on this machine, and so are not in an archive."""
        return (files.PDF,) if lacking() else ()

    def files(self, unit: Unit) -> dict[str, bytes]:
        """Path → content of every file of the archive that lies there, links led out of it made into plain text."""
        own = [f"{unit.folder}/{name}" for name in self._names(unit)]
        beside = {METHOD, CYCLE, CALENDAR} | {
            f"{job.unit.folder}/{job.report_page.name}"
            for job in self.jobs
            if not job.report.of_unit and self.state(job) == "färsk"
        }
        names = reached(own, self._reader(), lambda path: path in beside or path.startswith(f"{INDICATORS}/"))
        inside = set(names)
        found = {name: (self.folder / name).read_bytes() for name in names}
        return {
            name: within(content.decode(), name, inside).encode() if name.endswith(".html") else content
            for name, content in found.items()
        }

    def _names(self, unit: Unit) -> Iterator[str]:
        yield from (COVER, AGENDA, SUPPLEMENT, LOG)
        for job in self.of_unit(unit):
            yield from (job.report_page.name, job.notebook.name)
        yield from (name for name in files.MAKERS if name not in self.left_out)

    def _reader(self) -> Callable[[str], str | None]:
        root = self.folder.resolve()

        def read(name: str) -> str | None:
            path = self.folder / name
            if not path.is_file() or not path.resolve().is_relative_to(root):
                return None
            return path.read_text(encoding="utf-8") if name.endswith(".html") else ""

        return read


_WORDS = {
    "saknas": "Är inte gjort",
    "gammal": "Är gammalt",
    "misslyckad": "Misslyckades senast",
    "ändrad": "Är ändrat för hand efter bygget",
}
