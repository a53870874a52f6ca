"""Archives of the built site, made in a copy of it."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.publish.share.share import Shared, Sharing

Files = dict[str, bytes]


def copied(site: Path, output: Path) -> Path:
    """`output` with the results of the site: the same files, but for the lock, which each copy has of its own."""
    shutil.copytree(site, output / site.name, copy_function=os.link, ignore=shutil.ignore_patterns(".lock"))
    return output


def share(project: Project, output: Path, unit: str) -> Shared:
    """The unit's archive, of the results in `output`."""
    with Sharing.of(project, DEFAULT_CYCLE, output) as sharing:
        return sharing.make(sharing.results.catalogue.units.find(unit))


def unpacked(archive: bytes) -> Files:
    """Every file of an archive."""
    with ZipFile(io.BytesIO(archive)) as opened:
        return {info.filename: opened.read(info) for info in opened.infolist()}


@pytest.fixture
def results(site: Path, tmp_path: Path) -> Path:
    """A copy of the built results, whose files may be replaced (they are the same files as the site's)."""
    return copied(site, tmp_path / "resultat")


@pytest.fixture(scope="session")
def archive_of(project: Project, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Shared]:
    """The archive of a built unit, each made once."""
    output = copied(site, tmp_path_factory.mktemp("shared") / "resultat")
    made: dict[str, Shared] = {}

    def of(unit: str) -> Shared:
        if unit not in made:
            made[unit] = share(project, output, unit)
        return made[unit]

    return of


@pytest.fixture(params=["09-gotland", "00-riket"])
def shared(request: pytest.FixtureRequest, archive_of: Callable[[str], Shared]) -> Shared:
    """The archive of a region, and of the whole country."""
    return archive_of(request.param)


@pytest.fixture
def files(shared: Shared) -> Files:
    return unpacked(shared.path.read_bytes())
