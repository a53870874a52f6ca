"""The short report's page: sound HTML, links into the reports, two pages on paper, strange names shown as text."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import html5lib
import pikepdf
import pytest
from tests.publish.reading import of_class, words
from tests.typefaces import need_ordinary_typefaces

from varddialog.pack import Pack, open_pack
from varddialog.publish.paper import pdf
from varddialog.publish.paper.short_report import short_report

UNITS = ("Riket", "Gotland", "Västra Götaland")


@pytest.fixture(scope="module", params=UNITS)
def packs(request: pytest.FixtureRequest) -> list[Pack]:
    return [open_pack(number, str(request.param)) for number in (1, 2, 3, 4)]


@pytest.fixture(scope="module")
def page(packs: list[Pack]) -> str:
    return short_report(packs)


def tree_of(page: str) -> ET.Element:
    found: ET.Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return found


def test_page_is_sound_and_stands_alone(packs: list[Pack], page: str) -> None:
    tree = tree_of(page)
    assert tree.get("lang") == "sv"
    assert [words(h) for h in tree.iter("h1")] == [packs[0].unit.official_name]
    assert len(list(tree.iter("h2"))) == 5
    assert next(tree.iter("a")).get("class") == "hopp"
    assert not list(tree.iter("script"))
    assert not re.search(r"https?:|//[a-z]|url\(|@import", page)
    assert len(page.encode()) < 100_000


def test_links_lead_to_cards_of_the_unit_s_reports(packs: list[Pack], page: str) -> None:
    anchors = {
        f"{pack.dimension.notebook}.html": {
            *(a.result.anchor for a in pack.assessments.values() if a.result),
            *(c.anchor for found in pack.comparisons.values() for c in found),
            "",
        }
        for pack in packs
    }
    (text,) = of_class(tree_of(page), "div", "kort")
    addresses = [a.attrib["href"] for a in text.iter("a")]
    assert len(addresses) > 15
    for address in addresses:
        report, _, anchor = address.partition("#")
        assert anchor in anchors[report], address
    quoted = re.findall("”([^”]+)”", words(text))
    assert len(quoted) == len(addresses) - len(packs), "a name without a link"


def test_text_has_connected_sentences_and_says_nothing_twice(page: str) -> None:
    (text,) = of_class(tree_of(page), "div", "kort")
    sentences = [s for p in text.iter("p") for s in re.split(r"(?<=[.?])\s+(?=[A-ZÅÄÖ”])", words(p)) if s.endswith(".")]
    assert len(sentences) == len(set(sentences)) > 12
    assert 300 < len(words(text).split()) < 800
    assert not list(text.iter("li"))


def test_paper_takes_exactly_two_pages(page: str) -> None:
    need_ordinary_typefaces()
    if pdf.browser() is None:
        pytest.skip("NO BROWSER: that the short report takes two printed pages is NOT tested on this machine.")
    with pikepdf.open(io.BytesIO(pdf.print_pdf(page))) as printed:
        assert [tuple(round(float(n)) for n in p.mediabox[2:]) for p in printed.pages] == [(595, 842)] * 2


def test_same_bytes_twice_and_strange_names_are_text(packs: list[Pack], page: str) -> None:
    assert short_report(packs) == page
    strange = packs[0].unit.model_copy(update={"name": "<b>x</b>", "official_name": '"><script>alert(1)</script>'})
    tree = tree_of(short_report([replace(pack, unit=strange) for pack in packs]))
    assert [words(h) for h in tree.iter("h1")] == [strange.official_name]
    assert not list(tree.iter("script"))
    assert not list(tree.iter("b"))
