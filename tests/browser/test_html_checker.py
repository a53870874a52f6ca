"""Every kind of page is valid HTML, CSS and SVG by the Nu HTML checker. Without Java or the checker: skipped, said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.browser.kinds import KINDS

from varddialog.config import Project
from varddialog.pack import open_pack
from varddialog.publish.paper.fact_sheet import fact_sheet_page

CHECKER_VARIABLE = "VARDDIALOG_HTML_CHECKER"
PLACE = Path("build", "npm", "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
# a list without marks is no list to VoiceOver unless it has the role too
KNOWN = "The “list” role is unnecessary for element “ul”."


@pytest.fixture(scope="module")
def checker(project: Project) -> list[str]:
    """The command that checks the files named after it."""
    java, jar = shutil.which("java"), Path(os.environ.get(CHECKER_VARIABLE, project.root / PLACE))
    if java is None or not jar.is_file():
        lacking = "java" if java is None else f"{jar} (README names how it is installed; {CHECKER_VARIABLE} its place)"
        pytest.skip(f"NO HTML CHECKER: {lacking} is missing. The Nu HTML checker is NOT run on this machine.")
    return [java, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always"]


def _said(checker: list[str], files: list[Path]) -> list[str]:
    """What the checker says of the files: errors and warnings, with place and extract."""
    done = subprocess.run([*checker, *map(str, files)], capture_output=True, text=True, encoding="utf-8", check=True)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return [
        f"{Path(m.get('url', '?')).name}:{m.get('lastLine')} {m.get('subType') or m['type']}: {m['message']} "
        f"{m.get('extract', '').strip()[:120]}"
        for m in messages
        if m["message"] != KNOWN
    ]


def test_every_kind_of_page_is_valid(checker: list[str], site: Path, tmp_path: Path) -> None:
    """The page that the fact sheet is printed from too, which no build keeps."""
    printed = tmp_path / "faktablad.html"
    printed.write_text(fact_sheet_page([open_pack(number, "Gotland") for number in (1, 2, 3, 4)]), encoding="utf-8")
    assert _said(checker, [*(site / name for name in KINDS.values()), printed]) == []


def test_the_checker_finds_what_is_wrong(checker: list[str], site: Path, tmp_path: Path) -> None:
    text = (site / "index.html").read_text(encoding="utf-8")
    broken = tmp_path / "fel.html"
    broken.write_text(text.replace("<h1>", '<h1 id="innehall" color="red">'), encoding="utf-8")
    (duplicate, attribute) = sorted(said for said in _said(checker, [broken]) if " error: " in said)
    assert "color" in duplicate + attribute
    assert "Duplicate ID" in duplicate + attribute
