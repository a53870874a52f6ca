"""`check`: params, data and notebooks."""

from __future__ import annotations

import typer
from rich.table import Table

from varddialog.cli.common import app, console
from varddialog.config import project
from varddialog.errors import DataError, Fault, ParamsError, UserError
from varddialog.model.catalogue import load_catalogue
from varddialog.swedish import plural


@app.command()
def check() -> None:
    """Check params, data, records and notebooks without running a kernel; every fault at once.

    Example: varddialog check
    """
    from varddialog.batch.sanity import notebook_faults
    from varddialog.data.store import Store
    from varddialog.data.verify import verify
    from varddialog.dialogue.records import check_rounds
    from varddialog.dialogue.supplement.check import examine

    here = project()
    found: list[tuple[str, Fault, type[UserError]]] = []
    catalogue = None
    try:
        catalogue = load_catalogue(here)
    except ParamsError as error:
        found += [("params", fault, ParamsError) for fault in error.faults]
    if catalogue is not None:
        found += [("notebooks", fault, ParamsError) for fault in notebook_faults(here, catalogue)]
        added = examine(here, catalogue)
        found += [("supplements", fault, ParamsError) for fault in added.faults]
        for warning in added.warnings:
            typer.echo(f"Varning: {warning}", err=True)
        try:
            verify(Store.of(here), catalogue)
        except DataError as error:
            found += [("data", fault, DataError) for fault in error.faults]
        found += [("data", fault, DataError) for fault in check_rounds(here, catalogue).faults]
    if not found:
        assert catalogue is not None
        indicators, units = len(catalogue.indicators), len(catalogue.units.all)
        typer.echo(f"Inga fel: {plural(indicators, 'mått', 'mått')}, {plural(units, 'enhet', 'enheter')}.")
        return
    table = Table("Var", "Fel", "Tillåtet", "Att göra", show_lines=True)
    for _, fault, _kind in found:
        table.add_row(fault.where, fault.what, fault.allowed, fault.todo)
    console().print(table)
    raise typer.Exit(found[0][2].exit_code)
