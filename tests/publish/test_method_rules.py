"""Rules of the method page that today's figures never need, on made-up ones: counts, weighted lines, targets."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from tests import making
from tests.publish import second_opinion

from varddialog.assessment.assess import Assessment, assess
from varddialog.data.rows import Observation
from varddialog.model.indicator import Indicator

NEWEST = 2025
PER = {"procent": 100, "per_100000": 100_000}
LEVELS = {"issuer": "Utfärdaren", "match": "samma"}


def _country(measure: str, rng: np.random.Generator, sizes: tuple[int, int], drift: float) -> list[Observation]:
    """Nine years of counts for Riket and twelve regions."""
    rows = []
    for region in ("00", *making.REGIONS):
        n = int(rng.integers(*sizes)) * (50 if region == "00" else 1)
        level = 0.2 if region == "00" else float(rng.uniform(0.1, 0.3))
        for year in range(2017, NEWEST + 1):
            share = min(max(level + drift * (year - 2021) + rng.normal(0, 0.005), 0.01), 0.99)
            share = share / 100 if measure != "procent" else share
            count = int(rng.binomial(n, share))
            rows.append(
                making.observation(region, year, count / n * PER[measure], numerator=float(count), denominator=float(n))
            )
    return rows


def _both(indicator: Indicator, rows: list[Observation]) -> tuple[Assessment, second_opinion.Opinion]:
    (result,) = making.results(indicator, making.SKANE, rows)
    about = indicator.model_dump(exclude_none=True, exclude_unset=True) | {"period": {"kind": indicator.period.kind}}
    files: Any = SimpleNamespace(newest_year=NEWEST, indicators={"T1": about})
    series: second_opinion.Series = {}
    for o in rows:
        plain = {k: np.nan if v is None else v for k, v in o._asdict().items()}
        series.setdefault(o.region, []).append(SimpleNamespace(**plain, when=o.when, doubted=False))
    return assess(result, []), second_opinion.assess(files, "T1", "T", making.SKANE.code, series)


@pytest.mark.parametrize("measure", ["procent", "per_100000"])
def test_counts_and_weighted_lines(measure: str) -> None:
    """Wilson, exact and Byar's intervals; the adjusted trend, its size and its steadiness."""
    rng = np.random.default_rng(7)
    met: Counter[str] = Counter()
    small = [(40, 400), (3_000, 30_000), (500_000, 900_000)]
    # of a rate some regions have fewer than ten events
    for i in range(120):
        sizes = small[i % 3] if measure == "procent" else (2_000, 40_000)
        drift = float(rng.choice([0.0, 0.004, -0.012]))
        direction = ["higher_better", "lower_better", "none"][i % 3]
        theirs, mine = _both(
            making.indicator(measure=measure, direction=direction), _country(measure, rng, sizes, drift)
        )
        assert theirs.vs_nation
        assert theirs.trend
        assert (theirs.uncertainty.level, mine.level) == ("A", "A")
        assert theirs.relevance.limit == pytest.approx(mine.relevance)
        assert theirs.z == pytest.approx(mine.z, rel=1e-5)
        assert (theirs.vs_nation.klass, theirs.trend.klass) == (mine.vs_nation, mine.trend)
        assert mine.tier in (None, theirs.vs_nation.certainty)
        met.update([theirs.vs_nation.klass, theirs.trend.klass, theirs.vs_nation.certainty])
    wanted = {"bättre", "sämre", "högre", "lägre", "kan ej bedömas", "förbättras", "försämras", "tydligt säkerställd"}
    # rare events seldom show that nothing has changed
    assert wanted | ({"oförändrat"} if measure == "procent" else set()) <= set(met), met


@pytest.mark.parametrize("direction", ["higher_better", "lower_better"])
@pytest.mark.parametrize(
    "target",
    [
        {"kind": "minst", "level": 20.0},
        {"kind": "högst", "level": 20.0},
        {"kind": "intervall", "level": 18.0, "upper": 22.0},
        {"kind": "två nivåer", "level": 18.0, "upper": 22.0},
        {"kind": "riktning"},
    ],
)
def test_kinds_of_target(target: dict[str, Any], direction: str) -> None:
    rng = np.random.default_rng(11)
    met = set()
    for _ in range(60):
        shown = making.indicator(direction=direction, targets=[{**LEVELS, **target}])
        theirs, mine = _both(shown, _country("procent", rng, (300, 4_000), 0.0))
        assert theirs.vs_target
        assert theirs.vs_target.klass == mine.vs_target
        met.add(theirs.vs_target.klass)
    assert len(met) >= (2 if target["kind"] == "riktning" else 4)


def test_months() -> None:
    """Every rule of the control chart, for the better and the worse."""
    rng = np.random.default_rng(3)
    shown = making.indicator(period={"kind": "månad"})
    met: Counter[str] = Counter()
    for _ in range(300):
        count = int(rng.integers(10, 30))
        steps = rng.normal(0, 2, count)
        end = rng.choice([0, 3, 6]) * rng.choice([-1, 1]) * (np.arange(count) >= count - int(rng.integers(1, 9)))
        rows = [
            making.observation(
                region, 2023 + month // 12, 50 + float(v), period=f"{2023 + month // 12}-{month % 12 + 1:02}"
            )
            for region in ("00", making.SKANE.code)
            for month, v in enumerate(steps + end)
        ]
        theirs, mine = _both(shown, rows)
        assert theirs.trend
        assert theirs.trend.klass == mine.trend
        met[mine.trend] += 1
    assert set(met) == {"förbättras", "försämras", "kan ej bedömas"}
