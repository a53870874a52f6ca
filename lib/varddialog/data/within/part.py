"""What one origin gives of one series within regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from varddialog.data.manifest import Origin
from varddialog.data.rows import Observation


@dataclass(frozen=True)
class Part:
    """The values of one series, whole or (when `partial`) what has changed in them.

    rows: Parquet in the columns of `Observation`, whose `region` is the place's code; None when there are none.
    deleted: rows that are gone, as observations whose numbers do not count. origin: the provenance if anything changes.
    retrieval: its number in the manifest. own: the region whose own values they are, empty for those of a source.
    where: what it came from, for whoever must put a fault right.
    """

    series: str
    origin: Origin
    retrieval: int
    where: str
    rows: Path | None = None
    partial: bool = False
    deleted: Sequence[Observation] = ()
    own: str = ""
