"""Each rendered report of the built site, beside what the store says."""

from __future__ import annotations

import pytest
from tests.publish.report import Report
from tests.publish.truth import Truth

from varddialog.batch.plan import Job
from varddialog.config import Project
from varddialog.model.catalogue import Catalogue


@pytest.fixture(scope="session")
def truth(project: Project, catalogue: Catalogue) -> Truth:
    return Truth(project, catalogue)


@pytest.fixture
def report(job: Job, truth: Truth) -> Report:
    return Report(job, truth)
