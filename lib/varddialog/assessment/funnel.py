"""The funnel of one indicator: the limits round Riket, the ordinary variation between regions allowed for."""

from __future__ import annotations

import math
from dataclasses import dataclass

from varddialog.assessment.across import Across
from varddialog.assessment.uncertainty import PER
from varddialog.statistics.overdispersed_limits import Z_95, Z_99_8, overdispersed_limits

_STEPS = 40


@dataclass(frozen=True)
class Funnel:
    """Riket's value, the regions' values and sizes, and the limits along `line` from the smallest size to the largest.

    counted: size is the denominator; otherwise it is the precision, 1 / standard error in the indicator's unit.
    inner, outer: lower and upper limits at 95 and 99.8 per cent for each step of the line. outside: the regions
    outside the outer limits.
    """

    centre: float
    values: dict[str, float]
    sizes: dict[str, float]
    counted: bool
    line: list[float]
    inner: list[tuple[float, float]]
    outer: list[tuple[float, float]]
    outside: frozenset[str]


def funnel(x: Across) -> Funnel | None:
    """The funnel at the time of `x`; None where the assessment has no ground for one.

    It needs today's values, a sound value of Riket, and a known uncertainty of at least ten regions: from counts, the
    publisher's intervals or the noise of the regions' own series. One common size shows too little to be a funnel.
    """
    field = x.field
    found, nation = field.between, x.nation
    if found is None or nation is None or not x.is_current:
        return None
    codes = [code for code in sorted(field.points) if code in field.errors]
    if found.kind is None:
        sizes = {code: 1 / field.errors[code] for code in codes}
    else:
        sizes = {code: field.points[code].denominator or 0.0 for code in codes}
    low, high = min(sizes.values()), max(sizes.values())
    if not low < high:
        return None
    line = [low * (high / low) ** (i / _STEPS) for i in range(_STEPS + 1)]
    if found.kind is None:
        reach = [math.hypot(1 / size, math.sqrt(found.tau2)) for size in line]
        inner, outer = ([(nation.value - z * r, nation.value + z * r) for r in reach] for z in (Z_95, Z_99_8))
    else:
        per = 100 if found.kind == "proportion" else PER[x.indicator.measure]
        share = nation.value / per
        if found.kind == "proportion":
            limits = overdispersed_limits(line, found.kind, found.tau2, target=share, multiplier=per)
        else:
            # the ratio of what has happened to what Riket's rate would have given
            expected = [size * share for size in line]
            limits = overdispersed_limits(expected, found.kind, found.tau2, multiplier=nation.value)
        inner = list(zip(limits.lower_95.tolist(), limits.upper_95.tolist(), strict=True))
        outer = list(zip(limits.lower_99_8.tolist(), limits.upper_99_8.tolist(), strict=True))
    values = {code: field.points[code].value for code in codes}
    return Funnel(nation.value, values, sizes, found.kind is not None, line, inner, outer, found.outside)
