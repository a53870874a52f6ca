"""The cycle: visits of known units, on days that exist."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from varddialog.config import Project
from varddialog.errors import ParamsError
from varddialog.model.catalogue import load_catalogue
from varddialog.model.cycle import Cycle


def _with(params_copy: Project, visits: str) -> Project:
    file = params_copy.params / "cycles" / "2026-2027.yml"
    file.write_text(file.read_text(encoding="utf-8") + f"visits: {visits}\n", encoding="utf-8")
    return params_copy


def test_visits_are_read_with_what_is_decided_of_them(params_copy: Project) -> None:
    here = _with(params_copy, '{12-skane: {date: "2027-03-14", place: Malmö}, 09-gotland: {place: Visby}}')
    visits = load_catalogue(here).cycle("2026-2027").visits
    assert (visits["12-skane"].date, visits["12-skane"].place) == ("2027-03-14", "Malmö")
    assert (visits["09-gotland"].date, visits["09-gotland"].place) == (None, "Visby")


def test_a_visit_to_nowhere_is_a_fault_with_a_suggestion(params_copy: Project) -> None:
    with pytest.raises(ParamsError) as caught:
        load_catalogue(_with(params_copy, "{12-skåne: {place: Malmö}}"))
    (fault,) = caught.value.faults
    assert (fault.what, fault.where) == ("visits: «12-skåne» är ingen enhet.", "params/cycles/2026-2027.yml")
    assert "12-skane" in fault.todo


def test_a_day_that_does_not_exist_is_refused() -> None:
    visits = {"12-skane": {"date": "14 mars"}}
    with pytest.raises(ValidationError, match="ÅÅÅÅ-MM-DD"):
        Cycle.model_validate({"name": "x", "years": [2026, 2027], "data_until": "2026-11-21", "visits": visits})
