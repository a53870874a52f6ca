"""Supplements and comments: which files there are, what they become, and everything that is told of what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Said
from tests.dialogue.added import CSV, SVG, TEXT, UNIT, add, example, png

from varddialog.config import Project
from varddialog.dialogue.supplement.blocks import Picture, Prose, Sheet
from varddialog.dialogue.supplement.check import examine
from varddialog.dialogue.supplement.folder import supplement_files
from varddialog.dialogue.supplement.notes import notes_of, places
from varddialog.errors import ParamsError
from varddialog.model.catalogue import Catalogue
from varddialog.model.units import Unit


@pytest.fixture
def skane(catalogue: Catalogue) -> Unit:
    return catalogue.units.find("Skåne")


def told(here: Project, catalogue: Catalogue) -> list[str]:
    return [str(fault) for fault in examine(here, catalogue).faults]


def test_what_is_committed_has_no_faults(project: Project, catalogue: Catalogue) -> None:
    assert examine(project, catalogue).faults == []
    assert (project.params / "supplements" / "README.md").is_file()


def test_a_note_has_its_text_picture_and_table_in_order(params_copy: Project, skane: Unit) -> None:
    example(params_copy)
    (note,) = notes_of(params_copy, skane, "tillganglighet")
    first, picture, sheet, last = note.blocks
    assert note.kind == "eget"
    assert isinstance(first, Prose)
    assert isinstance(last, Prose)
    assert isinstance(picture, Picture)
    assert (picture.alt, picture.caption) == ("Staplarna visar att kön har blivit kortare", "Påhittade tal.")
    assert isinstance(sheet, Sheet)
    assert (sheet.caption, sheet.header[0], sheet.rows[1][2]) == ("Vårdplatser per sjukhus", "Sjukhus", "84,5")


def test_the_analysts_comment_comes_before_the_regions_own(params_copy: Project, skane: Unit) -> None:
    example(params_copy)
    add(params_copy, "tillganglighet.md", "En påhittad kommentar.", "comments")
    assert [note.kind for note in notes_of(params_copy, skane, "tillganglighet")] == ["kommentar", "eget"]
    assert notes_of(params_copy, skane, "sakerhet") == []


def test_riket_has_comments_but_no_region_of_its_own(params_copy: Project, catalogue: Catalogue) -> None:
    add(params_copy, "inledning.md", "Påhittat.", "comments", "00-riket")
    assert told(params_copy, catalogue) == []
    add(params_copy, "inledning.md", "Påhittat.", "supplements", "00-riket")
    (fault,) = told(params_copy, catalogue)
    assert "Riket är ingen region." in fault
    assert "params/comments/00-riket" in fault


def test_a_whole_example_is_without_faults_and_warns_of_its_address_alone(
    params_copy: Project, catalogue: Catalogue
) -> None:
    example(params_copy)
    found = examine(params_copy, catalogue)
    assert found.faults == []
    (warning,) = found.warnings
    assert warning.startswith(f"params/supplements/{UNIT}/tillganglighet.md, rad 4: ")
    assert "e-postadress" in warning


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Text.\n\n<script>alert(1)</script>\n", 3, "HTML går inte att använda"),
        ("Text med <b onclick=x>fet</b> stil.", 1, "HTML går inte att använda"),
        ("Text.\n\n<!-- gömd -->\n", 3, "HTML går inte att använda"),
        ("![](figur.png)", 1, "saknar text"),
        ("![figur](figur.png)", 1, "filens namn"),
        (f"![{'a' * 401}](figur.png)", 1, "för lång"),
        ("Text.\n\n![En kurva](borta.png)", 3, "finns inte i mappen"),
        ("Text ![En kurva](figur.png) text", 1, "inne i texten"),
        ("- ![En kurva](figur.png)", 1, "inne i texten"),
        ("[![En kurva](figur.png)](https://example.org)", 1, "inne i texten"),
        ("![En kurva](tillganglighet.md)", 1, "varken bild eller tabell"),
        ("# Ett\n\n### Tre", 3, "överhoppad"),
        ("# 1\n## 2\n### 3\n#### 4", 4, "för djupt"),
        ("> # Citat", 1, "lista eller ett citat"),
        ("a\n\n| a | b |\n|---|---|\n| 1 | 2 |", 3, "Tabeller skrivs inte"),
        ("[](https://example.org)", 1, "ingen text"),
        ("Text\u202eevil", 1, "tecken som inte syns"),
    ],
)
def test_faults_in_a_text_are_told_with_their_line(
    params_copy: Project, catalogue: Catalogue, text: str, line: int, what: str
) -> None:
    add(params_copy, "figur.png", png())
    add(params_copy, "tillganglighet.md", text)
    (fault,) = told(params_copy, catalogue)
    assert fault.startswith(f"params/supplements/{UNIT}/tillganglighet.md, rad {line}: ")
    assert what in fault


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.org/x",
        "../../hemligt.html",
        "#metod",
        "https:",
        "https://regionen.se@example.org/",
        "https://[::1",
        "mailto:",
        "",
    ],
)
def test_links_that_do_not_plainly_lead_out_are_refused(params_copy: Project, catalogue: Catalogue, href: str) -> None:
    add(params_copy, "tillganglighet.md", f"Ett [ord](<{href}>).")
    (fault,) = told(params_copy, catalogue)
    assert "går inte att använda" in fault


@pytest.mark.parametrize(
    "source",
    [
        "../../x.png", "..%2F..%2Fx.png", "%2e%2e/x.png", "/etc/passwd", "..\\x.png", "https://example.org/x.png",
        "data:image/png;base64,AAAA", "C:x.png", ".dold.png", "./figur.png",
    ],
)  # fmt: skip
def test_pictures_come_from_the_folder_alone(params_copy: Project, catalogue: Catalogue, source: str) -> None:
    add(params_copy, "figur.png", png())
    (params_copy.params / "x.png").write_bytes(png())
    add(params_copy, "tillganglighet.md", f"![En kurva](<{source}>)")
    (fault,) = told(params_copy, catalogue)
    assert "ligger inte i mappen" in fault


def test_names_may_have_spaces_and_accents_in_either_form(params_copy: Project, catalogue: Catalogue) -> None:
    add(params_copy, "Figur a\u030a.png", png())
    add(params_copy, "tillganglighet.md", "![En kurva](<Figur å.png>)")
    assert told(params_copy, catalogue) == []


def test_an_unknown_unit_a_stray_file_and_an_unknown_ending_are_told_at_once(
    params_copy: Project, catalogue: Catalogue
) -> None:
    add(params_copy, "inledning.md", "Text.", unit="12-skone")
    add(params_copy, "ärende.docx", "Text.")
    add(params_copy, "Väntetider.md", "Text.")
    (params_copy.params / "comments" / "lapp.md").write_text("Text.", encoding="utf-8")
    faults = told(params_copy, catalogue)
    assert len(faults) == 4
    assert any("«12-skone» är ingen enhet" in f and "Menade du «12-skane»?" in f for f in faults)
    assert any("slag känns inte igen" in f for f in faults)
    assert any("Kalla den vantetider.md." in f for f in faults)
    assert any("ingen mapp" in f for f in faults)


def test_text_that_is_not_utf8_or_too_long_or_empty_is_refused(params_copy: Project, catalogue: Catalogue) -> None:
    add(params_copy, "tillganglighet.md", "rad\nlång väntan".encode("cp1252"))
    add(params_copy, "sakerhet.md", "a" * 40_001)
    add(params_copy, "inledning.md", "\ufeff\n")
    empty, long, coded = told(params_copy, catalogue)
    assert "tom" in empty
    assert "högst 40 kB" in long
    assert "tillganglighet.md, rad 2: Filen är inte skriven i UTF-8" in coded


def test_nothing_outside_the_folder_is_read_through_a_link(
    params_copy: Project, catalogue: Catalogue, skane: Unit, tmp_path: Path
) -> None:
    secret = tmp_path / "hemligt.md"
    secret.write_text("Hemligt.", encoding="utf-8")
    folder = add(params_copy, "inledning.md", "![En kurva](figur.png)").parent
    (folder / "tillganglighet.md").symlink_to(secret)
    (folder / "figur.png").symlink_to(add(params_copy, "äkta.png", png()))
    faults = told(params_copy, catalogue)
    assert len(faults) == 3
    assert sum("ingen vanlig fil" in f for f in faults) == 3
    with pytest.raises(ParamsError, match="ingen vanlig fil"):
        notes_of(params_copy, skane, "tillganglighet")


def test_a_unit_folder_that_is_a_link_is_refused_and_not_read(
    params_copy: Project, catalogue: Catalogue, skane: Unit, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "annanstans"
    elsewhere.mkdir()
    (elsewhere / "inledning.md").write_text("Hemligt.", encoding="utf-8")
    (params_copy.params / "supplements" / UNIT).symlink_to(elsewhere)
    (fault,) = told(params_copy, catalogue)
    assert "ingen mapp" in fault
    assert places(params_copy, skane, "eget") == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a;b\n1;2;3\n", "rad 2: Raden har 3 fält, men rubrikraden 2"),
        ("a;b\n", "tom"),
        (";b\nx;2\n", "saknar rubrik"),
        ("a;b\n;2\n", "saknar text i den första kolumnen"),
        ("a;b\n" + "x;2\n" * 61, "högst 60"),
        (";".join("abcdefghijklm") + "\n" + ";".join("abcdefghijklm"), "högst 12"),
        ('a;b\n"x;2\n', "går inte att läsa"),
    ],
)
def test_faults_in_a_table_are_told(params_copy: Project, catalogue: Catalogue, text: str, what: str) -> None:
    add(params_copy, "platser.csv", text)
    add(params_copy, "inledning.md", "![Vårdplatser](platser.csv)")
    (fault,) = told(params_copy, catalogue)
    assert what in fault
    assert f"{UNIT}/platser.csv" in fault


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_the_header_says_what_parts_the_fields(params_copy: Project, skane: Unit, sign: str) -> None:
    add(params_copy, "platser.csv", f"\ufeffOrt{sign}Tal\r\nLund{sign}1 200\r\n\r\n")
    add(params_copy, "inledning.md", "![Vårdplatser](platser.csv)")
    (note,) = notes_of(params_copy, skane, "inledning")
    (sheet,) = note.blocks
    assert isinstance(sheet, Sheet)
    assert (sheet.header, sheet.rows) == (["Ort", "Tal"], [["Lund", "1 200"]])


def test_warnings_tell_of_persons_near_names_and_files_that_no_text_shows(
    params_copy: Project, catalogue: Catalogue
) -> None:
    add(params_copy, "tillgangligheten.md", "Ring 070-123 45 67.\n\n![Platser](platser.csv)")
    add(params_copy, "platser.csv", CSV + "811218-9876;1;2\n")
    add(params_copy, "glomd.svg", SVG)
    found = examine(params_copy, catalogue)
    assert found.faults == []
    said = "\n".join(found.warnings)
    assert "tillgangligheten.md, rad 1: det som står där ser ut som ett telefonnummer" in said
    assert "platser.csv, rad 4: det som står där ser ut som ett personnummer" in said
    assert "Menade du «tillganglighet.md»?" in said
    assert "glomd.svg: ingen text visar filen." in said
    assert "811218" not in said


def test_check_tells_the_faults_and_lets_warnings_pass(small_project: Project, command: Callable[..., Said]) -> None:
    before = command("check")
    add(small_project, "inledning.md", "Skriv till namn@example.org.")
    warned = command("check")
    assert (warned.code, warned.out) == (before.code, before.out)
    assert "Varning: params/supplements/12-skane/inledning.md, rad 1" in warned.err
    add(small_project, "inledning.md", "<script>alert(1)</script>")
    said = command("check")
    assert said.code == 10
    assert "HTML går inte att använda." in said.out


def test_files_are_known_by_their_content(params_copy: Project, skane: Unit) -> None:
    assert supplement_files(params_copy, skane) == {}
    example(params_copy)
    add(params_copy, "inledning.md", TEXT, "comments")
    add(params_copy, ".DS_Store", "x")
    before = supplement_files(params_copy, skane)
    assert list(before) == [
        f"comments/{UNIT}/inledning.md",
        *(f"supplements/{UNIT}/{name}" for name in ("figur.svg", "platser.csv", "tillganglighet.md")),
    ]
    add(params_copy, "platser.csv", CSV + "Västerby;1;2\n")
    after = supplement_files(params_copy, skane)
    assert [name for name in after if after[name] != before[name]] == [f"supplements/{UNIT}/platser.csv"]
