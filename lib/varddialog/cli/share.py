"""`share`: a unit's pack as one archive for a receiver, and whether an archive is as it was when it was made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from varddialog.cli import completion
from varddialog.cli.common import CYCLE, app
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.errors import DataError, Fault, UsageError, UserError
from varddialog.swedish import number, plural, with_unit

REGIONS = typer.Argument(
    help="Whose packs: names, official names, slugs or codes.",
    show_default=False,
    autocompletion=completion.regions,
)


@app.command()
def share(
    region: Annotated[list[str], REGIONS] = [],  # noqa: B006  typer reads the default and never changes it
    all_: Annotated[bool, typer.Option("--all", help="Every region, and the whole country.")] = False,
    verify: Annotated[
        Path | None,
        typer.Option("--verify", metavar="FILE", dir_okay=False, help="Only tell whether an archive was altered."),
    ] = None,
    cycle: Annotated[str, CYCLE] = DEFAULT_CYCLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", file_okay=False, help="Where the results of `build` lie.")
    ] = None,
) -> None:
    """Put a unit's pack in one archive that opens offline: pages, notebooks, PDF, slides, workbook and checksums.

    The archive goes to the folder arkiv beside the packs. Nothing in it tells of the machine that made it.

    Example: varddialog share Skåne
    """
    if (bool(region) + all_ + (verify is not None)) != 1:
        allowed = "regioner, --all eller --verify FILE"
        raise UsageError(Fault("Säg vad som ska delas eller kontrolleras, och bara ett av det.", "share", allowed))
    if verify is not None:
        _verify(verify)
        return
    from varddialog.publish.share.share import Sharing

    here, failed = project(), list[UserError]()
    with Sharing.of(here, cycle, (output or here.outputs).resolve()) as sharing:
        known = sharing.results.catalogue.units
        units = known.all if all_ else tuple({u.code: u for u in map(known.find, region)}.values())
        for name in sharing.results.left_out:
            typer.echo(f"{name} kan inte göras på den här datorn och följer inte med.", err=True)
        for unit in units:
            try:
                made = sharing.make(unit)
            except (UsageError, DataError) as error:
                failed.append(error)
                continue
            size = with_unit(number(made.size / 1e6, 1), "MB")
            shown = here.show(made.path) if made.path.is_relative_to(here.root) else str(made.path)
            typer.echo(f"{shown}: {plural(made.files, 'fil', 'filer')}, {size}. SHA-256: {made.sha256}")
    if failed:
        worst = max(failed, key=lambda error: error.exit_code)
        raise type(worst)(*(fault for error in failed for fault in error.faults))


def _verify(path: Path) -> None:
    from varddialog.data.manifest import sha256
    from varddialog.publish.share.verify import verify

    told = verify(path)
    typer.echo(
        f"{path.name} är oförändrat: {told.unit}, dialogomgång {told.cycle}, "
        f"{plural(len(told.files), 'fil', 'filer')} stämmer med förteckningen. SHA-256: {sha256(path)}"
    )
