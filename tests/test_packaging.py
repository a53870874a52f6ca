"""pyproject.toml, requirements.lock and environment.yml say the same, and name no address to fetch from."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from varddialog import __version__
from varddialog.config import Project

# the same package under conda's name
CONDA_NAMES = {
    "duckdb": "python-duckdb",
    "matplotlib": "matplotlib-base",
    "pandera": "pandera-pandas",
    "playwright": "playwright-python",
}


@pytest.fixture(scope="module")
def pyproject(project: Project) -> dict[str, Any]:
    with (project.root / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


@pytest.fixture(scope="module")
def wanted(pyproject: dict[str, Any]) -> list[Requirement]:
    meta = pyproject["project"]
    return [Requirement(text) for text in (*meta["dependencies"], *meta["optional-dependencies"]["dev"])]


@pytest.fixture(scope="module")
def lock(project: Project) -> list[tuple[Requirement, int]]:
    """Every entry of the lock, and how many hashes it has."""
    entries = re.split(r"\n(?=\S)", project.lock.read_text(encoding="utf-8").strip())
    return [(Requirement(e.split("\\\n")[0].strip()), e.count("--hash=sha256:")) for e in entries]


@pytest.fixture(scope="module")
def environment(project: Project) -> dict[str, SpecifierSet]:
    """Name (conda's, or pip's for those conda lacks) → range."""
    entries = yaml.safe_load((project.root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    texts = [e for e in entries if isinstance(e, str)]
    texts += [e for part in entries if isinstance(part, dict) for e in part["pip"] if e != "-e ."]
    return {canonicalize_name(r.name): r.specifier for r in map(Requirement, texts)}


def test_lock_holds_every_dependency_inside_its_range(
    wanted: list[Requirement], lock: list[tuple[Requirement, int]]
) -> None:
    pins: dict[str, list[Requirement]] = {}
    for pin, _ in lock:
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    missing = [r.name for r in wanted if canonicalize_name(r.name) not in pins]
    outside = [
        f"{pin} is not in {r}"
        for r in wanted
        for pin in pins.get(canonicalize_name(r.name), [])
        if not r.specifier.contains(next(iter(pin.specifier)).version)
    ]
    assert (missing, outside) == ([], [])


def test_every_lock_entry_is_pinned_and_hashed(lock: list[tuple[Requirement, int]]) -> None:
    loose = [str(r) for r, hashes in lock if hashes == 0 or [s.operator for s in r.specifier] != ["=="]]
    assert loose == []


def test_environment_has_the_same_ranges(wanted: list[Requirement], environment: dict[str, SpecifierSet]) -> None:
    expected = {canonicalize_name(CONDA_NAMES.get(r.name, r.name)): r.specifier for r in wanted}
    assert {k: v for k, v in environment.items() if k not in ("python", "pip")} == expected


def test_python_versions_agree(pyproject: dict[str, Any], environment: dict[str, SpecifierSet]) -> None:
    meta = pyproject["project"]
    supported = SpecifierSet(meta["requires-python"])
    classified = {c.rsplit(" ", 1)[1] for c in meta["classifiers"] if c.startswith("Programming Language :: Python")}
    assert environment["python"] == supported
    assert classified == {f"3.{minor}" for minor in range(30) if supported.contains(f"3.{minor}")}
    assert supported.contains(pyproject["tool"]["mypy"]["python_version"])


def test_one_version(project: Project, pyproject: dict[str, Any]) -> None:
    citation = yaml.safe_load((project.root / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = (project.root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert pyproject["project"]["version"] == citation["version"] == __version__
    assert f"## {__version__} " in changelog


def test_no_text_names_an_index_address(project: Project) -> None:
    if shutil.which("git") is None or not (project.root / ".git").exists():
        pytest.skip("not a git checkout, so there is no list of what belongs to the project")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=project.root, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    # spelt in parts, so that this file does not find itself
    options = ["index" + "-url", "--find" + "-links", "--trusted" + "-host"]
    hosts = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("anaconda", "org"))]
    forbidden = re.compile("|".join(map(re.escape, options + hosts)))
    found = [name for name in listed.split("\0") if name and forbidden.search(_text(project.root / name))]
    assert found == []


def _text(path: Path) -> str:
    """The text of a file; nothing for what is no text or was removed since."""
    try:
        return path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return ""
