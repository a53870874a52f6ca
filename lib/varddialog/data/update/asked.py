"""What was asked of the sources, and when, so that the next update asks only for what may have changed.

It lies beside the snapshots and is true of one of them alone: after a rollback everything is asked for again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from varddialog.atomic import write_atomic
from varddialog.model.base import Model, Text
from varddialog.model.live import Query

FILE = "asked.json"


class SeriesAsked(Model):
    """day: what changed before it is known. query: checksum of its queries. version: the source's edition."""

    day: dt.date
    query: Text
    version: str = ""


class Asked(Model):
    """snapshot: the name of the one that the answers went into, empty for the embedded one."""

    snapshot: str = ""
    series: dict[str, SeriesAsked] = {}


def read_asked(stores: Path, snapshot: str) -> dict[str, SeriesAsked]:
    """Series → what was asked, if that is true of the snapshot; otherwise nothing, and everything is asked anew."""
    try:
        known = Asked.model_validate_json((stores / FILE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return {}
    return known.series if known.snapshot == snapshot else {}


def write_asked(stores: Path, snapshot: str, series: dict[str, SeriesAsked]) -> None:
    """Keep what was asked, whole or not at all."""
    made = Asked(snapshot=snapshot, series=dict(sorted(series.items())))
    write_atomic(stores / FILE, made.model_dump_json(indent=1) + "\n")


def query_digest(queries: Iterable[Query]) -> str:
    """One checksum over the queries of a series."""
    return hashlib.sha256("\0".join(q.model_dump_json() for q in queries).encode()).hexdigest()[:16]
