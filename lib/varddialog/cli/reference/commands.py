"""Every command with its arguments, options and examples, read from the command line itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

import typer

from varddialog.cli import app
from varddialog.cli.reference.markdown import code, page, paragraphs, table

EXAMPLE = "Example: "

_ABOUT = """\
`varddialog` lies in `.venv/bin`. What it says to people is Swedish; names of commands and options are English. Every
command answers to `--help`, and to `--debug`, which shows the traceback of a user error. [Settings](settings.md) has
the exit codes and how the shell completes what you write."""


def commands(known: Any = None, *words: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its words, in the order that the help shows them."""
    known = known or typer.main.get_command(app)
    within = getattr(known, "commands", {})
    if not within:
        yield words, known
    for name, one in within.items():
        yield from commands(one, *words, name)


def examples(known: Any) -> list[str]:
    """The command lines that a command's help gives as examples."""
    return [part.removeprefix(EXAMPLE) for part in _parts(known) if part.startswith(EXAMPLE)]


def commands_page() -> str:
    """docs/reference/commands.md."""
    return page(
        "# Commands", _ABOUT, *(_command(" ".join(("varddialog", *words)), known) for words, known in commands())
    )


def _parts(known: Any) -> list[str]:
    return paragraphs(known.help or "").split("\n\n")


def _command(name: str, known: Any) -> str:
    about = "\n\n".join(part for part in _parts(known) if not part.startswith(EXAMPLE))
    shown = "```sh\n" + "\n".join(examples(known)) + "\n```"
    hints = get_type_hints(inspect.unwrap(known.callback))
    rows = [_parameter(parameter, hints[parameter.name]) for parameter in known.params if parameter.name in hints]
    takes = table(("option or argument", "what it is", "default"), rows) if rows else "It takes no options."
    return "\n\n".join([f"## {name}", about, shown, takes])


def _parameter(parameter: Any, hint: Any) -> tuple[str, str, str]:
    """Spelling, meaning and default of one option or argument. hint: what the command's function takes there."""
    if parameter.param_type_name == "argument":
        spelling = code(parameter.metavar or f"[{parameter.name.upper()}]...")
    else:
        value = "" if hint is bool else " " + (parameter.metavar or _value(hint))
        spelling = ", ".join(code(one + (value if one.startswith("--") else "")) for one in parameter.opts)
    default = parameter.default
    said = re.search(r"\s*Default: (.+?)\.(?=\s|$)", parameter.help)
    about = parameter.help.replace(said[0], "") if said else parameter.help
    if parameter.required:
        return spelling, about, "must be given"
    if said:
        return spelling, about, said[1]
    without = default is None or isinstance(default, bool | list) or callable(default)
    return spelling, about, "" if without else code(_written(default))


def _value(hint: Any) -> str:
    """What stands after an option: its choices, or the kind of value."""
    kind = next((one for one in get_args(hint) if one is not NoneType), hint)
    if issubclass(kind, Enum):
        return "|".join(_written(one) for one in kind)
    return {int: "NUMBER", float: "NUMBER", Path: "PATH"}.get(kind, "TEXT")


def _written(value: Any) -> str:
    """A default or a choice as it is written on the command line."""
    return str(value.value if isinstance(value, Enum) else value)
