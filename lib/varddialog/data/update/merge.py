"""The figures of the store and those that the sources gave, put together into the next snapshot's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from varddialog.data.manifest import Manifest, Origin, Retrieval
from varddialog.data.rows import Observation
from varddialog.data.schema import COLUMNS, KEY, NUMBERS, RETRIEVAL, check_numbers, check_observations
from varddialog.data.sexes import under_own_sex
from varddialog.data.sources.base import Done
from varddialog.data.sources.terms import licence_of
from varddialog.data.update.gather import Answer
from varddialog.data.write import FOREIGN
from varddialog.errors import DataError, Fault
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.swedish import listing, plural

_FOREIGN_KEY = ["series", "country", "year"]


@dataclass
class Merged:
    """What the next snapshot holds, and what there is to tell of the way there.

    observations: the columns of data/schema.py and `retrieval`. faulty: series with rows that do not fit (`faults`),
    kept: those that the source has withdrawn altogether; both are as they were. told: series → what the one who asked
    ought to know.
    """

    observations: pd.DataFrame
    origins: dict[str, Origin]
    international: pd.DataFrame
    abroad: dict[str, Origin]
    retrievals: dict[str, Retrieval]
    changed: set[str] = field(default_factory=set)
    faulty: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)


def merge(
    before: Manifest | None,
    observations: pd.DataFrame,
    international: pd.DataFrame,
    answers: Iterable[Answer],
    catalogue: Catalogue,
    day: str,
) -> Merged:
    """The store's figures with those of every source that answered; what did not change keeps its retrieval.

    before: the manifest of the store, None when there is none. day: today, YYYY-MM-DD.
    """
    merged = Merged(
        observations,
        {key: series.origin for key, series in before.series.items()} if before else {},
        international,
        {key: series.origin for key, series in before.international.items()} if before else {},
        dict(before.retrievals) if before else {},
    )
    parts = {str(key): rows for key, rows in observations.groupby("indicator")}
    foreign = {str(key): rows for key, rows in international.groupby("series")}
    for answer in answers:
        number = max(map(int, merged.retrievals), default=0) + 1
        merged.told += [(h.series, h.what) for h in answer.stage.heeded]
        merged.told += _lacking(answer, catalogue) + _ended(answer, catalogue) + _unknown(answer, catalogue)
        size = len(merged.changed)
        for done in answer.stage.done.values():
            if (indicator := catalogue.indicators.get(done.series)) is not None:
                _indicator(indicator, done, answer, parts, merged, number, day)
            elif done.series in catalogue.foreign:
                _foreign(done, answer, foreign, merged, catalogue, day)
        if len(merged.changed) > size:
            merged.retrievals[str(number)] = Retrieval(day=day, source=answer.api)
    if merged.changed & set(parts):
        merged.observations = pd.concat(parts.values(), ignore_index=True)
    if merged.changed & set(foreign):
        merged.international = pd.concat(foreign.values(), ignore_index=True).sort_values(_FOREIGN_KEY)
    return merged


def _ended(answer: Answer, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Series whose title at the source ends in (-YYYY), and which the catalogue takes for current."""
    titles = {key: end.title for key, end in (answer.stage.done | answer.stage.unchanged).items()}
    return [
        (key, f"Källan säger att serien slutade {found[1]}; skriv «discontinued» i katalogen.")
        for key, title in titles.items()
        if (found := re.search(r"\(-(\d{4})\)\s*$", title))
        and (indicator := catalogue.indicators.get(key))
        and indicator.discontinued is None
    ]


