"""A page becomes the same PDF every time, and says what is missing where nothing can print."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from varddialog.publish.paper import pdf

PAGE = """<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Ett prov på åäö</title>
<style>@page { size: A4; } @page liggande { size: A4 landscape; } section { page: liggande; }</style></head><body>
<h1>Först</h1><p><a href="#sist">Till sist</a></p><svg role="img" aria-label="En ring" width="20" viewBox="0 0 9 9">
<circle cx="4" cy="4" r="3"/></svg><section><h2 id="sist">Sist</h2></section></body></html>"""


@pytest.fixture(autouse=True)
def _nothing_has_hung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_hung", set())


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without browser and without WeasyPrint."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(pdf.BROWSER_VARIABLE, raising=False)
    monkeypatch.setitem(sys.modules, "weasyprint", None)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Makes a program that VARDDIALOG_BROWSER names. It leaves a line for each start, and its number."""

    def make(script: str) -> Path:
        program = tmp_path / "prov"
        program.write_text(f"#!/bin/sh\necho $$ >> {tmp_path}/starts\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv(pdf.BROWSER_VARIABLE, str(program))
        return tmp_path / "starts"

    return make


def check(made: bytes) -> None:
    """What a reader, an archive and a screen reader need, and nothing of the machine."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        about = {name: str(text) for name, text in opened.docinfo.items()}
        assert about == {"/Title": "Ett prov på åäö", "/Creator": "Vårddialog", "/Producer": "Vårddialog"}
        assert opened.Root.Lang == "sv"
        assert opened.Root.MarkInfo.Marked is True
        assert opened.Root.ViewerPreferences.DisplayDocTitle is True
        assert "/StructTreeRoot" in opened.Root
        with opened.open_outline() as outline:
            assert [(item.title, [c.title for c in item.children]) for item in outline.root] == [("Först", ["Sist"])]
        with opened.open_metadata(set_pikepdf_as_editor=False) as metadata:
            assert (metadata["dc:title"], list(metadata["dc:language"])) == ("Ett prov på åäö", ["sv"])
            assert not {key for key in metadata if "Date" in key}
        assert [page.mediabox[2] > page.mediabox[3] for page in opened.pages] == [False, True]
        plain = io.BytesIO()
        opened.save(plain, qdf=True)
    for trace in (b"file:", b"/tmp", b"Date", Path.home().as_posix().encode(), b"Headless", b"Skia"):
        assert trace not in plain.getvalue(), trace


def test_a_browser_prints_the_same_bytes_twice() -> None:
    if pdf.browser() is None:
        pytest.skip("NO BROWSER: that pages are printed, and the same twice, is NOT tested on this machine.")
    made = pdf.print_pdf(PAGE)
    check(made)
    assert pdf.print_pdf(PAGE) == made
    assert pdf.lacking() is None


def test_without_a_browser_weasyprint_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("weasyprint", reason="NO WEASYPRINT: printing without a browser is NOT tested here.")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(pdf.BROWSER_VARIABLE, raising=False)
    made = pdf.print_pdf(PAGE)
    check(made)
    assert pdf.print_pdf(PAGE) == made
    with pytest.raises(ValueError, match="asked for"):
        pdf._nothing("file:///etc/hostname")


@pytest.mark.usefixtures("alone")
def test_with_neither_it_is_told_what_to_install() -> None:
    fault = pdf.lacking()
    assert fault is not None
    assert "varken webbläsare eller WeasyPrint" in fault.what
    assert all(word in fault.todo for word in ("Chromium", pdf.BROWSER_VARIABLE, "varddialog[pdf]", "Pango"))
    with pytest.raises(pdf.CannotPrint, match="Inga PDF-filer"):
        pdf.print_pdf(PAGE)


@pytest.mark.usefixtures("alone")
def test_a_browser_is_found_by_name_and_the_named_one_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("msedge", "google-chrome", "min-egen"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdf.browser() == tmp_path / "google-chrome"
    monkeypatch.setenv(pdf.BROWSER_VARIABLE, str(tmp_path / "min-egen"))
    assert pdf.browser() == tmp_path / "min-egen"
    monkeypatch.setenv(pdf.BROWSER_VARIABLE, str(tmp_path / "ingen"))
    fault = pdf.lacking()
    assert fault is not None
    assert (fault.where, pdf.BROWSER_VARIABLE in fault.todo) == (pdf.BROWSER_VARIABLE, True)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.is_file() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_browser_that_hangs_is_stopped_with_all_it_started(
    fake: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = fake('sleep 300 &\necho $! >> "$(dirname "$0")/starts"\nwait')
    monkeypatch.setattr(pdf, "SECONDS", 1.0)
    before = time.monotonic()
    with pytest.raises(pdf.CannotPrint, match="blev inte klar med utskriften på 1 sekunder"):
        pdf.print_pdf(PAGE)
    assert time.monotonic() - before < 30
    processes = [int(line) for line in starts.read_text().split()]
    assert len(processes) == 2
    deadline = time.monotonic() + 10
    while any(map(is_alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, processes))
    with pytest.raises(pdf.CannotPrint, match="hängde sig på en tidigare fil"):
        pdf.print_pdf(PAGE)
    assert len(starts.read_text().split()) == 2, "it was started again"


@pytest.mark.parametrize(
    ("script", "told"), [("exit 3", "misslyckades med utskriften .kod 3."), ("exit 0", "gav ingen PDF")]
)
def test_a_browser_that_fails_is_told_and_tried_again(fake: Callable[[str], Path], script: str, told: str) -> None:
    starts = fake(script)
    for _ in range(2):
        with pytest.raises(pdf.CannotPrint, match=told) as caught:
            pdf.print_pdf(PAGE)
        assert pdf.BROWSER_VARIABLE in caught.value.faults[0].todo
    assert len(starts.read_text().split()) == 2


def test_what_is_no_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "trasig"
    broken.write_bytes(b"\x7fnot a program")
    broken.chmod(0o755)
    monkeypatch.setenv(pdf.BROWSER_VARIABLE, str(broken))
    with pytest.raises(pdf.CannotPrint, match="går inte att starta"):
        pdf.print_pdf(PAGE)
