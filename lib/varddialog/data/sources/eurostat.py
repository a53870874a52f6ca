"""Eurostat's data sets: JSON-stat with only the cells that have something, and flags beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from varddialog.data.rows import ForeignValue
from varddialog.data.sources.answers import Untrusted, last_year, one_by_one, queries
from varddialog.data.sources.base import Abroad, Done, Event, Lacking, Unchanged, Wanted
from varddialog.data.sources.jsonstat import Cube, read_cube
from varddialog.model.live import EurostatQuery

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

PLACE, TIME = "geo", "time"
UNION = "EU27_2020"
# the members, which a comparison with the EU is made among; Greece is EL to Eurostat
MEMBERS = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip


class Eurostat:
    """The source. Countries are named by Eurostat's two letters."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """Every series whole; one whose data set has not been updated since last time is unchanged."""
        return one_by_one(wanted, lambda one: _series(one, client))


def _series(wanted: Wanted, client: Client) -> Iterator[Event]:
    rows: list[ForeignValue] = []
    editions: list[str] = []
    title = ""
    for query in queries(wanted, EurostatQuery):
        cube = _cube(query, client)
        title = title or cube.title
        editions.append(cube.updated)
        rows += _rows(wanted.series, query, cube)
    version = " ".join(editions) if all(editions) else ""
    if not rows:
        # a code that does not exist is no error to Eurostat: the answer is empty
        why = "Eurostat har inga värden för det som efterfrågas. En kod i frågan kan ha bytts ut."
        yield Lacking(wanted.series, why)
    elif wanted.since is not None and version and version == wanted.version:
        yield Unchanged(wanted.series, version)
    else:
        yield Abroad(wanted.series, rows)
        yield Done(wanted.series, title=title, version=version)


def _cube(query: EurostatQuery, client: Client) -> Cube:
    """The data set's answer. Raises SourceError when it is not given at once, being too large or put in a queue."""
    from varddialog.data.sources.transport import NotThere

    where = f"data/{query.dataset}"
    try:
        answer = client.json(where, {"format": "JSON", "lang": "EN", **query.select})
    except NotThere:
        raise Untrusted(f"Datamängden {query.dataset} finns inte hos Eurostat.", where) from None
    return read_cube(answer, where)


def _rows(series: str, query: EurostatQuery, cube: Cube) -> Iterator[ForeignValue]:
    """The values of the members and of the union. Raises SourceError when the cube is not the one asked for."""
    for name in (*query.select, PLACE, TIME):
        cube.demand(name)
    for name, codes in cube.codes.items():
        asked = query.select.get(name)
        if asked is not None and any(code != asked for code in codes):
            raise Untrusted(f"Svaret har {', '.join(codes)} i «{name}», men {asked} efterfrågades.", cube.where)
        if asked is None and name not in (PLACE, TIME) and len(codes) > 1:
            raise Untrusted(f"Svaret är uppdelat efter «{name}», som frågan inte väljer i.", cube.where)
    years = {code: last_year(text, cube.where) for code, text in cube.labels[TIME].items()}
    for where, value, mark in cube.cells():
        if value is not None and (where[PLACE] in MEMBERS or where[PLACE] == UNION):
            yield ForeignValue(series, where[PLACE], years[where[TIME]], value, mark.strip(": ").upper())
