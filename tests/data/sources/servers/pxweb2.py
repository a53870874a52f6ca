"""PxWeb version 2, as SCB runs it: JSON-stat for metadata too, errors as problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from tests.data.sources.loopback import Answer, Loopback, Request, answer
from tests.data.sources.servers.tables import Table, tables_of

from varddialog.model.live import TableQuery


class PxWeb2Server(Loopback):
    """tables: by their ids."""

    def __init__(self, tables: Iterable[Table], max_cells: int = 150_000) -> None:
        super().__init__(self.serve)
        self.tables = {table.name: table for table in tables}
        self.max_cells = max_cells

    @classmethod
    def of(
        cls,
        rows: pd.DataFrame,
        queries: Mapping[str, Sequence[TableQuery]],
        years: Mapping[str, int] | None = None,
        max_cells: int = 150_000,
    ) -> PxWeb2Server:
        """Serves the figures of a store to the queries of its series (`tables_of`)."""
        return cls(tables_of(rows, queries, years), max_cells)

    @property
    def address(self) -> str:
        """The base address to be configured."""
        return f"{self.url}/api/v2"

    def serve(self, request: Request) -> Answer:
        match request.path.removeprefix("/api/v2").strip("/").split("/"):
            case ["config"]:
                limits = {"maxDataCells": self.max_cells, "maxCallsPerTimeWindow": 30, "timeWindow": 10}
                return answer({"apiVersion": "2.3.2", "defaultLanguage": "sv", "license": "CC0", **limits})
            case ["tables", name, *rest] if name in self.tables:
                return self._of_table(self.tables[name], rest, request)
        return _problem(404, "Non-existent table")

    def _of_table(self, table: Table, rest: list[str], request: Request) -> Answer:
        if not rest:
            return answer({"id": table.name, "label": table.title, "updated": table.updated, "links": []})
        if rest == ["metadata"]:
            return answer(table.json_stat_metadata())
        if rest != ["data"] or request.method != "POST" or request.query.get("outputFormat") != ["json-stat2"]:
            return _problem(400, "Unsupported request")
        selection = {one["variableCode"]: one["valueCodes"] for one in request.json()["selection"]}
        if not table.fits(selection):
            return _problem(400, "Non-existent value, or missing selection for mandatory variable")
        found = table.json_stat(selection)
        if len(found["value"]) > self.max_cells:
            return _problem(403, "Too many cells selected")
        return answer(found)


def _problem(status: int, title: str) -> Answer:
    return answer({"type": "Parameter error", "title": title, "status": status}, status)
