"""Whatever notebooks do to a build, and whatever is done to it: told in a message, and everything else is made."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest

from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project

ENGINES = ("fork", "stock")
NOTEBOOK = "2-kvalitet-i-tjansterna"
MARK = "VARDDIALOG_TEST_MARK"
SECONDS, MEGABYTES = 12, 600


@dataclass
class Started:
    """The command line in a process of its own. Everything it starts carries its mark, so that nothing hides."""

    process: subprocess.Popen[str]
    mark: str

    def end(self) -> tuple[int, str, str]:
        """Exit code and what was said, when it is done."""
        out, err = self.process.communicate(timeout=120)
        return self.process.returncode, out, err

    def others(self) -> dict[int, str]:
        """The processes below it that live, by id, with their command lines."""
        found = {}
        for entry in Path("/proc").iterdir():
            try:
                marked = f"{MARK}={self.mark}".encode() in (entry / "environ").read_bytes().split(b"\0")
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if marked and command and int(entry.name) != self.process.pid:
                found[int(entry.name)] = command
        return found

    def left(self) -> dict[int, str]:
        """Those that are still there when they have had a few seconds to end."""
        ends = time.monotonic() + 8
        while (found := self.others()) and time.monotonic() < ends:
            time.sleep(0.05)
        return found


@dataclass
class Builder:
    """Builds of a small project."""

    project: Project
    started: list[Started] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.project.outputs / DEFAULT_CYCLE

    def notebook(self, *cells: str) -> None:
        """Let the notebook of the second dimension be these cells."""
        path = self.project.notebooks / f"{NOTEBOOK}.ipynb"
        known = nbformat.read(path, as_version=4)
        known["cells"] = [
            known.cells[0],
            *(
                nbformat.v4.new_code_cell(text, id=f"cell-{i}", metadata={"tags": [f"steg-{i}"]})
                for i, text in enumerate(cells)
            ),
        ]
        nbformat.write(known, path)

    def start(self, *arguments: str) -> Started:
        return self._started([str(Path(sysconfig.get_path("scripts"), "varddialog")), "build", *arguments])

    def _started(self, command: list[str]) -> Started:
        mark = uuid.uuid4().hex
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, MARK: mark, "COLUMNS": "300"},
        )
        self.started.append(Started(process, mark))
        return self.started[-1]

    def started_runner(self, engine: str) -> Started:
        return self._started([sys.executable, "-c", RUNNER, engine])

    def run(self, *arguments: str) -> tuple[int, str, str]:
        started = self.start(*arguments)
        told = started.end()
        assert not started.left()
        return told

    def reports(self) -> dict[str, bytes]:
        """What lies in the cycle's folder, but for the lock and the durations in the record."""
        found = {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}
        return {name: content for name, content in found.items() if name not in (".lock", "run.json")}


@pytest.fixture
def builder(small_project: Project) -> Iterator[Builder]:
    builder = Builder(small_project)
    yield builder
    for started in builder.started:
        for pid in [*started.others(), started.process.pid]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        started.process.wait()
        for stream in (started.process.stdout, started.process.stderr):
            assert stream is not None
            stream.close()


# what a notebook may do: region → name, the cell, and the message it must come to

