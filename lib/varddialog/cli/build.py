"""`build` and `status`: what is missing or stale is made, and what is what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from varddialog.batch.fingerprint import inputs, shared_inputs
from varddialog.batch.made_of import results_of
from varddialog.batch.make import Limits
from varddialog.batch.plan import Job
from varddialog.batch.record import Failure, State, need, read_record, state
from varddialog.cli.common import CYCLE, DIMENSION, OUTPUT, REGION, all_jobs, app, console
from varddialog.config import DEFAULT_CYCLE, Project, project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.errors import DataError, Fault, NotebooksFailed, ParamsError, UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.swedish import number, plural

if TYPE_CHECKING:
    from varddialog.publish.build import Build


class Engines(StrEnum):
    """Where the kernels of `build` come from."""

    fork = "fork"
    stock = "stock"


class Events(StrEnum):
    """How `build` tells its events to a program."""

    json = "json"


@app.command()
def build(
    region: Annotated[list[str], REGION] = [],  # noqa: B006  typer reads the default and never changes it
    dimension: Annotated[list[str], DIMENSION] = [],  # noqa: B006
    cycle: Annotated[str, CYCLE] = DEFAULT_CYCLE,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="How many notebooks run side by side. Default: by engine.")
    ] = None,
    engine: Annotated[
        Engines, typer.Option(help="Kernels forked from one that is warm, or each a Python of its own.")
    ] = Engines.fork,
    timeout: Annotated[
        float, typer.Option(min=1, metavar="SECONDS", help="The longest that a notebook may run, by the clock.")
    ] = Limits.seconds,
    memory: Annotated[
        int, typer.Option(min=64, metavar="MB", help="The most memory that a notebook's kernel may take.")
    ] = Limits.memory_mb,
    events: Annotated[
        Events | None, typer.Option(help="Tell each event as a line of JSON on standard output, and nothing else.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on the Dask cluster whose scheduler is there.")
    ] = None,
    shard: Annotated[
        str | None, typer.Option(metavar="I/N", help="Make part I of N even parts, in an output folder of its own.")
    ] = None,
    gather: Annotated[bool, typer.Option("--gather", help="Run nothing: put parts that are made together.")] = False,
    from_: Annotated[
        list[Path], typer.Option("--from", file_okay=False, help="With --gather: where parts lie; may be repeated.")
    ] = [],  # noqa: B006
    html_only: Annotated[
        bool,
        typer.Option(
            "--html-only",
            help="Make the pages alone, without the fact sheet, short report, slides and workbook beside the reports.",
        ),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Make everything, also what is fresh.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be made, and why.")] = False,
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Make what is missing or stale: reports, the web tool, and the files beside the reports of each unit.

    Example: varddialog build --region Skåne --dimension 2
    """
    if (gather and (shard or scheduler or force or dry_run)) or (from_ and not gather):
        what = "--gather kör ingenting och tar bara --from till hjälp; --from hör till --gather."
        raise UsageError(Fault(what, "build", todo="Kör delarna med --shard först, och sedan --gather för sig."))
    here = project()
    catalogue = catalogue_with_figures(here)
    target = (output or here.outputs).resolve()
    everything = all_jobs(here, catalogue, cycle, target)
    wanted_units = {catalogue.units.find(name).code for name in region} or {u.code for u in catalogue.units.all}
    wanted_dimensions = {catalogue.dimension(name).number for name in dimension}
    chosen = [
        job
        for job in everything
        if job.unit.code in wanted_units
        and (not dimension or (job.report.dimension and job.report.dimension.number in wanted_dimensions))
    ]
    shared = shared_inputs(here, catalogue)
    if shard is not None or gather:  # what is made of other results is made when they have been put together
        chosen = [job for job in chosen if not job.report.stage]
    if shard is not None:
        from varddialog.batch.shard import Shard

        part = Shard.parse(shard)
        chosen = part.left(chosen, target, lambda job: inputs(job, shared), force)
        target = part.output(target)
    if gather:
        from varddialog.batch.shard import parts
        from varddialog.publish.build import Build

        whole = Build(here, catalogue, cycle, target / cycle, everything, shared)
        _gathered(whole, chosen, parts(target, cycle, from_), html_only)
        return
    record = read_record(target / cycle, cycle)
    now = {job.key: inputs(job, shared.beside(record.scraps)) for job in chosen}
    needs = {job.key: "run" if force else need(job, record, now[job.key]) for job in chosen}
    run = {key for key, what in needs.items() if what == "run"}
    waiting = {job.key for job in chosen if run.intersection(results_of(job, catalogue))}
    todo = [job for job in chosen if needs[job.key] != "nothing" or job.key in waiting]
    from varddialog.publish.build import Build, How
    from varddialog.publish.paper.pdf import lacking

    made = Build(here, catalogue, cycle, target / cycle, everything, shared, part=shard is not None)
    if dry_run:
        for job in todo:
            why = "görs om på begäran" if force else "rapporter som den bygger på görs om"
            typer.echo(f"{job.key}: {state(job, record, now[job.key])[1] or why}")
        due = [] if html_only else made.due(chosen, record, now, todo, force)
        if due:
            typer.echo(f"{plural(sum(len(d.names) for d in due), 'fil', 'filer')} skulle göras bredvid rapporterna.")
        fresh = number(len(chosen) - len(todo))
        typer.echo(f"{plural(len(todo), 'rapport', 'rapporter')} skulle göras, {fresh} är färska.")
        return
    _verify(here, catalogue)
    from varddialog.batch.progress import Event, display

    counts: Counter[str] = Counter()
    with display(chosen, todo, console(), as_json=events is not None) as tell:

        def count(event: Event) -> None:
            counts[event.event] += 1
            tell(event)

        if todo or not made.site_is_fresh(record):
            how = How(engine.value, jobs, Limits(timeout, memory), scheduler)
            record = made.make(todo, how, count, lambda told: typer.echo(told, err=True), force)
    files = made.make_files([] if html_only else made.due(chosen, record, now, everything=force))
    if files.files and (without := lacking()):
        typer.echo(str(without), err=True)
    failed = [(job, failure) for job in chosen if (failure := record.jobs[job.key].failure)]
    if events is None:
        fresh = number(len(chosen) - counts["done"] - counts["failed"])
        done = plural(counts["done"], "rapport gjord", "rapporter gjorda")
        then = "Sätt ihop delarna med --gather." if made.part else f"Öppna {_index(made)}"
        beside = f"{plural(len(files.files), 'fil gjord', 'filer gjorda')} bredvid dem. " if files.files else ""
        typer.echo(f"{done}, {fresh} var färska. {beside}{then}")
    if failed or files.faults:
        raise NotebooksFailed(*(_recap(job, failure) for job, failure in failed), *files.faults)


