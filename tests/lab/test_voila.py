"""The explorer without code, in a real Voilà and a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.lab.screen import another_region
from tests.lab.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_another_region_gives_another_figure(voila: Served, page: Page) -> None:
    page.goto(voila.address)
    expect(page.get_by_label("Region", exact=True)).to_be_visible()
    assert "open_explorer" not in page.inner_text("body"), "no code is shown"
    # the first view: the indicator as in its report
    another_region(page, page.locator(".vard", has=page.locator("article")).first)
