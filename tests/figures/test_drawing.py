"""Figures: the right marks in the right places, text as text, ids that cannot clash, the same bytes every time."""

from __future__ import annotations

import re
from statistics import quantiles
from xml.etree import ElementTree as ET

import pytest
from tests.making import RIKET, SKANE, country, indicator, observation, remark, results

from varddialog.assessment.groups import comparisons
from varddialog.assessment.months import monthly
from varddialog.figures.control import control_chart
from varddialog.figures.groups import groups
from varddialog.figures.indicator import history, line_of_regions
from varddialog.figures.sheet import Sheet
from varddialog.figures.style import ACCENT, BAND, HALF, INTERVAL


def one(years=range(2018, 2026), unit=SKANE, remarks=(), **changes):
    rows = [row for year in years for row in country(year, 50 + year - 2018, 55 + year - 2018)]
    return results(indicator(**changes), unit, rows, remarks, [], 2025)[0]


def texts(svg: str) -> list[str]:
    return ["".join(e.itertext()) for e in ET.fromstring(svg).iter() if e.tag.endswith("text")]


def test_a_sheet_keeps_words_as_words_and_marks_in_place():
    sheet = Sheet(100, 50)
    sheet.line([(10, 10), (90, 40)], ACCENT, 2)
    sheet.dots([(10, 10), (90, 40)], 4, ACCENT)
    sheet.text(50, 25, "<Åäö & co>")
    drawing = sheet.finish("k", "Ett streck")
    assert texts(drawing.svg) == ["<Åäö & co>"]
    assert "M10 40 90 10" in drawing.svg  # the page counts from the top
    assert 'viewBox="0 0 100 50"' in drawing.svg


def test_the_alternative_text_is_escaped_into_the_page():
    page = Sheet(10, 10).finish("k", 'Sagt "så" <här>').__html__()
    assert 'role="img"' in page
    assert "&lt;här&gt;" in page


def test_two_figures_share_no_id_and_one_figure_is_the_same_every_time():
    def drawn(key):
        sheet = Sheet(10, 10)
        sheet.dots([(1, 1), (2, 2)], 3, "white", ACCENT)
        return sheet.finish(key, "").svg

    ids = [{e.attrib["id"] for e in ET.fromstring(drawn(key)).iter() if "id" in e.attrib} for key in ("a", "b")]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert drawn("a") == drawn("a")


def test_history_names_the_unit_riket_years_and_target():
    target = {"kind": "minst", "level": 70.0, "issuer": "Socialstyrelsen", "match": "samma"}
    result = one(targets=[target], breaks=[{"year": 2021, "reason": "Nytt."}])
    words = texts(history(result, "alt").svg)
    assert {"Skåne 62,0", "Riket 57,0", "2018", "2025", "mål 70", "tidsseriebrott"} <= set(words)
    assert "Riket 57,0" in texts(history(one(unit=RIKET), "alt").svg)


def test_a_questioned_value_is_an_open_dot():
    def open_dots(svg: str) -> int:
        white = [e for e in ET.fromstring(svg).iter() if "fill: #ffffff" in e.attrib.get("style", "")]
        return sum(max(1, len(e.findall("use"))) for e in white)

    assert open_dots(history(one(remarks=[remark("12", 2025)]), "").svg) == open_dots(history(one(), "").svg) + 1


@pytest.mark.parametrize("direction", ["higher_better", "lower_better"])
def test_better_is_to_the_right(direction):
    words = texts(line_of_regions(one(years=[2025], direction=direction), "alt").svg)
    values = [float(w.replace(",", ".")) for w in words if w[0].isdigit()]
    # the ends stand last: the lowest value first in both, but on opposite sides
    assert min(values) in values[-2:]
    svg = ET.fromstring(line_of_regions(one(years=[2025], direction=direction), "alt").svg)
    lowest = next(e for e in svg.iter() if e.tag.endswith("text") and e.text == words[-2])
    assert (float(lowest.attrib["x"]) == 0) == (direction == "higher_better")


def test_a_constant_series_and_equal_regions_are_drawn_without_fault():
    rows = [observation(r, y, 50.0) for r in ("00", "12", "01", "03") for y in (2023, 2024, 2025)]
    result = results(indicator(), SKANE, rows, [], [], 2025)[0]
    assert "Skåne 50,0" in texts(history(result, "").svg)
    assert texts(line_of_regions(result, "").svg)


def test_groups_one_line_each_with_intervals_where_known():
    rows = [observation("12", 2025, v, sex=s, low=v - 1, high=v + 1) for s, v in (("K", 10.0), ("M", 5.0))]
    (comparison,) = comparisons([indicator()], "kön", SKANE, RIKET, {"T1": rows})
    assert {"Kvinnor", "Män", "10,0", "5,0"} <= set(texts(groups(comparison, "alt").svg))


def test_dots_of_one_colour_are_points_with_round_ends():
    sheet = Sheet(10, 10)
    sheet.dots([(1, 2), (3, 4)], 3, ACCENT)
    (path,) = [e for e in ET.fromstring(sheet.finish("k", "").svg).iter() if e.tag.endswith("path")]
    assert path.attrib["d"] == "M1 8h0M3 6h0"
    assert "stroke-linecap: round" in path.attrib["style"]
    assert "stroke-width: 3" in path.attrib["style"]


