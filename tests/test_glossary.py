"""The glossary names what is there, and each thing once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from varddialog.config import Project

Row = tuple[str, ...]


@pytest.fixture(scope="module")
def rows(project: Project) -> list[Row]:
    """Swedish, English, in code: every row of every table."""
    lines = (project.root / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    cells = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines if line.startswith("|")]
    found = [row for row in cells if row[0] not in ("Swedish", "---")]
    assert len(found) > 100
    assert {len(row) for row in found} == {3}
    return found


def names(row: Row) -> set[str]:
    return set(re.findall(r"`([^`]+)`", row[2]))


def in_code(tree: ast.AST) -> Iterator[str]:
    """What a module names, and the words that are values in it; what comments and docstrings say is not in code."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name) | ast.Name(id=name):
                yield name
            case ast.Attribute(attr=name):
                yield name
            case ast.Constant(value=str(word)) if re.fullmatch(r"[\w-]+", word):
                yield word


def test_every_name_in_the_last_column_is_in_code(project: Project, rows: list[Row]) -> None:
    modules = project.library.rglob("*.py")
    known = {name for path in modules for name in in_code(ast.parse(path.read_text(encoding="utf-8")))}
    known |= {path.stem for path in project.library.rglob("*") if not path.name.startswith("_")}
    known |= set(re.findall(r"slug: ([\w-]+)", (project.params / "framework.yml").read_text(encoding="utf-8")))
    assert sorted({name for row in rows for name in names(row)} - known) == []


def test_nothing_stands_twice(rows: list[Row]) -> None:
    # what follows a colon are the values of a term; what stands in parentheses tells terms apart
    terms = [term.strip() for row in rows for term in row[0].split(":")[0].split(",")]
    assert twice(terms) == []
    assert twice(name for row in rows for name in names(row)) == []


def twice(words: Iterable[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]
