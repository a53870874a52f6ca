"""The funnel: where there is ground for one, and its limits by hand."""

from __future__ import annotations

import math

import pytest
from tests.across import CODES, ladder, seen, year
from tests.making import remark

from varddialog.assessment.funnel import funnel

# half the width of each region's interval: two sizes would do, but a line is easier to see
HALF = {code: 6.0 / (1 + i / 5) for i, code in enumerate(["00", *CODES])}


def alike(**odd: float):
    """Regions whose differences are chance: within a standard error of Riket."""
    values = {"00": 60.0, **{c: 60 + 0.2 * HALF[c] * (-1) ** i for i, c in enumerate(CODES)}}
    values.update({k[1:]: v for k, v in odd.items()})
    return [row for code, value in values.items() for row in year(2025, {code: value}, HALF[code])]


def test_limits_of_chance_alone_are_z_standard_errors():
    found = funnel(seen(alike()))
    assert found is not None
    assert not found.outside
    assert not found.counted
    for size, (low, high), (far_low, far_high) in zip(found.line, found.inner, found.outer, strict=True):
        assert (high - 60, 60 - low) == pytest.approx((1.96 / size, 1.96 / size), rel=1e-3)
        assert (far_high - 60, 60 - far_low) == pytest.approx((3.09 / size, 3.09 / size), rel=1e-3)
    narrowest, widest = min(HALF[c] for c in CODES), max(HALF[c] for c in CODES)
    assert found.line[0] == pytest.approx(1.96 / widest, rel=1e-4)
    assert found.line[-1] == pytest.approx(1.96 / narrowest, rel=1e-4)


def test_those_outside_are_outside_the_limits_at_their_own_size():
    found = funnel(seen(alike(_14=80.0)))
    assert found is not None
    assert found.outside == {"14"}
    at = min(range(len(found.line)), key=lambda i: abs(math.log(found.line[i] / found.sizes["14"])))
    assert found.outer[at][1] < 80


def test_ordinary_variation_widens_the_limits():
    wide = funnel(seen([r for c, v in ladder().items() for r in year(2025, {c: v}, HALF[c])]))
    narrow = funnel(seen(alike()))
    assert wide is not None
    assert narrow is not None
    assert wide.outer[-1][1] - wide.centre > 5 * (narrow.outer[-1][1] - narrow.centre)


def counted(measure: str, per: float, odd: float = 1.0):
    """A fifth of ever more people, a little more or less; Norrbotten `odd` times as many."""
    rows = []
    for i, code in enumerate(["00", *CODES]):
        people = 1000.0 * (1 + i)
        events = round(0.2 * people + (-1) ** i * 0.3 * math.sqrt(people * 0.2)) * (odd if code == "25" else 1)
        value = per * 0.2 if code == "00" else per * events / people
        rows += year(2025, {code: value}, numerator=events, denominator=people)
    return seen(rows, measure=measure)


def test_counts_give_the_limits_of_a_share():
    found = funnel(counted("procent", 100))
    assert found is not None
    assert found.counted
    assert found.sizes["01"] == 2000.0
    assert found.centre == pytest.approx(20.0)
    for size, (low, high) in zip(found.line, found.inner, strict=True):
        assert high - low == pytest.approx(2 * 1.96 * 100 * math.sqrt(0.2 * 0.8 / size), rel=0.03)


@pytest.mark.parametrize(("measure", "per"), [("procent", 100), ("per_1000", 1000)])
def test_who_is_outside_agrees_with_the_limits_that_are_drawn(measure, per):
    found = funnel(counted(measure, per, odd=1.5))
    assert found is not None
    assert found.outside == {"25"}
    for code, value in found.values.items():
        at = min(range(len(found.line)), key=lambda i: abs(math.log(found.line[i] / found.sizes[code])))
        low, high = found.outer[at]
        assert (not low <= value <= high) == (code == "25")


def test_without_ground_there_is_no_funnel():
    assert funnel(seen(year(2025, ladder()))) is None  # no uncertainty known
    assert funnel(seen(year(2025, ladder(), 3.0))) is None  # one size
    few = [r for r in alike() if r.region in ("00", *CODES[:9])]
    assert funnel(seen(few)) is None
    assert funnel(seen(alike(), [remark("00", 2025)])) is None
    assert funnel(seen(alike(), discontinued=2025)) is None
