"""The log of reviews: what is written, what it says of the report as it is now, and whose words it takes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest
from tests.batch.review.test_rendered import rendered

from varddialog.batch.plan import plan
from varddialog.batch.review.difference import Difference
from varddialog.batch.review.log import LOG, check_role, read_log, reviewed, write_log
from varddialog.batch.review.rendered import Rendered, open_rendered
from varddialog.batch.review.review import Checked
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.errors import DataError, UsageError
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.publish.site.reviews import review_lines
from varddialog.publish.site.whole import Cell

NAME = "2-kvalitet-i-tjansterna"
FIRST, SECOND = dt.date(2027, 1, 15), dt.date(2027, 2, 1)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def small(small_project: Project) -> Catalogue:
    return load_catalogue(small_project)


@pytest.fixture
def path(small_project: Project) -> Path:
    return rendered(small_project, small_project.outputs / DEFAULT_CYCLE / "12-skane" / f"{NAME}.ipynb")


@pytest.fixture
def report(small_project: Project, small: Catalogue, path: Path) -> Rendered:
    return open_rendered(path, small_project, small)


def same(report: Rendered, *names: str) -> list[Checked]:
    return [Checked(c.name, c.number, (), "a", "a") for c in report.cells if not names or c.name in names]


def changed(name: str) -> Checked:
    return Checked(name, 4, (Difference("tal", "Vård", "", "1", "2"),), "a", "b")


def on_the_cover(here: Project, catalogue: Catalogue, path: Path) -> list[str]:
    path.with_suffix(".html").touch()
    unit, cycle = catalogue.units.find("Skåne"), catalogue.cycle(DEFAULT_CYCLE)
    jobs = plan(here, catalogue, DEFAULT_CYCLE, here.outputs, [unit])
    cells = [Cell(job, job.notebook.is_file(), False) for job in jobs]
    return [f"{line.name}: {line.words}" for line in review_lines(cells, path.parent, cycle)]


def test_each_cell_is_logged_with_checksums_role_and_day(report: Rendered, path: Path) -> None:
    write_log(report, [*same(report, "setup"), changed("rubrik")], "nyckel", "analytiker", FIRST)
    version = hashlib.sha256(path.read_bytes()).hexdigest()
    about = {"report": path.name, "version": version, "role": "analytiker", "date": "2027-01-15", "inputs": "nyckel"}
    assert json.loads((path.parent / LOG).read_bytes())["entries"] == [
        {**about, "cell": "setup", "result": "lika", "differs": [], "rendered": "a", "reviewed": "a"},
        {**about, "cell": "rubrik", "result": "skiljer sig", "differs": ["Vård: 1 → 2"], "rendered": "a",
         "reviewed": "b"},
    ]  # fmt: skip


def test_the_same_roles_later_word_on_a_cell_replaces_its_earlier(report: Rendered, path: Path) -> None:
    write_log(report, [changed("rubrik")], "", "analytiker", FIRST)
    write_log(report, [changed("rubrik")], "", "granskare", FIRST)
    write_log(report, same(report, "rubrik"), "", "analytiker", SECOND)
    told = [(entry.role, entry.result) for entry in read_log(path.parent).entries]
    assert told == [("granskare", "skiljer sig"), ("analytiker", "lika")]
    found = reviewed(path, read_log(path.parent).entries)
    assert found is not None
    assert (found.differ, found.day) == ((), SECOND)


def test_the_cover_tells_what_has_been_reviewed(
    small_project: Project, small: Catalogue, report: Rendered, path: Path
) -> None:
    assert on_the_cover(small_project, small, path) == []
    write_log(report, same(report, "rubrik"), "", "granskare", FIRST)
    assert on_the_cover(small_project, small, path) == [
        f"2 Kvalitet i tjänsterna: Granskad 15{NBSP}januari{NBSP}2027 (granskare): 1 av 4{NBSP}delar kördes om "
        "var för sig och gav samma resultat."
    ]
    write_log(report, same(report), "", "analytiker", SECOND)
    (line,) = on_the_cover(small_project, small, path)
    assert line.endswith(f"(granskare och analytiker): alla 4{NBSP}delar kördes om var för sig och gav samma resultat.")
    write_log(report, [changed("rubrik")], "", "analytiker", SECOND)
    (line,) = on_the_cover(small_project, small, path)
    assert line.endswith("var för sig. 1 skilde sig från rapporten: rubrik.")


def test_a_later_change_of_the_report_makes_its_review_void(
    small_project: Project, small: Catalogue, report: Rendered, path: Path
) -> None:
    write_log(report, same(report), "", "analytiker", FIRST)
    before = path.read_bytes()
    path.write_bytes(before + b" ")
    (line,) = on_the_cover(small_project, small, path)
    told = f"Granskningen 15{NBSP}januari{NBSP}2027 (analytiker) gäller en tidigare version av rapporten."
    assert line == f"2 Kvalitet i tjänsterna: {told}"
    write_log(open_rendered(path, small_project, small), same(report, "rubrik"), "", "analytiker", SECOND)
    (line,) = on_the_cover(small_project, small, path)
    assert f"Granskad 1{NBSP}februari{NBSP}2027 (analytiker): 1 av 4" in line
    path.write_bytes(before)
    (line,) = on_the_cover(small_project, small, path)
    assert "alla 4" in line


def test_a_log_that_cannot_be_read_is_never_overwritten(
    small_project: Project, small: Catalogue, report: Rendered, path: Path
) -> None:
    (path.parent / LOG).write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="Granskningsloggen går inte att läsa"):
        write_log(report, same(report), "", "analytiker", FIRST)
    assert (path.parent / LOG).read_text(encoding="utf-8") == "{"
    assert on_the_cover(small_project, small, path) == []


@pytest.mark.parametrize(
    ("written", "role"),
    [("analytiker", "analytiker"), ("Granskare", "granskare"), ("SKR", "skr"), ("Regionerna", "regionerna")],
)
def test_a_role_is_the_projects_or_the_cycles(catalogue: Catalogue, written: str, role: str) -> None:
    assert check_role(written, catalogue.cycle(DEFAULT_CYCLE)) == role


def test_what_is_no_role_is_refused_so_that_no_name_is_logged(catalogue: Catalogue) -> None:
    with pytest.raises(
        UsageError, match=r"Okänd roll: «jag själv»\. Tillåtet: analytiker, .*Ange rollen, aldrig ett namn\."
    ):
        check_role("jag själv", catalogue.cycle(DEFAULT_CYCLE))
