"""What looks like personal data is pointed out, and not repeated; figures and names of units are left in peace."""

from __future__ import annotations

import pytest

from varddialog.data.forms.personal import warnings
from varddialog.data.forms.table import Line

# numbers that Skatteverket has set aside for tests
PERSONS = ["198507099805", "19850709-9805", "850709-9805", "8507099805", "850709+9805", "Anna 19850709 9805"]


@pytest.mark.parametrize("written", [*PERSONS, 8507099805.0, 198507099805])
def test_a_person_number_is_pointed_out(written: object) -> None:
    (said,) = warnings([Line(7, {"enhet": written})], "egna.csv")
    assert said.startswith("egna.csv, rad 7, kolumn enhet: ")
    assert "personnummer" in said
    assert "9805" not in said


def test_a_coordination_number_is_too() -> None:
    assert len(warnings([Line(2, {"enhet": "701063-2391"})], "egna.csv")) == 1


@pytest.mark.parametrize("written", ["anna.x@skane.se", "Frågor: a_b@exempel.org"])
def test_an_address_is_pointed_out(written: str) -> None:
    (said,) = warnings([Line(2, {"mått": None, "enhet": written})], "egna.csv")
    assert "e-postadress" in said
    assert "@" not in said


@pytest.mark.parametrize(
    "written",
    [
        "Vårdcentralen 1177",
        "850709-9806",
        "859909-9805",
        "1985070998051",
        412,
        82.4,
        None,
        "202512",
        "A@B",
    ],
)
def test_other_things_are_not(written: object) -> None:
    assert warnings([Line(2, {"enhet": written})], "egna.csv") == []


TELEPHONES = [
    "070-123 45 67",
    "0701234567",
    "070 123 45 67",
    "Ring 08-123 45 67!",
    "08 123 456 78",
    "08/123 456 78",
    "0910-12 34 56",
    "021-123456",
    "+46 70 123 45 67",
    "+46701234567",
    "+46 (0)8 123 45 67",
    "0046 8 123 45 67",
    "070\u2011123\u00a045\u00a067",
    "(tfn 040-12 34 56)",
]


@pytest.mark.parametrize("written", TELEPHONES)
def test_a_telephone_number_is_pointed_out(written: str) -> None:
    (said,) = warnings([Line(2, {"uttalande": written})], "egna.csv")
    assert "telefonnummer" in said
    assert not any(sign.isdigit() for sign in said.removeprefix("egna.csv, rad 2"))


@pytest.mark.parametrize(
    "written",
    [
        "2023-2024",
        "2023\u20132024",
        "vintern 2014/2015",
        "Besöket 2027-03-14, klockan 08 15",
        "08-12-2024",
        "N79221, N79223, N79240, N79242",
        "U70425; U79134",
        "SoU 2016:2, diarienummer 2021/01234",
        "1 234 567 invånare",
        "från 120 000 till 130 000",
        "0,25 till 0,75 procent",
        "1177",
        "i län 01, 03 och 04",
        "01-stockholm, 12-skane",
        "90 intervjuer 2014, 21 regioner, 6 lärdomar",
        "5 000 000 000 kronor",
        "20 procent av 85 070",
        "0709",
        20230401,
        701234567,
    ],
)
def test_years_counts_days_and_ids_are_no_telephone_numbers(written: object) -> None:
    assert warnings([Line(2, {"uttalande": written})], "egna.csv") == []
