"""Riket and the 21 regions, found by every name that people write."""

from __future__ import annotations

from collections import Counter

import pytest

from varddialog.errors import UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.units import NATION
from varddialog.swedish import fold

# codes of counties that have been merged
RETIRED = {"02", "11", "15", "16"}


def test_riket_and_21_regions(catalogue: Catalogue) -> None:
    codes = [unit.code for unit in catalogue.units.all]
    assert codes == sorted({f"{n:02}" for n in range(26)} - RETIRED)
    assert catalogue.units.nation.folder == "00-riket"
    assert len(catalogue.units.regions) == 21


def test_every_name_finds_its_unit_however_it_is_typed(catalogue: Catalogue) -> None:
    for unit in catalogue.units.all:
        for name in unit.names:
            for typed in (name, name.upper(), fold(name), f" {name} "):
                assert catalogue.units.find(typed) is unit, typed


def test_no_name_belongs_to_two_units(catalogue: Catalogue) -> None:
    names = Counter(name for unit in catalogue.units.all for name in {fold(n) for n in unit.names})
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Riket", "00"), ("Sverige", "00"), ("Region Stockholm", "01"), ("Södermanlands län", "04"),
        ("Region Jönköpings län", "06"), ("Gotland", "09"), ("skane", "12"), ("12", "12"), ("12-skane", "12"),
        ("Västra Götalandsregionen", "14"), ("Region Örebro län", "18"), ("Region Gävleborg", "21"),
        ("Region Jämtland Härjedalen", "23"), ("jamtland-harjedalen", "23"), ("norrbotten", "25"),
    ],
)  # fmt: skip
def test_official_names(catalogue: Catalogue, name: str, code: str) -> None:
    assert catalogue.units.find(name).code == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Skåna", "Skåne"),
        ("Region Upsala", "Region Uppsala"),
        ("Västra Götland", "Västra Götaland"),
        ("12-skna", "12-skane"),
    ],
)
def test_a_misspelt_name_gets_a_suggestion(catalogue: Catalogue, typed: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"Okänd region: «{typed}».*Menade du «{meant}»"):
        catalogue.units.find(typed)


@pytest.mark.parametrize("typed", ["", "99", "02", "Atlantis"])
def test_an_unknown_name_is_wrong_usage(catalogue: Catalogue, typed: str) -> None:
    with pytest.raises(UsageError, match="Okänd region") as caught:
        catalogue.units.find(typed)
    assert caught.value.exit_code == 2


def test_every_region_belongs_to_one_of_the_six_collaboration_regions(catalogue: Catalogue) -> None:
    assert all(region.collaboration_regions for region in catalogue.units.regions)
    assert len({name for region in catalogue.units.regions for name in region.collaboration_regions}) == 6
    assert catalogue.units.by_code[NATION].collaboration_regions == []
