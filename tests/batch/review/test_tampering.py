"""Real reports, each tampered with in one way: the review finds it, tells it, and finds nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from varddialog.batch.record import read_record
from varddialog.batch.review import review as reviewing
from varddialog.batch.review.difference import Pictured
from varddialog.batch.review.rendered import Rendered, open_rendered
from varddialog.batch.review.rerun import Rerun, code_names, rerun
from varddialog.batch.review.review import Checked, review
from varddialog.batch.review.why import BY_HAND, LIKELY_BY_HAND, OTHER_COPY, UNKNOWN, why
from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.model.catalogue import Catalogue

pytestmark = pytest.mark.slow

NAME = "09-gotland/2-kvalitet-i-tjansterna"
SCRAP = "application/scrapbook.scrap.json+json"

Notebook = dict[str, Any]


@pytest.fixture(autouse=True)
def _this_checkout(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(project.root))


@pytest.fixture(scope="module")
def output(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a real build, to write in."""
    return shutil.copytree(site.parent, tmp_path_factory.mktemp("granskas") / "outputs")


@pytest.fixture
def path(output: Path, site: Path) -> Iterator[Path]:
    """Gotland's report, to tamper with; put right afterwards."""
    found = output / DEFAULT_CYCLE / f"{NAME}.ipynb"
    before = found.read_bytes()
    yield found
    found.write_bytes(before)


@pytest.fixture(scope="module")
def runs() -> dict[str, Rerun]:
    """Every cell of the report run again for real, once: what is tampered with is the report, not the runs."""
    return {}


@pytest.fixture
def run_once(runs: dict[str, Rerun], monkeypatch: pytest.MonkeyPatch) -> None:
    def kept(job: Any, names: list[str], here: Project, *more: Any) -> Iterator[tuple[str, Rerun]]:
        if not runs:
            runs.update(rerun(job, code_names(job), here, *more))
        return ((name, runs[name]) for name in names)

    monkeypatch.setattr(reviewing, "rerun", kept)


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    (found,) = [c for c in notebook["cells"] if name in c["metadata"]["tags"]]
    return found  # type: ignore[no-any-return]


def edited(name: str, before: str, after: str) -> Callable[[Notebook], None]:
    """Puts another text in the page of a cell, once."""

    def edit(notebook: Notebook) -> None:
        data = cell(notebook, name)["outputs"][0]["data"]
        html = "".join(data["text/html"])
        assert before in html
        data["text/html"] = html.replace(before, after, 1)

    return edit


def removed(notebook: Notebook) -> None:
    notebook["cells"].remove(cell(notebook, "sakerhet"))


def added(notebook: Notebook) -> None:
    notebook["cells"].append({**cell(notebook, "metod"), "id": "ny", "metadata": {"tags": ["egen"]}})


def moved(notebook: Notebook) -> None:
    mine = cell(notebook, "sakerhet")
    notebook["cells"].remove(mine)
    notebook["cells"].insert(4, mine)


def recoded(notebook: Notebook) -> None:
    cell(notebook, "oversikt")["source"] = 'pack.area("sakerhet")'


def reworded(notebook: Notebook) -> None:
    cell(notebook, "analytiker")["source"] = "# Något annat"


def emptied(notebook: Notebook) -> None:
    cell(notebook, "sammanfattning")["outputs"] = []


def handed_on(notebook: Notebook) -> None:
    cell(notebook, "resultat")["outputs"][0]["data"][SCRAP]["data"]["results"][0]["value"] = 99.5


PLANTS: dict[str, tuple[Callable[[Notebook], None], str, str, str]] = {
    "a number": (edited("tillganglighet", "procent 202", "procent 203"), "tillganglighet", "tal", ""),
    "a judgement": (edited("sakerhet", "och båda är bättre", "och båda är sämre"), "sakerhet", "text", "sämre"),
    "a table's value": (edited("metod", "<td>upplysning: år saknas</td>", "<td>–</td>"), "metod", "tabell", "–"),
    "a figure": (edited("halsoframjande", "M384.2 37h0", "M400 37h0"), "halsoframjande", "figur", ""),
    "a figure's words": (
        edited("halsoframjande", ">Gotland 96,3<", ">Gotland 99,3<"),
        "halsoframjande",
        "figur",
        "99,3",
    ),
    "a link": (edited("metod", 'href="../metod.html"', 'href="https://example.org"'), "metod", "märkning", "example"),
    "what is handed on": (handed_on, "resultat", "värde", "99.5"),
    "no output": (emptied, "sammanfattning", "text", ""),
    "a missing cell": (removed, "sakerhet", "ordning", ""),
    "an added cell": (added, "egen", "ordning", "en cell"),
    "a moved cell": (moved, "sakerhet", "ordning", "efter setup"),
    "other code": (recoded, "oversikt", "kod", "pack.area"),
    "another text": (reworded, "analytiker", "kod", ""),
}


