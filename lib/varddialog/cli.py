"""The command line: parse, call, report. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from varddialog import __version__
from varddialog.batch.fingerprint import shared_inputs
from varddialog.batch.make import Limits
from varddialog.batch.plan import Job, plan
from varddialog.batch.record import Failure, need, read_record, state
from varddialog.config import DEFAULT_CYCLE, Project, project
from varddialog.errors import DataError, Fault, NotebooksFailed, ParamsError, UsageError, UserError
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.swedish import did_you_mean, number, plural, span

if TYPE_CHECKING:
    from varddialog.assessment.assess import Assessment
    from varddialog.publish.build import Build

app = typer.Typer(
    help="Turn open Swedish health statistics into fact packs for the dialogue between state and regions.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
data_app = typer.Typer(help="The store: what is there, and whether it can be trusted.", no_args_is_help=True)
app.add_typer(data_app, name="data")


class Engines(StrEnum):
    """Where the kernels of `build` come from."""

    fork = "fork"
    stock = "stock"


class Events(StrEnum):
    """How `build` tells its events to a program."""

    json = "json"


class Form(StrEnum):
    """How `assess` writes."""

    table = "table"
    json = "json"
    csv = "csv"


REGION = typer.Option("--region", "-r", help="A region's name, official name, slug or code; may be repeated.")
DIMENSION = typer.Option("--dimension", "-d", help="A dimension's number or slug; may be repeated.")
CYCLE = typer.Option("--cycle", "-c", help="The dialogue cycle, a file under params/cycles.")
OUTPUT = typer.Option("--output", "-o", file_okay=False, help="Where the results go. Default: outputs/ of the project.")

INTERRUPTED = 130  # what typer makes of Ctrl-C


def main() -> None:
    """Entry point: a user error becomes its message and its exit code."""
    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    try:
        app()
    except UserError as error:
        if debug:
            raise
        Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(str(error))
        sys.exit(error.exit_code)
    except SystemExit as stop:
        if stop.code == INTERRUPTED:
            Console(stderr=True).print("Avbrutet. Det som är klart ligger kvar; kör igen för att fortsätta.")
        raise


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False) -> None:
    """Add --debug to any command to see the traceback of a user error."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


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
    force: Annotated[bool, typer.Option("--force", help="Make everything, also what is fresh.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be made, and why.")] = False,
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Make every report that is missing or stale, and the index pages.

    Example: varddialog build --region Skåne --dimension 2
    """
    if (gather and (shard or scheduler or force or dry_run)) or (from_ and not gather):
        what = "--gather kör ingenting och tar bara --from till hjälp; --from hör till --gather."
        raise UsageError(Fault(what, "build", todo="Kör delarna med --shard först, och sedan --gather för sig."))
    here = project()
    catalogue = load_catalogue(here)
    target = (output or here.outputs).resolve()
    everything = _plan(here, catalogue, cycle, target)
    wanted_units = {catalogue.units.find(name).code for name in region} or {u.code for u in catalogue.units.all}
    wanted_dimensions = {catalogue.dimension(name).number for name in dimension} or {
        d.number for d in catalogue.framework.dimensions
    }
    chosen = [j for j in everything if j.unit.code in wanted_units and j.dimension.number in wanted_dimensions]
    from varddialog.batch.fingerprint import inputs

    shared = shared_inputs(here, catalogue)
    if shard is not None:
        from varddialog.batch.shard import Shard

        part = Shard.parse(shard)
        chosen = part.left(chosen, target, lambda job: inputs(job, shared), force)
        target = part.output(target)
    if gather:
        from varddialog.batch.shard import parts
        from varddialog.publish.build import Build

        whole = Build(here, catalogue, cycle, target / cycle, everything, shared)
        _gathered(whole, chosen, parts(target, cycle, from_))
        return
    record = read_record(target / cycle, cycle)
    now = {job.key: inputs(job, shared) for job in chosen}
    needs = {job.key: "run" if force else need(job, record, now[job.key]) for job in chosen}
    runs, pages = ([job for job in chosen if needs[job.key] == what] for what in ("run", "page"))
    todo = [job for job in chosen if needs[job.key] != "nothing"]
    fresh = len(chosen) - len(todo)
    if dry_run:
        for job in todo:
            typer.echo(f"{job.key}: {state(job, record, now[job.key])[1] or 'görs om på begäran'}")
        typer.echo(f"{plural(len(todo), 'rapport', 'rapporter')} skulle göras, {number(fresh)} är färska.")
        return
    _verify(here, catalogue)
    from varddialog.batch.progress import display
    from varddialog.publish.build import Build, How

    made = Build(here, catalogue, cycle, target / cycle, everything, shared, part=shard is not None)
    with display(chosen, todo, _console(), as_json=events is not None) as tell:
        if todo or not made.site_is_fresh(record):
            how = How(engine.value, jobs, Limits(timeout, memory), scheduler)
            record = made.make(runs, pages, how, tell, lambda told: typer.echo(told, err=True))
    failed = [(job, failure) for job in chosen if (failure := record.jobs[job.key].failure)]
    if events is None:
        good = sum(record.jobs[job.key].failure is None for job in todo)
        then = "Sätt ihop delarna med --gather." if made.part else f"Öppna {_index(made)}"
        typer.echo(f"{plural(good, 'rapport gjord', 'rapporter gjorda')}, {number(fresh)} var färska. {then}")
    if failed:
        raise NotebooksFailed(*(_recap(job, failure) for job, failure in failed))


@app.command()
def status(cycle: Annotated[str, CYCLE] = DEFAULT_CYCLE, output: Annotated[Path | None, OUTPUT] = None) -> None:
    """Show every unit × dimension: fresh, stale and why, failed and why."""
    from varddialog.batch.fingerprint import inputs
    from varddialog.batch.reasons import some

    here = project()
    catalogue = load_catalogue(here)
    target = (output or here.outputs).resolve()
    shared = shared_inputs(here, catalogue)
    record = read_record(target / cycle, cycle)
    jobs = _plan(here, catalogue, cycle, target)
    states = {(j.unit.code, j.dimension.number): state(j, record, inputs(j, shared)) for j in jobs}
    table = Table("Enhet", *(f"{d.number} {d.name}" for d in catalogue.framework.dimensions))
    for unit in catalogue.units.all:
        table.add_row(unit.name, *(states[unit.code, d.number][0] for d in catalogue.framework.dimensions))
    console = _console()
    console.print(table)
    reasons: dict[tuple[str, str], list[str]] = {}
    for job in jobs:
        key = states[job.unit.code, job.dimension.number]
        reasons.setdefault(key, []).append(f"{job.unit.name} {job.dimension.number}")
    for (what, why), cells in sorted(reasons.items()):
        if why:
            console.print(f"{what} ({number(len(cells))}): {why} – {some(cells)}")


@app.command()
def check() -> None:
    """Check params, data and notebooks without running a kernel; every fault at once."""
    from varddialog.batch.sanity import notebook_faults
    from varddialog.data.store import Store
    from varddialog.data.verify import verify

    here = project()
    found: list[tuple[str, Fault, type[UserError]]] = []
    catalogue = None
    try:
        catalogue = load_catalogue(here)
    except ParamsError as error:
        found += [("params", fault, ParamsError) for fault in error.faults]
    if catalogue is not None:
        found += [("notebooks", fault, ParamsError) for fault in notebook_faults(here, catalogue)]
        try:
            verify(Store.of(here), catalogue)
        except DataError as error:
            found += [("data", fault, DataError) for fault in error.faults]
    if not found:
        assert catalogue is not None
        indicators, units = len(catalogue.indicators), len(catalogue.units.all)
        typer.echo(f"Inga fel: {plural(indicators, 'mått', 'mått')}, {plural(units, 'enhet', 'enheter')}.")
        return
    table = Table("Var", "Fel", "Tillåtet", "Att göra", show_lines=True)
    for _, fault, _kind in found:
        table.add_row(fault.where, fault.what, fault.allowed, fault.todo)
    _console().print(table)
    raise typer.Exit(found[0][2].exit_code)


@app.command()
def assess(
    region: Annotated[list[str], REGION] = [],  # noqa: B006
    dimension: Annotated[list[str], DIMENSION] = [],  # noqa: B006
    cycle: Annotated[str, CYCLE] = DEFAULT_CYCLE,
    form: Annotated[Form, typer.Option("--format", "-f", help="How the assessments are written.")] = Form.table,
) -> None:
    """Write the assessments themselves: for each indicator and unit the five answers, each with its reason.

    Example: varddialog assess --region Gotland --dimension 1 --format csv > gotland.csv
    """
    from varddialog.assessment.assess import assess_all
    from varddialog.assessment.material import Material
    from varddialog.data.store import Store
    from varddialog.tables.export import as_csv, as_json

    here = project()
    catalogue = load_catalogue(here)
    newest = catalogue.cycle(cycle).newest_year
    dimensions = [catalogue.dimension(name) for name in dimension] or list(catalogue.framework.dimensions)
    units = [catalogue.units.find(name) for name in region] or list(catalogue.units.all)
    indicators = [i for d in catalogue.framework.dimensions if d in dimensions for i in catalogue.of_dimension(d)]
    material = Material.read(indicators, Store.of(here), newest)
    found = [a for unit in units for a in assess_all(indicators, unit, material)]
    if form is Form.table:
        _console().print(_assessment_table(found))
    else:
        sys.stdout.write(as_json(found) if form is Form.json else as_csv(found))


@data_app.command("list")
def data_list() -> None:
    """List every series in the store: publisher, channel, years, regions, licence."""
    from varddialog.data.store import Store

    here = project()
    catalogue = load_catalogue(here)
    table = Table("Id", "Mått", "Utgivare", "Kanal", "År", "Regioner", "Observationer", "Hämtad", "Licens")
    for key, series in Store.of(here).manifest.series.items():
        known = catalogue.indicators.get(key)
        table.add_row(
            key,
            known.name if known else "",
            series.publisher,
            series.channel,
            span(series.first_year, series.last_year),
            number(series.regions),
            number(series.observations),
            series.retrieved,
            series.licence or "anges inte",
        )
    _console().print(table)


@data_app.command("verify")
def data_verify(
    indicator: Annotated[list[str], typer.Option("--indicator", "-i", help="Only these series; may be repeated.")] = [],  # noqa: B006
) -> None:
    """Check files, rows and figures; print every quality remark with its reason."""
    from varddialog.data.store import Store
    from varddialog.data.verify import verify

    here = project()
    catalogue = load_catalogue(here)
    for name in indicator:
        if name not in catalogue.indicators:
            raise UsageError(Fault(f"Okänt mått: «{name}».", todo=did_you_mean(name, list(catalogue.indicators))))
    remarks = verify(Store.of(here), catalogue)
    shown = [r for r in remarks if not indicator or r.indicator in indicator]
    table = Table("Mått", "Gäller", "Slag", "Kontroll", "Anmärkning", show_lines=True)
    for remark in shown:
        unit = catalogue.units.by_code.get(remark.region)
        place = [unit.name if unit else "", remark.period or str(remark.year or ""), remark.sex, remark.group]
        where = ", ".join(part for part in place if part) or "hela serien"
        table.add_row(remark.indicator, where, remark.level, remark.check, remark.reason)
    console = _console()
    console.print(table)
    levels = [
        f"{level}: {number(sum(r.level == level for r in shown))}" for level in ("fel", "osannolikt", "upplysning")
    ]
    console.print(f"Filerna är hela. {plural(len(shown), 'anmärkning', 'anmärkningar')} ({', '.join(levels)}).")


def _plan(here: Project, catalogue: Catalogue, cycle: str, target: Path) -> list[Job]:
    return plan(here, catalogue, cycle, target, catalogue.units.all, catalogue.framework.dimensions)


def _verify(here: Project, catalogue: Catalogue) -> None:
    """Stop before any kernel starts when the store is damaged or does not fit the catalogue."""
    from varddialog.data.store import Store
    from varddialog.data.verify import series_faults

    store = Store.of(here)
    store.verify_files()
    if faults := series_faults(store, catalogue):
        raise DataError(*faults)


def _assessment_table(found: Sequence[Assessment]) -> Table:
    from varddialog.prose.words import figure

    table = Table("Enhet", "Mått", "År", "Värde", "Nivå", "Mot riket", "Mot målnivå", "Trend")
    for a in found:
        value = figure(a.indicator, a.result.latest.value) if a.result else ""
        when = a.result.latest.when if a.result else ""
        answers = [answer.klass if answer else "" for answer in (a.vs_nation, a.vs_target, a.trend)]
        level = a.uncertainty.level if a.result else ""
        table.add_row(a.unit.name, a.indicator.name, when, value, level, *answers)
    return table


def _gathered(made: Build, jobs: Sequence[Job], found: Sequence[Path]) -> None:
    """Put the shards together and say what is missing."""
    from varddialog.batch.fingerprint import inputs

    record = made.gather(jobs, found)
    states = [(job, *state(job, record, inputs(job, made.shared))) for job in jobs]
    good = sum(what == "färsk" for _, what, _ in states)
    typer.echo(
        f"{plural(len(found), 'del ihopsatt', 'delar ihopsatta')}: {number(good)} av "
        f"{plural(len(jobs), 'rapport', 'rapporter')} finns och är färska. Öppna {_index(made)}"
    )
    faults = [
        _recap(job, failure)
        if (known := record.jobs.get(job.key)) and (failure := known.failure)
        else Fault(f"Rapporten {why}.", f"{job.unit.name}, {job.dimension.name}", todo="Kör dess del igen.")
        for job, what, why in states
        if what != "färsk"
    ]
    if faults:
        raise NotebooksFailed(*faults)


def _index(made: Build) -> str:
    """The country's index page, as written to a person."""
    index = made.folder / "index.html"
    return made.here.show(index) if index.is_relative_to(made.here.root) else str(index)


def _recap(job: Job, failure: Failure) -> Fault:
    where = f"{job.unit.name}, {job.dimension.name}, cell {failure.cell}"
    return Fault(
        f"{failure.error}: {failure.message.rstrip('.')}.",
        where,
        todo=f"Se {job.failed_notebook.name} i regionens mapp.",
    )


def _console() -> Console:
    """The terminal's width, or wide lines where there is none, so that tables can be read in a log."""
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 160)
