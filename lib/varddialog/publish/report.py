"""The report: a rendered notebook as one page that needs nothing else."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from nbformat import NotebookNode

from varddialog.model.cycle import Cycle
from varddialog.model.units import Unit
from varddialog.pack.pack import stylesheet

# nbconvert's exporter is reused, since making one costs more than a page, and it is not safe for threads
_ONE_AT_A_TIME = Lock()


@cache
def _exporter() -> Any:
    from nbconvert.exporters import HTMLExporter
    from traitlets.config import Config

    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {"analytiker"}
    # inside JupyterLab the set-up cell shows the style sheet; here it stands in the page's head
    config.TagRemovePreprocessor.remove_all_outputs_tags = {"setup"}
    return HTMLExporter(
        config=config,
        template_name="varddialog",
        extra_template_basedirs=[str(files("varddialog.publish").joinpath("templates"))],
        enabled=True,
    )


def page(notebook: NotebookNode, unit: Unit, cycle: Cycle) -> str:
    """The notebook as HTML: Swedish, one h1, code folded, no script and no outside address."""
    ready = notebook.copy()
    ready["metadata"] = {
        **notebook.metadata,
        "page_title": f"{notebook.metadata['title']}: {unit.official_name}",
        "stylesheet": stylesheet(),
        "unit_name": unit.name,
        "cycle_name": cycle.name,
    }
    with _ONE_AT_A_TIME:
        body, _ = _exporter().from_notebook_node(ready)
    return str(body)
