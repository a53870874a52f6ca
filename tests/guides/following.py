"""Doing what a guide says: its files are written, its commands are run, in the order that they stand."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from tests.conftest import Said

from varddialog.config import ROOT_VARIABLE, Project

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE)
# kinds of blocks that are files, named by the paragraph before
FILES = ("csv", "yaml", "markdown")
SCRIPTS = Path(sysconfig.get_path("scripts"))


@dataclass(frozen=True)
class Block:
    """One block of code. file: the last file that the paragraph before it names, empty when it names none."""

    kind: str
    text: str
    file: str = ""

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.splitlines() if shlex.split(line, comments=True)]


def blocks(guide: Path) -> Iterator[Block]:
    text, position = guide.read_text(encoding="utf-8"), 0
    while found := BLOCK.search(text, position):
        before = text[position : found.start()].strip().rpartition("\n\n")[2]
        named = re.findall(r"`([^`\s]+\.\w+)`", before)
        yield Block(found["kind"], found["text"], named[-1] if named else "")
        position = found.end()


def copy_of(project: Project, root: Path) -> Project:
    """The project as a clone holds it, but for the program, which is the same."""
    for name in ("params", "notebooks"):
        shutil.copytree(project.root / name, root / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(project.dialogue, root / "data" / "dialogue")
    # the figures that the project came with, and no later snapshot
    shutil.copytree(project.stores, root / "data" / "store", ignore=shutil.ignore_patterns("20*", "current", ".*"))
    shutil.copy(project.lock, root)
    return Project(root)


def write(file: Path, block: Block) -> None:
    """What a block says is written: keys of a cycle that is there are changed, anything else is the whole file."""
    text = block.text
    if block.kind == "yaml" and file.is_file() and file.parent.name == "cycles":
        whole, change = (yaml.safe_load(t) for t in (file.read_text(encoding="utf-8"), text))
        visits = {**whole.get("visits", {}), **change.get("visits", {})}
        whole.update({**change, **({"visits": visits} if visits else {})})
        text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@dataclass
class Following:
    """What came of a guide: each line with what it said, in order, and the files that were written."""

    said: list[tuple[str, Said]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def of(self, line: str) -> Said:
        """What the last line that begins so said."""
        return next(said for told, said in reversed(self.said) if told.startswith(line))


def follow(guide: Path, folder: Path, run: Callable[..., Said], files_first: bool = False) -> Following:
    """Go through a guide in `folder`. run: what runs `varddialog`. files_first: examples stand after the commands.

    A command ends as its comment says (`# exit code 15`), or else well.
    """
    done, all_of_it = Following(), list(blocks(guide))
    if files_first:
        all_of_it.sort(key=lambda block: block.kind not in FILES)
    for block in all_of_it:
        if block.kind in FILES and block.file:
            write(folder / block.file, block)
            done.written.append(block.file)
        elif block.kind == "python":
            said = python(block.text, folder)
            assert said.code == 0, said.err
            done.said.append((block.text, said))
        elif block.kind == "sh":
            for line in block.lines:
                said = _line(line, folder, run)
                wanted = re.search(r"# exit code (\d+)", line)
                assert said.code == int(wanted[1] if wanted else 0), (line, said)
                done.said.append((line, said))
    return done


def _line(line: str, folder: Path, run: Callable[..., Said]) -> Said:
    program, *words = shlex.split(line, comments=True)
    if program == "make":
        return _ran(["make", "-n", *words], ROOT)
    assert program == "varddialog", line
    if ">" in words:
        words, (_, name) = words[: words.index(">")], words[words.index(">") :]
        said = run(*words)
        (folder / name).write_text(said.out, encoding="utf-8")
        return said
    return run(*words)


def python(text: str, folder: Path) -> Said:
    """A block of Python, as a cell of a notebook that lies in `folder`."""
    return _ran([sys.executable, "-W", "error", "-c", text], folder)


def program(*words: str, folder: Path) -> Said:
    """`varddialog` as a person runs it."""
    return _ran([str(SCRIPTS / "varddialog"), *words], folder)


def _ran(words: list[str], folder: Path) -> Said:
    environment = {**os.environ, ROOT_VARIABLE: str(folder)} if folder != ROOT else None
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    return Said(done.returncode, done.stdout, done.stderr)
