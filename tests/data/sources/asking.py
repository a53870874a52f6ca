"""Asking a source on loopback: what the tests of every source do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from unittest import mock

from tests.data.sources.loopback import Loopback, Route

from varddialog.data.rows import ForeignValue, Observation
from varddialog.data.sources.base import Abroad, Batch, Event, Source, Wanted
from varddialog.data.sources.transport import open_client

REGIONS = (
    "00", "01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20", "21", "22",
    "23", "24", "25",
)  # fmt: skip


def ask(
    source: Source, api: str, root: str, app: Route, *wanted: Wanted, regions: Sequence[str] = REGIONS
) -> list[Event]:
    """Every event of the source, when the app plays the API. root: the part of the address before the API's paths."""
    with Loopback(app) as server:
        return ask_at(source, api, server.url + root, *wanted, regions=regions)


def ask_at(source: Source, api: str, base: str, *wanted: Wanted, regions: Sequence[str] = REGIONS) -> list[Event]:
    """The same of an API that is already played at that address."""
    with mock.patch.dict(os.environ, {f"VARDDIALOG_{api.upper()}_URL": base}), open_client(api) as client:
        return list(source.fetch(wanted, client, regions))


def rows(events: Sequence[Event]) -> list[Observation]:
    """The figures of regions among the events."""
    return [row for event in events if isinstance(event, Batch) for row in event.rows]


def abroad(events: Sequence[Event]) -> list[ForeignValue]:
    """The international figures among the events."""
    return [row for event in events if isinstance(event, Abroad) for row in event.rows]
