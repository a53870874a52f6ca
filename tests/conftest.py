"""What most tests start from: the checkout itself, its catalogue, and a copy of params/ to break."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import nbformat
import pandas as pd
import pytest
import yaml
from hypothesis import settings
from tests.building import built_once, shared_folder
from tests.chromium import browser
from tests.making import years_alone

from varddialog import cli
from varddialog.batch.plan import Job, plan
from varddialog.cli import common
from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.data.tidy import write_store
from varddialog.model.catalogue import Catalogue, load_catalogue

__all__ = ["browser"]  # the one fixture that is told elsewhere

# a loaded machine is slow, not wrong
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# a large region, a small one, and the one that is no region
BUILT = ("00-riket", "01-stockholm", "09-gotland")
# reports of the dialogue: each kind, where regions and the country have their own both, and every arena
DIALOGUE = (
    "00-riket/fokusomrade-kompetensforsorjning",
    "01-stockholm/fokusomrade-psykiatri",
    "09-gotland/fokusomrade-tillganglighet",
    "00-riket/diskussionsfragor",
    "09-gotland/diskussionsfragor",
    "00-riket/nationell-oversikt",
    "00-riket/slutrapport",
    "00-riket/dialoguppfoljning-halso-och-sjukvardsdialogen",
    "00-riket/dialoguppfoljning-privata-vardgivare",
    "00-riket/dialoguppfoljning-samverkansregion",
    "00-riket/dialoguppfoljning-tillganglighet",
)
NOTEBOOKS = tuple(sorted(p.stem for p in (Path(__file__).resolve().parents[1] / "notebooks").glob("[1-4]-*.ipynb")))


@pytest.fixture(scope="session")
def project() -> Project:
    """The checkout that the tests belong to, whatever VARDDIALOG_ROOT says."""
    return Project(Path(__file__).resolve().parents[1])


@pytest.fixture(scope="session")
def catalogue(project: Project) -> Catalogue:
    """What the committed params/ says."""
    return load_catalogue(project)


@pytest.fixture
def params_copy(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose params/ is a copy that a test may break; VARDDIALOG_ROOT names it."""
    shutil.copytree(project.params, tmp_path / "params")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    return Project(tmp_path.resolve())


