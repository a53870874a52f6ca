"""The workbook's sheet of values within the region: there when there are any, with what the reports show."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.pack.conftest import MUNICIPAL, OWN, with_places

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.pack import open_pack
from varddialog.publish.workbook.book import make


@pytest.fixture(scope="module")
def books(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    root = tmp_path_factory.mktemp("placed").resolve()
    shutil.copytree(project.params, root / "params")
    shutil.copytree(project.stores, root / "data" / "store", ignore=shutil.ignore_patterns("20*", "current", ".*"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(root))
        with_places(Project(root))
        yield {
            code: load_workbook(io.BytesIO(make([open_pack(n, code) for n in (1, 2, 3, 4)]))) for code in ("12", "01")
        }


def test_the_sheet_has_every_value_that_is_shown(books: dict[str, Any]) -> None:
    sheet = books["12"]["Inom regionen"]
    header, *body = sheet.iter_rows(values_only=True)
    rows = [dict(zip(header, row, strict=True)) for row in body]
    assert len(rows) == 3 * 4 + 3 + 1  # municipalities and a unit for three years, and the region's own but one
    lund = next(r for r in rows if r["Plats"] == "Lund" and r["År"] == 2024)
    assert (lund["Mått-id"], lund["Slag"], lund["Platsens kod"], lund["Kön"], lund["Värde"]) == (
        MUNICIPAL, "Kommun", "1281", "Totalt", 120.0,
    )  # fmt: skip
    assert lund["Källa"].startswith("Folkhälsomyndigheten, via Kolada")
    norrby = next(r for r in rows if r["Mått-id"] == OWN and r["Plats"] == "Norrby <b>")
    assert norrby["Slag"] == "Regionens egna uppgifter"
    assert (norrby["Intervall, undre gräns"], norrby["Intervall, övre gräns"]) == (79.1, 85.3)
    assert norrby["Platsens kod"] is None
    assert "Västerby" not in {r["Plats"] for r in rows}  # its count is small
    assert [t.name for t in sheet.tables.values()] == ["Inom_regionen"]


def test_the_first_sheet_tells_of_it(books: dict[str, Any]) -> None:
    told = dict(books["12"]["Läs mig"].iter_rows(values_only=True, max_col=2))
    assert told["Inom regionen"] == "De värden för kommuner och enheter som rapporterna visar."
    assert "Inom regionen" not in dict(books["01"]["Läs mig"].iter_rows(values_only=True, max_col=2))


def test_without_such_values_there_is_no_such_sheet(books: dict[str, Any]) -> None:
    assert books["01"].sheetnames == ["Läs mig", "Bedömningar", "Observationer", "Mått", "Metod"]