def _unknown(answer: Answer, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What the source lists as belonging together, and the catalogue has not."""
    told = []
    for own in answer.stage.listed:
        if missing := [f"{code} {title}" for code, title in own.measures.items() if code not in catalogue.indicators]:
            told.append(("", f"{own.title} har mått som katalogen saknar: {listing(missing)}."))
    return told


def _lacking(answer: Answer, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What the source does not have: each with its reason, but for known gaps, which are told together."""
    gaps = [key for key in answer.stage.lacking if (i := catalogue.indicators.get(key)) and i.gap]
    told = [(key, why) for key, why in answer.stage.lacking.items() if key not in gaps]
    if gaps:
        known = plural(len(gaps), "mått som är en lucka saknas", "mått som är luckor saknas")
        told.append(("", f"{known} fortfarande i {answer.api}: {listing(gaps)}."))
    return told


def _indicator(
    indicator: Indicator,
    done: Done,
    answer: Answer,
    parts: dict[str, pd.DataFrame],
    merged: Merged,
    number: int,
    day: str,
) -> None:
    """Put one indicator's rows in their place, when they fit and differ."""
    fresh = as_stored(answer.stage.rows(done.series), indicator)
    old = parts.get(indicator.id, empty_observations())
    gone = as_stored(pd.DataFrame(done.deleted, columns=list(Observation._fields)), indicator)
    try:
        if not fresh.empty:
            fresh = check_observations(fresh, f"{answer.api}, {indicator.id}")
    except DataError as error:
        merged.faults += error.faults
        merged.faulty.add(done.series)
        return
    new = _joined(old, fresh, gone, done.partial, number)
    if same_rows(old, new):
        return
    if new.empty:
        _keep(indicator.id, merged)
        return
    parts[indicator.id] = new
    merged.changed.add(indicator.id)
    merged.origins[indicator.id] = origin_of(indicator, answer.api, day, done.title)


def _keep(series: str, merged: Merged) -> None:
    """A source that suddenly has nothing is more often out of order than in earnest."""
    merged.told.append((series, "Källan har inte längre några värden; de som fanns är kvar."))
    merged.kept.add(series)


def origin_of(indicator: Indicator, api: str, day: str, title: str) -> Origin:
    """The provenance of an indicator's figures that were fetched from an API today. title: the source's own."""
    return Origin(
        publisher=indicator.source.publisher,
        channel=indicator.source.channel,
        unit=indicator.unit.label,
        period=indicator.period.kind,
        retrieved=day,
        licence=licence_of(api),
        api=api,
        title=title,
    )


def _foreign(
    done: Done, answer: Answer, foreign: dict[str, pd.DataFrame], merged: Merged, catalogue: Catalogue, day: str
) -> None:
    fresh = answer.stage.foreign(done.series).sort_values(_FOREIGN_KEY, ignore_index=True)
    where = f"{answer.api}, {done.series}"
    if fresh.empty and done.series in foreign:
        _keep(done.series, merged)
    if fresh.empty:
        return
    try:
        check_numbers(fresh, ["value"], {"country": "land", "year": "år"}, where)
    except DataError as error:
        merged.faults += error.faults
        merged.faulty.add(done.series)
        return
    if (twice := fresh[fresh.duplicated(_FOREIGN_KEY)]).size:
        merged.faults.append(Fault(f"{twice['country'].iloc[0]} har två värden för {twice['year'].iloc[0]}.", where))
        merged.faulty.add(done.series)
        return
    if fresh.equals(foreign.get(done.series, fresh.iloc[:0]).reset_index(drop=True)):
        return
    foreign[done.series] = fresh[FOREIGN]
    merged.changed.add(done.series)
    described = catalogue.foreign[done.series]
    merged.abroad[done.series] = Origin(
        publisher=described.publisher,
        channel="",
        unit=described.unit,
        period="år",
        retrieved=day,
        licence=licence_of(answer.api),
        api=answer.api,
    )


def as_stored(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Rows as the store writes them: in its order and types, and an indicator of one sex under that sex."""
    found = rows[COLUMNS].copy()
    found["year"] = found["year"].astype(int)
    found[NUMBERS] = found[NUMBERS].astype(float)
    return under_own_sex(found, indicator).sort_values(KEY, ignore_index=True)


def same_rows(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two tables of one series say the same, whenever they were fetched."""
    left, right = (t[COLUMNS].sort_values(KEY, ignore_index=True) for t in (one, other))
    return len(left) == len(right) and left.equals(right)


def _joined(old: pd.DataFrame, fresh: pd.DataFrame, gone: pd.DataFrame, partial: bool, number: int) -> pd.DataFrame:
    """The series after the answer. A value that is as it was keeps the retrieval that brought it."""
    known = old.set_index(KEY)
    given = fresh.set_index(KEY)
    before = known.reindex(given.index)
    alike = (before[NUMBERS] == given[NUMBERS]) | (before[NUMBERS].isna() & given[NUMBERS].isna())
    same = before[RETRIEVAL].notna() & alike.all(axis=1)
    given[RETRIEVAL] = before[RETRIEVAL].where(same, number).astype(np.int32)
    if partial:
        left = known[~known.index.isin(given.index.append(gone.set_index(KEY).index))]
        given = pd.concat([left, given]) if len(left) else given
    return given.reset_index()[[*COLUMNS, RETRIEVAL]].sort_values(KEY, ignore_index=True)


def empty_observations() -> pd.DataFrame:
    """The observations of a store that holds none."""
    kinds = {**dict.fromkeys(KEY, str), "year": int, **dict.fromkeys(NUMBERS, float), RETRIEVAL: np.int32}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def empty_international() -> pd.DataFrame:
    """The international values of a store that holds none."""
    kinds: Mapping[str, type] = {"series": str, "country": str, "year": int, "value": float, "flag": str}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def empty_population() -> pd.DataFrame:
    """Deaths and population of a store that holds none."""
    kinds = {"region": str, "year": int, "sex": str, "age_band": str, "deaths": int, "population": int}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
