"""How far the sources have come: bars in a terminal, a line for each source elsewhere."""

from __future__ import annotations

import io
import re

from rich.console import Console

from varddialog.cli.fetching import fetching
from varddialog.data.update.gather import Told
from varddialog.errors import Fault, SourceError

NBSP = "\u00a0"
UNREACHED = SourceError(Fault("Källan är ur funktion (svar 503).", "a/b", todo="Försök igen senare."))


def said(*steps: Told, terminal: bool) -> str:
    file = io.StringIO()
    with fetching(Console(file=file, force_terminal=terminal, width=100, highlight=False)) as tell:
        for step in steps:
            tell(step)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", file.getvalue())


def test_a_line_for_each_source_when_it_is_done() -> None:
    steps = [Told("kolada", 1, 2, 5), Told("kolada", 2, 2, 7, True), Told("scb", 0, 1, 1, True, UNREACHED)]
    assert said(*steps, terminal=False).splitlines() == [
        f"kolada: 2 av 2{NBSP}serier, 7{NBSP}frågor.",
        "scb: ingenting hämtat. Källan är ur funktion (svar 503).",
    ]


def test_a_long_line_is_not_broken() -> None:
    error = SourceError(Fault("Källan " + "svarar inte " * 20, "a/b"))
    assert len(said(Told("scb", 0, 1, 1, True, error), terminal=False).splitlines()) == 1


def test_a_bar_for_each_source_in_a_terminal() -> None:
    steps = [Told("kolada", 1, 2, 5), Told("scb", 0, 1, 1, True, UNREACHED), Told("kolada", 2, 2, 7, True)]
    last = said(*steps, terminal=True).replace("\r", "\n").split("\n")
    assert any(re.fullmatch(rf"kolada ━+ 2 av 2 7{NBSP}frågor\s*", line) for line in last)
    assert any(re.fullmatch(r"scb\s+━+ 0 av 1 svarar inte\s*", line) for line in last)
