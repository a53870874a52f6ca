"""Every kind of page is valid HTML, CSS and SVG by the Nu HTML checker. Without Java or the checker: skipped, said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.browser.kinds import KINDS
from tests.browser.rules import checker_command, said

from varddialog.config import Project
from varddialog.pack import open_pack
from varddialog.publish.paper.fact_sheet import fact_sheet_page


@pytest.fixture(scope="module")
def checker(project: Project) -> list[str]:
    return checker_command(project.root)


def test_every_kind_of_page_is_valid(checker: list[str], site: Path, tmp_path: Path) -> None:
    """The page that the fact sheet is printed from too, which no build keeps."""
    printed = tmp_path / "faktablad.html"
    printed.write_text(fact_sheet_page([open_pack(number, "Gotland") for number in (1, 2, 3, 4)]), encoding="utf-8")
    assert said(checker, [*(site / name for name in KINDS.values()), printed]) == []


def test_the_checker_finds_what_is_wrong(checker: list[str], site: Path, tmp_path: Path) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    broken = tmp_path / "fel.html"
    broken.write_text(text.replace("<h1>", '<h1 id="innehall" color="red">'), encoding="utf-8")
    (duplicate, attribute) = sorted(one for one in said(checker, [broken]) if " error: " in one)
    assert "color" in duplicate + attribute
    assert "Duplicate ID" in duplicate + attribute
