"""A second assessment of everything, written from the text of the method page alone.

It reads the store's Parquet files and the YAML of params/ itself, and shares no code with the package. Comments quote
the rule of the page that they follow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml
from scipy import stats

Z, Z_STRONG = 1.959964, 3.090232
COUNTS = ("antal", "personer", "arsarbetare")
PER = {"per_1000": 1_000, "per_10000": 10_000, "per_100000": 100_000}
CANNOT = "kan ej bedömas"

Row = Any  # a row of the observations: their columns, `when`, and whether it is `doubted`
Series = dict[str, list[Row]]  # region → rows in time order


@dataclass
class Opinion:
    """What the page's rules give for one indicator, unit and sex."""

    level: str
    relevance: float | None
    vs_nation: str | None
    tier: str | None
    vs_target: str | None
    trend: str
    relation: str | None
    z: float | None


class Files:
    """The store and params/ as they lie on disk."""

    def __init__(self, root: Path, newest_year: int) -> None:
        self.newest_year = newest_year
        rows = pd.read_parquet(root / "data/store/observations-by-indicator.parquet")
        self.rows = rows[rows["grouping"] == ""].copy()
        self.rows["when"] = self.rows["period"].where(self.rows["period"] != "", self.rows["year"].astype(str))
        remarks = pd.read_parquet(root / "data/store/remarks.parquet")
        grave = remarks[remarks["level"].isin(["fel", "osannolikt"]) & (remarks["grouping"] == "")]
        self.doubted = set(grave[["indicator", "region", "year", "period", "sex"]].itertuples(index=False, name=None))
        self.indicators: dict[str, dict[str, Any]] = {}
        for path in sorted((root / "params/indicators").glob("*.yml")):
            for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["indicators"]:
                self.indicators[entry["id"]] = entry

    def series(self, name: str, sex: str) -> Series:
        """Region → its rows in time order, with whether each is doubted."""
        rule = self.indicators[name].get("derived")
        table = self.rows[(self.rows["indicator"] == (rule["numerator"] if rule else name)) & (self.rows["sex"] == sex)]
        table = table.copy()
        if rule:  # own calculation: one series of counts by another, of the same place and time
            below = self.rows[(self.rows["indicator"] == rule["denominator"]) & (self.rows["sex"] == sex)]
            people = below.set_index(["region", "when"])["value"]
            whole = [people.get((r, w), np.nan) for r, w in zip(table["region"], table["when"], strict=True)]
            table["value"] = table["value"] / whole * rule["per"]
            table = table[table["value"].notna()]
        source = rule["numerator"] if rule else name
        table["doubted"] = [
            (source, r, y, p, sex) in self.doubted or (not rule and (source, "", y, "", "") in self.doubted)
            for r, y, p in zip(table["region"], table["year"], table["period"], strict=True)
        ]
        found: Series = {}
        for row in table.sort_values(["region", "when"]).itertuples(index=False):
            found.setdefault(row.region, []).append(row)
        return found


def assess(files: Files, name: str, sex: str, region: str, series: Series) -> Opinion:
    """All the page's answers on the last value of the region."""
    about = files.indicators[name]
    mine = series[region]
    last = mine[-1]
    since = max((b["year"] for b in about.get("breaks", [])), default=0)
    years = [row for row in mine if not row.doubted and row.year >= since]
    level, error = _uncertainty(about, last, years)
    delta = _relevance(about, series, last.when)
    today = "discontinued" not in about and files.newest_year - last.year <= 3
    turn = {"higher_better": 1, "lower_better": -1, "none": 0}[about["direction"]]
    nation = series.get("00")
    beside = next((row for row in nation or [] if row.when == last.when), None)
    trend = _trend(about, last, years, delta, turn, today)
    klass, tier, z = (
        (None, None, None) if region == "00" else _nation(about, last, beside, level, error, delta, turn, today)
    )
    return Opinion(
        level=level,
        relevance=delta,
        vs_nation=klass,
        tier=tier,
        vs_target=_target(about, last, level, error, delta, turn, today, trend),
        trend=trend,
        relation=None if region == "00" else _relation(about, years, nation, delta, turn, today),
        z=z,
    )


