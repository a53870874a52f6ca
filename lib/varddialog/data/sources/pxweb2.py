"""PxWeb version 2: SCB's statistical database by the id of a table, such as TAB638. Metadata are JSON-stat too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from varddialog.data.sources.answers import field
from varddialog.data.sources.base import Event, Wanted
from varddialog.data.sources.jsonstat import Cube, read_cube, read_shape
from varddialog.data.sources.pxweb import whole
from varddialog.data.sources.tables import Table, Variable
from varddialog.data.sources.tablesource import ABSENT, fetch

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

SWEDISH = {"lang": "sv"}


class PxWeb2:
    """The source."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """Ask for the series, as base.Source says."""
        return fetch(Version2(client), wanted, regions)


class Version2:
    """What one fetch has learnt."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._editions: dict[str, str] = {}
        self._tables: dict[str, Table] = {}

    def limit(self) -> int:
        """The most cells that one answer may have."""
        return self._limit

    @cached_property
    def _limit(self) -> int:
        return whole(self._client.json("config"), "maxDataCells", f"{self._client.base}/config")

    def edition(self, table: str) -> str:
        """When the table was updated; the table is asked once."""
        from varddialog.data.sources.transport import NotThere

        if table not in self._editions:
            try:
                told = self._client.json(f"tables/{table}", SWEDISH)
                field(told, "id", table)
                self._editions[table] = str(told.get("updated") or "")
            except NotThere:
                self._editions[table] = ABSENT
        return self._editions[table]

    def table(self, name: str) -> Table:
        """What the table has. Raises NotThere when it does not exist."""
        if name not in self._tables:
            answer = self._client.json(f"tables/{name}/metadata", SWEDISH)
            shape = read_shape(answer, name)
            found = {
                code: Variable(code, texts, _eliminable(answer["dimension"][code]))
                for code, texts in shape.labels.items()
            }
            self._tables[name] = Table(name, shape.title, found)
        return self._tables[name]

    def cube(self, name: str, codes: dict[str, Sequence[str]]) -> Cube:
        """The cells of those codes."""
        body = {"selection": [{"variableCode": code, "valueCodes": list(values)} for code, values in codes.items()]}
        path, params = f"tables/{name}/data", {**SWEDISH, "outputFormat": "json-stat2"}
        return read_cube(self._client.json(path, params, body=body), name)


def _eliminable(dimension: Any) -> bool:
    extension = dimension.get("extension")
    return isinstance(extension, dict) and extension.get("elimination") is True
