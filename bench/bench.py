"""What a build costs: one table, every row measured in the same run, with the number it is to reach.

Run as `make bench`. Stock commands are measured on a sample of notebooks and scaled to the country; everything else is
measured whole. `--quick` leaves out the large scenes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import scenes
import screen
from rich.console import Console
from rich.table import Table

from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project, project
from varddialog.model.catalogue import Catalogue, load_catalogue

BIN = Path(sys.executable).parent
CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Row:
    """One line of the table; reached is None where there is no number to reach."""

    what: str
    how: str
    found: str
    reach: str = ""
    reached: bool | None = None


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def cpu_of_children() -> float:
    """Seconds of processor time of every process that was started here and has ended, and of theirs."""
    spent = os.times()
    return spent.children_user + spent.children_system


def run(*command: str | Path, root: Path | None = None) -> str:
    env = {**os.environ, **({ROOT_VARIABLE: str(root)} if root else {})}
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, env=env)
    return done.stdout


# the reports that the stock commands are measured on
FOUR = [part for number in "1234" for part in ("--dimension", number)]


def build(output: Path, *more: str, root: Path | None = None) -> str:
    """What a build of the four dimensions says, without the files beside the reports."""
    return run(BIN / "varddialog", "build", "--output", output, "--html-only", *FOUR, *more, root=root)


def build_all(output: Path, *more: str, root: Path | None = None) -> str:
    """What a build of everything says."""
    return run(BIN / "varddialog", "build", "--output", output, *more, root=root)


def python(code: str, *arguments: str, root: Path | None = None) -> dict[str, float]:
    """What a piece of code prints as JSON, run in a process of its own."""
    found: dict[str, float] = json.loads(run(sys.executable, "-c", code, *arguments, root=root))
    return found


def stock(here: Project, catalogue: Catalogue, folder: Path) -> float:
    """Seconds a notebook costs under the stock commands: the mean over the dimensions for one region."""
    unit = catalogue.units.find("Kronoberg")
    parameters = here.params / "regions" / f"{unit.folder}.yml"

    def one(notebook: str) -> None:
        source, target = here.notebooks / f"{notebook}.ipynb", folder / f"{notebook}.ipynb"
        run(BIN / "papermill", source, target, "-f", parameters, "-k", "python3", "--no-progress-bar")
        run(BIN / "jupyter", "nbconvert", "--to", "html", target)

    return statistics.mean(seconds(lambda n=d.notebook: one(n)) for d in catalogue.framework.dimensions)  # type: ignore[misc]


# the cells' own work: every piece of every report, made in a process that is ready
CELLS = """
import json, os, sys, tempfile, time
from pathlib import Path
from varddialog.assessment.ground import ground, hand_over
from varddialog.config import project
from varddialog.pack import open_pack
from varddialog.pack.warm import ready
here, cycle = project(), sys.argv[1]
with tempfile.TemporaryDirectory() as folder:
    hand_over(here, cycle, Path(folder) / "ground")
    ready(str(Path(folder) / "ground"))
catalogue = ground(here, cycle).catalogue
started = time.process_time()
for unit in catalogue.units.all:
    for dimension in catalogue.framework.dimensions:
        pack = open_pack(dimension.number, unit.code, cycle)
        pack.style(), pack.header(), pack.summary(), pack.overview()
        for leaf in dimension.leaves():
            pack.area(leaf.slug)
        if pack.comparisons:
            pack.grading()
        if dimension.with_context:
            pack.context()
        pack.method(), pack.glue()
print(json.dumps({"cells": time.process_time() - started}))
"""

# what one forked kernel holds for itself when it has made a whole report
MEMORY = """
import json, sys, tempfile
from pathlib import Path
import nbformat, papermill
from varddialog.batch.ready import ready_engine
from varddialog.config import project
here = project()
with ready_engine(here, sys.argv[1], "fork", None) as engine, tempfile.TemporaryDirectory() as folder:
    source = nbformat.read(here.notebooks / "2-kvalitet-i-tjansterna.ipynb", as_version=4)
    look = "print('PRIVATE', open('/proc/self/smaps_rollup').read())"
    source.cells.append(nbformat.v4.new_code_cell(look, id="look"))
    nbformat.write(source, Path(folder) / "in.ipynb")
    made = papermill.execute_notebook(
        str(Path(folder) / "in.ipynb"), str(Path(folder) / "out.ipynb"), parameters={"region": "Skåne"},
        kernel_name=engine.kernel_name, config=engine.config(Path(folder)), progress_bar=False,
        extra_arguments=list(engine.extra_arguments), shutdown_kernel="immediate",
    )
    text = made.cells[-1].outputs[0]["text"]
    private = sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private"))
