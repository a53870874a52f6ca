"""The whole country, read once for all tests that read every sentence."""

from __future__ import annotations

import pytest
from tests.prose.whole import Whole, read_whole

from varddialog.config import Project
from varddialog.model.catalogue import Catalogue


@pytest.fixture(scope="session")
def whole(project: Project, catalogue: Catalogue) -> Whole:
    """Every unit's assessments in every dimension, and the store to hold them against."""
    return read_whole(project, catalogue)
