from __future__ import annotations

import pytest

from varddialog.config import Project
from varddialog.data.sources.terms import licence_of, terms_of
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue
from varddialog.model.live import APIS


def test_every_api_has_terms_with_an_attribution() -> None:
    assert all(terms_of(api).attribution for api in APIS)


@pytest.mark.parametrize(
    ("channel", "api"),
    [
        ("Kolada", "kolada"),
        ("Kolada (RKA)", "kolada"),
        ("SCB Statistikdatabasen", "scb"),
        ("SCB via Folkhälsomyndigheten via Folkhälsodata", "fohm"),
        ("Socialstyrelsens dödsorsaksregister via Kolada (RKA)", "kolada"),
        ("Socialstyrelsens statistikdatabas (uttag 2026-08-24)", "socialstyrelsen"),
        ("Försäkringskassans öppna data", "forsakringskassan"),
        ("Eurostat hlth_cd_apr", "eurostat"),
        ("OECD Data (retrieved 2023-01-11)", "oecd"),
        ("Vården i siffror", "vardenisiffror"),
    ],
)
def test_a_channel_has_the_terms_of_its_api_however_it_is_written(channel: str, api: str) -> None:
    assert terms_of(channel) is terms_of(api)


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("kolada", "Fri användning, oförändrade värden med «Källa: Kolada»"),
        ("SCB, kostnadsutjämningen via SCB Statistikdatabasen", "CC0, gärna «Källa: SCB» för oförändrade värden"),
        ("SCB via E-hälsomyndigheten, Swedres-Svarm 2025 tabell 6.1", "CC BY-SA 4.0, «Källa: Swedres-Svarm»"),
        ("fohm", "Oklar licens, källan ska anges"),
        ("forsakringskassan", None),
        ("vardenisiffror", None),
        ("Okänd kanal", None),
    ],
)
def test_the_licence_is_said_with_the_attribution_or_not_at_all(name: str, licence: str | None) -> None:
    assert licence_of(name) == licence


def test_own_calculations_name_neither_kolada_nor_scb_as_their_source() -> None:
    assert {api for api in APIS if not terms_of(api).names_own} == {"kolada", "scb", "scb2"}


def test_every_channel_of_the_store_and_the_catalogue_is_known(project: Project, catalogue: Catalogue) -> None:
    manifest = Store.of(project).manifest
    kept = [s.channel or s.publisher for s in [*manifest.series.values(), *manifest.international.values()]]
    # without an API: other people's files, and what the project has computed from other series
    others = ("Region Hallands öppna rapportunderlag", "Öppen datasamling (demdata)", "projektets egen beräkning")
    named = [i.source.channel for i in catalogue.indicators.values() if i.gap is None]

    assert {name for name in [*kept, *named] if not terms_of(name).attribution} <= set(others)