@app.command()
def status(cycle: Annotated[str, CYCLE] = DEFAULT_CYCLE, output: Annotated[Path | None, OUTPUT] = None) -> None:
    """Show every report of every unit: fresh, stale and why, failed and why.

    Example: varddialog status --cycle 2026-2027
    """
    from varddialog.batch.reasons import some
    from varddialog.publish.files import states as file_states

    here = project()
    catalogue = catalogue_with_figures(here)
    target = (output or here.outputs).resolve()
    record = read_record(target / cycle, cycle)
    shared = shared_inputs(here, catalogue).beside(record.scraps)
    jobs = all_jobs(here, catalogue, cycle, target)
    now = {job.key: inputs(job, shared) for job in jobs}
    states = {job.key: state(job, record, now[job.key]) for job in jobs}
    terminal = console()
    terminal.print(_matrix(jobs, states, catalogue))
    reasons: dict[tuple[str, str], list[str]] = {}
    for job in jobs:
        d = job.report.dimension
        what = job.report.name if not job.report.of_unit else f"{job.unit.name} {d.number if d else job.report.name}"
        reasons.setdefault(states[job.key], []).append(what)
    for (what, why), cells in sorted(reasons.items()):
        if why:
            terminal.print(f"{what} ({number(len(cells))}): {why} – {some(cells)}")
    beside: dict[tuple[str, str], list[str]] = {}
    dimensions = [job for job in jobs if job.report.dimension]
    for unit, name, what in file_states(dimensions, record, now, shared):
        beside.setdefault((what, name), []).append(unit.name)
    for (what, name), units in sorted(beside.items()):
        terminal.print(f"{what} ({number(len(units))}): {name} – {some(units)}")


