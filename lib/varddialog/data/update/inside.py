"""The values within regions that the sources gave, put together with those of the store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from varddialog.data.manifest import Retrieval
from varddialog.data.rows import Place
from varddialog.data.sources.base import Done
from varddialog.data.update.gather import Answer
from varddialog.data.update.merge import Merged, origin_of
from varddialog.data.within.build import Built, build
from varddialog.data.within.part import Part
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.model.live import KoladaQuery

if TYPE_CHECKING:
    from varddialog.data.store import Store


def inside(
    before: Store | None, answers: Iterable[Answer], merged: Merged, catalogue: Catalogue, day: str, folder: Path
) -> Built:
    """What the next snapshot has within regions. What there is to tell, and new retrievals, are put into `merged`.

    folder: where the files are made, which must not exist. day: today, YYYY-MM-DD.
    """
    places: dict[str, Place] = {}
    fetched: dict[int, str] = {}
    parts = []
    for answer in answers:
        number = _retrieval(answer.api, before, merged, fetched)
        fetched[number] = answer.api
        for done in answer.stage.done.values():
            indicator = catalogue.indicators.get(done.series)
            rows = answer.stage.within(done.series)
            gone = [row for row in done.deleted if len(row.region) != 2]
            if indicator is None or done.series in merged.faulty:
                continue
            if not (rows or gone):
                merged.told += _nothing(indicator, done, before)
                continue
            where = f"{answer.api}, {done.series}, inom regionerna"
            origin = origin_of(indicator, answer.api, day, done.title)
            parts.append(Part(done.series, origin, number, where, rows, done.partial, gone))
            places |= answer.stage.places
    built = build(before, parts, places.values(), catalogue, folder)
    changed = {series for series, _ in built.changed}
    for number in {part.retrieval for part in parts if part.series in changed}:
        merged.retrievals[str(number)] = Retrieval(day=day, source=fetched[number])
    merged.faulty |= built.faulty
    merged.faults += built.faults
    merged.told += built.told
    return built


def _nothing(indicator: Indicator, done: Done, before: Store | None) -> list[tuple[str, str]]:
    """That a whole answer has none of the values within regions that were asked for and were there before."""
    asked = any(isinstance(query, KoladaQuery) and query.within for query in indicator.live)
    there = before is not None and any(not one.own for one in before.manifest.within.get(indicator.id, ()))
    if done.partial or not (asked and there):
        return []
    return [(indicator.id, "Källan har inga värden inom regionerna; de som fanns är kvar.")]


def _retrieval(api: str, before: Store | None, merged: Merged, taken: Iterable[int]) -> int:
    """The number of today's retrieval from the source: the one that its other figures have got, or a free one."""
    old = before.manifest.retrievals if before else {}
    fresh = [int(key) for key, one in merged.retrievals.items() if key not in old and one.source == api]
    return fresh[0] if fresh else max([0, *map(int, merged.retrievals), *taken]) + 1
