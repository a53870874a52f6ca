"""A project whose Skåne has values within the region, and the packs before and after."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.data.own.files import TODAY, csv_file
from tests.data.within.placed import LUND, MALMO, UNIT, VISBY, YSTAD, origin, part, put, row

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.data.own.add import add
from varddialog.model.catalogue import load_catalogue

# a measure of the first dimension with values per municipality, one of the second with the region's own, a gap
MUNICIPAL, OWN, GAP = "N01451", "U70513", "U70425"


@pytest.fixture(scope="module")
def placed(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Municipal values of one measure in two regions, and Skåne's own of two others; VARDDIALOG_ROOT names it."""
    root = tmp_path_factory.mktemp("placed").resolve()
    for name in ("params", "notebooks"):
        shutil.copytree(project.root / name, root / name)
    shutil.copytree(project.stores, root / "data" / "store", ignore=shutil.ignore_patterns("20*", "current", ".*"))
    shutil.copy(project.lock, root)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(root))
        yield with_places(Project(root))


def with_places(scene: Project) -> Project:
    folder = scene.root / "delar"
    folder.mkdir()
    values = {LUND: 120.0, MALMO: 240.0, YSTAD: 180.0, VISBY: 150.0, UNIT: 170.0}
    rows = [row(MUNICIPAL, p.code, year, v + year - 2024) for p, v in values.items() for year in (2022, 2023, 2024)]
    put(scene, part(folder, rows, origin=origin(publisher="Folkhälsomyndigheten", channel="Kolada (RKA)")))
    own = csv_file(
        folder,
        f"{OWN};Norrby <b>;2025;;;82,4;79,1;85,3;412;500",
        f"{OWN};Söderby;2025;;;77,5;;;155;200",
        f"{OWN};Västerby;2025;;;75;;;3;4",
        f"{OWN};Österby;2025;;;90;;;180;200",
        "U79149;Norrby <b>;2025;;;3,1;;;;",
    )
    add(scene, load_catalogue(scene), own, "Skåne", TODAY)
    return scene


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    folder = tmp_path / "delar"
    folder.mkdir()
    return folder
