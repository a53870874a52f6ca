"""A made-up full round goes all the way: questions, records, final report, follow-up, evaluation; each number counted.

Everything is counted anew from the rows that were filled in, and from the store, never by the library's own counting.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sysconfig
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import openpyxl
import pytest
from filelock import FileLock
from tests.building import shared_folder
from tests.dialogue.full_round import EARLIER, IN_EXCEL, REAL, SPOKEN, FullRound, by_theme, full_round
from tests.publish.truth import Truth

from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.model.catalogue import Catalogue
from varddialog.prose.arena import EXAMPLE

pytestmark = pytest.mark.slow

ARENA = "halso-och-sjukvardsdialogen"
TODAY = "2026-11-21"
UNITS = ("Riket", "Skåne")
VERBS = {"förbättras": "förbättrats", "försämras": "försämrats", "oförändrat": "stått stilla"}


@pytest.fixture(scope="module")
def filled(project: Project, tmp_path_factory: pytest.TempPathFactory) -> FullRound:
    return full_round(project, tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def built(filled: FullRound, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cycle's folder of `varddialog build`, made once by the first process that asks; it is only read."""
    shared = shared_folder(tmp_path_factory)
    target = shared / "full-round"
    with FileLock(shared / "full-round.lock"):
        if not target.is_dir():
            command = [str(Path(sysconfig.get_path("scripts"), "varddialog")), "build", "--html-only"]
            command += ["--output", str(target), *(part for unit in UNITS for part in ("--region", unit))]
            env = {**os.environ, ROOT_VARIABLE: str(filled.project.root)}
            done = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, cwd=shared, check=False)
            assert done.returncode == 0, done.stderr
    return target / DEFAULT_CYCLE


@pytest.fixture(scope="module")
def known(filled: FullRound) -> Catalogue:
    """The catalogue of the project with the round."""
    return catalogue_with_figures(filled.project)


def _page(path: Path) -> Element:
    parsed: Element = html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return parsed


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture(scope="module")
def report(built: Path) -> Element:
    return _page(built / "00-riket" / "slutrapport.html")


def section(page: Element, name: str) -> Element:
    found = page.find(f".//section[@id='{name}']")
    assert found is not None, name
    return found


def table(where: Element, caption: str) -> list[list[str]]:
    """The rows of the table with that caption, header left out."""
    found = next(t for t in where.iter("table") if text(t[0]).startswith(caption))
    return [[text(cell) for cell in row] for row in found.findall("tbody/tr")]


def tables(where: Element, caption: str) -> list[list[str]]:
    """The rows of all tables with that caption."""
    found = [t for t in where.iter("table") if text(t[0]).startswith(caption)]
    return [[text(cell) for cell in row] for t in found for row in t.findall("tbody/tr")]


def test_questions_of_a_region_are_there_to_talk_from(built: Path, known: Catalogue, filled: FullRound) -> None:
    page = _page(built / f"{IN_EXCEL}-skane" / "diskussionsfragor.html")
    standing = {q.text: q.slug for q in known.arena(ARENA).questions}
    asked = [text(h) for h in page.iter("h3") if text(h).endswith("?")]
    assert 0 < len(asked) <= 12
    assert set(asked) & set(standing), "some of the standing questions are among them"
    focus = known.cycle(DEFAULT_CYCLE).visits[f"{IN_EXCEL}-skane"].focus_areas
    for slug in focus:
        assert known.focus_area(slug).name in text(page)
    answered = {row["fråga"] for row in filled.now.statements if row["slag"] == "svar" and row["code"] == IN_EXCEL}
    assert answered == set(standing.values())


def test_filled_in_forms_have_no_faults(command: Callable[..., Any], filled: FullRound, monkeypatch: Any) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(filled.project.root))
    said = command("records", "check")
    assert (said.code, said.err) == (0, "")
    told = command("records", "summary", "--arena", ARENA, "--cycle", DEFAULT_CYCLE)
    assert EXAMPLE.partition(":")[0] in told.out
    held = f"{len(filled.now.statements)} uttalanden, 42 åtgärder och {len(filled.now.ratings)} svar på utvärderingen"
    assert held in told.out.replace("\u00a0", " ")
    folder = filled.project.dialogue / ARENA / DEFAULT_CYCLE
    assert [path.suffix for path in folder.glob(f"*{IN_EXCEL}-skane*")] == [".xlsx"]
    assert len(list(folder.glob("*.csv"))) == 3 * 20


def test_report_counts_what_was_filled_in(report: Element, filled: FullRound, known: Catalogue) -> None:
    head = text(report.find(".//header[@class='rapporthuvud']"))  # type: ignore[arg-type]
    assert "21 av 21 regioner har haft besök." in head
    assert f"Registrerat är {len(filled.now.statements)} uttalanden från 21 regioner" in head
    assert f"42 åtgärder och {len(filled.now.ratings)} svar på utvärderingen" in head
    names = {theme.name: slug for slug, theme in known.dialogue.themes.items()}
    every = by_theme(filled.now.statements, *SPOKEN)
    rows = table(section(report, "teman"), "Teman och regioner")
    assert {names[row[0]]: (int(row[1]), int(row[2])) for row in rows} == {
        slug: (len(units), sum(units.values())) for slug, units in every.items()
    }
    for row in rows:
        spoken = [cell != "· inget" and not cell.endswith("inget") for cell in row[3:]]
        assert spoken == [unit.code in every[names[row[0]]] for unit in known.units.regions]


