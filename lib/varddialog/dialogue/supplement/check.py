"""Everything that regions and analysts have added, looked through at once: what is wrong, and what to look at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from varddialog.config import Project
from varddialog.data.forms import personal
from varddialog.data.forms.table import Line
from varddialog.dialogue.supplement import limits
from varddialog.dialogue.supplement.blocks import Kind, Note
from varddialog.dialogue.supplement.folder import (
    BITMAPS,
    DRAWING,
    ENDINGS,
    FOLDERS,
    TABLE,
    TEXT,
    folder_of,
    is_plain,
    members,
    text_of,
)
from varddialog.dialogue.supplement.notes import read_note, weight
from varddialog.dialogue.supplement.place import page_of, pages
from varddialog.errors import Fault, ParamsError
from varddialog.model.catalogue import Catalogue
from varddialog.model.units import Unit
from varddialog.swedish import did_you_mean, listing, number, slugify

_NOT_NOTES = ("README.md",)
# how like a name must be to be taken for a misspelling of it: 0 to 1
NEAR = 0.85


@dataclass
class Examined:
    """faults: what stops a report. warnings: sentences about what may be a mistake."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def examine(here: Project, catalogue: Catalogue) -> Examined:
    """Look through both folders. Reads every file in them, and nothing when they are empty."""
    found = Examined()
    notes: dict[str, list[Note]] = {}  # by the unit's code
    for kind, name in FOLDERS.items():
        for folder in _folders(here.params / name):
            unit = next((u for u in catalogue.units.all if u.folder == folder.name), None)
            wrong = _of_folder(folder, unit, kind, catalogue, here.show(folder.parent))
            if wrong is not None:
                found.faults.append(wrong)
            elif unit is not None:
                notes.setdefault(unit.code, []).extend(_unit(here, kind, unit, catalogue, found))
    for code, mine in notes.items():
        found.faults += _too_heavy(catalogue.units.by_code[code], mine, catalogue)
    return found


def _folders(folder: Path) -> Iterator[Path]:
    return (path for path in members(folder).values() if path.name not in _NOT_NOTES)


def _of_folder(folder: Path, unit: Unit | None, kind: Kind, catalogue: Catalogue, above: str) -> Fault | None:
    """What is wrong with what lies beside the units' folders."""
    where = f"{above}/{folder.name}"
    if folder.is_symlink() or not folder.is_dir():
        return Fault("Det här är ingen mapp.", where, todo="Lägg filerna i en mapp för sin region, som 12-skane.")
    if unit is None:
        todo = did_you_mean(folder.name, [u.folder for u in catalogue.units.all])
        return Fault(f"«{folder.name}» är ingen enhet.", where, "kod och namn, som 12-skane", todo)
    if unit.is_nation and kind == "eget":
        return Fault(
            "Riket är ingen region.", where, todo=f"Lägg texten i params/{FOLDERS['kommentar']}/{unit.folder}."
        )
    return None


def _unit(here: Project, kind: Kind, unit: Unit, catalogue: Catalogue, found: Examined) -> Iterator[Note]:
    """The notes in one folder that can be read; the rest is told."""
    folder = folder_of(here, kind, unit)
    at = here.show(folder.parent) + "/" + folder.name
    beside = members(folder)
    shown: set[str] = set()
    for name, path in beside.items():
        where = f"{at}/{name}"
        ending = path.suffix.lower()
        if not is_plain(path):
            found.faults.append(Fault("Det här är ingen vanlig fil.", where, todo="Lägg filerna direkt i mappen."))
        elif ending not in ENDINGS:
            found.faults.append(Fault("Filens slag känns inte igen.", where, listing(ENDINGS)))
        elif ending != TEXT:
            found.warnings += _personal(path, where) if ending == TABLE else []
        elif name != f"{slugify(path.stem)}{TEXT}":
            todo = f"Kalla den {slugify(path.stem)}{TEXT}."
            found.faults.append(Fault("Filens namn blir en adress.", where, "a–z, siffror och bindestreck", todo))
        else:
            found.warnings += [*_personal(path, where), *_near(path.stem, where, catalogue)]
            try:
                note = read_note(here, kind, unit, path.stem)
            except ParamsError as error:
                found.faults += error.faults
            else:
                yield note
            shown |= _named(path, beside)
    for name in beside:
        if Path(name).suffix.lower() in (TABLE, DRAWING, *BITMAPS) and name not in shown:
            found.warnings.append(f"{at}/{name}: ingen text visar filen.")


def _named(path: Path, beside: dict[str, Path]) -> set[str]:
    """The files that are named anywhere in a text, rightly or wrongly."""
    try:
        text = text_of(path, limits.MOST_TEXT, path.name)
    except ParamsError:
        return set(beside)  # told already
    return {name for name in beside if name in text or name.replace(" ", "%20") in text}


def _near(place: str, where: str, catalogue: Catalogue) -> Iterator[str]:
    """A name that is nearly one that is shown elsewhere."""
    known = list(pages(catalogue))
    near = get_close_matches(place, known, n=1, cutoff=NEAR)
    if near and place not in known:
        yield f"{where}: filen visas på en egen sida. Menade du «{near[0]}{TEXT}»?"


def _personal(path: Path, where: str) -> list[str]:
    """What looks like personal data in a text or a table, line by line."""
    try:
        text = text_of(path, limits.MOST_TEXT, where)
    except ParamsError:  # told by whatever shows it
        return []
    lines = (Line(at, {"text": line}) for at, line in enumerate(text.splitlines(), 1))
    return [told.replace(", kolumn text:", ":", 1) for told in personal.warnings(lines, where)]


def _too_heavy(unit: Unit, notes: list[Note], catalogue: Catalogue) -> Iterator[Fault]:
    """Pages that would become too large, with what makes them so."""
    known = pages(catalogue)
    sizes: dict[str, int] = {}
    for note in notes:
        page = page_of(note.place, known)
        sizes[page] = sizes.get(page, 0) + weight(note)
    for page, size in sizes.items():
        most = limits.MOST_IN_REPORT if page in known.values() else limits.MOST_ON_OWN_PAGE
        if size > most:
            parts = [
                f"{FOLDERS[n.kind]}/{unit.folder}/{n.place}{TEXT}" for n in notes if page_of(n.place, known) == page
            ]
            yield Fault(
                f"Det som läggs till i {page}.html tar {number(size / 1000)} kB.",
                f"params/{listing(parts)}",
                f"högst {number(most / 1000)} kB på en sida",
                "Ta bort bilder, spara foton som JPEG eller gör dem mindre.",
            )
