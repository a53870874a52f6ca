"""The guide as pages: built without a warning, every link leads somewhere, and no other host is asked for anything."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from filelock import FileLock
from playwright.sync_api import Page as Tab
from tests.browser.conftest import page
from tests.building import shared_folder
from tests.guides.following import ROOT, SCRIPTS

__all__ = ["page"]

pytestmark = pytest.mark.slow

# where a page may point for a person to go, and only on a click
CLICKED = {"a"}


class Page(HTMLParser):
    """What a page has as anchors, and what it points to: element, address."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.pointed: list[tuple[str, str]] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key == "id" and value:
                self.anchors.add(value)
            elif key in ("href", "src", "srcset", "data", "action", "poster") and value:
                self.pointed.append((tag, value))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide, built once as `make docs` does, with every warning an error."""
    shared = shared_folder(tmp_path_factory)
    site = shared / "guide"
    with FileLock(shared / "guide.lock"):
        if not site.is_dir():
            recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
            (line,) = re.findall(r"^\t\$\(BIN\)/sphinx-build (.*)$", recipe, re.MULTILINE)
            words = line.replace(" site", f" {site}").replace("build/docs", str(shared / "guide-parts")).split()
            done = subprocess.run(
                [str(SCRIPTS / "sphinx-build"), *words],
                cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "LC_ALL": "C.UTF-8"},
            )  # fmt: skip
            assert (done.returncode, done.stderr) == (0, "")
    return site


@pytest.fixture(scope="session")
def pages(built: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(built.rglob("*.html"))}


def test_every_guide_is_a_page(pages: dict[Path, Page], built: Path) -> None:
    guides = [
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / name for name in ("README.md", "GLOSSARY.md", "params/README.md")),
    ]
    missing = [g for g in guides if built / g.relative_to(ROOT).with_suffix(".html") not in pages]
    assert missing == []


def test_every_link_leads_somewhere(pages: dict[Path, Page]) -> None:
    lost = [f"{path.name}: {address}" for path, page in pages.items() for address in _lost(path, page, pages)]
    assert lost == []


def _lost(path: Path, page: Page, pages: dict[Path, Page]) -> Iterator[str]:
    for _, address in page.pointed:
        parts = urlsplit(address)
        if parts.scheme:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file() or (
            parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors
        ):
            yield address


def test_no_page_asks_another_host_for_anything(pages: dict[Path, Page], built: Path) -> None:
    asked = [
        f"{path.name}: {address}"
        for path, page in pages.items()
        for tag, address in page.pointed
        if tag not in CLICKED and (urlsplit(address).scheme not in ("", "data") or address.startswith("//"))
    ]
    styles = "".join(path.read_text(encoding="utf-8") for path in built.rglob("*.css"))
    asked += re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)'\"]+", styles)
    assert asked == []


@pytest.mark.browser
def test_the_guide_is_read_and_searched_from_a_file(built: Path, page: Tab) -> None:
    """The fixture sees to it that nothing but files is asked for, and that no script complains."""
    page.goto((built / "docs" / "index.html").as_uri())
    page.get_by_role("link", name="For the reviewer").first.click()
    assert page.locator("h1").inner_text().startswith("For the reviewer")
    page.goto((built / "search.html").as_uri() + "?q=basket")
    page.locator("ul.search li a").first.wait_for()
    assert "For the analyst" in page.locator("ul.search").inner_text()
