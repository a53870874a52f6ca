"""Tables: captions and scopes, Swedish figures, and text that stays text."""

from __future__ import annotations

import re

from tests.making import REGIONS, RIKET, SKANE, country, indicator, observation, remark, results

from varddialog.assessment.assess import assess
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
    out = html.overview([("Området", [assess(one(country(2025, 50, 55)), [])])], SKANE)
    assert '<a href="#provmatt">Provmått</a>' in out
    assert "+5,0" in out


def test_the_overview_ends_with_the_three_answers():
    level = {"kind": "minst", "level": 60, "issuer": "Utgivaren", "year": 2024, "match": "samma"}
    rows = [observation(c, y, 50 + (c == "12") * (y - 2020)) for c in ("00", *REGIONS) for y in range(2016, 2026)]
    assessed = assess(one(rows, targets=[level]), [])
    out = html.overview([("Området", [assessed])], SKANE)
    head, row = re.findall("<tr>(.+?)</tr>", out)
    assert re.findall(">([^<]+)</th>", head)[-3:] == ["Mot riket", "Mot målnivån", "Utveckling"]
    answers = re.findall("<td>([^<]+)</td>", row)[-3:]
    assert answers == [assessed.vs_nation.klass, assessed.vs_target.klass, "förbättras"]


def test_the_overview_of_riket_tells_how_the_regions_differ_instead():
    found = results(indicator(), RIKET, country(2025, 50, 55))
    out = html.overview([("Området", [assess(r, []) for r in found])], RIKET)
    assert '<th scope="col">Mellan regionerna</th>' in out
    assert "Mot riket" not in out
    assert re.findall("<td>([^<]+)</td>", out)[-2] == "–", "without a target level there is no answer"


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
