"""`data add` on the command line, and the other commands where a region has figures of its own."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.data.own.files import csv_file

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.data.forms.table import read_table
from varddialog.data.own.columns import FORM
from varddialog.data.store import Store

Command = Callable[..., Any]


@pytest.fixture
def filled(small_project: Project, tmp_path: Path) -> Path:
    return csv_file(tmp_path, "N00001;Norrby;2024;;;100,5;;;;", "matt-n00001;Söderby;2024;;;90;;;3;400")


def cells(out: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines() if line[:1] == "│"]


def test_what_was_added_is_told_and_how_to_see_it(command: Command, filled: Path) -> None:
    said = command("data", "add", str(filled), "--region", "Region Skåne")
    assert said.code == 0, said.err
    assert said.out == (
        "Region Skåne: 2\u00a0uppgifter om 1\u00a0mått för 2\u00a0enheter. 2 nya, 0 ändrade, 0 borttagna. Visa dem med "
        "«varddialog build --region skane»; gå tillbaka med «varddialog data rollback».\n"
    )
    assert said.err == ("1\u00a0uppgift med så få personer att de kan kännas igen visas inte i rapporterna.\n")
    again = command("data", "add", str(filled), "-r", "12")
    assert (
        again.out == "Region Skåne: 2\u00a0uppgifter om 1\u00a0mått för 2\u00a0enheter. Inget nytt: de finns redan.\n"
    )


def test_the_other_commands_know_of_it(command: Command, filled: Path) -> None:
    assert "Inom regionerna" not in command("data", "list").out
    command("data", "add", str(filled), "-r", "Skåne")
    listed = command("data", "list").out.partition("Inom regionerna")[2]
    assert cells(listed) == [
        ["N00001", "Mått N00001", "Region Skåne", "regionens egna uppgifter", "2024", "1", "2", "2",
         dt.date.today().isoformat(), "anges inte"],
    ]  # fmt: skip
    differs = command("data", "diff").out
    assert cells(differs.partition("Inom regionerna")[2])[0] == ["N00001", "Mått N00001", "2", "0", "0", "2024"]
    assert "Söderby" in differs
    assert "Söderby" not in command("data", "diff", "-r", "Gotland").out
    assert "Filerna är hela." in command("data", "verify").out
    said = command("data", "rollback").out
    assert said.startswith("Nu gäller de uppgifter som följer med projektet: 2\u00a0serier, ")
    assert "inom regionerna" not in said


def test_the_form_is_written_and_never_over_another_file(
    command: Command, small_project: Project, tmp_path: Path
) -> None:
    form = tmp_path / "mitt formulär.xlsx"
    said = command("data", "add", "--form", str(form))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("mitt formulär.xlsx är skriven.")
    before = form.read_bytes()
    said = command("data", "add", "--form", str(form))
    assert (said.code, said.err) == (2, "mitt formulär.xlsx: Filen finns redan. Välj ett annat namn.\n")
    assert form.read_bytes() == before
    assert command("data", "add", "--form", str(tmp_path / "x.ods")).code == 2


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 2, "antingen en ifylld fil eller --form"),
        (("FIL", "--form", "x.xlsx", "-r", "12"), 2, "antingen en ifylld fil eller --form"),
        (("FIL",), 2, "Vilken region gäller uppgifterna?"),
        (("FIL", "-r", "Skaune"), 2, "Okänd region: «Skaune»"),
        (("FIL", "-r", "00"), 2, "Riket är ingen region"),
        (("finns-inte.csv", "-r", "12"), 2, "finns-inte.csv"),
    ],
)
def test_a_command_that_cannot_be_meant(
    command: Command, filled: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    said = command("data", "add", *(str(filled) if word == "FIL" else word for word in words))
    assert said.code == code
    assert says in said.err
    assert "Traceback" not in said.err


def test_every_fault_is_told_at_once_with_row_and_column(
    command: Command, small_project: Project, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "N1;Norrby;2024;;;1;;;;", "N00001;;2024;;;x;;;;", "N00001;Norrby;2024;;;-1;;;;")
    said = command("data", "add", str(path), "-r", "12")
    assert said.code == 11
    assert said.err.splitlines() == [
        "egna.csv, rad 2, kolumn mått: Okänt mått: «N1». Tillåtet: måttets id, kortnamn eller namn.",
        "egna.csv, rad 3, kolumn enhet: Fältet är tomt. Fyll i det.",
        "egna.csv, rad 3, kolumn värde: «x» är inget tal. Tillåtet: siffror, med decimalkomma eller decimalpunkt.",
        "egna.csv, rad 4, kolumn värde: −1,00 är utanför vad mätenheten antal per 100\u00a0000 invånare tillåter. "
        "Tillåtet: minst 0 och högst 100\u00a0000.",
    ]
    assert Store.of(small_project).manifest.within == {}


def test_what_looks_like_personal_data_is_warned_about(
    command: Command, small_project: Project, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, "N00001;Anna 850709-9805;2024;;;1;;;;", "N00001;a@b.se;2024;;;1;;;;")
    said = command("data", "add", str(path), "-r", "12")
    assert said.code == 0
    number, address = said.err.splitlines()
    assert number.startswith("Varning: egna.csv, rad 2, kolumn enhet: det som står där ser ut som ett personnummer.")
    assert address.startswith("Varning: egna.csv, rad 3, kolumn enhet: det som står där ser ut som en e-postadress.")


# the documentation


def test_the_example_in_the_documentation_works(
    command: Command, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (project.root / "docs" / "own-data.md").read_text(encoding="utf-8")
    root = tmp_path / "projekt"
    for name in ("params", "notebooks"):
        shutil.copytree(project.root / name, root / name)
    shutil.copytree(project.stores, root / "data" / "store", ignore=shutil.ignore_patterns("20*", "current", ".*"))
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    monkeypatch.chdir(tmp_path)
    file, example = re.findall(r"`(\S+\.csv)`[^`]*```csv\n(.*?)```", text, re.DOTALL)[0]
    Path(file).write_text(example, encoding="utf-8")
    assert len(read_table(Path(file), FORM)) == example.count("\n") - 1
    ran = 0
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            program, *words = shlex.split(line, comments=True)
            assert program == "varddialog", line
            if words[:1] == ["build"]:
                words.append("--dry-run")
            said = command(*words)
            assert said.code == 0, said.err
            ran += 1
    assert ran >= 3
