"""The dialogue's pages on paper: as many sheets as are promised, and nothing cut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.kinds import DIALOGUE, show
from tests.browser.test_pages import PAPER
from tests.typefaces import need_ordinary_typefaces

ACROSS = round((297 - 2 * 8) / 25.4 * 96)  # A4 on its side, within its margins, in CSS pixels
UNITS = ("00-riket", "01-stockholm", "09-gotland")
# page, by pattern → sheets at most: a focus sheet is a sheet of paper, both sides
SHEETS = {"fokusomrade-*": 2, "dagordning": 1, "diskussionsfragor": 3}
UPRIGHT, LYING = {(595, 842), (596, 842)}, {(842, 595), (842, 596)}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("pattern", SHEETS)
def test_it_takes_no_more_sheets_than_promised(page: Page, site: Path, unit: str, pattern: str) -> None:
    need_ordinary_typefaces()
    found = sorted((site / unit).glob(f"{pattern}.html"))
    assert found
    for path in found:
        page.goto(path.as_uri())
        made = page.pdf(prefer_css_page_size=True)
        sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", made))
        assert 0 < sheets <= SHEETS[pattern], path.name
        boxes = [[round(float(n)) for n in box.split()] for box in re.findall(rb"/MediaBox\s*\[([^]]+)\]", made)]
        assert {(width, height) for _, _, width, height in boxes} <= (LYING if "fokus" in pattern else UPRIGHT)


@pytest.mark.parametrize("kind", DIALOGUE)
def test_nothing_is_cut_on_paper(page: Page, site: Path, kind: str) -> None:
    width = ACROSS if kind.startswith("fokus") else PAPER
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": 1000})
    show(page, site, kind)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width + 1
    cut = page.evaluate(
        """Array.from(document.querySelectorAll("main *:not(svg *)"))
            .filter(e => e.getClientRects().length && !e.closest(".dold"))
            .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible")
            .map(e => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 60)}`)"""
    )
    assert cut == [], "what scrolls on a screen is cut on paper"


@pytest.mark.parametrize("kind", DIALOGUE)
def test_the_skip_link_leads_into_the_content(page: Page, site: Path, kind: str) -> None:
    show(page, site, kind)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the focus goes on inside the content"
