"""PxWeb version 1: SCB's statistical database and Folkhälsomyndigheten's Folkhälsodata.

A table is its path below the base address. A folder lists its tables with the time each was updated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from varddialog.data.sources.answers import Untrusted, field, listed
from varddialog.data.sources.base import Event, Wanted
from varddialog.data.sources.jsonstat import Cube, read_cube
from varddialog.data.sources.tables import Table, Variable
from varddialog.data.sources.tablesource import ABSENT, fetch

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client


class PxWeb:
    """The source, of either."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """Ask for the series, as base.Source says."""
        return fetch(Version1(client), wanted, regions)


class Version1:
    """What one fetch has learnt."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._folders: dict[str, dict[str, str] | None] = {}
        self._tables: dict[str, Table] = {}

    def limit(self) -> int:
        """The most cells that one answer may have; maxValues is about how many codes metadata tell."""
        return self._limit

    @cached_property
    def _limit(self) -> int:
        return whole(self._client.json("?config"), "maxCells", f"{self._client.base}?config")

    def edition(self, table: str) -> str:
        """When the table was updated, as its folder lists it; the folder is asked once."""
        folder, _, name = table.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = self._listed(folder)
        tables = self._folders[folder]
        return ABSENT if tables is None else tables.get(name.casefold(), ABSENT)

    def _listed(self, folder: str) -> dict[str, str] | None:
        """Name of table → when it was updated; None when there is no such folder."""
        from varddialog.data.sources.transport import NotThere

        try:
            answer = self._client.json(folder)
        except NotThere:
            return None
        entries = [entry for entry in listed(answer, folder) if field(entry, "type", folder) == "t"]
        return {str(field(entry, "id", folder)).casefold(): str(entry.get("updated") or "") for entry in entries}

    def table(self, name: str) -> Table:
        """What the table has. Raises NotThere when it does not exist."""
        if name not in self._tables:
            answer = self._client.json(name)
            found = [_variable(one, name) for one in listed(field(answer, "variables", name), name)]
            self._tables[name] = Table(name, str(answer.get("title") or ""), {one.code: one for one in found})
        return self._tables[name]

    def cube(self, name: str, codes: dict[str, Sequence[str]]) -> Cube:
        """The cells of those codes. Raises SourceError when the source does not take the question."""
        from varddialog.data.sources.transport import NotThere

        asked = [
            {"code": code, "selection": {"filter": "item", "values": list(values)}} for code, values in codes.items()
        ]
        try:
            answer = self._client.json(name, body={"query": asked, "response": {"format": "json-stat2"}})
        except NotThere:  # the same answer as for a table that is not there, and this one is
            raise Untrusted("Källan godtar inte frågan, fast tabellen har alla koder (svar 404).", name) from None
        return read_cube(answer, name)


def whole(config: Any, name: str, where: str) -> int:
    """A limit in the source's configuration. Raises SourceError when it is not told, or no number above 0."""
    value = field(config, name, where)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise Untrusted(f"{name} ska vara ett heltal över 0, men är {value!r}.", where)
    return value


def _variable(one: Any, table: str) -> Variable:
    """One variable of the metadata. Codes beyond maxValues are not told, and then nothing can be checked."""
    code, values = str(field(one, "code", table)), one.get("values")
    texts = one.get("valueTexts")
    if not isinstance(values, list) or not isinstance(texts, list) or len(values) != len(texts):
        raise Untrusted(f"Tabellen räknar inte upp koderna i variabeln «{code}» och deras texter.", table)
    return Variable(code, dict(zip(map(str, values), map(str, texts), strict=True)), one.get("elimination") is True)
