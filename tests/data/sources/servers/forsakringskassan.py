"""Försäkringskassan on loopback: a row for each municipality, county and month, hidden cells, everything as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from tests.data.sources.loopback import Answer, Request, answer

from varddialog.model.live import ForsakringskassanQuery, Query

ROOT = "/api/sprstatistikrapportera/public/v1"  # what comes before the data set


class ForsakringskassanServer:
    """tables: "dataset/table.json" → rows; the answer is what the filters of the address leave."""

    def __init__(self, tables: Mapping[str, Sequence[dict[str, Any]]]) -> None:
        self.tables = tables

    @classmethod
    def of(cls, rows: pd.DataFrame, queries: Mapping[str, Sequence[Query]]) -> ForsakringskassanServer:
        """Serve the figures (columns of the store) of each series as its query finds them, among other rows."""
        tables: dict[str, list[dict[str, Any]]] = {}
        for number, (series, asked) in enumerate(queries.items()):
            for query in asked:
                assert isinstance(query, ForsakringskassanQuery)
                month = ("manad", "man")[number % 2]  # the data sets differ
                table = tables.setdefault(f"{query.dataset}/{query.table}.json", [])
                for row in rows[rows["indicator"] == series].itertuples():
                    county = "ALL" if row.region == "00" else str(row.region)
                    cell = (query.observation, row.value)
                    table.append(figures(county, row.year, *cell, month=month))
                    table.append(figures(county, row.year, query.observation, row.value + 1, month=month, when="11"))
                    if county != "ALL":
                        table.append(figures(county, row.year, *cell, town=f"{county}80", month=month))
                    table.append(figures(county, row.year, *cell, sex="K", month=month))
        return cls(tables)

    def __call__(self, request: Request) -> Answer:
        rows = self.tables.get(request.path.removeprefix(f"{ROOT}/"))
        if rows is None:
            return answer({"message": "Not Found"}, 404)
        return answer(
            [
                row
                for row in rows
                if all(
                    row["dimensions"].get(name, "ALL") in given[0].split(",") for name, given in request.query.items()
                )
            ]
        )


def figures(
    county: str, year: Any, observation: str, value: Any, *, town: str = "", sex: str = "ALL", month: str = "manad",
    when: Any = "12", hidden: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """One row of an answer. county: its code, or ALL; without a town the row is the county's total."""
    return {
        "dimensions": {
            "kon_kod": sex,
            "aldersklass_kod": "ALL",
            "lan_kod": county,
            "kommun_kod": town or f"ALL_{county}",
            "ar": year if isinstance(year, str) else int(year),
            month: when,
        },
        "observations": {observation: {"rojd": hidden, "value": None if hidden else value}},
    }
