"""A file of a region's own figures as rows of cells, whether it is CSV or Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from varddialog.data.own.columns import COLUMNS, NAMES, SHEET
from varddialog.errors import DataError, Fault
from varddialog.swedish import did_you_mean, fold, listing, number

# far more than a region's units have; a larger file is something else
MOST_ROWS = 100_000
MOST_BYTES = 50_000_000

Cell = object  # text, a number, or whatever else Excel holds


class Line(NamedTuple):
    """One row of the file that is not empty: its number there, and its cells by the name of their column."""

    number: int
    cells: dict[str, Cell]


def read_table(path: Path) -> list[Line]:
    """The rows below the header. Raises DataError when the file cannot be read, or its columns are not the form's."""
    readers = {".csv": _csv, ".xlsx": _excel}
    name = path.name
    if path.suffix.lower() not in readers:
        raise DataError(Fault("Filens slag känns inte igen.", name, ".csv och .xlsx", "Spara den som ett av dem."))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DataError(Fault("Filen är för stor.", name, f"högst {number(MOST_BYTES // 10**6)} MB"))
        rows = iter(readers[path.suffix.lower()](path))
        at, header = next(rows, (1, []))
        places = _places(header, name, at)
        lines: list[Line] = []
        for line in _lines(rows, places, name):
            if len(lines) == MOST_ROWS:
                raise DataError(Fault("Filen har för många rader.", name, f"högst {number(MOST_ROWS)}"))
            lines.append(line)
    except OSError as error:
        raise DataError(Fault(f"Filen går inte att läsa: {error.strerror or error}.", name)) from None
    if not lines:
        raise DataError(Fault("Filen har inga uppgifter.", name, todo="Fyll i minst en rad under rubrikerna."))
    return lines


def _places(header: Sequence[Cell], name: str, row: int) -> dict[int, str]:
    """Where each column of the form stands. Raises DataError with every column that is not right."""
    known = {fold(column): column for column in NAMES}
    where = f"{name}, rad {row}"
    found: dict[int, str] = {}
    faults = []
    for at, cell in enumerate(header):
        written = str(cell if cell is not None else "").strip()
        column = known.get(fold(written))
        if not written:
            continue
        if column is None:
            todo = did_you_mean(written, NAMES) or "Ta bort kolumnen."
            faults.append(Fault(f"Okänd kolumn: «{written}».", where, listing(NAMES), todo))
        elif column in found.values():
            faults.append(Fault(f"Kolumnen «{column}» står två gånger.", where))
        else:
            found[at] = column
    missing = [c.name for c in COLUMNS if c.needed and c.name not in found.values()]
    faults += [Fault(f"Kolumnen «{column}» saknas.", where, todo="Utgå från formuläret: --form.") for column in missing]
    if faults:
        raise DataError(*faults)
    return found


def _lines(rows: Iterable[tuple[int, Sequence[Cell]]], places: dict[int, str], name: str) -> Iterator[Line]:
    """The rows that are not empty."""
    beside = []
    for at, cells in rows:
        filled = {i for i, cell in enumerate(cells) if cell is not None and str(cell).strip()}
        if not filled:
            continue
        if filled - set(places):
            beside.append(Fault("Raden har fält utanför kolumnerna.", f"{name}, rad {at}", todo=_BESIDE))
        yield Line(at, {column: cells[i] if i in filled else None for i, column in places.items()})
    if beside:
        raise DataError(*beside)


_BESIDE = "Ta bort dem. I en CSV-fil med decimalkomma skiljs fälten åt med semikolon."


def _csv(path: Path) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Each row with the number of its first line. The fields are parted by the sign that parts the header's."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        todo = "Spara den som «CSV UTF-8», eller som .xlsx."
        raise DataError(Fault("Filen är inte skriven i UTF-8.", path.name, todo=todo)) from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    before = 0
    try:
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise DataError(Fault(f"Raden går inte att läsa: {error}.", f"{path.name}, rad {before + 1}")) from None


def _excel(path: Path) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Each row of the sheet with the figures. A cell with a formula has the value that Excel last gave it."""
    import zipfile

    import openpyxl  # type: ignore[import-untyped]  # slow to import, and only such a file needs it

    if not zipfile.is_zipfile(path):
        raise DataError(Fault("Filen är ingen Excelfil av slaget .xlsx.", path.name, todo=_SAVE))
    with zipfile.ZipFile(path) as packed:
        if sum(member.file_size for member in packed.infolist()) > 10 * MOST_BYTES:
            raise DataError(Fault("Filen är för stor.", path.name, f"högst {number(10 * MOST_BYTES // 10**6)} MB"))
    try:
        # opened here, since a workbook that cannot be read is left open by what reads it
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its own size need not be so
            yield from enumerate(sheet.iter_rows(values_only=True), 1)
            book.close()
    except OSError:
        raise
    except Exception as error:  # whatever can be wrong inside a workbook
        raise DataError(Fault(f"Filen är trasig: {type(error).__name__}.", path.name, todo=_SAVE)) from None


_SAVE = "Öppna den i Excel och spara den igen som .xlsx."
