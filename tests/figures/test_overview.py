"""The overview: every row whole, right is better, gaps are gaps, no words over each other in any report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font
from tests.making import SKANE, country, indicator, observation, remark, results

from varddialog.assessment.answer import Answer
from varddialog.assessment.assess import Assessment, assess
from varddialog.figures import overview as figure
from varddialog.figures.measure import width, wrapped
from varddialog.figures.overview import overview, pitch_for, row_name
from varddialog.figures.overview_key import overview_key
from varddialog.figures.style import BAND, BETTER, HATCH, WORSE
from varddialog.pack import open_pack
from varddialog.prose.summary import overview_picture

# the widest of the typefaces that pages ask for is about so much narrower than DejaVu Sans
_NARROWER = 0.88


def row(years=range(2018, 2026), remarks=(), mine=50, **changes) -> Assessment:
    rows = [o for year in years for o in country(year, 50 + year - 2018, mine + year - 2018)]
    return assess(results(indicator(**changes), SKANE, rows, remarks, [], 2025)[0], [])


def drawn(units, *rows, head=True) -> ET.Element:
    return ET.fromstring(overview("Ett område", list(rows), units, "alt", "k", head=head, pitch=12.0).svg)


def words(root: ET.Element) -> list[str]:
    return [e.text or "" for e in root.iter() if e.tag == "text"]


def lines(root: ET.Element, colour: str, wide: str = "") -> list[list[tuple[float, float]]]:
    """The places of every stroke of one colour."""
    found = []
    for parent in root.iter():
        for e in parent:
            style = parent.attrib.get("style", "") + e.attrib.get("style", "")
            if e.tag == "path" and f"stroke: {colour}" in style and wide in style:
                for stroke in e.attrib["d"].split("M")[1:]:
                    numbers = [float(n) for n in re.findall(r"-?[\d.]+", stroke.replace("h0", ""))]
                    found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


@pytest.fixture
def units(catalogue):
    return catalogue.units


def test_each_result_has_a_row_that_leads_to_it_and_the_head_stands_once(units):
    shown = [row(slug="a-b"), row(slug="c-d", id="T2", name="Ett annat mått")]
    root = drawn(units, *shown)
    assert [e.attrib["href"] for e in root.iter("a")] == ["#a-b", "#c-d"]
    assert {"Ett område", "Skåne", "Riket", "Utveckling", "2025"} <= set(words(root))
    assert "Utveckling" not in words(drawn(units, *shown, head=False))


def test_a_name_carries_its_unit_and_state_whole():
    def named(**changes):
        result = row(**changes).result
        assert result is not None
        return row_name(result)

    assert named() == "Provmått (%)"
    long = "Ett mycket långt namn på ett mått" * 3
    assert named(name=long, measure="per_100000", discontinued=2025) == f"{long} (per 100\u00a0000, historisk)"


def test_a_missing_year_is_left_open_and_a_break_is_not_crossed(units):
    whole, gap = row(), row(years=[2018, 2019, 2020, 2022, 2023, 2024, 2025])
    broken = row(breaks=[{"year": 2022, "reason": "Nytt."}])

    def strokes(one) -> list[int]:
        return [len(s) for s in lines(drawn(units, one), "#14263c") if len(s) > 1]

    assert strokes(whole) == [8]
    assert strokes(gap) == [3, 4]
    assert strokes(broken) == [4, 4]


def test_a_survey_every_other_year_is_one_line(units):
    assert [len(s) for s in lines(drawn(units, row(years=[2019, 2021, 2023, 2025])), "#14263c") if len(s) > 1] == [4]


@pytest.mark.parametrize(("direction", "mine", "colour"), [
    ("higher_better", 90, BETTER), ("higher_better", 10, WORSE),
    ("lower_better", 10, BETTER), ("lower_better", 90, WORSE),
])  # fmt: skip
def test_better_lies_to_the_right_in_its_colour_and_word(units, direction, mine, colour):
    one = row(mine=mine, direction=direction)
    klass = "bättre" if colour == BETTER else "sämre"
    one = Assessment(**{**vars(one), "vs_nation": Answer(klass, "säkerställd", "m", "r")})
    root = drawn(units, one)
    (word,) = [e for e in root.iter("text") if e.text == klass]
    assert word.attrib["fill"] == colour
    marks = [e.attrib["d"] for e in root.iter("path") if f"fill: {colour}" in e.attrib.get("style", "")]
    on_strip = min(float(n) for d in marks for n in re.findall(r"[ML]([\d.]+)", d))
    assert (on_strip > 510) == (klass == "bättre")


def test_neutral_rows_have_a_ground_and_unjudged_ones_are_hatched(units):
    judged = [Answer(k, "säkerställd", "m", "r") for k in ("i nivå", "kan ej bedömas")]
    level, open_ = (ET.tostring(drawn(units, Assessment(**{**vars(row()), "vs_nation": a}))).decode() for a in judged)
    assert HATCH not in level
    assert HATCH in open_
    assert BAND not in level
    assert BAND in ET.tostring(drawn(units, row(direction="none"))).decode()


def test_the_best_region_is_named_but_not_for_neutral_or_questioned(units):
    best = units.by_code["14"].name  # `country` puts the last region highest
    assert best in words(drawn(units, row()))
    assert best not in words(drawn(units, row(direction="none")))
    assert best not in words(drawn(units, row(remarks=[remark("12", 2025)])))


def test_a_target_is_marked_where_it_fits(units):
    def dotted(level) -> int:
        target = {"kind": "minst", "level": level, "issuer": "Socialstyrelsen", "match": "samma"}
        return ET.tostring(drawn(units, row(targets=[target]))).count(b"stroke-dasharray")

    assert dotted(50.0) == 1
    assert dotted(65.0) == 1  # a little beyond the best region
    assert dotted(99.0) == 0


def test_equal_regions_are_told_in_words(units):
    rows = [observation(r, y, 50.0) for r in ("00", "12", "01", "03") for y in (2023, 2024, 2025)]
    same = assess(results(indicator(), SKANE, rows, [], [], 2025)[0], [])
    assert "få regioner" in words(drawn(units, same))


def test_rows_share_the_sheet_and_are_never_lower_than_their_words():
    assert pitch_for(5, 465) == 16
    assert pitch_for(48, 465) == pytest.approx((465 - figure.HEAD) / 48)
    assert pitch_for(200, 465) == 8.8


def test_a_long_compound_is_parted_at_its_seam():
    assert wrapped("Hälsofrämjande och sjukdomsförebyggande arbete", 80, 9, bold=True) == [
        "Hälsofrämjande", "och sjukdoms-", "förebyggande", "arbete",
    ]  # fmt: skip
    assert wrapped("Säkerhet", 80, 9) == ["Säkerhet"]


def test_the_alternative_counts_and_names_what_stands_out():
    asked = [
        (name, Answer(klass, "säkerställd", "m", "r"))
        for name, klass in (("A", "sämre"), ("B", "kan ej bedömas"), ("C", "sämre"))
    ]
    rows = [Assessment(**{**vars(row(name=n)), "vs_nation": a, "trend": None}) for n, a in asked]
    assert overview_picture("Säkerhet", rows) == "Säkerhet, 3\u00a0mått. Mot riket: 2 sämre (A, C), 1 kan ej bedömas."


# every report


@cache
def _font() -> FT2Font:
    font = FT2Font(font_manager.findfont("DejaVu Sans"))
    font.set_size(100, 72)
    return font


@cache
def advance(letter: str) -> float:
    """How wide the letter is at 1 point."""
    return _font().load_char(ord(letter)).linearHoriAdvance / 65536 / 100 * _NARROWER


def boxes(root: ET.Element) -> Iterator[tuple[float, float, float, str]]:
    """Baseline, left and right edge of all words."""
    for e in root.iter("text"):
        text = e.text or ""
        natural = sum(map(advance, text)) * 9 * (1.06 if "font-weight" in e.attrib else 1)
        long = float(e.attrib.get("textLength", natural))
        assert long > 0.68 * natural, f"«{text}» is pressed together"
        left = float(e.attrib["x"]) - {"end": long, "middle": long / 2}.get(e.attrib.get("text-anchor", ""), 0.0)
        yield float(e.attrib["y"]), left, left + long, text


def apart(root: ET.Element) -> None:
    """No words lie over others or outside the sheet."""
    across, down = (float(n) for n in root.attrib["viewBox"].split()[2:])
    rows: dict[float, list[tuple[float, float, str]]] = {}
    for y, left, right, text in boxes(root):
        assert left >= -0.5, text
        assert right <= across + 0.5, text
        assert 0 < y < down + 0.5, text
        rows.setdefault(y, []).append((left, right, text))
    for found in rows.values():
        found.sort()
        for (_, end, before), (start, _, after) in pairwise(found):
            assert end <= start + 0.5, f"«{before}» runs into «{after}»"


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_no_words_lie_over_others_in_any_unit(units, dimension):
    for unit in units.all:
        pack = open_pack(dimension, unit.code)
        rows = [pack.assessments[r.anchor] for r in pack.results if r.state == "aktuell"]
        sheet = pack.sheet(465)
        figures = [*sheet.drawings, sheet.key]
        for one in figures:
            apart(ET.fromstring(one.svg))
        heights = [float(ET.fromstring(d.svg).attrib["viewBox"].split()[3]) for d in sheet.drawings]
        assert sum(heights) <= 470 or len(rows) > 51
        links = [a for d in sheet.drawings for a in ET.fromstring(d.svg).iter("a")]
        assert len(links) == len(rows)
        assert {i.id for i in sheet.left_out} == {r.indicator.id for r in pack.results if r.state != "aktuell"}


@pytest.mark.parametrize("targets", [True, False])
def test_the_key_keeps_its_words_apart(units, targets):
    for unit in (units.nation, units.regions[0]):
        apart(ET.fromstring(overview_key(unit, targets).svg))


def test_measured_words_are_near_a_real_typeface():
    for text in ("Multidisciplinär konferens vid lungcancer (%)", "Överlevnad fem år efter cancerdiagnos", "36 312"):
        assert width(text, 9) == pytest.approx(sum(map(advance, text)) * 9, rel=0.08)
