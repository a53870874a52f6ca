"""One region's figures or parameters are broken: told in words, and no good report gives way to a bad one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.making import observation

from varddialog.assessment.likeness import LIKENESS, POPULATION
from varddialog.assessment.peers import similar_regions
from varddialog.config import ROOT_VARIABLE, Project
from varddialog.data.rows import Observation
from varddialog.data.schema import MANIFEST, ORDERINGS
from varddialog.data.tidy import write_store
from varddialog.errors import DataError
from varddialog.model.catalogue import Catalogue, load_catalogue

BY_UNIT = next(iter(ORDERINGS))
BROKEN, WHOLE = "12", "09"
REGION_FILE = "params/regions/12-skane.yml"
WriteTidy = Callable[[Path, pd.DataFrame], Path]


@pytest.fixture(scope="module")
def _built(_small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "small"
    shutil.copytree(_small_template, root)
    build = [str(Path(sysconfig.get_path("scripts"), "varddialog")), "build", "-r", BROKEN, "-r", WHOLE, "-d", "1"]
    subprocess.run(build, env={**os.environ, ROOT_VARIABLE: str(root)}, check=True, capture_output=True)
    return root


@pytest.fixture
def built(_built: Path, small_project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A small project with a report of both regions, made of whole figures."""
    monkeypatch.setenv("COLUMNS", "300")
    shutil.copytree(_built / "outputs", small_project.outputs)
    return small_project


def reports(project: Project) -> dict[str, bytes]:
    """Everything that lies in the outputs, by its path."""
    found = {p.relative_to(project.outputs).as_posix(): p.read_bytes() for p in project.outputs.rglob("*")
             if p.is_file()}  # fmt: skip
    assert {Path(name).parent.name for name in found if name.endswith(".ipynb")} == {"09-gotland", "12-skane"}
    return found


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def overwrite_the_first_region(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:64] + bytes(64) + content[128:])


@pytest.mark.parametrize("damage", [truncate, overwrite_the_first_region])
def test_a_damaged_part_stops_the_build_and_every_report_stays(
    command: Any, built: Project, damage: Callable[[Path], None]
) -> None:
    """The regions share the file, so no region's figures in it can be trusted: not even the others are made."""
    before = reports(built)
    damage(built.store / BY_UNIT)
    for arguments in (("build", "--force"), ("build", "-r", WHOLE, "--force"), ("data", "verify")):
        said = command(*arguments)
        assert said.code == 11
        assert said.err == (
            f"data/store/{BY_UNIT}: Filen är ändrad: kontrollsumman stämmer inte. Återställ data/store ur git.\n"
        )
    assert command("check").code == 11
    assert reports(built) == before


def broken_yaml(path: Path) -> None:
    path.write_text("region: [12-skane\n", encoding="utf-8")


def other_region(path: Path) -> None:
    path.write_text("region: 09-gotland\ncycle: 2026-2027\n", encoding="utf-8")


@pytest.mark.parametrize("harm", [broken_yaml, other_region, Path.unlink], ids=["yaml", "other region", "missing"])
def test_a_broken_parameter_file_stops_the_build_and_every_report_stays(
    command: Any, built: Project, harm: Callable[[Path], None]
) -> None:
    before = reports(built)
    harm(built.root / REGION_FILE)
    said = command("build", "--force")
    assert said.code == 10
    assert said.err.startswith(REGION_FILE)
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) == 1
    checked = command("check")
    assert checked.code == 10
    assert REGION_FILE in checked.out
    assert reports(built) == before


def test_a_region_without_a_row_is_refused_and_every_report_stays(
    command: Any, built: Project, tidy_rows: pd.DataFrame, write_tidy: WriteTidy, tmp_path: Path
) -> None:
    before, stored = reports(built), (built.store / MANIFEST).read_bytes()
    without = write_tidy(tmp_path / "in", tidy_rows[tidy_rows["region_code"] != BROKEN])
    with pytest.raises(DataError) as caught:
        write_store(without, built.store, load_catalogue(built), "2026-02-02")
    assert str(caught.value) == (
        "observations.csv: Skåne (enhet 12) har inga uppgifter alls. "
        "Tillåtet: minst en rad för varje enhet i params/units.yml. "
        "Hämta uppgifterna på nytt; de förra rapporterna ligger kvar."
    )
    assert (built.store / MANIFEST).read_bytes() == stored
    assert "2\u00a0rapporter" not in command("build", "-r", BROKEN, "-r", WHOLE, "-d", "1", "--dry-run").out
    assert reports(built) == before


def others(command: Any) -> list[dict[str, Any]]:
    """The assessments of every other region."""
    assessed = command("assess", "--format", "json")
    assert assessed.code == 0, assessed.err
    found = [row for row in json.loads(assessed.out) if row["region"] != BROKEN]
    assert len(found) == 2 * 21
    return found


@pytest.mark.parametrize("value", [4.2e11, -3.0])
def test_an_absurd_value_is_told_and_touches_no_other_region(
    command: Any, built: Project, tidy_rows: pd.DataFrame, write_tidy: WriteTidy, tmp_path: Path, value: float
) -> None:
    """It is compared with nothing: the others are assessed as if the region had no value that year."""
    known = load_catalogue(built)
    last = (tidy_rows["region_code"] == BROKEN) & (tidy_rows["year"] == tidy_rows["year"].max())
    place = last & (tidy_rows["indicator_id"] == "N00001")
    assert place.sum() == 1
    write_store(write_tidy(tmp_path / "without", tidy_rows[~place]), built.store, known, "2026-01-01")
    without = others(command)
    absurd = tidy_rows.assign(value=tidy_rows["value"].mask(place, value))
    write_store(write_tidy(tmp_path / "in", absurd), built.store, known, "2026-01-01")
    assert others(command) == without

    told = command("data", "verify", "-i", "N00001")
    assert told.code == 0
    assert "fel: 1," in told.out
    assert "Skåne, 2024, T" in told.out
    assert command("check").code == 0
    made = command("build", "-r", BROKEN, "-r", WHOLE, "-d", "1")
    assert made.code == 0, made.err
    assert "2\u00a0rapporter gjorda" in made.out


def test_a_region_of_nobody_has_no_likeness_and_takes_none_from_others(catalogue: Catalogue) -> None:
    def rows(population: float) -> dict[str, list[Observation]]:
        return {
            series: [
                observation(
                    unit.code, 2024, population if unit.code == BROKEN and series == POPULATION else 10.0 + place
                )
                for place, unit in enumerate(catalogue.units.regions)
            ]
            for series in LIKENESS
        }

    broken, whole = catalogue.units.by_code[BROKEN], catalogue.units.by_code[WHOLE]
    for nobody in (0.0, -5.0):
        assert similar_regions(broken, rows(nobody)) is None
        alike = similar_regions(whole, rows(nobody))
        assert alike is not None
        assert alike.compared == len(catalogue.units.regions) - 1
    assert similar_regions(broken, rows(20.0)) is not None
