"""The empty form as a file: a workbook with choices and explanations, or the header alone as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from varddialog.data.forms.columns import Column, Form

# as many rows as have choices; more may be filled in
ROWS = 2000
# what Excel has room for in the words beside a cell, and in the title of them
_LONGEST_HELP, _LONGEST_TITLE = 255, 32
_TWO_LINES = 32


@dataclass(frozen=True)
class Choice:
    """What may be chosen in a column: a list, or a range of another sheet (`=Val!$A$2:$A$9`).

    strict: whether nothing else may be written. title, todo: what is said when something else is.
    """

    source: Sequence[str] | str
    strict: bool
    title: str = ""
    todo: str = ""


def csv_header(form: Form) -> bytes:
    """The headings alone, parted by semicolons."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(form.names)
    return out.getvalue().encode("utf-8-sig")  # so that Excel sees what it is written in


class FormBook:
    """A workbook on its way; `close` gives its bytes, which are the same for the same content and day."""

    def __init__(self, title: str, made: dt.date) -> None:
        from xlsxwriter import Workbook

        self._out = io.BytesIO()
        quiet = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = Workbook(self._out, quiet)
        self._book.set_properties({"title": title, "created": dt.datetime.combine(made, dt.time())})
        self._head = self._book.add_format({"bold": True, "bg_color": "#14263c", "font_color": "#ffffff"})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        # Excel takes what is written for text, also what begins with a minus or an equals sign
        self._text = self._book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self._day = self._book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})

    def form(
        self,
        form: Form,
        widths: Mapping[str, int],
        choices: Mapping[str, Choice],
        texts: Iterable[str] = (),
        days: Iterable[str] = (),
        help: bool = False,
    ) -> None:
        """A sheet to fill in. texts, days: columns that hold nothing else. help: whether each cell explains itself."""
        sheet = self._book.add_worksheet(form.sheet)
        kinds = dict.fromkeys(texts, self._text) | dict.fromkeys(days, self._day)
        for at, column in enumerate(form.columns):
            sheet.write_string(0, at, column.name, self._head)
            sheet.set_column(at, at, widths.get(column.name, 11), kinds.get(column.name))
            rule = _rule(choices.get(column.name)) | (_help(column) if help else {})
            if rule:
                sheet.data_validation(1, at, ROWS, at, {"validate": "any", **rule})
        sheet.freeze_panes(1, 0)

    def guide(self, forms: Sequence[Form], above: Sequence[str] = (), below: Sequence[str] = ()) -> None:
        """The sheet that explains the columns of the forms, with paragraphs above and below."""
        sheet = self._book.add_worksheet("Så fyller du i")
        many = len(forms) > 1
        header = [*([("Blad", 14)] if many else []), ("Kolumn", 12), ("Vad du skriver", 70), ("Exempel", 24)]
        header.append(("Måste fyllas i", 14))
        for at, line in enumerate(above):
            sheet.merge_range(at, 0, at, len(header) - 1, line, self._wrapped)
            sheet.set_row(at, _TWO_LINES)  # joined cells do not grow with what stands in them
        start = len(above) + bool(above)
        rows = [
            (*([f.sheet] if many else []), c.name, c.about, c.example, "ja" if c.needed else "")
            for f in forms
            for c in f.columns
        ]
        self._table(sheet, header, rows, start)
        for at, line in enumerate(below, start + len(rows) + 2):
            sheet.merge_range(at, 0, at, len(header) - 1, line, self._wrapped)
            sheet.set_row(at, _TWO_LINES)

    def table(self, name: str, header: list[tuple[str, int]], rows: Sequence[Sequence[str]]) -> None:
        """A sheet with words under headings, each with its column's width."""
        sheet = self._book.add_worksheet(name)
        self._table(sheet, header, rows, 0)
        sheet.freeze_panes(1, 0)

    def close(self) -> bytes:
        self._book.close()
        return self._out.getvalue()

    def _table(self, sheet: Any, header: list[tuple[str, int]], rows: Sequence[Sequence[str]], start: int) -> None:
        for at, (name, width) in enumerate(header):
            sheet.write_string(start, at, name, self._head)
            sheet.set_column(at, at, width)
        for row, cells in enumerate(rows, start + 1):
            for at, cell in enumerate(cells):
                if cell:
                    sheet.write_string(row, at, cell, self._wrapped)


def _rule(choice: Choice | None) -> dict[str, Any]:
    if choice is None:
        return {}
    said = {"error_title": choice.title[:_LONGEST_TITLE], "error_message": choice.todo[:_LONGEST_HELP]}
    return {"validate": "list", "source": choice.source, "error_type": "stop" if choice.strict else "warning", **said}


def _help(column: Column) -> dict[str, Any]:
    return {"input_title": column.name, "input_message": column.about[:_LONGEST_HELP]}
