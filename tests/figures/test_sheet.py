"""The sheet: areas, hatching and the marks of the classes, told apart by shape and read against what they lie on."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from varddialog.assessment.answer import Class
from varddialog.figures.sheet import Sheet
from varddialog.figures.style import COLOURS, HATCH, INK, MUTED, fill, words_on
from varddialog.prose.answers import SHAPES

CLASSES = get_args(Class)


def paths(sheet: Sheet) -> list[tuple[str, str]]:
    """Shape and style of each path; a style told once for several lies on their group."""
    root = ET.fromstring(sheet.finish("k", "").svg)
    found = []
    for parent in root.iter():
        for e in parent:
            if e.tag.endswith("path"):
                found.append((e.attrib["d"], parent.attrib.get("style", "") + e.attrib.get("style", "")))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_an_area_is_filled_where_its_corners_are():
    sheet = Sheet(100, 50)
    sheet.area([(10, 10), (90, 10), (90, 40)], "#0b5394")
    ((shape, style),) = paths(sheet)
    assert shape.upper() == "M10 40 90 40 90 10Z"
    assert "fill: #0b5394" in style


def test_hatching_stays_inside_its_area():
    sheet = Sheet(60, 60)
    # a hollow corner: strokes must not cross it
    sheet.area([(0, 0), (60, 0), (60, 20), (20, 20), (20, 60), (0, 60)], "white", hatch=True)
    (strokes,) = [d for d, style in paths(sheet) if HATCH in style]
    drawn = [[float(n) for n in re.findall(r"[\d.]+", stroke)] for stroke in strokes.split("M")[1:]]
    assert len(drawn) > 10
    for x1, y1, x2, y2 in drawn:
        assert x2 - x1 == pytest.approx(y1 - y2, abs=0.15)  # 45 degrees, upwards
        middle = ((x1 + x2) / 2, 60 - (y1 + y2) / 2)
        assert min(middle) <= 20.1
        assert all(-0.1 <= v <= 60.1 for v in (x1, y1, x2, y2))


def test_areas_lie_under_lines_and_marks_over_them():
    sheet = Sheet(20, 20)
    sheet.mark(10, 10, "bättre", 8)
    sheet.line([(0, 10), (20, 10)], INK, 1)
    sheet.area([(0, 0), (20, 0), (20, 20)], "#d9dbde")
    styles = [style for _, style in paths(sheet)]
    order = [next(i for i, s in enumerate(styles) if c in s) for c in ("#d9dbde", INK, COLOURS["bättre"])]
    assert order == sorted(order)


@pytest.mark.parametrize("klass", CLASSES)
def test_every_class_has_a_mark_of_its_shape_in_its_colour_without_a_glyph(klass):
    sheet = Sheet(20, 20)
    sheet.mark(10, 10, klass, 8)
    svg = sheet.finish("k", "").svg
    assert "<text" not in svg
    assert COLOURS[klass] in svg
    numbers = [float(n) for d, _ in paths(sheet) for n in re.findall(r"[\d.]+", d.replace("h0", ""))]
    assert "use" in svg or all(5.0 <= n <= 15.0 for n in numbers)


def test_marks_that_differ_in_words_differ_in_shape():
    drawn = {}
    for klass in CLASSES:
        sheet = Sheet(20, 20)
        sheet.mark(10, 10, klass, 8, "#000001")
        drawn.setdefault(SHAPES[klass], set()).add(sheet.finish("k", "").svg)
    assert all(len(made) == 1 for made in drawn.values())
    assert len({next(iter(made)) for made in drawn.values()}) == len(drawn)


@pytest.mark.parametrize("klass", CLASSES)
def test_words_in_a_class_colour_and_words_on_it_can_be_read(klass):
    ground, hatched = fill(klass)
    assert contrast(COLOURS[klass], "#ffffff") >= 4.5
    assert contrast(words_on(klass), ground) >= 4.5
    if hatched:
        assert contrast(words_on(klass), HATCH) >= 4.5
    assert contrast(MUTED, "#ffffff") >= 4.5


def test_better_worse_and_level_differ_in_hue():
    better, worse, level = (COLOURS[k] for k in ("bättre", "sämre", "i nivå"))
    red, blue = (lambda c: int(c[1:3], 16)), (lambda c: int(c[5:7], 16))
    assert blue(better) > red(better) + 60
    assert red(worse) > blue(worse) + 60
    assert abs(red(level) - blue(level)) < 20


def test_words_say_their_look_only_where_it_differs():
    sheet = Sheet(100, 50)
    sheet.text(10, 25, "vanlig")
    sheet.text(90, 25, "egen", ha="right", color=MUTED, weight="bold", fontsize=7, url="#dit")
    root = ET.fromstring(sheet.finish("k", "").svg)
    plain, own = (e for e in root.iter() if e.tag == "text")
    assert set(plain.attrib) == {"x", "y"}
    assert own.attrib | {"y": ""} == {
        "x": "90", "y": "", "text-anchor": "end", "fill": MUTED, "font-weight": "bold", "font-size": "7"
    }  # fmt: skip
    assert [a.attrib["href"] for a in root.iter("a")] == ["#dit"]
    assert all(a.attrib["x"] < b.attrib["x"] for a, b in pairwise([plain, own]))
