"""Rows of the form «Åtgärder» as actions: the rows with the same unit and number are one action and its follow-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from varddialog.data.forms.cells import Faults, Wrong, day, is_empty, text, words
from varddialog.data.forms.table import Line
from varddialog.dialogue.forms.choices import Choices
from varddialog.dialogue.rounds import Action, FollowUp, State
from varddialog.swedish import date

T = TypeVar("T")


@dataclass(frozen=True)
class ActionRow:
    """One row, checked by itself; what it does not say, another row of the same action may."""

    key: str
    line: int
    faults: Faults
    number: str
    unit: str
    owner: str
    theme: str
    text: str
    decided: dt.date | None
    due: dt.date | None
    indicators: tuple[str, ...]
    followed: dt.date | None
    state: State | None
    comment: str
    source: str

    def wrong(self, column: str, what: str, todo: str = "") -> None:
        self.faults.add(self.line, column, Wrong(what, todo=todo))


def action_row(line: Line, key: str, choices: Choices, faults: Faults) -> ActionRow | None:
    """The row, or None when something in it is wrong, which `faults` then tells."""
    before = len(faults.all)
    cell, cells = faults.cell, line.cells
    number = cell(line, "nr", text)
    unit = cell(line, "enhet", choices.unit.read)
    owner = "" if is_empty(cells.get("ägare")) else cell(line, "ägare", choices.party.read)
    theme = "" if is_empty(cells.get("tema")) else cell(line, "tema", choices.theme.read)
    said = cell(line, "åtgärd", words)
    decided, due, followed = (cell(line, column, day) for column in ("beslutad", "klar senast", "uppföljd"))
    indicators = cell(line, "mått", choices.measures)
    state = None if is_empty(cells.get("läge")) else cell(line, "läge", choices.state.read)
    comment, source = cell(line, "kommentar", words), cell(line, "källa", words)
    if len(faults.all) == before:
        if (followed is None) != (state is None):
            column = "uppföljd" if followed is None else "läge"
            todo = "Fyll i uppföljd och läge båda, eller ingen av dem."
            faults.add(line.number, column, Wrong("Bara det ena av uppföljd och läge är ifyllt.", todo=todo))
        for column, later in (("klar senast", due), ("uppföljd", followed)):
            if decided and later and later < decided:
                faults.add(line.number, column, Wrong("Dagen ligger före beslutet.", f"{decided} eller senare"))
    if len(faults.all) > before or number is None or unit is None:
        return None
    return ActionRow(
        key, line.number, faults, number, unit, owner or "", theme or "", said or "", decided, due, indicators or (),
        followed, state, comment or "", source or "",
    )  # fmt: skip


def actions(rows: Iterable[ActionRow]) -> list[Action]:
    """The actions of a round in the order of their first rows. What rows say against each other is told as faults."""
    groups: dict[tuple[str, str], list[ActionRow]] = {}
    for row in rows:
        groups.setdefault((row.unit, row.number), []).append(row)
    return [action for group in groups.values() if (action := _action(group))]


def _action(rows: list[ActionRow]) -> Action | None:
    first = rows[0]
    before = _count(rows)
    owner = _one(rows, "ägare", [r.owner for r in rows])
    theme = _one(rows, "tema", [r.theme for r in rows])
    said = _one(rows, "åtgärd", [r.text for r in rows])
    decided = _one(rows, "beslutad", [r.decided for r in rows], needed=False)
    history = _history(rows, decided)
    if _count(rows) > before or owner is None or theme is None or said is None or not history:
        return None
    in_time = sorted(rows, key=lambda row: row.followed or dt.date.min)
    return Action(
        first.key,
        first.unit,
        owner,
        theme,
        said,
        decided,
        next((row.due for row in reversed(in_time) if row.due), None),
        history,
        tuple(dict.fromkeys(key for row in rows for key in row.indicators)),
        next((row.source for row in rows if row.source), ""),
    )


def _count(rows: list[ActionRow]) -> int:
    """How many faults the files of the rows have."""
    return sum(len(faults.all) for faults in {id(row.faults): row.faults for row in rows}.values())


def _one(rows: list[ActionRow], column: str, values: list[T], needed: bool = True) -> T | None:
    """What the rows say in a column, where at least one must say it when it is needed, and none another thing."""
    said = [(row, value) for row, value in zip(rows, values, strict=True) if value]
    if not said:
        if needed:
            todo = "Fyll i det på en av åtgärdens rader."
            rows[0].wrong(column, f"Åtgärd {rows[0].number} har inget i kolumnen på någon rad.", todo)
        return None
    for row, value in said[1:]:
        if value != said[0][1]:
            other = f"{said[0][0].faults.where}, rad {said[0][0].line}"
            todo = "Skriv likadant, lämna tomt vid uppföljning, eller ge en ny åtgärd ett nytt nummer."
            row.wrong(column, f"Åtgärd {row.number} har något annat i {other}.", todo)
    return said[0][1]


def _history(rows: list[ActionRow], decided: dt.date | None) -> tuple[FollowUp, ...]:
    """How it stood, in time order. A row with the decision alone tells that it was planned on that day."""
    found: dict[dt.date, FollowUp] = {}
    for row in rows:
        on, state = row.followed, row.state
        if on is None or state is None:
            if decided is None:
                row.wrong(
                    "beslutad", "Varken beslut eller uppföljning har någon dag.", "Fyll i beslutad eller uppföljd."
                )
                continue
            on, state = decided, "planerad"
        elif decided is not None and on < decided:
            row.wrong("uppföljd", f"Uppföljningen ligger före beslutet, {date(decided)}.")
            continue
        if on in found:
            row.wrong("uppföljd", f"Åtgärd {row.number} har redan ett läge {date(on)}.", "Ta bort den ena raden.")
        found[on] = FollowUp(on, state, row.comment)
    return tuple(found[on] for on in sorted(found))
