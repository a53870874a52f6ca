"""The empty form: a workbook with choices and explanations, or the header alone as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

from varddialog.data.own.columns import COLUMNS, NAMES, SEXES, SHEET
from varddialog.data.own.rows import measures_for_own
from varddialog.errors import Fault, UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.swedish import listing, number

# as many rows as have choices; more may be filled in
_ROWS = 2000
_ABOUT = (
    "Fyll i bladet «Uppgifter»: en rad för varje enhet, mått och år. Kolumner som inte behövs lämnas tomma.",
    "Skriv inga personuppgifter: varken personnummer, namn på personer eller e-postadresser.",
    "En ny fil ersätter regionens tidigare egna uppgifter för de mått som filen innehåller.",
)


def form(path: Path, catalogue: Catalogue, today: dt.date) -> bytes:
    """The form as a file of the kind that the path's name says. Raises UsageError for another kind."""
    match path.suffix.lower():
        case ".csv":
            out = io.StringIO()
            csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(NAMES)
            return out.getvalue().encode("utf-8-sig")  # so that Excel sees what it is written in
        case ".xlsx":
            return _workbook(catalogue, today)
    raise UsageError(Fault(f"Formuläret finns inte som «{path.suffix}».", path.name, ".xlsx och .csv"))


def _workbook(catalogue: Catalogue, today: dt.date) -> bytes:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Regionens egna uppgifter", "created": dt.datetime.combine(today, dt.time())})
    head = book.add_format({"bold": True, "bg_color": "#14263c", "font_color": "#ffffff"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    figures, about, listed = (book.add_worksheet(name) for name in (SHEET, "Så fyller du i", "Mått"))
    known = measures_for_own(catalogue)
    for at, column in enumerate(COLUMNS):
        figures.write_string(0, at, column.name, head)
        figures.set_column(at, at, {"mått": 40, "enhet": 40}.get(column.name, 11))
    figures.freeze_panes(1, 0)
    choices = {"mått": f"=Mått!$A$2:$A${len(known) + 1}", "kön": list(SEXES)}
    for name, source in choices.items():
        at = NAMES.index(name)
        figures.data_validation(1, at, _ROWS, at, _choice(name, source))
    _table(about, head, wrapped, [("Kolumn", 12), ("Vad du skriver", 70), ("Exempel", 24), ("Måste fyllas i", 14)], [
        (c.name, c.about, c.example, "ja" if c.needed else "") for c in COLUMNS
    ])  # fmt: skip
    for at, line in enumerate(_ABOUT, len(COLUMNS) + 2):
        about.merge_range(at, 0, at, 3, line, wrapped)
    header = [("Kortnamn", 40), ("Id", 26), ("Namn", 60), ("Mätenhet", 34), ("Tillåtna värden", 20), ("Gäller", 12)]
    _table(listed, head, wrapped, header, [
        (i.slug, i.id, i.name, i.unit.label, _limits(i), "månad" if i.period.kind == "månad" else "år") for i in known
    ])  # fmt: skip
    book.close()
    return out.getvalue()


def _choice(name: str, source: object) -> dict[str, Any]:
    """A list to choose from. Measures may be written by id or name too, so another word is asked about, not refused."""
    said = {"error_title": f"Okänt {name}", "error_message": "Välj ur listan, eller skriv id eller namn från «Mått»."}
    return {"validate": "list", "source": source, "error_type": "warning" if name == "mått" else "stop", **said}


def _table(sheet: Any, head: Any, wrapped: Any, header: list[tuple[str, int]], rows: list[tuple[str, ...]]) -> None:
    for at, (name, width) in enumerate(header):
        sheet.write_string(0, at, name, head)
        sheet.set_column(at, at, width)
    for row, cells in enumerate(rows, 1):
        for at, cell in enumerate(cells):
            if cell:
                sheet.write_string(row, at, cell, wrapped)
    sheet.freeze_panes(1, 0)


def _limits(indicator: Indicator) -> str:
    ends = (("minst", indicator.unit.low), ("högst", indicator.unit.high))
    return listing(f"{word} {number(limit)}" for word, limit in ends if limit is not None)
