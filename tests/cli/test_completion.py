"""What the shell completes with the Tab key: commands, options, and the names that params/ has."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from varddialog.cli import completion
from varddialog.config import ROOT_VARIABLE, Project
from varddialog.model.catalogue import Catalogue

PROGRAM = Path(sysconfig.get_path("scripts"), "varddialog")


def completed(root: Path, *words: str) -> list[str]:
    """What bash would offer for the last of the words."""
    asked = {"_VARDDIALOG_COMPLETE": "complete_bash", "COMP_CWORD": str(len(words)), ROOT_VARIABLE: str(root)}
    env = {**os.environ, **asked, "COMP_WORDS": " ".join(["varddialog", *words])}
    done = subprocess.run([str(PROGRAM)], env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_the_shell_is_shown(shell: str) -> None:
    env = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = subprocess.run(
        [str(PROGRAM), "--show-completion", shell], env=env, capture_output=True, encoding="utf-8", check=True
    )
    assert f"complete_{shell}" in done.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("build", "--region", "ska"), ["skane"]),
        (("build", "-r", "Skå"), ["Skåne"]),
        (("status", "--cycle", "2026"), ["2026-2027"]),
        (("build", "--dimension", "2"), ["2"]),
        (("records", "template", "--arena", "till"), ["tillganglighet"]),
        (("data", "update", "--indicator", "U7042"), ["U70425"]),
        (("data", "add", "x.csv", "--region", "got"), ["gotland"]),
        (("share", "got"), ["gotland"]),
        (("recor",), ["records"]),
        (("build", "--regi"), ["--region"]),
    ],
)
def test_the_word_begun_is_completed(project: Project, words: tuple[str, ...], offered: list[str]) -> None:
    assert completed(project.root, *words) == offered


@pytest.fixture
def _here(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(project.root))


@pytest.mark.usefixtures("_here")
def test_everything_that_is_offered_exists_and_all_is_offered(catalogue: Catalogue) -> None:
    units = [word for word, _ in completion.regions("")]
    assert {catalogue.units.find(word).code for word in units} == {unit.code for unit in catalogue.units.all}
    assert not [word for word in units if " " in word]
    numbers = [catalogue.dimension(word).number for word, _ in completion.dimensions("")]
    assert numbers == [d.number for d in catalogue.framework.dimensions for _ in range(2)]
    assert dict(completion.indicators("")) == {i.id: i.name for i in catalogue.indicators.values()}
    assert dict(completion.arenas("")) == {arena.slug: arena.name for arena in catalogue.dialogue.arenas.values()}
    assert dict(completion.cycles("")) == {slug: catalogue.cycle(slug).name for slug in catalogue.cycles}


@pytest.mark.parametrize("words", [completion.regions, completion.dimensions, completion.indicators])
@pytest.mark.parametrize("broken", [b"\xff", b"units: [", b"units: 1\ndimensions: {}", b""])
def test_broken_params_complete_nothing(
    params_copy: Project, words: Callable[[str], list[tuple[str, str]]], broken: bytes
) -> None:
    for path in params_copy.params.rglob("*.yml"):
        path.write_bytes(broken)
    assert words("") == []
