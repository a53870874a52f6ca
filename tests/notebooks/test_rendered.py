"""What a rendered notebook carries: nothing of the machine that made it, and its results as a scrap."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import matplotlib
import pytest
import scrapbook
from tests.conftest import BUILT
from tests.publish.truth import Truth

from varddialog.batch.plan import STAGES, Job
from varddialog.config import ROOT_VARIABLE, Project
from varddialog.model.catalogue import Catalogue

CANARY = "kanariefagel"


def _word(value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(value)}(?!\w)")


@pytest.fixture(scope="module")
def truth(project: Project, catalogue: Catalogue) -> Truth:
    return Truth(project, catalogue)


def test_running_again_gives_the_same_bytes(project: Project, jobs: dict[str, Job], tmp_path: Path) -> None:
    """Built as someone else, elsewhere, in another time zone and language: nothing in what it makes is changed."""
    folder = tmp_path / CANARY
    folder.mkdir()
    changed = {
        ROOT_VARIABLE: str(project.root),
        "HOME": str(folder),
        "USER": CANARY,
        "LOGNAME": CANARY,
        "HOSTNAME": CANARY,
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "MPLCONFIGDIR": matplotlib.get_cachedir(),  # finding the fonts anew takes longer than the build
    }
    program = Path(sysconfig.get_path("scripts"), "varddialog")
    units = [part for unit in BUILT for part in ("-r", unit)]
    command = [str(program), "build", "--html-only", *units, "-o", str(folder / "ut")]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **changed}, cwd=folder)
    assert {job.report.kind for job in jobs.values()} == set(STAGES), "every kind of report"
    for job in jobs.values():
        for first in (job.notebook, job.report_page):
            second = (folder / "ut" / first.relative_to(first.parents[2])).read_bytes()
            assert second == first.read_bytes(), f"{job.key}: {first.suffix} differs"
            assert CANARY.encode() not in second


def _names_nothing_around(path: Path, project: Project, site: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for place in {str(project.root), str(site.parent), site.parent.parent.name, str(Path.home()) + "/"}:
        assert place not in text, f"{path.name} names the folder {place}"
    assert not _word(socket.gethostname()).search(text), f"{path.name} names the host"
    assert not re.search(r"(?<![\w.])/(home|tmp|root|Users|var|private|usr|opt)/", text), "an absolute path"
    assert not re.search(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text), "a date with a time of day"
    assert "papermill" not in text.casefold(), "papermill's own notes hold times and paths"
    assert not re.search(r"0x[0-9a-f]{6,}", text), "an address in memory"


def test_no_path_host_user_or_clock(jobs: dict[str, Job], project: Project, site: Path) -> None:
    pages = [*site.glob("*.html"), *site.glob("*/index.html"), *site.glob("*/dagordning.html")]
    for path in [*pages, *(path for job in jobs.values() for path in (job.notebook, job.report_page))]:
        _names_nothing_around(path, project, site)


def test_run_record_names_no_path_or_host(site: Path, project: Project) -> None:
    text = (site / "run.json").read_text(encoding="utf-8")
    assert '"jobs"' in text
    for place in (str(project.root), str(site.parent), str(Path.home()) + "/"):
        assert place not in text
    assert not _word(socket.gethostname()).search(text)


def _scrap(job: Job) -> dict[str, Any]:
    """The glued results, read as any other notebook would read them."""
    scraps = scrapbook.read_notebook(str(job.notebook)).scraps
    assert list(scraps) == ["results"]
    data: dict[str, Any] = scraps["results"].data
    return data


def test_glued_results_are_those_of_the_store(job: Job, truth: Truth) -> None:
    glued = _scrap(job)
    catalogue, code = truth.catalogue, job.unit.code
    assert (glued["dimension"], glued["unit"]) == (job.dimension.number, code)
    for row in [*glued["results"], *glued["context"]]:
        indicator, sex = catalogue.indicators[row["indicator"]], row["sex"]
        own = truth.whole(indicator, code, sex)
        assert row["area"] == catalogue.area_of[indicator.id], indicator.id
        assert row["when"] == max(own), indicator.id
        assert row["value"] == own[max(own)].value, indicator.id
        nation = truth.nation(indicator, sex).get(row["when"])
        assert row["nation"] == (nation.value if nation else None), indicator.id
        regions = truth.trusted(indicator, row["when"], sex)
        assert row["regions"] == len(regions), indicator.id
        assert row["lowest"] == (min(regions) if len(regions) >= 3 else None), indicator.id
        assert row["highest"] == (max(regions) if len(regions) >= 3 else None), indicator.id
        assert row["flagged"] == truth.is_doubted_now(indicator, code, sex), indicator.id


def test_glued_counts_and_states(job: Job, truth: Truth) -> None:
    glued = _scrap(job)
    catalogue = truth.catalogue
    own = catalogue.of_dimension(job.dimension)
    shown = {i.id for i in own if not i.gap and not i.duplicate_of and truth.sexes(i, job.unit.code)}
    assert {row["indicator"] for row in glued["results"]} == shown
    assert glued["indicators"] == len(shown) > 0
    assert glued["gaps"] == sum(i.gap is not None for i in own)
    newest = catalogue.cycle(job.cycle).newest_year
    for row in glued["results"]:
        indicator = catalogue.indicators[row["indicator"]]
        today = truth.is_today(indicator, job.unit.code, row["sex"], newest)
        assert (row["state"] == "aktuell") == today, indicator.id
    assert glued["context"], "the unit's population and frame"
    assert {row["state"] for row in glued["context"]} == {"aktuell"}
