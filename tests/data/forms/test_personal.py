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
