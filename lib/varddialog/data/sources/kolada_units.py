"""Kolada's units: regions, municipalities and organisational units, and where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from varddialog.data.sources.base import Event, Heeded, Place, Places
from varddialog.data.sources.kolada_pages import Ask, Row, parts, read, segment
from varddialog.errors import Fault, SourceError
from varddialog.swedish import listing, plural

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

_TODO = "Ange en adress till version 3, som https://api.kolada.se/v3."


@dataclass
class Units:
    """What may be asked about. regions: Kolada's code → county code. told: what is odd about the regions.

    organisations: those that figures have been seen of, None where it is not known in which region.
    """

    regions: dict[str, str] = field(default_factory=dict)
    municipalities: list[Place] = field(default_factory=list)
    organisations: dict[str, Place | None] = field(default_factory=dict)
    told: list[Heeded] = field(default_factory=list)

    def meet(self, rows: Iterable[Row], client: Client) -> Iterator[Event]:
        """Get to know the organisational units that rows are about."""
        new = sorted({str(row["ou"]) for row in rows} - set(self.organisations))
        described = read(client, [Ask(f"ou/{segment(part)}", ("id",)) for part in parts(new)])
        found = {place.code: place for page in described for row in page.rows if (place := self._placed(row))}
        self.organisations.update({code: found.get(code) for code in new})
        if found:
            yield Places(list(found.values()))
        if homeless := len(new) - len(found):
            outside = plural(homeless, "enhet", "enheter")
            yield Heeded("", f"{outside} hos Kolada ligger inte i någon av regionerna, och tas inte med.")

    def _placed(self, row: Row) -> Place | None:
        code = str(row.get("municipality", ""))
        region = self.regions.get(code, code[:2])
        known = region in self.regions.values()
        return Place(str(row["id"]), _name(row), region, "enhet") if known else None


def units(client: Client, regions: Sequence[str]) -> Units:
    """The units of the regions. What is asked first: it tells whether the address is Kolada's version 3 at all."""
    from varddialog.data.sources.transport import NotThere

    address = client.base.rpartition("@")[2]  # without what may be secret
    if address.endswith("/v2"):
        raise SourceError(Fault("Koladas version 2 är stängd.", address, todo=_TODO))
    try:
        rows = [row for page in read(client, [Ask("municipality", ("id",))]) for row in page.rows]
    except NotThere:
        raise SourceError(Fault("Koladas version 3 finns inte på adressen.", address, todo=_TODO)) from None
    asked = {f"00{code}": code for code in regions}
    named = {str(row["id"]): row for row in rows}
    found = Units({code: region for code, region in asked.items() if code in named})
    if not found.regions:
        raise SourceError(Fault("Kolada har ingen av regionerna.", "Kolada, municipality", listing(asked)))
    others = {code: row for code, row in named.items() if code not in asked}
    strange = [f"{code} {_name(row)}" for code, row in others.items() if code.startswith("00")]
    counties = set(found.regions.values()) - {"00"}
    inside = {code: row for code, row in others.items() if code[:2] in counties}
    found.municipalities = [Place(code, _name(row), code[:2], "kommun") for code, row in inside.items()]
    if missing := [code for code in asked if code not in named]:
        found.told.append(Heeded("", f"Kolada saknar {plural(len(missing), 'enhet', 'enheter')}: {listing(missing)}."))
    if strange:
        found.told.append(Heeded("", f"Kolada har regioner som inte efterfrågas: {listing(strange)}."))
    return found


def _name(row: Row) -> str:
    return str(row.get("title") or row["id"]).strip()
