"""What a change on the screen of the explorer costs, measured in a process of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from varddialog.config import DEFAULT_CYCLE


def changes() -> Iterator[tuple[str, str, float]]:
    """What is changed, how it is measured, and its median seconds."""
    done = subprocess.run([sys.executable, __file__], check=True, capture_output=True, text=True)
    for what, (median, slowest) in json.loads(done.stdout).items():
        yield f"another {what} on the screen", f"all of utforska, warm; the slowest {slowest:.2f} s", median


def measure() -> dict[str, tuple[float, float]]:
    """Median and slowest second of a new indicator and a new region, every pane drawn; each indicator in turn."""
    from varddialog.explore import open_explorer

    explorer = open_explorer("Riket", DEFAULT_CYCLE)
    kept = [cell() for cell in (explorer.choose, explorer.view, explorer.regions, explorer.compare, explorer.about)]
    assert kept, "what is shown is kept, as in a notebook"
    state = explorer.state
    units = [unit.code for unit in state.desk.catalogue.units.all]
    found: dict[str, list[float]] = {"region": [], "indicator": []}
    for i, indicator in enumerate(state.offer.everything()):
        for what, value in (("indicator", indicator.id), ("region", units[i % 22]), ("region", units[(i + 9) % 22])):
            started = time.perf_counter()
            state.choose(**{what: value})  # type: ignore[arg-type]
            found[what].append(time.perf_counter() - started)
    return {what: (statistics.median(taken), max(taken)) for what, taken in found.items()}


if __name__ == "__main__":
    print(json.dumps(measure()))