def _ends(about: dict[str, Any], row: Row, z: float = Z) -> tuple[float, float] | None:
    """The publisher's interval or that of the counts; for another z than 1.96 the publisher's arms are stretched."""
    if not math.isnan(row.low) and not math.isnan(row.high):
        return row.value - (row.value - row.low) * z / Z, row.value + (row.high - row.value) * z / Z
    t, n = row.numerator, row.denominator
    if about.get("sample") or "derived" in about or math.isnan(t) or math.isnan(n):
        return None
    if about["measure"] == "procent" and 0 <= t <= n and n > 0:
        middle, arm = 2 * t + z * z, z * math.sqrt(z * z + 4 * t * (1 - t / n))
        return 100 * (middle - arm) / (2 * (n + z * z)), 100 * (middle + arm) / (2 * (n + z * z))
    if about["measure"] in PER and n > 0:
        tail = float(stats.norm.sf(z))
        if t < 10:
            low = stats.chi2.ppf(tail, 2 * t) / 2 if t else 0.0
            high = stats.chi2.ppf(1 - tail, 2 * t + 2) / 2
        else:
            low = t * (1 - 1 / (9 * t) - z / (3 * math.sqrt(t))) ** 3
            high = (t + 1) * (1 - 1 / (9 * (t + 1)) + z / (3 * math.sqrt(t + 1))) ** 3
        return float(low) / n * PER[about["measure"]], float(high) / n * PER[about["measure"]]
    return None


def _error(about: dict[str, Any], row: Row) -> float | None:
    ends = _ends(about, row)
    return (ends[1] - ends[0]) / (2 * Z) or None if ends else None


def _limits(about: dict[str, Any], row: Row, error: float, z: float = Z) -> tuple[float, float]:
    """The interval of the value: its own on level A and A*, otherwise z standard errors both ways."""
    return _ends(about, row, z) or (row.value - z * error, row.value + z * error)


def _uncertainty(about: dict[str, Any], last: Row, years: list[Row]) -> tuple[str, float | None]:
    if (error := _error(about, last)) is not None:
        return ("A*" if about.get("sample") else "A"), error
    if len(years) >= 8 and about["period"]["kind"] in ("år", "lägesbild"):
        x, y = _numbers(years)
        rest = y - _sen(x, y) * x
        if (error := float(np.mean(np.abs(np.diff(rest)))) / 1.128) > 0:
            return "B", error
    return "C", None


