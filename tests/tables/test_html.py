"""Tables: captions and scopes, Swedish figures, and text that stays text."""

from __future__ import annotations

from tests.making import REGIONS, RIKET, SKANE, country, indicator, observation, remark, results

from varddialog.assessment.grading import grade, split_of_regions
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.results import Country
from varddialog.model.units import Unit
from varddialog.tables import html


def one(rows, remarks=(), **changes):
    return results(indicator(**changes), SKANE, rows, remarks, [], 2025)[0]


def test_what_comes_in_as_text_goes_out_as_text():
    out = html.table("<b>", ["<script>"], [["=cmd|' /C calc'!A0", "<img onerror=1>"]])
    assert "<script>" not in out
    assert "<img" not in out
    assert "&lt;b&gt;" in out


def test_scopes_and_caption():
    out = html.table("Rubrik", ["A", "B"], [["rad", "1"]])
    assert "<caption>Rubrik</caption>" in out
    assert out.count('scope="col"') == 2
    assert '<th scope="row">rad</th>' in out


def test_history_has_every_time_with_its_own_riket_and_span():
    out = html.history(one([*country(2024, 50, 55), *country(2025, None, 56)]))
    assert "<td>55,0</td><td>50,0</td>" in out
    assert "<td>56,0</td><td>–</td>" in out
    assert "<td>12</td>" in out


def test_history_marks_questioned_values_and_shows_intervals():
    rows = [*country(2024, 50, None), observation("12", 2024, 55, low=54, high=56)]
    assert "55,0 (54,0–56,0)" in html.history(one(rows))
    assert "56,0 (se anmärkning)" in html.history(one(country(2025, 50, 56), [remark("12", 2025)]))


def test_the_overview_leads_to_each_result():
    out = html.overview([("Området", [one(country(2025, 50, 55))])], "Skåne")
    assert '<a href="#provmatt">Provmått</a>' in out
    assert "+5,0" in out


def regional_grades(half=1.0):
    values = [50.0 + 2 * i for i in range(12)]
    rows = [observation(c, 2025, v, low=v - half, high=v + half) for c, v in zip(REGIONS, values, strict=True)]
    whole = Country(indicator(), rows, [], [])
    units = [Unit(code=c, name=f"Län {c}", official_name=f"Region {c}") for c in REGIONS]
    split = split_of_regions([r for u in units for r in whole.results(u, 2025)], RIKET, "2025")
    made = grade(split, Relevance(None, "ingen gräns"))
    assert made is not None
    return [made]


def test_the_table_of_grades_names_who_is_behind_whom():
    out = html.grades("Regioner", regional_grades())
    assert "<td>Län 01, mot Län 14</td>" in out
    assert "<td>22,0 procentenheter</td>" in out.replace("\u00a0", " ")
    assert "Personer" not in out  # no row has any
    assert "Omotiverad" in out
