"""The ways to the material of the dialogue: rows of links on the covers and the country's page, none to nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from varddialog.batch.plan import Job, reports_of
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import AgendaPoint, Cycle
from varddialog.publish.site.material import AGENDA, SUPPLEMENT, Material
from varddialog.publish.site.ways import ways_of_country, ways_of_unit
from varddialog.publish.site.whole import Cell


@pytest.fixture
def jobs_of(catalogue: Catalogue, project: Project, tmp_path: Path) -> dict[str, list[Job]]:
    """Code → every job of Riket and a region."""
    made = {}
    for unit in (catalogue.units.nation, catalogue.units.find("09")):
        (tmp_path / unit.folder).mkdir()
        made[unit.code] = [
            Job(unit, report, DEFAULT_CYCLE, project.notebooks / "x.ipynb", tmp_path / unit.folder)
            for report in reports_of(unit, catalogue, DEFAULT_CYCLE)
        ]
    return made


@pytest.fixture
def with_agendas(catalogue: Catalogue) -> Cycle:
    points = [AgendaPoint(kind="regionen", title="Inledning", about="Regionen berättar.", minutes=60)]
    return catalogue.cycle(DEFAULT_CYCLE).model_copy(update={"agenda": points, "national_agenda": points})


def _cells(jobs: list[Job], failed: tuple[str, ...] = (), missing: tuple[str, ...] = ()) -> list[Cell]:
    lacking = (*failed, *missing)
    return [Cell(j, not j.report.slug.startswith(lacking), j.report.slug.startswith(failed)) for j in jobs]


def _hrefs(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)


def test_a_regions_cover_leads_to_what_is_read_before_the_visit(
    jobs_of: dict[str, list[Job]], with_agendas: Cycle
) -> None:
    jobs = jobs_of["09"]
    (jobs[0].folder / AGENDA).touch()
    (jobs[0].folder / SUPPLEMENT).touch()
    rows = dict(ways_of_unit(Material.of(jobs[0].unit, _cells(jobs), with_agendas)))
    assert list(rows) == ["Inför besöket", "Fokusområden"]
    assert _hrefs(rows["Inför besöket"]) == [AGENDA, "diskussionsfragor.html", SUPPLEMENT]
    focus = [j.report_page.name for j in jobs if j.report.kind == "fokusområde"]
    assert len(focus) == 6
    assert _hrefs(rows["Fokusområden"]) == focus


def test_what_is_not_there_is_named_with_its_reason_and_without_a_link(
    jobs_of: dict[str, list[Job]], with_agendas: Cycle
) -> None:
    jobs = jobs_of["09"]
    cells = _cells(jobs, failed=("diskussionsfragor",), missing=("fokusomrade",))
    rows = dict(ways_of_unit(Material.of(jobs[0].unit, cells, with_agendas)))
    assert rows["Inför besöket"] == "Dagordning (inte gjord) · Diskussionsfrågor (misslyckades)"
    assert rows["Fokusområden"] == "Inget är gjort än"


def test_rikets_cover_leads_to_the_national_notebooks(jobs_of: dict[str, list[Job]], with_agendas: Cycle) -> None:
    jobs = jobs_of["00"]
    (jobs[0].folder / AGENDA).touch()
    rows = dict(ways_of_unit(Material.of(jobs[0].unit, _cells(jobs), with_agendas)))
    assert list(rows) == ["Hela landet", "Fokusområden", "Arenor"]
    whole = _hrefs(rows["Hela landet"])
    assert whole == ["nationell-oversikt.html", "slutrapport.html", "diskussionsfragor.html", AGENDA]
    assert _hrefs(rows["Arenor"]) == [j.report_page.name for j in jobs if j.report.kind == "arena"]


def test_the_countrys_page_leads_only_to_what_is_there(jobs_of: dict[str, list[Job]], with_agendas: Cycle) -> None:
    jobs = jobs_of["00"]
    cells = _cells(jobs, failed=("slutrapport",), missing=("dialoguppfoljning", "fokusomrade-psykiatri"))
    rows = dict(ways_of_country(Material.of(jobs[0].unit, cells, with_agendas)))
    assert list(rows) == ["Hela landet", "Fokusområden"], "no arena is made"
    assert _hrefs(rows["Hela landet"]) == ["00-riket/nationell-oversikt.html", "00-riket/diskussionsfragor.html"]
    assert len(_hrefs(rows["Fokusområden"])) == 5
    assert "misslyckades" not in rows["Hela landet"]


def test_a_cycle_without_a_dialogue_has_no_ways(jobs_of: dict[str, list[Job]]) -> None:
    jobs = [job for job in jobs_of["09"] if job.report.kind == "dimension"]
    bare = Cycle(name="2026–2027", years=[2026, 2027], data_until="2026-11-21")
    assert ways_of_unit(Material.of(jobs[0].unit, _cells(jobs), bare)) == []
