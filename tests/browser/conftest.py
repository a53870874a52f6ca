"""A real browser. Without one these tests are skipped, and say so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.building import with_supplement

from varddialog.model.catalogue import Catalogue


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(site: Path, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, with the page of a region that has added something."""
    return with_supplement(site, catalogue, tmp_path_factory.mktemp("whole"))


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
