"""Sentences on one indicator: same time, right side, nothing said of what is not known."""

from __future__ import annotations

import pytest
from tests.making import RIKET, SKANE, country, indicator, observation, remark, results

from varddialog.prose import result as say

NBSP = "\u00a0"


def one(rows, remarks=(), unit=SKANE, newest=2025, **changes):
    return results(indicator(**changes), unit, rows, remarks, [], newest)[0]


@pytest.mark.parametrize(
    ("mine", "ending"),
    [
        (52.3, f"2,3{NBSP}procentenheter högre än i riket."),
        (49.0, f"1,0{NBSP}procentenhet lägre än i riket."),
        (50.02, "samma värde som i riket."),
    ],
)
def test_finding_tells_the_side_and_size(mine, ending):
    assert say.finding(one(country(2025, 50, mine))).endswith(ending)


def test_finding_without_riket_says_so_and_compares_nothing():
    said = say.finding(one(country(2025, None, 52)))
    assert said == f"52,0{NBSP}procent 2025. Uppgift för riket saknas för samma tid."


def test_finding_of_riket_and_of_counts_compares_nothing():
    assert say.finding(one(country(2025, 50, 60), unit=RIKET)) == f"50,0{NBSP}procent 2025."
    count = one(country(2025, 500, 60), measure="antal", direction="none", decimals=0)
    assert say.finding(count) == "60 2025."
    assert "jämförs inte" in say.place_among_regions(count)


def test_a_questioned_value_is_shown_and_not_compared():
    result = one(country(2025, 50, 60), [remark("12", 2025)])
    assert say.finding(result) == f"60,0{NBSP}procent 2025. Värdet är ifrågasatt och jämförs inte."


def test_the_published_interval_is_told_where_there_is_one():
    assert say.published_interval(one(country(2025, 50, 90))) == ""
    rows = [*country(2025, 50, None), observation("12", 2025, 55, low=52, high=58)]
    assert say.published_interval(one(rows)).endswith("52,0–58,0.")


def test_place_names_how_many_report_and_how_many_are_left_out():
    result = one(country(2025, 50, 60), [remark("14", 2025)])
    said = say.place_among_regions(result)
    assert "(12 av 21 regioner har uppgift)" in said
    assert f"1{NBSP}ifrågasatt värde är inte med." in said


def test_development_starts_after_a_break_and_skips_questioned_values():
    rows = [row for year in range(2018, 2026) for row in country(year, 40 + year - 2018, 50 + year - 2018)]
    whole = say.development(one(rows))
    assert whole == "Från 50,0 (2018) till 57,0 (2025). Riket: från 40,0 till 47,0."
    broken = say.development(one(rows, breaks=[{"year": 2021, "reason": "Nytt sätt att räkna."}]))
    assert broken.startswith("Från 53,0 (2021)")
    flagged = say.development(one(rows, [remark("12", 2025)]))
    assert "till 56,0 (2024)" in flagged


def test_development_needs_three_values():
    rows = [row for year in (2024, 2025) for row in country(year, 40, 50)]
    assert say.development(one(rows)) == ""


def test_old_and_ended_series_say_that_they_do_not_speak_of_today():
    assert "avslutad" in say.state(one(country(2025, 50, 60), discontinued=2025))
    assert "2019" in say.state(one(country(2019, 50, 60)))
    assert say.state(one(country(2025, 50, 60))) == ""


def test_target_sentences():
    target = {
        "kind": "minst",
        "level": 80.0,
        "issuer": "Socialstyrelsen",
        "year": 2024,
        "match": "närliggande",
        "note": "Kontrollera.",
    }
    result = one(country(2025, 50, 60), targets=[target])
    assert say.level(result.targets[0], result) == f"minst 80{NBSP}% (Socialstyrelsen, 2024)"
    said = say.reached(result.targets[0], result)
    assert said.startswith(f"Värdet når inte målnivån, 20,0{NBSP}procentenheter återstår.")
    assert "närliggande" in said
    assert said.endswith("Kontrollera.")


def test_the_picture_is_told_in_words():
    said = say.picture(one([*country(2023, 50, 55), *country(2024, 50, 56), *country(2025, 50, 57)]))
    assert "från 55,0 (2023) till 57,0 (2025)" in said
    assert "Riket 50,0." in said
    assert said.endswith("Enhet: procent.")
