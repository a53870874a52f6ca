"""The servers are on this machine: no proxy of the one who runs the tests stands between, and nobody waits for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from varddialog.data.sources.transport.rules import RULES, variable


@pytest.fixture(autouse=True)
def own_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxies, no certificates and no addresses from the environment of the one who runs the tests."""
    clean_network(monkeypatch)


def clean_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for fixtures that last longer than a test."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", *map(variable, RULES)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """New attempts are made at once, as many as ever."""
    with stamina.set_testing(True, attempts=100, cap=True):
        yield
