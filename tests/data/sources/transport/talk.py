"""A client of Kolada that talks to a server of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.data.sources.loopback import Answer, Loopback, Route

from varddialog.data.sources.transport import Client, open_client
from varddialog.data.sources.transport.rules import RULES, Rule
from varddialog.errors import SourceError


@contextmanager
def talk(
    app: Route | Mapping[str, Route | Answer],
    *,
    cache: Path | None = None,
    record: Path | None = None,
    rule: Rule | None = None,
) -> Iterator[tuple[Loopback, Client]]:
    """The server, below /v3 as Kolada, and its client."""
    with Loopback(app) as server, pytest.MonkeyPatch.context() as environment:
        environment.setenv("VARDDIALOG_KOLADA_URL", f"{server.url}/v3")
        with open_client("kolada", cache=cache, record=record, rule=rule) as client:
            yield server, client


def rule(**changed: Any) -> Rule:
    """Kolada's rule without its pace, and with what a test changes."""
    return replace(RULES["kolada"], **{"calls": 0, **changed})


def told(ask: Callable[[], Any], kind: type[SourceError] = SourceError) -> str:
    """What is said of the error that comes of asking."""
    with pytest.raises(kind) as raised:
        ask()
    return str(raised.value)
