"""The command line: what each command says and does, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
import typer

from varddialog import cli
from varddialog.batch.record import RECORD, read_record
from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.data.schema import MANIFEST
from varddialog.data.store import Store
from varddialog.data.tidy import write_store
from varddialog.errors import UsageError
from varddialog.model.catalogue import load_catalogue

Command = Callable[..., Any]


def commands(group: Any = None, *names: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with its words, from the command line itself."""
    group = group or typer.main.get_command(cli.app)
    yield names, group
    for name, sub in getattr(group, "commands", {}).items():
        yield from commands(sub, *names, name)


COMMANDS = dict(commands())


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit_notebook(project: Project, name: str, source: str) -> None:
    """Let the last cell of a notebook say something else."""
    path = project.notebooks / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1]["source"] = source
    nbformat.write(notebook, path)


# help


def test_the_commands_are_these() -> None:
    assert set(COMMANDS) == {
        (), ("build",), ("status",), ("assess",), ("check",), ("data",), ("data", "list"), ("data", "verify"),
        ("data", "update"), ("data", "diff"), ("data", "rollback"), ("data", "add"), ("records",),
        ("records", "template"), ("records", "check"), ("records", "summary"), ("review",), ("share",),
    }  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_tells_what_a_command_does_and_every_option(
    command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], option: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    said = command(*words, option)
    assert (said.code, said.err) == (0, "")
    known = COMMANDS[words]
    for parameter in known.params:
        for spelling in parameter.opts:
            argument = f"{spelling}..." if parameter.nargs == -1 else spelling.upper()
            shown = spelling if spelling.startswith("-") else argument
            assert re.search(rf"(?<!\S){re.escape(shown)}(?!\S)", said.out), spelling
        assert getattr(parameter, "help", None), f"{parameter.name} is not explained"
    first_line = known.help.strip().splitlines()[0]
    assert first_line in re.sub(r"\s+", " ", said.out)
    for name in getattr(known, "commands", {}):
        assert name in said.out


def test_without_a_command_the_help_is_shown(command: Command) -> None:
    said = command()
    assert "build" in said.out + said.err


def test_version(command: Command) -> None:
    assert command("--version") == (0, f"{version('varddialog')}\n", "")


# build and status


def test_dry_run_says_what_would_be_made_and_writes_nothing(command: Command, small_project: Project) -> None:
    before = everything_in(small_project.root)
    said = command("build", "--dry-run", "--region", "Skåne", "-r", "Riket", "--dimension", "2")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "00-riket/2-kvalitet-i-tjansterna: är inte gjord",
        "12-skane/2-kvalitet-i-tjansterna: är inte gjord",
        "2\u00a0rapporter skulle göras, 0 är färska.",
    ]
    assert "88\u00a0rapporter skulle göras" in command("build", "--dry-run").out
    assert everything_in(small_project.root) == before
    assert not small_project.outputs.exists()


def test_a_build_makes_what_is_asked_for_and_only_what_is_stale(command: Command, small_project: Project) -> None:
    asked = ("--region", "gotland", "--dimension", "1")
    said = command("build", *asked)
    assert said.code == 0, said.err
    assert "1\u00a0rapport gjord, 0 var färska. Öppna outputs/2026-2027/index.html" in said.out
    folder = small_project.outputs / DEFAULT_CYCLE
    assert set(everything_in(folder)) - {".lock"} == {
        "index.html", "omgang.html", "metod.html", "jamfor.html", "sok.js", "verktyg.js", RECORD,
        "09-gotland/index.html", "matt/index.html", "matt/matt-n00001.html", "matt/matt-n00002.html",
        "09-gotland/1-halsa-i-befolkningen.html", "09-gotland/1-halsa-i-befolkningen.ipynb",
    }  # fmt: skip
    rendered = (folder / "09-gotland" / "1-halsa-i-befolkningen.ipynb").read_text(encoding="utf-8")
    assert "09-gotland 2026-2027" in rendered

    before = everything_in(folder)
    assert "0\u00a0rapporter gjorda, 1 var färska" in command("build", *asked).out
    assert everything_in(folder) == before
    assert "är färska" in command("build", *asked, "--dry-run").out
    assert "görs om på begäran" in command("build", *asked, "--dry-run", "--force").out

    edit_notebook(small_project, "1-halsa-i-befolkningen", "print('ny')")
    why = "notebooken 1-halsa-i-befolkningen är ändrad"
    assert f"09-gotland/1-halsa-i-befolkningen: {why}" in command("build", *asked, "--dry-run").out
    status = command("status")
    assert status.code == 0
    (gotland,) = [line for line in status.out.splitlines() if line.startswith("│ Gotland")]
    assert [cell.strip() for cell in gotland.split("│")[1:-1]] == ["Gotland", "gammal", "saknas", "saknas", "saknas"]
    assert f"gammal (1): {why} – Gotland 1" in status.out
    assert "saknas (87): är inte gjord – Riket 1, Riket 2, Riket 3 och 84 till" in status.out


