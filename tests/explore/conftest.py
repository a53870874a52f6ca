"""The desk of the embedded figures, and a state that begins with Riket."""

from __future__ import annotations

import pytest

from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.explore.desk import Desk, open_desk
from varddialog.explore.offer import Offer
from varddialog.explore.state import State


@pytest.fixture(autouse=True)
def _this_checkout(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(project.root))


@pytest.fixture
def desk() -> Desk:
    return open_desk(DEFAULT_CYCLE)


@pytest.fixture
def offer(desk: Desk) -> Offer:
    return Offer(desk)


@pytest.fixture
def state(desk: Desk) -> State:
    return State.begin(desk, desk.catalogue.units.nation)
