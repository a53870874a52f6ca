"""The empty form for a region's own figures: a workbook with choices and explanations, or the header alone as CSV."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from varddialog.data.forms.workbook import Choice, FormBook, csv_header
from varddialog.data.own.columns import FORM, SEXES
from varddialog.data.own.rows import measures_for_own
from varddialog.errors import Fault, UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.swedish import listing, number

_ABOUT = (
    "Fyll i bladet «Uppgifter»: en rad för varje enhet, mått och år. Kolumner som inte behövs lämnas tomma.",
    "Skriv inga personuppgifter: varken personnummer, namn på personer eller e-postadresser.",
    "En ny fil ersätter regionens tidigare egna uppgifter för de mått som filen innehåller.",
)


def form(path: Path, catalogue: Catalogue, today: dt.date) -> bytes:
    """The form as a file of the kind that the path's name says. Raises UsageError for another kind."""
    match path.suffix.lower():
        case ".csv":
            return csv_header(FORM)
        case ".xlsx":
            return _workbook(catalogue, today)
    raise UsageError(Fault(f"Formuläret finns inte som «{path.suffix}».", path.name, ".xlsx och .csv"))


def _workbook(catalogue: Catalogue, today: dt.date) -> bytes:
    known = measures_for_own(catalogue)
    book = FormBook("Regionens egna uppgifter", today)
    todo = "Välj ur listan, eller skriv id eller namn från «Mått»."
    # measures may be written by id or name too, so another word is asked about, not refused
    choices = {
        "mått": Choice(f"=Mått!$A$2:$A${len(known) + 1}", False, "Okänt mått", todo),
        "kön": Choice(list(SEXES), True, "Okänt kön", "Välj ur listan."),
    }
    book.form(FORM, {"mått": 40, "enhet": 40}, choices)
    book.guide([FORM], below=_ABOUT)
    header = [("Kortnamn", 40), ("Id", 26), ("Namn", 60), ("Mätenhet", 34), ("Tillåtna värden", 20), ("Gäller", 12)]
    book.table("Mått", header, [
        (i.slug, i.id, i.name, i.unit.label, _limits(i), "månad" if i.period.kind == "månad" else "år") for i in known
    ])  # fmt: skip
    return book.close()


def _limits(indicator: Indicator) -> str:
    ends = (("minst", indicator.unit.low), ("högst", indicator.unit.high))
    return listing(f"{word} {number(limit)}" for word, limit in ends if limit is not None)
