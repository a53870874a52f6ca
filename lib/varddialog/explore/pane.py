"""A pane: one piece of the view that follows the choice, with the lines that make it behind «Visa koden»."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from varddialog.explore.choice import Piece
from varddialog.explore.shown import code_box
from varddialog.explore.state import State


class Pane:
    """Drawn anew at every change of the choice. drawn: how many times it has been drawn."""

    def __init__(self, state: State, piece: Piece) -> None:
        self.piece, self.drawn = piece, 0
        self.html = w.HTML()
        self.shows_code = w.ToggleButton(
            value=False, description="Visa koden", tooltip="Raderna som gör samma sak i en cell", icon="code"
        )
        self.code = w.HTML(layout=w.Layout(display="none"))
        self.shows_code.observe(self._fold, "value")
        self.box = w.VBox([self.html, self.shows_code, self.code], layout=w.Layout(width="100%"))
        self.draw(state)
        state.listen(self.draw)

    def draw(self, state: State) -> None:
        """Show the piece as it now is."""
        view = state.view
        self.html.value = f'<div class="vard">{view.piece(self.piece).html}</div>'
        self.code.value = code_box(view.code(self.piece))
        self.drawn += 1

    def _fold(self, change: dict[str, Any]) -> None:
        self.code.layout.display = "" if change["new"] else "none"
