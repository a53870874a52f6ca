"""The files beside a unit's reports: which there are, whether they are fresh, and their making.

They say what the reports say, so they are made when all the unit's reports are there and fresh, and are stale when
what a report is made of has changed, or their own code.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

from varddialog.atomic import write_atomic
from varddialog.batch import runner
from varddialog.batch.fingerprint import NOTEBOOK_PARTS, Inputs, Shared
from varddialog.batch.pieces import digest
from varddialog.batch.plan import Job
from varddialog.batch.record import RunRecord
from varddialog.errors import Fault, UserError
from varddialog.model.units import Unit
from varddialog.publish.paper.pdf import lacking

if TYPE_CHECKING:
    from varddialog.pack import Pack

Maker = Callable[[Sequence["Pack"]], "bytes | str"]

PDF = "faktablad.pdf"
# name of the file → what makes it of the unit's packs, one for each dimension in order
MAKERS = {
    PDF: "varddialog.publish.paper.fact_sheet:fact_sheet",
    "kortrapport.html": "varddialog.publish.paper.short_report:short_report",
    "faktaunderlag.pptx": "varddialog.publish.slides.deck:make",
    "faktaunderlag.xlsx": "varddialog.publish.workbook.book:make",
}
# code that the makers share with the pages
_SHARED_CODE = (
    "site/publish/method/listing.py",
    "site/publish/method/meanings.py",
    "site/publish/page.py",
    "site/publish/templates/page.html.j2",
    "site/publish/templates/site/site.css",
)


@dataclass(frozen=True)
class Due:
    """Files of one unit that are missing or stale. key: a checksum of what they are made of now."""

    unit: Unit
    cycle: str
    folder: Path
    dimensions: tuple[int, ...]
    key: str
    names: tuple[str, ...]


@dataclass
class Made:
    """What became of the files that were due: the key of each that was made, and a fault for each that was not."""

    files: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    error: UserError | None = None  # stopped the rest


def due(
    jobs: Iterable[Job],
    record: RunRecord,
    now: Mapping[str, Inputs],
    shared: Shared,
    is_ready: Callable[[Job], bool],
    everything: bool = False,
) -> list[Due]:
    """The files to make. jobs: every report of the units. now: what each is made of, by its key.

    is_ready: whether a report is fresh, or will be when the files are made. everything: also what is fresh.
    """
    found = []
    for mine in _by_unit(jobs):
        if all(is_ready(job) for job in mine):
            first, key = mine[0], _key(mine, now, shared)
            names = tuple(n for n in MAKERS if everything or _state(first, n, record, key) != "färsk")
            if PDF in names and lacking():  # said by the command, since it is no fault of a report
                names = tuple(n for n in names if n != PDF)
            if names:
                numbers = tuple(job.dimension.number for job in mine)
                found.append(Due(first.unit, first.cycle, first.folder, numbers, key, names))
    return found


def states(
    jobs: Iterable[Job], record: RunRecord, now: Mapping[str, Inputs], shared: Shared
) -> Iterator[tuple[Unit, str, Literal["saknas", "gammal"]]]:
    """Unit, name and state of each file that is not fresh, for units that have all their reports."""
    for mine in _by_unit(jobs):
        if all(job.report_page.is_file() for job in mine):
            key = _key(mine, now, shared)
            for name in MAKERS:
                if (what := _state(mine[0], name, record, key)) != "färsk":
                    yield mine[0].unit, name, what


def make(wanted: Sequence[Due], folder: Path) -> Made:
    """Make the files, each whole or not at all, in as many processes as there are cores.

    folder: the cycle's, which the caller has locked (`runner.working_in`). One that fails stops no other. Raises
    UsageError when nothing can be written there.
    """
    from varddialog.assessment.ground import ground
    from varddialog.config import project

    ground(project(), wanted[0].cycle)
    for name in {name for one in wanted for name in one.names}:
        _maker(name)  # imported once, before the processes part
    gc.freeze()  # what is here now lives as long as the process: neither it nor its forks look it through again
    count = min(len(wanted), os.cpu_count() or 1) if sys.platform == "linux" else 1
    shares = [wanted[at::count] for at in range(count)]
    children = [_Child(share, folder) for share in shares[1:]]
    try:
        parts = [_make(shares[0], folder), *(child.result() for child in children)]
    except BaseException:
        for child in children:
            child.stop()
        raise
    made = Made()
    for part in parts:
        made.files |= part.files
        made.faults += part.faults
        made.error = made.error or part.error
    if made.error is not None:
        raise made.error
    return made


def _by_unit(jobs: Iterable[Job]) -> list[list[Job]]:
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.unit.code, []).append(job)
    return list(found.values())


def _key(jobs: Sequence[Job], now: Mapping[str, Inputs], shared: Shared) -> str:
    """A checksum of what the unit's notebooks are made of, and of the code of the files."""
    code = [f"{n} {v}" for n, v in sorted(shared.pieces.items()) if n.startswith("files/") or n in _SHARED_CODE]
    return digest([*(f"{job.key} {now[job.key].parts.get(p, '')}" for job in jobs for p in NOTEBOOK_PARTS), *code])


