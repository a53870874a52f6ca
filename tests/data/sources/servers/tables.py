"""Tables as both versions of PxWeb serve them, made by hand or so that they give back the figures of a store.

A cell is known by the codes of the variables that are asked for; what is left out is summed away, so the same table
holds one figure for «Region, Tid» and others for «Region, Alder, Tid».
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd

from varddialog.model.live import Sexes, Share, TableQuery

Cell = frozenset[tuple[str, str]]


@dataclass
class Variable:
    """texts: code → text."""

    code: str
    texts: dict[str, str]
    eliminable: bool = False


@dataclass
class Table:
    """name: path or id. updated: as the source writes it. values: cells; those that are not there are missing."""

    name: str
    variables: list[Variable]
    values: dict[Cell, float] = field(default_factory=dict)
    title: str = "En tabell"
    updated: str = "2026-01-15T08:00:00"
    time: str = "Tid"

    def put(self, value: float | None, **codes: str) -> None:
        """One figure, at those codes."""
        if value is not None and not math.isnan(value):
            self.values[frozenset(codes.items())] = value

    def fits(self, selection: Mapping[str, Sequence[str]]) -> bool:
        """Whether the selection names no other variables and codes than there are, and all that must be."""
        known = {variable.code: variable for variable in self.variables}
        return all(
            name in known and codes and set(codes) <= set(known[name].texts) for name, codes in selection.items()
        ) and all(variable.eliminable or variable.code in selection for variable in self.variables)

    def json_stat(self, selection: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """The cells of a selection, dense, `..` beside those that are missing. Codes come in the table's order."""
        chosen = [v for v in self.variables if v.code in selection]
        codes = {v.code: [code for code in v.texts if code in set(selection[v.code])] for v in chosen}
        cells = [
            self.values.get(frozenset(zip(codes, some, strict=True))) for some in itertools.product(*codes.values())
        ]
        dimension = {v.code: _dimension(v, codes[v.code]) for v in chosen}
        if "ContentsCode" not in dimension:  # the source's own, of a table with one kind of figure
            dimension["ContentsCode"] = _dimension(Variable("ContentsCode", {"EliminatedValue": "Andel"}))
        missing = {str(at): ".." for at, value in enumerate(cells) if value is None}
        return {
            "version": "2.0",
            "class": "dataset",
            "label": self.title,
            "source": "Källan",
            "updated": self.updated,
            "role": {"time": [self.time], "metric": ["ContentsCode"]},
            "id": list(dimension),
            "size": [len(one["category"]["index"]) for one in dimension.values()],
            "dimension": dimension,
            "value": cells,
            **({"status": missing} if missing else {}),
        }

    def json_stat_metadata(self) -> dict[str, Any]:
        """Version 2's metadata: every variable and code, no cells."""
        dimension = {v.code: _dimension(v) for v in self.variables}
        for variable in self.variables:
            dimension[variable.code]["extension"] = {"elimination": variable.eliminable}
        return {
            "version": "2.0",
            "class": "dataset",
            "label": self.title,
            "source": "Källan",
            "updated": self.updated,
            "role": {"time": [self.time]},
            "id": list(dimension),
            "size": [len(v.texts) for v in self.variables],
            "dimension": dimension,
            "value": [],
        }


def _dimension(variable: Variable, codes: Iterable[str] | None = None) -> dict[str, Any]:
    chosen = list(variable.texts) if codes is None else list(codes)
    category = {
        "index": {code: at for at, code in enumerate(chosen)},
        "label": {code: variable.texts[code] for code in chosen},
    }
    return {"label": variable.code.lower(), "category": category}


def tables_of(
    rows: pd.DataFrame, queries: Mapping[str, Sequence[TableQuery]], years: Mapping[str, int] | None = None
) -> list[Table]:
    """Tables that answer the queries with the figures of `rows`, a frame in the store's columns.

    years: series → how many years a value covers, 1 when it is not named. A share is served as counts that give back
    the figure exactly. Where the rows have the counts themselves those are served; then the share has more decimals
    than a figure that was rounded, and is the same after rounding. A table that no row is about has one period, the
    query's first, and no figures.
    """
    by_table: dict[str, list[tuple[str, TableQuery]]] = {}
    for series, own in queries.items():
        for query in own:
            by_table.setdefault(query.table, []).append((series, query))
    return [_table(name, asked, rows, years or {}) for name, asked in by_table.items()]


