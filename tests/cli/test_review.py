"""`review`: what it says, how it ends, what it leaves, and why a report differs."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from varddialog.config import CURRENT, DEFAULT_CYCLE, Project
from varddialog.data.tidy import write_store
from varddialog.model.catalogue import load_catalogue

pytestmark = pytest.mark.slow

Command = Callable[..., Any]
NAME = "1-halsa-i-befolkningen"
LAST = """from varddialog.config import project
from varddialog.data.store import Store
rows = Store.of(project()).observations(indicators=["N00001"], regions=[region[:2]])
print("Värdet är", rows["value"].iloc[-1], "år", rows["year"].iloc[-1])"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the results of the first build are kept for the tests that follow."""
    return tmp_path_factory.mktemp("byggt") / "outputs"


@pytest.fixture
def report(small_project: Project, command: Command, built: Path) -> Path:
    """Gotland's report on one dimension, of a real build; its last cell prints a value of the store."""
    path = small_project.notebooks / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(LAST, id="varde", metadata={"tags": ["varde"]}))
    nbformat.write(notebook, path)
    if built.is_dir():
        shutil.copytree(built, small_project.outputs)
    else:
        assert command("build", "-r", "Gotland", "-d", "1", "--html-only").code == 0
        shutil.copytree(small_project.outputs, built)
    return small_project.outputs / DEFAULT_CYCLE / "09-gotland" / f"{NAME}.ipynb"


def rewrite(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_report_as_it_was_made_is_the_same_and_nothing_is_written(command: Command, report: Path) -> None:
    before = {path: path.read_bytes() for path in report.parents[1].rglob("*") if path.is_file()}
    said = command("review", str(report))
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Hälsa i befolkningen: Region Gotland, 1-halsa-i-befolkningen.ipynb",
        "6\u00a0celler: 6 lika, 0 skiljer sig.",
    ]
    assert {path: path.read_bytes() for path in report.parents[1].rglob("*") if path.is_file()} == before


def test_one_cell_by_tag_or_number(command: Command, report: Path) -> None:
    for asked in (("--cell", "varde"), ("--cell", "5"), ("--cell", "varde", "--cell", "5", "--engine", "stock")):
        said = command("review", str(report), *asked)
        assert said.code == 0
        assert "1\u00a0cell: 1 lika, 0 skiljer sig." in said.out
    said = command("review", str(report), "--cell", "vard")
    assert said.code == 2
    assert "Menade du «varde»?" in said.err


def test_a_change_by_hand_is_shown_logged_and_told_on_the_cover(command: Command, report: Path, tmp_path: Path) -> None:
    rewrite(report, "Värdet är 97.4", "Värdet var 97.4")
    page = tmp_path / "skillnader.html"
    asked = ("--role", "Analytiker", "--date", "2027-01-15", "--report", str(page), "--jobs", "2")
    said = command("review", str(report), *asked)
    assert said.code == 15
    assert said.err == "cell varde: Rapporten är inte vad cellerna ger.\n"
    (line,) = [line for line in said.out.splitlines() if line.startswith("│ 5 ")]
    assert [part.strip() for part in line.split("│")[1:4]] == ["5", "varde", "skiljer sig"]
    assert re.search(r"utskrift: «Värdet … [\d.]+ år 2024»: var → är", line)
    assert "Varför: Notebooken har ändrats för hand sedan den gjordes." in said.out

    entries = json.loads((report.parent / "granskning.json").read_bytes())["entries"]
    assert [e["cell"] for e in entries if e["result"] != "lika"] == ["varde"]
    assert {(e["role"], e["date"]) for e in entries} == {("analytiker", "2027-01-15")}
    cover = (report.parent / "index.html").read_text(encoding="utf-8")
    assert "Granskad 15\u00a0januari\u00a02027 (analytiker): alla 5\u00a0delar kördes om" in cover
    shown = page.read_text(encoding="utf-8")
    assert "<del>var</del>" in shown
    assert "<ins>är</ins>" in shown
    assert not re.search(r"<script|https?://(?!www\.w3\.org)|\bon\w+=", shown)


