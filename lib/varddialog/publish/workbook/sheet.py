"""Sheets of a workbook: Excel tables with typed cells; whatever text the data hold stays text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from varddialog.figures.style import ACCENT, INK, MUTED

LONGEST = 32_000  # letters that a cell can hold, a little less than Excel's limit

Cell = str | float | int | dt.date | None
# cells, and how many decimals its numbers have
Row = tuple[Sequence[Cell], int]


@dataclass(frozen=True)
class Column:
    """A column: its header, width in letters, and what a number in it is; decimals may differ from row to row."""

    header: str
    width: float
    kind: str = "text"  # text, long, number, signed, year, date


class Looks:
    """The few formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._cells: dict[tuple[str, int], Any] = {}

    def of(self, **settings: Any) -> Any:
        """The format with these settings beside the common ones."""
        common = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
        key = tuple(sorted({**common, **settings}.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    def cell(self, kind: str, decimals: int) -> Any:
        """The format of a cell of such a column."""
        key = kind, decimals
        if key not in self._cells:
            self._cells[key] = self._cell(kind, decimals)
        return self._cells[key]

    def _cell(self, kind: str, decimals: int) -> Any:
        if kind in ("text", "long"):
            return self.text(wrap=kind == "long")
        if kind == "date":
            return self.of(num_format="yyyy-mm-dd")
        if kind == "year":
            return self.of(num_format="0")
        places = "#,##0" + ("." + "0" * decimals if decimals else "")
        # a difference has a plus sign on what is above zero, as in the reports
        return self.of(num_format=f"+{places};-{places};{places}" if kind == "signed" else places)

    def text(self, *, wrap: bool = False) -> Any:
        """Text, a little away from the number to its left."""
        return self.of(indent=1, text_wrap=wrap)

    def header(self, kind: str) -> Any:
        """The head of a column: above its numbers, or where its text begins."""
        place = {"indent": 1} if kind in ("text", "long") else {"align": "right"}
        return self.of(bold=True, text_wrap=True, font_color="#ffffff", bg_color=ACCENT, valign="vcenter", **place)


def table(
    book: Any,
    looks: Looks,
    title: str,
    name: str,
    about: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    pages: int,
) -> Any:
    """A sheet that is one table. name: the table's own. about: stands in the printed header. rows: cells, decimals.

    pages: how many pages wide it is printed.
    """
    sheet = book.add_worksheet(title)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    for at, (cells, decimals) in enumerate(rows, 1):
        for across, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            write(sheet, looks, at, across, cell, column.kind, decimals)
    sheet.add_table(
        0,
        0,
        max(1, len(rows)),
        len(columns) - 1,
        {
            "name": name,
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": [{"header": c.header, "header_format": looks.header(c.kind)} for c in columns],
        },
    )
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 1)
    printed(sheet, about, pages)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    return sheet


def write(sheet: Any, looks: Looks, row: int, column: int, cell: Cell, kind: str = "text", decimals: int = 0) -> None:
    """One cell, typed. Text is written as text, so that nothing in the data becomes a formula or a link."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:LONGEST], looks.cell(kind, 0))
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, looks.cell(kind, 0))
    else:
        sheet.write_number(row, column, cell, looks.cell(kind, decimals))


def text_sheet(book: Any, looks: Looks, title: str, about: str, lines: Sequence[tuple[str, str]]) -> Any:
    """A sheet to read: the first line is its heading; a line without text is a heading of what follows."""
    sheet = book.add_worksheet(title)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 95)
    for row, (label, text) in enumerate(lines):
        size = 16 if row == 0 else 12 if not text else 10
        heading = looks.of(bold=True, font_size=size, font_color=INK if not text or row == 0 else MUTED)
        sheet.write_string(row, 0, label[:LONGEST], heading)
        if text:
            sheet.write_string(row, 1, text[:LONGEST], looks.text(wrap=True))
            sheet.set_row(row, 14 * (1 + len(text) // 105))
    printed(sheet, about, 1, landscape=False)
    return sheet


def printed(sheet: Any, about: str, pages: int, *, landscape: bool = True) -> None:
    """A4, so many pages wide, with a header and page numbers; an ampersand in a name is no command."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(pages, 0)
    sheet.set_header(f"&L&9{about[:120].replace('&', '&&')}&R&9&A")
    sheet.set_footer("&R&9Sida &P av &N")
