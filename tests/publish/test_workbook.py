"""The workbook, read again by another library than the one that wrote it, and held against the store."""

from __future__ import annotations

import getpass
import io
import re
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.publish import office
from tests.publish.truth import Truth

from varddialog.config import Project
from varddialog.model.catalogue import Catalogue
from varddialog.model.groups import group_label
from varddialog.pack import Pack
from varddialog.publish.workbook import book as workbook

SHEETS = ["Läs mig", "Bedömningar", "Observationer", "Mått", "Metod"]
SEXES = {"T": "Totalt", "K": "Kvinnor", "M": "Män"}


@pytest.fixture(scope="module")
def blobs(unit_packs: dict[str, list[Pack]]) -> dict[str, bytes]:
    return {code: workbook.make(packs) for code, packs in unit_packs.items()}


@pytest.fixture(scope="module")
def books(blobs: dict[str, bytes]) -> dict[str, Any]:
    return {code: load_workbook(io.BytesIO(blob)) for code, blob in blobs.items()}


@pytest.fixture(params=["00", "12"])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def rows(book: Any, title: str) -> list[dict[str, Any]]:
    header, *body = book[title].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body]


def test_every_sheet_of_data_is_a_table_with_a_frozen_head(books: dict[str, Any], code: str) -> None:
    book = books[code]
    assert book.sheetnames == SHEETS
    assert all(len(name) <= 31 for name in book.sheetnames)
    for title in SHEETS[1:4]:
        sheet = book[title]
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert table.autoFilter is not None
        assert [c.name for c in table.tableColumns] == [cell.value for cell in sheet[1]]
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.paperSize == 9
    assert {table.name for title in SHEETS[1:4] for table in book[title].tables.values()} == {
        "Bedomningar", "Observationer", "Matt",
    }  # fmt: skip


def test_every_indicator_stands_with_the_value_of_the_store(
    books: dict[str, Any], code: str, truth: Truth, catalogue: Catalogue, unit_packs: dict[str, list[Pack]]
) -> None:
    found = rows(books[code], "Bedömningar")
    own = [i for d in catalogue.framework.dimensions for i in catalogue.of_dimension(d) if i.duplicate_of is None]
    assert list(dict.fromkeys(row["Mått-id"] for row in found)) == [i.id for i in own]
    for row in found:
        indicator = catalogue.indicators[row["Mått-id"]]
        sex = {"kvinnor": "K", "män": "M"}.get(row["Mått"].removeprefix(indicator.name).strip(", "), "")
        shown = sex or (truth.sexes(indicator, code) or ["T"])[0] if not indicator.gap else "T"
        series = {} if indicator.gap else truth.whole(indicator, code, shown)
        if not series:
            assert row["Värde"] is None
            assert row["Mot riket: skäl"]
            continue
        latest = series[max(series)]
        assert row["Värde"] == pytest.approx(latest.value), indicator.id
        assert row["År"] == latest.year
        nation = truth.nation(indicator, shown).get(latest.when)
        assert row["Riket"] == (pytest.approx(nation.value) if nation else None), indicator.id
        if row["Skillnad mot riket"] is not None:
            assert nation is not None
            places = indicator.decimals
            assert row["Skillnad mot riket"] == pytest.approx(
                round(latest.value, places) - round(nation.value, places), abs=1e-6
            )


def test_the_answers_are_those_of_the_reports(
    books: dict[str, Any], code: str, unit_packs: dict[str, list[Pack]]
) -> None:
    glued = {(row["indicator"], row["value"]): row for pack in unit_packs[code] for row in pack.glue().data["results"]}
    found = [row for row in rows(books[code], "Bedömningar") if row["Värde"] is not None]
    assert len(found) == len(glued) > 80
    for row in found:
        report = glued[row["Mått-id"], row["Värde"]]
        told = (row["Mot riket: omdöme"], row["Mot målnivån: omdöme"], row["Utveckling: omdöme"])
        assert told == (report["vs_nation"], report["vs_target"], report["trend"])
        assert row["Osäkerhetens nivå"] == report["level"]


