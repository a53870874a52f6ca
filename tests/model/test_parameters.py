"""The parameters of a notebook: a misspelt one stops before any kernel starts."""

from __future__ import annotations

from typing import Any

import pytest

from varddialog.errors import UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.parameters import check_parameters

NOTEBOOK = "1-halsa-i-befolkningen"


def faults_of(**values: Any) -> list[str]:
    with pytest.raises(UsageError) as caught:
        check_parameters(values, NOTEBOOK)
    assert all(fault.where == NOTEBOOK for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


def test_the_default_cycle_exists(catalogue: Catalogue) -> None:
    parameters = check_parameters({"region": "12-skane"}, NOTEBOOK)
    assert catalogue.cycle(parameters.cycle).years == [2026, 2027]


def test_a_misspelt_parameter_gets_a_suggestion() -> None:
    (fault,) = faults_of(region="12-skane", cykle="2026-2027")
    assert "Okänd parameter: «cykle»" in fault
    assert "Menade du «cycle»?" in fault


def test_a_missing_parameter_is_shown_by_example() -> None:
    (fault,) = faults_of(cycle="2026-2027")
    assert "«region» saknas" in fault
    assert "region: 12-skane" in fault


def test_a_code_without_quotation_marks_is_no_text() -> None:
    (fault,) = faults_of(region=12)
    assert "«region» har fel typ: 12" in fault


def test_all_faults_come_at_once() -> None:
    assert len(faults_of(regoin="12-skane", cycle=2026)) == 3