def test_a_build_makes_the_review_of_an_earlier_version_void(
    command: Command, report: Path, small_project: Project
) -> None:
    assert command("review", str(report), "--role", "granskare", "--date", "2027-01-15").code == 0
    cover = report.parent / "index.html"
    assert "och gav samma resultat" in cover.read_text(encoding="utf-8")
    assert command("build", "-r", "Gotland", "-d", "1", "--html-only", "--force").code == 0
    assert "och gav samma resultat" in cover.read_text(encoding="utf-8")  # the same bytes, so it still holds
    rewrite(small_project.notebooks / f"{NAME}.ipynb", "Värdet är", "Värdet blev")
    assert command("build", "-r", "Gotland", "-d", "1", "--html-only").code == 0
    assert "gäller en tidigare version av rapporten" in cover.read_text(encoding="utf-8")


def test_the_page_that_readers_open_is_compared_too(command: Command, report: Path) -> None:
    rewrite(report.with_suffix(".html"), "Region Gotland", "Region Gottland")
    said = command("review", str(report))
    assert said.code == 15
    assert "cell sidan: Rapporten" in said.err
    assert "Varför: Sidan har ändrats för hand: den är inte vad notebooken ger." in said.out


def test_changed_figures_are_told_observation_by_observation(
    command: Command, report: Path, small_project: Project, tidy_rows: pd.DataFrame, write_tidy: Any, tmp_path: Path
) -> None:
    rows = tidy_rows.copy()
    for unit, value in (("09", 111.1), ("12", 122.2)):
        place = (rows["indicator_id"] == "N00001") & (rows["region_code"] == unit) & (rows["year"] == 2024)
        rows.loc[place, "value"] = value
    name = "2026-11-26"
    folder = small_project.stores / name
    write_store(write_tidy(tmp_path / "in", rows), folder, load_catalogue(small_project), "2026-01-01")
    (small_project.stores / CURRENT).write_text(name, encoding="utf-8")
    said = command("review", str(report))
    assert said.code == 15
    assert "«Värdet är … år 2024»: 97.4 → 111.1" in said.out
    lines = said.out.splitlines()
    at = lines.index("Varför: Uppgifterna är ändrade (Mått N00001).")
    unit = "\u00a0per 100\u00a0000 inv."
    assert re.fullmatch(rf"  Mått N00001, Gotland, 2024: 97,4{unit} → 111,1{unit}", lines[at + 1])
    assert re.fullmatch(rf"  Mått N00001, Skåne, 2024: [\d,]+{unit} → 122,2{unit}", lines[at + 2])


def test_changed_params_and_code_are_told(command: Command, report: Path, small_project: Project) -> None:
    rewrite(small_project.notebooks / f"{NAME}.ipynb", "Värdet är", "Talet är")
    rewrite(small_project.params / "indicators" / "1-dodlighet.yml", "Vad som inte fångas.", "Vad som missas.")
    said = command("review", str(report))
    assert said.code == 15
    assert f"Varför: Notebooken {NAME} är ändrad." in said.out
    assert "Varför: Params/ är ändrat (Mått N00001 och Mått N00002)." in said.out


def test_a_cell_that_fails_is_told_with_its_error(command: Command, report: Path, small_project: Project) -> None:
    rewrite(small_project.notebooks / f"{NAME}.ipynb", "print(region, cycle)", "1 / 0")
    said = command("review", str(report))
    assert said.code == 12
    assert said.err == "cell rubrik: ZeroDivisionError: division by zero.\n"
    assert "│ misslyckad" in said.out


def test_a_copy_is_reviewed_where_it_lies(command: Command, report: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copy(report, tmp_path / "kopia.ipynb"))
    said = command("review", str(copied), "--role", "granskare", "--date", "2027-01-15")
    assert (said.code, said.err) == (0, "")
    assert "5\u00a0celler: 5 lika" in said.out
    assert (tmp_path / "granskning.json").is_file()
    assert not (report.parent / "granskning.json").exists()


def test_a_page_that_cannot_be_written_is_told(command: Command, report: Path, tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    said = command("review", str(report), "--cell", "varde", "--report", str(tmp_path / "fil" / "sida.html"))
    assert said.code == 2
    assert said.err.startswith("sida.html: Filen går inte att skriva (")


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (("--role", "granskare"), "loggas med både roll och dag"),
        (("--date", "2027-01-15"), "loggas med både roll och dag"),
        (("--role", "vem som helst", "--date", "2027-01-15"), "aldrig ett namn"),
    ],
)
def test_what_cannot_be_logged_is_told_before_anything_runs(
    command: Command, report: Path, asked: tuple[str, ...], what: str
) -> None:
    said = command("review", str(report), *asked)
    assert said.code == 2
    assert what in said.err
    assert said.out == ""
