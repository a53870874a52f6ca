"""The line of places: a dot for each, better to the right, the region's own and Riket's marked."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from tests.making import country
from tests.places import one, rows

from varddialog.assessment.inside import Inside
from varddialog.figures.frame import LEFT, WIDTH
from varddialog.figures.inside import SIZE, line_of_places
from varddialog.figures.style import ACCENT, REGIONS


def drawn(found: Inside) -> str:
    drawing = line_of_places(found, "Kommunerna")
    assert drawing is not None
    return drawing.svg


def words(svg: str) -> dict[str, float]:
    """Each word's place across."""
    found = [e for e in ET.fromstring(svg).iter() if e.tag.endswith("text")]
    return {"".join(e.itertext()).replace("\u00a0", " "): float(e.attrib["x"]) for e in found}


def dots(svg: str) -> list[tuple[float, float]]:
    """The places of the dots: lines of no length with round ends."""
    (style,) = re.findall(rf'd="([^"]+)"[^>]*stroke: {REGIONS}', svg) or re.findall(
        rf'stroke: {REGIONS}[^>]*d="([^"]+)"', svg
    )
    return [(float(x), float(y)) for x, y in re.findall(r"M(\S+) (\S+?)h0", style)]


def test_a_dot_for_each_place_and_better_to_the_right() -> None:
    svg = drawn(one(rows([10.0, 20.0, 90.0])))
    across = sorted(x for x, _ in dots(svg))
    assert len(across) == 3
    assert across[0] == pytest.approx(LEFT, abs=0.1)
    assert across[-1] == pytest.approx(WIDTH - LEFT, abs=0.1)
    named = words(svg)
    assert named["10,0"] < named["Riket 50,0"] < named["Skåne 55,0"] < named["90,0"]
    turned = words(drawn(one(rows([10.0, 20.0, 90.0]), direction="lower_better")))
    assert turned["90,0"] < turned["Skåne 55,0"] < turned["Riket 50,0"] < turned["10,0"]


def test_no_dot_covers_another() -> None:
    svg = drawn(one(rows({f"Enhet {i:03}": 50 + i % 7 for i in range(120)}, kind="enhet")))
    found = dots(svg)
    assert len(found) == 120
    for i, (x, y) in enumerate(found):
        assert all(abs(x - u) >= 3.9 or abs(y - v) >= 3.9 for u, v in found[:i]), SIZE


def test_the_sheet_is_as_high_as_its_marks_need() -> None:
    def height(found: Inside) -> float:
        return float(ET.fromstring(drawn(found)).attrib["viewBox"].split()[3])

    both, bare = one(rows([1.0, 2.0, 3.0])), one(rows([1.0, 2.0, 3.0], 2020))
    assert ACCENT in drawn(both)
    assert ACCENT not in drawn(bare)
    assert height(bare) < height(both) < 100


@pytest.mark.parametrize(
    "found",
    [
        one(rows([1.0, 2.0])),
        one(rows([2.0, 2.0, 2.0])),
        one(rows([1.0, 2.0, 3.0]), measure="antal", direction="none"),
        one(rows([1.0, 2.0, 101.0])),
    ],
    ids=["two", "alike", "counts", "two that may be shown"],
)
def test_no_drawing_where_there_is_nothing_to_see(found: Inside) -> None:
    assert line_of_places(found, "x") is None


def test_the_same_values_give_the_same_bytes_and_the_text_alternative_is_there() -> None:
    found = one(rows([1.0, 2.0, 3.0]), [*country(2025, 50, 55)])
    drawing = line_of_places(found, "Kommunerna")
    assert drawing
    assert drawing.svg == drawn(found)
    assert 'aria-label="Kommunerna"' in drawing.__html__()
