"""What a result was made of: what changes is named, and nothing else counts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from varddialog.batch.fingerprint import PARTS, Inputs, inputs, shared_inputs
from varddialog.batch.plan import Job, plan
from varddialog.batch.reasons import changed
from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.data.schema import MANIFEST
from varddialog.data.tidy import write_store
from varddialog.errors import DataError
from varddialog.model.catalogue import Catalogue, load_catalogue


@dataclass(frozen=True)
class WithLibrary(Project):
    """A project that has its library inside, so that it can be edited too."""

    @property
    def library(self) -> Path:
        return self.root / "lib"


@pytest.fixture
def here(small_project: Project, project: Project) -> Project:
    shutil.copytree(project.library, small_project.root / "lib", ignore=shutil.ignore_patterns("__pycache__"))
    return WithLibrary(small_project.root)


@pytest.fixture
def job(here: Project, tmp_path: Path) -> Job:
    """Skåne's report on the dimension that the small project has figures for."""
    return job_of("Skåne", 1, here, tmp_path)


def job_of(unit: str, dimension: int, here: Project, output: Path) -> Job:
    known = load_catalogue(here)
    chosen = [known.units.find(unit)], [known.dimension(dimension)]
    return plan(here, known, DEFAULT_CYCLE, output, *chosen)[0]


def made_of(job: Job, here: Project) -> Inputs:
    return inputs(job, shared_inputs(here, load_catalogue(here)))


def append(*parts: str, text: str = "\n# en kommentar\n") -> Callable[[Project], None]:
    def change(here: Project) -> None:
        path = here.root.joinpath(*parts)
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def remove(*parts: str) -> Callable[[Project], None]:
    return lambda here: here.root.joinpath(*parts).unlink()


def rename(old: str, new: str) -> Callable[[Project], None]:
    def change(here: Project) -> None:
        (here.root / old).rename(here.root / new)

    return change


def swap(old: str, new: str, *parts: str) -> Callable[[Project], None]:
    def change(here: Project) -> None:
        path = here.root.joinpath(*parts)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def notebook(edit: Callable[[dict[str, Any]], object]) -> Callable[[Project], None]:
    def change(here: Project) -> None:
        path = here.notebooks / "1-halsa-i-befolkningen.ipynb"
        found = json.loads(path.read_text(encoding="utf-8"))
        edit(found)
        path.write_text(json.dumps(found), encoding="utf-8")

    return change


def test_nothing_changed_is_nothing_told(job: Job, here: Project) -> None:
    first = made_of(job, here)
    assert first.parts.keys() == set(PARTS)
    (here.root / "notebooks" / "1-halsa-i-befolkningen.ipynb").touch()
    assert changed(job, first, made_of(job, here)) == []


INDICATORS = ("params", "indicators", "1-dodlighet.yml")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (notebook(lambda n: n["cells"][2].update(source="print('ny')")), "notebooken 1-halsa-i-befolkningen är ändrad"),
        (append("notebooks", "1-halsa-i-befolkningen.ipynb"), "notebooken 1-halsa-i-befolkningen är ändrad"),
        (append("lib", "prose", "words.py"), "programmet är ändrat (prose/words.py)"),
        (append("lib", "figures", "svg.py"), "programmet är ändrat (figures/svg.py)"),
        (append("lib", "pack", "templates", "area.html.j2"), "programmet är ändrat (pack/templates/area.html.j2)"),
        (append("lib", "pack", "templates", "report.css"), "programmet är ändrat (pack/templates/report.css)"),
        (append("lib", "model", "ny.py"), "programmet är ändrat (model/ny.py)"),
        (append("lib", "batch", "scrub.py"), "programmet är ändrat (batch/scrub.py)"),
        (rename("lib/swedish.py", "lib/svenska.py"), "programmet är ändrat (swedish.py)"),
        (append("lib", "publish", "report.py"), "sidans utformning är ändrad (publish/report.py)"),
        (swap("Mått N00001", "Nytt namn", *INDICATORS), "params/ är ändrat (Nytt namn)"),
        (swap("Region Skåne", "Skåneland", "params", "units.yml"), "params/ är ändrat (enheterna)"),
        (append("requirements.lock", text="numpy==9 \\\n    --hash=x\n"), "paketversionerna är ändrade (numpy)"),
        (remove("requirements.lock"), "paketversionerna är ändrade (varddialog)"),
        (append("requirements.lock", text="nbconvert==9\n"), "sidans utformning är ändrad (nbconvert)"),
    ],
)
def test_what_changed_is_named(job: Job, here: Project, change: Callable[[Project], None], words: str) -> None:
    before = made_of(job, here)
    change(here)
    assert changed(job, before, made_of(job, here)) == [words]


