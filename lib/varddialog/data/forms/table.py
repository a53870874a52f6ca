"""A file that someone filled in as rows of cells, whether it is CSV or Excel, by the forms that it may hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from varddialog.data.forms.columns import Form
from varddialog.errors import DataError, Fault
from varddialog.swedish import did_you_mean, fold, listing, number

# far more than a form has; a larger file is something else
MOST_ROWS = 100_000
MOST_BYTES = 50_000_000

Cell = object  # text, a number, a day, or whatever else Excel holds
Rows = list[tuple[int, Sequence[Cell]]]  # each row that is not empty, with its number in the file


class Line(NamedTuple):
    """One row of the file that is not empty: its number there, and its cells by the name of their column."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """One form in a file, filled in. sheet: its name in a workbook. where: file and, in a workbook of many, sheet."""

    form: Form
    sheet: str
    where: str
    lines: list[Line]


def read_table(path: Path, form: Form) -> list[Line]:
    """The rows of a file that holds one form: in a workbook on the sheet with its name, or else on the first.

    Raises DataError when the file cannot be read, its columns are not the form's, or it has no rows.
    """
    sheets = _sheets(path, path.name, form.sheet)
    lines = _lines(next(iter(sheets.values())), form, path.name)
    if not lines:
        raise DataError(Fault("Filen har inga uppgifter.", path.name, todo="Fyll i minst en rad under rubrikerna."))
    return lines


def read_tables(
    path: Path, forms: Sequence[Form], beside: Sequence[str], shown: str
) -> tuple[list[Table], list[Fault]]:
    """Every form in a file, told by its headings, and what is wrong. beside: names of sheets that hold something else.

    A workbook's sheets may be called anything; those without any cell are passed over. Faults call the file `shown`.
    """
    tables: list[Table] = []
    faults: list[Fault] = []
    try:
        for name, rows in _sheets(path, shown).items():
            if name in beside or (name and not rows):
                continue
            where = f"{shown}, blad {name}" if name else shown
            try:
                form = _form(rows, forms, where)
                tables.append(Table(form, name, where, _lines(rows, form, where)))
            except DataError as error:
                faults += error.faults
    except DataError as error:
        faults += error.faults
    return tables, faults


def _sheets(path: Path, shown: str, wanted: str = "") -> dict[str, Rows]:
    """The rows of each sheet by its name; CSV is one without a name. wanted: only that sheet, or else the first."""
    kind = path.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise DataError(Fault("Filens slag känns inte igen.", shown, ".csv och .xlsx", "Spara den som ett av dem."))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DataError(Fault("Filen är för stor.", shown, f"högst {number(MOST_BYTES // 10**6)} MB"))
        return {"": _filled(_csv(path, shown), shown)} if kind == ".csv" else _excel(path, shown, wanted)
    except OSError as error:
        raise DataError(Fault(f"Filen går inte att läsa: {error.strerror or error}.", shown)) from None


def _filled(rows: Iterable[tuple[int, Sequence[Cell]]], shown: str) -> Rows:
    """The rows that are not empty."""
    found: Rows = []
    for at, cells in rows:
        if not any(cell is not None and str(cell).strip() for cell in cells):
            continue
        if len(found) > MOST_ROWS:  # the header is one more
            raise DataError(Fault("Filen har för många rader.", shown, f"högst {number(MOST_ROWS)}"))
        found.append((at, cells))
    return found


def _form(rows: Rows, forms: Sequence[Form], where: str) -> Form:
    """The form that the headings are most alike. Raises DataError when they are like none, or like two."""
    at, header = rows[0] if rows else (1, [])
    written = {fold(str(cell or "")) for cell in header}
    alike = {form.sheet: len(written & set(map(fold, form.names))) for form in forms}
    best = max(alike.values())
    chosen = [form for form in forms if alike[form.sheet] == best]
    if best < 2 or len(chosen) > 1:
        allowed = " · ".join(f"{form.sheet}: {', '.join(form.names)}" for form in forms)
        raise DataError(Fault("Rubrikerna känns inte igen.", f"{where}, rad {at}", allowed, forms[0].origin))
    return chosen[0]


def _lines(rows: Rows, form: Form, where: str) -> list[Line]:
    """The rows below the header. Raises DataError with every column that is not right, or rows outside the columns."""
    at, header = rows[0] if rows else (1, [])
    places = _places(header, form, f"{where}, rad {at}")
    lines, beside = [], []
    for number_, cells in rows[1:]:
        filled = {i for i, cell in enumerate(cells) if cell is not None and str(cell).strip()}
        if filled - set(places):
            beside.append(Fault("Raden har fält utanför kolumnerna.", f"{where}, rad {number_}", todo=_BESIDE))
        lines.append(Line(number_, {column: cells[i] if i in filled else None for i, column in places.items()}))
    if beside:
        raise DataError(*beside)
    return lines


_BESIDE = "Ta bort dem. I en CSV-fil med decimalkomma skiljs fälten åt med semikolon."


def _places(header: Sequence[Cell], form: Form, where: str) -> dict[int, str]:
    """Where each column of the form stands. Raises DataError with every column that is not right."""
    known = {fold(column): column for column in form.names}
    found: dict[int, str] = {}
    faults = []
    for at, cell in enumerate(header):
        written = str(cell if cell is not None else "").strip()
        column = known.get(fold(written))
        if not written:
            continue
        if column is None:
            todo = did_you_mean(written, form.names) or "Ta bort kolumnen."
            faults.append(Fault(f"Okänd kolumn: «{written}».", where, listing(form.names), todo))
        elif column in found.values():
            faults.append(Fault(f"Kolumnen «{column}» står två gånger.", where))
        else:
            found[at] = column
    missing = [c.name for c in form.columns if c.needed and c.name not in found.values()]
    faults += [Fault(f"Kolumnen «{column}» saknas.", where, todo=form.origin) for column in missing]
    if faults:
        raise DataError(*faults)
    return found


def _csv(path: Path, shown: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Each row with the number of its first line. The fields are parted by the sign that parts the header's."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        todo = "Spara den som «CSV UTF-8», eller som .xlsx."
        raise DataError(Fault("Filen är inte skriven i UTF-8.", shown, todo=todo)) from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    before, width, cells = 0, 0, list[str]()
    try:
        for cells in reader:
            width = width or len(cells)
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise DataError(Fault(f"Raden går inte att läsa: {error}.", f"{shown}, rad {before + 1}")) from None
    if text and not text.endswith(("\n", "\r")) and len(cells) < width:
        todo = "Kopiera filen igen, eller skriv klart raden."
        raise DataError(Fault("Filen slutar mitt i en rad.", f"{shown}, rad {before}", todo=todo))


def _excel(path: Path, shown: str, wanted: str) -> dict[str, Rows]:
    """The rows of the sheets. A cell with a formula has the value that Excel last gave it."""
    import zipfile

    import openpyxl  # type: ignore[import-untyped]  # slow to import, and only such a file needs it

    if not zipfile.is_zipfile(path):
        raise DataError(Fault("Filen är ingen Excelfil av slaget .xlsx.", shown, todo=_SAVE))
    with zipfile.ZipFile(path) as packed:
        if sum(member.file_size for member in packed.infolist()) > 10 * MOST_BYTES:
            raise DataError(Fault("Filen är för stor.", shown, f"högst {number(10 * MOST_BYTES // 10**6)} MB"))
    found: dict[str, Rows] = {}
    try:
        # opened here, since a workbook that cannot be read is left open by what reads it
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            sheets = book.worksheets
            if wanted:
                sheets = [book[wanted] if wanted in book.sheetnames else sheets[0]]
            for sheet in sheets:
                sheet.reset_dimensions()  # what a file says of its own size need not be so
                found[sheet.title] = _filled(enumerate(sheet.iter_rows(values_only=True), 1), shown)
            book.close()
    except (OSError, DataError):
        raise
    except Exception as error:  # whatever can be wrong inside a workbook
        raise DataError(Fault(f"Filen är trasig: {type(error).__name__}.", shown, todo=_SAVE)) from None
    return found


_SAVE = "Öppna den i Excel och spara den igen som .xlsx."
