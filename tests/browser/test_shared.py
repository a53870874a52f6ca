"""A shared archive, unpacked where there is nothing but a browser: opened, read and followed without a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.test_pages import WCAG
from tests.publish.share.conftest import archive_of

from varddialog.publish.share.share import Shared

__all__ = ["archive_of"]


@pytest.fixture
def unpacked(archive_of: Callable[[str], Shared], tmp_path: Path) -> Path:
    """The archive of Gotland in a folder with blanks and Swedish letters in its name, as receivers have them."""
    folder = tmp_path / "Hämtade filer" / "Gotlands underlag"
    with ZipFile(archive_of("09-gotland").path) as archive:
        archive.extractall(folder)
    return folder


def _at(page: Page) -> str:
    return unquote(page.url).partition("Gotlands underlag/")[2]


def test_a_receiver_finds_the_way_and_back_without_a_network(page: Page, unpacked: Path) -> None:
    page.context.set_offline(True)
    page.goto((unpacked / "LÄS MIG.html").as_uri())
    page.get_by_role("link", name="faktaunderlagets första sida").click()
    assert _at(page) == "09-gotland/index.html"
    page.get_by_role("link", name="2 Kvalitet i tjänsterna").first.click()
    assert _at(page).startswith("09-gotland/2-kvalitet-i-tjansterna.html")
    page.locator('main a[href^="../matt/"]').first.click()
    assert _at(page).startswith("matt/")
    ways = page.get_by_role("navigation", name="Verktyget")
    assert ways.get_by_text("Jämför regioner").is_visible()
    assert ways.get_by_role("link", name="Jämför regioner").count() == 0
    ways.get_by_role("link", name="Så bedöms måtten").click()
    assert _at(page) == "metod.html"


def test_what_led_out_of_the_archive_looks_like_the_words_around_it(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "09-gotland" / "index.html").as_uri())
    colour = "e => getComputedStyle(e).color"
    plain = page.locator("a:not([href])").first
    assert plain.evaluate(colour) == plain.locator("..").evaluate(colour)
    assert plain.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"


@pytest.mark.parametrize("name", ["LÄS MIG.html", "kallor.html"])
def test_the_pages_of_the_archive_are_for_everyone(page: Page, unpacked: Path, name: str) -> None:
    page.goto((unpacked / name).as_uri())
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": [*WCAG["values"], "best-practice"]}})
    assert found.response["violations"] == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
