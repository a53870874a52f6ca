"""The cycle's page: where in the two years we are, the visits, and what each region's material lacks."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import pytest
from tests.publish.reading import by_id, of_class, words

from varddialog.batch.plan import Job, reports_of
from varddialog.batch.record import Failure, JobRecord, RunRecord
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import AgendaPoint, Cycle, Milestone, Phase, Role, Visit
from varddialog.publish.site.cycle import cycle_page
from varddialog.publish.site.how_far import links
from varddialog.publish.site.material import AGENDA, SUPPLEMENT, Material
from varddialog.publish.site.timeline import timeline
from varddialog.publish.site.whole import cells_by_unit

PHASES = [
    Phase(slug="fore", name="Förberedelse", purpose="Underlag tas fram.", start="2026-01-01", end="2026-12-31"),
    Phase(slug="ute", name="Besök", purpose="Departementet reser.", start="2027-01-01", end="2027-08-31"),
    Phase(slug="hela", name="Nationell dialog", purpose="Alla samlas.", start="2027-09-01", end="2027-12-31"),
]
MILESTONES = [
    Milestone(slug="valda", name="Fokusområdena är valda", phase="fore", date="2026-10-15", by=["dep", "skr"]),
    Milestone(slug="underlag", name="Underlagen är klara", phase="fore", date="2026-12-01", by=["skr"]),
    Milestone(slug="nara", name="Tilläggen är inne", phase="fore", date="2026-12-10", by=["dep"]),
    Milestone(slug="sist", name="Sista besöket är gjort", phase="ute", by=["dep"]),
]
ROLES = [
    Role.model_validate(
        {
            "slug": slug,
            "name": name,
            "about": "Om rollen.",
            "duties": [
                {"phase": "fore", "what": "Väljer områden", "milestone": "valda"},
                {"phase": "ute", "what": "Reser", "milestone": "sist"},
            ],
        }
    )
    for slug, name in (("dep", "Departementet"), ("skr", "SKR"))
]
AGENDA_POINTS = [AgendaPoint(kind="regionen", title="Inledning", about="Regionen berättar.", minutes=60)]

Page = Callable[..., ET.Element]


@pytest.fixture(scope="module")
def made_up(catalogue: Catalogue) -> Cycle:
    """A cycle with everything but visits, in its first phase."""
    return Cycle(
        name="2026–2027", years=[2026, 2027], data_until="2026-11-21", phases=PHASES, milestones=MILESTONES,
        roles=ROLES, focus_areas=list(catalogue.dialogue.focus_areas), agenda=AGENDA_POINTS,
    )  # fmt: skip


@pytest.fixture
def page(catalogue: Catalogue, project: Project, made_up: Cycle, tmp_path: Path) -> Page:
    """Makes the page of the cycle as changed. made: whether a job's report is there; failed: whether its run failed."""

    def make(
        made: Callable[[Job], bool] = lambda job: False,
        failed: Callable[[Job], bool] = lambda job: False,
        own: dict[str, int] | None = None,
        **new: Any,
    ) -> ET.Element:
        cycle = made_up.model_copy(update=new)
        known = dataclasses.replace(catalogue, cycles={DEFAULT_CYCLE: cycle})
        jobs = [
            Job(unit, report, DEFAULT_CYCLE, project.notebooks / f"{report.notebook}.ipynb", tmp_path / unit.folder)
            for unit in known.units.all
            for report in reports_of(unit, known, DEFAULT_CYCLE)
        ]
        record = RunRecord(cycle=DEFAULT_CYCLE)
        for job in jobs:
            if made(job):
                job.folder.mkdir(exist_ok=True)
                job.report_page.touch()
                job.notebook.touch()
            if failed(job):
                record.jobs[job.key] = JobRecord(failure=Failure(cell="c", error="E", message="m"))
        text = cycle_page(known, cycle, cells_by_unit(jobs, record), own or {})
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree: ET.Element = parser.parse(text)
        return tree

    return make


def _facts(tree: ET.Element) -> dict[str, str]:
    (facts,) = of_class(tree, "dl", "omslag")
    return {words(div[0]): words(div[1]) for div in facts}


def _rows(tree: ET.Element, kind: str) -> dict[str, ET.Element]:
    (found,) = of_class(tree, "table", kind)
    return {words(row[0]): row for row in found.iter("tr")}


def test_the_first_screen_says_where_we_are_and_what_is_next(page: Page) -> None:
    facts = _facts(page())
    until, today = "31\u00a0december\u00a02026", "21\u00a0november\u00a02026"
    assert (
        facts["Läget"]
        == f"Fas 1 av 3, Förberedelse, till och med {until}. Räknat den {today}, efter ett förslag till tidplan."
    )
    assert facts["Härnäst"] == "Underlagen är klara, 1\u00a0december\u00a02026 (SKR)."
    assert facts["Besöken"].startswith("Inget av 21 besök har fått datum än.")
    assert facts["Materialet"].startswith("Inget är gjort än.")


