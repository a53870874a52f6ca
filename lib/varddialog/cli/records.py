"""`records`: the forms of the dialogues, whether they are filled in right, and what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from varddialog.atomic import write_atomic
from varddialog.cli import completion
from varddialog.cli.common import app, console, folding_table
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.errors import DataError, Fault, UsageError
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.swedish import EN_DASH, capital, listing, number, plural

if TYPE_CHECKING:
    from varddialog.dialogue.rounds import Round

records_app = typer.Typer(
    help="The records of the dialogues: an empty form, whether it is filled in right, and what is registered.",
    no_args_is_help=True,
)
app.add_typer(records_app, name="records")

ARENA = typer.Option("--arena", "-a", help="The arena, a file under params/arenas.", autocompletion=completion.arenas)
EXAMPLE = "Exempel: påhittade uppgifter som visar hur det fungerar"
NOTHING = "Inga samtal registrerade ännu."


@records_app.command("template")
def records_template(
    file: Annotated[Path, typer.Argument(dir_okay=False, metavar="FILE", help="Where to write it: .xlsx or .csv.")],
    arena: Annotated[str, ARENA],
    cycle: Annotated[
        str, typer.Option("--cycle", "-c", help="A file under params/cycles.", autocompletion=completion.cycles)
    ] = DEFAULT_CYCLE,
) -> None:
    """Write an empty form to fill in: statements, actions and evaluation with choices; as CSV, statements alone.

    Example: varddialog records template --arena tillganglighet 12-skane.xlsx
    """
    from varddialog.dialogue.forms.template import template

    here = project()
    catalogue = load_catalogue(here)
    made = template(file, catalogue.arena(arena), cycle, catalogue.cycle(cycle), catalogue)
    if file.exists():
        raise UsageError(Fault("Filen finns redan.", file.name, todo="Välj ett annat namn."))
    write_atomic(file, made)
    typer.echo(
        f"{file.name} är skriven. Fyll i den, lägg den i data/dialogue/{arena}/{cycle}/ "
        "och kör «varddialog records check»."
    )


@records_app.command("check")
def records_check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, help="Only these; default: everything in data/dialogue."),
    ] = None,
    arena: Annotated[str | None, typer.Option("--arena", "-a", help="The arena of files that lie elsewhere.")] = None,
) -> None:
    """Check the records: every fault with row and column, and cells that look like personal data.

    Example: varddialog records check 12-skane.xlsx --arena tillganglighet
    """
    from varddialog.dialogue.records import check_files, check_rounds

    here = project()
    catalogue = load_catalogue(here)
    checked = check_files(files, arena, here, catalogue) if files else check_rounds(here, catalogue)
    for warning in checked.warnings:
        typer.echo(f"Varning: {warning}", err=True)
    if checked.faults:
        table = folding_table("Var", "Fel", "Tillåtet", "Att göra", show_lines=True)
        for fault in checked.faults:
            table.add_row(fault.where, fault.what, fault.allowed, fault.todo)
        console().print(table)
        raise typer.Exit(DataError.exit_code)
    if all(round_.is_empty for round_ in checked.rounds):
        typer.echo(NOTHING)
        return
    typer.echo(f"Inga fel: {_held(checked.rounds)}.")


@records_app.command("summary")
def records_summary(
    arena: Annotated[str | None, ARENA] = None,
    cycle: Annotated[str | None, typer.Option("--cycle", "-c", help="Only this cycle, such as 2026-2027.")] = None,
) -> None:
    """Count what is registered: themes by kind of statement, who stands behind them, actions by state.

    Example: varddialog records summary --arena tillganglighet --cycle 2023-2024
    """
    from varddialog.dialogue.records import is_cycle, read_rounds

    here = project()
    catalogue = load_catalogue(here)
    if arena is not None:
        catalogue.arena(arena)
    if cycle is not None and not is_cycle(cycle):
        raise UsageError(Fault(f"«{cycle}» är ingen dialogomgång.", "--cycle", "två år i följd, som 2026-2027"))
    chosen = [
        round_
        for round_ in read_rounds(here, catalogue).all
        if arena in (None, round_.arena) and cycle in (None, round_.cycle) and not round_.is_empty
    ]
    if not chosen:
        typer.echo(NOTHING)
    for round_ in chosen:
        _tell(round_, catalogue)


def _tell(round_: Round, catalogue: Catalogue) -> None:
    from varddialog.dialogue.forms.choices import KINDS, STATES
    from varddialog.dialogue.summary import count

    arena = catalogue.arena(round_.arena)
    counted = count(round_, arena.themes)
    terminal = console()
    terminal.print(f"{arena.name}, {round_.cycle.replace('-', EN_DASH)}")
    if round_.example:
        terminal.print(f"{EXAMPLE}.")
    if round_.material:
        terminal.print(f"Underlag: {round_.material}")
    behind = f"{plural(counted.units, 'enhet', 'enheter')} och {plural(counted.parties, 'part', 'parter')}"
    held = capital(_held([round_]))
    terminal.print(f"{held}. Bakom uttalandena står {behind}." if counted.themes else f"{held}.")
    if counted.themes:
        used = [kind for kind in KINDS if any(theme.kinds.get(kind) for theme in counted.themes)]
        table = folding_table("Tema", *map(capital, used), "Enheter", "Parter")
        for theme in counted.themes:
            name = catalogue.dialogue.themes[theme.theme].name
            kinds = [number(theme.kinds.get(kind, 0)) for kind in used]
            table.add_row(name, *kinds, number(theme.units), number(theme.parties))
        terminal.print(table)
    if counted.states:
        states = [f"{state}: {number(counted.states[state])}" for state in STATES if counted.states.get(state)]
        terminal.print(f"Åtgärder efter läge: {', '.join(states)}.")
    terminal.print()


def _held(rounds: Sequence[Round]) -> str:
    """How much the rounds hold together."""
    statements, actions, ratings = (
        sum(len(rows) for rows in kind)
        for kind in zip(*((r.statements, r.actions, r.ratings) for r in rounds), strict=True)
    )
    parts = [plural(statements, "uttalande", "uttalanden")] if statements else []
    parts += [plural(actions, "åtgärd", "åtgärder")] if actions else []
    parts += [plural(ratings, "svar", "svar") + " på utvärderingen"] if ratings else []
    return listing(parts)