print(json.dumps({"mb": private / 1024}))
"""

# what a build pays beside the cells
SPLIT = """
import json, sys, tempfile, time
from pathlib import Path
import nbformat, papermill
from varddialog.batch.plan import plan
from varddialog.batch.ready import ready_engine
from varddialog.batch.record import read_record
from varddialog.config import project
from varddialog.model.catalogue import load_catalogue
from varddialog.publish.report import page
from varddialog.publish.site.write import write_method, write_site
here, cycle, output = project(), sys.argv[1], Path(sys.argv[2])
catalogue = load_catalogue(here)
found, started = {}, time.perf_counter()
def lap(name, times=1):
    global started
    found[name] = (time.perf_counter() - started) / times
    started = time.perf_counter()
with ready_engine(here, cycle, "fork", None) as engine, tempfile.TemporaryDirectory() as folder:
    engine.name
    lap("parent")
    empty = Path(folder) / "in.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", id="one")]), empty)
    for i in range(5):
        papermill.execute_notebook(
            str(empty), str(Path(folder) / "out.ipynb"), kernel_name=engine.kernel_name, progress_bar=False,
            config=engine.config(Path(folder) / str(i)), extra_arguments=list(engine.extra_arguments),
            shutdown_kernel="immediate",
        )
    lap("kernel", 5)
jobs = plan(here, catalogue, cycle, output, catalogue.units.all, catalogue.framework.dimensions)
notebooks = [nbformat.read(job.notebook, as_version=4) for job in jobs[:8]]
page(notebooks[0], jobs[0].title, jobs[0].unit, catalogue.cycle(cycle))
started = time.perf_counter()
for job, notebook in zip(jobs, notebooks):
    page(notebook, job.title, job.unit, catalogue.cycle(cycle))
lap("page", 8)
write_site(jobs, read_record(output / cycle, cycle), catalogue, output, cycle)
write_method(catalogue, output, cycle)
lap("site")
print(json.dumps(found))
"""

# the most memory is read from the process itself: what getrusage tells of a fresh process may be its parent's
SLICE = """
import json, re, sys, time
from pathlib import Path
from varddialog.config import project
from varddialog.data.store import Store
store = Store.of(project())
import pyarrow.dataset, pyarrow.parquet
started = time.perf_counter()
rows = store.series(sys.argv[2:], regions={sys.argv[1]})
taken = time.perf_counter() - started
most = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(json.dumps({"seconds": taken, "mb": int(most) / 1024, "rows": sum(map(len, rows.values()))}))
"""

# a Kolada on this machine, with made figures for 22 regions and 290 municipalities, by sex, for twenty years
KOLADA = """
import sys, time
sys.path.insert(0, sys.argv[2])
from tests.data.sources.loopback import Loopback
from tests.data.sources.servers.kolada import KoladaServer
with Loopback(KoladaServer.made(int(sys.argv[1]), range(2005, 2025))) as server:
    print(server.url, flush=True)
    sys.stdin.read()
"""

# how long a command takes and how much memory it holds at most, asked by a process that holds little itself
WHOLE = """
import json, os, subprocess, sys, time
started = time.perf_counter()
command = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(command.pid, 0)
taken = time.perf_counter() - started
assert os.waitstatus_to_exitcode(status) == 0, sys.argv
print(json.dumps({"seconds": taken, "mb": used.ru_maxrss / 1024}))
"""

# what a region's reports read of its municipalities: thirty measures in five years
WITHIN = """
import json, re, sys, time
from pathlib import Path
from varddialog.config import project
from varddialog.data.store import Store
store = Store.of(project())
wanted = dict.fromkeys(list(store.manifest.within)[:30], 2020)
import pyarrow.dataset, pyarrow.parquet
started = time.perf_counter()
rows = store.within("12", wanted)
taken = time.perf_counter() - started
most = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(json.dumps({"seconds": taken, "mb": int(most) / 1024, "rows": sum(map(len, rows.values()))}))
"""

FIGURES = """
import json, statistics, time
from varddialog.assessment.across import across
from varddialog.pack import open_pack
from varddialog.pack.cards import ResultCard
from varddialog.config import DEFAULT_CYCLE
from varddialog.publish.site.figures import figures
from varddialog.publish.site.whole import assessed
pack = open_pack(2, "Skåne")
results = [r for leaf in pack.dimension.leaves() for r in pack.areas[leaf.slug].results]
cards = [ResultCard(r, pack.assessments[r.anchor], "", pack.catalogue.units, pack.similar) for r in results]
def once(work):
    started = time.process_time()
    work()
    return time.process_time() - started
