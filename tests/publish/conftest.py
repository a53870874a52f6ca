"""Each rendered report of the built site, beside what the store says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.publish import office
from tests.publish.report import Report
from tests.publish.truth import Truth

from varddialog.batch.plan import Job
from varddialog.config import ROOT_VARIABLE, Project
from varddialog.model.catalogue import Catalogue
from varddialog.pack import Pack, open_pack


@pytest.fixture(scope="session")
def truth(project: Project, catalogue: Catalogue) -> Truth:
    return Truth(project, catalogue)


@pytest.fixture
def report(job: Job, truth: Truth) -> Report:
    return Report(job, truth)


@pytest.fixture(scope="session")
def unit_packs(catalogue: Catalogue) -> dict[str, list[Pack]]:
    """Code → the packs of all dimensions, for Riket and a region."""
    return {code: [open_pack(d.number, code) for d in catalogue.framework.dimensions] for code in ("00", "12")}


@pytest.fixture(scope="module")
def hostile_packs(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Pack]]:
    """Skåne's packs, where the region and two indicators that its slides show have names that mean harm."""
    root = tmp_path_factory.mktemp("hostile").resolve()
    shutil.copytree(project.params, root / "params")
    (root / "data").symlink_to(project.root / "data")
    new_names = {"kontaktsjukskoterska-prostatacancer": office.FORMULA, "sjukpenningtal": office.ENDLESS}
    for path in (root / "params" / "indicators").glob("*.yml"):
        _rewrite(path, "indicators", "slug", {slug: ("name", name) for slug, name in new_names.items()})
    _rewrite(root / "params" / "units.yml", "units", "code", {"12": ("official_name", office.OFFICIAL)})
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(root))
        yield [open_pack(number, "12") for number in range(1, 5)]


def _rewrite(path: Path, key: str, by: str, changes: dict[str, tuple[str, str]]) -> None:
    """Change one field of those entries of a file of params/."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    for entry in found[key]:
        if entry[by] in changes:
            field, value = changes[entry[by]]
            entry[field] = value
    path.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False), encoding="utf-8")
