"""Files of records, made up, in a project of their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from varddialog.config import Project
from varddialog.data.forms.columns import Form
from varddialog.dialogue.forms.columns import STATEMENTS

Row = Mapping[str, object]
ARENA, CYCLE = "tillganglighet", "2026-2027"
SAID: Row = {
    "enhet": "Region Skåne",
    "part": "Regionen",
    "tema": "Vårdplatser",
    "slag": "utmaning",
    "uttalande": "Platserna räcker inte på sommaren.",
    "källa": "Anteckningar 2026-05-12",
}


def folder(here: Project, arena: str = ARENA, cycle: str = CYCLE) -> Path:
    """The folder of a round, made."""
    path = here.dialogue / arena / cycle
    path.mkdir(parents=True, exist_ok=True)
    return path


def csv_text(form: Form, rows: Sequence[Row], delimiter: str = ";") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(form.names)
    writer.writerows([row.get(name, "") for name in form.names] for row in rows)
    return out.getvalue()


def csv_file(path: Path, *rows: Row, form: Form = STATEMENTS) -> Path:
    path.write_bytes(csv_text(form, rows).encode())
    return path


def excel_file(path: Path, sheets: Mapping[str, tuple[Form, Sequence[Row]]]) -> Path:
    """A workbook with forms filled in, by the names of the sheets. Nothing is taken for a formula."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, (form, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for at, cells in enumerate([form.names, *([row.get(n) for n in form.names] for row in rows)], 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(at, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    book.save(path)
    return path
