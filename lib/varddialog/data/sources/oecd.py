"""The OECD's statistics: SDMX as CSV with labels, read line by line, values of whole countries."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from varddialog.data.rows import ForeignValue
from varddialog.data.sources.answers import Untrusted, differing, figure, last_year, one_by_one, queries
from varddialog.data.sources.base import Abroad, Done, Event, Lacking, Wanted
from varddialog.model.live import OecdQuery
from varddialog.swedish import listing

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

FORM = {"dimensionAtObservation": "AllDimensions", "format": "csvfilewithlabels"}
COUNTRY, YEAR, VALUE, STATUS = "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"
MORE_STATUS = ("OBS_STATUS2", "OBS_STATUS3")  # in some flows only

_MISSING = ("", "NaN")
_NORMAL = "A"
_WORLD = "WLD"  # as a country is written; OECD, EU27 and the like are not


class Oecd:
    """The source. Countries are named by three letters; averages of several countries are left out."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """Every series whole, each time; one download each, of the sixty an hour that are allowed."""
        return one_by_one(wanted, lambda one: _series(one, client))


def _series(wanted: Wanted, client: Client) -> Iterator[Event]:
    from varddialog.data.sources.transport import NotThere

    found: dict[tuple[str, int], ForeignValue] = {}
    for query in queries(wanted, OecdQuery):
        seen: dict[tuple[str, int], dict[str, str]] = {}
        try:
            for row in _rows(query, client):
                key = (row[COUNTRY], last_year(row[YEAR], query.flow))
                value = figure(row[VALUE], query.flow)
                if key in seen:
                    raise Untrusted(_twice(key, seen[key], row), query.flow, "Välj med «select» i params.")
                seen[key] = row
                if value is not None:
                    found[key] = ForeignValue(wanted.series, *key, value, _flag(row))
        except NotThere:
            continue  # also what is answered when no row has the key
    if not found:
        yield Lacking(wanted.series, "OECD har inga värden för dataflödet och nyckeln; de kan ha bytt namn.")
        return
    yield Abroad(wanted.series, list(found.values()))
    yield Done(wanted.series)


def _rows(query: OecdQuery, client: Client) -> Iterator[dict[str, str]]:
    """The rows of countries that are selected and have a value.

    Raises Untrusted when a column is missing, or the text is no table.
    """
    lines = csv.reader(client.stream_lines(f"data/{query.flow}/{query.key}", FORM))
    try:
        names = next(lines, [])
        needed = [COUNTRY, YEAR, VALUE, STATUS, *query.select]
        if missing := [name for name in needed if name not in names]:
            what = f"Kolumnerna {listing(missing)} saknas. Söktes: {', '.join(needed)}. Fanns: {', '.join(names)}."
            raise Untrusted(what, query.flow)
        for cells in lines:
            if len(cells) != len(names):
                raise Untrusted(f"Rad {lines.line_num} har {len(cells)} fält, inte {len(names)}.", query.flow)
            row = dict(zip(names, cells, strict=True))
            country = re.fullmatch("[A-Z]{3}", row[COUNTRY]) and row[COUNTRY] != _WORLD
            if country and row[VALUE] not in _MISSING and all(row[n] == code for n, code in query.select.items()):
                yield row
    except csv.Error as error:
        raise Untrusted(f"Rad {lines.line_num} går inte att läsa som CSV: {error}.", query.flow) from None


def _flag(row: dict[str, str]) -> str:
    """The status of the value as the OECD letters it (B break, D another definition, E estimate, P preliminary)."""
    given = [row.get(name, "") for name in (STATUS, *MORE_STATUS)]
    return "".join(letter for letter in given if letter != _NORMAL)


def _twice(key: tuple[str, int], one: dict[str, str], other: dict[str, str]) -> str:
    """Which columns of codes tell two rows of one country and year apart."""
    names = [n for n in differing(one, other, ()) if re.fullmatch("[A-Z0-9_]+", n) and not n.startswith("OBS_")]
    apart = f"de skiljer sig i {listing(names)}" if names else "inget skiljer dem åt"
    return f"Flera rader gäller {key[0]} {key[1]}; {apart}."
