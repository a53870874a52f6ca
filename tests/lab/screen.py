"""What a person does in JupyterLab: opens a notebook, runs cells, looks at what they show, saves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect
from tests.lab.serving import PATIENCE, TOKEN, Served

expect.set_options(timeout=PATIENCE * 1000)


class Notebook:
    """One notebook opened in JupyterLab, beside nothing else. Cells are told by their first tag."""

    def __init__(self, page: Page, lab: Served, path: Path) -> None:
        self.page, self.path = page, path
        self.place = path.relative_to(lab.project.root).as_posix()
        self.cells: list[dict[str, Any]] = self.on_disk()
        page.goto(f"{lab.address}/lab/tree/{self.place}?reset&token={TOKEN}")
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        expect(self.panel).to_have_count(1)
        expect(self.panel.locator(".jp-KernelName")).to_contain_text("Vårddialog")
        expect(self.panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')).to_be_visible()

    def on_disk(self) -> list[dict[str, Any]]:
        """The cells as the file has them."""
        cells: list[dict[str, Any]] = json.loads(self.path.read_text(encoding="utf-8"))["cells"]
        return cells

    def cell(self, tag: str) -> Locator:
        index = next(i for i, c in enumerate(self.cells) if tag in c["metadata"].get("tags", []))
        return self.panel.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')

    def run(self, tag: str, count: int) -> None:
        """Run one cell with the keyboard, and wait until it has become execution number `count`."""
        cell = self.cell(tag)
        cell.scroll_into_view_if_needed()
        cell.locator(".jp-InputPrompt").click()
        self.page.keyboard.press("Control+Enter")
        expect(cell.locator(".jp-InputPrompt")).to_have_text(f"[{count}]:")

    def run_all(self) -> None:
        """The menu «Run All Cells», until every code cell has its number."""
        self.menu("Run", "Run All Cells")
        last = [i for i, c in enumerate(self.cells) if c["cell_type"] == "code"]
        prompt = self.panel.locator(f'.jp-Cell[data-windowed-list-index="{last[-1]}"] .jp-InputPrompt')
        expect(prompt).to_have_text(f"[{len(last)}]:")

    def menu(self, name: str, item: str) -> None:
        self.page.locator(".lm-MenuBar-itemLabel", has_text=name).click()
        self.page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()

    def saved(self) -> dict[str, dict[str, Any]]:
        """The code cells by their first tag, as they are when the notebook has been saved."""
        self.page.keyboard.press("Control+s")
        expect(self.page.locator(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty")).to_have_count(0)
        return {c["metadata"]["tags"][0]: c for c in self.on_disk() if c["cell_type"] == "code"}


def another_region(page: Page, view: Locator) -> None:
    """In `utforska`: choose Gotland instead of Riket, and see its name and another figure in the view."""
    figure = view.locator("svg").first
    expect(figure).to_be_attached()
    before = figure.inner_html()
    expect(view.locator("h2").first).to_have_text("Riket")
    page.get_by_label("Region", exact=True).select_option(label="Gotland")
    expect(view.locator("h2").first).to_contain_text("Gotland")
    assert figure.inner_html() != before
