"""A real browser. Without one these tests are skipped, and say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.building import with_supplement

from varddialog.model.catalogue import Catalogue

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(site: Path, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, with the page of a region that has added something."""
    return with_supplement(site, catalogue, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    places = ["/usr/bin/chromium", *(shutil.which(name) for name in NAMES)]
    program = next((place for place in places if place and Path(place).is_file()), None)
    if program is None:
        pytest.skip(
            "NO BROWSER: neither /usr/bin/chromium nor chromium on PATH. Accessibility (axe), reflow, keyboard and "
            "print are NOT tested on this machine."
        )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A blank page of a common laptop's size, in Swedish; asking for anything but a file fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="sv-SE")
    opened = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert asked, "no page was opened"
    assert [url for url in asked if not url.startswith("file://")] == []
    assert complaints == []
