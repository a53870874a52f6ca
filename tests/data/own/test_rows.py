"""A region's rows as observations: what may be written, and what is told when something else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.own.files import TODAY, csv_file

from varddialog.data.forms.table import Line, read_table
from varddialog.data.own.columns import FORM
from varddialog.data.own.rows import Own, measures_for_own, observations
from varddialog.data.rows import Observation, Place
from varddialog.errors import DataError
from varddialog.model.catalogue import Catalogue

SHARE = "U70513"  # procent, högre är bättre
MONTHLY = "SOS_BUP_VANTETID_FORSTA_BESOK"
WOMEN = "N01483"


def own(catalogue: Catalogue, *lines: dict[str, object]) -> Own:
    plain: dict[str, object] = {"mått": SHARE, "enhet": "Lasarettet i Norrby", "år": "2024", "värde": "82,4"}
    made = [Line(n, {**plain, **line}) for n, line in enumerate(lines, 2)]
    return observations(made, "egna.csv", catalogue.units.by_code["12"], catalogue, TODAY)


def faults(catalogue: Catalogue, *lines: dict[str, object]) -> list[str]:
    with pytest.raises(DataError) as caught:
        own(catalogue, *lines)
    return [f"{fault.where}: {fault.what}" for fault in caught.value.faults]


def test_a_row_becomes_an_observation_of_a_place_of_its_own(catalogue: Catalogue) -> None:
    made = own(catalogue, {"nedre": "80", "övre": 84.5, "täljare": "412", "nämnare": "500", "kön": "Kvinnor"})
    assert made.rows == [
        Observation(SHARE, "12-lasarettet-i-norrby", 2024, "", "K", "", "", 82.4, 80.0, 84.5, 412.0, 500.0)
    ]
    assert made.places == {
        "12-lasarettet-i-norrby": Place("12-lasarettet-i-norrby", "Lasarettet i Norrby", "12", "egen")
    }
    assert made.small == 0


@pytest.mark.parametrize(
    ("written", "value"),
    [("82,4", 82.4), ("82.4", 82.4), (" 82,4 ", 82.4), ("0", 0.0), ("1e1", 10.0), (82, 82.0), ("+7", 7.0), (",5", 0.5)],
)
def test_ways_to_write_a_number(catalogue: Catalogue, written: object, value: float) -> None:
    assert own(catalogue, {"värde": written}).rows[0].value == value


def test_thousands_may_be_parted_and_minus_may_be_a_real_one(catalogue: Catalogue) -> None:
    made = own(catalogue, {"mått": "N70061", "värde": "1\u00a0234,5"}, {"mått": "NKA_HSV", "värde": "\u22121,5"})
    assert [row.value for row in made.rows] == [1234.5, -1.5]


@pytest.mark.parametrize(
    "written", [SHARE, "u70513", "reperfusion-i-tid-stemi", "Akut behandling i tid vid stor hjärtinfarkt"]
)
def test_ways_to_write_a_measure(catalogue: Catalogue, written: str) -> None:
    assert own(catalogue, {"mått": written}).rows[0].indicator == SHARE


@pytest.mark.parametrize(
    ("written", "sex"), [(None, "T"), ("", "T"), ("totalt", "T"), ("KVINNOR", "K"), ("män", "M"), ("Man", "M")]
)
def test_ways_to_write_a_sex(catalogue: Catalogue, written: object, sex: str) -> None:
    assert own(catalogue, {"kön": written}).rows[0].sex == sex


def test_a_measure_that_concerns_one_sex_is_under_that(catalogue: Catalogue) -> None:
    made = own(catalogue, {"mått": WOMEN}, {"mått": WOMEN, "kön": "kvinnor", "år": "2023"})
    assert [row.sex for row in made.rows] == ["K", "K"]
    assert faults(catalogue, {"mått": WOMEN, "kön": "män"}) == [
        "egna.csv, rad 2, kolumn kön: Måttet gäller bara kvinnor."
    ]


def test_a_measure_with_months(catalogue: Catalogue) -> None:
    made = own(catalogue, {"mått": MONTHLY, "månad": 3, "värde": "40"})
    assert (made.rows[0].period, made.rows[0].year) == ("2024-03", 2024)
    assert faults(catalogue, {"mått": MONTHLY}, {"månad": "3"}, {"mått": MONTHLY, "månad": "13", "enhet": "B"}) == [
        "egna.csv, rad 2, kolumn månad: Måttet har ett värde för varje månad.",
        "egna.csv, rad 3, kolumn månad: Måttet har inte ett värde för varje månad.",
        "egna.csv, rad 4, kolumn månad: 13 är ingen månad.",
    ]


CELLS = {
    "no measure": ({"mått": " "}, "mått", "Fältet är tomt."),
    "unknown measure": ({"mått": "U7051"}, "mått", "Okänt mått: «U7051»."),
    "context": (
        {"mått": "SCB_UTRIKES_FODDA"},
        "mått",
        "Måttet «Andel utrikes födda» kan inte ha egna uppgifter: det beskriver regionens förutsättningar.",
    ),
    "no unit": ({"enhet": None}, "enhet", "Fältet är tomt."),
    "no name": ({"enhet": "—"}, "enhet", "'—' är inget namn på en enhet."),
    "no letters": ({"enhet": "A\u200bB"}, "enhet", "'A\\u200bB' är inget namn på en enhet."),
    "long name": ({"enhet": "A" * 121}, "enhet", "Namnet är 121 tecken långt."),
    "a region": ({"enhet": "region skåne"}, "enhet", "«region skåne» är en region och ingen enhet i den."),
    "no year": ({"år": ""}, "år", "Fältet är tomt."),
    "half a year": ({"år": 2024.5}, "år", "«2024.5» är inget helt tal."),
    "old": ({"år": "24"}, "år", "24 kan inte vara uppgiftens år."),
    "to come": ({"år": "2027"}, "år", "2027 kan inte vara uppgiftens år."),
    "sex": ({"kön": "F"}, "kön", "«F» är inget kön i formuläret."),
    "no value": ({"värde": None}, "värde", "Fältet är tomt."),
    "words": ({"värde": "cirka 80"}, "värde", "«cirka 80» är inget tal."),
    "percent": ({"värde": "82 %"}, "värde", "«82 %» är inget tal."),
    "both signs": ({"värde": "1.234,5"}, "värde", "«1.234,5» är inget tal."),
    "true": ({"värde": True}, "värde", "«True» är inget tal."),
    "an error of Excel": ({"värde": "#DIV/0!"}, "värde", "«#DIV/0!» är inget tal."),
    "nan": ({"värde": "nan"}, "värde", "«nan» är inget tal."),
    "endless": ({"värde": float("inf")}, "värde", "inf kan inte vara en uppgift."),
    "much": ({"värde": "1e13"}, "värde", "1e13 kan inte vara en uppgift."),
    "above all": ({"värde": "101"}, "värde", "101,00 är utanför vad mätenheten procent tillåter."),
    "below all": ({"värde": "-1"}, "värde", "−1,00 är utanför vad mätenheten procent tillåter."),
    "one limit": ({"nedre": "80"}, "", "Bara den ena gränsen i intervallet är ifylld."),
    "outside": ({"nedre": "83", "övre": "85"}, "", "Värdet ligger inte mellan nedre och övre."),
    "one count": ({"nämnare": "500"}, "", "Bara det ena av täljare och nämnare är ifyllt."),
    "half a person": ({"täljare": "412,5", "nämnare": "500"}, "", "Täljare och nämnare är inte antal."),
    "of none": ({"täljare": "0", "nämnare": "0"}, "", "Täljare och nämnare är inte antal."),
    "another share": ({"täljare": "411", "nämnare": "500"}, "", "411 av 500 är 82,20, men värdet är 82,40."),
}


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_that_cannot_be_used_is_told_with_row_and_column(catalogue: Catalogue, kind: str) -> None:
    line, column, what = CELLS[kind]
    where = "egna.csv, rad 2" + (f", kolumn {column}" if column else "")
    assert faults(catalogue, line) == [f"{where}: {what}"]


def test_every_fault_is_told_at_once(catalogue: Catalogue) -> None:
    told = faults(catalogue, {"mått": "x", "år": "x", "värde": "x", "täljare": "x"}, {}, {"kön": "x"})
    assert [where.split(":")[0] for where in told] == [
        "egna.csv, rad 2, kolumn mått",
        "egna.csv, rad 2, kolumn år",
        "egna.csv, rad 2, kolumn värde",
        "egna.csv, rad 2, kolumn täljare",
        "egna.csv, rad 4, kolumn kön",
    ]


def test_the_same_observation_twice_is_told_with_both_rows(catalogue: Catalogue) -> None:
    assert faults(catalogue, {}, {"kön": "kvinnor"}, {"kön": "totalt", "mått": "reperfusion-i-tid-stemi"}) == [
        "egna.csv, rad 4: Raden gäller samma uppgift som rad 2."
    ]


def test_a_unit_that_is_written_in_two_ways_is_told(catalogue: Catalogue) -> None:
    assert faults(catalogue, {}, {"enhet": "Lasarettet i norrby", "år": "2023"}) == [
        "egna.csv, rad 3, kolumn enhet: Enheten skrivs «Lasarettet i norrby» här och «Lasarettet i Norrby» på rad 2."
    ]
    made = own(catalogue, {}, {"enhet": " Lasarettet  i\u00a0Norrby ", "år": "2023"})
    assert len(made.places) == 1


@pytest.mark.parametrize(("value", "part", "whole"), [("82", "412", "500"), ("82,4", "412", "500"), ("33,3", "1", "3")])
def test_a_share_may_be_rounded(catalogue: Catalogue, value: str, part: str, whole: str) -> None:
    assert own(catalogue, {"värde": value, "täljare": part, "nämnare": whole}).rows


def test_counts_beside_what_is_no_share_are_not_compared(catalogue: Catalogue) -> None:
    assert own(catalogue, {"mått": "U70425", "värde": "5,1", "täljare": "412", "nämnare": "500"}).rows


def test_small_numbers_of_persons_are_counted_whole_and_complement(catalogue: Catalogue) -> None:
    made = own(
        catalogue,
        {"värde": "1", "täljare": "4", "nämnare": "400"},
        {"värde": "99", "täljare": "396", "nämnare": "400", "år": "2023"},
        {"värde": "0", "täljare": "0", "nämnare": "400", "år": "2022"},
    )
    assert (len(made.rows), made.small) == (3, 2)


def test_the_measures_of_the_form_are_those_that_are_taken(catalogue: Catalogue) -> None:
    listed = {i.id for i in measures_for_own(catalogue)}
    for indicator in catalogue.indicators.values():
        line = {"mått": indicator.id, "värde": "50", "månad": "1" if indicator.period.kind == "månad" else ""}
        if indicator.id in listed:
            assert own(catalogue, line).rows[0].indicator == indicator.id
        else:
            assert "kan inte ha egna uppgifter" in faults(catalogue, line)[0]
    assert 100 < len(listed) < len(catalogue.indicators)


def test_a_file_as_a_region_writes_it(catalogue: Catalogue, tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{SHARE};Norrby;2024;;totalt;82,4;79,1;85,3;412;500", "U70425;Norrby;2025;;;5,1;;;;")
    made = observations(read_table(path, FORM), path.name, catalogue.units.by_code["12"], catalogue, TODAY)
    assert [(row.indicator, row.year, row.value, row.numerator) for row in made.rows] == [
        (SHARE, 2024, 82.4, 412.0),
        ("U70425", 2025, 5.1, None),
    ]