def test_a_notebook_that_fails_gives_its_exit_code_and_stops_no_other(
    command: Command, small_project: Project, tmp_path: Path
) -> None:
    edit_notebook(small_project, "2-kvalitet-i-tjansterna", "[][0]")
    output = tmp_path / "annan mapp"
    said = command("build", "-r", "12", "-d", "1", "-d", "2", "-o", str(output))
    assert said.code == 12
    assert said.err == (
        "Skåne, Kvalitet i tjänsterna, cell rubrik: IndexError: list index out of range. "
        "Se 2-kvalitet-i-tjansterna.misslyckad.ipynb i regionens mapp.\n"
    )
    assert "1\u00a0rapport gjord" in said.out
    assert (output / DEFAULT_CYCLE / "12-skane" / "1-halsa-i-befolkningen.html").is_file()
    assert (output / DEFAULT_CYCLE / "12-skane" / "2-kvalitet-i-tjansterna.misslyckad.ipynb").is_file()
    assert not small_project.outputs.exists()
    record = read_record(output / DEFAULT_CYCLE, DEFAULT_CYCLE)
    assert {key: bool(job.failure) for key, job in record.jobs.items()} == {
        "12-skane/1-halsa-i-befolkningen": False,
        "12-skane/2-kvalitet-i-tjansterna": True,
    }
    assert "misslyckad (1): cell rubrik: IndexError" in command("status", "--output", str(output)).out


# check and data


def test_check_of_a_project_without_faults(command: Command, small_project: Project) -> None:
    before = everything_in(small_project.root)
    assert command("check") == (0, "Inga fel: 2\u00a0mått, 22\u00a0enheter.\n", "")
    assert everything_in(small_project.root) == before


def test_data_list_shows_every_series(command: Command, small_project: Project) -> None:
    said = command("data", "list")
    assert said.code == 0
    for key, series in Store.of(small_project).manifest.series.items():
        (line,) = [line for line in said.out.splitlines() if line.startswith(f"│ {key} ")]
        cells = [cell.strip() for cell in line.split("│")[1:-1]]
        assert cells == [
            key, f"Mått {key}", series.publisher, series.channel, "2018–2024", "21", "154", "2026-01-01",
            series.licence,
        ]  # fmt: skip


def test_data_verify_shows_the_remarks_of_a_series(
    command: Command, small_project: Project, tidy_rows: pd.DataFrame, write_tidy: Any, tmp_path: Path
) -> None:
    rows = tidy_rows.copy()
    for name, region, year in (("N00001", "12", 2021), ("N00001", "09", 2020), ("N00002", "25", 2019)):
        place = (rows["indicator_id"] == name) & (rows["region_code"] == region) & (rows["year"] == year)
        rows.loc[place, "value"] = -5.0
    write_store(write_tidy(tmp_path / "in", rows), small_project.store, load_catalogue(small_project), "2026-01-01")
    remarks = Store.of(small_project).remarks()
    for asked in (["N00001"], ["N00002"], ["N00001", "N00002"], []):
        mine = remarks[remarks["indicator"].isin(asked or ["N00001", "N00002"])]
        said = command("data", "verify", *(part for name in asked for part in ("--indicator", name)))
        assert said.code == 0
        cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in said.out.splitlines() if line[:1] == "│"]
        assert [(row[0], *row[2:]) for row in cells] == list(
            mine[["indicator", "level", "check", "reason"]].itertuples(index=False, name=None)
        )
        told = re.search(r"\(fel: (\d+), osannolikt: (\d+), upplysning: (\d+)\)", said.out)
        assert told
        levels = ("fel", "osannolikt", "upplysning")
        assert [int(count) for count in told.groups()] == [sum(mine["level"] == level) for level in levels]
        if "N00001" in asked:
            assert ["N00001", "Skåne, 2021, T", "fel"] in [row[:3] for row in cells]