def cpu(work):
    return statistics.median(once(work) for _ in range(5))
pack.overview()
on, country = assessed(DEFAULT_CYCLE)
pages = list(across(country.assessments, on.catalogue.units).values())[::10]
def each(page):
    drawings = sum(1 + (figure.beside is not None) for figure in figures(page, {}))
    return cpu(lambda: figures(page, {})) / drawings
slowest = max(*(cpu(lambda c=c: c.drawing) for c in cards), *map(each, pages))
print(json.dumps({"overview": cpu(pack.overview), "figure": slowest}))
"""


def rows(here: Project, catalogue: Catalogue, scratch: Path, quick: bool) -> Iterator[Row]:
    reports = len(catalogue.units.all) * len(catalogue.framework.dimensions)
    a_stock = stock(here, catalogue, scratch)
    before = cpu_of_children()
    cold = seconds(lambda: build(scratch / "cold"))
    used = cpu_of_children() - before
    loop = a_stock * reports
    yield Row(
        f"whole country, {reports} reports",
        f"stock commands one by one {loop:.0f} s (4 measured, scaled), build {cold:.1f} s",
        f"{loop / cold:.0f}×", "≥ 20×", loop / cold >= 20,
    )  # fmt: skip
    cells = python(CELLS, DEFAULT_CYCLE)["cells"] / CORES
    yield Row(
        "the same against the cells' own work",
        f"{cells:.1f} s on {CORES} cores if nothing else cost anything",
        f"{cold / cells:.1f}×", "≤ 1.3×", cold / cells <= 1.3,
    )  # fmt: skip
    split = python(SPLIT, DEFAULT_CYCLE, str(scratch / "cold"))
    yield Row(
        "  all processor time", f"of one notebook, mean; the cells' own work is {cells * CORES / used:.0%} of it",
        f"{used / reports:.2f} s",
    )  # fmt: skip
    yield Row("  the cells' own work", "processor time of one notebook, mean", f"{cells * CORES / reports:.2f} s")
    yield Row("  a kernel started and ended", "one after the other, most of it waiting", f"{split['kernel']:.2f} s")
    yield Row("  a page", "from a rendered notebook", f"{split['page']:.3f} s")
    yield Row("  the warm parent", "imports, figures and a first report of each kind, once", f"{split['parent']:.1f} s")
    yield Row("  the web tool and the method page", "once", f"{split['site']:.1f} s")
    talks = seconds(lambda: build_all(scratch / "cold", "--html-only"))
    yield Row("the dialogue", "focus sheets, questions, arenas, final report, beside the four", f"{talks:.0f} s")
    beside = seconds(lambda: build_all(scratch / "cold"))
    yield Row("fact sheets, short reports, slides, workbooks", "of all units, beside the reports", f"{beside:.0f} s")
    idle = statistics.median(seconds(lambda: build_all(scratch / "cold")) for _ in range(5))
    yield Row("nothing changed", "median of five builds", f"{idle:.2f} s", "≤ 1.5 s", idle <= 1.5)

    scene = scenes.copy_of(here, scratch / "changed")
    build_all(scratch / "changed-out", "--html-only", root=scene.root)
    scenes.one_observation_changed(scene, "U70514", "12")
    told = build_all(scratch / "changed-out", "--html-only", "--events", "json", root=scene.root)
    made = [event["job"] for event in map(json.loads, told.splitlines()) if event["event"] == "done"]
    again = sum(bool(re.search(r"/\d-", job)) for job in made)
    wanted = len(catalogue.units.all) + 1
    yield Row(
        "one observation changed", "a region's value, shown by every unit's second report and Riket's fourth",
        f"{again} reports", f"{wanted} reports", again <= wanted,
    )  # fmt: skip
    yield Row("  of the dialogue", "focus sheets that show it, what is built on reports", f"{len(made) - again}")

    private = python(MEMORY, DEFAULT_CYCLE)["mb"]
    yield Row("private memory of a kernel", "after a whole report", f"{private:.0f} MB", "≤ 60 MB", private <= 60)
    drawn = python(FIGURES)
    yield Row(
        "drawing the overview", "CPU, warm, all areas", f"{drawn['overview']:.3f} s", "≤ 0.15 s",
        drawn["overview"] <= 0.15,
    )  # fmt: skip
    yield Row(
        "drawing any other figure", "CPU, warm, the slowest", f"{drawn['figure']:.3f} s", "≤ 0.1 s",
        drawn["figure"] <= 0.1,
    )  # fmt: skip
    yield from (Row(what, how, f"{t:.3f} s", "≤ 0.15 s", t <= 0.15) for what, how, t in screen.changes())
    for count in (1, 5):
        chosen = [part for unit in catalogue.units.all[:count] for part in ("--region", unit.code)]
        taken = seconds(lambda c=count, r=chosen: build(scratch / f"of-{c}", *r))  # type: ignore[misc]
        yield Row(f"{count} × 4 reports", f"{taken:.1f} s, start and all", f"{taken / (count * 4):.2f} s a notebook")
    if not quick:
        yield from large(here, catalogue, scratch, cold / reports)


def large(here: Project, catalogue: Catalogue, scratch: Path, each: float) -> Iterator[Row]:
    for more, most in ((66, None), (290, 1.1)):
        scene = scenes.with_generated_units(here, scratch / f"with-{more}", more)
        units = len(catalogue.units.all) + more
        taken = seconds(lambda m=more, s=scene: build(scratch / f"with-{m}-out", root=s.root))  # type: ignore[misc]
        change = taken / (units * 4) / each
        yield Row(
            f"{units} units × 4", f"{taken:.0f} s; a notebook against one of the country's", f"{change:.2f}×",
            f"≤ {most}×" if most else "", change <= most if most else None,
        )  # fmt: skip
    scene, code = scenes.store_of_millions(here, scratch / "big", 20)
    found = python(SLICE, code, *[i.id for i in catalogue.of_dimension(catalogue.dimension(2))], root=scene.root)
    yield Row(
        "one unit of 20 million observations", f"{found['rows']:.0f} rows, {found['mb']:.0f} MB in all",
        f"{found['seconds']:.2f} s", "≤ 0.2 s, ≤ 200 MB", found["seconds"] <= 0.2 and found["mb"] <= 200,
    )  # fmt: skip
    yield from fetched(here, scratch, 1068)


def fetched(here: Project, scratch: Path, measures: int) -> Iterator[Row]:
    """Twenty million values fetched, checked and read: measures × 312 units × 20 years × 3 sexes."""
    scene = scenes.with_generated_measures(here, scratch / "fetched", measures)
    command = [sys.executable, "-c", KOLADA, str(measures), str(here.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as kolada:
        assert kolada.stdout is not None
        os.environ["VARDDIALOG_KOLADA_URL"] = kolada.stdout.readline().strip() + "/v3"
        tool = str(BIN / "varddialog")
        first = python(WHOLE, tool, "data", "update", "kolada", root=scene.root)
        again = python(WHOLE, tool, "data", "update", "kolada", root=scene.root)
        kolada.communicate()
    verified = python(WHOLE, tool, "data", "verify", root=scene.root)
    values = measures * 312 * 20 * 3 / 1e6
    yield Row(
        f"{values:.0f} million values fetched", f"{measures} measures of a Kolada on this machine, into an empty store",
        f"{first['seconds']:.0f} s, {first['mb']:.0f} MB",
    )  # fmt: skip
    yield Row("  asked for again", "nothing changed", f"{again['seconds']:.0f} s, {again['mb']:.0f} MB")
    yield Row("  verified", "every file, row and figure", f"{verified['seconds']:.0f} s, {verified['mb']:.0f} MB")
    inside = python(WITHIN, root=scene.root)
    yield Row(
        "  a region's municipalities", f"{inside['rows']:.0f} rows for its reports, {inside['mb']:.0f} MB in all",
        f"{inside['seconds']:.2f} s", "≤ 0.2 s, ≤ 200 MB", inside["seconds"] <= 0.2 and inside["mb"] <= 200,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out 88 and 312 units and 20 million observations")
    quick = parser.parse_args().quick
    here = project()
    table = Table("What", "How", "Found", "To reach", "")
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows(here, load_catalogue(here), Path(scratch), quick):
            mark = {True: "reached", False: "not reached", None: ""}[row.reached]
            table.add_row(row.what, row.how, row.found, row.reach, mark)
            print(f"{row.what}: {row.found} {mark}".rstrip(), file=sys.stderr, flush=True)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
