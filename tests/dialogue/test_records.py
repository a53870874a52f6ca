"""Rounds are read as they are written, in CSV and Excel alike, and made-up ones never mix with real ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.dialogue.record_files import ARENA, CYCLE, SAID, csv_file, excel_file, folder

from varddialog.config import Project
from varddialog.dialogue.forms.columns import ACTIONS, EVALUATION, STATEMENTS
from varddialog.dialogue.records import Rounds, read_rounds
from varddialog.dialogue.rounds import Action, FollowUp, Rating, Round, Statement
from varddialog.errors import DataError, Fault
from varddialog.model.catalogue import Catalogue

MARCH, YEAR_ON, DUE = dt.date(2026, 3, 14), dt.date(2027, 3, 1), dt.date(2027, 12, 31)
STEP = {
    "nr": "1", "enhet": "Skåne", "ägare": "Regionen", "tema": "vardplatser", "åtgärd": "Öppna tio platser.",
    "beslutad": "2026-03-14", "klar senast": "2027-12-31", "mått": "U70425", "källa": "Protokoll",
}  # fmt: skip
FOLLOWED = {"nr": "1", "enhet": "12", "uppföljd": "2027-03-01", "läge": "pågår", "kommentar": "Fem är öppna."}
RATED = {"enhet": "Riket", "part": "Socialstyrelsen", "påstående": "rattvisande", "poäng": "4", "kommentar": "Bra."}


def example(here: Project, cycle: str = CYCLE, arena: str = ARENA) -> Path:
    made = folder(here, arena, cycle)
    (made / "omgang.yml").write_text("example: true\n")
    return made


@pytest.fixture
def here(tmp_path: Path) -> Project:
    return Project(tmp_path.resolve())


def told(here: Project, catalogue: Catalogue) -> list[Fault]:
    with pytest.raises(DataError) as caught:
        read_rounds(here, catalogue)
    return list(caught.value.faults)


def test_a_round_is_what_its_files_say(here: Project, catalogue: Catalogue) -> None:
    made = folder(here)
    said = {**SAID, "mått": "U70425; N79176, U70425", "roll": "verksamhet", "fråga": "platser", "slag": "svar"}
    csv_file(made / "12-skane.csv", said)
    csv_file(made / "atgarder.csv", STEP, FOLLOWED, form=ACTIONS)
    csv_file(made / "utvardering.csv", RATED, form=EVALUATION)
    (made / "omgang.yml").write_text("material: Ett besök.\nsource: Utgivaren, 2026.\n")
    statement = Statement(
        "12-skane.csv:2", "12", "regionen", "verksamhet", "vardplatser", "svar", "Platserna räcker inte på sommaren.",
        "platser", "", ("U70425", "N79176"), "Anteckningar 2026-05-12",
    )  # fmt: skip
    history = (FollowUp(MARCH, "planerad"), FollowUp(YEAR_ON, "pågår", "Fem är öppna."))
    action = Action(
        "atgarder.csv:2", "12", "regionen", "vardplatser", "Öppna tio platser.", MARCH, DUE, history, ("U70425",),
        "Protokoll",
    )  # fmt: skip
    rating = Rating("utvardering.csv:2", "00", "socialstyrelsen", "rattvisande", 4, "Bra.")
    expected = Round(ARENA, CYCLE, (statement,), (action,), (rating,), "Ett besök.", "Utgivaren, 2026.")
    assert read_rounds(here, catalogue).all == (expected,)


def test_excel_says_the_same_as_csv_whatever_its_sheets_are_called(here: Project, catalogue: Catalogue) -> None:
    text, book = folder(here, cycle="2024-2025"), folder(here)
    csv_file(text / "a.csv", SAID)
    csv_file(text / "b.csv", STEP, FOLLOWED, form=ACTIONS)
    csv_file(text / "c.csv", RATED, form=EVALUATION)
    days = {**STEP, "nr": 1, "beslutad": dt.datetime(2026, 3, 14), "klar senast": DUE}
    sheets = {
        "Besöket": (STATEMENTS, [SAID]),
        "Åtgärder": (ACTIONS, [days, {**FOLLOWED, "nr": 1.0, "uppföljd": YEAR_ON}]),
        "Blad3": (EVALUATION, [{**RATED, "poäng": 4.0}]),
    }
    excel_file(book / "12-skane.xlsx", sheets)
    first, second = read_rounds(here, catalogue).all

    def plain(round_: Round) -> list[object]:
        rows = [*round_.statements, *round_.actions, *round_.ratings]
        return [{**vars(row), "key": ""} for row in rows]

    assert plain(first) == plain(second)
    keys = [row.key for row in (*second.statements, *second.actions, *second.ratings)]
    assert keys == ["12-skane.xlsx:besoket:2", "12-skane.xlsx:atgarder:2", "12-skane.xlsx:blad3:2"]


def test_nothing_registered_is_no_fault(here: Project, catalogue: Catalogue) -> None:
    rounds = read_rounds(here, catalogue)
    assert (rounds.all, rounds.of(ARENA), rounds.before(ARENA, CYCLE), rounds.lessons(CYCLE)) == ((), (), None, ())
    assert rounds.at(ARENA, CYCLE) == rounds.latest(ARENA, CYCLE) == Round(ARENA, CYCLE)
    csv_file(folder(here) / "tom.csv")
    excel_file(folder(here) / "tom.xlsx", {"Uttalanden": (STATEMENTS, []), "Val": (ACTIONS, [])})
    assert all(round_.is_empty for round_ in read_rounds(here, catalogue).all)


def test_what_lies_beside_is_passed_over_when_it_is_hidden_or_open_in_excel(
    here: Project, catalogue: Catalogue
) -> None:
    csv_file(folder(here) / "a.csv", SAID)
    for name in (".DS_Store", "~$a.xlsx"):
        (folder(here) / name).write_bytes(b"\0")
    (here.dialogue / ".gitkeep").touch()
    assert len(read_rounds(here, catalogue).all[0].statements) == 1


SIGNS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffd\ufffe\uffff", include_characters="\n\t"
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.text(SIGNS, min_size=1).filter(lambda text: text == text.strip()))
def test_whatever_is_written_comes_back_unchanged(here: Project, catalogue: Catalogue, written: str) -> None:
    source = f"Anteckningar {written}"
    csv_file(folder(here, cycle="2024-2025") / "a.csv", {**SAID, "uttalande": written, "källa": source})
    row = {**SAID, "uttalande": written, "källa": source}
    excel_file(folder(here) / "a.xlsx", {"Uttalanden": (STATEMENTS, [row])})
    for round_ in read_rounds(here, catalogue).all:
        (said,) = round_.statements
        assert (said.text, said.source) == (written, source)


# which round is meant


def rounds(*made: Round) -> Rounds:
    return Rounds(made)


def lesson(text: str) -> Statement:
    return Statement("a.csv:2", "12", "regionen", "", "vardplatser", "lärdom", text)


OLD, MIDDLE = Round("a", "2022-2023", (lesson("Ett."),)), Round("a", "2024-2025", (lesson("Två."),))
MADE_UP = Round("a", "2026-2027", (lesson("Tre."),), example=True)
OTHER = Round("b", "2026-2027", (lesson("Fyra."),), example=True)


def test_rounds_are_found_by_arena_and_time() -> None:
    empty = Round("a", "2026-2027", material="Inget än.")
    known = rounds(OLD, MIDDLE, empty)
    assert known.of("a") == (OLD, MIDDLE, empty)
    assert known.before("a", "2024-2025") == OLD
    assert known.before("a", "2028-2029") == MIDDLE  # one that holds nothing is no round before
    assert known.at("a", "2026-2027") == empty
    assert known.latest("a", "2026-2027") == known.latest("a", "2025-2026") == MIDDLE
    assert known.latest("a", "2020-2021") == Round("a", "2020-2021")
    assert [said.text for _, said in known.lessons("2024-2025")] == ["Ett.", "Två."]
    assert [said.text for _, said in known.lessons("2023-2024")] == ["Ett."]


def test_made_up_rounds_stand_only_where_nothing_is_real() -> None:
    both = rounds(OLD, MADE_UP, OTHER)
    assert both.of("a") == (OLD,)
    assert both.of("b") == (OTHER,)
    assert both.at("a", "2026-2027").is_empty
    assert both.latest("a", "2026-2027") == OLD
    assert [said.text for _, said in both.lessons("2026-2027")] == ["Ett."]
    alone = rounds(Round("a", "2024-2025"), MADE_UP, OTHER)
    assert alone.at("a", "2026-2027") == MADE_UP
    assert [said.text for _, said in alone.lessons("2026-2027")] == ["Tre.", "Fyra."]


def test_a_round_that_is_an_example_has_only_files_and_sources_that_say_so(here: Project, catalogue: Catalogue) -> None:
    made = example(here)
    csv_file(made / "exempel-12.csv", {**SAID, "källa": "Exempel, påhittat"})
    csv_file(made / "exempel-a.csv", {**STEP, "källa": "exempel"}, form=ACTIONS)
    (round_,) = read_rounds(here, catalogue).all
    assert round_.example
    assert not round_.is_empty
    csv_file(made / "13.csv", {**SAID, "källa": "Exempel", "uttalande": "A"})
    csv_file(made / "exempel-14.csv", {**SAID, "uttalande": "B"})
    assert [(fault.where, fault.what) for fault in told(here, catalogue)] == [
        ("data/dialogue/tillganglighet/2026-2027/13.csv", "Omgången är ett exempel."),
        ("data/dialogue/tillganglighet/2026-2027/exempel-14.csv, rad 2, kolumn källa", "Omgången är ett exempel."),
    ]


def test_what_is_made_up_is_refused_in_a_real_round(here: Project, catalogue: Catalogue) -> None:
    made = folder(here)
    csv_file(made / "Exempel-12.csv", SAID)
    csv_file(made / "a.csv", {**SAID, "källa": "Exempel", "uttalande": "B"})
    csv_file(made / "b.csv", {**STEP, "källa": "exempelbesök"}, form=ACTIONS)
    where = "data/dialogue/tillganglighet/2026-2027/"
    assert [(fault.where, fault.what) for fault in told(here, catalogue)] == [
        (f"{where}{place}", "Påhittade uppgifter får inte blandas med riktiga.")
        for place in ("Exempel-12.csv", "a.csv, rad 2, kolumn källa", "b.csv, rad 2, kolumn källa")
    ]