def _table(name: str, asked: list[tuple[str, TableQuery]], rows: pd.DataFrame, years: Mapping[str, int]) -> Table:
    own = [(series, query, _rows(rows, series, query)) for series, query in asked]
    order: dict[str, dict[str, str]] = {}
    widest = sorted((query for _, query in asked), key=lambda q: -sum(map(len, _codes(q).values())))
    for query in widest:
        for variable, codes in _codes(query).items():
            order.setdefault(variable, {}).update(codes)
    first = asked[0][1]
    covered = {years.get(series, 1) for series, _ in asked}
    assert len(covered) == 1, f"{name}: the periods of {[s for s, _ in asked]} differ"
    span = covered.pop()
    ends = sorted({int(year) for _, _, found in own for year in found["year"]})
    ends = ends or [max(query.first or 2000 for _, query in asked)]
    labels = {year: str(year) if span == 1 else f"{year - span + 1}-{year}" for year in ends}
    # Folkhälsodata may number its periods
    periods = {year: str(at) if first.api == "fohm" else labels[year] for at, year in enumerate(ends)}
    order[first.time] = {periods[year]: labels[year] for year in ends}
    variables = [
        Variable(code, texts, any(code not in {*_codes(q), q.time} for _, q in asked)) for code, texts in order.items()
    ]
    table = Table(name, variables, title=f"{name} efter {', '.join(order)}", time=first.time)
    for _, query, found in own:
        if query.share is None:
            _put(table, query, found, periods)
    _put_shares(table, [(q, found) for _, q, found in own if q.share is not None], periods)
    return table


def _codes(query: TableQuery) -> dict[str, dict[str, str]]:
    """Variable → code → text, of all that the query names but periods."""
    found: dict[str, dict[str, str]] = {}
    if query.region:
        counties = [c for c in map("{:02}".format, range(26)) if c not in ("02", "11", "15", "16")]
        found[query.region] = {_place(query, county): f"{county} region" for county in counties}
    for name, codes in query.select.items():
        found[name] = {code: code for one in codes for code in written(one)}
    if query.share:
        both = [*query.share.part, *query.share.whole]
        both.sort(key=lambda one: -len(written(one)))
        found[query.share.variable] = {code: code for one in both for code in written(one)}
    if query.interval:
        i = query.interval
        found[i.variable] = {code: code for code in (i.value, i.low, i.high, i.count) if code}
    if query.groups:
        found[query.groups.variable] = dict(query.groups.codes)
    if isinstance(query.sex, Sexes):
        texts = (("T", "Totalt"), ("K", "Kvinnor"), ("M", "Män"))
        found[query.sex.variable] = {code: text for sex, text in texts if (code := getattr(query.sex, sex))}
    return found


def written(code: str) -> list[str]:
    """`18..20` as 18, 19, 20 and `98..100+` as 98, 99, 100+."""
    ends = re.fullmatch(r"(\d+)\.\.(\d+)(\+?)", code)
    if ends is None:
        return [code]
    return [*map(str, range(int(ends[1]), int(ends[2]))), ends[2] + ends[3]]


def _place(query: TableQuery, county: str) -> str:
    return query.regions.get(county, query.region_code.replace("{}", county))


def _rows(rows: pd.DataFrame, series: str, query: TableQuery) -> pd.DataFrame:
    """The rows that the query would give."""
    found = rows[(rows["indicator"] == series) & rows["year"].between(query.first or 0, query.last or 9999)]
    found = found[found["grouping"] == (query.groups.grouping if query.groups else "")]
    if query.region is None:
        found = found[found["region"] == "00"]
    return found


def _fixed(query: TableQuery, row: Any, periods: Mapping[int, str]) -> dict[str, str] | None:
    """The codes of what a row is about; None when the query does not ask for its sex or group."""
    codes = {query.time: periods[int(row.year)]}
    if query.region:
        codes[query.region] = _place(query, row.region)
    if isinstance(query.sex, Sexes):
        if (code := getattr(query.sex, row.sex)) is None:
            return None
        codes[query.sex.variable] = code
    elif row.sex != (query.sex or "T"):
        return None
    if query.groups:
        code = next((code for code, group in query.groups.codes.items() if group == row.group), None)
        if code is None:
            return None
        codes[query.groups.variable] = code
    return codes


