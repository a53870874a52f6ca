"""The glossary names what is there."""

from __future__ import annotations

import re

from varddialog.config import Project


def test_every_name_in_the_last_column_exists(project: Project) -> None:
    rows = re.findall(r"^\|.*\| ([^|]+) \|$", (project.root / "GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE)
    names = {name for cell in rows for name in re.findall(r"`([^`]+)`", cell)}
    places = [*project.library.rglob("*.py"), project.params / "framework.yml"]
    words = {word for path in places for word in re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))}
    assert len(names) > 40
    assert sorted(names - words) == []
