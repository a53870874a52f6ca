"""The map and the tiles: all regions, shared borders, class by colour and mark, equal tiles."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from itertools import pairwise

import pytest
from tests.across import CODES, NAMES, ladder, links, paths, seen, texts, words, year

from varddialog.figures.shapes import shapes
from varddialog.figures.style import HATCH
from varddialog.figures.sweden import Shown, map_of_regions, regions_of, tiles

BLUE, ORANGE = "#0b5394", "#b84a00"
KINDS = ("bättre", "sämre", "i nivå", "kan ej bedömas")


def shown(**changes: object) -> dict[str, Shown]:
    return {
        code: Shown(changes.get(f"_{code}", KINDS[i % 4]), f"{i},5", NAMES[code], f"{code}.html")  # type: ignore[arg-type]
        for i, code in enumerate(CODES)
    }


def area(ring: list[tuple[float, float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def test_the_shapes_say_whose_they_are_and_are_small():
    file = files("varddialog.figures") / "sweden.json"
    told = json.loads(file.read_text(encoding="utf-8"))["about"]
    assert "SCB" in told["source"]
    assert "MIT" in told["licence"]
    assert "CC0" in told["licence"]
    assert len(file.read_bytes()) < 40_000


def test_every_region_has_about_its_true_area():
    # land of the counties in square kilometres and their lakes but the largest, about
    known = {"09": 3_100, "10": 3_000, "12": 11_000, "25": 105_000, "23": 54_000, "01": 6_500, "07": 9_400, "19": 5_400}
    found = {code: sum(area(ring) for ring in rings) for code, rings in shapes().rings.items()}
    assert sorted(found) == sorted(CODES)
    for code, size in known.items():
        assert found[code] == pytest.approx(size, rel=0.1)


def test_neighbours_share_their_border():
    sides = Counter()
    for rings in shapes().rings.values():
        for ring in rings:
            sides.update(frozenset((a, b)) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    assert set(sides.values()) <= {1, 2}

    def common(one: str, other: str) -> int:
        edges = [
            {frozenset(pair) for ring in shapes().rings[c] for pair in zip(ring, [*ring[1:], ring[0]], strict=True)}
            for c in (one, other)
        ]
        return len(edges[0] & edges[1])

    for one, other in (("24", "25"), ("07", "12"), ("03", "19"), ("01", "03"), ("20", "17")):
        assert common(one, other) >= 3
    assert not common("09", "08")


def test_the_mark_of_a_region_lies_inside_it():
    for code, (x, y) in shapes().places.items():
        crossed = 0
        for ring in shapes().rings[code]:
            for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
                crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        assert crossed % 2, NAMES[code]


def test_the_map_names_all_with_their_values_and_leads_on():
    svg = map_of_regions(shown(), "k", "").svg
    told = texts(svg)
    for i, code in enumerate(CODES):
        assert {f"{NAMES[code]} {i},5", f"{i},5 {NAMES[code]}"} & set(told)
    assert set(links(svg)) == {f"{code}.html" for code in CODES}


def test_names_beside_the_map_do_not_meet():
    svg = map_of_regions(shown(), "k", "").svg
    for right in (False, True):
        ys = sorted(
            y
            for x, y, t in words(svg)
            if (x > 200) == right and any(t.endswith(n) or t.startswith(n) for n in NAMES.values())
        )
        assert len(ys) > 5
        assert min(b - a for a, b in pairwise(ys)) >= 9


def test_regions_are_filled_by_class_at_one_scale():
    svg = map_of_regions(shown(), "k", "").svg
    largest = {code: max(map(area, rings)) for code, rings in shapes().rings.items()}
    scales = []
    for klass, colour in (("bättre", BLUE), ("sämre", ORANGE)):
        filled = [area(ring) for e in paths(svg, fill=colour) for ring in e]
        scales.append(max(filled) / max(largest[c] for i, c in enumerate(CODES) if KINDS[i % 4] == klass))
    assert scales[0] == pytest.approx(scales[1], rel=0.02)


def test_those_that_cannot_be_judged_are_hatched_and_never_coloured():
    svg = map_of_regions(shown(**{f"_{c}": "kan ej bedömas" for c in CODES}), "k", "").svg
    assert sum(len(e) for e in paths(svg, stroke=HATCH)) > 150
    assert BLUE not in svg
    judged = map_of_regions(shown(**{f"_{c}": "bättre" for c in CODES}), "k", "").svg
    assert not paths(judged, stroke=HATCH)


def test_tiles_are_equal_and_each_holds_its_own_name_value_and_mark():
    svg = tiles(shown(), "k", "").svg
    cells = [ring for e in paths(svg) for ring in e if len(ring) in (4, 5) and area(ring) > 2500]
    assert len({round(area(ring)) for ring in cells}) == 1
    corners = {(min(x for x, _ in r), min(y for _, y in r), max(x for x, _ in r), max(y for _, y in r)) for r in cells}
    assert len(corners) == 21
    at = {t: (x, y) for x, y, t in words(svg)}
    for i, code in enumerate(CODES):
        inside = [
            c
            for c in corners
            if all(c[0] < p[0] < c[2] and c[1] < p[1] < c[3] for p in (at[NAMES[code]], at[f"{i},5"]))
        ]
        assert len(inside) == 1


def test_tiles_lie_roughly_where_the_regions_do():
    at = {t: (x, y) for x, y, t in words(tiles(shown(), "k", "").svg)}
    place = {code: at[NAMES[code]] for code in CODES}
    for north, south in (
        ("25", "24"),
        ("24", "22"),
        ("20", "17"),
        ("03", "01"),
        ("14", "13"),
        ("13", "12"),
        ("06", "07"),
    ):
        assert place[north][1] < place[south][1]
    for west, east in (("23", "22"), ("17", "18"), ("14", "05"), ("12", "10"), ("08", "09"), ("04", "01")):
        assert place[west][0] < place[east][0]


@pytest.mark.parametrize("draw", [map_of_regions, tiles])
def test_numbers_are_shades_of_grey_the_higher_the_darker(draw):
    numbers = {code: Shown(float(i), str(i), NAMES[code]) for i, code in enumerate(CODES)}
    svg = draw(numbers, "k", "").svg
    assert "#f0f3f7" in svg
    assert "#5c6878" in svg
    assert BLUE not in svg


def test_a_region_without_anything_to_show_is_left_out_of_the_words():
    some = {code: one for code, one in shown().items() if code != "09"}
    for draw in (map_of_regions, tiles):
        assert not any("Gotland" in t for t in texts(draw(some, "k", "").svg))


def test_a_region_without_a_value_to_compare_is_there_with_a_dash():
    x = seen(year(2025, {c: v for c, v in ladder().items() if c != "09"}, 1.0))
    made = regions_of(x, {"09": "09.html"})
    assert list(made) == CODES
    assert (made["09"].what, made["09"].label, made["09"].url) == ("kan ej bedömas", "–", "09.html")
    assert (made["25"].what, made["25"].label) == ("bättre", "80,0")
    assert "– Gotland" in texts(map_of_regions(made, "k", "").svg)


@pytest.mark.parametrize("draw", [map_of_regions, tiles])
def test_a_unit_that_is_no_region_has_no_place(draw):
    municipality = Shown("bättre", "1,5", "Åre", "2321.html")
    assert draw(shown() | {"2321": municipality}, "k", "alt") == draw(shown(), "k", "alt")
