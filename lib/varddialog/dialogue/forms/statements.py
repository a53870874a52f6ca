"""Rows of the form «Uttalanden» as statements, each checked by itself."""

from __future__ import annotations

from varddialog.data.forms.cells import Faults, Wrong, is_empty, text, words
from varddialog.data.forms.table import Line
from varddialog.dialogue.forms.choices import Choices
from varddialog.dialogue.rounds import Statement


def statement(line: Line, key: str, choices: Choices, faults: Faults) -> Statement | None:
    """The row, or None when something in it is wrong, which `faults` then tells."""
    before = len(faults.all)
    cell, cells = faults.cell, line.cells
    unit = cell(line, "enhet", choices.unit.read)
    slug = cell(line, "part", choices.party.read)
    party = choices.arena.party(slug) if slug else None
    role = cell(line, "roll", lambda written: choices.role(written, party))
    kind = cell(line, "slag", choices.kind.read)
    question = cell(line, "fråga", lambda written: choices.asked(written, party))
    unasked = is_empty(cells.get("fråga"))
    if kind == "svar" and unasked:
        faults.add(line.number, "fråga", Wrong("Ett svar behöver frågan som det svarar på.", todo="Välj frågan."))
    # without a question that is understood nothing can be said of the answer or the theme
    understood = question is not None or unasked
    answer = cell(line, "svar", lambda written: choices.answer(written, question)) if understood else ""
    theme = question.theme if question and is_empty(cells.get("tema")) else None
    if theme is None and understood:
        theme = cell(line, "tema", choices.theme.read)
    said = cell(line, "uttalande", words if answer else text)
    indicators = cell(line, "mått", choices.measures)
    source = cell(line, "källa", words)
    if len(faults.all) > before or unit is None or slug is None or kind is None or theme is None:
        return None
    return Statement(
        key,
        unit,
        slug,
        role or "",
        theme,
        kind,
        said or "",
        question.slug if question else "",
        answer or "",
        indicators or (),
        source or "",
    )
