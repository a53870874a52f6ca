"""The walks of an analyst and a reviewer in a real JupyterLab, in a real browser."""

from __future__ import annotations

import http.client
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.lab.screen import Notebook, another_region
from tests.lab.serving import TOKEN, Served

from varddialog.config import DEFAULT_CYCLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


REPORT = "2-kvalitet-i-tjansterna.ipynb"


def test_the_start_page_leads_to_notebooks_packs_and_guide(lab: Served, page: Page) -> None:
    page.goto(f"{lab.address}/?token={TOKEN}")
    links = page.locator(".jp-MarkdownViewer a:not(.jp-InternalAnchorLink)")
    expect(page.locator(".jp-MarkdownViewer h1")).to_contain_text("Vårddialog")
    expect(links.first).to_be_visible()
    page.locator(".jp-MarkdownViewer").get_by_role("link", name="Vägledningen").click()
    expect(page.locator(".jp-MarkdownViewer:not(.lm-mod-hidden) h1").last).to_contain_text("Guide")
    page.goto(f"{lab.address}/lab/tree/notebooks/start.md?reset")
    page.get_by_role("link", name="Handledning").click()
    expect(page.locator(".jp-NotebookPanel .jp-KernelName")).to_contain_text("Vårddialog")


def test_a_pack_opens_as_pages_with_links_and_scripts(lab: Served, page: Page) -> None:
    page.goto(f"{lab.address}/lab/tree/notebooks/start.md?reset&token={TOKEN}")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Landet och alla regioner").click()
    pack = opened.value
    answers: dict[str, int] = {}
    pack.on("response", lambda answer: answers.update({answer.url: answer.status}))
    pack.reload()
    scripts = pack.locator("script[src]").evaluate_all("all => all.map(one => one.src)")
    assert scripts
    assert {answers[url] for url in scripts} <= {200, 304}
    assert pack.evaluate("self.origin") == "null", "no page of a pack reaches the kernels"
    pack.locator('a[href*="09-gotland"]').first.click()
    expect(pack.locator("h1")).to_contain_text("Region Gotland")
    assert pack.url == f"{lab.address}/underlag/{DEFAULT_CYCLE}/09-gotland/index.html"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (f"underlag/{DEFAULT_CYCLE}/index.html", 302),
        (f"underlag/{DEFAULT_CYCLE}/09-gotland/{REPORT}", 302),
        (f"underlag/{DEFAULT_CYCLE}/verktyg.js", 200),
        ("underlag/%2e%2e/data/store/manifest.json", 302),
        ("underlag/%2e%2e/.jupyter/x.js", 403),
        ("underlag/finns-inte.js", 404),
    ],
)
def test_who_is_not_logged_in_gets_no_pack(lab: Served, place: str, code: int) -> None:
    """Except its scripts, which are asked for from an origin of their own; nobody gets anything beside the packs."""
    asked = http.client.HTTPConnection(lab.address.removeprefix("http://"))
    asked.request("GET", f"/{place}")
    assert asked.getresponse().status == code
    asked.close()


def test_run_all_gives_the_report_of_the_build(lab: Served, page: Page) -> None:
    notebook = Notebook(page, lab, lab.project.notebooks / REPORT)
    notebook.run_all()
    expect(notebook.cell("medicinska-resultat").locator("h2")).to_contain_text("Medicinska resultat")
    now = notebook.saved()
    built = Notebook(page, lab, lab.project.outputs / DEFAULT_CYCLE / "00-riket" / REPORT).cells
    shown = {c["metadata"]["tags"][0]: c["outputs"] for c in built if c["cell_type"] == "code"}
    assert [tag for tag, c in now.items() if _data(c["outputs"]) != _data(shown[tag])] == []


@pytest.mark.parametrize("place", ["where it lies", "elsewhere"])
def test_one_cell_of_a_rendered_notebook_gives_again_what_stands_there(lab: Served, page: Page, place: str) -> None:
    path = lab.project.outputs / DEFAULT_CYCLE / "09-gotland" / REPORT
    if place == "elsewhere":
        (lab.project.root / "någon annanstans").mkdir()
        path = Path(shutil.copyfile(path, lab.project.root / "någon annanstans" / "kopia.ipynb"))
    notebook = Notebook(page, lab, path)
    before = {c["metadata"]["tags"][0]: c for c in notebook.cells if c["cell_type"] == "code"}
    for count, tag in enumerate(("parameters", "injected-parameters", "setup", "tillganglighet"), 1):
        notebook.run(tag, count)
    expect(notebook.cell("tillganglighet").locator("h2")).to_have_text("Tillgänglighet")
    now = notebook.saved()
    assert now["tillganglighet"]["execution_count"] == 4
    assert _data(now["tillganglighet"]["outputs"]) == _data(before["tillganglighet"]["outputs"])


def test_another_region_in_utforska_gives_another_figure(lab: Served, page: Page) -> None:
    notebook = Notebook(page, lab, lab.project.notebooks / "utforska.ipynb")
    notebook.run_all()
    another_region(page, notebook.cell("matt"))


def _data(outputs: list[dict[str, object]]) -> list[object]:
    """What the outputs show, however they are numbered."""
    return [output["data"] for output in outputs]
