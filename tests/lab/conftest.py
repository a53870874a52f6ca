"""Real programs on the screen: JupyterLab and Voilà, driven in the system's chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.lab.serving import TOKEN, Served, copied, served

from varddialog.config import Project

FAILED = Path(__file__).with_name("failed")


@pytest.fixture(scope="session")
def lab(project: Project, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """JupyterLab as `make lab` starts it, in a copy of the project where packs are built."""
    folder = tmp_path_factory.mktemp("lab")
    here = copied(project, folder / "projekt")
    shutil.copytree(site, here.outputs / site.name)
    arguments = ("lab", "--no-browser", "--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}")
    with served(here, folder, "jupyter", *arguments) as running:
        yield running


@pytest.fixture(scope="session")
def voila(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Voilà as the explorer's notebook says."""
    folder = tmp_path_factory.mktemp("voila")
    here = copied(project, folder / "projekt")
    with served(here, folder, "voila", "notebooks/utforska.ipynb", "--no-browser", "--port={port}") as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A blank page of a common laptop's size, in Swedish; asking another host for anything fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    asked: set[str] = set()
    kept_back: set[str | None] = set()
    context.on("request", lambda request: asked.add(request.url))
    # what the page's own policy stops never leaves the browser
    context.on("requestfailed", lambda request: kept_back.add(request.url if request.failure == "csp" else None))
    yield context.new_page()
    context.close()
    inside = ("http://127.0.0.1:", "data:", "blob:", "about:")
    elsewhere = [url for url in asked - kept_back if not url.startswith(inside)]
    assert elsewhere == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """What the screen shows when a test fails is kept, and the report tells where."""
    report = yield
    shown = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and shown is not None:
        FAILED.mkdir(exist_ok=True)
        for number, opened in enumerate(shown.context.pages):
            picture = FAILED / f"{item.name}-{number}.png"
            opened.screenshot(path=picture)
            report.sections.append(("Screen", str(picture)))
    return report