def test_data_verify_of_a_store_without_remarks_says_so(command: Command, small_project: Project) -> None:
    count = len(Store.of(small_project).remarks())
    assert f"Filerna är hela. {count}\u00a0anmärkning" in command("data", "verify").out


# how it ends


def test_ctrl_c_says_what_is_left(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> Project:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.check, "project", interrupted)
    said = command("check")
    assert said.code == 130
    assert re.sub(r"\s+", " ", said.err).strip() == (
        "Avbrutet. Det som är klart ligger kvar; kör igen för att fortsätta."
    )


def test_a_bug_is_not_dressed_up_as_a_user_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Project:
        raise LookupError("ett fel i programmet")

    monkeypatch.setattr(cli.check, "project", broken)
    monkeypatch.setattr(sys, "argv", ["varddialog", "check"])
    with pytest.raises(LookupError):
        cli.main()


@pytest.mark.usefixtures("small_project")
@pytest.mark.parametrize("place", range(4))
def test_debug_is_heard_wherever_it_stands(monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    arguments = ["status", "--cycle", "2072-2073"]
    arguments.insert(place, "--debug")
    monkeypatch.setattr(sys, "argv", ["varddialog", *arguments])
    with pytest.raises(UsageError):
        cli.main()


# the installed command itself, in its own process


@pytest.fixture
def installed(small_project: Project) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(Path(sysconfig.get_path("scripts"), "varddialog")), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, ROOT_VARIABLE: str(small_project.root), "PYTHONIOENCODING": "utf-8"},
        )

    return run


def test_an_error_is_one_message_without_traceback(
    installed: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = installed("build", "--region", "Skåna")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Okänd region: «Skåna». Tillåtet: ")
    assert done.stderr.endswith("Menade du «Skåne»?\n")
    assert done.stderr.count("\n") == 1


def test_debug_shows_the_traceback(installed: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = installed("status", "--cycle", "2072-2073", "--debug")
    assert done.returncode == 1
    assert "Traceback (most recent call last)" in done.stderr
    assert "UsageError: Okänd dialogomgång: «2072-2073»" in done.stderr


def test_broken_params_and_a_damaged_store_have_exit_codes_of_their_own(
    installed: Callable[..., subprocess.CompletedProcess[str]], small_project: Project
) -> None:
    (small_project.store / MANIFEST).write_text("{", encoding="utf-8")
    done = installed("data", "list")
    assert done.returncode == 11
    assert done.stderr.startswith(f"data/store/{MANIFEST}: Förteckningen går inte att läsa")
    with (small_project.params / "framework.yml").open("a", encoding="utf-8") as file:
        file.write("\nmer: text\n")
    done = installed("data", "list")
    assert done.returncode == 10
    assert re.match(r"params/framework\.yml:\d+: Okänt fält: «mer»", done.stderr)
    assert "Traceback" not in done.stderr


def test_assess_writes_the_same_objects_in_each_format(small_project: Path, command: Command) -> None:
    found = json.loads(command("assess", "--region", "Skåne", "--format", "json").out)
    assert {"indicator", "region", "year", "sex", "value", "unit", "uncertainty_level", "vs_nation"} <= set(found[0])
    assert {row["region"] for row in found} == {"12"}
    rows = list(csv.DictReader(io.StringIO(command("assess", "--region", "12", "--format", "csv").out)))
    assert [row["indicator"] for row in rows] == [row["indicator"] for row in found]
    assert rows[0]["vs_nation_class"] == (found[0]["vs_nation"] or {}).get("class", "")
    assert "Mot riket" in command("assess", "--region", "12").out
