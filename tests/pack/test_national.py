"""The national overview: read from scraps alone, with every call borne out by the reports, and missing reports told."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import html5lib
import pytest

from varddialog.config import DEFAULT_CYCLE, OUTPUTS_VARIABLE, Project, project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.errors import DataError
from varddialog.pack.glue import SCRAP
from varddialog.pack.national import NationPack, open_nation
from varddialog.pack.scraps import read_scraps
from varddialog.publish.site.whole import assessed


@pytest.fixture(scope="module")
def results(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with the built units' scraps alone."""
    folder = tmp_path_factory.mktemp("results")
    for path in site.glob("*/*.ipynb"):
        target = folder / DEFAULT_CYCLE / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return folder


@pytest.fixture
def nation(results: Path, monkeypatch: pytest.MonkeyPatch) -> NationPack:
    monkeypatch.setenv(OUTPUTS_VARIABLE, str(results))
    return open_nation()


def test_reports_that_are_not_made_are_told(nation: NationPack) -> None:
    made = {code for code, _ in nation.scraps.found}
    assert len(nation.scraps.found) == 4 * len(made)
    assert len(nation.scraps.missing) == 4 * (len(nation.catalogue.units.all) - len(made))
    assert "saknas och räknas inte med" in nation.summary().text
    assert "Saknade rapporter" in str(nation.order().html)


def test_every_call_is_borne_out_by_the_assessments(nation: NationPack) -> None:
    _, country = assessed(DEFAULT_CYCLE)
    known = {(a.unit.code, a.result.anchor): a for a in country.assessments if a.result}
    made = {code for code, _ in nation.scraps.found}
    assert nation.calls
    for call in nation.calls:
        assert set(call.concerned) <= made
        for code in call.worse:
            answer = known[code, call.anchor].vs_nation
            assert answer is not None
            assert answer.klass == "sämre"
        for code in call.missed:
            answer = known[code, call.anchor].vs_target
            assert answer is not None
            assert answer.klass.startswith(("ej uppnådd", "under", "över"))
        for code in call.worsening:
            answer = known[code, call.anchor].trend
            assert answer is not None
            assert answer.klass == "försämras"


def test_every_link_leads_to_a_card_of_the_built_reports(nation: NationPack, results: Path) -> None:
    pieces = [
        nation.header(),
        nation.summary(),
        nation.areas(),
        nation.regions(),
        nation.collaboration(),
        nation.lessons(),
        nation.order(),
    ]
    page = "".join(str(piece.html) for piece in pieces if piece)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(f"<!DOCTYPE html><main>{page}</main>")
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    links = {a.get("href") for a in tree.iter("a")}
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    found = 0
    for link in links:
        match = re.fullmatch(r"(?:\.\./([\w-]+)/)?([\w-]+)\.html#([\w-]+)", link)
        if match is None or match[2] == "metod":
            continue
        folder, report, anchor = match[1] or "00-riket", match[2], match[3]
        notebook = results / DEFAULT_CYCLE / folder / f"{report}.ipynb"
        assert f'id=\\"{anchor}\\"' in notebook.read_text(encoding="utf-8"), link
        found += 1
    assert found


def test_nothing_but_the_scrap_of_a_notebook_is_read(
    nation: NationPack, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in results.rglob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["outputs"] = [o for o in cell.get("outputs", []) if SCRAP in o.get("data", {})]
            cell["source"] = ""
        target = tmp_path / path.relative_to(results)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.setenv(OUTPUTS_VARIABLE, str(tmp_path))
    assert open_nation().areas().html == nation.areas().html


def test_without_any_report_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OUTPUTS_VARIABLE, str(tmp_path))
    with pytest.raises(DataError, match=r"Inga rapporter är gjorda.*varddialog build"):
        open_nation()


def test_a_broken_notebook_is_a_missing_report(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(results, tmp_path / "out")
    monkeypatch.setenv(OUTPUTS_VARIABLE, str(tmp_path / "out"))
    here: Project = project()
    catalogue = catalogue_with_figures(here)
    before = read_scraps(here, catalogue, DEFAULT_CYCLE)
    notebook = catalogue.framework.dimensions[0].notebook
    (tmp_path / "out" / DEFAULT_CYCLE / "09-gotland" / f"{notebook}.ipynb").write_text("{", encoding="utf-8")
    after = read_scraps(here, catalogue, DEFAULT_CYCLE)
    assert before.found.keys() - after.found.keys() == {("09", 1)}
    assert len(after.missing) == len(before.missing) + 1
