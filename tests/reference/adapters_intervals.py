"""From the reference cases' inputs to this project's functions: intervals, rates, funnels, comparisons, hiding.

Each function takes the `input` of one case and answers with the keys of its `expected`. The statistics take numbers
only, so a missing number in a case is answered here: nothing is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

import numpy as np

from varddialog.statistics import comparison, disclosure, funnels, intervals
from varddialog.statistics.life_table import life_expectancy
from varddialog.statistics.overdispersed_limits import Limits, overdispersed_limits, unadjusted_limits, unit_limits
from varddialog.statistics.overdispersion import Kind, chance_error, overdispersion
from varddialog.statistics.ranks import quantile_categories
from varddialog.statistics.standardisation import directly_standardised_rate, indirectly_standardised_ratio

Values = dict[str, Any]


def _limits(interval: intervals.Interval | None) -> Values:
    if interval is None:
        return {"value": None, "lower": None, "upper": None}
    return {"value": interval.value, "lower": interval.lower, "upper": interval.upper}


def proportion_wilson(given: Values) -> Values:
    if None in (given["numerator"], given["denominator"]):
        return _limits(None)
    return _limits(
        intervals.wilson_interval(
            given["numerator"], given["denominator"], given["confidence"], given.get("multiplier", 1)
        )
    )


def poisson_count_byar(given: Values) -> Values:
    if given["count"] is None:
        return {"lower": None, "upper": None}
    lower, upper = intervals.byar_limits(given["count"], given["confidence"])
    return {"lower": lower, "upper": upper}


def rate_byar_or_exact(given: Values) -> Values:
    count = given["numerator"]
    method = None if count is None else intervals.count_method(count)
    if count is None or given["denominator"] is None:
        return _limits(None) | {"method": method}
    rate = intervals.rate_interval(count, given["denominator"], given["confidence"], given["multiplier"])
    return _limits(rate) | {"method": rate.method}


def dsr_dobson(given: Values) -> Values:
    rate = directly_standardised_rate(
        given["count"], given["population"], given["standard_population"], given["confidence"], given["multiplier"]
    )
    totals = {"total_count": rate.total_count, "total_population": rate.total_population}
    return totals | _limits(rate.interval)


def indirectly_standardised_ratio_case(given: Values) -> Values:
    ratio = indirectly_standardised_ratio(
        given["count"],
        given["population"],
        given["reference_count"],
        given["reference_population"],
        given["confidence"],
        given["refvalue"],
    )
    totals = {"observed": ratio.observed, "expected": ratio.expected, "method": ratio.interval.method}
    return totals | _limits(ratio.interval)


def quantile_category(given: Values) -> Values:
    return {"quantile": quantile_categories(given["values"], given["n_quantiles"], highest_first=given["invert"])}


def life_expectancy_chiang(given: Values) -> Values:
    table = life_expectancy(given["start_age"], given["population"], given["deaths"], given["confidence"])
    if table.reason is not None:
        return _limits(None) | {"suppressed": True}
    return {"value": table.values, "lower": table.lower, "upper": table.upper, "suppressed": False}


def funnel_limits_proportion(given: Values) -> Values:
    average = given["total_numerator"] / given["total_denominator"]
    return vars(funnels.proportion_limits(given["population"], average, given["multiplier"]))


def funnel_limits_ratio(given: Values) -> Values:
    limits = funnels.ratio_limits(given["observed"])
    answer: Values = {}
    for side, level, name in [(s, lv, n) for s in ("lower", "upper") for lv, n in (("95", "2s"), ("99_8", "3s"))]:
        ratio = getattr(limits.ratios, f"{side}_{level}")
        answer[f"{side}_{name}_exp_events"] = getattr(limits, f"expected_{side}_{level}")
        answer[f"{side}_{name}_count"] = ratio - 1
        answer[f"{side}_{name}_isr"] = ratio * 100
    return answer


def funnel_significance(given: Values) -> Values:
    match given["statistic"]:
        case "proportion":
            average = given["total_numerator"] / given["total_denominator"]
            return {"significance": funnels.proportion_flag(given["numerator"], given["denominator"], average)}
        case "ratio":
            return {"significance": funnels.ratio_flag(given["observed"], given["expected"])}
        case other:
            raise NotImplementedError(f"no flag for the statistic {other}")


def _kind(given: Values) -> Kind:
    kinds: Mapping[tuple[str, str], Kind] = {
        ("SR", "SHMI"): "SHMI",
        ("SR", "CQC"): "CQC",
        ("PR", "na"): "proportion",
        ("RC", "na"): "ratio_of_counts",
    }
    return kinds[given["data_type"], given["sr_method"] if given["data_type"] == "SR" else "na"]


def _named(limits: Limits, prefix: str) -> Values:
    return {
        f"{prefix}ll95": limits.lower_95.tolist(),
        f"{prefix}ul95": limits.upper_95.tolist(),
        f"{prefix}ll998": limits.lower_99_8.tolist(),
        f"{prefix}ul998": limits.upper_99_8.tolist(),
    }


def funnel_overdispersion(given: Values) -> Values:
    kind, multiplier = _kind(given), given["multiplier"]
    numerator, denominator = given["numerator"], given["denominator"]
    found = overdispersion(numerator, denominator, kind, given["trim_by"])
    ratios = [multiplier * n / d for n, d in zip(numerator, denominator, strict=True)]
    answer: Values = {"phi": found.phi, "tau2": found.tau2, "n": found.number, "target": found.target, "rr": ratios}
    for tau2, prefix, name in ((found.tau2, "od", "adjusted"), (None, "", "unadjusted")):
        limits = _named(unit_limits(denominator, kind, tau2, found.target, multiplier), prefix)
        answer |= limits
        for level, flag in (("95", "95"), ("998", "99")):
            ends = zip(ratios, limits[f"{prefix}ll{level}"], limits[f"{prefix}ul{level}"], strict=True)
            answer[f"outlier_{flag}_{name}"] = [int(ratio < low or ratio > high) for ratio, low, high in ends]
    return answer


def funnel_limits_given_tau2(given: Values) -> Values:
    kind, place = _kind(given), (given["target"], given["multiplier"])
    if given["adjusted"]:
        limits = _named(overdispersed_limits(given["denominator"], kind, given["tau2"], *place), "od")
    else:
        limits = _named(unadjusted_limits(given["denominator"], kind, *place), "")
    return limits | {"s": chance_error(np.asarray(given["denominator"], dtype=float), kind).tolist()}


def _has_direction(given: Values) -> bool:
    """Whether the case's polarity is one of ours; a reference compares nothing under any other ("not applicable")."""
    return given["polarity"] in get_args(comparison.Polarity)


