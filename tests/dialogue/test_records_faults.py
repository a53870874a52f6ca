"""Everything that can be wrong in records is told at once, at its file, row and column, with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.dialogue.record_files import ARENA, SAID, Row, csv_file, csv_text, excel_file, folder

from varddialog.config import Project
from varddialog.data.forms.columns import Form
from varddialog.dialogue.forms.columns import ACTIONS, EVALUATION, FORMS, STATEMENTS
from varddialog.dialogue.records import check_files, check_rounds, read_rounds
from varddialog.errors import DataError, Fault, UsageError
from varddialog.model.catalogue import Catalogue

STEP = {
    "nr": "1", "enhet": "Skåne", "ägare": "Regionen", "tema": "vardplatser", "åtgärd": "Öppna tio platser.",
    "beslutad": "2026-03-14", "uppföljd": "2026-09-01", "läge": "pågår",
}  # fmt: skip
RATED = {"enhet": "Riket", "part": "Regionen", "påstående": "rattvisande", "poäng": "4"}
AT = "data/dialogue/tillganglighet/2026-2027/"


@pytest.fixture
def here(tmp_path: Path) -> Project:
    return Project(tmp_path.resolve())


def faults(here: Project, catalogue: Catalogue) -> list[Fault]:
    found = check_rounds(here, catalogue).faults
    with pytest.raises(DataError) as caught:
        read_rounds(here, catalogue)
    assert list(caught.value.faults) == found
    return found


def places(found: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.where.removeprefix(AT), fault.what) for fault in found]


CELLS: dict[str, tuple[Form, Row, str, str]] = {
    "no unit": (STATEMENTS, {"enhet": ""}, "enhet", "Fältet är tomt."),
    "unknown unit": (STATEMENTS, {"enhet": "Region Skne"}, "enhet", "Okänd enhet: «Region Skne»."),
    "a collaboration region": (STATEMENTS, {"enhet": "Norra"}, "enhet", "Okänd enhet: «Norra»."),
    "unknown party": (STATEMENTS, {"part": "Anna"}, "part", "Okänd part: «Anna»."),
    "a role of no party": (STATEMENTS, {"roll": "direktör"}, "roll", "Okänd roll: «direktör»."),
    "a role of another party": (STATEMENTS, {"roll": "utredare"}, "roll", "Okänd roll: «utredare»."),
    "unknown theme": (STATEMENTS, {"tema": "vård platser"}, "tema", "Okänt tema: «vård platser»."),
    "a theme of another arena": (STATEMENTS, {"tema": "motesarenor"}, "tema", "Okänt tema: «motesarenor»."),
    "no theme": (STATEMENTS, {"tema": ""}, "tema", "Fältet är tomt."),
    "unknown kind": (STATEMENTS, {"slag": "åsikt"}, "slag", "Okänt slag: «åsikt»."),
    "no words": (STATEMENTS, {"uttalande": " "}, "uttalande", "Fältet är tomt."),
    "a failed formula": (STATEMENTS, {"uttalande": "#NAME?"}, "uttalande",
                         "Excel kunde inte räkna ut fältet: «#NAME?»."),
    "a lost letter": (STATEMENTS, {"uttalande": "Pl\ufffdts"}, "uttalande",
                      "Texten har ett tecken som inte går att visa (U+FFFD)."),
    "an answer to nothing": (STATEMENTS, {"slag": "svar"}, "fråga", "Ett svar behöver frågan som det svarar på."),
    "unknown question": (STATEMENTS, {"fråga": "hur"}, "fråga", "Okänd fråga: «hur»."),
    "another's question": (STATEMENTS, {"part": "Socialstyrelsen", "fråga": "platser"}, "fråga",
                           "Frågan ställs inte till Socialstyrelsen."),
    "an answer in words": (STATEMENTS, {"fråga": "platser", "svar": "nej"}, "svar",
                           "Frågan har inga svar att välja bland."),
    "an answer alone": (STATEMENTS, {"svar": "nej"}, "svar", "Frågan har inga svar att välja bland."),
    "unknown measure": (STATEMENTS, {"mått": "U70425, U9"}, "mått", "Okänt mått: «U9»."),
    "no number": (ACTIONS, {"nr": ""}, "nr", "Fältet är tomt."),
    "an owner that is no party": (ACTIONS, {"ägare": "Anna"}, "ägare", "Okänd part: «Anna»."),
    "no owner": (ACTIONS, {"ägare": ""}, "ägare", "Åtgärd 1 har inget i kolumnen på någon rad."),
    "no action": (ACTIONS, {"åtgärd": ""}, "åtgärd", "Åtgärd 1 har inget i kolumnen på någon rad."),
    "no day": (ACTIONS, {"beslutad": "2026-02-30"}, "beslutad", "«2026-02-30» är ingen dag."),
    "a day in words": (ACTIONS, {"uppföljd": "i höst"}, "uppföljd", "«i höst» är ingen dag."),
    "a day long ago": (ACTIONS, {"beslutad": "0206-03-14"}, "beslutad", "Dagen 0206-03-14 kan inte vara rätt."),
    "due before": (ACTIONS, {"klar senast": "2026-03-13"}, "klar senast", "Dagen ligger före beslutet."),
    "followed up before": (ACTIONS, {"uppföljd": "2026-03-13"}, "uppföljd", "Dagen ligger före beslutet."),
    "a state without a day": (ACTIONS, {"uppföljd": ""}, "uppföljd", "Bara det ena av uppföljd och läge är ifyllt."),
    "a day without a state": (ACTIONS, {"läge": ""}, "läge", "Bara det ena av uppföljd och läge är ifyllt."),
    "unknown state": (ACTIONS, {"läge": "snart klar"}, "läge", "Okänt läge: «snart klar»."),
    "no day at all": (ACTIONS, {"beslutad": "", "uppföljd": "", "läge": ""}, "beslutad",
                      "Varken beslut eller uppföljning har någon dag."),
    "unknown claim": (EVALUATION, {"påstående": "Det var trevligt."}, "påstående",
                      "Okänt påstående: «Det var trevligt.»."),
    "too high": (EVALUATION, {"poäng": "6"}, "poäng", "6 finns inte på skalan."),
    "between": (EVALUATION, {"poäng": "3,5"}, "poäng", "«3,5» är inget helt tal."),
    "no score": (EVALUATION, {"poäng": "bra"}, "poäng", "«bra» är inget tal."),
}  # fmt: skip
RIGHT: dict[str, Row] = {STATEMENTS.sheet: SAID, ACTIONS.sheet: STEP, EVALUATION.sheet: RATED}


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_that_cannot_be_used_is_told_with_row_and_column(here: Project, catalogue: Catalogue, kind: str) -> None:
    form, wrong, column, what = CELLS[kind]
    right = RIGHT[form.sheet]
    row = {**right, **wrong}
    other = {**right, "enhet": "Gotland"}
    csv_file(folder(here) / "a.csv", other, row, form=form)
    excel_file(folder(here, cycle="2028-2029") / "b.xlsx", {"Blad": (form, [other, row])})
    assert places(faults(here, catalogue)) == [
        (f"a.csv, rad 3, kolumn {column}", what),
        (f"data/dialogue/tillganglighet/2028-2029/b.xlsx, blad Blad, rad 3, kolumn {column}", what),
    ]


def test_answers_are_those_of_the_question(here: Project, catalogue: Catalogue) -> None:
    row = {"enhet": "Skåne", "part": "bestallare", "slag": "svar", "fråga": "mandat"}
    for cell, what in (
        ("ibland", "Okänt svar: «ibland»."),
        ("", "Fältet är tomt, men frågan har svar att välja bland."),
    ):
        csv_file(folder(here, "privata-vardgivare") / "a.csv", {**row, "svar": cell, "uttalande": "Nja."})
        (fault,) = faults(here, catalogue)
        assert (fault.where.rpartition(", ")[2], fault.what) == ("kolumn svar", what)
        assert fault.allowed == "i de flesta frågor, i några frågor eller nej"
    csv_file(folder(here, "privata-vardgivare") / "a.csv", {**row, "svar": "Nej"})
    (said,) = read_rounds(here, catalogue).all[0].statements
    assert (said.answer, said.theme, said.text) == ("nej", "bestallarens-mandat", "")


def test_a_unit_of_a_collaboration_region_may_be_written_in_many_ways(here: Project, catalogue: Catalogue) -> None:
    row = {"part": "ledningsgruppen", "tema": "nara-vard", "slag": "styrka"}
    ways = ("Mellansverige", "Sjukvårdsregion Mellansverige", "mellansverige-uppsala-orebro", "Riket")
    rows = [{**row, "enhet": way, "uttalande": way} for way in ways]
    csv_file(folder(here, "samverkansregion") / "a.csv", *rows)
    units = [said.unit for said in read_rounds(here, catalogue).all[0].statements]
    assert units == ["mellansverige-uppsala-orebro"] * 3 + ["00"]


# rows against each other


def test_rows_of_an_action_that_say_different_things(here: Project, catalogue: Catalogue) -> None:
    more = {**STEP, "åtgärd": "Stäng tio platser.", "uppföljd": "2027-09-01", "beslutad": "2026-03-15"}
    csv_file(folder(here) / "a.csv", STEP, form=ACTIONS)
    csv_file(folder(here) / "b.csv", more, {**STEP, "enhet": "Gotland"}, form=ACTIONS)
    what = f"Åtgärd 1 har något annat i {AT}a.csv, rad 2."
    assert places(faults(here, catalogue)) == [
        ("b.csv, rad 2, kolumn åtgärd", what),
        ("b.csv, rad 2, kolumn beslutad", what),
    ]


def test_two_states_on_one_day_and_a_state_before_the_decision(here: Project, catalogue: Catalogue) -> None:
    later = {"nr": "1", "enhet": "Skåne", "uppföljd": "2026-09-01", "läge": "klar"}
    csv_file(folder(here) / "a.csv", STEP, later, {**later, "uppföljd": "2025-01-01"}, form=ACTIONS)
    assert places(faults(here, catalogue)) == [
        ("a.csv, rad 3, kolumn uppföljd", "Åtgärd 1 har redan ett läge 1\u00a0september\u00a02026."),
        ("a.csv, rad 4, kolumn uppföljd", "Uppföljningen ligger före beslutet, 14\u00a0mars\u00a02026."),
    ]


def test_the_same_statement_twice_counts_once_or_not_at_all(here: Project, catalogue: Catalogue) -> None:
    csv_file(folder(here) / "a.csv", SAID)
    excel_file(folder(here) / "b.xlsx", {"Uttalanden": (STATEMENTS, [{**SAID, "part": "Socialstyrelsen"}, SAID])})
    said = "Samma uttalande står i data/dialogue/tillganglighet/2026-2027/a.csv, rad 2."
    assert places(faults(here, catalogue)) == [("b.xlsx, blad Uttalanden, rad 3", said)]


def test_a_file_that_is_a_copy_is_told_once(here: Project, catalogue: Catalogue) -> None:
    for name in ("a.csv", "kopia av a.csv"):
        csv_file(folder(here) / name, RATED, RATED, form=EVALUATION)
    assert places(faults(here, catalogue)) == [("kopia av a.csv", f"Filen har samma innehåll som {AT}a.csv.")]


# files


def test_every_fault_of_every_file_is_told_at_once(here: Project, catalogue: Catalogue) -> None:
    csv_file(folder(here) / "a.csv", {**SAID, "slag": "x", "enhet": "y"})
    (folder(here) / "b.csv").write_text("Hej\n")
    (folder(here) / "c.docx").write_text("Hej")
    (folder(here) / "d").mkdir()
    sheets = {"Ett": (STATEMENTS, [{**SAID, "tema": "z"}]), "Två": (ACTIONS, [{**STEP, "läge": "z"}])}
    excel_file(folder(here, cycle="2028-2029") / "e.xlsx", sheets)
    (folder(here) / "omgang.yml").write_text("example: ja\nkälla: A\n")
    (here.dialogue / "okänd" / "2026-2027").mkdir(parents=True)
    (here.dialogue / ARENA / "2026").mkdir()
    (here.dialogue / "lös.csv").touch()
    found = faults(here, catalogue)
    files = {re.split("[,:]", fault.where)[0].removeprefix("data/dialogue/") for fault in found}
    assert sorted(files) == [
        "lös.csv", "okänd", "tillganglighet/2026", "tillganglighet/2026-2027/a.csv", "tillganglighet/2026-2027/b.csv",
        "tillganglighet/2026-2027/c.docx", "tillganglighet/2026-2027/d", "tillganglighet/2026-2027/omgang.yml",
        "tillganglighet/2028-2029/e.xlsx",
    ]  # fmt: skip
    assert len(found) == 12


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.sheet)
def test_a_file_that_was_cut_is_never_read_as_whole(here: Project, catalogue: Catalogue, form: Form) -> None:
    path = folder(here) / "a.csv"
    rows = [
        {**RIGHT[form.sheet], form.names[-1]: "Slut"},
        {**RIGHT[form.sheet], "enhet": "Gotland", form.names[-1]: "Slut"},
    ]
    whole = csv_text(form, rows).encode()
    path.write_bytes(whole)
    full = check_rounds(here, catalogue)
    assert full.faults == []
    # where the last words of a row are cut, or all of it, nobody can tell
    first, second, end = (at.start() for at in re.finditer(rb"\n", whole))
    for start, stop in ((first + 2, whole.rindex(b";", 0, second)), (second + 2, whole.rindex(b";", 0, end))):
        for length in range(start, stop + 1):
            path.write_bytes(whole[:length])
            assert check_rounds(here, catalogue).faults, whole[:length]


def test_a_workbook_that_was_cut_is_told(here: Project, catalogue: Catalogue) -> None:
    path = excel_file(folder(here) / "a.xlsx", {"Uttalanden": (STATEMENTS, [SAID])})
    path.write_bytes(path.read_bytes()[:-60])
    assert places(faults(here, catalogue)) == [("a.xlsx", "Filen är ingen Excelfil av slaget .xlsx.")]


def test_headings_tell_which_form_a_file_is(here: Project, catalogue: Catalogue) -> None:
    csv_file(folder(here) / "a.csv", SAID)
    path = folder(here) / "a.csv"
    path.write_text(path.read_text().replace("uttalande", "utalande").replace("källa", "anteckning"))
    assert [(fault.what, fault.todo) for fault in faults(here, catalogue)] == [
        ("Okänd kolumn: «utalande».", "Menade du «uttalande»?"),
        ("Okänd kolumn: «anteckning».", "Ta bort kolumnen."),
    ]
    path.write_text("enhet;år;värde\nSkåne;2024;1\n")
    (fault,) = faults(here, catalogue)
    assert fault.what == "Rubrikerna känns inte igen."
    assert all(form.sheet in fault.allowed for form in FORMS)
    assert "records template" in fault.todo


# files one by one


def test_a_file_may_be_checked_where_it_lies_or_as_an_arenas(here: Project, catalogue: Catalogue) -> None:
    inside = csv_file(folder(here) / "a.csv", {**SAID, "slag": "x"})
    csv_file(folder(here) / "b.csv", {**SAID, "slag": "y"})
    (fault,) = check_files([inside], None, here, catalogue).faults
    assert fault.where == f"{AT}a.csv, rad 2, kolumn slag"
    loose = csv_file(here.root / "c.csv", SAID, {**SAID, "källa": "Exempel", "uttalande": "B"})
    assert check_files([loose], ARENA, here, catalogue).faults == []
    for arena, said in ((None, "Vilken arena"), ("tillgänglig", "Okänd arena")):
        with pytest.raises(UsageError, match=said):
            check_files([loose], arena, here, catalogue)


# personal data


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("Ring 070-123 45 67.", "telefonnummer"),
        ("Skriv till anna@exempel.se", "e-postadress"),
        ("19850709-9805 hade väntat länge", "personnummer"),
    ],
)
def test_what_looks_like_personal_data_is_pointed_out_and_not_repeated(
    here: Project, catalogue: Catalogue, written: str, says: str
) -> None:
    csv_file(folder(here) / "a.csv", {**SAID, "uttalande": written})
    checked = check_rounds(here, catalogue)
    assert checked.faults == []
    (warning,) = checked.warnings
    assert warning.startswith(f"{AT}a.csv, rad 2, kolumn uttalande: ")
    assert says in warning
    assert not any(word in warning for word in ("070", "anna", "9805"))
