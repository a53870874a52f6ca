"""Kolada (RKA), version 3: measures of health care for regions, municipalities and organisational units.

A path names at most 25 codes in each of its parts, unknown codes are left out of the answer without a word, and a unit
without a value is either absent or null. Version 2 is closed and never used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from varddialog.data.sources.base import Done, Doubted, Event, Heeded, Lacking, Listed, Places, Unchanged, Wanted
from varddialog.data.sources.kolada_pages import Ask, has_rows, parts, read, segment
from varddialog.data.sources.kolada_rows import Reading, Use, batches
from varddialog.data.sources.kolada_units import Units, units
from varddialog.errors import Fault, SourceError
from varddialog.model.live import KoladaQuery
from varddialog.swedish import listing, plural

if TYPE_CHECKING:
    from varddialog.data.sources.transport import Client

# "Hälso- och sjukvårdsrapporten": the measures that the regions themselves compare
HEALTH_CARE = "G2KPI138906"

# changes are asked for from somewhat earlier: clocks differ, and a day is many hours
EARLIER = dt.timedelta(days=2)
# a question about every unit must name the years: this many, longer than any of Kolada's series
YEARS = 50

# what tells one row of figures from another
_KEY = ("kpi", "municipality", "period")
_KEY_OF_OU = ("kpi", "ou", "period")

Within = Literal["kommuner", "enheter"]


class Kolada:
    """The source."""

    def fetch(self, wanted: Sequence[Wanted], client: Client, regions: Sequence[str]) -> Iterator[Event]:
        """The series, 25 measures at a time.

        Raises SourceError when Kolada cannot be used, and Doubted, when all have been read, with each series that
        cannot be trusted; such a series is left without an end.
        """
        known = units(client, regions)
        yield from known.told
        faults: list[Fault] = []
        for since in sorted({one.since for one in wanted}, key=lambda day: day or dt.date.min):
            readings = [Reading(one, _queries(one)) for one in wanted if one.since == since]
            yield from _read(readings, since, client, known)
            faults += [reading.fault for reading in readings if reading.fault]
        if all(one.since is None for one in wanted):
            yield _listed(client)
        if faults:
            raise Doubted(*faults)


def _listed(client: Client) -> Event:
    """The group of measures, which is good to know of and stops nothing."""
    try:
        return Listed("Hälso- och sjukvårdsrapporten", members(client))
    except SourceError as error:
        return Heeded("", str(error))


def members(client: Client, group: str = HEALTH_CARE) -> dict[str, str]:
    """The measures of a group, code → title. Raises SourceError when Kolada has no such group."""
    for page in read(client, [Ask(f"kpi_groups/{group}", ("id",))]):
        for row in page.rows:
            if row["id"] == group:
                return {str(one["member_id"]): str(one["member_title"]).strip() for one in row["members"]}
    raise SourceError(Fault(f"Kolada har ingen grupp {group}.", "Kolada, kpi_groups"))


def _queries(wanted: Wanted) -> tuple[KoladaQuery, ...]:
    return tuple(query for query in wanted.queries if isinstance(query, KoladaQuery))


def _read(readings: Sequence[Reading], since: dt.date | None, client: Client, known: Units) -> Iterator[Event]:
    """What Kolada has of the series, or what has changed in them since a day."""
    yield from _titles(readings, client)
    uses: dict[str, list[Use]] = {}
    for reading in readings:
        for query in reading.queries if reading.titles else ():
            uses.setdefault(query.kpi, []).append(Use(reading, query))
    if _those(uses, "kommuner"):
        yield Places(known.municipalities)
    for page in read(client, _questions(uses, since, client, known)):
        about: _About = page.ask.about
        places = about.places
        if places is None:
            yield from known.meet(page.rows, client)
            places = {code: code for code, place in known.organisations.items() if place}
        yield from batches(page.rows, about.uses, page.ask.key[1], places, about.within)
        for kpi in about.closes if page.last else ():
            for use in uses[kpi]:
                yield from _end(use.reading)


def _titles(readings: Sequence[Reading], client: Client) -> Iterator[Event]:
    """Give the series the titles of their measures. A series whose measure Kolada does not have ends here, without."""
    codes = sorted({query.kpi for reading in readings for query in reading.queries})
    asks = [Ask(f"kpi/{segment(part)}", ("id",)) for part in parts(codes)]
    titles = {row["id"]: str(row.get("title") or "").strip() for page in read(client, asks) for row in page.rows}
    for reading in readings:
        if missing := [query.kpi for query in reading.queries if query.kpi not in titles]:
            yield Lacking(reading.wanted.series, f"Kolada har inget mått med koden {listing(missing)}.")
        else:
            reading.titles = [titles[query.kpi] for query in reading.queries]


@dataclass(frozen=True)
class _About:
    """What a question is about. places: Kolada's code → the store's, None for organisational units not yet met.

    closes: the measures that have been read to their end when it is answered.
    """

    uses: Mapping[str, Sequence[Use]]
    places: Mapping[str, str] | None
    within: bool
    closes: Sequence[str] = ()


def _those(uses: Mapping[str, Sequence[Use]], within: Within) -> dict[str, Sequence[Use]]:
    """The measures that are wanted for municipalities or organisational units too."""
    inside = {kpi: [use for use in of_one if within in use.query.within] for kpi, of_one in uses.items()}
    return {kpi: of_one for kpi, of_one in inside.items() if of_one}


def _questions(uses: Mapping[str, Sequence[Use]], since: dt.date | None, client: Client, known: Units) -> Iterator[Ask]:
    """The questions about figures, 25 measures at a time; those wanted for municipalities stand together."""
    from_date = (since - EARLIER).isoformat() if since else ""
    wide = _those(uses, "kommuner")
    for part in parts(sorted(uses, key=lambda kpi: (kpi not in wide, kpi))):
        *asks, last = _of_part({kpi: uses[kpi] for kpi in part}, from_date, client, known)
        yield from asks
        yield replace(last, about=replace(last.about, closes=part))


def _of_part(uses: Mapping[str, Sequence[Use]], from_date: str, client: Client, known: Units) -> list[Ask]:
    asks = [_of_units(uses, codes, from_date, False) for codes in _pieces(known.regions)]
    inside = _those(uses, "kommuner")
    if inside and (not from_date or _changed(inside, from_date, client)):
        places = {place.code: place.code for place in known.municipalities}
        asks += [_of_units(inside, codes, from_date, True) for codes in _pieces(places)]
    for kpi, of_one in _those(uses, "enheter").items():
        about = _About({kpi: of_one}, None, True)
        asks += [Ask(f"oudata/kpi/{kpi}/year/{segment(years)}", _KEY_OF_OU, from_date, about) for years in _years()]
    return asks


def _of_units(uses: Mapping[str, Sequence[Use]], codes: dict[str, str], from_date: str, within: bool) -> Ask:
    path = f"data/kpi/{segment(uses)}/municipality/{segment(codes)}"
    return Ask(path, _KEY, from_date, _About(uses, codes, within))


def _pieces(codes: Mapping[str, str]) -> list[dict[str, str]]:
    return [dict(part) for part in parts(list(codes.items()))]


def _changed(kpis: Mapping[str, object], from_date: str, client: Client) -> bool:
    """Whether anything has changed in the measures, in any unit: saves a question for every 25 municipalities."""
    paths = [f"data/kpi/{segment(kpis)}/year/{segment(years)}" for years in _years()]
    return any(has_rows(client, Ask(path, _KEY, from_date)) for path in paths)


def _years() -> list[Sequence[int]]:
    this = dt.date.today().year
    return parts(range(this, this - YEARS, -1))


def _end(reading: Reading) -> Iterator[Event]:
    """One measure of the series has been read; when it was the last one, the series ends, if it can be trusted."""
    reading.left -= 1
    if reading.left or reading.fault:
        return
    series, title = reading.wanted.series, "; ".join(reading.titles)
    if reading.partial and not (reading.values or reading.deleted):
        yield Unchanged(series, title=title)
    elif reading.partial or reading.values:
        yield Done(series, reading.partial, tuple(reading.deleted), title)
    elif reading.empty:
        empty = plural(reading.empty, "uppgift, som är tom", "uppgifter, som alla är tomma")
        yield Lacking(series, f"Kolada har {empty}.")
    else:
        yield Lacking(series, "Kolada har måttet, men inga uppgifter för regionerna.")
