"""A rendered notebook without clock, path, host or random id: the same inputs give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # slow to import, and only a build needs it
    from nbformat import NotebookNode

_INJECTED = "injected-parameters"


def scrub(notebook: NotebookNode, title: str) -> NotebookNode:
    """`notebook`, changed in place: papermill's traces removed, random cell ids fixed, the title set."""
    metadata: Any = notebook.metadata
    metadata.pop("papermill", None)
    metadata["language_info"] = {"name": "python"}
    metadata["title"] = title
    for cell in notebook.cells:
        for trace in ("papermill", "execution", "collapsed"):
            cell.metadata.pop(trace, None)
        if _INJECTED in cell.metadata.get("tags", []):
            cell["id"] = _INJECTED
            cell["source"] = "# Parameters\n" + "\n".join(
                line for line in cell["source"].splitlines() if line and not line.startswith("#")
            )
    return notebook
