"""Every indicator × unit of the real store: a reason for each answer, and nothing questioned is assessed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from varddialog.assessment.assess import ANSWERS, Assessment, assess_all
from varddialog.assessment.chance import flags, p_values, worth_opening_with
from varddialog.assessment.material import Material
from varddialog.config import Project
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue


@pytest.fixture(scope="module")
def everything(project: Project, catalogue: Catalogue) -> Sequence[Assessment]:
    indicators = [i for d in catalogue.framework.dimensions for i in catalogue.of_dimension(d)]
    material = Material.read(indicators, Store.of(project), catalogue.cycle("2026-2027").newest_year)
    return [a for unit in catalogue.units.all for a in assess_all(indicators, unit, material)]


def test_every_indicator_and_unit_is_there(everything, catalogue):
    shown = [i.id for d in catalogue.framework.dimensions for i in catalogue.of_dimension(d) if not i.duplicate_of]
    assert {(a.indicator.id, a.unit.code) for a in everything} == {
        (i, u.code) for i in shown for u in catalogue.units.all
    }


def test_each_answer_has_its_reason(everything):
    for a in everything:
        for answer in (getattr(a, name) for name in ANSWERS):
            if answer is not None:
                assert answer.reason
                assert answer.reason[0].isupper() or answer.reason[0].isdigit()
                assert answer.reason.endswith("."), answer.reason


def test_questioned_values_are_never_assessed(everything):
    questioned = [a for a in everything if a.result and a.result.is_flagged]
    assert len(questioned) > 20
    for a in questioned:
        assert a.vs_nation is None or a.vs_nation.klass == "kan ej bedömas"
        if a.result and a.result.latest.is_questioned:
            assert a.vs_target is None or a.vs_target.klass == "kan ej bedömas"


def test_only_measured_values_are_called_certain(everything):
    for a in everything:
        certain = a.vs_nation is not None and "säkerställd" in a.vs_nation.certainty
        assert not certain or a.uncertainty.level in ("A", "A*")
        assert (
            a.uncertainty.level != "C" or a.vs_nation is None or a.vs_nation.klass in ("beskrivande", "kan ej bedömas")
        )


def test_deviations_put_first_are_fewer_than_those_found_and_more_than_by_chance(everything):
    found = flags(everything)
    assert found.found_strong <= found.found <= found.tested
    assert found.found > 2 * found.expected
    first = worth_opening_with(everything)
    assert 0 < len(first) <= found.found
    p = p_values(everything)
    weakest = max(p[i] for i, a in enumerate(everything) if a in first)
    assert weakest <= 0.10
