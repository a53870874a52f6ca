"""The log of reviews, `granskning.json` beside the reports: what was checked, in which version, by what role, when.

It never holds a name: roles are those of the cycle and the project's own. The day is given by whoever reviews.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from varddialog.atomic import write_atomic
from varddialog.batch.review.rendered import Rendered, read_cells
from varddialog.batch.review.review import Checked, Result
from varddialog.errors import DataError, Fault, UsageError
from varddialog.model.cycle import Cycle
from varddialog.swedish import did_you_mean, fold

LOG = "granskning.json"
# who reviews on behalf of the project; the cycle's own roles may too
ROLES = ("analytiker", "granskare")
# of a cell's differences; the rest are in the page that a review can write
MOST_TOLD = 10


class Entry(BaseModel):
    """One cell that was reviewed. report: its file; version: checksum of that file. rendered, reviewed: checksums of
    the outputs that stood there and that the cell gave. inputs: names what it was made of when it was reviewed."""

    model_config = ConfigDict(extra="forbid")

    report: str
    version: str
    cell: str
    result: Result
    differs: list[str] = []
    rendered: str
    reviewed: str
    role: str
    date: dt.date
    inputs: str


class Log(BaseModel):
    """Every review of the reports in one folder."""

    model_config = ConfigDict(extra="forbid")

    entries: list[Entry] = []


@dataclass(frozen=True)
class Reviewed:
    """What has been checked in one report as it is now.

    cells: names of those reviewed; differ: those of them that were not the same, or failed. of: how many there are.
    day: of the latest review. void: whether only an earlier version has been reviewed, which the rest then tells of.
    """

    cells: tuple[str, ...]
    differ: tuple[str, ...]
    of: int
    roles: tuple[str, ...]
    day: dt.date
    void: bool


def read_log(folder: Path) -> Log:
    """The log in `folder`, empty when there is none. Raises DataError when it cannot be read."""
    try:
        return Log.model_validate_json((folder / LOG).read_bytes())
    except FileNotFoundError:
        return Log()
    except (ValidationError, OSError):
        todo = "Flytta undan filen och granska igen."
        raise DataError(Fault("Granskningsloggen går inte att läsa.", LOG, todo=todo)) from None


def write_log(rendered: Rendered, checked: Iterable[Checked], inputs: str, role: str, day: dt.date) -> None:
    """Add a review to the log; the same role's earlier word on the same cell of the same version is replaced.

    Raises DataError when the log that is there cannot be read, OSError when none can be written.
    """
    folder, name = rendered.path.parent, rendered.path.name
    new = [
        Entry(
            report=name, version=rendered.version, cell=cell.name, result=cell.result,
            differs=[str(difference) for difference in cell.differences[:MOST_TOLD]],
            rendered=cell.rendered, reviewed=cell.reviewed, role=role, date=day, inputs=inputs,
        )
        for cell in checked
    ]  # fmt: skip
    taken = {_key(entry) for entry in new}
    kept = [entry for entry in read_log(folder).entries if _key(entry) not in taken]
    log = Log(entries=[*kept, *new])
    write_atomic(folder / LOG, log.model_dump_json(indent=1) + "\n")


def reviewed(report: Path, entries: Sequence[Entry]) -> Reviewed | None:
    """What the log says of the report at `report`; None when it has not been reviewed or is not there."""
    mine = [entry for entry in entries if entry.report == report.name]
    if not mine or not report.is_file():
        return None
    version = hashlib.sha256(report.read_bytes()).hexdigest()
    current = [entry for entry in mine if entry.version == version]
    last = max(mine, key=lambda entry: entry.date)
    told = current or [entry for entry in mine if entry.version == last.version]
    newest: dict[str, Entry] = {}
    for entry in sorted(told, key=lambda entry: entry.date):
        newest[entry.cell] = entry
    try:
        count = len(read_cells(report))
    except ValueError:
        count = 0
    return Reviewed(
        tuple(newest),
        tuple(cell for cell, entry in newest.items() if entry.result != "lika"),
        count,
        tuple(dict.fromkeys(entry.role for entry in told)),
        max(entry.date for entry in told),
        void=not current,
    )


def check_role(role: str, cycle: Cycle) -> str:
    """The role as it is written in the log. Raises UsageError for what is no role, such as a name."""
    known = {fold(name): slug for name, slug in _roles(cycle)}
    if found := known.get(fold(role)):
        return found
    allowed = list(dict.fromkeys(known.values()))
    raise UsageError(
        Fault(f"Okänd roll: «{role}».", "--role", ", ".join(allowed),
              did_you_mean(role, allowed) or "Ange rollen, aldrig ett namn.")
    )  # fmt: skip


def _roles(cycle: Cycle) -> list[tuple[str, str]]:
    own = [(role, role) for role in ROLES]
    return [*own, *((name, role.slug) for role in cycle.roles for name in (role.slug, role.name))]


def _key(entry: Entry) -> tuple[str, str, str, str]:
    return entry.report, entry.version, entry.cell, entry.role
