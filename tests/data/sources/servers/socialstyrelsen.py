"""Socialstyrelsen's statistical database on loopback, with its habits.

Numbers are Swedish texts, links are absolute and http, a segment that filters nothing is ignored with 200, `matt` takes
one code, a combination without figures is 404 in JSON and an unknown subject 404 in HTML.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from tests.data.sources.loopback import Answer, Request, answer

from varddialog.model.live import Query, SocialstyrelsenQuery

ROOT = "/api/v1/sv"
SEXES = {"M": 1, "K": 2, "T": 3}


@dataclass
class Subject:
    """A subject. regions: its codes; text: whether regions and years are texts; filters: segments that do filter."""

    rows: list[dict[str, Any]]
    regions: Sequence[str]
    filters: frozenset[str]
    text: bool = False
    years: list[Any] = field(default_factory=list)


class SocialstyrelsenServer:
    """subjects: name → subject. page: the most rows on a page; pages: the number of them that it claims, if it lies."""

    def __init__(self, subjects: Mapping[str, Subject], page: int = 5000, pages: int | None = None) -> None:
        self.subjects = subjects
        self.page = page
        self.pages = pages

    @classmethod
    def of(
        cls, rows: pd.DataFrame, queries: Mapping[str, Sequence[Query]], page: int = 5000, text: bool = False
    ) -> SocialstyrelsenServer:
        """Serve the figures (columns of the store) of each series as its query finds them."""
        subjects: dict[str, Subject] = {}
        for series, asked in queries.items():
            for query in asked:
                assert isinstance(query, SocialstyrelsenQuery)
                own = rows[rows["indicator"] == series]
                subject = subjects.setdefault(query.subject, Subject([], [], frozenset({"region", "ar", "kon"}), text))
                subject.filters |= set(query.select)
                subject.regions = sorted({*subject.regions, *own["region"]})
                for row in own.itertuples():
                    year = str(row.year) if text else int(row.year)
                    if year not in subject.years:
                        subject.years.append(year)
                    codes = {f"{name}Id": code for name, code in query.select.items()}
                    subject.rows.append(
                        codes | _where(str(row.region), text) | {"konId": SEXES[str(row.sex)]}
                        | {"ar": year, "varde": _swedish(float(row.value))}
                    )  # fmt: skip
        return cls(subjects, page)

    def __call__(self, request: Request) -> Answer:
        name, *rest = request.path.removeprefix(f"{ROOT}/").split("/")
        subject = self.subjects.get(name)
        if subject is None:
            return Answer(404, {"Content-Type": "text/html; charset=utf-8"}, b"<html>404</html>")
        if rest == ["region"]:
            ids = [_where(code, subject.text)["regionId"] for code in subject.regions]
            return answer([{"id": i, "text": f"Region {i}"} for i in ids])
        if rest == ["ar"]:
            return answer([{"id": year, "text": str(year)} for year in subject.years])
        if rest[:1] != ["resultat"] or len(rest) % 2 == 0:
            return answer({"message": "Not found"}, 404)
        asked = dict(zip(rest[1::2], rest[2::2], strict=True))
        if "," in asked.get("matt", ""):
            return answer({"message": "Not found"}, 404)
        kept = [
            row
            for row in subject.rows
            if all(_code(row, n) in codes.split(",") for n, codes in asked.items() if n in subject.filters)
        ]
        return self._paged(request, name, kept) if kept else answer({"message": "Not found"}, 404)

    def _paged(self, request: Request, name: str, rows: Sequence[dict[str, Any]]) -> Answer:
        size = min(int(request.query.get("per_sida", ["5000"])[0]), self.page)
        page = int(request.query.get("sida", ["1"])[0])
        pages = self.pages or -(-len(rows) // size)
        path = request.target.partition("?")[0]
        links = {side: f"{request.base}{path}?per_sida={size}&sida={page + step}" for side, step in _SIDES.items()}
        body = {
            "data": rows[(page - 1) * size : page * size],
            "amne": name,
            "sida": page,
            "per_sida": size,
            "sidor": pages,
            "nasta_sida": links["nasta"] if page * size < len(rows) else None,
            "foregaende_sida": links["foregaende"] if page > 1 else None,
        }
        return Answer(200, {"Content-Type": "application/json"}, json.dumps(body, ensure_ascii=False).encode())


_SIDES = {"nasta": 1, "foregaende": -1}


def _swedish(value: float) -> str:
    """`42 219,6`, with every decimal there is."""
    whole, _, rest = repr(value).partition(".")
    return f"{int(whole):,}".replace(",", "\u00a0") + f",{rest}"


def _where(county: str, text: bool) -> dict[str, Any]:
    return {"regionId": county if text else int(county)}


def _code(row: dict[str, Any], name: str) -> str:
    return str(row.get("ar" if name == "ar" else f"{name}Id"))
