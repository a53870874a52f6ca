"""The web tool: the country, the indicators, the comparison, the search, and a cover for each unit's pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from varddialog.atomic import write_atomic
from varddialog.batch.plan import Job
from varddialog.batch.record import RunRecord
from varddialog.config import project
from varddialog.dialogue.calendar import FILE as CALENDAR
from varddialog.dialogue.calendar import calendar_file
from varddialog.dialogue.supplement.notes import places
from varddialog.model.catalogue import Catalogue
from varddialog.publish.files import MAKERS as BESIDE
from varddialog.publish.method.page import PAGE, method_page
from varddialog.publish.page import script
from varddialog.publish.site import compare, country, indicators, search
from varddialog.publish.site.agenda import agenda_page
from varddialog.publish.site.changes import Changes, changes, last_rows, previous_cycle
from varddialog.publish.site.cover import PAGE as COVER
from varddialog.publish.site.cover import cover
from varddialog.publish.site.cycle import PAGE as CYCLE
from varddialog.publish.site.cycle import cycle_page
from varddialog.publish.site.indicator import FOLDER, address, indicator_page
from varddialog.publish.site.material import AGENDA, SUPPLEMENT
from varddialog.publish.site.supplement import supplement_page
from varddialog.publish.site.whole import Cell, Whole, assessed, cells_by_unit, of_dimensions, whole

SCRIPT = "verktyg.js"


def write_site(jobs: Sequence[Job], record: RunRecord, catalogue: Catalogue, output: Path, cycle: str) -> None:
    """Write every page but the reports and the method page.

    jobs: every report of the cycle, made or not: what is missing is said.
    """
    folder = output / cycle
    cells = cells_by_unit(jobs, record)
    _write_own(cells, catalogue, cycle)  # before the covers, which lead there
    _write_covers(cells, catalogue, output, cycle)
    everything = whole(cells, catalogue, cycle)
    _write_indicators(everything, folder)
    write_atomic(folder / compare.PAGE, compare.compare_page(everything))
    write_atomic(folder / search.FILE, search.search_file(everything))
    write_atomic(folder / SCRIPT, script("site/site.js"))
    _write_cycle(cells, catalogue, folder, cycle)
    write_atomic(folder / country.PAGE, country.country_page(everything))


def _write_own(cells: Mapping[str, Sequence[Cell]], catalogue: Catalogue, cycle: str) -> None:
    """What each unit has of the dialogue that no notebook makes: its agenda, and what was added to its pack."""
    here, about = project(), catalogue.cycle(cycle)
    for code, mine in cells.items():
        if any(cell.made for cell in mine):
            unit, folder = catalogue.units.by_code[code], mine[0].job.folder
            _write_or_remove(folder / SUPPLEMENT, supplement_page(here, unit, catalogue, about))
            pages = {cell.job.report_page.name for cell in mine if cell.made}
            made = pages | {name for name in (*BESIDE, SUPPLEMENT) if (folder / name).is_file()}
            asked = next((cell.glued for cell in mine if cell.job.report.kind == "frågor" and cell.glued), None)
            has_agenda = about.national_agenda if unit.is_nation else about.agenda
            focus = asked["focus"] if asked else None
            _write_or_remove(folder / AGENDA, agenda_page(unit, catalogue, about, made, focus) if has_agenda else None)


def _write_or_remove(path: Path, content: str | bytes | None) -> None:
    """The file, or none where there is nothing to put in it."""
    if content is None:
        path.unlink(missing_ok=True)
    else:
        write_atomic(path, content)


def write_covers(jobs: Sequence[Job], record: RunRecord, catalogue: Catalogue, output: Path, cycle: str) -> None:
    """Write the covers and agendas alone, of the units of the jobs: after files beside the reports, which they lead to.

    jobs: every report of those units.
    """
    cells = cells_by_unit(jobs, record)
    _write_own(cells, catalogue, cycle)
    _write_covers(cells, catalogue, output, cycle)


def _write_covers(cells: Mapping[str, Sequence[Cell]], catalogue: Catalogue, output: Path, cycle: str) -> None:
    for code, mine in cells.items():
        if any(cell.made for cell in mine):
            unit, folder = catalogue.units.by_code[code], mine[0].job.folder
            changed = _changed(of_dimensions(mine), catalogue, output, cycle)
            write_atomic(folder / COVER, cover(unit, mine, catalogue, catalogue.cycle(cycle), changed, folder))


def write_method(catalogue: Catalogue, output: Path, cycle: str) -> None:
    """Write the method page, which needs no report: the whole country is assessed for it."""
    on, country = assessed(cycle)
    write_atomic(output / cycle / PAGE, method_page(country, catalogue, on.store, catalogue.cycle(cycle)))


def _write_cycle(cells: Mapping[str, Sequence[Cell]], catalogue: Catalogue, folder: Path, cycle: str) -> None:
    """The cycle's page and its calendar file, which is there only while something has a date."""
    about = catalogue.cycle(cycle)
    _write_or_remove(folder / CALENDAR, calendar_file(about, catalogue))
    own = {unit.code: len(places(project(), unit, "eget")) for unit in catalogue.units.regions}
    write_atomic(folder / CYCLE, cycle_page(catalogue, about, cells, own))


def _write_indicators(everything: Whole, folder: Path) -> None:
    """A page for each indicator with figures, their list, and no page of an indicator that is no more."""
    pages = {address(i): i for i in (everything.catalogue.indicators[key] for key in everything.places)}
    for name, indicator in pages.items():
        write_atomic(folder / name, indicator_page(indicator, everything))
    write_atomic(folder / indicators.PAGE, indicators.indicator_list(everything))
    kept = {*pages, indicators.PAGE}
    for left in (folder / FOLDER).glob("*.html"):
        if f"{FOLDER}/{left.name}" not in kept:
            left.unlink()


def _changed(cells: Sequence[Cell], catalogue: Catalogue, output: Path, cycle: str) -> Changes | None:
    """What is new in a unit's pack since the last cycle's; None where there was none."""
    before = previous_cycle(catalogue, cycle)
    rows = last_rows([cell.job for cell in cells], output, before) if before else []
    if before is None or not rows:
        return None
    now = [row for cell in cells for row in cell.results]
    return changes(rows, now, catalogue, catalogue.cycle(before).name)
