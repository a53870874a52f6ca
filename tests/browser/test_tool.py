"""The web tool in a browser, opened as files: search, filters, addresses to send, comparison, and without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.rules import WCAG, violations

PAGES = (
    "index.html",
    "index.html#q=stroke",
    "index.html#region=09&klass=0",
    "jamfor.html",
    "jamfor.html#12,14",
    "matt/index.html",
    "matt/ohalsotal.html",
    "matt/medellivslangd-kvinnor-och-man.html",
    "matt/svara-besvar-angslan-oro-angest.html",
    "09-gotland/index.html",
    "00-riket/index.html",
)


def _open(page: Page, site: Path, name: str) -> None:
    path, _, place = name.partition("#")
    page.goto((site / path).as_uri() + (f"#{place}" if place else ""))


def _hits(page: Page, heading: str) -> list[str]:
    found = page.locator(f"#sok-traffar h2:text-is('{heading}') + ul a")
    return found.all_inner_texts()


@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_rule_is_broken(page: Page, site: Path, name: str) -> None:
    _open(page, site, name)
    page.evaluate("[...document.querySelectorAll('details')].slice(0, 2).forEach(d => d.open = true)")
    assert violations(page, WCAG) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (1280, "200%")])
def test_nothing_is_lost_on_a_narrow_screen_or_enlarged(
    page: Page, site: Path, name: str, width: int, size: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    _open(page, site, name)
    page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width + 1


def test_words_find_indicators_whatever_the_accents(page: Page, site: Path) -> None:
    _open(page, site, "index.html")
    for written in ("väntetid bup", "VANTETID BUP", "bup väntetid"):
        page.fill("#sok", written)
        assert _hits(page, "Mått")[0] == "Väntetid till första besök i BUP"
    page.fill("#sok", "tillganglighet")
    assert _hits(page, "Områden") == ["Tillgänglighet"]
    page.fill("#sok", "vastra gota")
    assert _hits(page, "Regioner") == ["Västra Götalandsregionen"]
    page.fill("#sok", "xyzzy")
    assert page.inner_text("#sok-antal").startswith("Inga träffar.")
    assert page.locator("#sok-antal").get_attribute("role") == "status"


def test_a_region_and_a_word_find_its_assessments(page: Page, site: Path) -> None:
    _open(page, site, "index.html")
    page.fill("#sok", "gotland stroke")
    found = _hits(page, "Omdömen")
    assert found
    assert all(text.startswith("Gotland: ") for text in found)
    assert any("stroke" in text.lower() for text in found)
    page.locator("#sok-traffar a").first.click()
    page.wait_for_url("**/09-gotland/**")
    assert page.evaluate("document.querySelector(':target') !== null")


def test_filters_narrow_and_the_address_keeps_them(page: Page, site: Path) -> None:
    _open(page, site, "index.html")
    page.select_option("#sok-region", "12")
    page.select_option("#sok-dim", "2")
    everything = page.inner_text("#sok-antal")
    page.select_option("#sok-klass", label="▼ sämre")
    fewer = page.inner_text("#sok-antal")
    assert int(fewer.split("\u00a0")[0]) < int(everything.split("\u00a0")[0])
    assert all(text.startswith("Skåne: ") for text in _hits(page, "Omdömen"))
    address = page.url
    assert "region=12" in address
    page.goto("about:blank")
    page.goto(address)
    assert page.inner_text("#sok-antal") == fewer
    assert page.input_value("#sok-region") == "12"


def test_the_list_of_indicators_has_the_same_box(page: Page, site: Path) -> None:
    _open(page, site, "matt/index.html#q=brostcancer")
    assert page.input_value("#sok") == "brostcancer"
    found = _hits(page, "Mått")
    assert "Förekomst av bröstcancer" in found
    page.locator("#sok-traffar a").first.click()
    page.wait_for_function(f"document.querySelector('h1').textContent === {found[0]!r}")


def test_search_is_worked_with_the_keyboard_alone(page: Page, site: Path) -> None:
    _open(page, site, "index.html")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "sok":
            break
    page.keyboard.type("självmord")
    for _ in range(5):  # past the four filters
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#sok-traffar') !== null")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/matt/**")


def test_chosen_regions_stand_beside_riket(page: Page, site: Path) -> None:
    _open(page, site, "jamfor.html")
    page.get_by_label("Skåne", exact=True).check()
    page.get_by_label("Gotland", exact=True).check()
    heads = page.locator(".jamfortabell").first.locator("thead th:visible").all_inner_texts()
    assert heads == ["Mått", "Riket", "Gotland", "Skåne"]
    cell = page.locator("tbody tr:visible td[data-k='b']:visible .ord").first
    assert cell.is_visible(), "the class stands as a word beside its mark"
    assert page.url.endswith("#09,12")
    assert "Gotland och Skåne visas bredvid riket." in page.inner_text("#val-antal")
    for name in ("Kalmar", "Halland"):
        page.get_by_label(name, exact=True).check()
    assert page.get_by_label("Örebro", exact=True).is_disabled(), "four at most"


def test_a_sent_comparison_opens_as_it_was(page: Page, site: Path) -> None:
    _open(page, site, "jamfor.html#12,14&dim=2&olika=1")
    assert page.locator(".regionval input:checked").count() == 2
    rows = page.locator(".jamfortabell tbody tr:visible")
    assert rows.count() > 0
    for row in rows.all():
        classes = row.locator("td:visible").evaluate_all("cells => cells.map(c => c.dataset.k)")
        assert "b" in classes
        assert "s" in classes
    assert page.locator("section:visible h2").all_inner_texts() == ["2 Kvalitet i tjänsterna"]
    assert page.inner_text("#val-antal").startswith(str(rows.count()))


def test_a_class_and_a_word_narrow_the_comparison(page: Page, site: Path) -> None:
    _open(page, site, "jamfor.html")
    page.fill("#val-ord", "stroke")
    names = page.locator("tbody tr:visible th a").all_inner_texts()
    assert names
    assert all("stroke" in name.lower() for name in names)
    page.select_option("#val-klass", "s")
    assert 0 < page.locator("tbody tr:visible").count() <= len(names)


def test_everything_is_reached_without_script(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert not page.locator(".sokruta").is_visible(), "a box that does nothing"
    page.get_by_role("link", name="Alla mått").first.click()
    page.wait_for_url("**/matt/index.html")
    page.get_by_role("link", name="Ohälsotalet").click()
    page.wait_for_url("**/ohalsotal.html")
    assert page.locator("h1").inner_text() == "Ohälsotalet"
    assert page.locator(".svarstabell tbody tr").count() == 22
    page.get_by_role("link", name="Jämför regioner").click()
    page.wait_for_url("**/jamfor.html")
    assert page.locator(".jamfortabell tbody tr").count() > 100
    assert page.locator(".jamfortabell thead th").nth(22).is_visible()
    context.close()


def test_motion_is_not_asked_of_those_who_want_none(page: Page, site: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    _open(page, site, "jamfor.html")
    moving = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
    assert page.evaluate(moving) == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("name", PAGES)
def test_print_cuts_nothing(page: Page, site: Path, name: str) -> None:
    # the table of all regions is laid on its side
    across = 297 - 2 * 10 if name == "jamfor.html" else 210 - 2 * 14
    paper = round(across / 25.4 * 96)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": paper, "height": 1000})
    _open(page, site, name)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= paper + 1
