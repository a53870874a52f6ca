"""The ground of a pack is read once, never stale, and the same when it is handed over."""

from __future__ import annotations

import shutil

import pytest

from varddialog.assessment import ground as module
from varddialog.assessment.ground import ground, hand_over, take_over
from varddialog.config import DEFAULT_CYCLE
from varddialog.errors import UsageError


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(module, "_kept", {})


@pytest.fixture
def copied(project, params_copy):
    """A project with params of its own and the real store."""
    shutil.copytree(project.store, params_copy.store)
    return params_copy


def test_what_has_not_changed_is_read_once(project):
    assert ground(project, DEFAULT_CYCLE) is ground(project, DEFAULT_CYCLE)


def test_a_change_in_params_or_store_is_never_missed(copied):
    first = ground(copied, DEFAULT_CYCLE)
    units = copied.params / "units.yml"
    units.write_text(units.read_text(encoding="utf-8") + "# en rad till\n", encoding="utf-8")
    second = ground(copied, DEFAULT_CYCLE)
    assert second is not first
    manifest = copied.store / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert ground(copied, DEFAULT_CYCLE) is not second


def test_what_is_handed_over_is_not_read_again_and_gives_the_same(project, tmp_path, monkeypatch):
    made = ground(project, DEFAULT_CYCLE)
    hand_over(project, DEFAULT_CYCLE, tmp_path / "ground")
    module._kept.clear()
    assert take_over(tmp_path / "ground")[1] == DEFAULT_CYCLE
    monkeypatch.setattr(module, "catalogue_with_figures", lambda _: pytest.fail("read again"))
    taken = ground(project, DEFAULT_CYCLE)
    assert taken.catalogue.indicators == made.catalogue.indicators
    assert taken.material.observations == made.material.observations
    unit = taken.catalogue.units.find("Gotland")
    for name in ("N00020", "U70514"):
        if name in made.catalogue.indicators:
            mine = [m.material.results(m.catalogue.indicators[name], unit) for m in (made, taken)]
            assert [r.latest for r in mine[0]] == [r.latest for r in mine[1]]


def test_an_unknown_cycle_is_told(project):
    with pytest.raises(UsageError, match="1999"):
        ground(project, "1999-2000")
