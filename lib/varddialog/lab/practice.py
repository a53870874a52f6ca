"""A copy of the project to practise on: files are written there, and commands are run on it, never on the real one."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from varddialog.config import OUTPUTS_VARIABLE, ROOT_VARIABLE, Project, project
from varddialog.errors import Fault, UsageError

# what a project is made of; its results are made anew
COPIED = ("params", "data", "notebooks", "requirements.lock")
# results elsewhere, and a kernel's word that its terminal has colours
NOT_PASSED_ON = (OUTPUTS_VARIABLE, "FORCE_COLOR", "CLICOLOR_FORCE")
# tables as wide as a cell
COMMAND = "from varddialog.cli import common, main; common.LOG_WIDTH = 92; main()"


@dataclass(frozen=True)
class Shown:
    """What a cell shows: a heading, and a text as it stands or a page."""

    heading: str
    text: str = ""
    page: str = ""

    def _repr_html_(self) -> str:
        heading = Markup("<p><strong>{}</strong></p>").format(self.heading)
        if self.page:
            # `srcdoc` needs no server, and an empty `sandbox` lets nothing in the page run
            frame = '<iframe sandbox title="{}" srcdoc="{}" style="width: 100%; height: 45rem"></iframe>'
            return heading + Markup(frame).format(self.heading, self.page)
        return heading + Markup('<pre style="white-space: pre; overflow-x: auto">{}</pre>').format(self.text)


@dataclass(frozen=True)
class Practice:
    """A project of one's own in a temporary folder, which goes away with the kernel.

    Every file is named from the project's root, as `params/themes.yml`.
    """

    here: Project

    def _repr_html_(self) -> str:
        told = "Övningen ligger i {}. Det du gör här ändrar inget i det riktiga projektet."
        return Markup("<p>" + told + "</p>").format(self.here.root)

    def write(self, name: str, text: str) -> Shown:
        """A new file, or another text in one that there is."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
        return Shown(name, path.read_text(encoding="utf-8"))

    def append(self, name: str, text: str) -> Shown:
        """Let the text stand last in a file; once, however often it is asked for."""
        path, added = self._known(name), text.strip("\n") + "\n"
        before = path.read_text(encoding="utf-8")
        if added not in before:
            path.write_text(before.rstrip("\n") + "\n" + added, encoding="utf-8")
        return Shown(f"{name}, sist i filen", added)

    def replace(self, name: str, old: str, new: str) -> Shown:
        """Let one text in a file become another. Raises UsageError when it does not stand there once."""
        path = self._known(name)
        before = path.read_text(encoding="utf-8")
        if before.count(old) == 1:
            path.write_text(before.replace(old, new), encoding="utf-8")
        elif old in before or new not in before:  # else it is done already
            what = f"Texten «{old}» står inte exakt en gång i filen."
            raise UsageError(Fault(what, name, todo="Öppna filen och se hur den är skriven."))
        return Shown(name, new)

    def run(self, *words: str) -> Shown:
        """A command of the command line, run on the copy; what it says, and its exit code when it is not 0."""
        kept = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *words],
            cwd=self.here.root,
            env={**kept, ROOT_VARIABLE: str(self.here.root), "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        code = f"\nSlutkod {done.returncode}." if done.returncode else ""
        return Shown(f"varddialog {' '.join(words)}", f"{done.stdout.strip()}{code}")

    def open(self, name: str) -> Shown:
        """A page under `outputs/`, to look at in the notebook."""
        path = self._known(f"outputs/{name}")
        return Shown(f"outputs/{name}", page=path.read_text(encoding="utf-8"))

    def _path(self, name: str) -> Path:
        path = (self.here.root / name).resolve()
        if not path.is_relative_to(self.here.root):
            raise UsageError(Fault("Filen ligger utanför övningen.", name, todo="Börja med params/ eller data/."))
        return path

    def _known(self, name: str) -> Path:
        path = self._path(name)
        if not path.is_file():
            raise UsageError(Fault("Filen finns inte i övningen.", name, todo="Kör cellerna före den här först."))
        return path


def open_practice() -> Practice:
    """A fresh copy of the project."""
    real, root = project(), Path(tempfile.mkdtemp(prefix="varddialog-ovning-")).resolve()
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    for name in COPIED:
        source = real.root / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, root / name)
    return Practice(Project(root))
