"""The three walks, as the guide tells them and with nothing left out: an analyst's, a reviewer's, a receiver's.

They are made in one project, one after the other, since each goes on with what the one before has made. Only the build
of the whole country is asked what it would do instead of being done; other tests build it.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from tests.conftest import Said
from tests.guides.following import ROOT, Following, copy_of, follow, program

from varddialog.config import DEFAULT_CYCLE, Project

GUIDES = ROOT / "docs"
UNIT = "09-gotland"
REPORT = "2-kvalitet-i-tjansterna"
ARCHIVE = f"varddialog-{UNIT}-{DEFAULT_CYCLE}.zip"


def walk(guide: str, here: Project) -> Following:
    def run(*words: str) -> Said:
        whole_country = words[0] == "build" and "--region" not in words and "--dry-run" not in words
        return program(*words, *(["--dry-run"] if whole_country else []), folder=here.root)

    return follow(GUIDES / f"{guide}.md", here.root, run)


def page(folder: Path, name: str = REPORT) -> str:
    return (folder / UNIT / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_three_walks_work_as_written(project: Project, tmp_path: Path) -> None:
    here = copy_of(project, tmp_path / "projekt")
    folder = here.root / "outputs" / DEFAULT_CYCLE
    _analyst(here, folder)
    _reviewer(here, folder)
    _region(here, folder)


def _analyst(here: Project, folder: Path) -> None:
    done = walk("analyst", here)
    assert (here.root / "gotland.csv").read_text(encoding="utf-8").startswith("indicator,region,year,sex,value,")
    assert "rapporter skulle göras" in done.of("varddialog build  ").out
    assert "Gotland" in done.of("varddialog status").out
    assert "Regionen bytte journalsystem" in page(folder)
    assert "Lätt att nå" in page(folder, "fokusomrade-latt-att-na")
    archive = folder / "arkiv" / ARCHIVE
    assert archive.is_file()
    assert re.search(r"SHA-256: [0-9a-f]{64}", done.of("varddialog share").out)


def _reviewer(here: Project, folder: Path) -> None:
    done = walk("reviewer", here)
    report = f"outputs/{DEFAULT_CYCLE}/{UNIT}/{REPORT}.ipynb"
    assert "1\u00a0cell: 1 lika, 0 skiljer sig." in done.of(f"varddialog review {report} --cell oversikt").out
    assert re.search(r"celler: (\d+) lika, 0 skiljer sig", done.of(f"varddialog review {report} --role").out)
    assert "Gottland" in (here.root / "skillnader.html").read_text(encoding="utf-8")
    entries = json.loads((folder / UNIT / "granskning.json").read_text(encoding="utf-8"))["entries"]
    found = {(entry["role"], entry["date"], entry["result"]) for entry in entries}
    assert found == {("granskare", "2026-12-01", "lika")}
    assert "Granskad 1\u00a0december\u00a02026 (granskare): alla" in page(folder, "index")


def _region(here: Project, folder: Path) -> None:
    archive = here.root / ARCHIVE
    (folder / "arkiv" / ARCHIVE).rename(archive)
    done = walk("region", here)
    assert "är oförändrat: Region Gotland" in done.of("varddialog share --verify").out
    with zipfile.ZipFile(archive) as packed:
        inside = set(packed.namelist())
    rows = re.findall(r"^\| (`[^|]*) \|", (GUIDES / "region.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = {file for row in rows for file in re.findall(r"`([^`]+)`", row)}
    assert len(named) > 12
    assert {file for file in named if not any(path.startswith(file) for path in inside)} <= _not_made(named)
    assert "Vi har öppnat en mottagning" in page(folder)
    assert "Lasarettet i Norrby" in page(folder)
    # what the region added has made the report another one than was reviewed
    assert "Granskningen 1\u00a0december\u00a02026 (granskare) gäller en tidigare version" in page(folder, "index")
    spoilt = bytearray(archive.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    archive.write_bytes(bytes(spoilt))
    assert program("share", "--verify", ARCHIVE, folder=here.root).code == 11


def _not_made(named: set[str]) -> set[str]:
    """What cannot be made where there is no browser to print with."""
    from varddialog.publish.paper.pdf import lacking

    return {name for name in named if name.endswith(".pdf")} if lacking() else set()
