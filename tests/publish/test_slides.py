"""The slides, opened again and held against the store and the assessments."""

from __future__ import annotations

import dataclasses
import getpass
import io
import re
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from tests.making import SKANE, country, indicator, remark, results
from tests.publish import office
from tests.publish.truth import Truth

from varddialog.assessment.assess import assess
from varddialog.config import Project
from varddialog.data.sexes import own_sex
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.pack import Pack
from varddialog.prose.deck import about_figure
from varddialog.publish.slides import deck as slides
from varddialog.publish.slides.chart import draw, history
from varddialog.publish.slides.template import MAIN, template
from varddialog.publish.slides.text import lines, shortened, title_size

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LISTS = {
    "00": ("Längst från målnivån", "Störst skillnader mellan regionerna"),
    "12": ("Bättre än riket", "Sämre än riket"),
}


@pytest.fixture(scope="module")
def decks(unit_packs: dict[str, list[Pack]]) -> dict[str, bytes]:
    return {code: slides.make(packs) for code, packs in unit_packs.items()}


@pytest.fixture(params=["00", "12"])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def deck(code: str, decks: dict[str, bytes]) -> Any:
    return Presentation(io.BytesIO(decks[code]))


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def charts(deck: Any) -> list[tuple[Any, Any]]:
    """Slide and chart of each slide with one."""
    return [(slide, shape.chart) for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def shown_indicator(slide: Any, catalogue: Catalogue) -> Indicator:
    """The indicator whose name begins the title; the longest where one name begins another."""
    title = slide.shapes.title.text_frame.text
    named = [i for i in catalogue.indicators.values() if title.startswith(i.name) and i.duplicate_of is None]
    return max(named, key=lambda i: len(i.name))


def test_there_is_a_slide_for_each_dimension_strength_and_problem(
    deck: Any, code: str, unit_packs: dict[str, list[Pack]]
) -> None:
    packs = unit_packs[code]
    found = titles(deck)
    assert found[0].endswith(packs[0].unit.official_name)
    assert [title.partition(":")[0] for title in found[1:5]] == [pack.dimension.name for pack in packs]
    listed = dict.fromkeys(LISTS[code], 0)
    for pack in packs:
        for part in pack.glue().data["highlights"]:
            if part["title"] in listed:
                listed[part["title"]] += len(part["rows"])
    assert len(charts(deck)) == sum(min(3, count) for count in listed.values())
    assert len(found) == 1 + 4 + len(charts(deck)) + 1
    assert len(set(found)) == len(found)


def test_what_gets_a_slide_lies_farthest_from_riket_of_all_dimensions(
    unit_packs: dict[str, list[Pack]], catalogue: Catalogue, decks: dict[str, bytes]
) -> None:
    distances: dict[str, dict[str, float]] = {heading: {} for heading in LISTS["12"]}
    for pack in unit_packs["12"]:
        for part in pack.glue().data["highlights"]:
            for row in part["rows"] if part["title"] in distances else ():
                result = pack.assessments[row["anchor"]].result
                assert result is not None
                distances[part["title"]][result.indicator.name] = abs(result.distance or 0)
    farthest = [sorted(rows, key=lambda name: -rows[name])[:3] for rows in distances.values()]
    shown = [shown_indicator(slide, catalogue).name for slide, _ in charts(Presentation(io.BytesIO(decks["12"])))]
    assert shown == [name for names in farthest for name in names]


def test_each_chart_holds_what_the_store_holds(deck: Any, code: str, truth: Truth, catalogue: Catalogue) -> None:
    for slide, chart in charts(deck):
        indicator = shown_indicator(slide, catalogue)
        names = list(chart.plots[0].categories)
        for series in chart.plots[0].series:
            if chart.plots[0].__class__.__name__ == "BarPlot":
                latest = max(truth.whole(indicator, code, own_sex(indicator) or "T"))
                for name, value in zip(names, series.values, strict=True):
                    unit = catalogue.units.find(name)
                    assert value == pytest.approx(
                        truth.whole(indicator, unit.code, own_sex(indicator) or "T")[latest].value
                    ), name
            elif not series.name.startswith("Målnivå"):
                stored = truth.whole(indicator, catalogue.units.find(series.name).code, own_sex(indicator) or "T")
                years = {when: o.value for when, o in stored.items()}
                assert dict(zip(names, series.values, strict=True)) == pytest.approx(
                    {name: years.get(name) for name in names}
                )
            else:
                levels = {level for t in indicator.targets for level in (t.level, t.upper)}
                assert set(series.values) <= levels
        if names[0].isdigit() and chart.has_legend:
            assert names == [str(year) for year in range(int(names[0]), int(names[-1]) + 1)]


def test_a_year_without_a_value_is_a_gap(unit_packs: dict[str, list[Pack]]) -> None:
    result = next(
        r for pack in unit_packs["12"] for r in pack.results if r.indicator.period.kind == "år" and len(r.points) > 5
    )
    hole = result.points[2].when
    left = tuple(p for p in result.points if p.when != hole)
    known = {when: p for when, p in result.nation.items() if when != hole}
    figures = history(dataclasses.replace(result, points=left, nation=known))
    at = figures.categories.index(hole)
    assert [line.values[at] for line in figures.lines if not line.name.startswith("Målnivå")] == [None, None]


def test_the_data_behind_a_chart_are_those_of_the_chart(deck: Any) -> None:
    for _, chart in charts(deck):
        sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        rows = list(sheet.iter_rows(values_only=True))
        assert list(rows[0][1:]) == [s.name for s in chart.plots[0].series]
        for column, series in enumerate(chart.plots[0].series, 1):
            assert [row[column] for row in rows[1:]] == list(series.values)
        references = [f.text for f in chart._chartSpace.iter(f"{CHART}f")]
        assert references
        assert all(reference.startswith(f"{sheet.title}!") for reference in references)


def test_titles_say_the_value_that_the_store_holds(deck: Any, code: str, truth: Truth, catalogue: Catalogue) -> None:
    for slide, chart in charts(deck):
        indicator = shown_indicator(slide, catalogue)
        title = slide.shapes.title.text_frame.text
        if " mellan regionerna" in title:
            values = list(chart.plots[0].series[0].values)
            expected = [min(values), max(values)]
        else:
            series = truth.whole(indicator, code, own_sex(indicator) or "T")
            expected = [series[max(series)].value]
        for value in expected:
            written = f"{abs(value):,.{indicator.decimals}f}".replace(",", "\u00a0").replace(".", ",")
            assert written in title, title


def test_every_chart_and_table_has_words_for_those_who_cannot_see_it(deck: Any) -> None:
    frames = [s for slide in deck.slides for s in slide.shapes if s.has_chart or s.has_table]
    assert len(frames) >= 8
    for frame in frames:
        assert len(frame._element.nvGraphicFramePr.cNvPr.get("descr")) > 40
    assert all(table.table.first_row for table in frames if table.has_table)


def test_every_word_is_marked_as_swedish(deck: Any) -> None:
    runs = []
    for slide in deck.slides:
        for element in (slide._element, slide.notes_slide._element):
            runs += [run for name in ("r", "fld") for run in element.iter(f"{A}{name}")]
    assert len(runs) > 300
    assert {run.find(f"{A}rPr").get("lang") for run in runs} == {"sv-SE"}
    for _, chart in charts(deck):
        assert {e.get("lang") for e in chart._chartSpace.iter(f"{A}defRPr")} <= {"sv-SE"}
        assert chart._chartSpace.find(f"{CHART}lang").get("val") == "sv-SE"


def test_every_slide_has_its_place_in_the_show_and_notes_with_the_source(deck: Any) -> None:
    for number, slide in enumerate(deck.slides):
        kinds = {str(p.placeholder_format.type).split(" ")[0] for p in slide.placeholders}
        if number:
            assert {"TITLE", "FOOTER", "SLIDE_NUMBER"} <= kinds
        assert len(slide.notes_slide.notes_text_frame.text) > 60
        assert not [
            p.name for p in slide.shapes if re.search("Placeholder|Title|Text|Chart", p.name) and p.name[-1].isdigit()
        ]
    for slide, _ in charts(deck):
        notes = slide.notes_slide.notes_text_frame.text
        assert all(f"\n{word}: " in notes for word in ("Källa", "Period", "Metod", "Läs mer"))


def test_no_text_is_longer_than_its_place(deck: Any) -> None:
    for slide in deck.slides:
        title = slide.shapes.title
        points = title.text_frame.paragraphs[0].runs[0].font.size.pt
        # Georgia's letters are somewhat wider than half its size
        assert len(title.text_frame.text) * points * 0.53 / 72 <= 2 * 12.13
        for shape in slide.shapes:
            if shape.has_table:
                assert shape.top + shape.height <= 6.5 * 914_400
            elif shape.has_text_frame and shape.height > 3 * 914_400:
                high = sum(
                    lines(p.text, shape.width / 914_400, p.runs[0].font.size.pt) * p.runs[0].font.size.pt * 1.2
                    for p in shape.text_frame.paragraphs
                )
                assert high / 72 <= shape.height / 914_400


def test_the_file_tells_nothing_of_where_and_when_it_was_made(
    decks: dict[str, bytes], project: Project, code: str
) -> None:
    hidden = [str(project.root).encode(), b"/home/", b"/tmp/", f">{getpass.getuser()}<".encode()]
    found = list(office.members(decks[code]))
    assert any(name.endswith(".xlsx/docProps/core.xml") for name, *_ in found)
    for name, content, day in found:
        assert day == office.FIRST_DAY, name
        assert not [text for text in hidden if text in content], name
        if name.endswith("core.xml"):
            days = re.findall(rb"W3CDTF\">([^<]+)<", content)
            assert set(days) == {b"2026-11-21T00:00:00Z"}, name
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in content, name


def test_made_twice_it_is_the_same(decks: dict[str, bytes], unit_packs: dict[str, list[Pack]]) -> None:
    assert slides.make(unit_packs["12"]) == decks["12"]


def test_names_that_mean_harm_are_only_text(hostile_packs: Sequence[Pack]) -> None:
    blob = slides.make(hostile_packs)
    assert slides.make(hostile_packs) == blob
    deck = Presentation(io.BytesIO(blob))
    found = titles(deck)
    assert found[0] == f"Faktaunderlag: {office.OFFICIAL}"
    (formula,) = [title for title in found if title.startswith(office.FORMULA)]
    assert title_size(formula) >= 16
    (long,) = [title for title in found if title.startswith("Mått 🏥 \u202e")]
    assert long.endswith(" …")
    assert len(long) < 220
    assert [
        cell.text for s in deck.slides for shape in s.shapes if shape.has_table for cell in shape.table.iter_cells()
    ].count(office.FORMULA) == 1


def test_a_text_is_cut_at_a_word() -> None:
    assert shortened("ett två tre", 8) == "ett två …"
    assert shortened("ett två", 8) == "ett två"
    assert shortened("x" * 20, 8) == "x" * 8 + " …"


def test_a_break_and_a_questioned_value_are_told_and_drawn(unit_packs: dict[str, list[Pack]]) -> None:
    shown, day = indicator(breaks=[{"year": 2021, "reason": "Ny definition."}]), unit_packs["12"][0].cycle.today
    rows = [o for year in range(2018, 2026) for o in country(year, 50.0, 55.0)]
    (result,) = results(shown, SKANE, rows, [remark("12", 2023)])
    assert about_figure(result, bars=False) == (
        "Tidsseriebrott 2021: värdena före och efter kan inte jämföras. Ihålig punkt: ifrågasatt värde (2023)."
    )
    show = Presentation(io.BytesIO(template()))
    slide = show.slides.add_slide(show.slide_layouts.get_by_name("Diagram"))
    draw(slide.placeholders[MAIN], assess(result, []), history(result), "Ord.", day)
    (series, _) = next(shape for shape in slide.shapes if shape.has_chart).chart.plots[0].series
    points = {int(p.find(f"{CHART}idx").get("val")): p for p in series._element.iter(f"{CHART}dPt")}
    assert set(points) == {3, 5, 7}  # 2021, 2023 and the latest
    assert points[3].find(f"{CHART}spPr/{A}ln/{A}noFill") is not None
    assert points[5].find(f"{CHART}marker/{CHART}spPr/{A}solidFill/{A}srgbClr").get("val") == "FFFFFF"
    assert points[7].find(f"{CHART}marker/{CHART}spPr/{A}solidFill/{A}srgbClr").get("val") != "FFFFFF"
