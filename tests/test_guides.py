"""README, CONTRIBUTING and the guides: their commands and links are there, and what they say to write works."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from varddialog import cli
from varddialog.batch.plan import plan
from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.dialogue import calendar
from varddialog.model.catalogue import Catalogue
from varddialog.publish import files
from varddialog.publish.method import page as method
from varddialog.publish.site import compare, country, cover, cycle, material

ROOT = Path(__file__).resolve().parents[1]
GUIDES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md", "params/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
# a block of code, with the name of a file that the paragraph before it mentions last
BLOCK = re.compile(r"^(?P<before>.*?)\n+```(?P<kind>\w*)\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE)


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
        assert not getattr(known, "commands", {}), line
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


# the guide through a cycle


def write(file: Path, kind: str, text: str) -> None:
    """What a block says is written: keys of a cycle that is there are changed, anything else is the file."""
    if kind == "yaml" and file.is_file() and file.parent.name == "cycles":
        whole, change = (yaml.safe_load(t) for t in (file.read_text(encoding="utf-8"), text))
        whole.update({**change, "visits": {**whole["visits"], **change["visits"]}})
        text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_cycle_can_be_gone_through_as_its_guide_tells(
    command: Callable[..., Any], project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "projekt"
    for name in ("params", "notebooks"):
        shutil.copytree(project.root / name, root / name)
    shutil.copytree(project.dialogue, root / "data" / "dialogue")
    shutil.copytree(project.stores, root / "data" / "store", ignore=shutil.ignore_patterns("20*", "current", ".*"))
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    monkeypatch.chdir(tmp_path)
    text = (project.root / "docs" / "dialogue.md").read_text(encoding="utf-8")
    said, written, position = [], [], 0
    while block := BLOCK.search(text, position):
        position = block.end()
        if block["kind"] == "sh":
            for line in block["text"].splitlines():
                program, *words = shlex.split(line, comments=True)
                assert program == "varddialog", line
                answer = command(*words, *(["--dry-run"] if words[0] == "build" else []))
                assert (answer.code, answer.err) == (0, ""), line
                said.append((line, answer.out))
        else:
            named = re.findall(r"`([^`\s]+\.\w+)`", block["before"].rpartition("\n\n")[2])
            write(root / named[-1], block["kind"], block["text"])
            written.append(named[-1])
    assert len(set(written)) >= 10
    assert len(said) >= 10
    assert "12-skane/fokusomrade-nara-vard: är inte gjord" in dict(said)["varddialog build --region Skåne"]
    # a round is a folder: nothing else was written for the interviews
    assert "4\u00a0uttalanden" in dict(said)["varddialog records summary --arena privata-vardgivare --cycle 2026-2027"]
