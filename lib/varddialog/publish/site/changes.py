"""What has changed since the last pack: new years and other classes, from what the notebooks of both cycles glued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varddialog.assessment.answer import Class
from varddialog.batch.plan import Job
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.publish.site.whole import glued_in

JUDGED: tuple[Class, ...] = ("bättre", "sämre", "i nivå", "högre", "lägre")


@dataclass(frozen=True)
class Moved:
    """One indicator whose class against Riket is another than in the last pack."""

    indicator: Indicator
    sex: str
    before: Mapping[str, Any]
    now: Mapping[str, Any]


@dataclass(frozen=True)
class Changes:
    """Against the cycle of that name. newer, added, gone: numbers of results with a new time, new, no longer there."""

    since: str
    newer: int
    added: int
    gone: int
    moved: list[Moved]


def previous_cycle(catalogue: Catalogue, cycle: str) -> str | None:
    """The cycle before; None for the first that params/ knows."""
    begins = catalogue.cycle(cycle).years[0]
    earlier = {name: c.years[0] for name, c in catalogue.cycles.items() if c.years[0] < begins}
    return max(earlier, key=lambda name: earlier[name]) if earlier else None


def last_rows(jobs: Iterable[Job], output: Path, cycle: str) -> list[Mapping[str, Any]]:
    """What the same jobs' notebooks glued in another cycle: the rows of all results; empty where nothing lies there."""
    found: list[Mapping[str, Any]] = []
    for job in jobs:
        notebook = output / cycle / job.unit.folder / job.notebook.name
        glued = glued_in(notebook) if notebook.is_file() else None
        found += glued["results"] if glued else []
    return found


def changes(
    before: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]], catalogue: Catalogue, since: str
) -> Changes:
    """Compare the rows of two packs of one unit; indicators that the catalogue no longer has are gone."""
    then = {(row["indicator"], row["sex"]): row for row in before}
    here = {(row["indicator"], row["sex"]): row for row in now}
    both = [key for key in here if key in then]
    moved = [
        Moved(catalogue.indicators[key[0]], key[1], then[key], here[key])
        for key in both
        if key[0] in catalogue.indicators and _is_moved(then[key]["vs_nation"], here[key]["vs_nation"])
    ]
    return Changes(
        since,
        newer=sum(here[key]["when"] > then[key]["when"] for key in both),
        added=len(here.keys() - then.keys()),
        gone=len(then.keys() - here.keys()),
        moved=sorted(moved, key=lambda m: not {m.before["vs_nation"], m.now["vs_nation"]} & {"bättre", "sämre"}),
    )


def _is_moved(before: str | None, now: str | None) -> bool:
    """Whether both are judgements, or the one and not the other: a lost or won certainty is a change too."""
    return before != now and bool({before, now} & set(JUDGED))