def monthly_result(values, **changes):
    months = [f"2025-{m:02d}" for m in range(1, 13)]
    rows = [observation("12", 2025, v, period=p) for v, p in zip(values, months, strict=True)]
    rows += [observation("00", 2025, 20.0, period=p) for p in months]
    shown = indicator(period={"kind": "månad"}, measure="dagar", direction="lower_better", **changes)
    return results(shown, SKANE, rows, [], [], 2025)[0]


def test_a_control_chart_rings_the_months_that_stand_out():
    result = monthly_result([20.0, 21.0, 19.0, 20.0, 21.0, 20.0, 19.0, 21.0, 20.0, 19.0, 20.0, 45.0])
    found = monthly(result)
    assert found is not None
    svg = control_chart(result, found, "alt").svg
    assert {"Skåne", "Riket", "övre styrgräns", "nedre styrgräns", "medelvärde", "1/2025"} <= set(texts(svg))
    rings = [e for e in ET.fromstring(svg).iter() if "fill: #ffffff" in e.attrib.get("style", "")]
    assert len(rings) == 1
    steady = monthly_result([20.0, 21.0] * 6)
    calm = monthly(steady)
    assert calm is not None
    assert "#ffffff" not in control_chart(steady, calm, "alt").svg


def test_the_pandemic_years_are_marked_where_care_was_disturbed():
    assert "pandemin" in texts(history(one(years=range(2018, 2024)), "").svg)
    assert "pandemin" not in texts(history(one(years=range(2018, 2024), kind="struktur"), "").svg)
    assert "pandemin" not in texts(history(one(years=range(2021, 2026)), "").svg)


def paths(svg: str, look: str) -> list[list[tuple[float, float]]]:
    """The places of every stroke or outline whose style holds `look`."""
    found = []
    for parent in ET.fromstring(svg).iter():
        for e in parent:
            if e.tag == "path" and look in parent.attrib.get("style", "") + e.attrib.get("style", ""):
                for part in e.attrib["d"].split("M")[1:]:
                    numbers = [float(n) for n in re.findall(r"-?[\d.]+", part.replace("h0", ""))]
                    found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


def test_the_regions_are_a_band_with_its_middle_half_inside():
    svg = history(one(years=[2021, 2022, 2023]), "").svg
    (whole,), (half,) = (paths(svg, f"fill: {face}") for face in (BAND, HALF))
    assert [x for x, _ in whole] == [x for x, _ in half]
    at_first = [[y for x, y in outline if x == whole[0][0]] for outline in (whole, half)]
    # from the regions alone: twelve of them, those but the unit two apart
    values = [o.value for o in country(2021, None, 58) if o.region != "00"]
    quarters = quantiles(values, n=4, method="inclusive")
    share = (max(at_first[1]) - min(at_first[1])) / (max(at_first[0]) - min(at_first[0]))
    assert share == pytest.approx((quarters[2] - quarters[0]) / (max(values) - min(values)), abs=0.01)


def test_no_line_crosses_a_missing_year_or_a_break():
    def strokes(result) -> list[int]:
        return [len(s) for s in paths(history(result, "").svg, f"stroke: {ACCENT}; stroke-width: 2.2")]

    assert strokes(one()) == [8]
    assert strokes(one(years=[2018, 2019, 2020, 2022, 2023, 2024])) == [3, 3]
    assert strokes(one(breaks=[{"year": 2021, "reason": "Nytt."}])) == [3, 5]
    assert len(paths(history(one(years=[2018, 2019, 2020, 2022, 2023, 2024]), "").svg, f"fill: {BAND}")) == 2


def split(values: dict[str, dict[int, float]], **changes):
    rows = [
        observation("12", year, v, sex=sex, low=v - 1, high=v + 1)
        for sex, found in values.items()
        for year, v in found.items()
    ]
    return comparisons([indicator(**changes)], "kön", SKANE, RIKET, {"T1": rows})[0]


def test_groups_that_can_be_followed_are_lines_with_their_latest_value_and_the_gap_filled():
    years = range(2019, 2024)
    followed = split({"K": {y: 20.0 + y - 2019 for y in years}, "M": dict.fromkeys(years, 15.0)})
    svg = groups(followed, "alt").svg
    assert {"Kvinnor 24,0", "Män 15,0", "2019", "2023"} <= set(texts(svg))
    assert [len(s) for s in paths(svg, f"stroke: {ACCENT}; stroke-width: 1.6") if len(s) > 1] == [5, 5]
    (gap,) = paths(svg, f"fill: {BAND}")
    first, last = ([y for x, y in gap if x == end] for end in (gap[0][0], max(x for x, _ in gap)))
    assert (max(last) - min(last)) / (max(first) - min(first)) == pytest.approx(9 / 5, rel=0.02)
    assert len(paths(svg, f"stroke: {INTERVAL}")) == 10


def test_groups_with_a_break_or_few_times_show_their_latest_values_alone():
    years = {"K": {2021: 20.0, 2022: 21.0, 2023: 22.0}, "M": {2021: 15.0, 2022: 15.0, 2023: 15.0}}
    assert "Kvinnor 22,0" in texts(groups(split(years), "").svg)
    broken = split(years, breaks=[{"year": 2022, "reason": "Nytt."}])
    assert "Kvinnor 22,0" not in texts(groups(broken, "").svg)
    assert {"Kvinnor", "22,0"} <= set(texts(groups(broken, "").svg))
