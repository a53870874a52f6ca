"""Packs of a region with values within it: on the card they belong to, marked, and in no one else's report."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from tests.data.own.files import TODAY, csv_file
from tests.data.within.placed import LUND, part, put, row
from tests.pack.conftest import MUNICIPAL, OWN

from varddialog.batch.fingerprint import shared_inputs
from varddialog.batch.plan import Job, plan
from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.data.own.add import add
from varddialog.data.store import Store
from varddialog.data.update.run import go_back
from varddialog.model.catalogue import Catalogue
from varddialog.pack import Pack, open_pack

NBSP = "\u00a0"


def area(pack: Pack, indicator: str) -> str:
    return str(pack.area(pack.catalogue.area_of[indicator]).html).replace(NBSP, " ")


def card(pack: Pack, indicator: str) -> str:
    """The article of one indicator."""
    slug = pack.catalogue.indicators[indicator].slug
    (found,) = re.findall(rf'<article id="{slug}".*?</article>', area(pack, indicator), re.DOTALL)
    return found


def test_a_card_shows_its_municipalities_and_its_units(placed: Project) -> None:
    found = card(open_pack(1, "skane"), MUNICIPAL)
    assert '<h4 class="overrad">Inom regionen: kommuner</h4>' in found
    assert "3 kommuner har uppgift 2024. Lägst har Lund, 120 per 100 000 invånare, och högst Malmö, 240" in found
    assert "Medianen är 180." in found
    assert "Källa: Folkhälsomyndigheten, via Kolada N01451, hämtat 1 februari 2026." in found
    assert '<h4 class="overrad">Inom regionen: enheter</h4>' in found
    assert "1 enhet har uppgift 2024: Vårdcentralen Ett, 170" in found
    assert re.search(r"<th scope=\"row\">Malmö</th><td>238</td><td>239</td><td>240</td>", found)
    assert found.count("<svg") == 2  # the card's own figure, and the line of municipalities
    assert "Regionens egna uppgifter" not in found


def test_the_regions_own_are_marked_and_small_numbers_hidden(placed: Project) -> None:
    found = card(open_pack(2, "skane"), OWN)
    assert "Inom regionen: enheter. Regionens egna uppgifter</h4>" in found
    assert "Lägst har Söderby, 77,5 procent, och högst Österby, 90,0 procent." in found
    assert "1 enhet visas inte: så få personer ligger bakom" in found
    assert '<th scope="row">Västerby</th><td>visas inte</td>' in found
    assert "75,0" not in found.partition("Inom regionen")[2].replace("75,0–", "")
    assert "Källa: Region Skåne, regionens egna uppgifter, lämnade 26 november 2026." in found
    assert '<th scope="row">Norrby &lt;b&gt;</th><td>82,4 (79,1–85,3)</td>' in found
    assert "Norrby <b>" not in found


def test_no_class_is_set_within_the_region(placed: Project) -> None:
    inside = card(open_pack(2, "skane"), OWN).partition("Inom regionen")[2]
    for word in ("bättre än", "sämre", "i nivå", "säkert"):
        assert word not in inside
    assert "Inga omdömen sätts" in inside


def test_what_the_region_has_of_its_places_alone_is_shown_too(placed: Project, parts: Path) -> None:
    """The measure has values for other regions but not for this one, or for none at all."""
    catalogue = catalogue_with_figures(placed)
    store = Store.of(placed)
    gap = next(i for i in catalogue.of_dimension(catalogue.framework.dimensions[1]) if i.gap and i.measure == "procent")
    assert gap.id not in store.manifest.series
    put(placed, part(parts, [row(gap.id, LUND.code, 2024, 40.0)]))
    try:
        found = area(open_pack(2, "skane"), gap.id)
        assert f'<article id="{gap.slug}-inom" class="matt"' in found
        assert "Uppgifter finns bara inom regionen, inte för Skåne som helhet." in found
        assert "1 kommun har uppgift 2024: Lund, 40,0 procent." in found
        assert f'<li id="{gap.slug}">' in found  # the gap is still a gap
    finally:
        go_back(placed)


def test_the_page_is_valid_and_no_address_stands_twice(placed: Project) -> None:
    pack = open_pack(1, "skane")
    body = "".join(str(pack.area(leaf.slug).html) for leaf in pack.dimension.leaves())
    page = f'<!doctype html><html lang="sv"><head><title>x</title></head><body>{body}</body></html>'
    html5lib.HTMLParser(strict=True).parse(page)
    named = re.findall(r'\bid="([^"]+)"', page)
    assert len(named) == len(set(named))
    for target in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert target in named


def test_the_words_and_the_sources_are_told_in_a_terminal_and_in_the_method(placed: Project) -> None:
    pack = open_pack(2, "skane")
    said = pack.area(pack.catalogue.area_of[OWN]).text
    assert "Akut behandling i tid vid stor hjärtinfarkt: 3\u00a0enheter har uppgift 2025." in said
    method = str(pack.method().html)
    assert "Region Skåne, regionens egna uppgifter, lämnade" in method
    assert "Inom regionen visas värdena utan omdöme." in method
    assert "saknas öppna uppgifter" not in method


# no one else's


def contents(pack: Pack) -> list[tuple[str, str]]:
    shown = [pack.header(), pack.summary(), pack.overview(), pack.context(), pack.method()]
    shown += [pack.area(leaf.slug) for leaf in pack.dimension.leaves()]
    return [(str(one.html), one.text) for one in shown]


@pytest.mark.parametrize(("unit", "number"), [("Riket", 1), ("Stockholm", 1), ("Skåne", 3), ("Gotland", 2)])
def test_reports_without_such_values_are_what_they_were(
    placed: Project, project: Project, monkeypatch: pytest.MonkeyPatch, unit: str, number: int
) -> None:
    after = contents(open_pack(number, unit))
    monkeypatch.setenv(ROOT_VARIABLE, str(project.root))
    monkeypatch.setattr(Project, "store", property(lambda self: self.stores))  # the one that comes with the project
    assert contents(open_pack(number, unit)) == after


def test_nothing_is_read_where_the_manifest_has_nothing(placed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def reads(*_: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(Store, "within", reads)
    monkeypatch.setattr(Store, "places", reads)
    assert open_pack(1, "Stockholm").inside == {}
    assert open_pack(3, "Skåne").inside == {}
    with pytest.raises(AssertionError, match="read"):
        open_pack(1, "Skåne")


# what goes stale


@pytest.fixture
def jobs(placed: Project) -> list[Job]:
    catalogue = catalogue_with_figures(placed)
    return plan(placed, catalogue, DEFAULT_CYCLE, placed.outputs, catalogue.units.all, catalogue.framework.dimensions)


def keys(placed: Project, jobs: list[Job], catalogue: Catalogue) -> dict[str, str]:
    shared = shared_inputs(placed, catalogue)
    return {job.key: shared.part(job, "data") for job in jobs}


def test_a_changed_municipality_makes_stale_the_reports_that_show_it_alone(
    placed: Project, jobs: list[Job], parts: Path
) -> None:
    catalogue = catalogue_with_figures(placed)
    before = keys(placed, jobs, catalogue)
    old = {n: contents(open_pack(n, "skane")) for n in (1, 2)}
    changed = row(MUNICIPAL, LUND.code, 2024, 121.0)
    put(placed, part(parts, [changed], partial=True))
    try:
        after = keys(placed, jobs, catalogue)
        assert {key for key in before if before[key] != after[key]} == {"12-skane/1-halsa-i-befolkningen"}
        assert contents(open_pack(1, "skane")) != old[1]
        assert contents(open_pack(2, "skane")) == old[2]
    finally:
        go_back(placed)
    assert keys(placed, jobs, catalogue) == before


def test_figures_of_the_regions_own_make_stale_its_reports_of_those_measures_alone(
    placed: Project, jobs: list[Job], tmp_path: Path
) -> None:
    catalogue = catalogue_with_figures(placed)
    before = keys(placed, jobs, catalogue)
    add(placed, catalogue, csv_file(tmp_path, f"{OWN};Norrby;2025;;;82,5;;;;"), "Skåne", TODAY)
    try:
        after = keys(placed, jobs, catalogue)
        assert {key for key in before if before[key] != after[key]} == {"12-skane/2-kvalitet-i-tjansterna"}
    finally:
        go_back(placed)
