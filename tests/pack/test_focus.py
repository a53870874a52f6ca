"""Focus sheets of the real store: counts that agree, links that lead somewhere, nothing silently left out."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from markupsafe import escape

from varddialog.assessment.ground import Ground, ground
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.dialogue.records import Rounds
from varddialog.dialogue.rounds import Round, Statement
from varddialog.errors import UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.focus import FocusArea, KeyQuestion
from varddialog.pack import FocusPack, open_focus, open_pack, opening_focus

AREAS = sorted(p.stem for p in (Path(__file__).resolve().parents[2] / "params" / "focus-areas").glob("*.yml"))
# large, small, in two collaboration regions, and the one that is no region
UNITS = ["Skåne", "Gotland", "Halland", "Riket"]
CELLS = [
    "header",
    "summary",
    "results",
    "comparisons_with_others",
    "inequality",
    "lessons_from_others",
    "questions",
    "lacking",
    "method",
]


@pytest.fixture(scope="module", params=[(a, u) for a in AREAS for u in UNITS], ids=lambda p: f"{p[1]}-{p[0]}")
def pack(request: pytest.FixtureRequest) -> FocusPack:
    return open_focus(*request.param)


def whole(pack: FocusPack) -> str:
    return "".join(str(getattr(pack, cell)().html) for cell in CELLS)


def rows_of(table: str) -> list[list[str]]:
    """The cells of each row of a table's body, as text."""
    body = table.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>") if row]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_every_indicator_of_the_area_has_exactly_one_place_and_results_stand_in_its_order(pack: FocusPack) -> None:
    content = pack.content
    shown = list(dict.fromkeys(r.indicator.id for r in content.results))
    without = [*content.gaps, *content.missing, *content.split_only, *content.duplicates]
    assert sorted([*shown, *(i.id for i in without)]) == sorted(pack.focus.indicators)
    assert shown == [key for key in pack.focus.indicators if key in shown]
    assert [a.result.anchor for a in pack.assessments if a.result] == [r.anchor for r in content.results]


def test_the_first_sentences_the_table_and_the_scrap_count_alike(pack: FocusPack) -> None:
    counts, said = pack.glue().data["counts"], pack.summary().text.replace("\u00a0", " ")
    rows = rows_of(str(pack.results().html))
    assert len(rows) == counts["values"] == len(pack.glue().data["results"])
    if not pack.unit.is_nation:
        classes = [row[6].split(" ", 1)[-1] for row in rows]
        for name, word in (("better", "bättre"), ("worse", "sämre"), ("level", "i nivå")):
            assert classes.count(word) == counts[name]
            if counts[name] > 1 and (told := re.search(rf"(\d+) är {word}\b", said)):
                assert int(told[1]) == counts[name]
    trends = [row[-2].split(" ", 1)[-1] for row in rows]
    assert trends.count("försämras") == counts["worsening"]
    lacking = counts["gaps"] + counts["missing"] + counts["split_only"]
    told = re.search(r"(\d+) av fokusområdets (\d+) mått saknar värde", said)
    assert (int(told[1]), int(told[2])) == (lacking, counts["indicators"]) if told else lacking == 0


def test_the_page_is_sound_and_links_lead_to_cards_of_the_reports_and_to_sections_of_the_sheet(pack: FocusPack) -> None:
    html = whole(pack)
    page = f'<!DOCTYPE html><html lang="sv"><head><title>x</title></head><body><main>{html}</main></body></html>'
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    links = {link.partition("#")[::2] for link in re.findall(r'href="([^"]+)"', html)}
    assert {anchor for page, anchor in links if not page} <= set(ids)
    reports = {page for page, _ in links if re.match(r"\d-", page)}
    assert reports
    for page in reports:
        report = open_pack(page.removesuffix(".html"), pack.unit.code)
        there = "".join(str(report.area(leaf.slug).html) for leaf in report.dimension.leaves())
        missing = {anchor for p, anchor in links if p == page} - set(re.findall(r'\bid="([^"]+)"', there))
        assert not missing, (page, missing)
    slugs = {i.slug for i in pack.catalogue.indicators.values()}
    indicators = {page for page, _ in links if page.startswith("../matt/")}
    assert {page.removeprefix("../matt/").removesuffix(".html") for page in indicators} <= slugs


