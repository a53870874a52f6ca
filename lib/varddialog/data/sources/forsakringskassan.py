"""Försäkringskassan's open data: twelve months until December, counties and Riket, one download for each table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from varddialog.data.rows import Observation
from varddialog.data.sources.answers import (
    Untrusted,
    differing,
    ending,
    field,
    figure,
    last_year,
    listed,
    one_by_one,
    queries,
)
from varddialog.data.sources.base import Event, Wanted
from varddialog.model.live import ForsakringskassanQuery
from varddialog.swedish import listing

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

WHOLE = "ALL"
_EVERYBODY = {"kon_kod": WHOLE, "aldersklass_kod": WHOLE}
_MONTH = ("manad", "man")  # the data sets differ


class Forsakringskassan:
    """The source."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """Every series whole, each time: the source does not say what has changed."""
        return one_by_one(wanted, lambda one: _series(one, client, regions))


def _series(wanted: Wanted, client: Client, regions: Sequence[str]) -> Iterator[Event]:
    found: dict[tuple[str, int], Observation] = {}
    hidden = 0
    for query in queries(wanted, ForsakringskassanQuery):
        path = f"{query.dataset}/{query.table}.json"
        seen: dict[tuple[str, int], dict[str, Any]] = {}
        for row in listed(client.json(path, _EVERYBODY), path):
            dimensions = field(row, "dimensions", path)
            region = _county(dimensions, path)
            if region not in regions or _month(dimensions, path) != 12:
                continue
            key = (region, last_year(field(dimensions, "ar", path), path))
            if key in seen:
                names = listing(differing(seen[key], dimensions, ()))
                raise Untrusted(f"Flera rader gäller region {key[0]}, december {key[1]}: {names} skiljer.", path)
            seen[key] = dimensions
            given = field(field(row, "observations", path), query.observation, path)
            if isinstance(given, dict) and given.get("rojd"):  # could give a person away
                hidden += 1
            elif (value := figure(field(given, "value", path), path)) is not None:
                found[key] = Observation(wanted.series, *key, "", "T", "", "", value, None, None, None, None)
    nothing = "Försäkringskassans tabell har inga decembervärden för länen eller riket."
    yield from ending(wanted.series, list(found.values()), hidden, "Försäkringskassan", nothing)


def _county(dimensions: dict[str, Any], path: str) -> str:
    """The county code of a row that is a total of its county, of everybody; of other rows an empty text."""
    county, town = str(field(dimensions, "lan_kod", path)), str(field(dimensions, "kommun_kod", path))
    everybody = all(str(field(dimensions, name, path)) == code for name, code in _EVERYBODY.items())
    if not everybody or town != f"{WHOLE}_{county}":
        return ""
    return "00" if county == WHOLE else county.zfill(2)


def _month(dimensions: dict[str, Any], path: str) -> int:
    name = next((name for name in _MONTH if name in dimensions), _MONTH[0])
    month = str(field(dimensions, name, path))
    if not month.isdecimal():
        raise Untrusted(f"{name}: {month!r} är ingen månad.", path)
    return int(month)