def test_what_regions_agree_and_differ_on_follows_from_the_counts(
    report: Element, filled: FullRound, known: Catalogue
) -> None:
    weak, strong = (by_theme(filled.now.statements, kind) for kind in ("utmaning", "styrka"))
    names = {theme.name: slug for slug, theme in known.dialogue.themes.items()}
    seen = set()
    for name, view, in_weak, in_strong, rests in table(section(report, "lika"), "De som"):
        down, up = set(weak.get(names[name], {})), set(strong.get(names[name], {}))
        judged = len(down | up)
        most = [len(units) / judged >= 2 / 3 for units in (down, up)] if judged else [False, False]
        words = {
            (True, False): "Samma utmaning",
            (False, True): "Samma styrka",
            (True, True): "Både styrka och utmaning",
        }
        expected = "För få för att jämföra" if judged < 3 else words.get((most[0], most[1]), "Olika bild")
        assert (view, in_weak, in_strong) == (expected, f"{len(down)} av {judged}", f"{len(up)} av {judged}"), name
        count = sum(weak.get(names[name], {}).values()) + sum(strong.get(names[name], {}).values())
        assert rests == f"{count} uttalanden från {judged} regioner"
        seen.add(view)
    assert {"Samma utmaning", "Samma styrka", "Olika bild"} <= seen, "the round shows agreement and difference"


@pytest.mark.parametrize(
    ("name", "kind", "called"),
    [("synpunkter", "återkoppling till staten", "synpunkt(?:er)?"), ("forslag", "förslag", "förslag")],
)
def test_feedback_and_proposals_are_counted_by_theme(
    name: str, kind: str, called: str, report: Element, filled: FullRound, known: Catalogue
) -> None:
    part = section(report, name)
    of = by_theme(filled.now.statements, kind)
    found = {}
    for article in part.iter("article"):
        found[text(article.find("h3"))] = text(article.find("p"))  # type: ignore[arg-type]
    for summary in part.findall("details/summary"):
        theme, _, rests = text(summary).rpartition(": ")
        found[theme] = rests
    assert set(found) == {known.dialogue.themes[slug].name for slug in of}
    for slug, units in of.items():
        where = f"{len(units)} regioner" if len(units) > 1 else known.units.by_code[next(iter(units))].name
        assert re.search(rf"\b{sum(units.values())} {called} från {where}", found[known.dialogue.themes[slug].name]), (
            slug
        )


def test_actions_are_followed_up_with_their_states_and_the_late_marked(report: Element, filled: FullRound) -> None:
    for name, rows in (("atgarder", filled.now.actions), ("uppfoljning", filled.earlier.actions)):
        last: dict[tuple[str, str], dict[str, Any]] = {}
        for row in rows:
            key = row["code"], row["nr"]
            last[key] = last.get(key, {"läge": "planerad"}) | {k: v for k, v in row.items() if v}
        part = section(report, name)
        shown = tables(part, "Åtgärder")
        assert len(shown) == len(last) == 42
        late = {r["åtgärd"] for r in last.values() if r["läge"] in ("planerad", "pågår") and r["klar senast"] < TODAY}
        assert {re.sub(r"^\d+\. |(?<=\.)[^.]*$", "", row[0]) for row in shown if row[5].startswith("✕")} == late
        states = Counter(str(row["läge"]) for row in last.values())
        assert Counter(row[5].removeprefix("✕ ").split()[0] for row in shown) == states
        assert bool(late) == (name == "uppfoljning")


def test_figures_that_actions_aimed_at_are_those_of_the_store(
    report: Element, filled: FullRound, known: Catalogue
) -> None:
    truth = Truth(filled.project, known)
    aimed = {(known.units.by_code[row["code"]].name, row["mått"]) for row in filled.earlier.actions if row.get("mått")}
    part = section(report, "uppfoljning")
    rows = table(part, "Måtten som åtgärderna siktar på")
    names = {known.indicators[i].name: i for _, i in aimed}
    assert {(row[2], names[row[0]]) for row in rows} == aimed
    answers: Counter[str] = Counter()
    for name, _, unit, course, answer, _ in rows:
        indicator = known.indicators[names[name]]
        own = truth.whole(indicator, known.units.find(unit).code, "T")
        word = answer.split()[1].rstrip(",").casefold()
        answers[word] += 1
        match = re.fullmatch(r"(\S+) \((\d{4})\) → (\S+)(?: \S+)? \((\d{4})\)", course)
        if match is None:
            assert word not in VERBS, "what has moved has two values"
            continue
        before, then, now, latest = match.groups()
        assert (then, latest) == (max(when for when in own if when < "2024"), max(own))
        for shown, when in ((before, then), (now, latest)):
            assert float(shown.replace(",", ".")) == pytest.approx(own[when].value, abs=0.051)
        if word in ("förbättras", "försämras"):
            rises = own[latest].value > own[then].value
            assert (word == "förbättras") == (rises == (indicator.turn == 1)), (name, unit)
    words = text(part)
    assert f"Av {len(rows)} siffror som åtgärderna siktar på har" in words
    assert answers["förbättras"] > 0
    for word, verb in VERBS.items():
        assert (f"{answers[word]} {verb}" in words) == (answers[word] > 0)
    assert "visar inte att åtgärden är orsaken" in words


