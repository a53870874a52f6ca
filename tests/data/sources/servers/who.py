"""WHO's Global Health Observatory on loopback: OData in pages, with regions and income groups among the countries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from tests.data.sources.loopback import Answer, Request, answer

from varddialog.model.live import Query, WhoQuery

ROOT = "/api"
SEXES = {"T": "BTSX", "K": "FMLE", "M": "MLE"}


class WhoServer:
    """indicators: code → rows. page: rows on a page; host: which host the links name, None for the server's own."""

    def __init__(
        self, indicators: Mapping[str, Sequence[dict[str, Any]]], page: int = 1000, host: str | None = None
    ) -> None:
        self.indicators = indicators
        self.page = page
        self.host = host

    @classmethod
    def of(
        cls, rows: pd.DataFrame, queries: Mapping[str, Sequence[Query]], prefix: str = "SEX_", page: int = 1000
    ) -> WhoServer:
        """Serve the figures (international columns of the store) of each series; prefix: how Dim1 is spelt."""
        indicators: dict[str, list[dict[str, Any]]] = {}
        for series, asked in queries.items():
            for query in asked:
                assert isinstance(query, WhoQuery)
                served = indicators.setdefault(query.code, [])
                for given in rows[rows["series"] == series].itertuples():
                    served.append(
                        row(str(given.country), int(given.year), float(given.value), prefix + SEXES[query.sex])
                    )
                served.append(row("EUR", 2019, 1.0, prefix + SEXES[query.sex], kind="REGION"))
        return cls(indicators, page)

    def __call__(self, request: Request) -> Answer:
        rows = self.indicators.get(request.path.removeprefix(f"{ROOT}/"))
        if rows is None:
            return Answer(404, {"Content-Type": "text/html"}, b"<html>Not Found</html>")
        given = request.query.get("$filter", [""])[0]
        kinds = re.findall(r"SpatialDimType eq '(\w+)'", given)
        sexes = re.findall(r"Dim1 eq '(\w+)'", given)
        kept = [r for r in rows if r["SpatialDimType"] in kinds and r["Dim1"] in sexes] if given else list(rows)
        first = int(request.query.get("$skip", ["0"])[0])
        body: dict[str, Any] = {"@odata.context": "...", "value": kept[first : first + self.page]}
        if first + self.page < len(kept):
            more = urlencode({"$filter": given, "$skip": first + self.page})
            body["@odata.nextLink"] = f"{self.host or request.base}{request.path}?{more}"
        return answer(body)


def row(
    country: str, year: int, value: float | None, sex: str = "SEX_BTSX", kind: str = "COUNTRY", age: str | None = None
) -> dict[str, Any]:
    """One row of an answer."""
    return {
        "Id": 1,
        "SpatialDim": country,
        "SpatialDimType": kind,
        "TimeDim": year,
        "TimeDimType": "YEAR",
        "Dim1": sex,
        "Dim1Type": "SEX",
        "Dim2": age,
        "Dim3": None,
        "DataSourceDim": None,
        "Value": None if value is None else f"{value:.1f} [1-2]",
        "NumericValue": value,
        "Low": None,
        "High": None,
    }