@pytest.mark.parametrize(
    "change",
    [
        append("notebooks", "2-kvalitet-i-tjansterna.ipynb"),
        notebook(lambda n: n["cells"][2].update(execution_count=7, outputs=[{"output_type": "stream", "text": "x"}])),
        notebook(lambda n: n["cells"][2].update(source="".join(n["cells"][2]["source"]))),
        append("params", "README.md"),
        append(*INDICATORS),
        append("requirements.lock"),
        append("lib", "__pycache__", "words.cpython-311.pyc"),
        append("lib", "cli", "build.py"),
        append("lib", "batch", "runner.py"),
        append("lib", "data", "update", "merge.py"),
        append("lib", "data", "quality", "jumps.py"),
        append("lib", "kernelspec", "kernel.json"),
        append("data", "store", MANIFEST, text=" "),
        append("README.md"),
    ],
)
def test_what_a_result_is_not_made_of_does_not_count(
    job: Job, here: Project, change: Callable[[Project], None]
) -> None:
    before = made_of(job, here)
    change(here)
    assert changed(job, before, made_of(job, here)) == []


def test_other_parameters(job: Job, here: Project) -> None:
    before = made_of(job, here)
    after = made_of(replace(job, unit=load_catalogue(here).units.find("Gotland")), here)
    assert before.parts["parameters"] != after.parts["parameters"]
    assert changed(job, before, after)[0] == "parametrarna är ändrade (region)"


def with_figure(here: Project, rows: pd.DataFrame, write_tidy: Any, **changes: Any) -> None:
    """Write the store anew with one figure changed: that of the unit, year and indicator, or a new group's."""
    one = (rows.indicator_id == "N00001") & (rows.region_code == changes.pop("region")) & (rows.year == 2020)
    if "group" in changes:
        rows = pd.concat([rows, rows[one].assign(**changes)])
    else:
        rows = rows.assign(**{k: rows[k].mask(one, v) for k, v in changes.items()})
    write_store(write_tidy(here.root / "ny", rows), here.store, load_catalogue(here), "2026-01-01")


@pytest.mark.parametrize(
    ("unit", "dimension", "stale"),
    [("Skåne", 1, True), ("Gotland", 1, True), ("Riket", 1, True), ("Skåne", 2, False), ("Gotland", 3, False)],
)
def test_a_figure_is_told_by_its_indicator_where_it_is_shown(
    here: Project, tmp_path: Path, tidy_rows: pd.DataFrame, write_tidy: Any, unit: str, dimension: int, stale: bool
) -> None:
    job = job_of(unit, dimension, here, tmp_path)
    before = made_of(job, here)
    with_figure(here, tidy_rows, write_tidy, region="12", value=101.5)
    assert changed(job, before, made_of(job, here)) == (["uppgifterna är ändrade (Mått N00001)"] if stale else [])


