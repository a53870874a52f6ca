"""The figures of the arenas on real data: every indicator told, words and tables agree, pages of sane size."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from varddialog.assessment.ground import Ground, ground
from varddialog.config import Project
from varddialog.model.arena import Arena
from varddialog.pack.arena_figures import followed, indicators
from varddialog.pack.fragment import Fragment

CYCLE = "2026-2027"


@pytest.fixture(scope="module")
def on(project: Project) -> Ground:
    return ground(project, CYCLE)


def made(on: Ground, arena: Arena) -> Fragment:
    found = indicators(arena, on, on.catalogue.cycle(CYCLE))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def access(on: Ground) -> Fragment:
    return made(on, on.catalogue.arena("tillganglighet"))


@pytest.fixture(scope="module")
def together(on: Ground) -> Fragment:
    return made(on, on.catalogue.arena("samverkansregion"))


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html).replace("\u00a0", " "))


class _Rows(HTMLParser):
    """The cells of each row of each table, as text."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1][-1].append("")

    def handle_data(self, data: str) -> None:
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


def tables(html: str) -> list[list[list[str]]]:
    reader = _Rows()
    reader.feed(html)
    return reader.tables


def test_the_arenas_own_indicators_come_first_and_each_once(on):
    arena = on.catalogue.arena("tillganglighet")
    own, besides = followed(arena, on.catalogue)
    assert [i.id for i in own] == list(dict.fromkeys(arena.indicators))
    themed = {name for slug in arena.themes for name in on.catalogue.dialogue.themes[slug].indicators}
    assert {i.id for i in besides} == themed - set(arena.indicators)


def test_every_followed_indicator_is_told(on, access):
    for group in followed(on.catalogue.arena("tillganglighet"), on.catalogue):
        assert all(i.name in access.html.replace("&amp;", "&") for i in group)


def test_the_glance_has_every_region_and_riket(on, access):
    glance = tables(access.html)[0]
    assert [row[0] for row in glance[1:]] == ["Riket", *(unit.name for unit in on.catalogue.units.regions)]
    assert len({len(row) for row in glance}) == 1


def test_arrows_of_the_glance_are_counted_in_the_findings(access):
    column = [row[2] for row in tables(access.html)[0][2:]]  # the second indicator
    (finding,) = [line for line in access.text.splitlines() if line.startswith("Medicinsk bedömning")]
    said = dict(re.findall(r"(bättre|sämre) i\s(\d+)", finding.replace("ungefär lika", "")))
    assert said == {"bättre": str(sum("↗" in cell for cell in column)), "sämre": str(sum("↘" in c for c in column))}


def test_colours_have_words_beside_them(access):
    cells = re.findall(r'<td class="(battre|samre|niva)".*?</td>', access.html)
    worded = re.findall(
        r'<td class="(battre|samre|niva)"[^>]*>[^<]*<i aria-hidden="true">.</i><span class="dold"> ', access.html
    )
    assert cells
    assert len(worded) == len(cells)


def test_links_lead_to_what_is_there_whichever_reports_are_made(on, access, together):
    codes = {unit.code for unit in on.catalogue.units.regions}
    slugs = {i.slug for i in on.catalogue.indicators.values()}
    anchors = set(re.findall(r'id="([^"]+)"', access.html + together.html))
    hrefs = set(re.findall(r'href="([^"]+)"', access.html + together.html))
    assert len(hrefs) > 80
    for href in hrefs:
        if href.startswith("#"):
            assert href[1:] in anchors
        elif href.startswith("../matt/"):
            assert href.removeprefix("../matt/").removesuffix(".html") in slugs
        else:
            assert href.removeprefix("../jamfor.html#") in codes


def test_a_page_of_figures_leaves_room_for_the_rest(access, together):
    # a report is to stay below 600 kB, and the page has more than its figures
    assert len(access.html.encode()) < 450_000
    assert len(together.html.encode()) < 450_000


def test_ids_are_unique(access, together):
    for found in (access, together):
        ids = re.findall(r'\bid="([^"]+)"', found.html)
        assert len(ids) == len(set(ids))


def test_each_collaboration_region_has_its_members_and_halland_is_marked_in_both(on, together):
    for region in on.catalogue.units.collaboration_regions:
        assert f'id="{region.slug}"' in together.html
    heads = [" ".join(table[0]) for table in tables(together.html)]
    assert sum("Halland*" in head for head in heads) == 2
    assert plain(together.html).count("Halland är delat mellan två samverkansregioner") == 2


def test_own_calculations_are_marked(together):
    assert "egen beräkning" in together.html
    assert plain(together.html).count("Vägt värde (egen beräkning)") == 6


def test_differences_of_two_members_are_those_that_a_reader_gets_by_subtracting(together):
    (table,) = [t for t in tables(together.html) if t[0][1:3] == ["Stockholm", "Gotland"]]
    checked = 0
    for row in table[1:]:
        numbers = [re.match(r"[−\d  ]+(,\d+)?", cell) for cell in (row[1], row[2], row[-1])]
        if all(numbers):
            one, two, apart = (
                float(re.sub("[  ]", "", n[0]).replace(",", ".").replace("−", "-")) for n in numbers if n
            )
            places = row[-1].partition(",")[2][:2]
            step = 10.0 ** -len(re.match(r"\d*", places)[0]) if places else 1.0  # type: ignore[index]
            assert abs(abs(one - two) - apart) <= step * 1.01, row
            checked += 1
    assert checked > 10


def test_an_arena_without_indicators_has_no_figures(on):
    arena = on.catalogue.arena("tillganglighet")
    themes = [slug for slug in arena.themes if not on.catalogue.dialogue.themes[slug].indicators]
    bare = arena.model_copy(update={"indicators": [], "themes": themes})
    assert indicators(bare, on, on.catalogue.cycle(CYCLE)) is None


def test_the_same_input_gives_the_same_bytes(on, together):
    assert made(on, on.catalogue.arena("samverkansregion")).html == together.html
