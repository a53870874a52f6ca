"""The words of the final report: each count with what it rests on, and what is missing said plainly."""

from __future__ import annotations

import pytest
from tests.dialogue.heard import BEDS, QUEUES, THEMES, area, everywhere, said, seen

from varddialog.dialogue.final import Beside, Heard, heard, together
from varddialog.dialogue.rounds import Rating, Round
from varddialog.dialogue.themes import CHALLENGE, FEEDBACK, PROPOSAL, Told
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle, Visit
from varddialog.prose import final as say

ARENA, CYCLE = "halso-och-sjukvardsdialogen", "2026-2027"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_kinds_are_counted_in_their_order_and_number() -> None:
    told = Told((said("01", "återkoppling till staten"), said("01", "styrka"), said("03", "styrka")))
    assert plain(say.counted(told)) == "2 styrkor, 1 synpunkt till staten"


def test_what_a_line_rests_on_goes_by_the_name_of_what_it_is(catalogue: Catalogue) -> None:
    told = Told((said("01", "förslag"), said("03", "förslag")))
    assert plain(say.resting(told, catalogue.units, *say.PROPOSALS)) == "2 förslag från 2 regioner"
    one = Told((said("12", "lärdom"),))
    assert plain(say.resting(one, catalogue.units, *say.LESSONS)) == "1 lärdom från Skåne"


def test_every_line_of_the_summary_says_how_much_it_rests_on(catalogue: Catalogue) -> None:
    three = ("01", "03", "04")
    found = seen(
        *everywhere(three, "utmaning"),
        *everywhere(three, "styrka", BEDS),
        *everywhere(three, "återkoppling till staten"),
        *everywhere(three[:2], "förslag", BEDS),
    )
    lines = say.findings(heard(found), heard(found, FEEDBACK), heard(found, PROPOSAL), catalogue.units)
    assert {what: plain(words) for what, words, _ in lines} == {
        "Flest talar om": "Köer (6 uttalanden från 3 regioner) och vårdplatser (5 uttalanden från 3 regioner).",
        "Samma utmaning": "Köer (3 uttalanden från 3 regioner).",
        "Samma styrka": "Vårdplatser (3 uttalanden från 3 regioner).",
        "Till staten": "Köer (3 synpunkter från 3 regioner).",
        "Förslag": "Vårdplatser (2 förslag från 2 regioner).",
    }


def test_themes_beyond_three_are_counted(catalogue: Catalogue) -> None:
    told = Told((said("01", "förslag"),))
    named = [Heard(QUEUES.model_copy(update={"slug": f"t{i}", "name": f"Tema {i}"}), told) for i in range(5)]
    (first, *_) = say.findings(named, [], [], catalogue.units)
    assert plain(first[1]).startswith("Tema 0 (1 uttalande från Stockholm), tema 1 (")
    assert plain(first[1]).endswith(" och 2 teman till.")


def test_held_visits_are_counted_without_the_national_dialogue(catalogue: Catalogue) -> None:
    cycle = catalogue.cycle(CYCLE)
    assert plain(say.held(cycle, catalogue.units)) == "Inget av de 21 besöken är gjort."
    visits = {name: Visit(date="2026-05-05", held=name in ("00-riket", "12-skane")) for name in cycle.visits}
    some: Cycle = cycle.model_copy(update={"visits": visits | {"00-riket": Visit(date="2026-06-06", held=True)}})
    assert plain(say.held(some, catalogue.units)) == "1 av 21 regioner har haft besök."


def test_regions_that_nothing_is_registered_from_are_named(catalogue: Catalogue) -> None:
    arena, codes = catalogue.arena(ARENA), [unit.code for unit in catalogue.units.regions]
    rated = tuple(Rating("x:2", "12", "skr", "i-tid", 4) for _ in range(2))
    found = Round(ARENA, CYCLE, tuple(everywhere(codes[:-2], "styrka")), ratings=rated)
    said_ = [plain(line) for line in say.registered(found, arena, catalogue.units)]
    assert said_ == [
        "Registrerat är 19 uttalanden från 19 regioner, av regionen.",
        "Till det kommer 2 svar på utvärderingen.",
        "Inget är registrerat från Västerbotten och Norrbotten.",
    ]
    assert say.registered(Round(ARENA, CYCLE), arena, catalogue.units) == []


@pytest.mark.parametrize(
    ("themes", "telling", "words"),
    [
        ((), (), "Inget av arenans teman handlar om måtten."),
        (THEMES[:1], (), "Temat köer tas inte upp som utmaning i någon region."),
        (THEMES[:2], ("01",), "Temana köer och vårdplatser tas upp som utmaning i bara 1 region."),
        (THEMES[:1], ("05", "06", "07"), "Temat köer tas upp som utmaning i 3 regioner, men inte i någon av dem som "
                                         "siffrorna gäller."),
        (THEMES[:1], ("01", "06", "07"), "Temat köer tas upp som utmaning i 3 regioner, men bara i 1 av dem som "
                                         "siffrorna gäller."),
    ],
)  # fmt: skip
def test_why_figures_stand_alone_is_told(themes, telling, words, catalogue: Catalogue) -> None:
    field = area(catalogue, "A", concerned=("01", "03", "04"))
    one = Beside(field, tuple(themes), Told(tuple(everywhere(telling, "utmaning"))))
    assert not one.same_way
    assert plain(say.why_only(one)) == words


def test_why_talks_stand_alone_is_told() -> None:
    without = QUEUES.model_copy(update={"indicators": []})
    one = heard(seen(*everywhere(("01", "03", "04"), "utmaning")), CHALLENGE)[0]
    assert say.why_only_told(one) == "Inget av temats mått har tillräckligt tydliga tecken."
    assert say.why_only_told(Heard(without, one.told)) == "Inga mått hör till temat."


def test_figures_and_talks_are_summed_up_with_what_they_rest_on(catalogue: Catalogue) -> None:
    told = Told(tuple(everywhere(("01", "03", "04"), "utmaning")))
    same = Beside(area(catalogue, "A", concerned=("01", "03", "04")), (QUEUES,), told)
    alone = Beside(area(catalogue, "X"), (), Told(()))
    name = same.field.area.name
    words = plain(say.figures([same, alone], [], catalogue.units))
    assert words == (
        f"Siffror och samtal pekar åt samma håll i {name[0].lower()}{name[1:]} (3 uttalanden från 3 regioner). "
        "Bara siffrorna talar för samverkan i 1 område."
    )
    assert plain(say.figures([], heard(seen(said("01", "utmaning"))), catalogue.units)) == (
        "Bara samtalen tar upp 1 tema."
    )


def test_members_of_a_collaboration_region_are_counted_of_all(catalogue: Catalogue) -> None:
    region = next(r for r in catalogue.units.collaboration_regions if len(r.members) > 3)
    codes = [unit.code for unit in region.members[:2]]
    (one,) = together(seen(*everywhere(codes, "utmaning"), said(codes[0], "förslag")), [region])
    assert plain(say.of_members(one, one.themes[0])) == (
        f"2 av {len(region.members)} medlemmar: 2 utmaningar, 1 förslag"
    )