def _selected(query: TableQuery) -> list[dict[str, str]]:
    """Every combination of codes that `select` names; the first one bears what they sum to."""
    names = list(query.select)
    written_out = [[code for one in query.select[name] for code in written(one)] for name in names]
    return [dict(zip(names, codes, strict=True)) for codes in itertools.product(*written_out)]


def _put(table: Table, query: TableQuery, rows: pd.DataFrame, periods: Mapping[int, str]) -> None:
    """Every row as it is, or with its limits."""
    for row in rows.itertuples(index=False):
        fixed = _fixed(query, row, periods)
        if fixed is None:
            continue
        if (i := query.interval) is not None:
            own = next(iter(_selected(query)))
            numbers = [(i.value, row.value), (i.low, row.low), (i.high, row.high)]
            for code, number in [*numbers, *([(i.count, row.denominator)] if i.count else [])]:
                table.put(number, **fixed, **own, **{i.variable: code})
            continue
        for at, own in enumerate(_selected(query)):
            table.put(0.0 if at else row.value, **fixed, **own)


def _put_shares(table: Table, asked: list[tuple[TableQuery, pd.DataFrame]], periods: Mapping[int, str]) -> None:
    """Counts for all shares that are asked of the same cells."""
    cells: dict[Cell, list[tuple[TableQuery, Any]]] = {}
    for query, rows in asked:
        assert query.share is not None
        for row in rows.itertuples(index=False):
            if (fixed := _fixed(query, row, periods)) is not None:
                cells.setdefault(frozenset(fixed.items()), []).append((query, row))
    for fixed, wanted in cells.items():
        shares = [query.share for query, _ in wanted if query.share]
        counts = counts_for(shares, [(r.value, r.numerator, r.denominator) for _, r in wanted])
        combinations = _selected(wanted[0][0])
        for code, count in counts.items():
            for at, own in enumerate(combinations):
                table.put(0.0 if at else count, **dict(fixed), **own, **{shares[0].variable: code})


def counts_for(shares: Sequence[Share], figures: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    """Code → count, so that every share comes out as its value: exactly, unless the counts are given beside it.

    Codes that all shares treat alike are one unknown; the equations part = value / per × whole are solved in fractions.
    """
    part = [{code for one in share.part for code in written(one)} for share in shares]
    whole = [{code for one in share.whole for code in written(one)} for share in shares]
    alike: dict[tuple[bool, ...], list[str]] = {}
    for code in sorted(set().union(*part, *whole), key=lambda c: (len(c), c)):
        alike.setdefault(tuple(code in some for some in (*part, *whole)), []).append(code)
    kinds = list(alike)
    value, numerator, denominator = figures[0]
    if len(shares) == 1 and shares[0].counts and not math.isnan(numerator):
        found = [Fraction(numerator) if kind[0] else Fraction(denominator - numerator) for kind in kinds]
    else:
        equations = []
        for at, (share, (value, _, _)) in enumerate(zip(shares, figures, strict=True)):
            ratio = Fraction(repr(float(value))) / share.per
            equations.append([int(kind[at]) - ratio * int(kind[len(shares) + at]) for kind in kinds])
        found = _solved(equations)
    return {code: float(n) if at == 0 else 0.0 for kind, n in zip(kinds, found, strict=True)
            for at, code in enumerate(alike[kind])}  # fmt: skip


def _solved(equations: list[list[Fraction]]) -> list[Fraction]:
    """Whole numbers, none below zero, that make every equation zero; the last unknowns are free."""
    rows = [list(map(Fraction, equation)) for equation in equations]
    width = len(rows[0])
    pivots: list[int] = []
    for column in range(width):
        at = next((i for i in range(len(pivots), len(rows)) if rows[i][column]), None)
        if at is None:
            continue
        here = len(pivots)
        rows[here], rows[at] = rows[at], rows[here]
        rows[here] = [x / rows[here][column] for x in rows[here]]
        for i, row in enumerate(rows):
            if i != here and row[column]:
                rows[i] = [x - row[column] * y for x, y in zip(row, rows[here], strict=True)]
        pivots.append(column)
    found = [Fraction(0) if column in pivots else Fraction(1) for column in range(width)]
    for row, column in zip(rows, pivots, strict=False):
        found[column] = -sum((row[c] * found[c] for c in range(width) if c not in pivots), Fraction(0))
    assert all(x >= 0 for x in found), f"no counts give these shares: {found}"
    scale = math.lcm(*(x.denominator for x in found))
    return [x * scale for x in found]
