"""`data add`: a region's own figures from its hospitals and health centres."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from varddialog.atomic import write_atomic
from varddialog.cli import completion
from varddialog.cli.common import data_app
from varddialog.config import project
from varddialog.errors import Fault, UsageError
from varddialog.model.catalogue import load_catalogue
from varddialog.swedish import number, plural

if TYPE_CHECKING:
    from varddialog.data.own.add import Added


@data_app.command("add")
def data_add(
    file: Annotated[
        Path | None,
        typer.Argument(
            dir_okay=False, exists=True, metavar="FILE", help="The filled-in form: .xlsx, or .csv in UTF-8."
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            "--region",
            "-r",
            help="The region whose figures they are: name, slug or code.",
            autocompletion=completion.regions,
        ),
    ] = None,
    form: Annotated[
        Path | None, typer.Option(dir_okay=False, metavar="FILE", help="Write the empty form there: .xlsx or .csv.")
    ] = None,
) -> None:
    """Add a region's own figures for its hospitals and health centres; they replace its earlier ones, by indicator.

    Example: varddialog data add --form uppgifter.xlsx

    Example: varddialog data add uppgifter.xlsx --region Skåne
    """
    if (form is None) == (file is None):
        what = "Ange antingen en ifylld fil eller --form, som skriver ett tomt formulär."
        raise UsageError(Fault(what, "data add", todo="Se «varddialog data add --help»."))
    here = project()
    catalogue = load_catalogue(here)
    if form is not None:
        from varddialog.data.own.form import form as empty_form

        if form.exists():
            raise UsageError(Fault("Filen finns redan.", form.name, todo="Välj ett annat namn."))
        write_atomic(form, empty_form(form, catalogue, dt.date.today()))
        typer.echo(f"{form.name} är skriven. Fyll i den, och kör «varddialog data add {form.name} --region REGION».")
        return
    if file is None or region is None:
        raise UsageError(Fault("Vilken region gäller uppgifterna?", "data add", todo="Ange --region."))
    from varddialog.data.own.add import add

    _tell(add(here, catalogue, file, region, dt.date.today()))


def _tell(done: Added) -> None:
    for warning in done.warnings:
        typer.echo(f"Varning: {warning}", err=True)
    if done.own.small:
        typer.echo(
            f"{plural(done.own.small, 'uppgift', 'uppgifter')} med så få personer att de kan kännas igen visas inte "
            "i rapporterna.",
            err=True,
        )
    measures = plural(len({row.indicator for row in done.own.rows}), "mått", "mått")
    units = plural(len(done.own.places), "enhet", "enheter")
    held = f"{done.unit.official_name}: {plural(len(done.own.rows), 'uppgift', 'uppgifter')} om {measures} för {units}."
    if done.snapshot is None:
        typer.echo(f"{held} Inget nytt: de finns redan.")
        return
    new, revised, vanished = (
        sum(getattr(c, kind) for c in done.changes.counts) for kind in ("new", "revised", "vanished")
    )
    typer.echo(
        f"{held} {number(new)} nya, {number(revised)} ändrade, {number(vanished)} borttagna. "
        f"Visa dem med «varddialog build --region {done.unit.slug}»; gå tillbaka med «varddialog data rollback»."
    )