MISDEEDS = {
    "01": ("Stockholm", "raise LookupError('borta')", "LookupError: borta."),
    "03": ("Uppsala", "while True: pass", f"Tidsgräns: notebooken var inte klar på {SECONDS}\u00a0s (--timeout)."),
    "04": ("Sörmland", "grows = [bytearray(10_000_000) for _ in range(200)]",
           f"Minnesgräns: notebooken ville ha mer än {MEGABYTES}\u00a0MB (--memory)."),
    "05": ("Östergötland", "import os; os._exit(3)",
           "Kärnan dog: processen som kör cellerna tog slut i alla 3\u00a0försök."),
    "06": ("Jönköping", "for _ in range(60): print('x' * 1_000_000)",
           "För mycket utskrift: notebooken skrev ut mer än 20\u00a0MB."),
}  # fmt: skip
# no misdeed in itself, but no process may outlive the build
FORKS = "import os, time\nif os.fork() == 0:\n    time.sleep(600)\n    os._exit(0)"
CASES = {**{code: cell for code, (_, cell, _) in MISDEEDS.items()}, "07": FORKS}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_misdeeds_of_notebooks(builder: Builder, engine: str) -> None:
    cell = f"code = region.partition('-')[0]\nexec({CASES!r}.get(code, ''))"
    builder.notebook("print('före')", cell, "print('efter')")
    asked = [part for code in (*CASES, "12") for part in ("-r", code)]
    code, out, err = builder.run(
        *asked, "-d", "1", "-d", "2", "--engine", engine, "--timeout", str(SECONDS), "--memory", str(MEGABYTES)
    )
    assert code == 12, err
    where = "{}, Kvalitet i tjänsterna, cell steg-1: {} Se 2-kvalitet-i-tjansterna.misslyckad.ipynb i regionens mapp."
    assert err.splitlines() == [where.format(name, message) for name, _, message in MISDEEDS.values()]
    assert f"{2 * 7 - len(MISDEEDS)}\u00a0rapporter gjorda" in out
    made = {name for name in builder.reports() if name.endswith(".html") and "index" not in name and name[0].isdigit()}
    folders = {path.name.partition("-")[0]: path.name for path in builder.folder.iterdir() if path.name[0].isdigit()}
    assert made == {
        *(f"{folder}/1-halsa-i-befolkningen.html" for folder in folders.values()),
        *(f"{folders[code]}/{NOTEBOOK}.html" for code in ("07", "12")),
    }
    sizes = {p.name: p.stat().st_size for p in builder.folder.rglob("*.misslyckad.ipynb")}
    assert max(sizes.values()) < 30_000_000
    site = (builder.folder / "index.html").read_text(encoding="utf-8")
    assert site.count("<td>misslyckades</td>") == len(MISDEEDS)


# a build that is killed, or whose kernels are: the runner alone, since a whole build takes long to be killed often

RUNNER = """
import sys
from varddialog.batch.fingerprint import inputs, shared_inputs
from varddialog.batch.kernels import open_engine
from varddialog.batch.make import Limits
from varddialog.batch.plan import plan
from varddialog.batch.progress import JsonLines
from varddialog.batch.record import need, read_record
from varddialog.batch.runner import run, stoppable, working_in
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.model.catalogue import load_catalogue

here = project()
catalogue = load_catalogue(here)
shared = shared_inputs(here, catalogue)
units = [catalogue.units.find(code) for code in ("00", "09", "12")]
jobs = plan(here, catalogue, DEFAULT_CYCLE, here.outputs, units, catalogue.framework.dimensions[:2])
folder = here.outputs / DEFAULT_CYCLE
with stoppable(), working_in(folder):
    record = read_record(folder, DEFAULT_CYCLE)
    todo = [job for job in jobs if need(job, record, inputs(job, shared)) != "nothing"]
    if todo:
        with open_engine(sys.argv[1]) as engine, JsonLines(sys.stdout, 0) as tell:
            page = lambda job, notebook: job.key * 10_000
            run(todo, lambda job: inputs(job, shared), folder, engine, 3, Limits(60), page, tell)
"""
JOBS = 6


