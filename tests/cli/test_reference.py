"""The reference is what the code says: pages are up to date, and nothing that the code has is left out of them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import typer

from varddialog import cli, errors
from varddialog.cli.reference import columns, commands, settings
from varddialog.cli.reference.markdown import paragraphs, table
from varddialog.cli.reference.pages import PAGES, outdated_pages, write_pages
from varddialog.config import Project
from varddialog.data.schema import INTERNATIONAL, ORDERINGS, POPULATION, REMARKS
from varddialog.model.schemas import SCHEMAS

COMMANDS = {" ".join(words): known for words, known in commands.commands()}


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    (found,) = re.findall(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.DOTALL | re.MULTILINE)
    return str(found)


def first_column(text: str) -> list[str]:
    return re.findall(r"^\| \**`([^`]+)`", text, re.MULTILINE)


def test_the_reference_says_what_the_code_says(project: Project) -> None:
    forgotten = [project.show(path) for path in outdated_pages(project)]
    assert forgotten == [], "write them anew: .venv/bin/python -m varddialog.cli.reference"


def test_pages_that_are_out_of_date_are_written_anew(tmp_path: Path) -> None:
    there = Project(tmp_path)
    folder = tmp_path / "docs" / "reference"
    assert {path.name for path in write_pages(there)} == set(PAGES)
    assert write_pages(there) == []
    (folder / "settings.md").write_text("gammalt", encoding="utf-8")
    assert write_pages(there) == [folder / "settings.md"]
    assert outdated_pages(there) == {}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_it_understands(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = commands.examples(COMMANDS[name])
    assert found
    for line in found:
        words = shlex.split(line.partition(" > ")[0])
        for file in (word for word in words if word.endswith((".xlsx", ".ipynb"))):
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).touch()
        known: Any = typer.main.get_command(cli.app)
        assert words.pop(0) == "varddialog"
        for word in name.split():
            assert words.pop(0) == word
            known = known.commands[word]
        # parsed as on the command line, and not run; an error is raised for what it does not understand
        with known.make_context(name, words) as context:
            assert context.params is not None


def test_every_option_stands_in_the_reference() -> None:
    page = commands.commands_page()
    for name, known in COMMANDS.items():
        told = section(page, f"## varddialog {name}")
        spelt = {spelling for parameter in known.params for spelling in parameter.opts if spelling.startswith("--")}
        missing = {one for one in spelt - {"--help"} if not re.search(rf"`{one}( |`)", told)}
        assert missing == set(), name


def test_every_key_of_every_model_stands_in_the_reference(project: Project) -> None:
    page = (project.root / "docs" / "reference" / "params.md").read_text(encoding="utf-8")
    told = set(first_column(page))
    for model in SCHEMAS.values():
        whole = model.model_json_schema()
        for part in (whole, *whole.get("$defs", {}).values()):
            assert set(part.get("properties", {})) <= told
    # a link within the page leads to a heading of it
    headings = {heading.lower() for heading in re.findall(r"^### (\w+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#(\w+)\)", page)) <= headings


def test_the_tables_of_the_store_have_the_columns_that_are_told(project: Project) -> None:
    page = columns.columns_page()
    headings = {name: f"### `{name}`" for name in (REMARKS, INTERNATIONAL, POPULATION)}
    headings |= dict.fromkeys(ORDERINGS, "### " + " and ".join(f"`{name}`" for name in ORDERINGS))
    for name, heading in headings.items():
        assert first_column(section(page, heading)) == pq.read_schema(project.stores / name).names


def test_every_exit_code_is_told() -> None:
    told = {int(code): what for code, what in settings.exit_codes()}
    own = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.UserError)]
    assert {kind.exit_code for kind in own} <= set(told)
    assert all(what and "exit code" not in what for what in told.values())


def test_every_variable_of_the_environment_is_told(project: Project) -> None:
    used = {
        name
        for folder in ("lib", "tests", "bench")
        for path in (project.root / folder).rglob("*.py")
        for name in re.findall(r"\bVARDDIALOG_[A-Z0-9_]*[A-Z0-9]\b", path.read_text(encoding="utf-8"))
    }
    # of one test each: what it sets itself
    made_up = {name for name in used if name.startswith("VARDDIALOG_TEST")}
    assert used - made_up <= {*settings.VARIABLES, *settings.OF_TESTS}


def test_a_table_keeps_a_bar_within_a_cell_and_a_paragraph_keeps_its_lists() -> None:
    assert table(("a", "b"), [("x|y", "two\nlines")]).splitlines()[-1] == r"| x\|y | two lines |"
    assert paragraphs("One\ntwo.\n\n- three\n  four\n- five") == "One two.\n\n- three four\n- five"