def _pair(of: Values, level: str) -> comparison.Limits:
    return of.get(f"lower_{level}"), of.get(f"upper_{level}")


def benchmark_comparison(given: Values) -> Values:
    if not _has_direction(given):
        return {"outcome": "none"}
    area, benchmark, polarity = given["area"], given["benchmark"], given["polarity"]
    value, goal = area.get("value"), benchmark.get("value")
    match given["method"]:
        case "area_95_ci_vs_benchmark_value":
            outcome = comparison.interval_against_value(value, _pair(area, "95"), goal, polarity)
        case "area_95_and_99_8_ci_vs_benchmark_value":
            both = _pair(area, "95"), _pair(area, "99_8")
            outcome = comparison.two_intervals_against_value(value, *both, goal, polarity)
        case "both_95_ci_overlap":
            other = _pair(benchmark, "95")
            outcome = comparison.interval_against_interval(value, _pair(area, "95"), goal, other, polarity)
        case "wilson_control_limits_around_benchmark":
            how = polarity, given["confidence"], given["unit"]
            outcome = comparison.share_against_wilson_limits(value, area.get("denominator"), goal, *how)
        case "poisson_control_limits_around_benchmark":
            how = polarity, given["confidence"], given["unit"]
            outcome = comparison.rate_against_poisson_limits(value, area.get("denominator"), goal, *how)
        case other:
            raise NotImplementedError(f"no comparison by the method {other}")
    return {"outcome": outcome}


def target_comparison(given: Values) -> Values:
    if not _has_direction(given):
        return {"outcome": "none"}
    polarity, value = given["polarity"], given.get("value")
    if given["kind"] == "range":
        return {
            "outcome": comparison.value_against_range(value, given["target_lower"], given["target_upper"], polarity)
        }
    if given["use_ci"]:
        return {"outcome": comparison.interval_against_target(_pair(given, "95"), given["target"], polarity)}
    return {"outcome": comparison.value_against_target(value, given["target"], polarity)}


def small_number_suppression(given: Values) -> Values:
    return {
        column: disclosure.hide_with_next_smallest(given[column], given["threshold"])
        for column in ("numerator", "denominator")
        if column in given
    }


ADAPTERS: dict[str, Callable[[Values], Values]] = {
    "proportion_wilson": proportion_wilson,
    "poisson_count_byar": poisson_count_byar,
    "rate_byar_or_exact": rate_byar_or_exact,
    "dsr_dobson": dsr_dobson,
    "indirectly_standardised_ratio": indirectly_standardised_ratio_case,
    "quantile_category": quantile_category,
    "life_expectancy_chiang": life_expectancy_chiang,
    "funnel_limits_proportion": funnel_limits_proportion,
    "funnel_limits_ratio": funnel_limits_ratio,
    "funnel_significance": funnel_significance,
    "funnel_overdispersion": funnel_overdispersion,
    "funnel_limits_given_tau2": funnel_limits_given_tau2,
    "benchmark_comparison": benchmark_comparison,
    "target_comparison": target_comparison,
    "small_number_suppression": small_number_suppression,
}
