"""Series from tables of PxWeb, whichever version the source speaks: one series after the other, a table once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from varddialog.data.sources.answers import one_by_one, queries
from varddialog.data.sources.base import Batch, Done, Event, Heeded, Lacking, Unchanged, Wanted
from varddialog.data.sources.jsonstat import Cube
from varddialog.data.sources.tablerows import Key, rows
from varddialog.data.sources.tables import Asked, Misfit, Table, asked
from varddialog.errors import Fault
from varddialog.model.live import TableQuery
from varddialog.swedish import listing, plural, span

ABSENT = "-"  # the edition of a table that is not there


class Api(Protocol):
    """One version of PxWeb. What it has told of a table, a folder or its limits is not asked for again."""

    def limit(self) -> int:
        """The most cells that one answer may have."""
        ...

    def edition(self, table: str) -> str:
        """When the table was last updated, as the source writes it; empty when not told, ABSENT when not there."""
        ...

    def table(self, name: str) -> Table:
        """What the table has. Raises NotThere when it does not exist."""
        ...

    def cube(self, name: str, codes: dict[str, Sequence[str]]) -> Cube:
        """The cells of those codes."""
        ...


def fetch(api: Api, wanted: Sequence[Wanted], regions: Sequence[str]) -> Iterator[Event]:
    """Every series that is wanted (base.Source)."""
    return one_by_one(wanted, lambda one: _series(one, api, regions))


def _series(wanted: Wanted, api: Api, regions: Sequence[str]) -> Iterator[Event]:
    own = queries(wanted, TableQuery)
    editions = {query.table: api.edition(query.table) for query in own}
    version = " ".join(editions.values()) if all(editions.values()) else ""
    if wanted.since is not None and version and version == wanted.version:
        yield Unchanged(wanted.series, version)
        return
    fitting: list[Asked] = []
    faults: list[Fault] = []
    known = True  # whether the editions tell all that is known of the tables
    for query in own:
        try:
            fitting.append(_fit(query, api, regions))
            _check_apart(fitting)
            known &= editions[query.table] != ABSENT
        except Misfit as error:
            faults += error.faults
            known &= editions[query.table] == ABSENT
            fitting = [one for one in fitting if one.query is not query]
    if not fitting:
        yield Lacking(wanted.series, " ".join(map(str, faults)))
        return
    yield from (Heeded(wanted.series, str(fault)) for fault in faults)
    given, broken = 0, list[Key]()
    for one in fitting:
        if one.absent:
            yield Heeded(wanted.series, f"{one.table.name}: Tabellen har inte {_regions(one.absent)}.")
        for block in one.blocks(api.limit()):
            made = rows(wanted.series, one, block, api.cube(one.table.name, block))
            given += len(made.rows)
            broken += made.broken
            if made.rows:
                yield Batch(wanted.series, made.rows)
    if broken:
        yield Heeded(wanted.series, _unsummed(broken))
    if given:
        # what a table that could not be asked has given before is not withdrawn
        yield Done(wanted.series, bool(faults), title=fitting[0].table.title, version=version if known else "")
    else:
        names = listing(dict.fromkeys(one.table.name for one in fitting))
        yield Lacking(wanted.series, f"Inga värden finns för det som efterfrågas av {names}.")


def _fit(query: TableQuery, api: Api, regions: Sequence[str]) -> Asked:
    """What the query asks of its table. Raises Misfit also when the table does not exist."""
    from varddialog.data.sources.transport import NotThere

    try:
        found = asked(query, api.table(query.table), regions)
    except NotThere:
        todo = "Är den ny finns den kanske inte än; är den borttagen behöver frågan i params ändras."
        raise Misfit(Fault("Tabellen finns inte hos källan.", query.table, todo=todo)) from None
    next(found.blocks(api.limit()))  # it must be possible to split
    return found


def _check_apart(fitting: Sequence[Asked]) -> None:
    """Raises Misfit when two periods, or two queries, would give the same row twice."""
    seen: dict[tuple[int, str, str], str] = {}
    for one in fitting:
        for year in one.years.values():
            for sex in one.sexes.values() or [one.only_sex]:
                for group in one.groups.values() or [""]:
                    key = (year, sex, group)
                    if key in seen:
                        what = f"Året {year} ges två gånger, också av {seen[key]}."
                        todo = "Sätt «first» och «last» i frågorna så att varje år ges en gång."
                        raise Misfit(Fault(what, one.table.name, todo=todo))
                    seen[key] = one.table.name


def _unsummed(broken: Sequence[Key]) -> str:
    years = [key.year for key in broken]
    where = f"{span(min(years), max(years))}, {_regions(sorted({key.region for key in broken}))}"
    count = plural(len(broken), "värde", "värden")
    return f"{count} kan inte räknas ut, för att en del av det som summeras saknas: {where}."


def _regions(codes: Sequence[str]) -> str:
    return f"{'region' if len(codes) == 1 else 'regionerna'} {listing(codes)}"
