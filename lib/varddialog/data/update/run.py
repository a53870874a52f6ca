"""One update, from question to snapshot: ask, put together, check, write, let it count."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from varddialog.config import Project, current
from varddialog.data import snapshots
from varddialog.data.changes import Change, changes
from varddialog.data.manifest import Manifest
from varddialog.data.rows import RemarkRow
from varddialog.data.schema import COLUMNS, RETRIEVAL
from varddialog.data.sources.base import Wanted
from varddialog.data.store import Store
from varddialog.data.update.asked import SeriesAsked, read_asked, write_asked
from varddialog.data.update.crosscheck import Agreement, crosscheck
from varddialog.data.update.gather import Answer, Told, Where, gather
from varddialog.data.update.inside import inside
from varddialog.data.update.lacking import lacking
from varddialog.data.update.merge import (
    Merged,
    empty_international,
    empty_observations,
    empty_population,
    merge,
)
from varddialog.data.update.plan import chosen_queries, known_until, plan
from varddialog.data.update.weighted import weighted_means
from varddialog.data.verify import region_faults
from varddialog.data.within.build import Built
from varddialog.data.within.changes import Changes as WithinChanges
from varddialog.data.within.changes import changes as within_changes
from varddialog.data.write import Content, write_content
from varddialog.errors import DataError, Fault
from varddialog.model.catalogue import Catalogue


@dataclass(frozen=True)
class Ask:
    """What is asked of an update: sources and series (none: all), since when, and whether the store may change."""

    sources: Collection[str] = ()
    indicators: Collection[str] = ()
    since: dt.date | None = None
    dry_run: bool = False
    where: Where = field(default_factory=Where)


@dataclass(frozen=True)
class Outcome:
    """What an update came to.

    answers: API → what it gave. snapshot: the new one's name, None when nothing changed or nothing was to be written.
    changes, within: what differs now, in the country's figures and within regions.
    questioned: remarks (fel, osannolikt) that the quality checks make now and did not make before. faults: rows that do
    not fit, whose series are as before. told: series → what ought to be known. agreements: checks between sources.
    """

    answers: dict[str, Answer]
    snapshot: str | None
    changes: list[Change] = field(default_factory=list)
    within: WithinChanges = field(default_factory=WithinChanges)
    questioned: list[RemarkRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)


def update(here: Project, catalogue: Catalogue, ask: Ask, day: dt.date, tell: Callable[[Told], None]) -> Outcome:
    """Bring the store up to date.

    The store changes in one step, when everything that is to go into it has been checked, or not at all.
    Raises UsageError for a source or series that does not exist; DataError when the store is damaged, another process
    changes it, or it would be left without figures for a unit.
    """
    queries = chosen_queries(catalogue, ask.sources, ask.indicators)
    regions = [unit.code for unit in catalogue.units.all if len(unit.code) == 2]
    with snapshots.writing(here.stores) as fresh:
        name = current(here.stores)
        before = _store(here)
        asked = read_asked(here.stores, name)
        wanted = plan(queries, asked, ask.since, _held(before), day)
        answers = gather(wanted, regions, fresh / "väntar", ask.where, tell)
        good = [a for a in answers.values() if a.error is None]
        merged = merge(
            before.manifest if before else None,
            before.observations(columns=[*COLUMNS, RETRIEVAL]) if before else empty_observations(),
            before.table_of_countries() if before else empty_international(),
            good,
            catalogue,
            day.isoformat(),
        )
        built = inside(before, good, merged, catalogue, day.isoformat(), fresh / "inom")
        snapshot, found, within, questioned = None, [], WithinChanges(), []
        is_new = bool(merged.changed or built.changed)
        if is_new:
            folder = fresh / "lager"
            missing = lacking(catalogue, merged, answers, queries, before.manifest.lacking if before else {})
            made = _written(folder, merged, built, missing, before, name, catalogue)
            found, within = changes(before, made), within_changes(before, made)
            questioned = _new_remarks(before, made)
        agreements = crosscheck(catalogue, merged, good, regions, fresh / "jämförs", ask.where)
        agreements += weighted_means(catalogue, merged)
        if not ask.dry_run:
            if is_new:
                snapshot = snapshots.commit(here.stores, folder, day.isoformat())
            known = _asked(good, wanted, asked, merged, day)
            with contextlib.suppress(OSError):  # then all of it is asked for next time
                write_asked(here.stores, snapshot or name, known)
    return Outcome(answers, snapshot, found, within, questioned, merged.faults, merged.told, agreements)


def _store(here: Project) -> Store | None:
    """The store, when there is one; it must be whole, since its figures are carried over."""
    if here.store == here.stores and not any(here.stores.glob("*.parquet")):
        return None
    store = Store.of(here)
    store.verify_files()
    return store


def _held(before: Store | None) -> set[str]:
    """The series that the store has figures of."""
    return {*before.manifest.series, *before.manifest.international, *before.manifest.within} if before else set()


def _written(
    folder: Path,
    merged: Merged,
    built: Built,
    missing: Mapping[str, str],
    before: Store | None,
    name: str,
    catalogue: Catalogue,
) -> Store:
    if faults := region_faults(merged.observations, catalogue, "data/store"):
        raise DataError(*faults)
    folder.mkdir()
    content = Content(
        merged.observations,
        merged.origins,
        merged.international,
        merged.abroad,
        before.deaths_population() if before else empty_population(),
        merged.retrievals,
        missing,
        name if before else None,
        built.files,
    )
    write_content(content, folder, catalogue)
    return Store(folder, "data/store")


def _new_remarks(before: Store | None, after: Store) -> list[RemarkRow]:
    """What the quality checks call wrong or unlikely now, and did not before."""

    def grave(store: Store | None) -> set[RemarkRow]:
        rows = store.remarks().itertuples(index=False, name=None) if store else ()
        return {r for row in rows if (r := RemarkRow(*row)).level != "upplysning"}

    return sorted(grave(after) - grave(before))


def _asked(
    answers: Iterable[Answer],
    wanted: Mapping[str, Iterable[Wanted]],
    before: Mapping[str, SeriesAsked],
    merged: Merged,
    day: dt.date,
) -> dict[str, SeriesAsked]:
    """What may be taken as known from now on: series that were given whole, and fitted."""
    made = dict(before)
    for answer in answers:
        ends = answer.stage.done | answer.stage.unchanged
        for one in wanted[answer.api]:
            if one.series in ends and one.series not in merged.faulty | merged.kept:
                known = known_until(one, ends[one.series], before.get(one.series), day)
                made |= {one.series: known} if known else {}
    return made


def go_back(here: Project) -> tuple[str, Manifest]:
    """Let the snapshot before the present one count again; its name and its manifest.

    When the present one cannot be read, the newest of the others, the embedded one in the last resort.
    Raises DataError when there is none.
    """
    with snapshots.writing(here.stores):
        try:
            previous = Store.of(here).manifest.previous
        except DataError:
            previous = snapshots.newest(here.stores)
        if previous is None:
            raise DataError(
                Fault(
                    "Det finns ingen tidigare ögonblicksbild att gå tillbaka till.",
                    "data/store",
                    todo="De uppgifter som gäller är de första.",
                )
            )
        snapshots.rollback(here.stores, previous)
    return previous, Store.of(here).manifest
