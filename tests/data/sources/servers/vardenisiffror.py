"""Vården i siffror on loopback: one address, which fails when the type of period is not said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from tests.data.sources.loopback import Answer, Request, answer

from varddialog.model.live import Query, VardenISiffrorQuery

ROOT = "/webapi"


class VardenISiffrorServer:
    """measures: id → unit (SE, 01 …) → measurements."""

    def __init__(self, measures: Mapping[str, Mapping[str, Sequence[dict[str, Any]]]]) -> None:
        self.measures = measures

    @classmethod
    def of(cls, rows: pd.DataFrame, queries: Mapping[str, Sequence[Query]]) -> VardenISiffrorServer:
        """Serve the figures (columns of the store) of each series."""
        measures: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for series, asked in queries.items():
            for query in asked:
                assert isinstance(query, VardenISiffrorQuery)
                units = measures.setdefault(query.measure, {})
                for row in rows[rows["indicator"] == series].itertuples():
                    numbers = (
                        None if pd.isna(n) else float(n)
                        for n in (row.value, row.low, row.high, row.numerator, row.denominator)
                    )
                    unit = "SE" if row.region == "00" else str(row.region)
                    units.setdefault(unit, []).append(measurement(int(row.year), *numbers))
        return cls(measures)

    def __call__(self, request: Request) -> Answer:
        if request.path != f"{ROOT}/api/measurements/measurementswithmetadata" or request.method != "POST":
            return answer({"message": "Not Found"}, 404)
        asked = request.json()
        if asked.get("periodType") != "Year":
            return answer({"message": "An error has occurred."}, 500)
        return answer(
            [
                {
                    "organizationId": unit,
                    "measureId": measure,
                    "measurements": [
                        m
                        for m in self.measures.get(measure, {}).get(unit, [])
                        if asked["dateFrom"] <= m["period"]["start"] and m["period"]["end"] <= asked["dateTo"]
                    ],
                }
                for measure in asked["measureIds"]
                for unit in asked["units"]
            ]
        )


def measurement(
    year: int, value: float | None, low: float | None = None, high: float | None = None,
    numerator: float | None = None, denominator: float | None = None, end: str = "",
) -> dict[str, Any]:  # fmt: skip
    """One measurement of an answer."""
    return {
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "confidenceInterval": {"low": low, "high": high},
        "period": {"start": f"{year}-01-01", "end": end or f"{year}-12-31"},
        "periodType": "Year",
        "type": None,
    }
