"""The folders where regions and analysts lay their material, and what may lie in them."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

from varddialog.config import Project
from varddialog.data.manifest import sha256
from varddialog.dialogue.supplement.blocks import Kind
from varddialog.errors import Fault, ParamsError
from varddialog.model.units import Unit
from varddialog.swedish import number

FOLDERS: Mapping[Kind, str] = {"kommentar": "comments", "eget": "supplements"}
TEXT, TABLE, DRAWING = ".md", ".csv", ".svg"
BITMAPS = (".png", ".jpg", ".jpeg")
ENDINGS = (TEXT, TABLE, DRAWING, *BITMAPS)


def folder_of(here: Project, kind: Kind, unit: Unit) -> Path:
    """Where a unit's material of that kind lies; it need not be there."""
    return here.params / FOLDERS[kind] / unit.folder


def members(folder: Path) -> dict[str, Path]:
    """What lies in a folder, by name with accents in one piece, in order; hidden files are passed over.

    Empty when there is no folder, and for a folder that is a link to somewhere else.
    """
    if folder.is_symlink() or not folder.is_dir():
        return {}
    found = {normalize("NFC", path.name): path for path in folder.iterdir() if not path.name.startswith(".")}
    return dict(sorted(found.items()))


def is_plain(path: Path) -> bool:
    """Whether it is a file of its own: no folder, no link to another file, nothing that never ends."""
    return stat.S_ISREG(path.lstat().st_mode)


def contents(path: Path, most: int, where: str) -> bytes:
    """The bytes of a file. where: the file, for the faults. most: bytes.

    Raises ParamsError for what is no file of its own, is too large or cannot be read.
    """
    try:
        if not is_plain(path):
            raise ParamsError(Fault("Det här är ingen vanlig fil.", where, todo="Lägg filen själv i mappen."))
        with path.open("rb") as file:
            found = file.read(most + 1)
    except OSError as error:
        raise ParamsError(Fault(f"Filen går inte att läsa: {error.strerror or error}.", where)) from None
    if len(found) > most:
        raise ParamsError(Fault("Filen är för stor.", where, f"högst {number(most // 1000)} kB"))
    return found


def text_of(path: Path, most: int, where: str) -> str:
    """The text of a file in UTF-8, with or without a byte order mark. Raises ParamsError as `contents` does."""
    try:
        return contents(path, most, where).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault("Filen är inte skriven i UTF-8.", f"{where}, rad {line}", todo="Spara den i UTF-8.")
        raise ParamsError(fault) from None


def supplement_files(here: Project, unit: Unit) -> dict[str, str]:
    """What a unit's pages are made of beside the common material: name under params/ → checksum.

    Of what is no file of its own, which stops a report, it is told where it leads.
    """
    found = {}
    for kind, name in FOLDERS.items():
        folder = folder_of(here, kind, unit)
        for member, path in members(folder).items():
            plain = sha256(path) if is_plain(path) else ""
            found[f"{name}/{unit.folder}/{member}"] = plain or (str(path.readlink()) if path.is_symlink() else "-")
    return found
