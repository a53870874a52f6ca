"""Kolada version 3 as it behaves.

At most 25 codes in a part of a path, pages with absolute links, unknown codes left out of the answer, absent rows and
empty values, changes since a day with what has been withdrawn.

    with Loopback(KoladaServer.of(rows, queries)) as server:
        monkeypatch.setenv("VARDDIALOG_KOLADA_URL", f"{server.url}/v3")
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tests.data.sources.loopback import Answer, Request, answer
from tests.data.sources.servers.kolada_figures import LOADED, Made, Place, Stated

from varddialog.model.live import KoladaQuery, Query

if TYPE_CHECKING:
    import pandas as pd

MOST = 25
PAGE = 5000
GROUP = "G2KPI138906"
REGIONS = [f"{code:02}" for code in range(26) if code not in (2, 11, 15, 16)]
JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass
class KoladaServer:
    """The app. titles: measure → title. units: code → name. ous: code → name and municipality. most: rows in a page."""

    titles: dict[str, str]
    units: dict[str, str]
    data: Stated | Made
    ous: dict[str, tuple[str, str]] = field(default_factory=dict)
    oudata: Stated = field(default_factory=lambda: Stated("ou"))
    members: Sequence[str] = ()
    most: int = PAGE

    @classmethod
    def of(cls, rows: pd.DataFrame, queries: Mapping[str, Iterable[Query]], **knobs: Any) -> KoladaServer:
        """The figures of a frame in the store's columns, for the series whose queries go to Kolada."""
        asked = {series: [q for q in own if isinstance(q, KoladaQuery)] for series, own in queries.items()}
        titles = {query.kpi: f"Mått {query.kpi}" for own in asked.values() for query in own}
        server = cls(titles, {f"00{code}": _region(code) for code in REGIONS}, Stated("municipality"))
        named = rows[["indicator", "region", "year", "period", "sex", "value"]]
        for series, region, year, month, sex, value in named.itertuples(index=False, name=None):
            unit = f"00{region}" if len(region) == 2 else region
            for query in asked.get(series, ()):
                if query.sex in (None, sex):
                    letter = "T" if query.sex else sex
                    server.units.setdefault(unit, f"Kommun {unit}")
                    server.put(query.kpi, unit, month.replace("-", "") or str(year), **{letter: value})
        for name, value in knobs.items():
            setattr(server, name, value)
        return server

    @classmethod
    def made(cls, kpis: int, years: Sequence[int], municipalities: int = 290) -> KoladaServer:
        """Made figures of `kpis` measures (N10000, N10001, …) for 22 regions and the municipalities, by sex."""
        codes = [f"N{10000 + number}" for number in range(kpis)]
        units = {f"00{code}": _region(code) for code in REGIONS}
        counties = REGIONS[1:]
        for number in range(municipalities):
            within, county = divmod(number, len(counties))
            code = f"{counties[county]}{80 - within:02}"
            units[code] = f"Kommun {code}"
        return cls({code: f"Mått {code}" for code in codes}, units, Made(codes, list(units), list(years)))

    def put(self, kpi: str, unit: str, period: str, on: dt.date = LOADED, **values: float | None) -> None:
        """State a figure, or another figure in its place, as of a day."""
        place = Place(kpi, unit, period)
        stated = self._stated(unit)
        stated.figures.setdefault(place, {}).update(values)
        stated.changed[place] = on
        stated.withdrawn.discard(place)

    def withdraw(self, kpi: str, unit: str, period: str, on: dt.date) -> None:
        """Take a figure away, as of a day."""
        place = Place(kpi, unit, period)
        stated = self._stated(unit)
        stated.withdrawn.add(place)
        stated.changed[place] = on

    def _stated(self, unit: str) -> Stated:
        data = self.oudata if unit in self.ous else self.data
        assert isinstance(data, Stated)
        return data

    def __call__(self, request: Request) -> Answer:
        version, *path = request.path.strip("/").split("/")
        if version != "v3":
            return answer({"detail": "Gone"}, 410)
        if any(len(part.split(",")) > MOST for part in path):
            return answer({"detail": f"at most {MOST} values"}, 400)
        match path:
            case ["kpi", *rest]:
                return self._listed(request, {code: self._measure(code) for code in self.titles}, rest)
            case ["kpi_groups", *rest]:
                return self._listed(request, {GROUP: self._group()}, rest)
            case ["municipality", *rest]:
                return self._listed(request, {code: self._unit(code) for code in self.units}, rest)
            case ["ou", *rest]:
                return self._listed(request, self._organisations(request), rest)
            case ["data", *rest]:
                return self._figures(request, self.data, rest, "municipality")
            case ["oudata", *rest]:
                return self._figures(request, self.oudata, rest, "ou")
        return answer({"detail": "Not Found"}, 404)

    def _measure(self, code: str) -> dict[str, Any]:
        return {
            "id": code,
            "title": self.titles[code],
            "description": "Källa: prov",
            "is_divided_by_gender": True,
            "municipality_type": "L",
            "auspice": "X",
            "operating_area": "Hälso- och sjukvård",
            "perspective": "Kvalitet och resultat",
            "prel_publication_date": None,
            "publication_date": "2026-03-21",
            "publ_period": "2025",
            "has_ou_data": False,
        }

    def _group(self) -> dict[str, Any]:
        members = [{"member_id": code, "member_title": self.titles.get(code, code)} for code in self.members]
        return {"id": GROUP, "title": "Hälso- och sjukvårdsrapporten", "members": members}

    def _unit(self, code: str) -> dict[str, str]:
        return {"id": code, "title": self.units[code], "type": "L" if code.startswith("00") else "K"}

    def _organisations(self, request: Request) -> dict[str, dict[str, str]]:
        of = request.query.get("municipality")
        return {
            code: {"id": code, "title": name, "municipality": unit}
            for code, (name, unit) in self.ous.items()
            if of is None or unit in of
        }

    def _listed(self, request: Request, known: Mapping[str, dict[str, Any]], path: list[str]) -> Answer:
        codes = path[0].split(",") if path else list(known)
        rows = [json.dumps(known[code]) for code in codes if code in known]  # the unknown are left out without a word
        return self._page(request, len(rows), lambda start, stop: rows[start:stop])

    def _figures(self, request: Request, source: Stated | Made, path: list[str], unit_name: str) -> Answer:
        given = dict(zip(path[::2], path[1::2], strict=False))
        if len(given) < 2 or not given.keys() <= {"kpi", unit_name, "year"} or "kpi" not in given:
            return answer({"detail": "Not Found"}, 404)
        chosen = {name: codes.split(",") for name, codes in given.items()}
        since = request.query.get("from_date")
        rows = source.select(
            chosen["kpi"], chosen.get(unit_name), chosen.get("year"), dt.date.fromisoformat(since[0]) if since else None
        )
        return self._page(request, len(rows), rows.written)

    def _page(self, request: Request, count: int, written: Any) -> Answer:
        per_page = min(int(request.query.get("per_page", [str(PAGE)])[0]), self.most)
        page = int(request.query.get("page", ["1"])[0])
        rows = written((page - 1) * per_page, page * per_page)

        def link(to: int) -> str:
            query = {name: values[0] for name, values in request.query.items()} | {"page": str(to)}
            return json.dumps(f"{request.base}{request.path}?{urlencode(query)}")

        following = link(page + 1) if page * per_page < count else "null"
        before = link(page - 1) if page > 1 else "null"
        body = f'{{"values":[{",".join(rows)}],"next_url":{following},"previous_url":{before},"count":{len(rows)}}}'
        return Answer(200, JSON, body.encode())


def _region(code: str) -> str:
    return "Riket" if code == "00" else f"Region {code}"