def test_evaluation_has_the_medians_of_what_was_answered(report: Element, filled: FullRound, known: Catalogue) -> None:
    official = {unit.name: unit.official_name for unit in known.units.regions}
    scales = {scale.text: scale.slug for scale in known.arena(ARENA).evaluation}
    statement, seen = "", Counter[str]()
    for name, group, *cells in table(section(report, "utvardering"), "Svaren i tal"):
        statement = name or statement
        where = official.get(group, group)
        mine = [
            row["poäng"]
            for row in filled.now.ratings
            if row["påstående"] == scales[statement] and where in ("Alla", row["part"], row["enhet"])
        ]
        median = f"{statistics.median(mine):g}".replace(".", ",")
        assert cells == [*(str(mine.count(score)) for score in range(1, 6)), str(len(mine)), median]
        seen[statement] += 1
    assert seen == dict.fromkeys(scales, 1 + 3 + 21), "all together, the parties that answered, the regions"


def test_banner_stands_on_every_page_that_uses_the_example_and_on_no_other(built: Path) -> None:
    using = set()
    for path in built.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if "sagt vid besöket i" in html or "Exempel: åtgärd" in html:
            using.add(path.name)
            assert f"<strong>{EXAMPLE}.</strong>" in html, path.name
        else:
            assert EXAMPLE not in html, path.name
    assert using == {"slutrapport.html", f"dialoguppfoljning-{ARENA}.html"}


def test_real_records_of_another_arena_are_not_mixed_with_the_example(built: Path, project: Project) -> None:
    real = (built / "00-riket" / f"dialoguppfoljning-{REAL}.html").read_text(encoding="utf-8")
    report = (built / "00-riket" / "slutrapport.html").read_text(encoding="utf-8")
    assert "Min vård Gävleborg" in real
    assert "Exempel" not in real
    assert "Min vård Gävleborg" not in report
    assert "Socialstyrelsen: Uppföljning och dialog" not in report


def test_glued_counts_are_those_of_the_page(built: Path, filled: FullRound) -> None:
    notebook = json.loads((built / "00-riket" / "slutrapport.ipynb").read_text(encoding="utf-8"))
    (scrap,) = [
        output["data"]["application/scrapbook.scrap.json+json"]["data"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if "application/scrapbook.scrap.json+json" in output.get("data", {})
    ]
    assert scrap["statements"] == len(filled.now.statements)
    assert (scrap["example"], scrap["round"]) == (True, DEFAULT_CYCLE)
    assert scrap["followed"] == len({(row["code"], row["nr"]) for row in filled.earlier.actions})


@pytest.fixture
def breakable(filled: FullRound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the project that a test may break; VARDDIALOG_ROOT names it."""
    shutil.copytree(filled.project.root, tmp_path / "broken")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "broken"))
    return Project((tmp_path / "broken").resolve())


def test_broken_form_stops_the_build_before_any_kernel_and_is_told_by_row_and_column(
    command: Callable[..., Any], breakable: Project
) -> None:
    folder = breakable.dialogue / ARENA / DEFAULT_CYCLE
    path = folder / "exempel-09-gotland.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    lines[4] = lines[4].replace("återkoppling till staten", "återkopling")
    lines[7] = lines[7].replace(lines[7].split(";")[1], "Ministern", 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    book_path = folder / "exempel-12-skane.xlsx"
    book = openpyxl.load_workbook(book_path)
    book["Utvärdering"]["D3"] = 6
    book.save(book_path)
    said = command("build", "--region", "Riket")
    assert said.code == 11
    assert said.out == ""
    assert not breakable.outputs.exists()
    told = command("records", "check")
    assert told.code == 11
    for place, words in (
        (f"{path.name}, rad 5, kolumn slag", "«återkopling»"),
        (f"{path.name}, rad 8, kolumn part", "«Ministern»"),
        ("blad Utvärdering, rad 3, kolumn poäng", "6 finns inte på skalan"),
    ):
        assert place in told.out, told.out
        assert words in told.out
        assert words in said.err


def test_earlier_round_is_a_round_of_its_own(filled: FullRound, command: Callable[..., Any], monkeypatch: Any) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(filled.project.root))
    told = command("records", "summary", "--arena", ARENA, "--cycle", EARLIER).out.replace("\u00a0", " ")
    assert "21 uttalanden och 42 åtgärder" in told
