"""README, CONTRIBUTING and the guides: their commands and links are there. tests/guides does what they say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from varddialog import cli
from varddialog.batch.plan import plan
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.dialogue import calendar
from varddialog.model.catalogue import Catalogue
from varddialog.publish import files
from varddialog.publish.method import page as method
from varddialog.publish.site import compare, country, cover, cycle, material

ROOT = Path(__file__).resolve().parents[1]
GUIDES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md", "params/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


def by_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def commands_in(text: str) -> Iterator[str]:
    """Commands in blocks and between single backticks."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield from (line.strip().removeprefix("$ ") for line in block.splitlines())
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("guide", GUIDES, ids=by_name)
def test_every_command_in_a_guide_is_one(guide: Path) -> None:
    for line in commands_in(guide.read_text(encoding="utf-8")):
        if not re.match(r"(\S*/)?varddialog\s", line):
            continue
        _, *words = shlex.split(line.rstrip("\\"), comments=True)
        known: Any = typer.main.get_command(cli.app)
        while words and words[0] in getattr(known, "commands", {}):
            known = known.commands[words.pop(0)]
        # a group has options of its own, such as --install-completion, and otherwise wants a command
        assert not getattr(known, "commands", {}) or words[0].startswith("--"), line
        options = {spelling for parameter in known.params for spelling in parameter.opts} | {"--debug"}
        assert {word for word in words if word.startswith("-")} <= options, line


@pytest.mark.parametrize("guide", GUIDES, ids=by_name)
def test_every_link_between_guides_leads_somewhere(guide: Path) -> None:
    prose = re.sub(r"^```.*?^```", "", guide.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
        assert (guide.parent / link).exists(), link


@pytest.mark.parametrize("guide", [ROOT / "README.md", ROOT / "docs" / "dialogue.md"], ids=by_name)
def test_every_page_in_the_tables_of_outputs_is_one_that_a_build_makes(
    guide: Path, project: Project, catalogue: Catalogue, tmp_path: Path
) -> None:
    jobs = plan(project, catalogue, DEFAULT_CYCLE, tmp_path, catalogue.units.all)
    made = {job.report_page.relative_to(tmp_path / DEFAULT_CYCLE).as_posix() for job in jobs}
    beside = (cover.PAGE, material.AGENDA, material.SUPPLEMENT, *files.MAKERS)
    made |= {f"{unit.folder}/{name}" for unit in catalogue.units.all for name in beside}
    made |= {country.PAGE, compare.PAGE, cycle.PAGE, method.PAGE, calendar.FILE}
    named = set()
    for row in re.findall(r"^\|.*\|$", guide.read_text(encoding="utf-8"), re.MULTILINE):
        folder = ""
        for name in re.findall(r"`([\w/.-]+\.(?:html|pdf|pptx|ics))`", row):
            folder = name.rpartition("/")[0] or folder
            named.add(name if "/" in name or not folder else f"{folder}/{name}")
    assert len(named) > 5
    assert named - made == set()
