"""The fact sheet of one unit, printed once: pages, tags, fonts, contents, and the values that the store holds."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import html5lib
import pikepdf
import pytest
from tests.publish.truth import Truth

from varddialog.model.framework import Dimension
from varddialog.model.indicator import Indicator
from varddialog.pack import Pack, open_pack
from varddialog.publish.paper import pdf
from varddialog.publish.paper.fact_sheet import fact_sheet, fact_sheet_page
from varddialog.swedish import NBSP, number

LANDSCAPE, PORTRAIT = (842, 595), (595, 842)
NEWEST = 2025


class Printed(NamedTuple):
    packs: list[Pack]
    raw: bytes
    opened: pikepdf.Pdf


@pytest.fixture(scope="module")
def packs() -> list[Pack]:
    return [open_pack(number, "Skåne") for number in (1, 2, 3, 4)]


@pytest.fixture(scope="module")
def printed(packs: list[Pack]) -> Printed:
    if pdf.browser() is None:
        pytest.skip("NO BROWSER: the printed fact sheet is NOT tested on this machine.")
    raw = fact_sheet(packs)
    return Printed(packs, raw, pikepdf.open(io.BytesIO(raw)))


@pytest.fixture(scope="module")
def texts(printed: Printed, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Each page's text, in lines as they lie on paper."""
    if shutil.which("pdftotext") is None:
        pytest.skip("NO pdftotext: what stands on the printed pages is NOT tested on this machine.")
    file = tmp_path_factory.mktemp("pdf") / "faktablad.pdf"
    file.write_bytes(printed.raw)
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout
    return told.decode().replace(NBSP, " ").split("\f")[:-1]


def test_seven_pages_with_the_short_report_last(printed: Printed, texts: list[str]) -> None:
    sizes = [tuple(round(float(n)) for n in page.mediabox[2:]) for page in printed.opened.pages]
    assert sizes == [LANDSCAPE] * 5 + [PORTRAIT] * 2
    assert [re.findall(r"Sida \d av \d", text) for text in texts] == [[f"Sida {i} av 7"] for i in range(1, 8)]


def bookmarks(opened: pikepdf.Pdf) -> dict[str, int]:
    """Title → page, of the bookmarks under the unit's."""
    pages = {page.objgen: i for i, page in enumerate(opened.pages, 1)}
    named: Any = opened.Root.Dests
    with opened.open_outline() as outline:
        (top,) = outline.root
        found = {}
        for item in top.children:
            to: Any = item.destination if item.destination is not None else item.action.D
            target = to if isinstance(to, pikepdf.Array) else named[f"/{str(to).lstrip('/')}"]
            found[item.title.replace(NBSP, " ")] = pages[target[0].objgen]
        return found


def test_contents_and_bookmarks_agree(printed: Printed, texts: list[str]) -> None:
    found = bookmarks(printed.opened)
    assert list(found.values()) == [2, 3, 4, 5, 6]
    lines = dict(re.findall(r"^ *(\S.*?) {2,}(\d)\b", texts[0].partition("Innehåll")[2], re.MULTILINE))
    told = {title: int(page) for title, page in lines.items()}
    assert told == {title if page < 6 else "I korthet: en text på två sidor": page for title, page in found.items()}
    for pack, title in zip(printed.packs, found, strict=False):
        assert title.startswith(f"{pack.dimension.name}: ")


def test_is_tagged_with_real_fonts_and_nothing_of_the_machine(printed: Printed) -> None:
    opened = printed.opened
    assert opened.Root.Lang == "sv"
    assert opened.Root.MarkInfo.Marked is True
    assert str(opened.docinfo["/Title"]).startswith("Region Skåne: faktablad")
    figures = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    assert figures
    assert all("/Alt" in figure for figure in figures)
    fonts = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
    assert {str(font.Subtype) for font in fonts} <= {"/Type0", "/CIDFontType2", "/CIDFontType0"}
    drawn = [font for font in fonts if font.Subtype != "/Type0"]
    assert drawn
    assert all({"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys()) for font in drawn)
    actions = [str(a.A.S) for page in opened.pages for a in page.get("/Annots", []) if "/A" in a]
    assert "/URI" not in actions


def current(truth: Truth, dimension: Dimension, region: str) -> dict[str, str]:
    """Name → value as printed, of the indicators whose latest value speaks of today and is one for both sexes."""
    found = {}
    for i in truth.catalogue.of_dimension(dimension):
        series = truth.whole(i, region, "T")
        if not (i.gap or i.duplicate_of) and series and truth.is_today(i, region, "T", NEWEST):
            found[i.name] = number(list(series.values())[-1].value, i.decimals).replace(NBSP, " ")
    return found


def test_every_current_value_stands_beside_its_name(printed: Printed, texts: list[str], truth: Truth) -> None:
    seen = 0
    for pack, text in zip(printed.packs, texts[1:], strict=False):
        for name, value in current(truth, pack.dimension, pack.unit.code).items():
            rows = [line for line in text.splitlines() if name in line]
            assert any(re.search(rf"(?<![\d,]){re.escape(value)}(?![\d,])", row) for row in rows), (name, value, rows)
            seen += 1
    assert seen > 90


def test_every_sheet_ends_with_its_foot(texts: list[str]) -> None:
    for text in texts[1:5]:
        assert "Tecknen förklaras på omslaget." in re.sub(r"\s+", " ", text)


def test_the_foot_names_no_channel_of_what_the_project_has_computed(
    packs: list[Pack], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "mest via Kolada." in fact_sheet_page(packs)
    monkeypatch.setattr(Indicator, "is_computed", True)
    assert "mest via" not in fact_sheet_page(packs)


def test_same_bytes_twice(printed: Printed) -> None:
    assert fact_sheet(printed.packs) == printed.raw


def test_strange_names_are_text(packs: list[Pack]) -> None:
    strange = packs[0].unit.model_copy(
        update={"name": "<i>x</i>", "official_name": "</style><script>alert(1)</script>"}
    )
    page = fact_sheet_page([replace(pack, unit=strange) for pack in packs])
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert not list(tree.iter("script"))
    assert not list(tree.iter("i"))
    assert [h.text for h in tree.iter("h1")] == [strange.official_name]


def test_page_needs_nothing_else(packs: list[Pack]) -> None:
    page = fact_sheet_page(packs)
    assert fact_sheet_page(packs) == page
    assert set(re.findall(r'(?:href|src)="([^"#]*)', page)) <= {""}
    assert not re.search(r"url\((?!#)|@import", page)
    assert not [p for p in (Path.home(), Path.cwd()) if str(p) in page]