def _matrix(jobs: Sequence[Job], states: Mapping[str, tuple[State, str]], catalogue: Catalogue) -> Table:
    """A row for each unit and one for the whole country; reports of one kind share a cell when there are several."""
    dimensions = catalogue.framework.dimensions
    others = {"fokusområde": "Fokusområden", "frågor": "Frågor"}
    columns: dict[str, str] = {d.notebook: f"{d.number} {d.name}" for d in dimensions}
    columns |= {kind: name for kind, name in others.items() if any(job.report.kind == kind for job in jobs)}
    table = Table("Enhet", *columns.values())
    found: dict[tuple[str, str], list[State]] = {}
    for job in jobs:
        column = job.report.slug if job.report.dimension else job.report.kind
        found.setdefault((job.unit.code, column), []).append(states[job.key][0])
    for unit in catalogue.units.all:
        table.add_row(unit.name, *(_together(found.get((unit.code, column), [])) for column in columns))
    country = [job for job in jobs if not job.report.of_unit]
    if country:
        table.add_section()
    for job in country:
        table.add_row(job.report.name, states[job.key][0])
    return table


def _together(states: Sequence[State]) -> str:
    """One word where all are alike, otherwise how many of each."""
    counts = Counter(states)
    if len(counts) < 2:
        return "".join(counts)
    return ", ".join(f"{number(count)} {what}" for what, count in counts.items())


def _verify(here: Project, catalogue: Catalogue) -> None:
    """Stop before any kernel starts when the store is damaged or does not fit the catalogue, or an added text is."""
    from varddialog.data.store import Store
    from varddialog.data.verify import series_faults
    from varddialog.dialogue.supplement.check import examine

    store = Store.of(here)
    store.verify_files()
    if faults := series_faults(store, catalogue):
        raise DataError(*faults)
    if faults := examine(here, catalogue).faults:
        raise ParamsError(*faults)


def _gathered(made: Build, jobs: Sequence[Job], found: Sequence[Path], html_only: bool) -> None:
    """Put the shards together and say what is missing."""
    record = made.gather(jobs, found)
    files = made.make_files([] if html_only else made.due(jobs, record, {}))
    states = [(job, *state(job, record, inputs(job, made.shared))) for job in jobs]
    good = sum(what == "färsk" for _, what, _ in states)
    more = any(job.report.stage for job in made.everything)
    then = "Kör build för det som bygger på dem." if more else f"Öppna {_index(made)}"
    typer.echo(
        f"{plural(len(found), 'del ihopsatt', 'delar ihopsatta')}: {number(good)} av "
        f"{plural(len(jobs), 'rapport', 'rapporter')} finns och är färska. {then}"
    )
    faults = [
        _recap(job, failure)
        if (known := record.jobs.get(job.key)) and (failure := known.failure)
        else Fault(f"Rapporten {why}.", f"{job.unit.name}, {job.report.name}", todo="Kör dess del igen.")
        for job, what, why in states
        if what != "färsk"
    ]
    if faults or files.faults:
        raise NotebooksFailed(*faults, *files.faults)


def _index(made: Build) -> str:
    """The country's index page, as written to a person."""
    index = made.folder / "index.html"
    return made.here.show(index) if index.is_relative_to(made.here.root) else str(index)


def _recap(job: Job, failure: Failure) -> Fault:
    where = f"{job.unit.name}, {job.report.name}, cell {failure.cell}"
    return Fault(
        f"{failure.error}: {failure.message.rstrip('.')}.",
        where,
        todo=f"Se {job.failed_notebook.name} i regionens mapp.",
    )
