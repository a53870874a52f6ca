"""The system's chromium, one for each process of the run: Playwright bears no second one beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser. Without one the tests that ask for it are skipped, and say so."""
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
