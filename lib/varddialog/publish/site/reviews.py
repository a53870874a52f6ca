"""What has been reviewed in a unit's pack, for its cover: report by report, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from varddialog.batch.review.log import Reviewed, read_log, reviewed
from varddialog.errors import DataError
from varddialog.model.cycle import Cycle
from varddialog.publish.site.whole import Cell
from varddialog.swedish import date, listing, number, plural


@dataclass(frozen=True)
class Line:
    """One report that has been reviewed: its name, its page, and what was found."""

    name: str
    href: str
    words: str


def review_lines(cells: Iterable[Cell], folder: Path, cycle: Cycle) -> Iterator[Line]:
    """The reports that the log in `folder` tells of; none when it is not there or cannot be read."""
    try:
        entries = read_log(folder).entries
    except DataError:  # whoever reviews is told
        return
    roles = {role.slug: role.name for role in cycle.roles}
    for cell in cells:
        if cell.made and (found := reviewed(cell.job.notebook, entries)):
            report = cell.job.report
            number_of = f"{report.dimension.number} " if report.dimension else ""
            yield Line(f"{number_of}{report.name}", cell.job.report_page.name, _words(found, roles))


def _words(found: Reviewed, roles: dict[str, str]) -> str:
    by = listing(roles.get(role, role) for role in found.roles)
    when = f"{date(found.day)} ({by})"
    if found.void:
        return f"Granskningen {when} gäller en tidigare version av rapporten."
    checked = len(found.cells)
    whole = f"alla {plural(found.of, 'del', 'delar')}"
    some = f"{number(checked)} av {plural(found.of, 'del', 'delar')}"
    said = f"Granskad {when}: {whole if checked >= found.of else some} kördes om var för sig"
    if not found.differ:
        return f"{said} och gav samma resultat."
    return f"{said}. {number(len(found.differ))} skilde sig från rapporten: {listing(found.differ)}."
