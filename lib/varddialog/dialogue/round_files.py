"""One round's files, read and checked: CSV and Excel, any number, each with one form or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from varddialog.config import Project
from varddialog.data.forms import personal
from varddialog.data.forms.cells import Faults, Wrong
from varddialog.data.forms.table import Table, read_tables
from varddialog.dialogue.about import EXAMPLE, FILE, About, marked
from varddialog.dialogue.forms.actions import ActionRow, action_row, actions
from varddialog.dialogue.forms.choices import Choices
from varddialog.dialogue.forms.columns import ACTIONS, BESIDE, FORMS, STATEMENTS
from varddialog.dialogue.forms.ratings import rating
from varddialog.dialogue.forms.statements import statement
from varddialog.dialogue.rounds import Rating, Round, Statement
from varddialog.errors import Fault, ParamsError
from varddialog.model.catalogue import Catalogue
from varddialog.model.read import read_yaml
from varddialog.swedish import slugify

# what Excel lays beside a workbook that is open
_OPEN = "~$"
_REAL = "Påhittade uppgifter får inte blandas med riktiga."
_ALL_MADE_UP = "Omgången är ett exempel."


@dataclass
class RoundFiles:
    """A round, everything that is wrong in it, and cells that look like personal data (a sentence each)."""

    round: Round
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def of(
        cls, folder: Path, here: Project, catalogue: Catalogue, files: Sequence[Path] | None = None
    ) -> RoundFiles | None:
        """The round in data/dialogue/<arena>/<cycle>; None when the arena is unknown. files: only these of it."""
        arena, cycle = folder.parent.name, folder.name
        if arena not in catalogue.dialogue.arenas:
            return None
        faults: list[Fault] = []
        about = About()
        if (folder / FILE).is_file():
            try:
                about = read_yaml(folder / FILE, About, here)
            except ParamsError as error:
                faults += error.faults
        reading = _Reading(arena, about, here, catalogue)
        for path in _records(folder) if files is None else files:
            reading.file(path)
        round_ = Round(
            arena,
            cycle,
            tuple(reading.statements),
            tuple(actions(reading.rows)),
            tuple(reading.ratings),
            about.material or "",
            about.source or "",
            about.example,
        )
        return cls(round_, [*faults, *reading.faults], reading.warnings)

    @classmethod
    def loose(cls, files: Sequence[Path], arena: str, here: Project, catalogue: Catalogue) -> RoundFiles:
        """Files that lie anywhere, as if they were a round of the arena."""
        reading = _Reading(arena, None, here, catalogue)
        for path in files:
            reading.file(path)
        found = Round(arena, "", tuple(reading.statements), tuple(actions(reading.rows)), tuple(reading.ratings))
        return cls(found, reading.faults, reading.warnings)


def _records(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.iterdir() if not path.name.startswith((".", _OPEN)))
    return [path for path in found if path.name != FILE]


class _Reading:
    """A round on its way. about: None for files that need not say whether they are made up."""

    def __init__(self, arena: str, about: About | None, here: Project, catalogue: Catalogue) -> None:
        self.here, self.about = here, about
        self.choices = Choices(catalogue.arena(arena), catalogue)
        self.statements: list[Statement] = []
        self.rows: list[ActionRow] = []
        self.ratings: list[Rating] = []
        self.warnings: list[str] = []
        self._faults: list[Faults] = []
        self._seen: dict[tuple[str, ...], str] = {}
        self._contents: dict[bytes, str] = {}

    @property
    def faults(self) -> list[Fault]:
        return [fault for faults in self._faults for fault in faults.all]

    def file(self, path: Path) -> None:
        shown = self.here.show(path)
        own = Faults(shown)
        self._faults.append(own)
        if path.is_dir():
            own.all.append(Fault("En mapp i en omgång läses inte.", shown, todo="Lägg filerna i omgångens mapp."))
            return
        self._example(path.name, own)
        tables, faults = read_tables(path, FORMS, BESIDE, shown)
        own.all += faults
        if tables and (same := self._contents.setdefault(path.read_bytes(), shown)) != shown:
            own.all.append(Fault(f"Filen har samma innehåll som {same}.", shown, todo="Ta bort den ena."))
            return
        for table in tables:
            self._table(table, path.name)

    def _table(self, table: Table, name: str) -> None:
        faults = Faults(table.where)
        self._faults.append(faults)
        self.warnings += personal.warnings(table.lines, table.where)
        for line in table.lines:
            key = ":".join([name, *([slugify(table.sheet)] if table.sheet else []), str(line.number)])
            where = f"{table.where}, rad {line.number}"
            if table.form is STATEMENTS:
                said = statement(line, key, self.choices, faults)
                if said is not None and self._is_new(said, line.number, where, faults):
                    self._marked(said.source, line.number, faults)
                    self.statements.append(said)
            elif table.form is ACTIONS:
                row = action_row(line, key, self.choices, faults)
                if row is not None:
                    self._marked(row.source, line.number, faults)
                    self.rows.append(row)
            else:
                rated = rating(line, key, self.choices, faults)
                self.ratings += [rated] if rated is not None else []

    def _is_new(self, said: Statement, row: int, where: str, faults: Faults) -> bool:
        """Whether the same has not been said by the same party before; said twice it would count twice."""
        key = (said.unit, said.party, said.role, said.theme, said.kind, said.question, said.answer, said.text)
        first = self._seen.setdefault(key, where)
        if first != where:
            faults.add(row, "", Wrong(f"Samma uttalande står i {first}.", todo="Ta bort den ena raden."))
        return first == where

    def _example(self, name: str, faults: Faults) -> None:
        if self.about is None or marked(name) == self.about.example:
            return
        if self.about.example:
            todo = f"Låt filens namn börja med «{EXAMPLE}», eller flytta den till en riktig omgång."
            faults.all.append(Fault(_ALL_MADE_UP, faults.where, f"filer vars namn börjar med «{EXAMPLE}»", todo))
        else:
            todo = f"Flytta filen till en omgång där {FILE} säger «example: true», eller byt namn om den är riktig."
            faults.all.append(Fault(_REAL, faults.where, todo=todo))

    def _marked(self, source: str, row: int, faults: Faults) -> None:
        if self.about is None or marked(source) == self.about.example:
            return
        if self.about.example:
            faults.add(row, "källa", Wrong(_ALL_MADE_UP, "en källa som börjar med «Exempel»"))
        else:
            faults.add(row, "källa", Wrong(_REAL, todo="Ta bort raden, eller rätta källan om den är riktig."))
