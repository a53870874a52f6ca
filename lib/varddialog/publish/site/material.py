"""A unit's material for the dialogue: what is made, what failed and what is missing, and where each thing lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from varddialog.batch.plan import Kind
from varddialog.dialogue.supplement.place import OWN_PAGE
from varddialog.model.cycle import Cycle
from varddialog.model.units import Unit
from varddialog.publish.site.whole import Cell

AGENDA, SUPPLEMENT = "dagordning.html", f"{OWN_PAGE}.html"

# «äldre»: the last run failed, but the one before it left a report
State = Literal["klar", "äldre", "misslyckades", "inte gjord"]


@dataclass(frozen=True)
class Piece:
    """One thing to read. file: its name in the unit's folder. subject: slug of a focus area or an arena."""

    name: str
    about: str
    file: str
    state: State
    subject: str = ""

    @property
    def is_there(self) -> bool:
        return self.state in ("klar", "äldre")


@dataclass(frozen=True)
class Material:
    """What one unit has. agenda: None where the cycle has none; supplement: None where the unit has no such page.

    own: how many texts of its own the region has added, on that page or beside the common material.
    """

    unit: Unit
    kinds: Mapping[Kind, Sequence[Piece]]
    agenda: Piece | None
    supplement: Piece | None
    own: int = 0

    @classmethod
    def of(cls, unit: Unit, cells: Sequence[Cell], cycle: Cycle, own: int = 0) -> Material:
        """cells: every report of the unit, made or not."""
        kinds: dict[Kind, list[Piece]] = {}
        for cell in cells:
            kinds.setdefault(cell.job.report.kind, []).append(_piece(cell))
        folder = cells[0].job.folder if cells else None
        agenda = supplement = None
        if cycle.national_agenda if unit.is_nation else cycle.agenda:
            there = folder is not None and (folder / AGENDA).is_file()
            about = "Punkterna i ordning, med underlaget till var och en."
            agenda = Piece("Dagordning", about, AGENDA, "klar" if there else "inte gjord")
        if folder is not None and (folder / SUPPLEMENT).is_file():
            supplement = Piece("Tillägg", "Det som regionen eller analytikerna har lagt till.", SUPPLEMENT, "klar")
        return cls(unit, kinds, agenda, supplement, own)

    def __getitem__(self, kind: Kind) -> Sequence[Piece]:
        return self.kinds.get(kind, ())

    @property
    def expected(self) -> list[Piece]:
        """What every unit should have: its reports, and its agenda."""
        return [*(p for pieces in self.kinds.values() for p in pieces), *([self.agenda] if self.agenda else [])]

    @property
    def is_complete(self) -> bool:
        return all(piece.state == "klar" for piece in self.expected)


def _piece(cell: Cell) -> Piece:
    report = cell.job.report
    name = f"{report.dimension.number} {report.name}" if report.dimension else report.name
    return Piece(name, report.about, cell.job.report_page.name, _state(cell), report.subject)


def _state(cell: Cell) -> State:
    if cell.made:
        return "äldre" if cell.failed else "klar"
    return "misslyckades" if cell.failed else "inte gjord"
