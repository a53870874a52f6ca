"""Values in words: units, singular and plural, and the code points between a number and its unit."""

from __future__ import annotations

import pytest
from tests.making import SKANE, country, indicator, results

from varddialog.model.measures import MEASURES
from varddialog.prose.words import against_nation, difference_in_words, figure, in_words, moment, period

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("measure", "value", "short", "words"),
    [
        ("procent", 87.25, f"87,2{NBSP}%", f"87,2{NBSP}procent"),
        ("index", 78.1, "index 78,1", "index 78,1"),
        ("dagar", 24.0, f"24,0{NBSP}dagar", f"24,0{NBSP}dagar"),
        (
            "per_100000",
            1234.5,
            f"1{NBSP}234,5{NBSP}per 100{NBSP}000 inv.",
            f"1{NBSP}234,5{NBSP}per 100{NBSP}000 invånare",
        ),
        ("kronor_per_invanare", -3.0, f"\u22123,0{NBSP}kr per inv.", f"\u22123,0{NBSP}kronor per invånare"),
        ("antal", 7.0, "7,0", "7,0"),
    ],
)
def test_value_with_its_unit(measure, value, short, words):
    prices = "löpande" if measure.startswith("kronor") else None
    shown = indicator(measure=measure, prices=prices, decimals=1)
    assert figure(shown, value) == short
    assert in_words(shown, value) == words


def test_every_unit_of_measure_can_be_said():
    for name in MEASURES:
        shown = indicator(measure=name, prices="löpande" if name.startswith("kronor") else None)
        for text in (figure(shown, 12.0), in_words(shown, 12.0), difference_in_words(shown, 1.0)):
            assert "  " not in text
            assert text == text.strip()
            assert "12" in text or "1,0" in text


@pytest.mark.parametrize(
    ("size", "words"),
    [(1.0, "procentenhet"), (-1.0, "procentenhet"), (10.0, "procentenheter"), (0.1, "procentenheter")],
)
def test_one_percentage_point_is_singular_and_ten_are_not(size, words):
    assert difference_in_words(indicator(), size).endswith(f"{NBSP}{words}")


def test_a_missing_value_is_a_dash_without_unit():
    assert figure(indicator(), None) == "–"


def test_what_a_value_covers():
    assert moment("2026-06") == f"juni{NBSP}2026"
    assert period(indicator(period={"kind": "rullande", "years": 4}), "2024") == "2021–2024"
    assert period(indicator(), "2024") == "2024"


def test_a_reader_who_subtracts_the_printed_values_gets_the_printed_difference():
    (result,) = results(indicator(decimals=0), SKANE, country(2025, 50.4, 52.6), [], [], 2025)
    assert against_nation(result) == f"+3{NBSP}procentenheter"  # 53 − 50, though 52.6 − 50.4 is 2.2
