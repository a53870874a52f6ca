"""Every block of code in every guide: what it is, and that it is right as far as can be told without running it."""

from __future__ import annotations

import csv
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.guides.following import FILES, ROOT, SCRIPTS, Block, blocks

from varddialog.data.own.columns import FORM as OWN
from varddialog.dialogue.forms.columns import FORMS
from varddialog.model.cycle import Cycle
from varddialog.model.focus import FocusArea

GUIDES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md", "params/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
CLUSTER = ROOT / "docs" / "cluster.md"  # its blocks are for machines that are not here
# followed from beginning to end by a test: the tests beside this one
FOLLOWED = {"analyst", "reviewer", "region", "dialogue", "records", "own-data", "supplements", "live-data"}
# shown, not run: a folder's content, an image
SHOWN = {"", "dockerfile"}


def name(guide: Path) -> str:
    return guide.relative_to(ROOT).as_posix()


ALL = [(guide, block, f"{name(guide)}-{i}") for guide in GUIDES for i, block in enumerate(blocks(guide), 1)]


def of_kind(kind: str) -> list[Any]:
    return [pytest.param(block, id=where) for _, block, where in ALL if block.kind == kind]


@pytest.mark.parametrize(("guide", "block"), [pytest.param(*one, id=where) for *one, where in ALL])
def test_a_block_is_of_a_kind_that_is_tested(guide: Path, block: Block) -> None:
    assert block.kind in {"sh", "python", *FILES, *SHOWN}
    if block.kind in FILES and not (block.kind == "markdown" and guide.stem == "supplements"):
        assert block.file, "the paragraph before it names no file"
        assert guide.stem in FOLLOWED


@pytest.mark.parametrize("block", of_kind("sh"))
def test_a_shell_block_is_shell(block: Block) -> None:
    assert subprocess.run(["bash", "-n"], input=block.text, text=True, capture_output=True).stderr == ""


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if guide != CLUSTER], ids=name)
def test_what_a_guide_tells_to_run_is_there(guide: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    lines = [line for block in blocks(guide) if block.kind == "sh" for line in block.lines]
    for first, *words in (shlex.split(part, comments=True) for line in lines for part in line.split(" && ")):
        if first == "make":
            assert {word for word in words if "=" not in word} <= set(targets)
        elif first.startswith(".venv/bin/"):
            assert (SCRIPTS / Path(first).name).is_file()
            assert all((ROOT / word).exists() for word in words if word.startswith(("tests/", "notebooks/", "params/")))
        else:
            assert first == "varddialog"


@pytest.mark.slow
@pytest.mark.parametrize("program", ["scheduler", "worker"])
def test_the_options_of_dask_are_its_own(program: str) -> None:
    text = CLUSTER.read_text(encoding="utf-8")
    options = {
        o for line in re.findall(rf"^dask {program} (.*)$", text, re.MULTILINE) for o in re.findall(r"--\w+", line)
    }
    known = subprocess.run([str(SCRIPTS / "dask"), program, "--help"], capture_output=True, text=True).stdout
    assert options
    assert options <= set(re.findall(r"--[\w-]+", known))


@pytest.mark.parametrize("block", of_kind("python"))
def test_a_python_block_is_python(block: Block) -> None:
    compile(block.text, "guide", "exec")


@pytest.mark.parametrize("block", of_kind("yaml"))
def test_a_yaml_block_fits_the_model_of_its_file(block: Block) -> None:
    said = yaml.safe_load(block.text)
    if block.file.startswith("params/cycles/"):
        assert set(said) <= set(Cycle.model_fields)
        if "name" in said:
            Cycle.model_validate(said)
    elif block.file.startswith("params/focus-areas/"):
        assert FocusArea.model_validate(said).slug == Path(block.file).stem
    else:  # read by the commands that the guide goes on with
        assert block.file.endswith("/omgang.yml")


@pytest.mark.parametrize("block", of_kind("csv"))
def test_a_table_has_the_columns_of_one_form(block: Block) -> None:
    header, *rows = csv.reader(block.text.splitlines(), delimiter=";")
    fits = [form for form in (OWN, *FORMS) if set(header) <= set(form.names)]
    assert fits
    assert all({c.name for c in form.columns if c.needed} <= set(header) for form in fits)
    assert rows
    assert {len(row) for row in rows} == {len(header)}