def test_what_is_missing_is_named(pack: FocusPack) -> None:
    said = str(pack.lacking().html)
    for indicator in [*pack.content.gaps, *pack.content.missing, *pack.content.split_only]:
        assert escape(indicator.name) in said
    for indicator in pack.content.gaps:
        assert indicator.gap
        assert escape(indicator.gap.holder) in said


def test_sentences_are_clean(pack: FocusPack) -> None:
    for cell in CELLS:
        for line in getattr(pack, cell)().text.split("\n"):
            assert not re.search(r"\bnan\b|None|  | [.,;]|(?<!\.)\.\.(?!\.)|\{|\}", line), line
            assert not re.search(r"(?<![\w–-])-\d", line), line  # minus is U+2212


def test_a_region_is_beside_five_like_it_and_all_it_works_with_no_region_twice(pack: FocusPack) -> None:
    table = str(pack.comparisons_with_others().html)
    heads = re.findall(r'<th scope="col">([^<]*)</th>', table)
    if pack.unit.is_nation:
        assert "Bättre än riket" in heads
        return
    units, own = pack.catalogue.units, {pack.unit.name}
    members = {u.name for c in units.collaboration_regions if pack.unit in c.members for u in c.members} - own
    assert pack.similar
    alike = {units.by_code[code].name for code in pack.similar.codes}
    assert heads[:2] == [pack.unit.name, "Riket"]
    assert len(heads) == len(set(heads))
    assert set(heads[2:]) == alike | members
    for row, beside in zip(rows_of(table), pack.beside, strict=True):
        assert row[0].startswith(beside.result.indicator.name)
        assert len(row) == len(heads) + 1


def test_for_riket_every_region_with_a_value_of_the_same_time_stands_somewhere() -> None:
    for area in AREAS:
        pack = open_focus(area, "00")
        assert pack.stands
        for row, shown in zip(pack.stands, rows_of(str(pack.comparisons_with_others().html)), strict=True):
            counts = [int(cell) for cell in shown[6:] if cell.isdigit()]
            values = pack.content.results[[r.anchor for r in pack.content.results].index(row.result.anchor)].regions_now
            questioned = row.result.questioned.get(row.result.latest.when, 0)
            assert sum(counts) == len(row.classes)
            # regions that have gone on since are not among them
            assert len(row.classes) <= len(values) + questioned


