"""The explorer: each cell of the notebook `utforska` is one sentence to it."""

from __future__ import annotations

import ipywidgets as w

from varddialog.config import DEFAULT_CYCLE
from varddialog.explore.basket import Basket
from varddialog.explore.basket_form import BasketForm
from varddialog.explore.choice import Piece
from varddialog.explore.controls import Controls
from varddialog.explore.desk import open_desk
from varddialog.explore.look import look
from varddialog.explore.pane import Pane
from varddialog.explore.regions import Regions
from varddialog.explore.shown import Shown
from varddialog.explore.state import State
from varddialog.pack.fragment import Fragment


class Explorer:
    """Controls and panes on one state. A cell that is run again gives new widgets on the same choice."""

    def __init__(self, state: State) -> None:
        self.state, self.chosen = state, Basket()
        self.controls = Controls(state)

    def __repr__(self) -> str:
        return f"Utforska: {self.state.view!r}"

    def style(self) -> Fragment:
        """The look of everything that follows."""
        return Fragment(f"<style>{look()}</style>", repr(self))

    def choose(self) -> Shown:
        """What is looked at: found by word, or chosen from lists, on the map or in the ranking."""
        said, columns = self.controls.said, [self.controls.box, Regions(self.state, self.controls).box]
        box = w.VBox([w.HBox(columns, layout=w.Layout(flex_flow="row wrap", grid_gap="12px")), said])
        return Shown(box, Fragment("", f"Valt: {self.state.view!r}"))

    def view(self) -> Shown:
        """The indicator for the unit, as in its report."""
        return self._pane("card")

    def regions(self) -> Shown:
        """How all regions stand: in order, on the map, then and now."""
        return self._pane("country")

    def compare(self) -> Shown:
        """The unit beside other regions."""
        return self._pane("compare")

    def about(self) -> Shown:
        """What the indicator is, the remarks on its figures, and their source."""
        return self._pane("about")

    def basket(self) -> Shown:
        """What has been collected, and the way to a focus area of it."""
        return Shown(BasketForm(self.state, self.chosen).box, Fragment("", "Korgen är tom."))

    def _pane(self, piece: Piece) -> Shown:
        return Shown(Pane(self.state, piece).box, self.state.view.piece(piece))


def open_explorer(region: str = "00-riket", cycle: str = DEFAULT_CYCLE) -> Explorer:
    """An explorer that begins with one unit.

    region: any name or code of the unit. cycle: a file under params/cycles. Raises UsageError for an unknown name,
    ParamsError for faulty params, DataError for a missing or damaged store.
    """
    desk = open_desk(cycle)
    return Explorer(State.begin(desk, desk.catalogue.units.find(region)))
