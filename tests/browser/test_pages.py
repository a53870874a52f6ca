"""The pages in a browser: accessibility rules, small screens, keyboard alone, and paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.rules import WCAG, Rules, violations
from tests.typefaces import need_ordinary_typefaces

# one report of each dimension, of a region with few figures, a large one, and Riket; and both kinds of index
PAGES = (
    "index.html",
    "metod.html",
    "01-stockholm/index.html",
    "09-gotland/1-halsa-i-befolkningen.html",
    "01-stockholm/2-kvalitet-i-tjansterna.html",
    "00-riket/3-effektiva-och-hallbara-system.html",
    "01-stockholm/4-jamlik-vard-och-halsa.html",
)
REPORTS = [page for page in PAGES if not page.endswith(("index.html", "metod.html"))]
UNFOLD = """
    for (const few of ["article details", "#oversikt details", "details.kod"])
        [...document.querySelectorAll(few)].slice(0, 2).forEach(d => d.open = true)
"""
# the width of A4 within the margins of the print style, in CSS pixels
PAPER = round((210 - 2 * 14) / 25.4 * 96)


@pytest.fixture(params=PAGES)
def opened(request: pytest.FixtureRequest, page: Page, site: Path) -> Page:
    page.goto((site / str(request.param)).as_uri())
    return page


def test_no_accessibility_rule_is_broken(opened: Page) -> None:
    """With the first tables and the first code unfolded; the others are made in the same way, and take long."""
    opened.evaluate(UNFOLD)
    assert violations(opened, WCAG) == []


def test_what_scrolls_on_a_narrow_screen_is_reached_with_the_keyboard(opened: Page) -> None:
    """A figure is left to the browser, which lets it be scrolled with the keys when it must (tested below).

    A tab stop on each would be sixty on a wide screen, where nothing scrolls; its words and table stand beside it.
    """
    opened.set_viewport_size({"width": 320, "height": 800})
    opened.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    rules: Rules = {"type": "rule", "values": ["scrollable-region-focusable"]}
    assert [found for found in violations(opened, rules) if "figure class=" not in found] == []


@pytest.mark.parametrize("name", REPORTS)
def test_a_figure_on_a_narrow_screen_scrolls_with_the_keys(page: Page, site: Path, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto((site / name).as_uri())
    page.locator("article h3").first.click()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.tagName") == "A":  # the answers' links to their rules come first
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "FIGURE"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_axe_finds_what_is_wrong(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.evaluate("document.documentElement.lang = ''; document.querySelector('main a').style.color = '#eee'")
    assert {found.split(":")[0] for found in violations(page, WCAG)} >= {"html-has-lang", "color-contrast"}


def test_a_narrow_screen_needs_no_sideways_scrolling(opened: Page) -> None:
    opened.set_viewport_size({"width": 320, "height": 800})
    for unfolded in ("false", "true"):
        opened.evaluate(f"document.querySelectorAll('details').forEach(d => d.open = {unfolded})")
        assert opened.evaluate("document.scrollingElement.scrollWidth") <= 320 + 1


def test_enlarged_text_fits(opened: Page) -> None:
    """Text twice as large (WCAG 1.4.4) on a common screen."""
    opened.evaluate("document.documentElement.style.fontSize = '200%'")
    assert opened.evaluate("document.scrollingElement.scrollWidth") <= 1280 + 1


def test_the_skip_link_comes_first_and_works(opened: Page) -> None:
    opened.keyboard.press("Tab")
    link = opened.locator(":focus")
    assert link.get_attribute("class") == "hopp"
    assert link.inner_text() == "Hoppa till innehållet"
    box = link.bounding_box()
    assert box
    assert box["x"] >= 0, "the link is seen when it has the focus"
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 1280
    opened.keyboard.press("Enter")
    assert opened.evaluate("location.hash") == "#innehall"
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.closest('main') !== null"), "the focus goes on inside the content"


@pytest.mark.parametrize("name", REPORTS)
def test_folded_tables_open_with_the_keyboard(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    summary = page.locator("article details > summary").first
    table = page.locator("article details table").first
    assert not table.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert table.is_visible()


@pytest.mark.parametrize("name", REPORTS)
def test_a_line_of_the_opening_list_leads_to_its_card(page: Page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    link = page.locator("#sammanfattning li a").first
    wanted = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    assert page.evaluate("document.querySelector(':target').id") == wanted
    top = page.evaluate("document.querySelector(':target').getBoundingClientRect().top")
    assert -1 < top < 800, "the card is on the screen"


def test_print_cuts_nothing(opened: Page) -> None:
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": PAPER, "height": 1000})
    assert opened.evaluate("document.scrollingElement.scrollWidth") <= PAPER + 1
    cut = opened.evaluate(
        """Array.from(document.querySelectorAll("main *:not(svg *)"))
            .filter(e => e.getClientRects().length && !e.closest(".dold"))
            .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible")
            .map(e => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 60)}`)"""
    )
    assert cut == [], "what scrolls on a screen is cut on paper"


@pytest.mark.parametrize("name", REPORTS)
def test_a_printed_report_has_a_sane_number_of_pages(page: Page, site: Path, name: str) -> None:
    need_ordinary_typefaces()
    page.goto((site / name).as_uri())
    cards = page.locator("article.matt").count()
    made = page.pdf(prefer_css_page_size=True)
    assert made.startswith(b"%PDF-")
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", made))
    sizes = {tuple(float(n) for n in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^]]+)\]", made)}
    # the overview lies on its side
    upright, lying = {(595, 842), (596, 842)}, {(842, 595), (842, 596)}
    found = {(round(width), round(height)) for _, _, width, height in sizes}
    assert found <= upright | lying, "A4"
    assert found & upright
    assert found & lying
    # two cards share a page at best, and none fills more than one
    assert 1 + cards / 4 <= pages <= 6 + cards