def test_a_timetable_that_nobody_has_agreed_on_is_called_a_proposal(page: Page) -> None:
    told = "Dagarna är ett förslag: parterna har inte kommit överens om någon tidplan än."
    assert told in words(page())
    agreed = words(page(timetable_agreed=True))
    assert told not in agreed
    assert "förslag till tidplan" not in agreed


def test_a_visit_before_the_next_milestone_is_what_is_next(page: Page) -> None:
    tree = page(data_until="2027-03-01", visits={"09-gotland": Visit(date="2027-03-01")})
    assert _facts(tree)["Härnäst"] == "Besök i Region Gotland, 1\u00a0mars\u00a02027."


def test_between_and_after_the_phases(page: Page) -> None:
    assert _facts(page(phases=PHASES[1:]))["Läget"].startswith("Fas 1 av 2, Besök, börjar 1")
    late = _facts(page(phases=PHASES[:1], data_until="2027-03-01"))
    assert late["Läget"].startswith("Omgången är avslutad.")


def test_a_cycle_of_which_nothing_is_decided_says_so(page: Page) -> None:
    tree = page(phases=[], milestones=[], roles=[], focus_areas=[], agenda=[])
    text = words(tree)
    assert "Omgångens faser är inte bestämda än." in text
    assert "Inga fokusområden är valda än." in text
    assert "Ingen kommande milstolpe har fått datum än." in text
    assert not [a for a in tree.iter("a") if a.get("href") == "besok.ics"], "there is no calendar to link to"
    assert not of_class(tree, "table", "rolltabell")


def test_phases_and_milestones_lie_where_their_days_are(catalogue: Catalogue, made_up: Cycle) -> None:
    line = timeline(made_up, catalogue.units)
    assert line is not None
    assert [(s.left, s.width, s.when) for s in line.stretches] == [
        (0.0, 50.0, "pågår"), (50.0, 33.29, "kommande"), (83.29, 16.71, "kommande"),
    ]  # fmt: skip
    steps = [step for s in line.stretches for step in s.steps]
    assert [(s.number, s.is_past) for s in steps] == [(1, True), (2, False), (3, False), (4, False)]
    assert steps[3].left is None, "it has no day"
    # two marks nine days apart would cover each other
    assert [s.row for s in steps[:3]] == [0, 0, 1]
    assert line.today == pytest.approx(100 * 324 / 730, abs=0.01)
    assert [year for _, _, year in line.ticks if year] == ["2026", "2027"]


def test_the_line_is_longer_where_something_lies_outside_the_two_years(catalogue: Catalogue, made_up: Cycle) -> None:
    late = made_up.model_copy(update={"visits": {"00-riket": Visit(date="2028-01-20")}})
    line = timeline(late, catalogue.units)
    assert line is not None
    assert [year for _, _, year in line.ticks if year] == ["2026", "2027", "2028"]
    assert line.visits[0][1] == "20\u00a0januari\u00a02028: nationell dialog"
    assert 0 < line.stretches[0].width < 34


def test_the_drawing_is_told_in_words(page: Page) -> None:
    (drawing,) = (e for e in page().iter() if e.get("role") == "img")
    assert "1 Förberedelse, 1\u00a0januari\u00a02026 till 31\u00a0december\u00a02026" in drawing.attrib["aria-label"]
    assert "läget den 21\u00a0november\u00a02026, 3\u00a0milstolpar och inga besök" in drawing.attrib["aria-label"]


def test_the_visits_stand_in_time_order_with_what_is_decided(page: Page) -> None:
    visits = {
        "09-gotland": Visit(date="2027-04-02"),
        "12-skane": Visit(date="2027-03-14", place="Malmö", focus_areas=["psykiatri", "cancervard"], held=True),
        "10-blekinge": Visit(focus_areas=["cancervard"]),
        "01-stockholm": Visit(date="2027-03-16"),
    }
    tree = page(data_until="2027-03-20", visits=visits)
    (found,) = of_class(tree, "table", "besokstabell")
    told = [[words(cell) for cell in row] for row in found.findall("tbody/tr")]
    assert told == [
        ["14\u00a0mars\u00a02027", "Region Skåne", "Malmö", "Psykiatri, Cancervård", "Genomfört"],
        ["16\u00a0mars\u00a02027", "Region Stockholm", "Inte bestämt än", "Inte bestämt än", "Dagen har passerat"],
        ["2\u00a0april\u00a02027", "Region Gotland", "Inte bestämt än", "Inte bestämt än", "Kommande"],
    ]
    text = words(tree)
    assert "Datum är inte bestämt än för besöken i Uppsala, Sörmland" in text
    assert "Fokusområden är redan valda för Blekinge (Cancervård)." in text
    assert _facts(tree)["Besöken"].startswith("Genomförda: 1 av 21. Med datum: 3.")
    assert "Dagen för den nationella dialogen är inte bestämd än." in text


