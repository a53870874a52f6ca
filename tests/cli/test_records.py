"""`records`: an empty form, whether it is filled in right, and what is registered."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.dialogue.record_files import ARENA, SAID, csv_file, folder

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.dialogue.forms.columns import ACTIONS, EVALUATION

Command = Callable[..., Any]


def test_a_form_is_written_filled_in_checked_and_counted(
    command: Command, params_copy: Project, tmp_path: Path
) -> None:
    path = folder(params_copy) / "12-skane.xlsx"
    said = command("records", "template", "--arena", ARENA, str(path))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("12-skane.xlsx är skriven.")
    book = openpyxl.load_workbook(path)
    book["Uttalanden"].append(["Region Skåne", "Regionen", "", "Vårdplatser", "utmaning", "Platserna räcker inte."])
    book["Åtgärder"].append(["1", "Region Skåne", "Regionen", "Vårdplatser", "Öppna tio.", "2026-03-14"])
    book.save(path)
    said = command("records", "check")
    assert (said.code, said.err) == (0, "")
    assert said.out == "Inga fel: 1\u00a0uttalande och 1\u00a0åtgärd.\n"
    out = command("records", "summary").out
    assert "Dialogen om tillgänglighet, 2026–2027" in out
    assert "1\u00a0uttalande och 1\u00a0åtgärd. Bakom uttalandena står 1\u00a0enhet och 1\u00a0part." in out
    assert re.search(r"│ Vårdplatser │ 1\s+│ 1\s+│ 1\s+│", out)
    assert "Åtgärder efter läge: planerad: 1." in out


def test_a_form_is_never_written_over_another_file(command: Command, params_copy: Project, tmp_path: Path) -> None:
    for name, arena, says in (
        ("a.xlsx", ARENA, "Filen finns redan."),
        ("a.ods", ARENA, "Formuläret finns inte som «.ods»."),
        ("b.csv", "tillganglig", "Menade du «tillganglighet»?"),
    ):
        path = tmp_path / name
        if name.startswith("a"):
            path.write_text("min text")
        said = command("records", "template", "-a", arena, str(path))
        assert said.code == 2
        assert says in said.err
        assert path.read_text() == "min text" if name.startswith("a") else not path.exists()
    assert command("records", "template", "-a", ARENA, "-c", "2001-2002", str(tmp_path / "c.csv")).code == 2


def test_nothing_registered_is_said_so(command: Command, params_copy: Project) -> None:
    for words in (("check",), ("summary",), ("summary", "--arena", ARENA), ("summary", "--cycle", "2001-2002")):
        said = command("records", *words)
        assert (said.code, said.out, said.err) == (0, "Inga samtal registrerade ännu.\n", "")
    assert command("records", "summary", "--arena", "x").code == 2
    assert command("records", "summary", "--cycle", "2001").code == 2


def test_faults_are_a_table_and_warnings_are_beside_them(command: Command, params_copy: Project) -> None:
    path = csv_file(folder(params_copy) / "a.csv", {**SAID, "slag": "x", "uttalande": "Ring 070-123 45 67"})
    for words in ((), (str(path),)):
        said = command("records", "check", *words)
        assert said.code == 11
        assert "data/dialogue/tillganglighet/2026-2027/a.csv, rad 2, kolumn slag" in said.out
        assert "styrka, utmaning, återkoppling till staten, förslag, lärdom eller svar" in said.out
        assert "ser ut som ett telefonnummer" in said.err
    assert command("records", "summary").code == 11
    csv_file(path, {**SAID, "uttalande": "Ring 070-123 45 67"})
    said = command("records", "check")
    assert said.code == 0
    assert "ser ut som ett telefonnummer" in said.err


def test_a_file_that_lies_elsewhere_needs_its_arena(command: Command, params_copy: Project, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "lös.csv", SAID)
    said = command("records", "check", str(path))
    assert said.code == 2
    assert "Ange --arena." in said.err
    assert command("records", "check", str(path), "--arena", ARENA).code == 0


def test_check_of_everything_tells_faults_of_records_too(command: Command, small_project: Project) -> None:
    assert command("check").code == 0
    csv_file(folder(small_project, "okand") / "a.csv", SAID)
    said = command("check")
    assert said.code == 11
    assert "Okänd arena: «okand»." in said.out


def test_an_example_is_told_apart_from_what_is_real(command: Command, params_copy: Project) -> None:
    csv_file(folder(params_copy) / "a.csv", SAID)
    made = folder(params_copy, cycle="2028-2029")
    (made / "omgang.yml").write_text("example: true\n")
    csv_file(made / "exempel-a.csv", {**SAID, "källa": "Exempel"})
    rated = {"enhet": "Skåne", "part": "regionen", "påstående": "rattvisande", "poäng": 3}
    csv_file(made / "exempel-b.csv", rated, form=EVALUATION)
    step = {"nr": 1, "enhet": "Skåne", "ägare": "regionen", "tema": "vardplatser", "åtgärd": "A", "källa": "Exempel"}
    csv_file(made / "exempel-c.csv", {**step, "beslutad": "2028-03-14"}, form=ACTIONS)
    real, example = command("records", "summary").out.split("2028–2029")
    banner = "Exempel: påhittade uppgifter som visar hur det fungerar."
    assert banner not in real
    assert example.startswith(f"\n{banner}\n1\u00a0uttalande, 1\u00a0åtgärd och 1\u00a0svar på utvärderingen.")
    assert banner not in command("records", "summary", "--cycle", "2026-2027").out


def test_the_real_rounds_are_counted(command: Command, monkeypatch: pytest.MonkeyPatch, project: Project) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(project.root))
    said = command("records", "summary", "--arena", "privata-vardgivare", "--cycle", "2014-2015")
    assert said.code == 0
    assert "Underlag: 90 intervjuer" in said.out
    assert "samverkansregion" not in said.out
    assert "2\u00a0parter" in said.out


def test_the_commands_and_files_in_the_documentation_work(
    command: Command, params_copy: Project, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (project.root / "docs" / "records.md").read_text(encoding="utf-8")
    shutil.copytree(project.dialogue, params_copy.dialogue)
    monkeypatch.chdir(tmp_path)
    files = re.findall(r"`([^`\s]+\.(?:csv|yml))`[^`]*```(?:csv|yaml)\n(.*?)```", text, re.DOTALL)
    assert [Path(name).suffix for name, _ in files] == [".csv", ".csv", ".yml"]
    for name, content in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    ran = 0
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            program, *words = shlex.split(line, comments=True)
            assert program == "varddialog", line
            said = command(*words)
            assert (said.code, said.err) == (0, ""), line
            ran += 1
    assert ran >= 5
