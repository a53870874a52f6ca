"""The Mann–Kendall family of trend tests for long series, by the library pymannkendall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from varddialog.statistics.mann_kendall import Line

Trend = Literal["increasing", "decreasing", "no trend"]

# on one series, and on several series at once (rows = times, columns = series)
Single = Literal[
    "original",
    "hamed_rao",
    "yue_wang",
    "pre_whitening",
    "trend_free_pre_whitening",
    "seasonal",
    "correlated_seasonal",
]
Several = Literal["regional", "correlated_multivariate", "partial"]
Variant = Literal[Single, Several]


@dataclass(frozen=True)
class KendallTest:
    """A Mann–Kendall test by normal approximation, as pymannkendall gives it; Sen's line over the positions."""

    trend: Trend
    significant: bool
    p: float
    z: float
    tau: float
    s: float
    variance: float
    line: Line


def mann_kendall(
    values: Sequence[float | None] | Sequence[Sequence[float | None]],
    variant: Variant = "original",
    *,
    period: int = 12,
    lag: int | None = None,
    alpha: float = 0.05,
) -> KendallTest:
    """The Mann–Kendall family for long series; a gap is None or nan.

    The last three variants take rows of several series ("partial": the series and one covariate). `period` is the
    length of a season, `lag` limits the autocorrelations of "hamed_rao" and "yue_wang" (None = all).
    ValueError: an unknown variant, rows where a list is asked for or the reverse, fewer than two known values.
    Source: the library pymannkendall (Hussain and Mahmud, JOSS 2019;4:1556).
    """
    import pymannkendall

    tests = {
        "original": pymannkendall.original_test,
        "hamed_rao": pymannkendall.hamed_rao_modification_test,
        "yue_wang": pymannkendall.yue_wang_modification_test,
        "pre_whitening": pymannkendall.pre_whitening_modification_test,
        "trend_free_pre_whitening": pymannkendall.trend_free_pre_whitening_modification_test,
        "seasonal": pymannkendall.seasonal_test,
        "correlated_seasonal": pymannkendall.correlated_seasonal_test,
        "regional": pymannkendall.regional_test,
        "correlated_multivariate": pymannkendall.correlated_multivariate_test,
        "partial": pymannkendall.partial_test,
    }
    if variant not in tests:
        raise ValueError(f"variant: one of {', '.join(tests)}, not {variant}")
    data = np.array(values, dtype=float)
    if data.ndim != (2 if variant in get_args(Several) else 1):
        raise ValueError("values: rows of several series for a variant on several, else a list")
    if np.isfinite(data).sum() < 2:
        raise ValueError("values: at least two known")
    options: dict[str, float | int | None] = {"alpha": alpha}
    if variant in ("hamed_rao", "yue_wang"):
        options["lag"] = lag
    if variant in ("seasonal", "correlated_seasonal"):
        options["period"] = period
    with np.errstate(all="ignore"):  # a constant series divides by its variance
        found = tests[variant](data, **options)
    return KendallTest(
        trend=found.trend,
        significant=bool(found.h),
        p=float(found.p),
        z=float(found.z),
        tau=float(found.Tau),
        s=float(found.s),
        variance=float(found.var_s),
        line=Line(float(found.slope), float(found.intercept)),
    )
