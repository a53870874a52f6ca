"""Checks between sources (korskontroll): the same figure from two places, compared value by value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from varddialog.data.sources.base import Wanted
from varddialog.data.update.gather import Answer, Where, gather
from varddialog.data.update.merge import Merged, as_stored
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.model.live import code_of

if TYPE_CHECKING:
    import pandas as pd

_PLACE = ["region", "year", "period", "sex"]


@dataclass(frozen=True)
class Agreement:
    """How two sources agree on one figure.

    other: the other source and its code. compared: how many values both have. differing: how many of them differ by
    more than rounding. largest: the largest difference, in the indicator's unit, and the region and time it is at.
    why: why nothing could be compared, otherwise empty.
    """

    series: str
    other: str
    compared: int = 0
    differing: int = 0
    largest: float = 0.0
    at: tuple[str, str] = ("", "")
    why: str = ""


def crosscheck(
    catalogue: Catalogue, merged: Merged, answers: Iterable[Answer], regions: Sequence[str], folder: Path, where: Where
) -> list[Agreement]:
    """Compare what changed with the same figure elsewhere: as `compare` in params asks, and between duplicates."""
    found = [
        _agreement(
            _rows(merged, catalogue.indicators[i.duplicate_of]),
            _rows(merged, i),
            catalogue.indicators[i.duplicate_of],
            i.id,
        )
        for i in catalogue.indicators.values()
        if i.duplicate_of and {i.id, i.duplicate_of} & merged.changed
    ]
    asked = [
        (indicator, n, query)
        for indicator in catalogue.indicators.values()
        if indicator.id in merged.changed
        for n, query in enumerate(indicator.compare)
    ]
    wanted: dict[str, list[Wanted]] = {}
    for indicator, n, query in asked:
        wanted.setdefault(query.api, []).append(Wanted(f"{indicator.id}.{n}", (query,)))
    unreached = {answer.api for answer in answers if answer.error}
    given = gather(
        {api: w for api, w in wanted.items() if api not in unreached}, regions, folder, where, lambda _: None
    )
    for indicator, n, query in asked:
        name, answer = f"{indicator.id}.{n}", given.get(query.api)
        other = f"{query.api} {code_of(query)}"
        if answer is None or answer.error:
            found.append(Agreement(indicator.id, other, why="källan svarade inte"))
            continue
        if name not in answer.stage.done:
            why = answer.stage.lacking.get(name, "svaret går inte att använda")
            found.append(Agreement(indicator.id, other, why=why))
            continue
        rows = as_stored(answer.stage.rows(name), indicator)
        found.append(_agreement(_rows(merged, indicator), rows, indicator, other))
    return found


def _rows(merged: Merged, indicator: Indicator) -> pd.DataFrame:
    return merged.observations[merged.observations["indicator"] == indicator.id]


def _agreement(mine: pd.DataFrame, theirs: pd.DataFrame, indicator: Indicator, other: str) -> Agreement:
    mine, theirs = (t[t["grouping"] == ""] for t in (mine, theirs))
    both = mine.merge(theirs, on=_PLACE, suffixes=("", "_other"))
    if both.empty:
        return Agreement(indicator.id, other, why="inga värden för samma region och tid")
    # both may be rounded to the decimals that are shown
    apart = (both["value"] - both["value_other"]).abs()
    worst = both.iloc[int(apart.to_numpy().argmax())]
    return Agreement(
        indicator.id,
        other,
        compared=len(both),
        differing=int((apart > 1.01 * 10**-indicator.decimals).sum()),
        largest=float(apart.max()),
        at=(str(worst["region"]), str(worst["period"] or worst["year"])),
    )
