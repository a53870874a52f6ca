"""What is said of an indicator in all regions over time agrees with its figures."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.across import CODES, UNITS, ladder, year
from tests.assessment.test_then_and_now import decade, told
from tests.making import observation

from varddialog.prose import over_time as say
from varddialog.swedish import NBSP


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_the_finding_counts_the_ways_and_tells_of_riket():
    t = told(decade(r01=2.0, r03=-2.0, r04=-2.0), relevance=5.0)
    said = plain(say.finding(t))
    assert said == (
        "Jämfört med 2020 är värdet 2025 bättre i 1 region, sämre i 2 och ungefär lika i 18. Riket: 60,0 %, oförändrat."
    )


def test_the_number_of_compared_regions_is_told_when_some_are_left_out():
    t = told([row for row in decade() if not (row.region == "25" and row.year == 2025)])
    assert "(20 av 21 regioner kan jämföras)" in plain(say.finding(t))


def test_riket_goes_from_one_value_to_the_other():
    t = told(decade(r00=1.0))
    assert plain(say.nation(t)) == "Riket: från 55,0 till 60,0 %."


def test_an_abbreviation_ends_its_sentence():
    assert plain(say.nation(told(decade(r00=1.0), measure="per_1000"))) == "Riket: från 55,0 till 60,0 per 1 000 inv."


def test_an_index_is_called_so_before_its_first_number():
    assert plain(say.nation(told(decade(r00=1.0), measure="index"))) == "Riket: från index 55,0 till 60,0."


def test_without_riket_that_is_said():
    t = told([row for row in decade() if not (row.region == "00" and row.year == 2025)])
    assert say.nation(t) == "Uppgift för riket saknas 2025."


def test_what_cannot_be_compared_says_why():
    said = say.finding(told(decade(), measure="kronor_per_invanare", prices="löpande"))
    assert said.endswith("Värdena är i löpande priser och jämförs inte över tid.")


def test_how_far_apart_regions_are_is_told_then_and_now():
    same = plain(say.apart(told(decade())))
    assert "Två regioner skiljer sig i genomsnitt åt med 14,7 procentenheter, ungefär som 2020 (14,7)." in same
    wider = [row for when in range(2016, 2026) for row in year(when, ladder() if when == 2025 else ladder(step=1.0))]
    # steps of 1 five years ago, of 2 now: (21 + 1)/3 and twice that
    assert "14,7 procentenheter, mer än 2020 (7,3)" in plain(say.apart(told(wider)))


def test_targets_are_counted():
    t = told(decade(), targets=[{"kind": "minst", "level": 70, "issuer": "Någon", "match": "samma"}])
    # the ladder goes from 40 to 80 in steps of 2
    assert plain(say.target(t)) == "6 av 21 regioner når målnivån minst 70 %; riket når den inte."


def test_a_target_of_another_measure_is_not_told():
    t = told(decade(), targets=[{"kind": "minst", "level": 70, "issuer": "Någon", "match": "annat"}])
    assert say.target(t) == ""


def test_reservations_tell_of_breaks_the_pandemic_and_missing_regions():
    rows = [row for row in decade() if not (row.region == "25" and row.year == 2025)]
    said = " ".join(say.reservations(told(rows)))
    assert "2020 var vården påverkad av pandemin" in said
    assert "Norrbotten (senast 2024)" in said
    assert "Tidsseriebrott 2019" in " ".join(
        say.reservations(told(decade(), breaks=[{"year": 2019, "reason": "Nytt."}]))
    )


def test_an_old_series_is_said_to_be_old():
    assert "behöver inte gälla i dag" in " ".join(say.reservations(told(decade(last=2018))))


def test_the_headline_names_those_with_most_and_how_many_were_compared():
    t = told(decade(r01=2.0, r03=-2.0), relevance=5.0)
    lists = dict(say.headline([t], UNITS))
    assert lists["Flest mått har blivit bättre"] == ["Stockholm, 1 av 1"]
    assert lists["Flest mått har blivit sämre"] == ["Uppsala, 1 av 1"]


def test_a_place_shared_by_many_is_left_out_of_the_headline():
    moving = {f"r{code}": -2.0 for code in CODES[:6]}
    lists = dict(say.headline([told(decade(**moving), relevance=5.0)], UNITS))
    assert "Flest mått har blivit sämre" not in lists


def test_the_text_alternative_has_every_region():
    t = told(decade())
    assert all(UNITS.by_code[code].name in say.picture(t) for code in CODES)


def test_the_text_alternative_of_months_begins_its_sentences_with_capitals():
    rows = [observation(c, 2025, v, period=f"2025-{m:02d}") for m in (2, 3) for c, v in ladder().items()]
    assert "region. Mars" in say.picture(told(rows, period={"kind": "månad"}))


def test_where_lower_is_better_the_legend_says_that_up_is_better():
    assert "Uppåt är bättre" in say.legend(told(decade(), direction="lower_better"))
    assert "Uppåt är bättre" not in say.legend(told(decade()))


@pytest.mark.parametrize(("first", "shown"), [(2010, "2016"), (2020, "2020")])
def test_the_panels_show_at_most_ten_years(first: int, shown: str):
    rows = [row for when in range(first, 2026) for row in year(when, ladder())]
    assert say.span_of_panels(told(rows)) == (shown, "2025")


def test_arrows_and_words_say_the_same():
    t = told(decade(r01=2.0, r03=-2.0), relevance=5.0)
    words = Counter(say.cell_words(step, t.then) for step in t.steps.values())
    assert words == {"bättre än 2020": 1, "sämre än 2020": 1, "ungefär som 2020": 19}
    assert {way for way, arrow in say.ARROWS.items() if not arrow} == {"ungefär lika"}
