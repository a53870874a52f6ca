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

from varddialog.assessment.results import STALE_YEARS
from varddialog.batch.plan import Job
from varddialog.config import ROOT_VARIABLE, Project
from varddialog.data.rows import Observation
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue
from varddialog.model.units import NATION

# built a second time as someone else, elsewhere, in another time zone and language
AGAIN = ("00-riket/4-jamlik-vard-och-halsa", "09-gotland/3-effektiva-och-hallbara-system")
CANARY = "kanariefagel"


def _bundle(value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(value)}(?!\w)")


@pytest.fixture(scope="module")
def again(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Notebook and page of the jobs in `AGAIN`, made with everything around them changed."""
    folder = tmp_path_factory.mktemp(CANARY)
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
    found = {}
    for key in AGAIN:
        unit, notebook = key.split("/")
        program = Path(sysconfig.get_path("scripts"), "varddialog")
        command = [str(program), "build", "-r", unit, "-d", notebook[0], "-j", "1", "-o", str(folder / "ut")]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **changed}, cwd=folder)
        base = folder / "ut" / "2026-2027" / unit
        found[key] = ((base / f"{notebook}.ipynb").read_bytes(), (base / f"{notebook}.html").read_bytes())
    return found


@pytest.mark.parametrize("key", AGAIN)
def test_running_again_gives_the_same_bytes(
    key: str, again: dict[str, tuple[bytes, bytes]], jobs: dict[str, Job]
) -> None:
    notebook, page = again[key]
    assert notebook == jobs[key].notebook.read_bytes()
    assert page == jobs[key].report.read_bytes()
    assert CANARY.encode() not in notebook + page


def test_no_path_host_user_or_clock(job: Job, project: Project, site: Path) -> None:
    for path in (job.notebook, job.report):
        text = path.read_text(encoding="utf-8")
        for place in {str(project.root), str(site.parent), site.parent.parent.name, str(Path.home()) + "/"}:
            assert place not in text, f"{path.name} names the folder {place}"
        assert not _bundle(socket.gethostname()).search(text), f"{path.name} names the host"
        assert not re.search(r"(?<![\w.])/(home|tmp|root|Users|var|private|usr|opt)/", text), "an absolute path"
        assert not re.search(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text), "a date with a time of day"
        assert "papermill" not in text.casefold(), "papermill's own notes hold times and paths"
        assert not re.search(r"0x[0-9a-f]{6,}", text), "an address in memory"


def test_run_record_names_no_path_or_host(site: Path, project: Project) -> None:
    text = (site / "run.json").read_text(encoding="utf-8")
    assert '"jobs"' in text
    for place in (str(project.root), str(site.parent), str(Path.home()) + "/"):
        assert place not in text
    assert not _bundle(socket.gethostname()).search(text)


def _scrap(job: Job) -> dict[str, Any]:
    """The glued results, read as any other notebook would read them."""
    scraps = scrapbook.read_notebook(str(job.notebook)).scraps
    assert list(scraps) == ["results"]
    data: dict[str, Any] = scraps["results"].data
    return data


def _series(store: Store, ids: list[str]) -> dict[tuple[str, str, str], dict[str, Observation]]:
    """Indicator, region, sex → time → observation of the whole population."""
    found: dict[tuple[str, str, str], dict[str, Observation]] = {}
    for rows in store.series(ids).values():
        for o in rows:
            if not o.grouping:
                found.setdefault((o.indicator, o.region, o.sex), {})[o.when] = o
    return found


def test_glued_results_are_those_of_the_store(job: Job, project: Project, catalogue: Catalogue) -> None:
    glued = _scrap(job)
    assert (glued["dimension"], glued["unit"]) == (job.dimension.number, job.unit.code)
    rows = [*glued["results"], *glued["context"]]
    store = Store.of(project)
    series = _series(store, [row["indicator"] for row in rows])
    remarks = store.remarks_on([row["indicator"] for row in rows])
    doubted = {
        (r.indicator, r.region, r.period or str(r.year), r.sex)
        for found in remarks.values()
        for r in found
        if r.level in ("fel", "osannolikt") and not r.grouping
    }
    for row in rows:
        indicator, sex = row["indicator"], row["sex"]
        told = f"{indicator} {sex}"
        assert catalogue.area_of[indicator] == row["area"], told
        own = series[indicator, job.unit.code, sex]
        assert row["when"] == max(own), told
        assert row["value"] == own[max(own)].value, told
        compared = not catalogue.indicators[indicator].is_count
        nation = series.get((indicator, NATION, sex), {}).get(row["when"])
        assert row["nation"] == (nation.value if nation and compared else None), told
        regions = [
            series[indicator, u.code, sex][row["when"]].value
            for u in catalogue.units.regions
            if row["when"] in series.get((indicator, u.code, sex), {})
            and (indicator, u.code, row["when"], sex) not in doubted
        ]
        regions = regions if compared else []
        assert row["regions"] == len(regions), told
        assert row["lowest"] == (min(regions) if len(regions) >= 3 else None), told
        assert row["highest"] == (max(regions) if len(regions) >= 3 else None), told
        here = {(indicator, c, row["when"], sex) for c in ({job.unit.code, NATION} if compared else {job.unit.code})}
        assert row["flagged"] == bool(here & doubted), told


def test_glued_counts_and_states(job: Job, project: Project, catalogue: Catalogue) -> None:
    glued = _scrap(job)
    ids = {row["indicator"] for row in glued["results"]}
    assert glued["indicators"] == len(ids) > 0
    own = catalogue.of_dimension(job.dimension)
    assert ids <= {i.id for i in own}
    assert glued["gaps"] == sum(i.gap is not None for i in own)
    yearly = [s.last_year for s in Store.of(project).manifest.series.values() if s.period in ("år", "rullande")]
    for row in glued["results"]:
        age = max(yearly) - int(row["when"][:4])
        old = "gammal" if age > STALE_YEARS else "aktuell"
        discontinued = catalogue.indicators[row["indicator"]].discontinued is not None
        assert row["state"] == ("historisk" if discontinued else old), row["indicator"]
    assert all(row["state"] == "aktuell" for row in glued["context"])
