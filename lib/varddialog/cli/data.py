"""`data list` and `data verify`: what the store holds, and whether it can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from varddialog.cli.common import console, data_app, folding_table
from varddialog.config import project
from varddialog.errors import Fault, UsageError
from varddialog.model.catalogue import load_catalogue
from varddialog.swedish import did_you_mean, number, plural, span

if TYPE_CHECKING:
    from varddialog.data.manifest import Manifest
    from varddialog.model.catalogue import Catalogue


@data_app.command("list")
def data_list() -> None:
    """List every series in the store: publisher, channel, years, regions, licence.

    Example: varddialog data list
    """
    from varddialog.data.store import Store

    here = project()
    catalogue = load_catalogue(here)
    table = folding_table("Id", "Mått", "Utgivare", "Kanal", "År", "Regioner", "Observationer", "Hämtad", "Licens")
    manifest = Store.of(here).manifest
    for key, series in manifest.series.items():
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
    terminal = console()
    terminal.print(table)
    if manifest.within:
        terminal.print(_within(manifest, catalogue))


def _within(manifest: Manifest, catalogue: Catalogue) -> Table:
    """The values within regions: a line for each series of a source, and for each of a region's own."""
    header = ("Id", "Mått", "Utgivare", "Kanal", "År", "Regioner", "Platser", "Observationer", "Hämtad", "Licens")
    table = folding_table(*header, title="Inom regionerna", title_justify="left")
    for key, one in ((key, one) for key, series in manifest.within.items() for one in series):
        known, inside = catalogue.indicators.get(key), list(one.regions.values())
        table.add_row(
            key,
            known.name if known else "",
            one.publisher,
            one.channel,
            span(min(i.first_year for i in inside), max(i.last_year for i in inside)),
            number(len(inside)),
            number(sum(i.places for i in inside)),
            number(sum(i.observations for i in inside)),
            one.retrieved,
            one.licence or "anges inte",
        )
    return table


@data_app.command("verify")
def data_verify(
    indicator: Annotated[list[str], typer.Option("--indicator", "-i", help="Only these series; may be repeated.")] = [],  # noqa: B006
) -> None:
    """Check files, rows and figures; print every quality remark with its reason.

    Example: varddialog data verify --indicator U70425
    """
    from varddialog.data.store import Store
    from varddialog.data.verify import verify

    here = project()
    catalogue = load_catalogue(here)
    for name in indicator:
        if name not in catalogue.indicators:
            raise UsageError(Fault(f"Okänt mått: «{name}».", todo=did_you_mean(name, list(catalogue.indicators))))
    remarks = verify(Store.of(here), catalogue)
    shown = [r for r in remarks if not indicator or r.indicator in indicator]
    table = folding_table("Mått", "Gäller", "Slag", "Kontroll", "Anmärkning", show_lines=True)
    for remark in shown:
        unit = catalogue.units.by_code.get(remark.region)
        place = [unit.name if unit else "", remark.period or str(remark.year or ""), remark.sex, remark.group]
        where = ", ".join(part for part in place if part) or "hela serien"
        table.add_row(remark.indicator, where, remark.level, remark.check, remark.reason)
    terminal = console()
    terminal.print(table)
    levels = [
        f"{level}: {number(sum(r.level == level for r in shown))}" for level in ("fel", "osannolikt", "upplysning")
    ]
    terminal.print(f"Filerna är hela. {plural(len(shown), 'anmärkning', 'anmärkningar')} ({', '.join(levels)}).")
