"""The regions to choose from: buttons laid out as the tiles of Sweden, and the ranking as a list."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from varddialog.assessment.across import Across
from varddialog.explore.controls import Controls
from varddialog.explore.desk import What
from varddialog.explore.state import State
from varddialog.figures.sweden import TILES, Shown, look_of, regions_of
from varddialog.model.units import NATION
from varddialog.prose.answers import SHAPES
from varddialog.swedish import MISSING, number

_CHOSEN = "vd-vald"


class Regions:
    """A region is chosen by its button or in the ranking; both show the indicator's value and class.

    painted: how many times the buttons have been given new words and colours.
    """

    def __init__(self, state: State, controls: Controls) -> None:
        self.painted = 0
        self._quiet, self._chosen = False, ""
        self._what: What | None = None
        self.controls = controls
        units = state.desk.catalogue.units
        self.buttons = {unit.code: w.Button(layout=w.Layout(width="auto", height="2.7rem")) for unit in units.all}
        for code, button in self.buttons.items():
            button.add_class("vd-ruta")
            if code in TILES:
                column, row = TILES[code]
                button.layout.grid_area = f"{row + 1} / {column + 1} / auto / auto"
            button.on_click(lambda _, code=code: controls.attempt(lambda: state.choose(region=code)))
        grid = w.Layout(grid_template_columns="repeat(4, 5.2rem)", grid_gap="3px", width="21.4rem")
        self.tiles = w.GridBox([self.buttons[code] for code in sorted(TILES, key=_reading)], layout=grid)
        self.heading = w.HTML()
        self.ranking = w.Select(
            rows=22, tooltip="Regionerna i ordning", layout=w.Layout(width="13.4rem", height="25.4rem")
        )
        self.ranking.observe(self._picked, "value")
        self.state = state
        self._follow(state)
        state.listen(self._follow)
        tiles = w.VBox([self.heading, self.buttons[NATION], self.tiles], layout=w.Layout(width="21.4rem"))
        self.box = w.HBox([tiles, self.ranking], layout=w.Layout(flex_flow="row wrap"))

    def _picked(self, change: dict[str, Any]) -> None:
        if not self._quiet and change["new"]:
            self.controls.attempt(lambda: self.state.choose(region=change["new"]))

    def _follow(self, state: State) -> None:
        what = What.of(state.choice)
        self._quiet = True
        if what != self._what:
            self._what = what
            self._paint(state, what)
        if state.choice.unit != self._chosen:
            if self._chosen:
                self.buttons[self._chosen].remove_class(_CHOSEN)
            self.buttons[state.choice.unit].add_class(_CHOSEN)
            self._chosen = state.choice.unit
        listed = [code for _, code in self.ranking.options]
        self.ranking.value = state.choice.unit if state.choice.unit in listed else None
        self._quiet = False

    def _paint(self, state: State, what: What) -> None:
        """New words and colours on every button, and a new order in the list."""
        found = state.desk.across(what)
        x = found[0] if found else None
        shown = regions_of(x) if x else {}
        for code, button in self.buttons.items():
            name = state.desk.catalogue.units.by_code[code].name
            one = shown.get(code) or Shown("kan ej bedömas", _nation(x) if code == NATION else MISSING, name)
            ground, _, ink = look_of(one)
            told = "" if code == NATION or one.label == MISSING else f" {SHAPES[one.what]}"  # type: ignore[index]
            button.description = f"{name}\n{one.label}{told}"
            klass = "" if code == NATION else f", {one.what}"
            button.tooltip = f"{name}: {one.label}{klass}" if one.label != MISSING else f"{name}: inget att jämföra"
            button.style.button_color, button.style.text_color = ground, ink
        self.ranking.options = _order(x) if x else []
        order = "bäst överst" if x and x.indicator.turn else "högst överst"
        sexes = " Värdena gäller kvinnor." if x and x.example.only_sex and x.example.sex == "K" else ""
        about = f"Regionerna i ordning, {order}.{sexes}" if x else "Regionerna kan inte jämföras i det här måttet."
        self.heading.value = f'<p class="vd-rubrik">Välj region på kartan eller i listan. {about}</p>'
        self.painted += 1


def _nation(x: Across | None) -> str:
    return number(x.nation.value, x.indicator.decimals) if x and x.nation else MISSING


def _order(x: Across) -> list[tuple[str, str]]:
    """The regions as in the ranking: place, name, value and mark."""
    places = x.indicator.decimals
    return [
        (f"{i}. {x.name(code)} {number(x.values[code], places)} {SHAPES[x.klass(code)]}", code)
        for i, code in enumerate(x.ordered, 1)
    ]


def _reading(code: str) -> tuple[int, int]:
    """From north to south and west to east, the order in which the keyboard goes."""
    column, row = TILES[code]
    return row, column