@pytest.fixture(scope="module")
def calm(_small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project whose notebooks take long enough to be hit, with all that the runner makes of them."""
    root = tmp_path_factory.mktemp("calm") / "small"
    shutil.copytree(_small_template, root)
    for path in Project(root).notebooks.glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(nbformat.v4.new_code_cell("import time; time.sleep(0.2); print(region)", id="vila"))
        nbformat.write(notebook, path)
    env = {**os.environ, ROOT_VARIABLE: str(root)}
    subprocess.run([sys.executable, "-c", RUNNER, "fork"], env=env, check=True, capture_output=True, timeout=300)
    return root


@pytest.fixture
def undisturbed(builder: Builder, calm: Path) -> dict[str, bytes]:
    """What the runner leaves when nothing happens to it; it has left nothing yet in the project that is built."""
    shutil.rmtree(builder.project.root)
    shutil.copytree(calm, builder.project.root)
    found = builder.reports()
    assert len(found) == 2 * JOBS
    shutil.rmtree(builder.folder)
    return found


def done(builder: Builder, reference: dict[str, bytes]) -> int:
    """How many files are there, each as it should be; a name with a dot is half-written, and swept by the next run."""
    found = {name: text for name, text in builder.reports().items() if not Path(name).name.startswith(".")}
    assert all(text == reference[name] for name, text in found.items())
    return len(found)


def of_kind(started: Started, target: str, engine: str) -> set[int]:
    """The processes that are the runner, the warm parent, or a kernel; a forked kernel looks like its parent."""
    if target == "runner":
        return {started.process.pid}
    others = sorted(started.others())
    parents = set(others[:1]) if engine == "fork" else set()  # the oldest
    return parents if target == "parent" else set(others) - parents


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "engine", "times"),
    [
        ("runner", "fork", 5),
        ("runner", "stock", 3),
        ("parent", "fork", 6),
        ("kernel", "fork", 4),
        ("kernel", "stock", 2),
    ],
)
def test_killed_at_twenty_moments(
    builder: Builder, undisturbed: dict[str, bytes], target: str, engine: str, times: int
) -> None:
    """Each run takes up what the one before left; when all is there, it begins anew."""
    chance = random.Random(f"{target} {engine}")
    hits = 0
    for _ in range(3 * times):
        if hits == times:
            break
        if done(builder, undisturbed) == len(undisturbed):
            shutil.rmtree(builder.folder)
        started = builder.started_runner(engine)
        assert started.process.stdout is not None
        assert "started" in started.process.stdout.readline()
        while not of_kind(started, target, engine) and started.process.poll() is None:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.6))
        victims = of_kind(started, target, engine)
        hit = False
        if victims and started.process.poll() is None:
            with suppress(ProcessLookupError):  # it had ended by itself
                os.kill(chance.choice(sorted(victims)), signal.SIGKILL)
                hit = True
        code, _, err = started.end()
        assert code == 0 or (target == "runner" and hit and code == -signal.SIGKILL), err
        hits += hit and (target != "runner" or code != 0)
        assert not started.left()
        left = done(builder, undisturbed)
        assert target == "runner" or left == len(undisturbed), "a kernel that dies is tried again"
    assert hits == times
    if target == "runner" and done(builder, undisturbed) < len(undisturbed):
        code, _, err = builder.started_runner(engine).end()
        assert code == 0, err
    assert builder.reports() == undisturbed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_a_signal_and_taken_up_again(
    builder: Builder, undisturbed: dict[str, bytes], number: signal.Signals
) -> None:
    started = builder.started_runner("fork")
    assert started.process.stdout is not None
    ready = 0
    while ready < 2:
        ready += json.loads(started.process.stdout.readline())["event"] == "done"
    started.process.send_signal(number)
    code, _, err = started.end()
    assert code != 0
    assert "KeyboardInterrupt" in err
    assert not started.left()
    assert 4 <= done(builder, undisturbed) < 2 * JOBS
    code, out, err = builder.started_runner("fork").end()
    assert code == 0, err
    assert builder.reports() == undisturbed
    again = [json.loads(line)["job"] for line in out.splitlines() if '"event": "done"' in line]
    assert len(again) <= JOBS - 2


# folders that take nothing


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a megabyte; only root may mount one."""
    place = tmp_path / "liten"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(builder: Builder, tiny_disk: Path) -> None:
    quick = ("-r", "12", "-d", "1", "--engine", "stock", "--output", str(tiny_disk))
    code, _, err = builder.run(*quick)
    assert code == 0, err
    folder = tiny_disk / DEFAULT_CYCLE
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    filler = tiny_disk / "annat"
    with suppress(OSError), filler.open("wb", buffering=0) as stream:
        while True:
            assert stream.write(b"x" * 4096)
    code, _, err = builder.run(*quick, "--force")
    assert code == 2, err
    assert "Disken är full." in err
    assert "Traceback" not in err
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
    filler.unlink()
    code, _, err = builder.run(*quick, "--force")
    assert code == 0, err


def test_a_folder_that_cannot_be_written(builder: Builder, tiny_disk: Path) -> None:
    """root may write wherever its mode says, so the whole file system is made read-only."""
    quick = ("-r", "12", "-d", "1", "--engine", "stock", "--output", str(tiny_disk))
    assert builder.run(*quick)[0] == 0
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    code, out, _ = builder.run(*quick)
    assert code == 0
    assert "1 var färska" in out
    code, _, err = builder.run(*quick, "--force")
    assert code == 2
    assert err.startswith(f"{tiny_disk / DEFAULT_CYCLE}: Det går inte att skriva i mappen (")
    assert "--output" in err
    assert "Traceback" not in err
