"""Running small notebooks in an engine's kernels, and seeing which processes are left."""

from __future__ import annotations

import asyncio
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import nbformat
import papermill

from varddialog.batch.kernels import Engine
from varddialog.batch.scrub import scrub


def sleeper(mark: Path, apart: bool = False) -> str:
    """A cell that starts a process and forgets it; the ids of its own and all others lie in `mark` then.

    apart: it also starts one in a session of its own, and one whose own parent has ended besides.
    """
    return f"""
import os, pathlib, subprocess
started = [os.getpid(), subprocess.Popen(["sleep", "600"]).pid]
if {apart}:
    started.append(subprocess.Popen(["sleep", "600"], start_new_session=True).pid)
    leave = ["sh", "-c", "setsid sleep 600 >/dev/null & echo $!"]
    started.append(int(subprocess.run(leave, stdout=subprocess.PIPE, check=True).stdout))
fresh = pathlib.Path({str(mark)!r} + ".ny")
fresh.write_text(" ".join(map(str, started)))
_ = fresh.rename({str(mark)!r})"""


def told(mark: Path, seconds: float = 60.0) -> list[int]:
    """The processes of `sleeper`, once it has run."""
    ends = monotonic() + seconds
    while not mark.exists() and monotonic() < ends:
        sleep(0.02)
    return [int(pid) for pid in mark.read_text(encoding="utf-8").split()]


def render(engine: Engine, source: Path, scratch: Path, **options: Any) -> nbformat.NotebookNode:
    """The notebook run through papermill, scrubbed."""
    with ThreadPoolExecutor(1) as thread:  # whose event loop is nobody else's
        return thread.submit(_render, engine, source, scratch, options).result()


def _render(engine: Engine, source: Path, scratch: Path, options: dict[str, Any]) -> nbformat.NotebookNode:
    try:
        with warnings.catch_warnings(action="ignore"):  # papermill and nbclient warn of event loops
            rendered = papermill.execute_notebook(
                str(source),
                str(scratch / "out.ipynb"),
                kernel_name=engine.kernel_name,
                config=engine.config(scratch),
                extra_arguments=engine.extra_arguments,
                shutdown_kernel="immediate",
                request_save_on_cell_execute=False,
                progress_bar=False,
                **{"execution_timeout": 60, **options},
            )
            return scrub(rendered, "titel")
    finally:
        with suppress(RuntimeError), warnings.catch_warnings(action="ignore"):
            asyncio.get_event_loop().close()  # papermill leaves it open


def text(notebook: nbformat.NotebookNode) -> str:
    """All that the cells printed or gave back."""
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    return "".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs)


def is_running(pid: int) -> bool:
    """Whether a process is there and not only waiting to be reaped."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def left_of(pids: list[int], seconds: float = 5.0) -> list[int]:
    """Those of the processes that still run after some time."""
    ends = monotonic() + seconds
    while (left := [pid for pid in pids if is_running(pid)]) and monotonic() < ends:
        sleep(0.02)
    return left
