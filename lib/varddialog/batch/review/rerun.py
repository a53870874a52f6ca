"""Cells run again, each alone in a fresh kernel: parameters, set-up, that cell.

The code is the project's own notebook, never that of the report under review, which may come from anywhere.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from varddialog.batch.kernels import Engine, EngineName
from varddialog.batch.make import Limits, NotebookFailed, make
from varddialog.batch.plan import Job
from varddialog.batch.ready import ready_engine, results_in
from varddialog.batch.record import Failure
from varddialog.batch.review.rendered import RenderedCell, cells_of
from varddialog.batch.runner import THREADS
from varddialog.config import Project

PARAMETERS, SET_UP = "parameters", "setup"


@dataclass(frozen=True)
class Rerun:
    """What a cell came to: the cells of its run, or why it failed."""

    cells: tuple[RenderedCell, ...]
    failure: Failure | None = None


def rerun(
    job: Job,
    names: Sequence[str],
    here: Project,
    engine_name: EngineName,
    workers: int | None,
    tell: Callable[[str], None] = lambda name: None,
) -> Iterator[tuple[str, Rerun]]:
    """Each named cell of the job's notebook, run again, in the order of `names`.

    workers: how many side by side; None as fits the engine. tell: told of each that is done, from any thread.
    """
    stop = Event()
    with (
        TemporaryDirectory(prefix="varddialog-") as folder,
        results_in(job.folder.parents[1]),
        ready_engine(here, job.cycle, engine_name, Limits.memory_mb) as engine,
        # papermill warns of ports and event loops, which say nothing of the result
        warnings.catch_warnings(action="ignore"),
        ThreadPoolExecutor(workers or THREADS[engine.name]) as pool,
    ):

        def work(name: str) -> Rerun:
            done = _one(job, name, Path(folder), engine, stop)
            tell(name)
            return done

        try:
            yield from zip(names, pool.map(work, names), strict=True)
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def code_names(job: Job) -> list[str]:
    """The cells that can be run alone: all code but the parameters."""
    return [c.name for c in source_cells(job) if c.kind == "code" and c.name != PARAMETERS]


def source_cells(job: Job) -> tuple[RenderedCell, ...]:
    """The cells of the job's notebook, as the project has it."""
    return cells_of(json.loads(job.source.read_bytes()))


def _one(job: Job, name: str, folder: Path, engine: Engine, stop: Event) -> Rerun:
    notebook: dict[str, Any] = json.loads(job.source.read_bytes())
    wanted = {PARAMETERS, SET_UP, name}
    alone = [cell for cell in notebook["cells"] if wanted.intersection(cell["metadata"].get("tags", ()))]
    path = folder / f"{os.urandom(8).hex()}.ipynb"
    path.write_text(json.dumps({**notebook, "cells": alone}), encoding="utf-8")
    try:
        made = make(replace(job, source=path), engine, Limits(), lambda job, notebook: "", stop)
    except NotebookFailed as failed:
        return Rerun((), failed.failure)
    return Rerun(cells_of(json.loads(made.notebook)))
