"""What a cell of the explorer gives back: controls where there is a kernel, a still picture where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ipywidgets import Widget
from markupsafe import Markup

from varddialog.pack.fragment import Fragment


@dataclass(frozen=True)
class Shown:
    """A widget, and its first view as HTML for readers of the notebook without a kernel."""

    widget: Widget
    still: Fragment

    def __repr__(self) -> str:
        return repr(self.still)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.widget._repr_mimebundle_()
        return {**bundle, "text/html": self.still._repr_html_(), "text/plain": repr(self.still)}


def code_box(code: str) -> Markup:
    """Lines of code to copy; the box can be reached by keyboard."""
    return Markup('<div class="vard kod"><pre tabindex="0" aria-label="Koden">{}</pre></div>').format(code)
