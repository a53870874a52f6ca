"""PxWeb version 1, as SCB and Folkhälsomyndigheten run it.

`?config` counts only when nothing stands after it. A table or a selection that does not exist is 404 with the same
words; a selection of too many cells is 403. Answers begin with a byte order mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tests.data.sources.loopback import Answer, Request
from tests.data.sources.servers.tables import Table
from tests.data.sources.servers.tableserver import TableServer


class PxWebServer(TableServer):
    """tables: by their paths below the address. listed: whether folders tell when a table was updated."""

    root = "/api/v1/sv"

    def __init__(self, tables: Iterable[Table], max_cells: int = 150_000, listed: bool = True) -> None:
        super().__init__(tables, max_cells)
        self.listed = listed

    def serve(self, request: Request) -> Answer:
        path = request.path.removeprefix(self.root).strip("/")
        if request.target.partition("?")[2] == "config":
            return _answer({"maxValues": 10_000, "maxCells": self.max_cells, "maxCalls": 1000, "timeWindow": 10})
        table = self.tables.get(path)
        if table is None:
            entries = self._entries(path) if request.method == "GET" else []
            return _answer(entries) if entries else _answer({"error": "Parameter error"}, 404)
        if request.method == "GET":
            return _answer({"title": table.title, "variables": [_metadata(v, table) for v in table.variables]})
        query = request.json()
        assert query["response"] == {"format": "json-stat2"}
        selection = {one["code"]: one["selection"]["values"] for one in query["query"]}
        if not table.fits(selection):
            return _answer({"error": "Parameter error"}, 404)
        answer = table.json_stat(selection)
        if len(answer["value"]) > self.max_cells:
            return _answer({"error": "Too many values selected"}, 403)
        return _answer(answer)

    def _entries(self, folder: str) -> list[dict[str, str]]:
        """What lies directly in a folder."""
        prefix = f"{folder}/" if folder else ""
        found: dict[str, dict[str, str]] = {}
        for name, table in self.tables.items():
            if not name.startswith(prefix):
                continue
            here, _, below = name.removeprefix(prefix).partition("/")
            told = {"updated": table.updated} if self.listed else {}
            found[here] = {"id": here, "type": "l", "text": here} if below else {
                "id": here, "type": "t", "text": table.title, **told
            }  # fmt: skip
        return list(found.values())


def _metadata(variable: Any, table: Table) -> dict[str, Any]:
    told = {"code": variable.code, "text": variable.code.lower(), "values": list(variable.texts)}
    flags = {"elimination": True} if variable.eliminable else {}
    times = {"time": True} if variable.code == table.time else {}
    return {**told, "valueTexts": list(variable.texts.values()), **flags, **times}


def _answer(value: Any, status: int = 200) -> Answer:
    body = b"\xef\xbb\xbf" + json.dumps(value, ensure_ascii=False).encode()
    return Answer(status, {"Content-Type": "application/json; charset=utf-8"}, body)
