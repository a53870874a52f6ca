"""Parts of the jobs, each made for itself, and put together again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from varddialog.batch.plan import Job
from varddialog.batch.record import read_record, write_record
from varddialog.batch.shard import PARTS, Shard
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.errors import UsageError

REGIONS = ("01", "03", "09", "12", "13")


@pytest.fixture
def jobs(workshop: Any) -> list[Job]:
    return [workshop.job(number, region=region) for region in REGIONS for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("of", [1, 2, 3, 7, 20, 25])
def test_the_parts_are_even_and_make_a_whole(of: int, jobs: list[Job]) -> None:
    split = [Shard(number, of).of_jobs(jobs) for number in range(1, of + 1)]
    assert sorted(job.key for part in split for job in part) == sorted(job.key for job in jobs)
    sizes = {len(part) for part in split}
    assert max(sizes) - min(sizes) <= 1


def test_a_part_depends_on_the_keys_alone(jobs: list[Job]) -> None:
    assert Shard(2, 3).of_jobs(reversed(jobs)) == Shard(2, 3).of_jobs(jobs)
    slow = [sum(job.dimension.number == 4 for job in Shard(n, 5).of_jobs(jobs)) for n in range(1, 6)]
    assert slow == [1] * 5


@pytest.mark.parametrize("text", ["", "3", "0/8", "9/8", "-1/8", "1/0", "a/b", "1/8/2", "1,5/8"])
def test_what_is_no_part(text: str) -> None:
    with pytest.raises(UsageError, match="Okänd del: "):
        Shard.parse(text)
    assert Shard.parse("8/8") == Shard(8, 8)


def results(folder: Path) -> dict[str, bytes]:
    """Every file but the record, which tells how long things took."""
    found = (path for path in folder.rglob("*.*") if path.suffix in (".html", ".ipynb"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def break_notebook(project: Project, dimension: str) -> None:
    path = project.notebooks / f"{dimension}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("print(region, cycle)", "1 / 0"), encoding="utf-8")


@pytest.mark.slow
def test_shards_gathered_are_the_whole(small_project: Project, command: Callable[..., Any], tmp_path: Path) -> None:
    whole, out, away = tmp_path / "whole", tmp_path / "out", tmp_path / "away"
    some = ("-r", "Skåne", "-r", "Gotland", "-d", "1", "-d", "2", "--engine", "stock")
    assert command("build", *some, "-o", str(whole)).code == 0

    first = command("build", *some, "--shard", "1/2", "-o", str(out))
    assert (first.code, first.err) == (0, "")
    assert "2\N{NO-BREAK SPACE}rapporter gjorda" in first.out
    assert "--gather" in first.out
    assert results(out / DEFAULT_CYCLE) == {}  # nothing outside its own folder

    missing = command("build", *some[:8], "--gather", "-o", str(out))
    assert missing.code == 12
    assert "2 av 4\N{NO-BREAK SPACE}rapporter finns" in missing.out
    assert missing.err.count("Rapporten är inte gjord.") == 2
    assert not (out / PARTS / "1-av-2").exists()

    assert command("build", *some, "--shard", "2/2", "-o", str(away)).code == 0
    gathered = command("build", *some[:8], "--gather", "--from", str(away), "-o", str(out))
    assert (gathered.code, gathered.err) == (0, "")
    assert results(out / DEFAULT_CYCLE) == results(whole / DEFAULT_CYCLE)
    assert len(results(away)) == 4  # what lies elsewhere stays there
    record, expected = (read_record(folder / DEFAULT_CYCLE, DEFAULT_CYCLE) for folder in (out, whole))
    assert {key: job.inputs for key, job in record.jobs.items()} == {k: j.inputs for k, j in expected.jobs.items()}
    assert (record.versions, record.site) == (expected.versions, expected.site)

    again = command("build", *some, "--shard", "1/2", "-o", str(out))
    assert again.out.startswith("0\N{NO-BREAK SPACE}rapporter gjorda")  # what is fresh in the whole is not made again

    # a failure takes the place of what has become old, which stays to be read
    dimension = next(p.stem for p in small_project.notebooks.glob("1-*.ipynb"))
    before = results(out / DEFAULT_CYCLE)
    break_notebook(small_project, dimension)
    assert command("build", *some, "--shard", "1/1", "-o", str(out)).code == 12
    failed = command("build", *some[:8], "--gather", "-o", str(out))
    assert failed.code == 12
    assert failed.err.count("ZeroDivisionError: division by zero.") == 2
    after = results(out / DEFAULT_CYCLE)
    assert after.keys() - before.keys() == {
        f"{unit}/{dimension}.misslyckad.ipynb" for unit in ("12-skane", "09-gotland")
    }
    kept = [name for name in before if not name.endswith(("index.html", "omgang.html"))]  # which tell of failures
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_what_cannot_be_gathered(small_project: Project, command: Callable[..., Any], tmp_path: Path) -> None:
    nothing = command("build", "--gather", "--from", str(tmp_path / "tom"), "-o", str(tmp_path / "out"))
    assert nothing.code == 2
    assert "Där finns ingen del av 2026-2027." in nothing.err
    for wrong in (("--gather", "--shard", "1/2"), ("--gather", "--force"), ("--from", str(tmp_path))):
        assert command("build", *wrong).code == 2
    assert command("build", "--shard", "3/2").code == 2

    out = tmp_path / "out"
    for number, pandas in ((1, "2.2"), (2, "2.3")):
        folder = out / PARTS / f"{number}-av-2" / DEFAULT_CYCLE
        folder.mkdir(parents=True)
        record = read_record(folder, DEFAULT_CYCLE)
        write_record(folder, record.model_copy(update={"versions": {"pandas": pandas}}))
    unlike = command("build", "--gather", "-o", str(out))
    assert unlike.code == 2
    assert "Delen är gjord med pandas 2.3, andra med pandas 2.2." in unlike.err

    shutil.rmtree(out / PARTS / "2-av-2")
    with FileLock(out / PARTS / "1-av-2" / DEFAULT_CYCLE / ".lock"):
        assert "En annan körning arbetar redan" in command("build", "--gather", "-o", str(out)).err
    assert (out / PARTS / "1-av-2").is_dir()


@pytest.mark.slow
def test_the_array_job_of_the_guide(project: Project, small_project: Project, tmp_path: Path) -> None:
    guide = (project.root / "docs" / "cluster.md").read_text(encoding="utf-8")
    [script] = [block.split("```")[0] for block in guide.split("```sh\n")[1:] if "#SBATCH" in block.split("```")[0]]
    places = tmp_path / "varddialog" / ".venv" / "bin"
    places.mkdir(parents=True)
    (places / "varddialog").symlink_to(Path(sysconfig.get_path("scripts"), "varddialog"))
    task = {"HOME": str(tmp_path), "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_COUNT": "88"}
    done = subprocess.run(
        ["bash"], input=script, env={**os.environ, **task}, capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(results(tmp_path / "outputs" / PARTS / "7-av-88")) == 2