def tamper(path: Path, edit: Callable[[Notebook], None]) -> None:
    notebook = json.loads(path.read_bytes())
    edit(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def differing(found: list[Checked]) -> list[str]:
    return [checked.name for checked in found if checked.result != "lika"]


@pytest.mark.usefixtures("run_once")
@pytest.mark.parametrize("plant", PLANTS)
def test_what_was_tampered_with_is_found_and_nothing_else(
    project: Project, catalogue: Catalogue, path: Path, plant: str
) -> None:
    edit, name, kind, stands = PLANTS[plant]
    tamper(path, edit)
    rendered = open_rendered(path, project, catalogue)
    found = review(rendered, [], project)
    assert differing(found) == [name]
    (checked,) = [checked for checked in found if checked.name == name]
    kinds = {difference.kind for difference in checked.differences}
    assert kinds == {kind}
    assert any(stands in difference.before for difference in checked.differences)
    assert len(checked.differences) < 5
    if kind == "figur":
        (pictured,) = checked.differences
        assert isinstance(pictured, Pictured)
        assert pictured.marked
        assert pictured.pictures[0] != pictured.pictures[1]
    because = why(rendered, project, catalogue)
    assert because.told([name]) == [BY_HAND]
    assert differing(review(rendered, [name], project)) == [name]


@pytest.mark.usefixtures("run_once")
def test_an_untouched_report_is_the_same_in_every_cell(project: Project, catalogue: Catalogue, path: Path) -> None:
    rendered = open_rendered(path, project, catalogue)
    found = review(rendered, [], project)
    assert differing(found) == []
    assert [checked.name for checked in found] == [cell.name for cell in rendered.cells]
    assert all(checked.rendered == checked.reviewed != "" for checked in found)
    assert why(rendered, project, catalogue).told([]) == []


def test_code_that_somebody_has_put_in_a_report_is_never_run(
    project: Project, catalogue: Catalogue, path: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "kört"

    def infect(notebook: Notebook) -> None:
        for found in notebook["cells"]:
            if found["cell_type"] == "code":
                found["source"] = ["open(", repr(str(mark)), ", 'w')\n", *found["source"]]

    tamper(path, infect)
    found = review(open_rendered(path, project, catalogue), ["rubrik", "injected-parameters"], project)
    assert {checked.differences[0].kind for checked in found} == {"kod"}
    assert len(found) == 2
    assert not mark.exists()


@pytest.mark.usefixtures("run_once")
def test_a_copy_elsewhere_is_compared_with_the_record_of_its_report(
    project: Project, catalogue: Catalogue, path: Path, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARDDIALOG_OUTPUTS", str(output))
    copied = Path(shutil.copy(path, tmp_path / "kopia.ipynb"))
    rendered = open_rendered(copied, project, catalogue)
    assert not rendered.in_place
    assert differing(review(rendered, [], project)) == []
    tamper(copied, edited("sakerhet", "och båda är bättre", "och båda är sämre"))
    rendered = open_rendered(copied, project, catalogue)
    assert differing(review(rendered, [], project)) == ["sakerhet"]
    assert why(rendered, project, catalogue).told(["sakerhet"]) == [OTHER_COPY.format(folder=DEFAULT_CYCLE)]
    monkeypatch.setenv("VARDDIALOG_OUTPUTS", str(tmp_path))
    rendered = open_rendered(copied, project, catalogue)
    assert why(rendered, project, catalogue).told(["sakerhet"]) == [UNKNOWN.format(folder=DEFAULT_CYCLE)]


def test_a_record_that_knows_no_checksum_tells_it_from_what_the_report_is_made_of(
    project: Project, catalogue: Catalogue, path: Path
) -> None:
    run_json = path.parents[1] / "run.json"
    before = run_json.read_bytes()
    record = json.loads(before)
    record["jobs"][NAME]["rendered"] = ""
    run_json.write_text(json.dumps(record), encoding="utf-8")
    try:
        rendered = open_rendered(path, project, catalogue)
        assert why(rendered, project, catalogue).told(["sakerhet"]) == [LIKELY_BY_HAND]
    finally:
        run_json.write_bytes(before)


def test_other_versions_of_packages_are_told(project: Project, catalogue: Catalogue, path: Path) -> None:
    run_json = path.parents[1] / "run.json"
    before = run_json.read_bytes()
    record = json.loads(before)
    now = record["versions"]["pandas"]
    record["versions"]["pandas"] = "1.0.0"
    run_json.write_text(json.dumps(record), encoding="utf-8")
    try:
        told = why(open_rendered(path, project, catalogue), project, catalogue).told(["sakerhet"])
        assert told == [f"Paketens versioner är andra: pandas 1.0.0 → {now}."]
    finally:
        run_json.write_bytes(before)


KINDS = ("fokusområde", "frågor", "arena", "nationell", "slutrapport")


@pytest.mark.parametrize("kind", KINDS)
def test_reports_of_every_kind_give_the_same_again(
    project: Project, catalogue: Catalogue, output: Path, kind: str
) -> None:
    def reports() -> Iterator[Rendered]:
        for key in read_record(output / DEFAULT_CYCLE, DEFAULT_CYCLE).jobs:
            rendered = open_rendered(output / DEFAULT_CYCLE / f"{key}.ipynb", project, catalogue)
            if rendered.job.report.kind == kind:
                yield rendered

    rendered = next(reports())
    assert rendered.in_place
    found = review(rendered, [], project)
    assert len(found) >= 8
    assert differing(found) == [], [str(d) for checked in found for d in checked.differences]
