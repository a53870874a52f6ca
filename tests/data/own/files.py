"""Files of a region's own figures, made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl

HEADER = "mått;enhet;år;månad;kön;värde;nedre;övre;täljare;nämnare"
TODAY = dt.date(2026, 11, 26)


def csv_file(folder: Path, *lines: str, header: str = HEADER, name: str = "egna.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def excel_file(folder: Path, *rows: Sequence[object], header: str = HEADER, name: str = "egna.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Uppgifter"
    for row in (header.split(";"), *rows):
        sheet.append(list(row))
    book.save(folder / name)
    return folder / name
