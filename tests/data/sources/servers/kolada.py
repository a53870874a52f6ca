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
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urlencode

from tests.data.sources.loopback import Answer, Request, answer

from varddialog.model.live import KoladaQuery, Query

if TYPE_CHECKING:
    import pandas as pd

MOST = 25
PAGE = 5000
GROUP = "G2KPI138906"
REGIONS = [f"{code:02}" for code in range(26) if code not in (2, 11, 15, 16)]
JSON = {"Content-Type": "application/json; charset=utf-8"}
LOADED = dt.date(2026, 1, 1)


class Place(NamedTuple):
    """Where a figure belongs: a measure, a unit, a year or month as it is written ("2025", "202512")."""

    kpi: str
    unit: str
    period: str


Figures = dict[str, float | None]  # T, K, M → value, None where it is empty


class Rows(Protocol):
    """The rows that answer a question, of which only some are written."""

    def __len__(self) -> int: ...
    def written(self, start: int, stop: int) -> list[str]:
        """The rows from start to stop as JSON."""
        ...


@dataclass
class Stated:
    """Figures that have been stated one by one. changed: the day of a row's last change; withdrawn: rows that are gone.

    whole: whether withdrawn rows are told in whole answers too. texts: periods are written as text.
    """

    unit_name: str
    figures: dict[Place, Figures] = field(default_factory=dict)
    changed: dict[Place, dt.date] = field(default_factory=dict)
    withdrawn: set[Place] = field(default_factory=set)
    whole: bool = True
    texts: bool = False

    def select(
        self,
        kpis: Sequence[str],
        units: Sequence[str] | None,
        years: Sequence[str] | None,
        since: dt.date | None = None,
    ) -> Rows:
        return _Some(
            self,
            [
                place
                for place in self.figures
                if place.kpi in kpis
                and (units is None or place.unit in units)
                and (years is None or place.period[:4] in years)
                and (since is None or self.changed.get(place, LOADED) >= since)
                and (since is not None or self.whole or place not in self.withdrawn)
            ],
        )

    def write(self, place: Place) -> str:
        gone = place in self.withdrawn
        return json.dumps(
            {
                "kpi": place.kpi,
                "period": place.period if self.texts else int(place.period),
                self.unit_name: place.unit,
                "values": [
                    {"gender": sex, "count": 1, "status": "", "value": None if gone else value, "isdeleted": gone}
                    for sex, value in self.figures[place].items()
                ],
            }
        )


@dataclass
class _Some:
    source: Stated
    places: list[Place]

    def __len__(self) -> int:
        return len(self.places)

    def written(self, start: int, stop: int) -> list[str]:
        return [self.source.write(place) for place in self.places[start:stop]]


@dataclass(frozen=True)
class Made:
    """Figures that a formula gives: every measure for every unit, year and sex. changed: when all of them last did."""

    kpis: Sequence[str]
    units: Sequence[str]
    years: Sequence[int]
    changed: dt.date = LOADED

    def select(
        self,
        kpis: Sequence[str],
        units: Sequence[str] | None,
        years: Sequence[str] | None,
        since: dt.date | None = None,
    ) -> Rows:
        known, places, times = set(self.kpis), set(self.units), self.years
        return _Making(
            [kpi for kpi in kpis if kpi in known],
            [unit for unit in (self.units if units is None else units) if unit in places],
            times if years is None else [year for year in times if str(year) in years],
            since is None or self.changed >= since,
        )

    @staticmethod
    def value(kpi: str, unit: str, year: int) -> float:
        """Of both sexes; women have 0.5 more and men 0.5 less."""
        return (int(kpi[1:]) * 7 + int(unit) * 13 + year * 3) % 900 / 10 + 1


@dataclass(frozen=True)
class _Making:
    kpis: list[str]
    units: list[str]
    years: Sequence[int]
    any: bool

    def __len__(self) -> int:
        return len(self.kpis) * len(self.units) * len(self.years) if self.any else 0

    def written(self, start: int, stop: int) -> list[str]:
        rows = []
        for number in range(start, min(stop, len(self))):
            rest, y = divmod(number, len(self.years))
            k, u = divmod(rest, len(self.units))
            kpi, unit, year = self.kpis[k], self.units[u], self.years[y]
            value = Made.value(kpi, unit, year)
            rows.append(
                f'{{"kpi":"{kpi}","period":{year},"municipality":"{unit}","values":['
                f'{{"gender":"T","count":1,"status":"","value":{value:.1f},"isdeleted":false}},'
                f'{{"gender":"K","count":1,"status":"","value":{value + 0.5:.1f},"isdeleted":false}},'
                f'{{"gender":"M","count":1,"status":"","value":{value - 0.5:.1f},"isdeleted":false}}]}}'
            )
        return rows


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
        asked = [(series, q) for series, of_one in queries.items() for q in of_one if isinstance(q, KoladaQuery)]
        server = cls(
            {q.kpi: f"Mått {q.kpi}" for _, q in asked},
            {f"00{code}": _region(code) for code in REGIONS},
            Stated("municipality"),
        )
        by_series: dict[str, list[KoladaQuery]] = {}
        for series, query in asked:
            by_series.setdefault(series, []).append(query)
        named = ["indicator", "region", "year", "period", "sex", "value"]
        for series, region, year, month, sex, value in rows.loc[rows["indicator"].isin(by_series), named].itertuples(
            index=False
        ):
            for query in by_series[series]:
                if query.sex in (None, sex):
                    unit = f"00{region}" if len(region) == 2 else region
                    server.units.setdefault(unit, f"Kommun {unit}")
                    server.put(
                        query.kpi, unit, month.replace("-", "") or str(year), **{"T" if query.sex else sex: value}
                    )
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