def test_each_made_report_is_linked_and_the_rest_says_why_not(page: Page, tmp_path: Path, catalogue: Catalogue) -> None:
    count = len(catalogue.dialogue.focus_areas)
    (tmp_path / "09-gotland").mkdir()
    (tmp_path / "09-gotland" / AGENDA).touch()
    (tmp_path / "09-gotland" / SUPPLEMENT).touch()
    tree = page(
        own={"09": 2, "12": 1},
        made=lambda job: job.unit.code == "09" and job.report.kind != "frågor",
        failed=lambda job: job.unit.code in ("09", "12") and job.report.slug.startswith(("1-", "diskussion")),
    )
    rows = _rows(tree, "materialtabell")
    gotland, skane, kalmar = rows["Gotland"], rows["Skåne"], rows["Kalmar"]
    hrefs = [a.attrib["href"] for a in gotland.iter("a")]
    assert len(hrefs) == 1 + 4 + count + 2
    assert all((tmp_path / href).is_file() for href in hrefs[1:])
    assert words(gotland[1]).startswith("4 av 4")
    assert "äldre, senaste körningen misslyckades" in words(gotland[1])
    assert words(gotland[2]).startswith(f"{count} av {count}")
    assert [words(cell) for cell in gotland[3:]] == [
        "misslyckades", "klar: Dagordning, Gotland", "2\u00a0texter: Tillägg, Gotland",
    ]  # fmt: skip
    assert words(skane[1]).startswith("0 av 4, 1 misslyckades")
    assert words(skane[5]) == "1\u00a0text"
    assert not list(skane.iter("a"))
    assert [words(cell) for cell in kalmar[1:3]] == ["0 av 4", f"0 av {count}"]
    assert [words(cell) for cell in kalmar[3:]] == ["inte gjord", "inte gjord", "–"]
    text = words(by_id(tree, "innehall"))
    assert f"4 av 84 rapporter, {count} av {21 * count} fokusblad, 0 av 21 frågeblad och 1 av 21 dagordningar" in text
    assert "2\u00a0regioner har lagt till något eget" in text


def test_all_is_said_to_be_done_only_when_it_is(page: Page, tmp_path: Path, catalogue: Catalogue) -> None:
    some = _facts(page(made=lambda job: job.unit.code == "09" and job.report.kind == "dimension"))
    assert some["Materialet"].startswith("En del är gjort, men allt är inte klart för någon region.")
    for unit in catalogue.units.regions:
        (tmp_path / unit.folder).mkdir(exist_ok=True)
        (tmp_path / unit.folder / AGENDA).touch()
    assert _facts(page(made=lambda job: True))["Materialet"].startswith("Allt är klart för alla 21 regioner.")
    (tmp_path / "12-skane" / AGENDA).unlink()
    assert _facts(page(made=lambda job: True))["Materialet"].startswith("Allt är klart för 20 av 21 regioner.")


def test_focus_areas_lead_to_the_countrys_sheet_and_to_each_regions(page: Page, catalogue: Catalogue) -> None:
    tree = page(made=lambda job: job.unit.code in ("00", "12"))
    (found,) = of_class(tree, "ol", "fokuslista")
    items = [li for li in found if li.tag == "li"]
    for li, area in zip(items, catalogue.dialogue.focus_areas.values(), strict=True):
        hrefs = [a.attrib["href"] for a in li.iter("a")]
        assert hrefs == [f"{unit}/fokusomrade-{area.slug}.html" for unit in ("00-riket", "12-skane")]
    assert "Ett förslag: parterna har inte enats" in words(tree)
    assert "Parterna har enats om de här områdena." in words(page(agreed=True))


def test_roles_are_told_by_phase_with_the_day_of_each_duty(page: Page) -> None:
    (found,) = of_class(page(), "table", "rolltabell")
    row = found.findall("tbody/tr")[0]
    assert [words(cell) for cell in row[1:]] == [
        "Väljer områden (senast 15\u00a0oktober\u00a02026)", "Reser (datum inte bestämt än)", "–",
    ]  # fmt: skip


def test_the_countrys_reports_are_linked_when_they_are_there(page: Page, catalogue: Catalogue) -> None:
    national = [f"00-riket/{job}" for job in ("nationell-oversikt.html", "slutrapport.html")]
    arenas = [f"00-riket/dialoguppfoljning-{slug}.html" for slug in catalogue.dialogue.arenas]
    assert not [a for a in page().iter("a") if a.get("href") in national]
    found = [a.get("href") for a in page(made=lambda job: job.unit.is_nation).iter("a")]
    assert [href for href in found if href in [*national, *arenas]] == [*national, *arenas]


def test_a_unit_without_any_report_has_no_counts(catalogue: Catalogue, made_up: Cycle) -> None:
    unit = catalogue.units.find("12")
    found = Material.of(unit, [], made_up)
    assert links(found["dimension"], unit) == "–"
    assert found.agenda is not None
    assert found.agenda.state == "inte gjord"


def test_the_committed_cycle_makes_a_page(page: Page, catalogue: Catalogue) -> None:
    committed = catalogue.cycle(DEFAULT_CYCLE)
    tree = page(**{name: getattr(committed, name) for name in type(committed).model_fields})
    assert words(next(tree.iter("h1"))) == f"Dialogomgången {committed.name}"
    assert len(of_class(tree, "div", "tidslinje")) == bool(committed.phases)
