"""From the input of a reference case to our functions and back to the reference's words and units: trends and slopes.

Where a reference gives a standard error or an interval in another unit than its estimate, ours is turned to theirs
here, and only here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from varddialog.statistics import control_chart_rules as rules
from varddialog.statistics import inequality, inequality_gradient, inequality_spread
from varddialog.statistics.control_chart import xmr
from varddialog.statistics.inequality_groups import Measure, Subgroups, quantile
from varddialog.statistics.mann_kendall_family import mann_kendall
from varddialog.statistics.slope_index import errors_from_limits, slope_index
from varddialog.statistics.trend_fingertips import Year, judged, recent_trend

Case = dict[str, Any]


def slope_index_of_inequality(case: Case) -> Case:
    order = sorted(range(len(case["quantile"])), key=lambda i: case["quantile"][i])
    column = {
        name: [case[name][i] for i in order] for name in case if isinstance(case[name], list) and name != "confidence"
    }
    if not 5 <= len(order) <= 100:
        raise ValueError("the reference takes 5 to 100 groups")
    confidence = case["confidence"] if isinstance(case["confidence"], list) else [case["confidence"]]
    kind = case["value_type"]
    errors = column.get("standard_error") or errors_from_limits(column["lower"], column["upper"], kind)
    values = column.get("value") or [x / n for x, n in zip(column["count"], column["population"], strict=True)]
    found = slope_index(
        values,
        column["population"],
        errors,
        kind=kind,
        seed=1,
        transform=case["transform"],
        multiplier=case["multiplier"],
        confidence=confidence,
    )
    answer = {"sii": found.slope, "rii": found.relative, "intercept": found.intercept}
    for place, limits in enumerate(found.limits, start=1):
        tail = "" if place == 1 else f"_{place}"
        answer |= {
            f"sii_lower{tail}": limits.slope_lower,
            f"sii_upper{tail}": limits.slope_upper,
            f"rii_lower{tail}": limits.relative_lower,
            f"rii_upper{tail}": limits.relative_upper,
        }
    return answer


def inequality_summary(case: Case) -> Case:
    marks = case.get("reference_subgroup") or []
    groups = Subgroups.of(
        case["estimate"],
        case["population"],
        standard_errors=case.get("standard_error") or None,
        order=case["subgroup_order"] if case.get("ordered") else None,
        reference=marks.index(1) if 1 in marks else None,
    )
    high, scale = bool(case.get("favourable_indicator", 1)), case.get("scale")
    name = case["measure"]

    def away(point: float) -> Measure:
        return inequality_spread.mean_difference(groups, point, weighted=name.endswith("_weighted"))

    def reference_value() -> float:
        if groups.reference is None:
            raise ValueError("reference_subgroup: one subgroup must be marked")
        return float(groups.values[groups.reference])

    measures: dict[str, Callable[[], Measure]] = {
        "difference": lambda: inequality.difference(groups, high),
        "ratio": lambda: inequality.ratio(groups, high),
        "par": lambda: inequality.attributable_risk(groups, high, scale),
        "paf": lambda: inequality.attributable_fraction(groups, high, scale),
        "aci": lambda: inequality_gradient.absolute_concentration(groups),
        "rci": lambda: inequality_gradient.relative_concentration(groups),
        "sii_logit": lambda: inequality_gradient.logit_slope(groups, scale),
        "rii_logit": lambda: inequality_gradient.logit_ratio(groups, scale),
        "bgv": lambda: inequality_spread.between_group_variance(groups),
        "bgsd": lambda: inequality_spread.between_group_deviation(groups),
        "coefficient_of_variation": lambda: inequality_spread.coefficient_of_variation(groups),
        "mld": lambda: inequality_spread.mean_log_deviation(groups),
        "theil": lambda: inequality_spread.theil_index(groups),
    }
    for weight in ("weighted", "unweighted"):
        measures |= {
            f"mean_difference_from_best_{weight}": lambda: away(float(groups.values[groups.best(high)])),
            f"mean_difference_from_mean_{weight}": lambda: away(groups.mean),
            f"mean_difference_from_reference_{weight}": lambda: away(reference_value()),
            f"idis_{weight}": lambda: inequality_spread.index_of_disparity(groups, weighted=name == "idis_weighted"),
        }
    aliases = {"ti": "theil", "theil_index": "theil", "cov": "coefficient_of_variation", "rii": "rii_logit"}
    found = measures[aliases.get(name, name)]()
    answer: Case = {"estimate": found.value, "se": found.standard_error, "lower": found.lower, "upper": found.upper}
    # the reference's standard error of these is for the unmultiplied measure; only that of the slope moves no limits
    factor = {"paf": 100, "mld": 1000, "theil": 1000}.get(aliases.get(name, name))
    if factor and found.standard_error is not None:
        reach = quantile(0.95) * found.standard_error / factor
        answer |= {"se": found.standard_error / factor, "lower": found.value - reach, "upper": found.value + reach}
    if name == "sii_logit" and found.standard_error is not None:
        answer["se"] = found.standard_error / scale
    return answer


def trend_recent_fingertips(case: Case) -> Case:
    supported = case.get("value_type", "proportion").lower() in (
        "proportion",
        "crude rate",
        "directly standardised rate",
    )
    columns = ("year", "value", "lower_95", "upper_95", "count", "denominator")
    years = [Year(*row) for row in zip(*(case[name] for name in columns), strict=True)] if supported else []
    found = recent_trend(years, proportions=case["method"] != "weighted_by_ci", period_years=case["year_range"])
    return {
        "significant": found.significant,
        "chi2": found.chi_square,
        "marker": found.marker,
        "trend": judged(found.marker, case.get("polarity", "no_judgement")),
    }


def trend_polarity(case: Case) -> Case:
    # the reference leaves words that already judge as they are
    return {"trend": judged(case["trend"], case["polarity"])}


def trend_mann_kendall(case: Case) -> Case:
    text = case["test"].replace("-", "_")
    numbers = {word: int(number) for word, number in re.findall(r"(period|lag)[ _=]*(\d+)", text)}
    variant = re.sub(r"[ _]*(period|lag).*|_(modification_)?test.*", "", text).strip().replace(" ", "_")
    numbers |= {word: case[word] for word in ("period", "lag") if word in case}
    found = mann_kendall(case["values"], variant, **numbers)  # type: ignore[arg-type]
    return {
        "trend": found.trend,
        "h": found.significant,
        "p": found.p,
        "z": found.z,
        "Tau": found.tau,
        "s": found.s,
        "var_s": found.variance,
        "slope": found.line.slope,
        "intercept": found.line.intercept,
    }


def spc_xmr(case: Case) -> Case:
    start = case["rebase_at_position"]
    starts = [] if start is None else start if isinstance(start, list) else [start]
    chart = xmr(
        case["values"],
        rebase_at=[position - 1 for position in starts],
        baseline_points=case["fix_after_n_points"],
        screen_outliers=case["screen_outliers"],
    )
    points = chart.points

    def unless_missing(limit: float, answer: Any) -> Any:
        return None if math.isnan(limit) else answer

    latest = points[-1]
    return {
        "mean": [point.mean for point in points],
        "lower_limit": [unless_missing(point.lower, point.lower) for point in points],
        "upper_limit": [unless_missing(point.upper, point.upper) for point in points],
        "outside_limits": [unless_missing(point.upper, point.outside) for point in points],
        "relative_to_mean": [point.side for point in points],
        "close_to_limits": [unless_missing(point.upper, point.near) for point in points],
        "special_cause_type": [point.special for point in points],
        "point_type": chart.point_types(case["improvement_direction"]),
        "summary": {"mean": latest.mean, "lower_limit": latest.lower, "upper_limit": latest.upper},
    }


def spc_rules_nhs(case: Case) -> Case:
    rule = case["rule"]
    if rule == "seven_one_side_end_marker":
        flags = rules.ends_run_on_one_side(case["relative_to_mean"])
    elif rule == "spread_marker_back_over_seven":
        flags = rules.spread_back(case["markers"])
    elif rule == "seven_point_trend_end_marker":
        flags = rules.ends_trend(case["values"])
    elif rule == "two_in_three_window":
        flags = rules.in_window_with_two_near_limit(case["close_to_limits"], case["relative_to_mean"])
    else:
        flags = rules.two_of_three(case["close_to_limits"], case["relative_to_mean"])
    return {"flags": flags}


ADAPTERS: dict[str, Callable[[Case], Case]] = {
    adapter.__name__: adapter
    for adapter in (
        slope_index_of_inequality,
        inequality_summary,
        trend_recent_fingertips,
        trend_polarity,
        trend_mann_kendall,
        spc_xmr,
        spc_rules_nhs,
    )
}
