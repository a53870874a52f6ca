from __future__ import annotations

import pytest
from tests.making import indicator

from varddialog.config import Project
from varddialog.data.manifest import Manifest
from varddialog.data.sources.terms import terms_of
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue
from varddialog.pack.sources import source
from varddialog.swedish import NBSP

SHARE = {"variable": "Alder", "part": ["80..100"], "whole": ["0..100"]}
TABLE = {"api": "scb", "table": "BE/BE0101/BefolkningNy", "share": SHARE}
DAY = f"hämtat 21{NBSP}november{NBSP}2026"


@pytest.fixture(scope="module")
def manifest(project: Project) -> Manifest:
    return Store.of(project).manifest


def test_unchanged_values_name_publisher_channel_code_and_day(catalogue: Catalogue, manifest: Manifest) -> None:
    shown = indicator(id="N79190", source={"publisher": "Registret", "channel": "Kolada"})

    assert source(shown, catalogue, manifest) == f"Registret, via Kolada N79190, {DAY}"


def test_a_series_that_is_not_in_the_store_has_no_day(catalogue: Catalogue, manifest: Manifest) -> None:
    shown = indicator(source={"publisher": "Registret", "channel": "Kolada", "code": "N1"})

    assert source(shown, catalogue, manifest) == "Registret, via Kolada N1"


def test_a_share_that_is_computed_is_an_own_calculation(catalogue: Catalogue, manifest: Manifest) -> None:
    shown = indicator(source={"publisher": "Utgivaren", "channel": "Folkhälsodata", "code": "X.px"}, live=[TABLE])

    assert source(shown, catalogue, manifest) == "egen beräkning på uppgifter från Utgivaren, via Folkhälsodata X.px"


@pytest.mark.parametrize("channel", ["Kolada", "SCB Statistikdatabasen"])
def test_an_own_calculation_names_the_publisher_alone_where_the_terms_say_so(
    channel: str, catalogue: Catalogue, manifest: Manifest
) -> None:
    shown = indicator(source={"publisher": "Utgivaren", "channel": channel}, live=[TABLE])

    assert source(shown, catalogue, manifest) == "egen beräkning på uppgifter från Utgivaren"


def test_what_is_derived_names_the_publishers_of_its_parts(catalogue: Catalogue, manifest: Manifest) -> None:
    said = source(catalogue.indicators["N70034_PER_INV"], catalogue, manifest)

    assert said == f"egen beräkning på uppgifter från SKR och SCB, {DAY}"


def test_parts_that_came_on_different_days_have_each_their_own(catalogue: Catalogue, manifest: Manifest) -> None:
    people = manifest.series["SCB_FOLKMANGD"].model_copy(update={"retrieved": "2027-02-03"})
    later = manifest.model_copy(update={"series": {**manifest.series, "SCB_FOLKMANGD": people}})

    said = source(catalogue.indicators["N70034_PER_INV"], catalogue, later)

    assert said == f"egen beräkning på uppgifter från SKR, {DAY} och SCB, hämtat 3{NBSP}februari{NBSP}2027"


def test_no_own_calculation_of_the_catalogue_names_a_channel_that_forbids_it(
    catalogue: Catalogue, manifest: Manifest
) -> None:
    said = {i.id: source(i, catalogue, manifest) for i in catalogue.indicators.values() if i.gap is None}

    own = {key: text for key, text in said.items() if "egen beräkning" in text}
    assert own.keys() >= {i.id for i in catalogue.indicators.values() if i.is_computed and i.gap is None}
    for key, text in own.items():
        given = catalogue.indicators[key]
        if given.is_computed and not terms_of(given.source.channel).names_own:
            assert "via" not in text
        if given.source.channel != "Kolada":
            assert "Kolada" not in text
