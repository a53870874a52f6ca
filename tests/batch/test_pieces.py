"""Which pieces a result is made of: nothing that a part uses may be told as another part's alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from varddialog.batch.pieces import code
from varddialog.config import Project

# what the modules of a part may use, besides modules that shape no result
USES = {"library": {"library"}, "page": {"library", "page"}, "files": {"library", "files", "site"}}


def imported(path: Path, library: Path) -> Iterator[str]:
    """Modules of the package that a module imports, as paths below it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names] + [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            inner = name.removeprefix("varddialog.").replace(".", "/")
            if name.startswith("varddialog.") and (library / f"{inner}.py").is_file():
                yield f"{inner}.py"


@pytest.mark.parametrize("part", USES)
def test_a_part_uses_only_what_its_key_is_made_of(part: str, project: Project) -> None:
    parts = {name.partition("/")[2]: name.partition("/")[0] for name in code(project.library)}
    mine = [name for name, of in parts.items() if of == part and name.endswith(".py")]
    assert mine
    for name in mine:
        for other in imported(project.library / name, project.library):
            assert parts.get(other, part) in USES[part], f"{name} uses {other}"
