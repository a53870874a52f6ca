"""Making a unit's archive: gathered, described, looked through for traces of the machine, and only then written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from varddialog.atomic import write_atomic
from varddialog.batch import runner
from varddialog.batch.record import RECORD
from varddialog.config import Project
from varddialog.errors import DataError, Fault, UsageError
from varddialog.model.cycle import Cycle
from varddialog.model.units import Unit
from varddialog.publish.share.archive import pack
from varddialog.publish.share.contents import Results
from varddialog.publish.share.machine import Machine
from varddialog.publish.share.manifest import FORMAT, NAME, ArchiveManifest, MadeOf, checksums
from varddialog.publish.share.readme import LICENCE, SOURCES, archive_name, read_me, sources_page
from varddialog.publish.share.readme import NAME as READ_ME
from varddialog.publish.share.scan import Scan
from varddialog.publish.share.sources import sources

FOLDER = "arkiv"


@dataclass(frozen=True)
class Shared:
    """An archive that was written. sha256: of the whole file, which the sender can tell by another way."""

    unit: Unit
    path: Path
    size: int
    files: int
    sha256: str


@dataclass(frozen=True)
class Sharing:
    """Makes archives of one cycle's results, in the folder `arkiv` beside the units' own."""

    results: Results
    scan: Scan

    @classmethod
    @contextmanager
    def of(cls, here: Project, cycle: str, output: Path) -> Iterator[Sharing]:
        """Nothing builds in the folder meanwhile. output: where `build` has put its results.

        Raises UsageError when the folder cannot be used, or holds no results; what `Results.of` raises.
        """
        folder = output / cycle
        if not (folder / RECORD).is_file():
            Results.of(here, cycle, output)  # a cycle that does not exist is told first
            raise UsageError(
                Fault("Här finns inga rapporter att dela.", str(folder), todo="Kör «varddialog build» först.")
            )
        with runner.stoppable(), runner.working_in(folder):
            oldest = min(path.stat().st_mtime for path in folder.rglob("*") if path.is_file())
            yield cls(Results.of(here, cycle, output), Scan(Machine.here(here, folder, oldest)))

    def make(self, unit: Unit) -> Shared:
        """Write the unit's archive. Raises UsageError when its pack is not made or not fresh, DataError when a file
        tells of the machine; nothing is written then."""
        if faults := self.results.not_ready(unit):
            raise UsageError(*faults)
        files = self._files(unit)
        if faults := list(self.scan.faults(files)):
            raise DataError(*faults)
        made = pack(files)
        path = self.results.folder / FOLDER / archive_name(unit, self.results.cycle)
        with runner.writing_in(self.results.folder):
            write_atomic(path, made)
        return Shared(unit, path, len(made), len(files), checksums({"": made})[""])

    @property
    def _cycle(self) -> Cycle:
        return self.results.catalogue.cycle(self.results.cycle)

    def _files(self, unit: Unit) -> dict[str, bytes]:
        jobs, cycle = self.results.of_unit(unit), self._cycle
        files = self.results.files(unit)
        about = sources(jobs, unit, self.results.shared, files)
        files[SOURCES] = sources_page(unit, cycle, about)
        files[LICENCE] = _licence()
        files[READ_ME] = read_me(unit, cycle, jobs, files, about)
        record = self.results.record
        made_of = ArchiveManifest(
            format=FORMAT,
            unit=unit.official_name,
            folder=unit.folder,
            cycle=self.results.cycle,
            data_until=cycle.data_until,
            versions=record.versions,
            snapshot=record.site,
            reports={
                job.key: MadeOf(parameters=job.parameters, inputs=record.jobs[job.key].inputs.parts) for job in jobs
            },
            sources=about,
            files=checksums(files),
        )
        return {**files, NAME: made_of.as_json()}


def _licence() -> bytes:
    """The package's own licence, which its installation carries."""
    return (distribution("varddialog").read_text("licenses/LICENSE") or "").encode()
