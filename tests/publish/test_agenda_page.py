"""The agenda as a page: what is decided and what is not, who leads, and where the material lies."""

from __future__ import annotations

import re

import html5lib
import pytest

from varddialog.config import DEFAULT_CYCLE
from varddialog.model.cycle import Visit
from varddialog.publish.site.agenda import OPEN, agenda_page

MADE = ["diskussionsfragor.html", "1-halsa-i-befolkningen.html", "fokusomrade-psykiatri.html", "tillagg.html"]
FOCUS = {"decided": False, "areas": [{"slug": "psykiatri", "raised": 3}, {"slug": "cancervard", "raised": 1}]}


@pytest.fixture
def page(catalogue):
    def run(unit="12", made=MADE, focus=FOCUS, **changes) -> str:
        cycle = catalogue.cycle(DEFAULT_CYCLE).model_copy(update={"visits": {}} | changes)
        html = agenda_page(catalogue.units.by_code[unit], catalogue, cycle, made, focus)
        html5lib.HTMLParser(strict=True).parse(html)
        return html

    return run


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def test_a_visit_that_is_not_booked_says_so_and_names_the_areas_to_choose_between(page, catalogue):
    html = main_of(page())
    assert html.count(OPEN) == 2
    for slug in catalogue.cycle(DEFAULT_CYCLE).focus_areas:
        assert catalogue.focus_area(slug).name in html
    assert "Psykiatri (3\u00a0mått) och Cancervård (1\u00a0mått)" in html
    assert "(förslag: Psykiatri)" in html


def test_a_visit_that_is_booked_tells_day_place_and_the_chosen_areas(page):
    visit = Visit(date="2027-03-16", place="Malmö", focus_areas=["cancervard", "psykiatri"])
    html = main_of(page(visits={"12-skane": visit}))
    assert OPEN not in html
    assert "16\u00a0mars\u00a02027" in html
    assert "Malmö" in html
    assert "förslag" not in html
    assert re.findall(r"området: (\w+)</strong>", html) == ["Cancervård", "Psykiatri"]


def test_it_leads_to_all_that_is_made_and_to_nothing_else(page):
    links = re.findall(r'href="([^"]+)"', main_of(page()))
    local = [link.partition("#")[0] for link in links if not link.startswith("../")]
    assert set(local) == {*MADE, "index.html"}
    assert not {link.partition("#")[0] for link in re.findall(r'href="([^"]+)"', main_of(page(made=[])))} - {
        "index.html"
    }


def test_without_questions_nothing_is_put_forward(page):
    html = main_of(page(focus=None))
    assert "förslag" not in html
    assert "Väljs av parterna" in html


def test_the_hours_stand_from_the_start(page):
    html = main_of(page())
    assert re.findall(r"<td>(\d:\d\d–\d:\d\d)</td>", html) == ["0:00–1:00", "1:00–2:00", "2:00–3:00", "3:00–4:00"]
    assert "4\u00a0timmar. Tiderna räknas från start." in html


def test_the_national_dialogue_has_an_agenda_and_a_cycle_without_points_says_so(page):
    assert "Dagordning: nationell dialog" in page(unit="00")
    assert "Dagordningen är inte bestämd än." in page(agenda=[])
