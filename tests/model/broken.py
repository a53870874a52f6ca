"""Params that are broken on purpose, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from varddialog.config import Project
from varddialog.errors import ParamsError
from varddialog.model.catalogue import load_catalogue

INDICATOR = """\
area: tillganglighet
indicators:
  - id: X1
    slug: x-1
    name: Väntan
    definition: Andel som väntar.
    limits: Säger inget om behov.
    measure: procent
    direction: {direction}
    direction_by: projektet
    source: {{publisher: P, channel: K}}
    period: {{kind: {period}}}
    kind: process
    principles: {principles}
{more}"""


def faults_of(project: Project) -> list[str]:
    with pytest.raises(ParamsError) as caught:
        load_catalogue(project)
    return [str(fault) for fault in caught.value.faults]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
