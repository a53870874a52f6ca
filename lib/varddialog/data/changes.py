"""What differs between two snapshots: new, changed (revised) and vanished values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from varddialog.data.schema import COLUMNS, KEY, NUMBERS

if TYPE_CHECKING:
    import pandas as pd

    from varddialog.data.store import Store

Kind = Literal["ny", "ändrad", "försvunnen"]
_FOREIGN_KEY = ["series", "country", "year"]


class Change(NamedTuple):
    """One value that differs. before, after: None where there is none. abroad: region is then a country.

    A value whose limits, counts or flag alone differ is changed too, and is the same before and after.
    """

    kind: Kind
    series: str
    region: str
    year: int
    period: str
    sex: str
    grouping: str
    group: str
    before: float | None
    after: float | None
    abroad: bool = False

    @property
    def when(self) -> str:
        """The year, or year and month."""
        return self.period or str(self.year)


@dataclass(frozen=True)
class Count:
    """How much of one series differs. years: the years of its new values, the newest first."""

    series: str
    new: int
    revised: int
    vanished: int
    years: tuple[int, ...]


def changes(before: Store | None, after: Store) -> list[Change]:
    """Every value that differs, by series; within one the newest year first, and what is revised before what is new.

    Only series whose checksums differ are read. before: None when there was no store.
    """
    old = before.manifest if before else None

    def differing(now: dict[str, str], then: dict[str, str]) -> list[str]:
        return sorted(key for key in now.keys() | then.keys() if now.get(key) != then.get(key))

    def digests(of: Store | None, abroad: bool) -> dict[str, str]:
        if of is None:
            return {}
        series = of.manifest.international if abroad else of.manifest.series
        return {key: f"{s.digest} {sorted(s.group_digests.items())} {s.by_sex}" for key, s in series.items()}

    own = differing(digests(after, False), digests(before, False))
    foreign = differing(digests(after, True), digests(before, True))
    found: list[Change] = []
    if own:
        found += table_changes(_observations(before, own), _observations(after, own))
    if foreign:
        found += _foreign_changes(before if old else None, after, foreign)
    return found


def table_changes(before: pd.DataFrame, after: pd.DataFrame) -> list[Change]:
    """The same for two tables of observations."""
    return _compared(before[COLUMNS], after[COLUMNS], KEY, NUMBERS, abroad=False)


def counts(found: Collection[Change]) -> list[Count]:
    """How many of each kind, a line for each series."""
    by_series: dict[str, list[Change]] = {}
    for change in found:
        by_series.setdefault(change.series, []).append(change)
    made = []
    for series, mine in by_series.items():
        new, revised, vanished = (sum(c.kind == kind for c in mine) for kind in ("ny", "ändrad", "försvunnen"))
        years = tuple(sorted({c.year for c in mine if c.kind == "ny"}, reverse=True))
        made.append(Count(series, new, revised, vanished, years))
    return made


def _observations(store: Store | None, series: list[str]) -> pd.DataFrame:
    import pandas as pd

    return store.observations(indicators=series) if store else pd.DataFrame(columns=COLUMNS)


def _foreign_changes(before: Store | None, after: Store, series: list[str]) -> list[Change]:
    import pandas as pd

    from varddialog.data.rows import ForeignValue

    def table(of: Store | None) -> pd.DataFrame:
        rows = [row for key in series for row in of.international([key]).get(key, [])] if of else []
        return pd.DataFrame(rows, columns=list(ForeignValue._fields))

    return _compared(table(before), table(after), _FOREIGN_KEY, ["value", "flag"], abroad=True)


def _compared(
    before: pd.DataFrame, after: pd.DataFrame, key: list[str], others: list[str], abroad: bool
) -> list[Change]:
    import pandas as pd

    types = {name: after[name].dtype for name in key}
    both = before.astype(types).merge(after, on=key, how="outer", suffixes=("_f", "_e"), indicator=True)
    same = pd.Series(True, index=both.index)
    for name in others:
        one, other = both[f"{name}_f"], both[f"{name}_e"]
        same &= (one == other) | (one.isna() & other.isna())
    both = both[(both["_merge"] != "both") | ~same]
    kinds: dict[str, Kind] = {"both": "ändrad", "right_only": "ny", "left_only": "försvunnen"}
    made = []
    for row in both.to_dict("records"):
        kind = kinds[str(row["_merge"])]
        # a country's value has no sex or group
        place = {"indicator": row.get("series"), "region": row.get("country"), "period": "", "sex": "T", **row}
        made.append(
            Change(
                kind,
                str(place["indicator"]),
                str(place["region"]),
                int(row["year"]),
                str(place["period"]),
                str(place["sex"]),
                str(row.get("grouping", "")),
                str(row.get("group", "")),
                None if kind == "ny" else float(row["value_f"]),
                None if kind == "försvunnen" else float(row["value_e"]),
                abroad,
            )
        )
    order = {"ändrad": 0, "försvunnen": 1, "ny": 2}
    return sorted(made, key=lambda c: (c.series, -c.year, order[c.kind], *c[2:8]))
