"""A region's file as rows, whether it is CSV or Excel, and every way in which it can be no such file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import openpyxl
import pytest
from tests.data.own.files import HEADER, csv_file, excel_file

from varddialog.data.forms import table
from varddialog.data.forms.table import Line
from varddialog.data.own.columns import FORM
from varddialog.errors import DataError

read_table = partial(table.read_table, form=FORM)
SHORT = "mått;enhet;år;värde"


def cells(path: Path) -> list[tuple[int, list[object]]]:
    return [(line.number, list(line.cells.values())) for line in read_table(path)]


def test_the_same_rows_from_both_kinds_of_file(tmp_path: Path) -> None:
    text = csv_file(tmp_path, "N00001;Sjukhuset;2024;82,5", header=SHORT)
    book = excel_file(tmp_path, ("N00001", "Sjukhuset", 2024, 82.5), header=SHORT)
    assert read_table(text) == [Line(2, {"mått": "N00001", "enhet": "Sjukhuset", "år": "2024", "värde": "82,5"})]
    assert read_table(book) == [Line(2, {"mått": "N00001", "enhet": "Sjukhuset", "år": 2024, "värde": 82.5})]


@pytest.mark.parametrize(
    "text",
    [
        "mått;enhet;år;värde\nA;B;2024;1,5\n",
        'mått,enhet,år,värde\nA,B,2024,"1,5"\n',
        "\ufeffmått;enhet;år;värde\r\nA;B;2024;1,5\r\n",
        "MÅTT; Enhet ;Ar;VARDE\nA;B;2024;1,5",
        "enhet;värde;mått;år\nB;1,5;A;2024\n\n;;;\n",
        "mått;enhet;år;värde;;\nA;B;2024;1,5;;\n",
        '"mått";"enhet";"år";"värde"\n"A";"B";"2024";"1,5"\n',
    ],
    ids=[
        "semicolons",
        "commas",
        "as Excel writes it",
        "other letters",
        "other order, empty rows",
        "empty columns",
        "quoted",
    ],
)
def test_ways_in_which_csv_is_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "egna.CSV"
    path.write_bytes(text.encode())
    (line,) = read_table(path)
    assert line == Line(2, {"mått": "A", "enhet": "B", "år": "2024", "värde": "1,5"})


def test_rows_have_the_numbers_that_an_editor_shows(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "A;B;2024;1", "", '"C\nC";D;2024;2', "E;F;2024;3", header=SHORT)
    assert [number for number, _ in cells(path)] == [2, 4, 6]
    book = excel_file(tmp_path, ("A", "B", 2024, 1), (None, " ", None, None), ("E", "F", 2024, 3), header=SHORT)
    assert [number for number, _ in cells(book)] == [2, 4]


def test_the_sheet_called_uppgifter_or_else_the_first(tmp_path: Path) -> None:
    path = excel_file(tmp_path, ("A", "B", 2024, 1), header=SHORT)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Annat", 0).append(["något", "annat"])
    book.save(path)
    assert len(read_table(path)) == 1
    book["Uppgifter"].title = "Blad 2"
    book.move_sheet("Blad 2", -1)
    book.save(path)
    assert len(read_table(path)) == 1


def test_a_formula_has_the_value_that_excel_gave_it_and_none_is_an_empty_cell(tmp_path: Path) -> None:
    path = excel_file(tmp_path, ("A", "B", 2024, "=1+1"), header=SHORT)
    assert cells(path) == [(2, ["A", "B", 2024, None])]


COLUMNS = {
    "unknown": ("mått;enhet;år;värde;tälja", "Okänd kolumn: «tälja».", "Menade du «täljare»?"),
    "odd": ("mått;enhet;år;värde;xyzzy", "Okänd kolumn: «xyzzy».", "Ta bort kolumnen."),
    "twice": ("mått;enhet;år;värde;Värde", "Kolumnen «värde» står två gånger.", ""),
    "missing": ("mått;enhet;värde", "Kolumnen «år» saknas.", "Utgå från formuläret: «varddialog data add --form»."),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_columns_that_are_not_the_forms(tmp_path: Path, kind: str) -> None:
    header, what, todo = COLUMNS[kind]
    with pytest.raises(DataError) as caught:
        read_table(csv_file(tmp_path, "A;B;2024;1", header=header))
    (fault,) = caught.value.faults
    assert (fault.what, fault.where, fault.todo) == (what, "egna.csv, rad 1", todo)


def test_every_column_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_table(csv_file(tmp_path, header="matt;matt;vrde;kommentar"))
    assert len(caught.value.faults) == 6


def test_a_decimal_comma_between_commas_is_told(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "A,B,2024,1,5", header="mått,enhet,år,värde")
    with pytest.raises(DataError, match=r"rad 2: Raden har fält utanför kolumnerna.*semikolon"):
        read_table(path)


def test_a_file_without_rows_and_one_with_far_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (csv_file(tmp_path), excel_file(tmp_path), csv_file(tmp_path, ";;;", "", name="tom.csv")):
        with pytest.raises(DataError, match="Filen har inga uppgifter"):
            read_table(path)
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    with pytest.raises(DataError, match="för många rader"):
        read_table(csv_file(tmp_path, *["A;B;2024;1"] * 3, header=SHORT))
    monkeypatch.setattr(table, "MOST_BYTES", 10)
    with pytest.raises(DataError, match="Filen är för stor"):
        read_table(csv_file(tmp_path, "A;B;2024;1", header=SHORT))


def test_a_packed_file_that_swells_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = excel_file(tmp_path, *[("A", "B", 2024, 1)] * 4000, header=SHORT)
    monkeypatch.setattr(table, "MOST_BYTES", path.stat().st_size + 10)
    if path.stat().st_size * 10 < 4000 * 100:
        with pytest.raises(DataError, match="Filen är för stor"):
            read_table(path)


def test_the_header_of_the_form_is_understood(tmp_path: Path) -> None:
    (line,) = read_table(csv_file(tmp_path, "A;B;2024;1;totalt;1,5;1;2;3;4"))
    assert list(line.cells) == HEADER.split(";")
