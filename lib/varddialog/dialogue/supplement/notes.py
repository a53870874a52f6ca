"""A note: one file of text with the pictures and tables that it shows, read, checked and cleaned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from varddialog.config import Project
from varddialog.dialogue.supplement import limits, markdown
from varddialog.dialogue.supplement.blocks import Block, Kind, Note, Picture, Sheet
from varddialog.dialogue.supplement.folder import (
    BITMAPS,
    DRAWING,
    FOLDERS,
    TABLE,
    TEXT,
    contents,
    folder_of,
    members,
    text_of,
)
from varddialog.dialogue.supplement.markdown import Reference
from varddialog.errors import Fault, ParamsError
from varddialog.model.units import Unit
from varddialog.swedish import did_you_mean, listing

# how a file begins that is of the kind
_HEADS = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"))
_ENDING: dict[str, Literal["PNG", "JPEG"]] = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}


def places(here: Project, unit: Unit, kind: Kind) -> list[str]:
    """Where the unit has something of that kind, in order: names of files without ending."""
    return [name.removesuffix(TEXT) for name in members(folder_of(here, kind, unit)) if name.endswith(TEXT)]


def notes_of(here: Project, unit: Unit, place: str) -> list[Note]:
    """What analysts and region have written at one place, in that order; empty where there is nothing.

    place: the notebook of a dimension, an area's slug, or whatever a file is called. Raises ParamsError with every
    fault in the files.
    """
    return [read_note(here, kind, unit, place) for kind in FOLDERS if place in places(here, unit, kind)]


def read_note(here: Project, kind: Kind, unit: Unit, place: str) -> Note:
    """The note in one file. Raises ParamsError with every fault in it and in what it shows."""
    beside = members(folder_of(here, kind, unit))
    path = beside[f"{place}{TEXT}"]
    where = here.show(path.parent) + "/" + path.name
    pieces, faults = markdown.read(text_of(path, limits.MOST_TEXT, where), where)
    blocks: list[Block] = []
    for piece in pieces:
        if isinstance(piece, Reference):
            try:
                blocks.append(_shown(piece, beside, where))
            except ParamsError as error:
                faults += error.faults
        else:
            blocks.append(piece)
    if faults:
        raise ParamsError(*faults)
    return Note(kind, unit, place, blocks)


def weight(note: Note) -> int:
    """About how many bytes the note adds to a page."""
    size = 0
    for block in note.blocks:
        if isinstance(block, Picture):
            size += len(block.data) * 4 // 3 + 200
        elif isinstance(block, Sheet):
            size += sum(len(cell.encode()) + 10 for row in (block.header, *block.rows) for cell in row)
        else:
            size += sum(len(token.content.encode()) + 20 for token in block.tokens)
    return size


def _shown(found: Reference, beside: Mapping[str, Path], where: str) -> Block:
    """The picture or table that a reference names. Raises ParamsError."""
    at = f"{where}, rad {found.line}"
    path = beside.get(found.name)
    if path is None:
        todo = did_you_mean(found.name, [name for name in beside if not name.endswith(TEXT)])
        raise ParamsError(Fault(f"Filen «{found.name}» finns inte i mappen.", at, todo=todo))
    itself = where.rpartition("/")[0] + "/" + found.name
    ending = path.suffix.lower()
    readers: dict[str, Callable[[], Block]] = {
        TABLE: lambda: _sheet(path, found, itself),
        DRAWING: lambda: _drawing(path, found, itself),
        **dict.fromkeys(BITMAPS, lambda: _bitmap(path, found, itself)),
    }
    if ending not in readers:
        raise ParamsError(Fault(f"«{found.name}» är varken bild eller tabell.", at, listing(readers, "eller")))
    return readers[ending]()


def _sheet(path: Path, found: Reference, where: str) -> Sheet:
    from varddialog.dialogue.supplement.table import read_rows

    header, *rows = read_rows(text_of(path, limits.MOST_TABLE, where), where)
    return Sheet(found.words, header, rows)


def _drawing(path: Path, found: Reference, where: str) -> Picture:
    from varddialog.dialogue.supplement.drawing import redraw

    raw = contents(path, limits.MOST_SVG, where)
    _same_kind(raw, None, where)
    return Picture(found.words, found.caption, "image/svg+xml", redraw(raw, where))


def _bitmap(path: Path, found: Reference, where: str) -> Picture:
    from varddialog.dialogue.supplement.bitmap import redraw

    raw = contents(path, limits.MOST_PICTURE, where)
    kind = _ENDING[path.suffix.lower()]
    _same_kind(raw, kind, where)
    data, width, height = redraw(raw, kind, where)
    return Picture(found.words, found.caption, "image/png" if kind == "PNG" else "image/jpeg", data, width, height)


def _same_kind(raw: bytes, kind: str | None, where: str) -> None:
    """Told by the bytes: a name says nothing sure. kind: None for what is no bitmap."""
    is_kind = next((name for head, name in _HEADS if raw.startswith(head)), None)
    if is_kind != kind:
        told = f"Innehållet är {is_kind}" if is_kind else f"Innehållet är inte {kind}"
        raise ParamsError(Fault(f"{told}, fast filen heter annat.", where, todo="Spara bilden i rätt format."))
