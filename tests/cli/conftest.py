"""The small project fetched from a Kolada that is played on loopback."""

from __future__ import annotations

from tests.data.update.conftest import kolada, live_project, no_waiting, own_network, run

__all__ = ["kolada", "live_project", "no_waiting", "own_network", "run"]