def _numbers(rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([row.year for row in rows], dtype=float), np.array([row.value for row in rows])


def _sen(x: np.ndarray, y: np.ndarray) -> float:
    i, j = np.triu_indices(len(x), 1)
    return float(np.median((y[j] - y[i]) / (x[j] - x[i])))


def _relevance(about: dict[str, Any], series: Series, when: str) -> float | None:
    if about.get("relevance") is not None:
        return float(about["relevance"])
    if about["measure"] in COUNTS:
        return None
    regions = [rows for code, rows in series.items() if code != "00"]
    values = [row.value for rows in regions for row in rows if row.when == when and not row.doubted]
    if len(values) < 10:
        return None
    mad = float(np.median(np.abs(np.array(values) - np.median(values))))
    return 0.5 * 1.4826 * mad or None


def _nation(
    about: dict[str, Any],
    last: Row,
    beside: Row | None,
    level: str,
    error: float | None,
    delta: float | None,
    turn: int,
    today: bool,
) -> tuple[str, str | None, float | None]:
    few = last.denominator < 30  # false where it is not known
    doubted = last.doubted or (beside is not None and beside.doubted)
    if about["measure"] in COUNTS or doubted or not today or beside is None or few:
        return CANNOT, None, None
    if error is None:
        return "beskrivande", None, None
    d = (last.value - beside.value) * (turn or 1)
    low, high = sorted((v - beside.value) * (turn or 1) for v in _limits(about, last, error))
    outer = [(v - beside.value) * (turn or 1) for v in _limits(about, last, error, Z_STRONG)]
    apart, strongly = low > 0 or high < 0, min(outer) > 0 or max(outer) < 0
    z = (last.value - beside.value) / error
    tier = "skattad ur tidsserien" if level == "B" else "tydligt säkerställd" if strongly else "säkerställd"
    if apart and (delta is None or abs(d) >= delta):
        word = ("högre" if d > 0 else "lägre") if turn == 0 else ("bättre" if d > 0 else "sämre")
        return word, tier, z
    tier = "skattad ur tidsserien" if level == "B" else "säkerställd"
    if delta is not None and ((-delta < low and high < delta) or apart):
        return "i nivå", tier, z
    return CANNOT, None, z


def _target(
    about: dict[str, Any],
    last: Row,
    level: str,
    error: float | None,
    delta: float | None,
    turn: int,
    today: bool,
    trend: str,
) -> str | None:
    if not about.get("targets"):
        return None
    target = about["targets"][0]
    if target["match"] == "annat" or last.doubted or not today:
        return CANNOT
    if target["kind"] == "riktning":
        return trend
    value, x, y = last.value, target["level"], target.get("upper")
    if level == "C" and delta is not None and min(abs(value - v) for v in (x, y) if v is not None) < delta:
        return CANNOT

    def group(v: float) -> str:
        if target["kind"] == "minst":
            return "uppnådd" if v >= x else "ej uppnådd"
        if target["kind"] == "högst":
            return "uppnådd" if v <= x else "ej uppnådd"
        if target["kind"] == "intervall":
            return "under" if v < x else "inom" if v < y else "över"
        high, moderate = (v >= y, v >= x) if turn >= 0 else (v <= x, v <= y)
        return "hög nivå uppnådd" if high else "måttlig nivå uppnådd" if moderate else "ej uppnådd"

    found = group(value)
    sure = error is not None and {group(v) for v in _limits(about, last, error)} == {found}
    return f"{found}, {'säkert' if sure else 'osäkert'}"


def _trend(about: dict[str, Any], last: Row, years: list[Row], delta: float | None, turn: int, today: bool) -> str:
    if not today or about["period"]["kind"] == "rullande" or about.get("prices") == "löpande":
        return CANNOT
    if about["period"]["kind"] == "månad":
        return CANNOT if last.doubted else _months(_numbers(years)[1], turn)
    x, y = _numbers(years)
    if len(x) < 5:
        return CANNOT
    errors = [_error(about, row) for row in years]
    if all(e is not None for e in errors):
        return _weighted(x, y, np.array(errors, dtype=float), delta, turn)
    s, p, change = _mann_kendall(x, y)
    proven = p < 0.05 and (len(x) > 5 or abs(s) == 10)
    if proven and (delta is None or abs(change) >= delta):
        return _word(change, turn)
    return CANNOT


def _word(change: float, turn: int) -> str:
    if turn == 0:
        return "ökar" if change > 0 else "minskar"
    return "förbättras" if change * turn > 0 else "försämras"


def _weighted(x: np.ndarray, y: np.ndarray, errors: np.ndarray, delta: float | None, turn: int) -> str:
    x, y, w = x[-7:], y[-7:], 1 / errors[-7:] ** 2

    def line(keep: np.ndarray) -> tuple[float, float, float]:
        a, b, c = x[keep], y[keep], w[keep]
        mx, my = np.average(a, weights=c), np.average(b, weights=c)
        sxx = float(np.sum(c * (a - mx) ** 2))
        slope = float(np.sum(c * (a - mx) * (b - my))) / sxx
        return slope, sxx, float(np.sum(c * (b - my - slope * (a - mx)) ** 2))

    everything = np.ones(len(x), dtype=bool)
    slope, sxx, rest = line(everything)
    phi = rest / (len(x) - 2)
    signs = {np.sign(line(np.arange(len(x)) != i)[0]) for i in range(len(x))} | {np.sign(slope)}
    change, span = slope * (x[-1] - x[0]), x[-1] - x[0]
    if slope**2 * sxx / max(1, phi) > 9.549536 and len(signs) == 1 and (delta is None or abs(change) >= delta):
        return _word(change, turn)
    k = Z if phi <= 1 else float(stats.t.ppf(0.975, len(x) - 2))
    reach = k * span * math.sqrt(max(1, phi) / sxx)
    within = delta is not None and -delta < change - reach and change + reach < delta
    return "oförändrat" if within else CANNOT


def _mann_kendall(x: np.ndarray, y: np.ndarray) -> tuple[int, float, float]:
    s = int(sum(np.sign(b - a) for a, b in combinations(y.tolist(), 2)))
    sizes = tuple(sorted(np.unique(y, return_counts=True)[1].tolist()))
    orders = _orders(sizes)
    scores = np.arange(len(orders)) * 2 - (len(orders) - 1)
    far = sum(count for score, count in zip(scores.tolist(), orders, strict=True) if abs(score) >= abs(s))
    return s, far / sum(orders), _sen(x, y) * float(x[-1] - x[0])


@cache
def _orders(sizes: tuple[int, ...]) -> list[int]:
    """How many orders of groups of equal values have each number of rising pairs, by merging group after group."""
    found, placed = [1], 0
    for size in sizes:
        found = np.convolve(np.array(found, dtype=object), np.array(_merges(placed, size), dtype=object)).tolist()
        placed += size
    return found


@cache
def _merges(m: int, n: int) -> list[int]:
    """Ways to merge m and n things so that so many pairs stand one way (Mann and Whitney 1947)."""
    if not m or not n:
        return [1]
    last_of_m, last_of_n = _merges(m - 1, n), _merges(m, n - 1)
    found = [0] * (m * n + 1)
    for i, count in enumerate(last_of_m):
        found[i + n] += count
    for i, count in enumerate(last_of_n):
        found[i] += count
    return found


def _months(y: np.ndarray, turn: int) -> str:
    if len(y) < 12 or len(set(y.tolist())) == 1:
        return CANNOT
    steps = np.abs(np.diff(y))
    m = steps.mean()
    m = steps[steps < 3.267 * m].mean()
    middle, reach = y.mean(), 2.66 * m
    side = np.sign(y - middle)
    far = np.abs(y - middle)
    run = y[-7:]
    if far[-1] > reach:
        up = side[-1] > 0
    elif np.all(np.diff(run) > 0) or np.all(np.diff(run) < 0):
        up = run[-1] > run[0]
    elif _two_of_three(far, side, reach) or abs(side[-7:].sum()) == 7:
        up = side[-1] > 0
    else:
        return CANNOT
    return _word(1.0 if up else -1.0, turn)


def _two_of_three(far: np.ndarray, side: np.ndarray, reach: float) -> bool:
    near = (far > 2 / 3 * reach) & (far <= reach)
    return bool(near[-1] and near[-3:].sum() >= 2 and abs(side[-3:].sum()) == 3)


def _relation(
    about: dict[str, Any], years: list[Row], nation: list[Row] | None, delta: float | None, turn: int, today: bool
) -> str | None:
    if nation is None or not turn or about["period"]["kind"] in ("rullande", "månad") or not today:
        return None
    if about["measure"] in COUNTS or about.get("prices") == "löpande":
        return None
    beside = {row.when: row.value for row in nation if not row.doubted}
    both = [row for row in years if row.when in beside]
    if len(both) < 6:
        return None
    x, y = _numbers(both)
    gap = turn * (y - np.array([beside[row.when] for row in both]))
    _, p, change = _mann_kendall(x, gap)
    if p >= 0.05 or abs(change) < (delta or 0):
        return None
    words = (
        ("drar ifrån riket", "tappar försprång mot riket")
        if gap.mean() >= 0
        else ("närmar sig riket", "halkar efter riket")
    )
    return words[0] if change > 0 else words[1]


def between_regions(files: Files, name: str, series: Series, when: str) -> tuple[str, set[str]]:
    """Whether the regions differ beyond chance at a time, and which differ from Riket even so; from values alone."""
    about = files.indicators[name]
    since = max((b["year"] for b in about.get("breaks", [])), default=0)
    nation = next((row for row in series.get("00", []) if row.when == when), None)
    values, errors = {}, {}
    for code, rows in series.items():
        known = [row for row in rows if row.when <= when]
        if code == "00" or not known or known[-1].when != when or known[-1].doubted or known[-1].denominator < 30:
            continue
        years = [row for row in known if not row.doubted and row.year >= since]
        _, error = _uncertainty(about, known[-1], years)
        if error is not None:
            values[code], errors[code] = known[-1].value, error
    if about["measure"] in COUNTS or nation is None or nation.doubted or len(values) < 10:
        return CANNOT, set()
    s = np.array(list(errors.values()))
    z = (np.array(list(values.values())) - nation.value) / s
    w, n = 1 / s**2, len(s)
    q = np.sum(z**2) - np.sum(z / s) ** 2 / np.sum(w)
    drawn_in = np.clip(z, np.percentile(z, 10), np.percentile(z, 90))
    phi = float(np.mean(drawn_in**2))
    tau2 = max(0.0, (n * phi - (n - 1)) / float(np.sum(w) - np.sum(w**2) / np.sum(w)))
    outside = {c for c in values if abs(values[c] - nation.value) > Z_STRONG * math.sqrt(errors[c] ** 2 + tau2)}
    return ("skillnad" if stats.chi2.sf(q, n - 1) < 0.05 else "ingen säker skillnad"), outside
