"""The catalogue beside the store: a gap whose figures have come is shown, what could not be fetched says why."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from tests.conftest import SMALL_FILE

from varddialog.config import Project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.data.schema import MANIFEST
from varddialog.data.store import Store
from varddialog.data.verify import verify
from varddialog.errors import DataError
from varddialog.model.catalogue import load_catalogue
from varddialog.pack import open_pack

GAP = {"gap": {"missing": "Värden saknas i materialet.", "holder": "Utgivaren"}, "exceptions": {"mätbar": "Inget."}}
LIVE = {"live": [{"api": "kolada", "kpi": "N00002"}]}
WHY = "Källan gick inte att nå när uppgifterna hämtades."


def change(project: Project, **keys: Any) -> None:
    """Let params say something more of N00002."""
    path = project.params / "indicators" / SMALL_FILE
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    described["indicators"][1] |= keys
    path.write_text(yaml.safe_dump(described, allow_unicode=True, sort_keys=False), encoding="utf-8")


def rewrite(project: Project, **keys: Any) -> None:
    """Let the store's manifest say something else."""
    changed = Store.of(project).manifest.model_copy(update=keys)
    (project.store / MANIFEST).write_text(changed.model_dump_json(), encoding="utf-8")


@pytest.fixture
def filled(small_project: Project) -> Project:
    """What params calls a gap has come from its source."""
    change(small_project, **GAP, **LIVE)
    return small_project


@pytest.fixture
def lacking(small_project: Project) -> Project:
    """What params promises could not be fetched."""
    change(small_project, **LIVE)
    series = {key: one for key, one in Store.of(small_project).manifest.series.items() if key != "N00002"}
    rewrite(small_project, series=series, lacking={"N00002": WHY})
    return small_project


def test_a_gap_whose_figures_have_come_is_none(filled: Project) -> None:
    assert load_catalogue(filled).indicators["N00002"].gap is not None
    found = catalogue_with_figures(filled).indicators["N00002"]
    assert found.gap is None
    assert "mätbar" not in found.exceptions
    verify(Store.of(filled), load_catalogue(filled))


def test_what_is_lacking_is_a_gap_with_the_reason_and_the_publisher(lacking: Project) -> None:
    assert load_catalogue(lacking).indicators["N00002"].gap is None
    found = catalogue_with_figures(lacking).indicators["N00002"]
    assert found.gap is not None
    assert (found.gap.missing, found.gap.holder) == (WHY, "Utgivaren")


def test_what_the_store_does_not_speak_of_is_as_params_says(small_project: Project) -> None:
    assert catalogue_with_figures(small_project).areas == load_catalogue(small_project).areas
    change(small_project, **GAP)
    rewrite(small_project, series={"N00001": Store.of(small_project).manifest.series["N00001"]})
    assert catalogue_with_figures(small_project).areas == load_catalogue(small_project).areas


def test_without_a_store_it_is_told(small_project: Project) -> None:
    (small_project.store / MANIFEST).unlink()
    with pytest.raises(DataError, match="Förteckningen över uppgifterna saknas"):
        catalogue_with_figures(small_project)


# in the reports


def test_a_report_shows_the_card_of_a_gap_that_has_been_filled(filled: Project) -> None:
    pack = open_pack(1, "12")
    content = pack.areas["dodlighet"]
    assert [r.indicator.id for r in content.results] == ["N00001", "N00002"]
    assert content.gaps == []
    page = pack.area("dodlighet").html
    assert page.count("<article") == 2
    assert "Värden saknas i materialet" not in page


def test_a_report_says_why_figures_are_lacking(lacking: Project) -> None:
    pack = open_pack(1, "12")
    content = pack.areas["dodlighet"]
    assert [r.indicator.id for r in content.results] == ["N00001"]
    assert [i.id for i in content.gaps] == ["N00002"]
    page = pack.area("dodlighet").html
    assert page.count("<article") == 1
    assert "Mått N00002" in page
    assert WHY in page
