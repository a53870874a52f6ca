"""Rows of the form «Utvärdering» as ratings, each checked by itself."""

from __future__ import annotations

from varddialog.data.forms.cells import Faults, Wrong, whole, words
from varddialog.data.forms.table import Cell, Line
from varddialog.dialogue.forms.choices import Choices
from varddialog.dialogue.rounds import Rating

LOWEST, HIGHEST = 1, 5


def rating(line: Line, key: str, choices: Choices, faults: Faults) -> Rating | None:
    """The row, or None when something in it is wrong, which `faults` then tells."""
    before = len(faults.all)
    unit = faults.cell(line, "enhet", choices.unit.read)
    party = faults.cell(line, "part", choices.party.read)
    scale = faults.cell(line, "påstående", choices.scale.read)
    score = faults.cell(line, "poäng", _score)
    comment = faults.cell(line, "kommentar", words)
    if len(faults.all) > before or unit is None or party is None or scale is None or score is None:
        return None
    return Rating(key, unit, party, scale, score, comment or "")


def _score(written: Cell) -> int:
    found = whole(written)
    if not LOWEST <= found <= HIGHEST:
        raise Wrong(f"{found} finns inte på skalan.", f"{LOWEST} till {HIGHEST}")
    return found
