"""The empty form: it explains itself, offers what is allowed, and comes back as what was filled in."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from tests.data.own.files import HEADER, TODAY

from varddialog.data.forms.table import read_table
from varddialog.data.own.columns import COLUMNS, FORM
from varddialog.data.own.form import form
from varddialog.data.own.rows import measures_for_own, observations
from varddialog.errors import DataError, UsageError
from varddialog.model.catalogue import Catalogue


@pytest.fixture(scope="module")
def made(catalogue: Catalogue) -> bytes:
    return form(Path("formulär.xlsx"), catalogue, TODAY)


def test_the_workbook_has_the_columns_the_explanations_and_the_measures(made: bytes, catalogue: Catalogue) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Uppgifter", "Så fyller du i", "Mått"]
    assert [cell.value for cell in book["Uppgifter"][1]] == HEADER.split(";")
    assert book["Uppgifter"].max_row == 1
    explained = list(book["Så fyller du i"].iter_rows(min_row=2, max_row=len(COLUMNS) + 1, values_only=True))
    assert explained == [(c.name, c.about, c.example or None, "ja" if c.needed else None) for c in COLUMNS]
    listed = list(book["Mått"].iter_rows(min_row=2, values_only=True))
    assert [row[:3] for row in listed] == [(i.slug, i.id, i.name) for i in measures_for_own(catalogue)]
    limits = {row[1]: row[4] for row in listed}
    assert limits["U70513"] == "minst 0 och högst 100"
    assert limits["NKA_HSV"] is None


def test_measures_and_sexes_are_chosen_from_lists(made: bytes, catalogue: Catalogue) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Uppgifter"]
    found = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    assert found["A2:A2001"].formula1 == f"Mått!$A$2:$A${len(measures_for_own(catalogue)) + 1}"
    assert found["A2:A2001"].errorStyle == "warning"  # an id or a name is right too
    assert found["E2:E2001"].formula1 == '"totalt,kvinnor,män"'


def test_a_form_that_is_filled_in_with_its_own_examples_is_right(
    made: bytes, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "ifylld.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(made))
    book["Uppgifter"].append([c.example for c in COLUMNS])
    book.save(path)
    own = observations(read_table(path, FORM), path.name, catalogue.units.by_code["12"], catalogue, TODAY)
    assert len(own.rows) == 1


def test_the_same_day_gives_the_same_bytes(made: bytes, catalogue: Catalogue) -> None:
    assert form(Path("annat.XLSX"), catalogue, TODAY) == made
    assert form(Path("annat.xlsx"), catalogue, TODAY + dt.timedelta(days=1)) != made


def test_the_form_as_csv_is_the_header_alone_and_excel_sees_what_it_is_written_in(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    made = form(Path("formulär.csv"), catalogue, TODAY)
    assert made == b"\xef\xbb\xbf" + HEADER.encode() + b"\r\n"
    (tmp_path / "formulär.csv").write_bytes(made)
    with pytest.raises(DataError, match="Filen har inga uppgifter"):
        read_table(tmp_path / "formulär.csv", FORM)


def test_another_kind_of_file_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(UsageError, match=r"\.xlsx och \.csv"):
        form(Path("formulär.ods"), catalogue, TODAY)