@pytest.fixture(scope="session")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cycle's folder of a real build: three units × every report, through papermill.

    It takes most of a minute, so it is made once, by the first process that asks, and is only read.
    A test that writes builds its own.
    """
    return built_once(shared_folder(tmp_path_factory), "site", project.root, BUILT)


@pytest.fixture(scope="session")
def jobs(project: Project, catalogue: Catalogue, site: Path) -> dict[str, Job]:
    """Every job of the build, by its key."""
    units = [catalogue.units.find(unit) for unit in BUILT]
    return {job.key: job for job in plan(project, catalogue, DEFAULT_CYCLE, site.parent, units)}


@pytest.fixture(params=[f"{unit}/{notebook}" for unit in BUILT for notebook in NOTEBOOKS])
def job(request: pytest.FixtureRequest, jobs: dict[str, Job]) -> Job:
    """Each of the built reports on a dimension in turn."""
    return jobs[request.param]


@pytest.fixture(params=DIALOGUE)
def dialogue_job(request: pytest.FixtureRequest, jobs: dict[str, Job]) -> Job:
    """Built reports of every kind that the dialogue has, in turn."""
    return jobs[request.param]


# a whole project made small: two indicators in one area, notebooks of a few words, and a store to break

SMALL_YEARS = range(2018, 2025)
# what of params/ a small project does without
BIG = ("indicators", "schemas", "themes.yml", "focus-areas", "arenas", "supplements", "comments")
SMALL_FILE = "1-dodlighet.yml"


def _small_indicator(name: str) -> dict[str, object]:
    return {
        "id": name,
        "slug": f"matt-{name.lower()}",
        "name": f"Mått {name}",
        "definition": "Vad som räknas.",
        "limits": "Vad som inte fångas.",
        "measure": "per_100000",
        "direction": "lower_better",
        "direction_by": "projektet",
        "source": {"publisher": "Utgivaren", "channel": "Kanalen"},
        "period": {"kind": "år"},
        "kind": "resultat",
        "principles": [1],
    }


@pytest.fixture(scope="session")
def tidy_rows(catalogue: Catalogue) -> pd.DataFrame:
    """Two indicators of every unit, written as the tidy files write them, without any fault."""
    rows = [
        {
            "indicator_id": name,
            "indicator_name_sv": f"Mått {name}",
            "region_code": unit.code,
            "region_name": unit.official_name,
            "year": year,
            "sex": "T",
            "group_type": None,
            "group": None,
            # Riket in the middle of the regions, and every series with steps of its own
            "value": 100.0 + (0 if unit.is_nation else (i - 11) + (i * year * 7 % 13 - 6) / 10),
            "ci_low": None,
            "ci_high": None,
            "numerator": None,
            "denominator": None,
            "unit": "per 100 000",
            "source": "Utgivaren via Kolada",
        }
        for name in ("N00001", "N00002")
        for i, unit in enumerate(catalogue.units.all)
        for year in SMALL_YEARS
    ]
    return pd.DataFrame(rows)


@pytest.fixture(scope="session")
def write_tidy() -> Callable[[Path, pd.DataFrame], Path]:
    """Writes a folder of tidy files whose observations are the given rows."""

    def write(folder: Path, rows: pd.DataFrame) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        rows.to_csv(folder / "observations.csv", index=False)
        (folder / "international.csv").write_text(
            "indicator_id,country,year,value,unit,source\n"
            'EU_MORT,SE,2022,71.5,per 100 000,"Eurostat hlth_cd, flag b"\n'
            "EU_MORT,DK,2022,80.25,per 100 000,Eurostat hlth_cd\n"
            "EU_LIFE,SE,2021,83.1,år,Eurostat demo_mlexpec\n",
            encoding="utf-8",
        )
        (folder / "deaths_population_by_age.csv").write_text(
            "region_code,year,sex,age_band,deaths,population\n01,2022,K,0,32,13140\n12,2022,K,0,9,4864\n",
            encoding="utf-8",
        )
        return folder

    return write


@pytest.fixture(scope="session")
def _small_template(
    project: Project,
    tidy_rows: pd.DataFrame,
    write_tidy: Callable[[Path, pd.DataFrame], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    root = tmp_path_factory.mktemp("small").resolve()
    shutil.copytree(project.params, root / "params", ignore=shutil.ignore_patterns(*BIG))
    described = {"area": SMALL_FILE.removeprefix("1-").removesuffix(".yml")}
    described["indicators"] = [_small_indicator(name) for name in ("N00001", "N00002")]  # type: ignore[assignment]
    (root / "params" / "indicators").mkdir()
    (root / "params" / "indicators" / SMALL_FILE).write_text(
        yaml.safe_dump(described, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    (root / "requirements.lock").write_text("varddialog==0.1.0\n", encoding="utf-8")
    small = Project(root)
    years_alone(small.params)
    known = load_catalogue(small)
    small.notebooks.mkdir()
    for dimension in known.framework.dimensions:
        cells = {
            "parameters": 'region: str = "00-riket"\ncycle: str = "2026-2027"',
            "setup": "import varddialog",
            "rubrik": "print(region, cycle)",
        }
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(text, id=tag, metadata={"tags": [tag]}) for tag, text in cells.items()],
            metadata={"language_info": {"name": "python"}},
        )
        nbformat.write(notebook, small.notebooks / f"{dimension.notebook}.ipynb")
    write_store(write_tidy(root / "tidy", tidy_rows), small.store, known, "2026-01-01")
    return root


@pytest.fixture
def small_project(_small_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A whole project with two indicators and quick notebooks, without faults, to break; VARDDIALOG_ROOT names it."""
    root = tmp_path / "small"
    shutil.copytree(_small_template, root)
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    return Project(root.resolve())


class Said(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs the command line in this process; lines are wide, so that no cell of a table is broken."""
    monkeypatch.setattr(common, "LOG_WIDTH", 4000)

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["varddialog", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        code = stopped.value.code
        assert code is None or isinstance(code, int)
        return Said(code or 0, *capsys.readouterr())

    return run
