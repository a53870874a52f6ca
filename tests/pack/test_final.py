"""The final report on a made-up full round, and before anything is registered."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from tests.dialogue.full_round import EARLIER, SPOKEN, FullRound, by_theme, full_round

from varddialog.config import DEFAULT_CYCLE, OUTPUTS_VARIABLE, ROOT_VARIABLE, Project
from varddialog.dialogue.rounds import Round
from varddialog.errors import DataError
from varddialog.model.catalogue import Catalogue
from varddialog.pack import FinalPack, open_final
from varddialog.pack.arena import open_arena
from varddialog.pack.fragment import Fragment
from varddialog.pack.glue import NAME, SCRAP
from varddialog.prose.arena import EXAMPLE, NOTHING

CELLS = (
    "header", "summary", "themes", "alike", "feedback_to_state", "proposals", "national", "collaboration", "lessons",
    "actions", "follow_up", "answers", "evaluation", "method",
)  # fmt: skip
# an indicator of the theme Psykiatri, for which regions fall behind, and one of no theme of the arena
OF_THEME, OF_NONE = "U79049", "FK_OHALSOTAL"
CONCERNED = ("01", "03", "04", "05", "06", "07")


def shown(pack: FinalPack) -> dict[str, Fragment]:
    made = {name: getattr(pack, name)() for name in CELLS}
    return {name: fragment for name, fragment in made.items() if fragment is not None}


def page(pack: FinalPack) -> str:
    return "".join(fragment.html for fragment in shown(pack).values())


def tree(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parsed: Element = parser.parse(f"<!DOCTYPE html><title>x</title><main>{html}</main>")
    return parsed


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def put_scraps(outputs: Path, catalogue: Catalogue) -> None:
    """Reports that glued two indicators which call for collaboration; the rest are not made."""
    for i in (OF_THEME, OF_NONE):
        number = catalogue.dimension_of[i].number
        for code in ("00", *CONCERNED):
            row = {"indicator": i, "anchor": i.lower(), "area": catalogue.area_of[i], "state": "aktuell"}
            row |= {"flagged": False, "trend": None, "vs_target": None}
            kind = "olika mellan regionerna" if code == "00" else "sämre än riket"
            told = {"kind": kind, "dimension": number, "area": catalogue.area_of[i], "indicator": i, "name": "Måttet"}
            told |= {"anchor": i.lower(), "weight": 1.0, "certainty": "säkerställd", "when": "2025", "value": 1.0}
            told |= {"nation": 1.0, "grouping": "", "text": "Siffran."}
            data = {SCRAP: {"name": NAME, "data": {"results": [row], "raised": [told]}}}
            folder = outputs / DEFAULT_CYCLE / catalogue.units.by_code[code].folder
            folder.mkdir(parents=True, exist_ok=True)
            notebook = json.dumps({"cells": [{"outputs": [{"data": data}]}]})
            (folder / f"{catalogue.dimension_of[i].notebook}.ipynb").write_text(notebook, encoding="utf-8")


@pytest.fixture(scope="module")
def outputs(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An output folder with those reports; VARDDIALOG_OUTPUTS names it."""
    folder = tmp_path_factory.mktemp("outputs")
    put_scraps(folder, catalogue)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(OUTPUTS_VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="module")
def filled(project: Project, tmp_path_factory: pytest.TempPathFactory) -> FullRound:
    return full_round(project, tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def pack(filled: FullRound, outputs: Path) -> FinalPack:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(filled.project.root))
        return open_final()


