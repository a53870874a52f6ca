"""`data update`, `data diff` and `data rollback`: bringing the store up to date, and seeing what that did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from varddialog.cli import completion
from varddialog.cli.common import REGION, console, data_app, folding_table
from varddialog.config import Project, current, project
from varddialog.errors import DataError, Fault, SourceError, UsageError
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.model.groups import SEXES
from varddialog.swedish import did_you_mean, number, plural, with_unit

if TYPE_CHECKING:
    from varddialog.data.changes import Change, Count
    from varddialog.data.store import Store
    from varddialog.data.update.run import Outcome

INDICATOR = typer.Option(
    "--indicator", "-i", help="Only these series; may be repeated.", autocompletion=completion.indicators
)
# revised and vanished values that an update shows one by one; `data diff` shows them all
MOST_SHOWN = 20
WITHIN = "Inom regionerna"


@data_app.command("update")
def data_update(
    source: Annotated[list[str], typer.Argument(help="Which sources to ask: kolada, scb, fohm … Default: all.")] = [],  # noqa: B006
    indicator: Annotated[list[str], INDICATOR] = [],  # noqa: B006
    since: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Ask for what has changed since then, YYYY-MM-DD."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ask and compare; the store stays as it is.")] = False,
    record: Annotated[
        Path | None, typer.Option(file_okay=False, metavar="DIR", help="Keep every question and answer there.")
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(file_okay=False, exists=True, metavar="DIR", help="Answer from what --record kept; no network."),
    ] = None,
) -> None:
    """Fetch new figures from the open APIs, show what changed, and let them count; what was is kept for rollback.

    Example: varddialog data update kolada --dry-run
    """
    from varddialog.cli.fetching import fetching
    from varddialog.data.update.gather import Where
    from varddialog.data.update.run import Ask, update

    here = project()
    catalogue = load_catalogue(here)
    where = Where(here.cache / "http", record, replay)
    ask = Ask(source, indicator, since.date() if since else None, dry_run, where)
    with fetching(Console(stderr=True, highlight=False)) as tell:
        done = update(here, catalogue, ask, dt.date.today(), tell)
    _tell(done, catalogue, dry_run)
    errors = [error for a in done.answers.values() for error in (a.error, a.doubted) if error]
    if done.faults:
        unreached = [fault for error in errors for fault in error.faults]
        raise DataError(*done.faults, *unreached)
    if errors:
        raise SourceError(*(fault for error in errors for fault in error.faults))


@data_app.command("diff")
def data_diff(
    indicator: Annotated[list[str], INDICATOR] = [],  # noqa: B006
    region: Annotated[list[str], REGION] = [],  # noqa: B006
) -> None:
    """Show what the last update changed: new, revised and vanished values, new years first.

    Example: varddialog data diff --region Skåne
    """
    from varddialog.data.changes import changes, counts
    from varddialog.data.store import Store
    from varddialog.data.within.changes import changes as within_changes

    here = project()
    catalogue = load_catalogue(here)
    after = Store.of(here)
    for name in indicator:
        known = [*catalogue.indicators, *after.manifest.international]
        if name not in known:
            raise UsageError(Fault(f"Okänt mått: «{name}».", todo=did_you_mean(name, known)))
    codes = {catalogue.units.find(name).code for name in region}
    before = _before(here, after)
    if before is None:
        which = "de första" if current(here.stores) else "de som följer med projektet"
        typer.echo(f"Uppgifterna är {which}; det finns inga tidigare att jämföra med.")
        return
    found = [
        c
        for c in changes(before, after)
        if (not indicator or c.series in indicator) and (not codes or c.region in codes)
    ]
    within = within_changes(before, after, indicator, codes)
    terminal = console()
    if found or not within.counts:
        terminal.print(_summary(counts(found), catalogue))
    if found:
        terminal.print(_each(found, catalogue))
    if within.counts:
        terminal.print(_summary(within.counts, catalogue, WITHIN))
    if within.values:
        terminal.print(_each(within.values, catalogue))


@data_app.command("rollback")
def data_rollback() -> None:
    """Return to the figures as they were before the last update.

    Example: varddialog data rollback
    """
    from varddialog.data.update.run import go_back

    name, manifest = go_back(project())
    what = f"ögonblicksbilden {name}" if name else "de uppgifter som följer med projektet"
    rows = sum(series.observations for series in manifest.series.values())
    inside = sum(found.observations for s in manifest.within.values() for one in s for found in one.regions.values())
    within = f" och {number(inside)} inom regionerna" if inside else ""
    series = plural(len(manifest.series), "serie", "serier")
    typer.echo(f"Nu gäller {what}: {series}, {number(rows)} observationer{within}.")


def _before(here: Project, after: Store) -> Store | None:
    """The snapshot that counted before the present one, None when this is the first.

    Raises DataError when it has been removed: after a rollback the one before may be older than those that are kept.
    """
    from varddialog.data.store import Store

    name = after.manifest.previous
    if name is None:
        return None
    folder = here.stores / name
    if name and not folder.is_dir():
        what = f"Ögonblicksbilden {name}, som uppgifterna skulle jämföras med, finns inte kvar."
        raise DataError(Fault(what, "data/store", todo="Nästa uppdatering går att jämföra med det som gäller nu."))
    return Store(folder, here.show(folder))


def _tell(done: Outcome, catalogue: Catalogue, dry_run: bool) -> None:
    """What an update came to, in the order that matters to the one who asked."""
    from varddialog.data.changes import counts

    terminal = console()
    if done.changes:
        terminal.print(_summary(counts(done.changes), catalogue))
        old = [c for c in done.changes if c.kind != "ny"]
        if old:
            terminal.print(_each(old[:MOST_SHOWN], catalogue))
        if len(old) > MOST_SHOWN:
            terminal.print(f"och {number(len(old) - MOST_SHOWN)} till; «varddialog data diff» visar alla.")
    if done.within.counts:
        terminal.print(_summary(done.within.counts, catalogue, WITHIN))
    if done.told:
        table = folding_table("Mått", "Att veta")
        for series, what in done.told:
            table.add_row(_named(series, catalogue), what)
        terminal.print(table)
    if done.questioned:
        table = folding_table("Mått", "Gäller", "Slag", "Ny anmärkning")
        for r in done.questioned:
            unit = catalogue.units.by_code.get(r.region)
            place = ", ".join(x for x in (unit.name if unit else "", r.period or str(r.year or ""), r.group) if x)
            table.add_row(_named(r.indicator, catalogue), place or "hela serien", r.level, r.reason)
        terminal.print(table)
    if done.agreements:
        terminal.print(_agreements(done, catalogue))
    changed = len({c.series for c in done.changes} | {c.series for c in done.within.counts})
    asked = sum(answer.requests for answer in done.answers.values())
    if not changed:
        result = "Inget nytt: uppgifterna är som de var."
    elif dry_run:
        result = f"{plural(changed, 'serie', 'serier')} skulle ändras; lagret är orört."
    else:
        result = f"{plural(changed, 'serie ändrad', 'serier ändrade')}. Gå tillbaka med «varddialog data rollback»."
    terminal.print(f"{plural(asked, 'fråga', 'frågor')} till källorna. {result}")


def _summary(found: Sequence[Count], catalogue: Catalogue, title: str | None = None) -> Table:
    """A line for each series, those with the newest years first."""
    table = folding_table("Id", "Mått", "Nya", "Ändrade", "Försvunna", "Nya år", title=title, title_justify="left")
    for c in sorted(found, key=lambda c: (-(c.years[0] if c.years else 0), c.series)):
        years = [str(year) for year in c.years[:4]]
        rest = "…" if len(c.years) > len(years) else ""
        name = catalogue.indicators[c.series].name if c.series in catalogue.indicators else "internationell serie"
        table.add_row(c.series, name, number(c.new), number(c.revised), number(c.vanished), " ".join(years) + rest)
    return table


def _each(found: Sequence[Change], catalogue: Catalogue) -> Table:
    """A line for each value."""
    table = folding_table("Id", "Gäller", "Tid", "Slag", "Förr", "Nu")
    for c in found:
        indicator = catalogue.indicators.get(c.series)
        unit = catalogue.units.by_code.get(c.region)
        sex = "" if c.sex == "T" else SEXES[c.sex].lower()
        place = ", ".join(part for part in (unit.name if unit else c.region, sex, c.group) if part)
        before, after = (_exact(v, indicator.decimals if indicator else 1, c) for v in (c.before, c.after))
        if c.before == c.after:
            after += " (annan märkning)" if c.abroad else " (annat intervall eller antal)"
        table.add_row(c.series, place, c.when, c.kind, before, after)
    return table


def _exact(value: float | None, decimals: int, change: Change) -> str:
    """The value as it is shown elsewhere, or with as many decimals more as it takes to see the difference."""
    if value is None:
        return ""
    if change.before == change.after:
        return number(value, decimals)
    other = change.after if value == change.before else change.before
    while other is not None and decimals < 6 and number(value, decimals) == number(other, decimals):
        decimals += 1
    return number(value, decimals)


def _agreements(done: Outcome, catalogue: Catalogue) -> Table:
    """How sources agree on the same figure."""
    table = folding_table("Mått", "Jämfört med", "Värden", "Skiljer sig", "Störst skillnad", "Där")
    for a in done.agreements:
        indicator = catalogue.indicators[a.series]
        if a.why:
            table.add_row(_named(a.series, catalogue), a.other, a.why)
            continue
        unit = catalogue.units.by_code.get(a.at[0])
        largest = with_unit(number(a.largest, indicator.decimals + 1), indicator.unit.difference)
        place = f"{unit.name if unit else a.at[0]} {a.at[1]}" if a.differing else ""
        table.add_row(_named(a.series, catalogue), a.other, number(a.compared), number(a.differing), largest, place)
    return table


def _named(series: str, catalogue: Catalogue) -> str:
    known = catalogue.indicators.get(series)
    return f"{series} {known.name}" if known else series
