"""What a region and the analysts have added, as boxes that stand apart from the common material."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from varddialog.config import Project
from varddialog.dialogue.supplement.blocks import Block, Kind
from varddialog.dialogue.supplement.folder import FOLDERS
from varddialog.dialogue.supplement.notes import notes_of, places, read_note
from varddialog.dialogue.supplement.place import OWN_PAGE, page_of, pages
from varddialog.errors import Fault, ParamsError
from varddialog.model.catalogue import Catalogue
from varddialog.model.units import Unit
from varddialog.pack.fragment import Fragment, fragment
from varddialog.tables import notes as tables

TITLES: Mapping[Kind, str] = {"eget": "Regionens eget material", "kommentar": "Analytikerns kommentar"}


@dataclass(frozen=True)
class NoteBox(Fragment):
    """A box with its heading and what tells it from the common material. anchor: its address in the page."""

    anchor: str
    title: str


def notes_at(here: Project, unit: Unit, place: str, level: int = 3) -> list[NoteBox]:
    """The boxes of one place, the analysts' comment first; none where nothing has been written.

    place: as the files are named: a dimension's notebook, an area's slug, `fokusomrade-<slug>`, `diskussionsfragor`.
    level: of the box's heading, 2 or 3; those in it come below. Raises ParamsError with every fault in the files.
    """
    return [_box(note.kind, unit, place, note.blocks, level) for note in notes_of(here, unit, place)]


def own_page_notes(here: Project, unit: Unit, catalogue: Catalogue) -> list[NoteBox]:
    """What has no place beside the common material: one box of each kind, its files in order of their names.

    Raises ParamsError with every fault in the files.
    """
    known = pages(catalogue)
    boxes: list[NoteBox] = []
    faults: list[Fault] = []
    for kind in FOLDERS:
        blocks: list[Block] = []
        for place in places(here, unit, kind):
            if page_of(place, known) == OWN_PAGE:
                try:
                    blocks += read_note(here, kind, unit, place).blocks
                except ParamsError as error:
                    faults += error.faults
        if blocks:
            boxes.append(_box(kind, unit, OWN_PAGE, blocks, 2))
    if faults:
        raise ParamsError(*faults)
    return boxes


def texts(notes: Iterable[NoteBox]) -> list[str]:
    """The words of each box, for the text of the fragment that holds them."""
    return [note.text for note in notes]


def _box(kind: Kind, unit: Unit, place: str, blocks: Sequence[Block], level: int) -> NoteBox:
    title, anchor = TITLES[kind], f"{place}-{kind}"
    content = tables.note(blocks, level)
    made = fragment(
        "note",
        f"{title}: {tables.words(blocks)}",
        kind=kind,
        unit=unit,
        anchor=anchor,
        title=title,
        level=level,
        content=content,
    )
    return NoteBox(made.html, made.text, anchor, title)
