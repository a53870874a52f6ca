"""The material of many indicators: what a remark questions is in no comparison of groups."""

from __future__ import annotations

from tests.making import RIKET, SKANE, indicator, observation, remark

from varddialog.assessment.material import Material
from varddialog.assessment.results import Country


def material(rows, remarks):
    shown = indicator()
    return shown, Material({shown.id: rows}, {shown.id: Country(shown, rows, remarks, [])}, 2025)


ROWS = [observation(r, y, 50.0, sex=s) for r in ("00", "12") for y in (2024, 2025) for s in ("K", "M")]


def test_questioned_rows_are_left_out_and_others_kept():
    shown, found = material(ROWS, [remark("12", 2025, sex="K"), remark("12", 2024, sex="M", level="upplysning")])
    sound = found.sound(shown, SKANE)
    assert {(o.year, o.sex) for o in sound} == {(2024, "K"), (2024, "M"), (2025, "M")}
    assert len(found.sound(shown, SKANE, RIKET)) == 7


def test_a_remark_on_a_whole_year_questions_every_group_of_it():
    shown, found = material(ROWS, [remark("", 2025)])
    assert {o.year for o in found.sound(shown, SKANE)} == {2024}
