"""The report: a rendered notebook as one page that needs nothing else."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from nbformat import NotebookNode

from varddialog.model.cycle import Cycle
from varddialog.model.units import Unit
from varddialog.pack.fragment import stylesheet

# nbconvert's exporter is reused, since making one costs more than a page, and it is not safe for threads
_ONE_AT_A_TIME = Lock()


def _with_silent_cells(cells: list[NotebookNode]) -> list[NotebookNode]:
    """The cells that show something; the code of those that show nothing stands before the next one's."""
    shown, waiting = [], []
    for cell in cells:
        tags = cell.metadata.get("tags", [])
        if "analytiker" in tags or cell.cell_type != "code":
            continue
        # inside JupyterLab the set-up cell shows the style sheet; here it stands in the page's head
        visible = "setup" not in tags and any("text/html" in o.get("data", {}) for o in cell.outputs)
        waiting.append(cell.source)
        if visible:
            shown.append(NotebookNode({**cell, "source": "\n\n".join(waiting)}))
            waiting = []
    return shown


@cache
def _exporter() -> Any:
    from nbconvert.exporters.templateexporter import TemplateExporter

    # the plain exporter: HTMLExporter parses and writes the whole page anew to give pictures a text alternative,
    # which ours have, and that takes longer than all the rest
    return TemplateExporter(
        template_name="varddialog",
        extra_template_basedirs=[str(files("varddialog.publish").joinpath("templates"))],
        file_extension=".html",
        # nothing is left to prepare, and nbconvert checks the whole notebook again after each that it has
        default_preprocessors=[],
    )


def page(notebook: NotebookNode, title: str, unit: Unit, cycle: Cycle) -> str:
    """The notebook as HTML: Swedish, one h1, code folded, no script and no outside address. title: the page's own."""
    ready = NotebookNode({**notebook, "cells": _with_silent_cells(notebook.cells)})
    ready["metadata"] = NotebookNode(
        {
            **notebook.metadata,
            "page_title": title,
            "stylesheet": stylesheet(),
            "unit_name": unit.name,
            "cycle_name": cycle.name,
        }
    )
    with _ONE_AT_A_TIME:
        body, _ = _exporter().from_notebook_node(ready)
    return str(body)
