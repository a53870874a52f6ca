"""A small table in a CSV file, shown as it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from varddialog.dialogue.supplement.limits import MOST_COLUMNS, MOST_ROWS
from varddialog.errors import Fault, ParamsError
from varddialog.swedish import number

Rows = Sequence[Sequence[str]]


def read_rows(text: str, where: str) -> Rows:
    """The header and the rows; the sign that parts the header's fields parts them all.

    where: the file, for the faults. Raises ParamsError with every fault.
    """
    first = text.partition("\n")[0]
    sign = next((s for s in ";\t" if s in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    rows: list[list[str]] = []
    faults: list[Fault] = []
    begins = 1
    try:
        for cells in reader:
            row, line, begins = [cell.strip() for cell in cells], begins, reader.line_num + 1
            if not any(row):
                continue
            if rows and len(row) != len(rows[0]):
                what = f"Raden har {number(len(row))} fält, men rubrikraden {number(len(rows[0]))}."
                faults.append(Fault(what, f"{where}, rad {line}", todo=_FIELDS))
            rows.append(row)
    except csv.Error as error:
        raise ParamsError(Fault(f"Raden går inte att läsa: {error}.", f"{where}, rad {begins}")) from None
    if len(rows) < 2:
        raise ParamsError(
            Fault("Tabellen är tom.", where, todo="Skriv en rad med rubriker och minst en rad under den.")
        )
    if not all(rows[0]):
        faults.append(Fault("En kolumn saknar rubrik.", f"{where}, rad 1", todo="Skriv vad som står i kolumnen."))
    if not all(row[0] for row in rows[1:]):
        faults.append(Fault("En rad saknar text i den första kolumnen.", where, todo="Skriv vad raden gäller."))
    for size, most, what in ((len(rows) - 1, MOST_ROWS, "rader"), (len(rows[0]), MOST_COLUMNS, "kolumner")):
        if size > most:
            todo = "Visa det viktigaste, och hänvisa till resten med en länk."
            faults.append(Fault(f"Tabellen har {number(size)} {what}.", where, f"högst {number(most)}", todo))
    if faults:
        raise ParamsError(*faults)
    return rows


_FIELDS = "Ta bort eller fyll på fält. En cell som innehåller skiljetecknet skrivs inom citattecken."