def _state(job: Job, name: str, record: RunRecord, key: str) -> Literal["färsk", "saknas", "gammal"]:
    known = record.files.get(f"{job.unit.folder}/{name}")
    if known is None or not (job.folder / name).is_file():
        return "saknas"
    return "färsk" if known == key else "gammal"


@cache
def _maker(name: str) -> Maker:
    module, _, function = MAKERS[name].partition(":")
    found: Maker = getattr(import_module(module), function)
    return found


def _make(share: Sequence[Due], folder: Path) -> Made:
    """Make one process's share."""
    from varddialog.pack import open_pack

    made = Made()
    try:
        for one in share:
            packs = [open_pack(number, one.unit.code, one.cycle) for number in one.dimensions]
            for name in one.names:
                try:
                    content = _maker(name)(packs)
                except UserError as error:
                    made.faults += [Fault(f.what, f"{one.unit.name}, {name}", f.allowed, f.todo) for f in error.faults]
                except Exception as error:
                    made.faults.append(_fault(one.unit, name, error))
                else:
                    with runner.writing_in(folder):
                        write_atomic(one.folder / name, content)
                    made.files[f"{one.unit.folder}/{name}"] = one.key
    except UserError as error:
        made.error = error
    return made


def _fault(unit: Unit, name: str, error: Exception) -> Fault:
    message = str(error).strip().partition("\n")[0].rstrip(".")
    return Fault(
        f"Filen kunde inte göras: {type(error).__name__}: {message}.",
        f"{unit.name}, {name}",
        todo="Rapporterna är klara; med --html-only görs bara de.",
    )


class _Child:
    """A fork of this process that makes a share and tells what became of it. It never outlives its work."""

    def __init__(self, share: Sequence[Due], folder: Path) -> None:
        self._read, write = os.pipe()
        with warnings.catch_warnings():
            # Python warns of threads; those that live (of Arrow and of the kernels' sockets) are not used by the child
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            self._work(share, folder, write)
        os.close(write)
        self._lives = True

    def _work(self, share: Sequence[Due], folder: Path, write: int) -> NoReturn:
        code = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops it
            with os.fdopen(write, "wb") as pipe:
                pickle.dump(_make(share, folder), pipe)
            code = 0
        finally:
            os._exit(code)  # nothing of the parent is tidied up twice

    def result(self) -> Made:
        """What it made. Raises RuntimeError when it died."""
        with os.fdopen(self._read, "rb") as pipe:
            told = pipe.read()
        self._wait()
        if not told:
            raise RuntimeError("the process that made a share of the files died")
        made: Made = pickle.loads(told)  # written by the fork of this very process
        return made

    def stop(self) -> None:
        """End it, if it lives, and wait until it has gone."""
        if self._lives:
            os.kill(self._pid, signal.SIGTERM)
            self._wait()

    def _wait(self) -> None:
        os.waitpid(self._pid, 0)
        self._lives = False
