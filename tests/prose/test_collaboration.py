"""What is said of a collaboration region agrees with its figures."""

from __future__ import annotations

from tests.across import ladder, seen, year
from tests.assessment.test_collaboration import NORTH, TWO, decade, found

from varddialog.assessment.collaboration import among
from varddialog.model.units import CollaborationRegion, Unit
from varddialog.prose import collaboration as say
from varddialog.swedish import NBSP


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_changes_are_counted():
    rows = [found(rows=decade(r25=90.0)), found(rows=decade(r25=76.0, r22=76.0)), found()]
    assert plain(say.changes(rows)) == (
        "Av 3 mått som går att följa har skillnaden mellan medlemmarna ökat i 1, minskat i 1 och varit ungefär "
        "densamma i 1."
    )


def test_two_members_are_called_two():
    assert "mellan de två medlemmarna" in say.changes([found(TWO)])


def test_what_cannot_be_followed_is_said():
    assert say.changes([found(rows=year(2025, ladder()))]) == "Inget mått går att jämföra med ett tidigare år."


def test_members_that_are_more_alike_than_the_country_are_said_to_be():
    assert "mer lika varandra" in say.widest([found()])


def test_what_differs_most_is_named_with_its_size():
    last = {**ladder(), "22": 20.0, "25": 95.0}
    row = among(NORTH, seen([r for when in (2024, 2025) for r in year(when, last)]), {})
    assert row.share > 1
    assert plain(say.widest([row])).startswith("Störst är skillnaderna, jämfört med landet, i ”Provmått” (")


def test_a_split_region_is_told_with_what_its_figures_are_of():
    names = ["Södra", "Västra"]
    halland = Unit(code="13", name="Halland", official_name="H", collaboration_regions=names, note="Norr och söder")
    said = say.members(CollaborationRegion("Västra", (halland, TWO.members[0])))
    assert "Halland är delat mellan två samverkansregioner, men siffrorna gäller hela regionen. Norr och söder." in said


def test_the_text_alternative_has_then_and_now():
    assert plain(say.picture(NORTH, [found()])) == (
        "Skillnaden mellan medlemmarna i Norra över tid: Provmått 3,3 (2020) till 3,3 (2025)."
    )


def test_a_cell_is_read_aloud_with_the_time_it_is_compared_with():
    assert say.apart_now(found(rows=decade(r25=90.0))) == "större än 2020"
    assert say.apart_now(found(rows=year(2025, ladder()))) == ""
