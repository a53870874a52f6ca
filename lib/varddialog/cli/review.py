"""`review`: cells of a rendered notebook run again, compared with what stands there, and the review put on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from varddialog.cli.build import Engines
from varddialog.cli.common import app, console, folding_table
from varddialog.config import Project, project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.errors import Fault, NotebooksFailed, ReviewDiffers, UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.swedish import date as written
from varddialog.swedish import listing, number, plural

if TYPE_CHECKING:
    from varddialog.batch.review.rendered import Rendered
    from varddialog.batch.review.review import Checked
    from varddialog.batch.review.why import Why

# differences of one cell, and observations, that the terminal shows
SHOWN = 3
LONGEST = 160


@app.command()
def review(
    notebook: Annotated[
        Path, typer.Argument(metavar="NOTEBOOK", help="A rendered notebook under outputs/, or a copy of one elsewhere.")
    ],
    cell: Annotated[
        list[str],
        typer.Option("--cell", metavar="TAG|NUMBER", help="Only this cell, by tag or number; may be repeated."),
    ] = [],  # noqa: B006  typer reads the default and never changes it
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="Log the review as that of this role; never a name.")
    ] = None,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day of a logged review.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write a page of the differences to this file.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="How many cells run side by side. Default: by engine.")
    ] = None,
    engine: Annotated[
        Engines, typer.Option(help="Kernels forked from one that is warm, or each a Python of its own.")
    ] = Engines.fork,
) -> None:
    """Run cells of a rendered notebook again, each alone, and tell whether they give what stands there.

    Exit code 15 when something differs. With --role and --date the review is logged and shown on the cover.

    Example: varddialog review outputs/2026-2027/12-skane/2-kvalitet-i-tjansterna.ipynb --cell oversikt
    """
    from varddialog.batch.review.log import LOG, check_role, write_log
    from varddialog.batch.review.rendered import open_rendered
    from varddialog.batch.review.review import review as run
    from varddialog.batch.review.why import why

    here = project()
    catalogue = catalogue_with_figures(here)
    rendered = open_rendered(notebook, here, catalogue)
    if (role is None) != (date is None):
        raise UsageError(Fault("En granskning loggas med både roll och dag.", "--role, --date", todo="Ange båda."))
    who = check_role(role, catalogue.cycle(rendered.job.cycle)) if role is not None else ""
    checked = run(rendered, cell, here, engine.value, jobs)
    if not cell and rendered.in_place:
        checked.append(_page(rendered, catalogue))
    because = why(rendered, here, catalogue)
    _show(rendered, checked, because)
    if report is not None:
        from varddialog.atomic import write_atomic
        from varddialog.batch.review.page import review_page

        with _writing(report):
            write_atomic(report, review_page(rendered, checked, because))
        typer.echo(f"Skillnaderna visas i {report.name}.")
    if date is not None:
        with _writing(rendered.path.with_name(LOG)):
            write_log(rendered, checked, because.key, who, date.date())
        typer.echo(f"Granskningen är loggad i {LOG} ({who}, {written(date.date())}).")
        if rendered.in_place:
            _cover(rendered, here, catalogue)
    _end(checked)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """What hinders the file from being written, told as what a person can put right."""
    try:
        yield
    except OSError as error:
        todo = "Ge dig rätt att skriva där, eller granska en kopia av notebooken i en egen mapp."
        raise UsageError(Fault(f"Filen går inte att skriva ({error.strerror}).", path.name, todo=todo)) from None


def _page(rendered: Rendered, catalogue: Catalogue) -> Checked:
    """The page that readers open, beside the one that the notebook as it stands gives."""
    import hashlib

    import nbformat

    from varddialog.batch.review.difference import Difference
    from varddialog.batch.review.outputs import html_differing
    from varddialog.batch.review.rendered import PAGE
    from varddialog.batch.review.review import Checked
    from varddialog.publish.report import page

    job = rendered.job
    made = page(nbformat.read(rendered.path, as_version=4), job.title, job.unit, catalogue.cycle(job.cycle))
    try:
        there = job.report_page.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return Checked(PAGE, 0, (Difference("ordning", "", "sidan", "ingen läsbar sida", "en sida"),))
    differences = html_differing(there, made) if there != made else []
    sums = [hashlib.sha256(text.encode()).hexdigest() for text in (there, made)]
    return Checked(PAGE, 0, tuple(differences), sums[0], sums[1])


def _show(rendered: Rendered, checked: Sequence[Checked], because: Why) -> None:
    from varddialog.batch.review.why import some_observations

    terminal = console()
    differ = [cell for cell in checked if cell.result != "lika"]
    same = len(checked) - len(differ)
    terminal.print(f"{rendered.job.title}, {rendered.path.name}")
    if differ:
        table = folding_table("Nr", "Cell", "Resultat", "I rapporten → omräknat")
        for cell in differ:
            told = [_short(str(difference)) for difference in cell.differences[:SHOWN]]
            if cell.failure is not None:
                told.append(_short(f"{cell.failure.error}: {cell.failure.message}"))
            if len(cell.differences) > SHOWN:
                told.append(f"… och {number(len(cell.differences) - SHOWN)} till")
            table.add_row(str(cell.number or ""), cell.name, cell.result, "\n".join(told))
        terminal.print(table)
    for reason in because.told([cell.name for cell in differ]):
        terminal.print(f"Varför: {reason}" if differ else f"Sedan rapporten gjordes: {reason}")
    for line in some_observations(because.observations, SHOWN):
        terminal.print(f"  {line}")
    terminal.print(f"{plural(len(checked), 'cell', 'celler')}: {number(same)} lika, {number(len(differ))} skiljer sig.")


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _cover(rendered: Rendered, here: Project, catalogue: Catalogue) -> None:
    """The unit's cover anew, which shows what has been reviewed."""
    from varddialog.batch.plan import plan
    from varddialog.batch.record import read_record
    from varddialog.batch.runner import working_in
    from varddialog.publish.site.write import write_covers

    job = rendered.job
    folder = rendered.output / job.cycle
    mine = plan(here, catalogue, job.cycle, rendered.output, [job.unit])
    with working_in(folder):
        write_covers(mine, read_record(folder, job.cycle), catalogue, rendered.output, job.cycle)


def _end(checked: Sequence[Checked]) -> None:
    failed = [
        Fault(f"{cell.failure.error}: {cell.failure.message.rstrip('.')}.", f"cell {cell.name}")
        for cell in checked
        if cell.failure is not None
    ]
    if failed:
        raise NotebooksFailed(*failed)
    if differ := [cell.name for cell in checked if cell.result != "lika"]:
        raise ReviewDiffers(Fault("Rapporten är inte vad cellerna ger.", f"cell {listing(differ)}"))