def test_each_cell_stands_alone_and_gives_the_same_every_time(project: Project) -> None:
    cells = json.loads((project.notebooks / "fokusomrade.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    calls = [source for source in code if source.startswith("pack.")]
    assert [call.removeprefix("pack.").removesuffix("()") for call in calls] == [*CELLS, "glue"]
    for call in calls:
        first, second = (eval(call, {"pack": open_focus("psykiatri", "Gotland")}) for _ in range(2))
        assert first == second


def test_an_unknown_focus_area_is_a_user_error_with_a_suggestion() -> None:
    with pytest.raises(UsageError, match="Menade du «psykiatri»"):
        open_focus("psykiatry", "12")


# what the six areas do not hold today


@pytest.fixture
def odd(project: Project, monkeypatch: pytest.MonkeyPatch) -> FocusArea:
    """A focus area of indicators that are ended, without figures, the same as another, counts, or split by group."""
    on = ground(project, DEFAULT_CYCLE)
    every = list(on.catalogue.indicators.values())
    of_region = [i for i in every if i.id in on.catalogue.dimension_of]
    nation = on.catalogue.units.nation
    has_value = [i for i in of_region if not (i.gap or i.duplicate_of) and on.material.results(i, nation)]
    ended = next(i for i in has_value if i.discontinued)
    gap = next(i for i in of_region if i.gap)
    same = next(i for i in of_region if i.duplicate_of)
    split = next(i for i in of_region if i.id in on.material.observations and _is_split(on, i.id))
    chosen = [ended.id, gap.id, same.id, split.id]
    made = FocusArea(
        slug="udda",
        name="Udda",
        why="Så att inget göms.",
        indicators=chosen,
        themes=[next(iter(on.catalogue.dialogue.themes))],
        questions=[KeyQuestion(slug="en", text="Vad saknas?")],
    )
    _with_focus_area(on, made, monkeypatch)
    return made


def _is_split(on: Ground, indicator: str) -> bool:
    return all(o.grouping for o in on.material.observations[indicator])


def _with_focus_area(on: Ground, focus: FocusArea, monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = on.catalogue.dialogue
    known = replace(dialogue, focus_areas={**dialogue.focus_areas, focus.slug: focus})
    changed = replace(on, catalogue=replace(on.catalogue, dialogue=known))
    monkeypatch.setattr(opening_focus, "ground", lambda here, cycle: changed)


def test_what_is_ended_missing_doubled_or_only_split_is_told_as_such(odd: FocusArea, catalogue: Catalogue) -> None:
    pack = open_focus("udda", "Riket")
    ended, gap, same, split = (pack.catalogue.indicators[key] for key in odd.indicators)
    said = str(pack.lacking().html)
    assert re.search(rf"<strong>{re.escape(str(escape(ended.name)))}\.</strong> Serien är avslutad", said)
    assert f"<strong>Inga öppna uppgifter:</strong> {escape(gap.name)}." in said
    assert f"<strong>{escape(same.name)}.</strong> Samma serie som" in said
    assert f"<strong>Bara uppdelat på grupper:</strong> {escape(split.name)}." in said
    # an ended series is compared with nothing, and asked nothing of
    assert not pack.stands
    assert "att jämföra" in str(pack.comparisons_with_others().html)
    assert "väcker en egen fråga" in str(pack.questions().html)


def test_an_area_without_any_value_says_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    on = ground(project, DEFAULT_CYCLE)
    gap = next(i for i in on.catalogue.indicators.values() if i.gap and i.id in on.catalogue.dimension_of)
    empty = on.catalogue.dialogue.focus_areas["psykiatri"].model_copy(update={"slug": "tom", "indicators": [gap.id]})
    _with_focus_area(on, empty, monkeypatch)
    pack = open_focus("tom", "12")
    assert "Inget av fokusområdets mått har ännu ett värde för Skåne" in pack.summary().text
    assert "<svg" not in pack.results().html
    assert pack.glue().data["results"] == []


# lessons


def lesson(unit: str, theme: str, text: str, *indicators: str) -> Statement:
    return Statement(f"{unit}.csv:2", unit, "regionen", "chef", theme, "lärdom", text, indicators=indicators)


def given(*lessons: Statement, example: bool = False) -> Rounds:
    return Rounds((Round("tillganglighet", "2023-2024", tuple(lessons), example=example),))


def test_lessons_that_the_figures_call_for_come_first_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    worse = next(a for a in open_focus("psykiatri", "12").assessments if a.vs_nation and a.vs_nation.klass == "sämre")
    elsewhere = "oppenhet-och-tillit"
    rounds = given(
        lesson("01", "psykiatri", "En annan väg in."),
        lesson("09", elsewhere, "Ett annat sätt att räkna.", worse.indicator.id),
        lesson("12", "psykiatri", "Det egna sättet."),
        lesson("01", elsewhere, "Något helt annat."),
    )
    monkeypatch.setattr(opening_focus, "read_rounds", lambda here, catalogue: rounds)
    html = str(open_focus("psykiatri", "12").lessons_from_others().html)
    assert html.index("Ett annat sätt att räkna.") < html.index("Varför här: ”") < html.index("En annan väg in.")
    assert "sämre än riket" in html
    assert "inte att samma lösning hjälper" in html
    assert "Det egna sättet." not in html
    assert "Något helt annat." not in html
    nation = str(open_focus("psykiatri", "00").lessons_from_others().html)
    assert "Det egna sättet." in nation
    assert "Varför här" not in nation  # nor what the words mean


def test_made_up_lessons_stand_under_a_banner_and_no_lessons_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = given(lesson("01", "psykiatri", "Påhittat."), example=True)
    monkeypatch.setattr(opening_focus, "read_rounds", lambda here, catalogue: rounds)
    assert "Exempel: påhittade uppgifter" in open_focus("psykiatri", "12").lessons_from_others().html
    monkeypatch.setattr(opening_focus, "read_rounds", lambda here, catalogue: Rounds())
    assert "Inga lärdomar" in open_focus("psykiatri", "12").lessons_from_others().text
