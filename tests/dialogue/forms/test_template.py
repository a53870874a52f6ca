"""The empty forms: they offer what the arena allows, ask for no names, and come back as what was filled in."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from varddialog.config import Project
from varddialog.dialogue.forms.columns import ACTIONS, CHOICES, EVALUATION, FORMS, GUIDE, STATEMENTS
from varddialog.dialogue.forms.template import template
from varddialog.dialogue.records import check_files
from varddialog.errors import UsageError
from varddialog.model.catalogue import Catalogue

CYCLE = "2026-2027"
ARENAS = sorted(path.stem for path in (Path(__file__).resolve().parents[3] / "params" / "arenas").glob("*.yml"))


def made(catalogue: Catalogue, arena: str, name: str = "a.xlsx") -> bytes:
    return template(Path(name), catalogue.arena(arena), CYCLE, catalogue.cycle(CYCLE), catalogue)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def offered(book: Any, sheet: str, column: str) -> list[str]:
    """What the list of a column offers."""
    header = [cell.value for cell in book[sheet][1]]
    letter = openpyxl.utils.get_column_letter(header.index(column) + 1)
    rules = book[sheet].data_validations.dataValidation
    (rule,) = [rule for rule in rules if str(rule.sqref).startswith(f"{letter}2:")]
    if rule.formula1.startswith('"'):
        return list(rule.formula1.strip('"').split(","))
    cells = book[CHOICES][rule.formula1.removeprefix(f"{CHOICES}!").replace("$", "")]
    return [row[0].value for row in cells]


@pytest.mark.parametrize("arena", ARENAS)
def test_the_workbook_asks_for_what_the_arena_has(catalogue: Catalogue, arena: str) -> None:
    book, known = opened(made(catalogue, arena)), catalogue.arena(arena)
    assert book.sheetnames == [*(form.sheet for form in FORMS), GUIDE, CHOICES]
    for form in FORMS:
        assert [cell.value for cell in book[form.sheet][1]] == form.names
        assert book[form.sheet].max_row == 1
    assert offered(book, STATEMENTS.sheet, "part") == [party.name for party in known.parties]
    assert offered(book, ACTIONS.sheet, "ägare") == [party.name for party in known.parties]
    assert offered(book, STATEMENTS.sheet, "tema") == [catalogue.dialogue.themes[slug].name for slug in known.themes]
    assert offered(book, STATEMENTS.sheet, "fråga") == [question.text for question in known.questions]
    assert offered(book, EVALUATION.sheet, "påstående") == [scale.text for scale in known.evaluation]
    assert offered(book, EVALUATION.sheet, "poäng") == ["1", "2", "3", "4", "5"]
    units = 6 if known.units == "samverkansregion" else 21
    assert len(offered(book, STATEMENTS.sheet, "enhet")) == units + 1
    for column, words in (("slag", 6), ("mått", 100), ("roll", 2)):
        assert len(offered(book, STATEMENTS.sheet, column)) >= words
    assert offered(book, ACTIONS.sheet, "läge") == ["planerad", "pågår", "klar", "avbruten"]


def test_the_form_says_plainly_that_names_of_persons_do_not_belong(catalogue: Catalogue) -> None:
    book = opened(made(catalogue, ARENAS[0]))
    guide = [cell for row in book[GUIDE].iter_rows(values_only=True) for cell in row if cell]
    assert guide[1].startswith("Skriv aldrig namn på personer, personnummer, e-postadresser eller telefonnummer.")
    assert not any("namn" in name for form in FORMS for name in form.names)
    prompts = {rule.promptTitle: rule.prompt for rule in book[STATEMENTS.sheet].data_validations.dataValidation}
    assert set(prompts) == set(STATEMENTS.names)  # each cell tells what it is for
    assert "aldrig" in prompts["roll"]
    assert "aldrig" in prompts["part"]


@pytest.mark.parametrize("arena", ARENAS)
def test_a_form_that_is_filled_in_with_its_own_examples_is_right(
    catalogue: Catalogue, arena: str, tmp_path: Path
) -> None:
    book = opened(made(catalogue, arena))
    rows = list(book[GUIDE].iter_rows(values_only=True))
    start = next(at for at, row in enumerate(rows) if row[0] == "Blad")
    for form in FORMS:
        examples = {row[1]: row[3] for row in rows[start + 1 :] if row[0] == form.sheet}
        assert list(examples) == form.names
        for at, name in enumerate(form.names, 1):
            book[form.sheet].cell(2, at, examples[name])
    path = tmp_path / "ifylld.xlsx"
    book.save(path)
    checked = check_files([path], arena, Project(tmp_path.resolve()), catalogue)
    assert (checked.faults, checked.warnings) == ([], [])
    (round_,) = checked.rounds
    assert [len(rows) for rows in (round_.statements, round_.actions, round_.ratings)] == [1, 1, 1]
    assert len(round_.statements[0].indicators) == 1


@pytest.mark.parametrize("arena", ARENAS)
def test_every_word_that_is_offered_is_understood(catalogue: Catalogue, arena: str, tmp_path: Path) -> None:
    book = opened(made(catalogue, arena))
    sheet = book[STATEMENTS.sheet]
    row = {"uttalande": "Ja.", "källa": "Anteckningar"}
    for column in ("enhet", "part", "tema", "slag"):
        row[column] = offered(book, STATEMENTS.sheet, column)[0]
    row["slag"] = "utmaning"
    expected = 0
    for column in ("enhet", "tema", "mått"):
        for word in offered(book, STATEMENTS.sheet, column):
            expected += 1
            filled = {**row, column: word, "uttalande": f"{column} {word}"}
            for at, name in enumerate(STATEMENTS.names, 1):
                sheet.cell(expected + 1, at, filled.get(name))
    path = tmp_path / "ifylld.xlsx"
    book.save(path)
    checked = check_files([path], arena, Project(tmp_path.resolve()), catalogue)
    assert checked.faults == []
    assert len(checked.rounds[0].statements) == expected


def test_the_same_form_has_the_same_bytes(catalogue: Catalogue) -> None:
    assert made(catalogue, ARENAS[0]) == made(catalogue, ARENAS[0], "annat.XLSX")


def test_as_csv_it_is_the_statements_headings_and_another_kind_is_refused(catalogue: Catalogue) -> None:
    assert made(catalogue, ARENAS[0], "a.csv") == b"\xef\xbb\xbf" + ";".join(STATEMENTS.names).encode() + b"\r\n"
    with pytest.raises(UsageError, match=r"\.xlsx och \.csv"):
        made(catalogue, ARENAS[0], "a.ods")
