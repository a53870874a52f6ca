"""A review: cells of a rendered notebook run again and compared with what stands there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from varddialog.batch.kernels import EngineName
from varddialog.batch.record import Failure
from varddialog.batch.review import outputs
from varddialog.batch.review.cells import misplaced, rewritten
from varddialog.batch.review.difference import Difference
from varddialog.batch.review.rendered import INJECTED, Rendered, RenderedCell
from varddialog.batch.review.rerun import PARAMETERS, SET_UP, Rerun, code_names, rerun, source_cells
from varddialog.config import Project

Result = Literal["lika", "skiljer sig", "misslyckad"]


@dataclass(frozen=True)
class Checked:
    """One cell that was reviewed. rendered, reviewed: checksums of what stands there and of what it gives now; empty
    where there is no such cell or nothing was run."""

    name: str
    number: int
    differences: tuple[Difference, ...] = ()
    rendered: str = ""
    reviewed: str = ""
    failure: Failure | None = None

    @property
    def result(self) -> Result:
        if self.failure is not None:
            return "misslyckad"
        return "skiljer sig" if self.differences or self.rendered != self.reviewed else "lika"


def review(
    rendered: Rendered,
    wanted: Sequence[str],
    here: Project,
    engine: EngineName = "fork",
    workers: int | None = None,
    tell: Callable[[str], None] = lambda name: None,
) -> list[Checked]:
    """The wanted cells, by name or number, or all when none is; in the order of the report, missing ones last.

    Raises UsageError for a cell that is not there.
    """
    own = source_cells(rendered.job)
    asked = {_name(rendered, own, name) for name in wanted} or {c.name for c in (*rendered.cells, *own)}
    there = {cell.name for cell in rendered.cells}
    run = [name for name in code_names(rendered.job) if name in there and name in asked]
    # the cells that every run has are taken from one of them
    shared = asked.intersection((PARAMETERS, INJECTED, SET_UP))
    if shared and SET_UP not in run:
        run.insert(0, SET_UP)
    done = dict(rerun(rendered.job, run, here, engine, workers, tell)) if run else {}
    places = misplaced(rendered.cells, _in_a_run(own))
    names = dict.fromkeys([*(cell.name for cell in rendered.cells), *(cell.name for cell in own)])
    return [_checked(name, rendered, own, done, places.get(name, [])) for name in names if name in asked]


def _name(rendered: Rendered, own: Sequence[RenderedCell], wanted: str) -> str:
    """A cell that has been taken out of the report can be asked for too."""
    return wanted if wanted in {cell.name for cell in own} else rendered.named(wanted).name


def _in_a_run(own: Sequence[RenderedCell]) -> list[RenderedCell]:
    """The cells of the project's notebook and, after its parameters, the one that a run puts there."""
    made = list(own)
    at = next((i for i, cell in enumerate(made) if cell.name == PARAMETERS), -1)
    return [*made[: at + 1], RenderedCell(INJECTED, 0, "code", "", ()), *made[at + 1 :]]


def _checked(
    name: str,
    rendered: Rendered,
    own: Sequence[RenderedCell],
    done: dict[str, Rerun],
    places: Sequence[Difference],
) -> Checked:
    before = next((cell for cell in rendered.cells if cell.name == name), None)
    if before is None or name not in {INJECTED, *(cell.name for cell in own)}:
        return Checked(name, before.number if before else 0, tuple(places), before.checksum if before else "")
    ran = done.get(name) or done.get(SET_UP)
    if ran is not None and ran.failure is not None:
        return Checked(name, before.number, tuple(places), before.checksum, failure=ran.failure)
    found = (*(ran.cells if ran else ()), *own)  # a text is not run
    after = next(cell for cell in found if cell.name == name)
    told = [*places, *rewritten(before, after), *outputs.differing(before.outputs, after.outputs)]
    return Checked(name, before.number, tuple(told), before.checksum, after.checksum)
