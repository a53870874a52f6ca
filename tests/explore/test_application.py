"""The explorer as an application: on this computer alone, asking no other host."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from varddialog.config import Project
from varddialog.explore import __main__ as application


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, Any]]]:
    """What Voilà is started with, instead of starting it."""
    from voila.app import Voila

    found: list[tuple[list[str], dict[str, Any]]] = []
    monkeypatch.setattr(Voila, "launch_instance", lambda argv, **given: found.append((argv, given)))
    return found


def test_it_answers_on_this_computer_alone_and_what_is_given_goes_on(
    started: list[tuple[list[str], dict[str, Any]]], project: Project
) -> None:
    application.main(["--port=8900"])
    ((argv, _),) = started
    assert argv == [str(project.notebooks / "utforska.ipynb"), "--Voila.ip=127.0.0.1", "--port=8900"]


def test_the_browser_may_ask_no_other_host(started: list[tuple[list[str], dict[str, Any]]]) -> None:
    application.main([])
    policy = started[0][1]["tornado_settings"]["headers"]["Content-Security-Policy"]
    allowed = {word for rule in policy.split(";") for word in rule.split()[1:]}
    assert "'self'" in allowed
    here = ("'", "ws://127.0.0.1", "ws://localhost", "data:", "blob:")
    assert all(word.startswith(here) for word in allowed)


def test_without_voila_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "voila.app", None)
    with pytest.raises(SystemExit, match=r"\[explore\]"):
        application.main([])