def test_the_best_region_has_the_best_value(books: dict[str, Any], truth: Truth, catalogue: Catalogue) -> None:
    named = [row for row in rows(books["12"], "Bedömningar") if row["Bästa region"]]
    assert len(named) > 40
    for row in named:
        indicator = catalogue.indicators[row["Mått-id"]]
        shown = truth.sexes(indicator, "12")
        if len(shown) > 1:
            continue
        series = truth.whole(indicator, "12", shown[0])
        values = truth.trusted(indicator, max(series), shown[0])
        best = max(values) if indicator.direction == "higher_better" else min(values)
        assert row["Bästa regionens värde"] == pytest.approx(best), indicator.id


def test_every_observation_of_the_unit_and_riket_is_there(
    books: dict[str, Any], code: str, truth: Truth, catalogue: Catalogue
) -> None:
    found = rows(books[code], "Observationer")
    by_id: dict[str, set[tuple[Any, ...]]] = {}
    for row in found:
        key = (
            row["Enhetens kod"],
            row["År"],
            row["Kön"],
            (row["Uppdelning"] or "").lower(),
            row["Grupp"],
            row["Värde"],
        )
        by_id.setdefault(row["Mått-id"], set()).add(key)
    for name in ("N00001", "U79092", "FOHM_ANGSLAN_ETT_AR", *list(by_id)[:25]):
        if name not in by_id or name not in catalogue.indicators:
            continue
        stored = {
            (o.region, o.year, SEXES[o.sex], o.grouping, group_label(o.group) or None, o.value)
            for o in truth.rows(catalogue.indicators[name])
            if o.region in {code, "00"}
        }
        missing = stored - by_id[name]
        assert not by_id[name] - stored, name
        # small counts are hidden
        assert len(missing) <= 0.05 * len(stored), name
    assert {row["Enhetens kod"] for row in found} == {code, "00"}


def test_numbers_are_numbers_with_their_own_decimals_and_days_are_days(
    books: dict[str, Any], code: str, catalogue: Catalogue
) -> None:
    sheet = books[code]["Bedömningar"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    checked = 0
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row, columns["Värde"])
        if cell.value is None:
            continue
        indicator = catalogue.indicators[sheet.cell(row, columns["Mått-id"]).value]
        assert cell.data_type == "n"
        assert cell.number_format == ("#,##0" + ("." + "0" * indicator.decimals if indicator.decimals else ""))
        checked += 1
    assert checked > 80
    days = [cell for cell in next(books[code]["Mått"].iter_cols(13, 13, 2)) if cell.value is not None]
    assert len(days) > 80
    assert all(cell.is_date for cell in days)


def test_the_file_tells_nothing_of_where_and_when_it_was_made(
    blobs: dict[str, bytes], project: Project, code: str, unit_packs: dict[str, list[Pack]]
) -> None:
    hidden = [str(project.root).encode(), b"/home/", b"/tmp/", f">{getpass.getuser()}<".encode()]
    for name, content, day in office.members(blobs[code]):
        assert day == office.FIRST_DAY, name
        assert not [text for text in hidden if text in content], name
        if name == "docProps/core.xml":
            assert set(re.findall(rb"W3CDTF\">([^<]+)<", content)) == {b"2026-11-21T00:00:00Z"}
            assert unit_packs[code][0].unit.official_name.encode() in content
        assert b'TargetMode="External"' not in content, name
    if code == "12":
        assert workbook.make(unit_packs[code]) == blobs[code]


def test_names_that_mean_harm_are_only_text(hostile_packs: Sequence[Pack]) -> None:
    book = load_workbook(io.BytesIO(workbook.make(hostile_packs)))
    for sheet in book:
        assert not [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f" or c.hyperlink]
    for title in ("Bedömningar", "Mått", "Observationer"):
        names = [row["Mått"] for row in rows(book, title)]
        assert office.FORMULA in names
        assert office.ENDLESS.strip() in names
    assert book["Läs mig"]["A1"].value == f"Faktaunderlag: {office.OFFICIAL}"
    assert book.properties.title == f"Faktaunderlag: {office.OFFICIAL}"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "{=1}", "http://x.se", "1"])
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    from xlsxwriter import Workbook

    from varddialog.publish.workbook.sheet import Column, Looks, table

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        table(book, Looks(book), "Blad", "Blad", "Om & om", [Column("Text", 10)], [([text], 0)], 1)
    cell = load_workbook(io.BytesIO(out.getvalue()))["Blad"]["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.value.replace("_x000D_", "\r").replace("\n", "\r") == text
