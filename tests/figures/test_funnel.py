"""The funnel: dots by size, limits round Riket, names of those outside."""

from __future__ import annotations

import math

import pytest
from tests.across import CODES, NAMES, paths, seen, texts, words, year

from varddialog.assessment.funnel import funnel
from varddialog.figures.funnel import funnel_plot

SPREAD = {code: 60 + 0.4 * ((7 * i) % 11 - 5) for i, code in enumerate(CODES)}


def rows(**odd: float):
    """Riket 60; the regions close to it, with ever narrower intervals; some far from it."""
    return [
        row
        for i, (code, value) in enumerate({"00": 60.0, **SPREAD, **{f"{k[1:]}": v for k, v in odd.items()}}.items())
        for row in year(2025, {code: value}, 4.0 / (1 + i / 4))
    ]


def drawn(**odd: float) -> str:
    x = seen(rows(**odd))
    found = funnel(x)
    assert found is not None
    return funnel_plot(x, found, "").svg


def test_those_outside_are_named_and_no_others():
    svg = drawn(_14=80.0, _20=45.0)
    assert {"Västra Götaland", "Dalarna"} == set(texts(svg)) & set(NAMES.values()) - {"Riket"}
    assert not set(texts(drawn())) & set(NAMES.values())


def test_a_name_lies_at_its_mark_and_off_the_others():
    found = [(x, y, t) for x, y, t in words(drawn(_14=80.0, _17=80.3, _20=45.0)) if t in NAMES.values()]
    assert len(found) == 3
    boxes = [(x, y, x + 4.5 * len(t), y + 9) for x, y, t in found]
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_every_region_is_a_dot_or_a_mark_and_lies_by_its_precision():
    svg = drawn(_14=80.0)
    assert svg.count("<use") == 20
    xs = sorted(float(use.split('x="')[1].split('"')[0]) for use in svg.split("<use")[1:])
    # the half width of an interval is 1.96 standard errors, so the precision is 1.96 / half width
    sizes = [math.log((1 + i / 4) / 4) for i, code in enumerate(CODES, 1) if code != "14"]
    scale = (xs[-1] - xs[0]) / (sizes[-1] - sizes[0])
    assert xs == pytest.approx([xs[0] + scale * (size - sizes[0]) for size in sizes], abs=0.2)


def test_limits_close_in_on_riket_and_never_leave_what_a_share_can_be():
    values = {code: 97.0 + 0.1 * (i % 5) for i, code in enumerate(CODES)}
    told = [row for i, (c, v) in enumerate({"00": 97.2, **values}.items()) for row in year(2025, {c: v}, 6 / (1 + i))]
    x = seen(told)
    found = funnel(x)
    assert found is not None
    svg = funnel_plot(x, found, "").svg
    (riket,) = [y for _, y, t in words(svg) if t.startswith("Riket")]
    dashed = [ring for e in paths(svg, stroke="#595e66", stroke_width="0.8") for ring in e]
    below = max(dashed, key=lambda ring: ring[0][1])
    assert [y for _, y in below] == sorted((y for _, y in below), reverse=True)
    ticks = {float(t): y for _, y, t in words(svg) if t in ("98", "96", "100")}
    if 100.0 in ticks:
        assert min(y for ring in dashed for _, y in ring) >= ticks[100.0] - 4
    assert riket > 0


def test_counts_make_the_denominator_the_size():
    told = []
    for i, code in enumerate(["00", *CODES]):
        people = 400.0 * (1 + i) ** 1.5
        share = 0.9 if code == "25" else 0.6
        told += year(2025, {code: 100 * share}, numerator=round(share * people), denominator=people)
    x = seen(told)
    found = funnel(x)
    assert found is not None
    svg = funnel_plot(x, found, "").svg
    assert "antal i nämnaren →" in texts(svg)
    assert {"2\u00a0000", "5\u00a0000", "10\u00a0000"} <= set(texts(svg))
    assert "Norrbotten" in texts(svg)
