"""Eurostat's statistics API: only cells with something, flags beside them.

A dimension that does not exist is 400; a code that does not exist is no error but an answer without it. Too many cells
are answered later (200 with a warning), far too many are 413.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from tests.data.sources.loopback import Answer, Loopback, Request, answer

from varddialog.model.live import EurostatQuery

_PLAIN = {"format", "lang"}
LATER = {
    "warning": {
        "status": 413,
        "label": "ASYNCHRONOUS_RESPONSE. Your request will be treated asynchronously. Please try again later.",
    }
}
TOO_BIG = {
    "error": [
        {
            "status": 413,
            "id": 413,
            "label": "EXTRACTION_TOO_BIG: The requested extraction is too big, estimated 9000000",
        }
    ]
}


@dataclass
class DataSet:
    """dimensions: name → codes. values, flags: codes in the dimensions' order → what stands there."""

    code: str
    dimensions: dict[str, list[str]]
    values: dict[tuple[str, ...], float] = field(default_factory=dict)
    flags: dict[tuple[str, ...], str] = field(default_factory=dict)
    updated: str = "2026-06-01T23:00:00+0200"


class EurostatServer(Loopback):
    """later, most: cells above which the answer comes later, or never."""

    def __init__(self, sets: Iterable[DataSet], later: int = 500_000, most: int = 5_000_000) -> None:
        super().__init__(self.serve)
        self.sets = {one.code: one for one in sets}
        self.later, self.most = later, most

    @classmethod
    def of(cls, values: pd.DataFrame, queries: Mapping[str, EurostatQuery]) -> EurostatServer:
        """Serves the values of a store (series, country, year, value, flag) to the queries of its series."""
        sets: dict[str, DataSet] = {}
        for series, query in queries.items():
            rows = values[values["series"] == series]
            own = sets.setdefault(query.dataset, DataSet(query.dataset, {name: [] for name in query.select}))
            places = [query.select[name] for name in query.select]
            for name, code in query.select.items():
                own.dimensions[name] = list(dict.fromkeys([*own.dimensions[name], code]))
            last = {"geo": rows["country"], "time": rows["year"].astype(str)}
            for name, codes in last.items():
                own.dimensions[name] = sorted({*own.dimensions.get(name, []), *codes})
            for row in rows.itertuples(index=False):
                own.values[(*places, row.country, str(row.year))] = row.value
                if row.flag:
                    own.flags[(*places, row.country, str(row.year))] = row.flag.lower()
        return cls(sets.values())

    @property
    def address(self) -> str:
        """The base address to be configured."""
        return f"{self.url}/statistics/1.0"

    def serve(self, request: Request) -> Answer:
        own = self.sets.get(request.path.removeprefix("/statistics/1.0/data/"))
        if own is None:
            return answer({"error": [{"status": 404, "label": "ERR_NOT_FOUND_4: The dataset is not available"}]}, 404)
        asked = {name: codes for name, codes in request.query.items() if name not in _PLAIN}
        if unknown := sorted(set(asked) - set(own.dimensions)):
            return answer({"error": [{"status": 400, "label": f"INVALID_QUERY_DIMENSION: {unknown[0]}"}]}, 400)
        kept = {name: [c for c in codes if c in asked.get(name, codes)] for name, codes in own.dimensions.items()}
        size = math.prod(map(len, kept.values()))
        if size > self.most:
            return answer(TOO_BIG, 413)
        return answer(LATER if size > self.later else _json_stat(own, kept))


def _json_stat(own: DataSet, kept: dict[str, list[str]]) -> dict[str, Any]:
    cells = list(itertools.product(*kept.values()))
    values = {str(at): own.values[cell] for at, cell in enumerate(cells) if cell in own.values}
    flags = {str(at): own.flags[cell] for at, cell in enumerate(cells) if cell in own.flags}
    dimension = {
        name: {
            "label": name,
            "category": {"index": {c: at for at, c in enumerate(codes)}, "label": {c: c for c in codes}},
        }
        for name, codes in kept.items()
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": own.code,
        "source": "ESTAT",
        "updated": own.updated,
        "value": values,
        **({"status": flags} if flags else {}),
        "id": list(kept),
        "size": [len(codes) for codes in kept.values()],
        "dimension": dimension,
        "extension": {"lang": "EN", "id": own.code.upper(), "agencyId": "ESTAT", "version": "1.0"},
    }