def test_the_figure_of_a_group_is_its_own_region_s(
    here: Project, tmp_path: Path, tidy_rows: pd.DataFrame, write_tidy: Any
) -> None:
    groups = {"group_type": "utbildning", "group": "Gymnasial"}
    with_figure(here, tidy_rows, write_tidy, region="12", value=99.0, **groups)
    jobs = {(u, d): job_of(u, d, here, tmp_path) for u in ("Skåne", "Gotland") for d in (1, 2, 4)}
    before = {key: made_of(job, here) for key, job in jobs.items()}
    with_figure(here, tidy_rows, write_tidy, region="12", value=98.0, **groups)
    stale = {key for key, job in jobs.items() if changed(job, before[key], made_of(job, here))}
    assert stale == {("Skåne", 1), ("Skåne", 4)}


def test_at_most_three_are_named(job: Job, here: Project) -> None:
    before = made_of(job, here)
    for name in ("svg", "style", "sheet", "frame", "groups"):
        append("lib", "figures", f"{name}.py")(here)
    named = "figures/frame.py, figures/groups.py, figures/sheet.py och 2 till"
    assert changed(job, before, made_of(job, here)) == [f"programmet är ändrat ({named})"]


def test_several_changes_are_all_named_and_the_page_goes_without_saying(job: Job, here: Project) -> None:
    before = made_of(job, here)
    append("requirements.lock", text="numpy==9\n")(here)
    append("lib", "publish", "report.py")(here)
    append("lib", "errors.py")(here)
    assert changed(job, before, made_of(job, here)) == [
        "programmet är ändrat (errors.py)",
        "paketversionerna är ändrade (numpy)",
    ]


def test_without_the_pieces_the_parts_are_told(job: Job, here: Project) -> None:
    before = Inputs.model_validate_json(made_of(job, here).model_dump_json())
    append("lib", "errors.py")(here)
    assert changed(job, before, made_of(job, here)) == ["programmet är ändrat"]


def test_a_record_without_inputs_is_all_changed(job: Job, here: Project) -> None:
    assert len(changed(job, Inputs(), made_of(job, here))) == len(PARTS) - 1


def test_where_the_project_lies_does_not_count(job: Job, here: Project, tmp_path: Path) -> None:
    moved = WithLibrary(shutil.copytree(here.root, tmp_path / "flyttad"))
    there: Any = replace(job, source=moved.notebooks / job.source.name)
    assert made_of(there, moved) == made_of(job, here)


def test_a_manifest_that_is_gone_is_told(job: Job, here: Project) -> None:
    (here.store / MANIFEST).unlink()
    with pytest.raises(DataError, match=MANIFEST):
        made_of(job, here)


def test_the_index_pages_are_made_of_everything(here: Project) -> None:
    known = load_catalogue(here)
    first = shared_inputs(here, known).snapshot
    assert shared_inputs(here, known).snapshot == first
    append("data", "store", MANIFEST, text=" ")(here)
    assert shared_inputs(here, known).snapshot != first


def test_a_pack_uses_no_module_that_its_key_leaves_out(project: Project, catalogue: Catalogue) -> None:
    """Every module of the package that opening packs and showing them loads is a piece of the program."""
    opened = "from varddialog.pack import open_pack; import sys, json\n"
    opened += (
        "for d in (1, 2, 3, 4):\n    pack = open_pack(d, '12')\n    pack.header(), pack.summary(), pack.overview()\n"
    )
    opened += "    [pack.area(leaf.slug) for leaf in pack.dimension.leaves()]\n"
    opened += "    pack.grading(), pack.context(), pack.method(), pack.glue(), pack.style()\n"
    opened += (
        "names = [m.__file__ for n, m in sys.modules.items() if n.partition('.')[0] == 'varddialog' and m.__file__]\n"
    )
    opened += "print(json.dumps(names))"
    environment = {**os.environ, ROOT_VARIABLE: str(project.root)}
    done = subprocess.run([sys.executable, "-c", opened], capture_output=True, text=True, check=True, env=environment)
    used = {Path(name).relative_to(project.library).as_posix() for name in json.loads(done.stdout)}
    pieces = shared_inputs(project, catalogue).pieces
    assert {name for name in used if f"library/{name}" not in pieces} == set()
    assert "figures/indicator.py" in used
