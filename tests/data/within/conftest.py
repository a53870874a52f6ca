"""A folder for the parts of a test."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """An empty folder where parts wait."""
    folder = tmp_path / "delar"
    folder.mkdir()
    return folder