@pytest.fixture(scope="module")
def before(project: Project, outputs: Path) -> FinalPack:
    """As it is in truth, before anything is registered."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(project.root))
        found = open_final()
    return replace(found, round=Round(found.arena.slug, found.cycle_name), before=None, called=())


def test_page_is_whole_with_one_title_ids_once_and_links_that_lead_somewhere(
    pack: FinalPack, before: FinalPack
) -> None:
    for one in (pack, before):
        parsed = tree(page(one))
        ids = [element.get("id") for element in parsed.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        levels = [int(element.tag[1]) for element in parsed.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
        assert levels.count(1) == 1
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), "a level is skipped"
        inside = {str(a.get("href"))[1:] for a in parsed.iter("a") if str(a.get("href")).startswith("#")}
        assert inside <= set(ids)


def test_links_to_the_arena_lead_to_what_stands_there(
    pack: FinalPack, filled: FullRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(filled.project.root))
    arena = open_arena(pack.arena.slug)
    made = "".join(f.html for f in (arena.header(), arena.views(), arena.answers(), arena.lessons()) if f)
    ids = [str(element.get("id")) for element in tree(made).iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "lessons of two rounds may stand in rows of the same number"
    start = f"dialoguppfoljning-{pack.arena.slug}.html#"
    links = [str(a.get("href")) for a in tree(page(pack)).iter("a")]
    found = {link.removeprefix(start) for link in links if link.startswith(start)}
    assert len(found) > 40
    assert found <= set(ids)


def test_table_marks_what_was_said_where(pack: FinalPack, filled: FullRound) -> None:
    parsed = tree(page(pack))
    rows = next(t for t in parsed.iter("table") if "teman" in str(t.get("class"))).findall("tbody/tr")
    names = {theme.name: slug for slug, theme in pack.catalogue.dialogue.themes.items()}
    codes = [unit.code for unit in pack.catalogue.units.regions]
    counted = {"styrk": "styrka", "utman": "utmaning", "försl": "förslag", "synpu": "återkoppling till staten"}
    of = {kind: by_theme(filled.now.statements, kind) for kind in SPOKEN}
    every = by_theme(filled.now.statements, *SPOKEN)
    assert {names[text(row[0])] for row in rows} == set(every)
    for row in rows:
        theme = names[text(row[0])]
        assert [int(text(cell)) for cell in row[1:3]] == [len(every[theme]), sum(every[theme].values())]
        for code, cell in zip(codes, row[3:], strict=True):
            words = text(cell[1])
            found = {} if words == "inget" else {
                counted[part.split()[1][:5]]: int(part.split()[0]) for part in words.split(", ")
            }  # fmt: skip
            assert found == {k: n for k in SPOKEN if (n := of[k].get(theme, {}).get(code, 0))}, (theme, code)


def test_every_statement_to_the_state_and_proposal_stands_with_its_theme(pack: FinalPack, filled: FullRound) -> None:
    for section, kind in (("synpunkter", SPOKEN[3]), ("forslag", SPOKEN[2])):
        cell = tree(shown(pack)["feedback_to_state" if section == "synpunkter" else "proposals"].html)
        lines = [text(li) for li in cell.iter("li") if str(li.get("id")).startswith("uttalande-")]
        expected = sorted(row["uttalande"] for row in filled.now.statements if row["slag"] == kind)
        assert sorted(line[: line.index(".") + 1] for line in lines) == expected


def test_every_line_of_the_summary_says_how_much_it_rests_on(pack: FinalPack) -> None:
    lines = [text(div) for div in tree(shown(pack)["summary"].html).iter("div")]
    assert len(lines) >= 9
    for line in lines:
        assert re.search(r"\d+\s(uttalanden|synpunkter|förslag|lärdomar|svar|åtgärder)", line), line
        assert re.search(r"\d+\sregioner|svar på varje påstående", line), line


def test_example_is_marked_at_the_top_and_nothing_real_is_mixed_with_it(pack: FinalPack, before: FinalPack) -> None:
    assert EXAMPLE in pack.header().html
    assert "Socialstyrelsen" not in page(pack)
    for c in pack.called:
        assert c.lesson.text.startswith("Exempel")
    assert EXAMPLE not in page(before)
    assert "Exempel" not in page(before)


def test_lessons_are_those_of_the_round_and_offered_to_no_giver(pack: FinalPack, filled: FullRound) -> None:
    given = [row for row in filled.now.statements if row["slag"] == "lärdom"]
    assert sorted(c.lesson.text for c in pack.called) == sorted(row["uttalande"] for row in given)
    assert not any("i fjol" in c.lesson.text for c in pack.called)
    assert any(c.offers for c in pack.called)
    for c in pack.called:
        assert c.lesson.unit not in {offer.unit.code for offer in c.offers}


def test_region_of_two_collaboration_regions_is_counted_and_marked_in_both(pack: FinalPack, filled: FullRound) -> None:
    said = [row for row in filled.now.statements if row["slag"] in SPOKEN]
    blocks = tree(shown(pack)["collaboration"].html).findall(".//div[@class='listor']/div")
    regions = pack.catalogue.units.collaboration_regions
    for block, region in zip(blocks, regions, strict=True):
        mine = {unit.code for unit in region.members}
        count = sum(row["code"] in mine for row in said)
        assert f"Bygger på {count} uttalanden från {len(mine)} regioner." in text(block)
        assert ("Halland" in text(block)) == ("13" in mine)
    assert sum("Delas med en annan samverkansregion: Halland." in text(block) for block in blocks) == 2


def test_figures_stand_beside_the_talks_of_their_themes(pack: FinalPack, filled: FullRound) -> None:
    telling = by_theme(filled.now.statements, "utmaning")
    touched = [s for s, theme in pack.catalogue.dialogue.themes.items() if OF_THEME in theme.indicators]
    mine = {code for slug in touched if slug in pack.arena.themes for code in telling.get(slug, {})}
    both = sum(code in mine for code in CONCERNED)
    assert both >= 3, "the made-up round lets figures and talks meet"
    parsed = tree(shown(pack)["national"].html)
    (row,) = parsed.findall(".//tbody/tr")
    assert text(row[-1]) == f"{both} av {len(CONCERNED)}"
    assert f"från {len(mine)} regioner" in text(row[3])
    alone = next(p for p in parsed.iter("p") if "Inget av arenans teman" in text(p))
    area = pack.catalogue.area_of[OF_NONE]
    assert f"nationell-oversikt.html#omrade-{area}" == alone[0].get("href")
    assert "är inte gjorda" in text(parsed)


def test_actions_of_both_rounds_are_numbered_once_and_the_late_are_told(pack: FinalPack, filled: FullRound) -> None:
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for row in filled.earlier.actions:
        last[row["code"], row["nr"]] = last.get((row["code"], row["nr"]), {}) | {k: v for k, v in row.items() if v}
    late = sum(row["läge"] == "pågår" and row["klar senast"] < pack.cycle.data_until for row in last.values())
    assert late > 0
    assert sum(one.late for one in pack.followed) == late
    assert f"{late} skulle ha varit klara" in shown(pack)["follow_up"].text.replace("\u00a0", " ")
    numbers = [one.number for one in (*pack.agreed, *pack.followed)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {one.round.cycle for one in pack.followed} == {EARLIER}


def test_before_anything_is_registered_the_report_says_so_and_shows_what_figures_tell(before: FinalPack) -> None:
    made = shown(before)
    assert set(made) == {"header", "summary", "national", "method"}
    assert NOTHING in made["summary"].text
    assert "Inget av de 21 besöken är gjort." in made["header"].html
    assert f"varddialog records template samtal.xlsx --arena {before.arena.slug}" in made["summary"].html
    areas = [text(row[0]) for row in tree(made["national"].html).findall(".//tbody/tr")]
    assert areas == [field.area.name for field in before.fields]
    assert len(areas) == 2
    assert before.glue().data["round"] is None


def test_new_cycle_without_talks_still_follows_up_the_one_before(pack: FinalPack) -> None:
    new = replace(pack, round=Round(pack.arena.slug, pack.cycle_name), called=())
    made = shown(new)
    assert {"follow_up", "national"} <= set(made)
    assert not {"themes", "alike", "actions", "lessons"} & set(made)
    assert NOTHING in made["summary"].html
    assert "Förra omgången" in made["summary"].html
    assert EXAMPLE in made["header"].html


def test_what_was_said_is_shown_as_text_and_never_as_code(pack: FinalPack) -> None:
    statements = [replace(s, text=f"<b>{s.text}</b>") for s in pack.round.statements]
    html = page(replace(pack, round=replace(pack.round, statements=tuple(statements))))
    assert "<b>" not in html
    assert "&lt;b&gt;Exempel" in html


def test_scrap_counts_what_the_page_shows(pack: FinalPack, filled: FullRound) -> None:
    data = json.loads(json.dumps(pack.glue().data))
    of = {kind: by_theme(filled.now.statements, kind) for kind in SPOKEN}
    for slug, units in by_theme(filled.now.statements, *SPOKEN).items():
        for code in units:
            expected = {kind: n for kind in SPOKEN if (n := of[kind].get(slug, {}).get(code))}
            assert data["themes"][slug].pop(code) == expected
    assert not any(data["themes"].values())
    assert data["statements"] == len(filled.now.statements)
    assert (data["actions"], data["followed"]) == (42, 42)


def test_report_opened_twice_gives_the_same_bytes(
    pack: FinalPack, filled: FullRound, outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(filled.project.root))
    again = open_final()
    assert page(again) == page(pack)
    assert again.glue().data == pack.glue().data


def test_without_any_report_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OUTPUTS_VARIABLE, str(tmp_path))
    with pytest.raises(DataError, match=r"Inga rapporter är gjorda.*varddialog build"):
        open_final()


def test_notebook_asks_the_pack_for_every_cell(project: Project) -> None:
    cells = (project.notebooks / "slutrapport.ipynb").read_text(encoding="utf-8")
    assert re.findall(r"pack\.(\w+)\(\)", cells) == ["style", *CELLS, "glue"]
