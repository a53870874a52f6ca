"""What a person or a program is told while a build goes on."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from varddialog.batch import progress
from varddialog.batch.plan import Job, report_on
from varddialog.batch.progress import MARKS, Display, Event, JsonLines, Lines, Matrix, display
from varddialog.model.catalogue import Catalogue

MARK = {state: mark for state, (mark, _, _) in MARKS.items()}


@pytest.fixture
def jobs(catalogue: Catalogue, tmp_path: Path) -> list[Job]:
    """Every unit × dimension, in the order of a build."""
    return [
        Job(unit, report_on(dimension), "2026-2027", tmp_path / "n.ipynb", tmp_path / unit.folder)
        for unit in catalogue.units.all
        for dimension in catalogue.framework.dimensions
    ]


@pytest.fixture
def terminal() -> Callable[..., Console]:
    def terminal(height: int = 40, width: int = 100, is_one: bool = True) -> Console:
        return Console(file=io.StringIO(), force_terminal=is_one, width=width, height=height, highlight=False)

    return terminal


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def shown(matrix: Matrix, height: int = 40, width: int = 100) -> list[str]:
    """The matrix as it stands, without colours."""
    console = Console(file=io.StringIO(), width=width, height=height)
    console.print(matrix)
    return [line.rstrip() for line in written(console).splitlines()]


def test_each_way_has_its_place(jobs: list[Job], terminal: Callable[..., Console]) -> None:
    assert isinstance(display(jobs, jobs, terminal(), as_json=False), Matrix)
    assert isinstance(display(jobs, [], terminal(), as_json=False), Lines)
    assert isinstance(display(jobs, jobs, terminal(is_one=False), as_json=False), Lines)
    assert isinstance(display(jobs, jobs, terminal(), as_json=True), JsonLines)


def test_lines_tell_what_is_done(terminal: Callable[..., Console]) -> None:
    console = terminal(is_one=False)
    with Lines(console) as tell:
        tell(Event("started", "a/1"))
        tell(Event("done", "a/1", 0.84))
        tell(Event("failed", "a/2", 12, "KeyError: 'x'"))
    assert written(console) == "klar 0,8 s  a/1\nmisslyckades 12,0 s  a/2: KeyError: 'x'\n"


def test_json_lines_are_as_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "monotonic", iter([100.0, 121.4]).__next__)
    stream = io.StringIO()
    with JsonLines(stream, fresh=0) as tell:
        tell(Event("started", "12-skane/1-halsa-i-befolkningen"))
        tell(Event("done", "12-skane/1-halsa-i-befolkningen", 0.8))
        tell(Event("failed", "12-skane/2-kvalitet-i-tjansterna", 0.4, "KeyError: 'x'"))
        tell(Event("fresh", "00-riket/slutrapport"))
    assert progress.__doc__ is not None
    documented = [json.loads(line) for line in progress.__doc__.splitlines() if line.startswith("    {")]
    documented[-1]["done"] = 1  # of the documented 86
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == documented


def test_a_stopped_build_is_not_finished() -> None:
    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt), JsonLines(stream, fresh=0):
        raise KeyboardInterrupt
    assert stream.getvalue() == ""


def test_the_matrix_fills(jobs: list[Job]) -> None:
    stale = jobs[2:]
    matrix = Matrix(jobs, stale, Console(file=io.StringIO(), force_terminal=True))
    first = jobs[0].unit.name
    assert shown(matrix)[0].split() == [first, MARK["fresh"], MARK["fresh"], MARK["waiting"], MARK["waiting"]]
    assert shown(matrix)[-1] == "0 av 86 klara"
    matrix(Event("started", stale[0].key))
    matrix(Event("started", stale[1].key))
    matrix(Event("failed", stale[1].key, 1, "KeyError: 'x'"))
    assert shown(matrix)[0].split() == [first, MARK["fresh"], MARK["fresh"], MARK["running"], MARK["failed"]]
    matrix(Event("done", stale[0].key, 1))
    assert shown(matrix)[0].split()[3] == MARK["done"]
    legend = shown(matrix)[-2]
    assert all(f"{mark} {word}" in legend for mark, _, word in MARKS.values())


def test_the_rate_and_the_time_left(jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    matrix = Matrix(jobs, jobs, Console(file=io.StringIO()))
    for number, job in enumerate(jobs, start=1):
        now[0] = number / 2
        matrix(Event("done", job.key, 1))
        if number == 22:
            assert shown(matrix)[-1] == "22 av 88 klara · 2,0 per sekund · ungefär 33 s kvar"
    now[0] += 100  # the index pages take their time
    assert shown(matrix)[-1] == "88 av 88 klara · 2,0 per sekund · 44 s"


def test_a_long_time_left_is_told_in_minutes(jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    matrix = Matrix(jobs, jobs, Console(file=io.StringIO()))
    now[0] = 5.0
    matrix(Event("done", jobs[0].key, 5))
    assert shown(matrix)[-1].endswith("ungefär 7 min kvar")


@pytest.mark.parametrize(("height", "rows"), [(40, 22), (24, 11), (16, 8)])
def test_every_unit_has_room_on_an_ordinary_terminal(jobs: list[Job], height: int, rows: int) -> None:
    lines = shown(Matrix(jobs, jobs, Console(file=io.StringIO())), height)
    assert len(lines) == rows + 2 <= height
    for name in {job.unit.name for job in jobs}:
        assert any(name in line for line in lines[:-2])


def test_where_there_is_no_room_finished_units_give_it(jobs: list[Job]) -> None:
    matrix = Matrix(jobs, jobs, Console(file=io.StringIO()))
    for job in jobs[: 4 * 10]:
        matrix(Event("done", job.key, 1))
    lines = shown(matrix, height=10, width=60)
    assert len(lines) <= 10
    assert all(jobs[0].unit.name not in line for line in lines)
    assert jobs[4 * 10].unit.name in lines[0]


def test_a_failure_is_told_as_it_comes(jobs: list[Job], terminal: Callable[..., Console]) -> None:
    console = terminal()
    tell: Display = display(jobs, jobs, console, as_json=False)
    with tell:
        tell(Event("failed", jobs[0].key, 0.5, "KeyError: 'x'"))
        assert f"misslyckades 0,5 s  {jobs[0].key}: KeyError: 'x'" in written(console)
