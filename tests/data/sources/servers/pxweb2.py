"""PxWeb version 2, as SCB runs it: JSON-stat for metadata too, errors as problems."""

from __future__ import annotations

from tests.data.sources.loopback import Answer, Request, answer
from tests.data.sources.servers.tables import Table
from tests.data.sources.servers.tableserver import TableServer


class PxWeb2Server(TableServer):
    """tables: by their ids."""

    root = "/api/v2"

    def serve(self, request: Request) -> Answer:
        match request.path.removeprefix(self.root).strip("/").split("/"):
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
