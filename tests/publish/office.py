"""Packs of one unit as its files are made of them, as they are and with names that mean harm; and what is in a zip."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import ZipFile

# as an indicator or a unit could be called by whoever wishes to break an office program
FORMULA = "=cmd|' /C calc'!A1 <script>alert(1)</script> & \"co\""
ENDLESS = "Mått 🏥 \u202eavigt\u202c " + "mycket långt namn " * 14
OFFICIAL = "Region <b>Fjärran</b> & Långt Bort 🏔 \u200fi norr, med sextio tecken"

FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def members(blob: bytes) -> Iterator[tuple[str, bytes, tuple[int, ...]]]:
    """Name, content and date of each member, of the files inside the file too."""
    with ZipFile(io.BytesIO(blob)) as archive:
        for info in archive.infolist():
            content = archive.read(info)
            yield info.filename, content, info.date_time
            if info.filename.endswith(".xlsx"):
                yield from ((f"{info.filename}/{name}", inner, day) for name, inner, day in members(content))
