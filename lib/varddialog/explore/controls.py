"""The controls: each offers only what there is, and follows when something else is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
from markupsafe import escape

from varddialog.errors import UserError
from varddialog.explore.choice import LABELS
from varddialog.explore.offer import MOST_OTHERS
from varddialog.explore.search import find
from varddialog.explore.state import State
from varddialog.model.indicator import Indicator

_WIDE = "21.5rem"
_LABEL = {"description_width": "5.5rem"}
CONTEXT = "Regionens förutsättningar"


class Controls:
    """Everything that is chosen with lists. Where it is wrong to choose something it is not in the list."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._quiet = False

        def listed(label: str, what: type[Any] = w.Dropdown, width: str = _WIDE, **given: Any) -> Any:
            # a layout of its own, since what hides one control would hide all that share it
            return what(description=label, style=_LABEL, layout=w.Layout(width=width), **given)

        self.words = listed("Sök mått", w.Text, placeholder="ord i namn eller definition", continuous_update=True)
        self.hits = listed("Träffar", w.Select, rows=5)
        self.hits.layout.display = "none"
        self.region = listed("Region")
        self.dimension = listed("Dimension")
        self.area = listed("Område")
        self.indicator = listed("Mått")
        self.split = listed("Visa")
        self.first = listed("Från år", width="10.6rem")
        self.last = listed("Till år", width="10.6rem")
        crowd = f"Högst {MOST_OTHERS} regioner. Håll Ctrl nedtryckt för att välja flera."
        self.others = listed("Jämför med", w.SelectMultiple, rows=6, tooltip=crowd)
        self.all_years = w.Button(
            description="Alla år", tooltip="Visa alla år som finns", layout=w.Layout(margin="2px 2px 2px 6rem")
        )
        self.said = w.HTML()
        self._follow(state)
        state.listen(self._follow)
        choose = state.choose
        self._on(self.words, lambda value: self._search(value))
        self._on(self.hits, lambda value: choose(indicator=value) if value else None)
        self._on(self.region, lambda value: choose(region=value))
        self._on(self.dimension, lambda value: choose(area=self._areas(value)[0][1]))
        self._on(self.area, lambda value: choose(area=value))
        self._on(self.indicator, lambda value: choose(indicator=value))
        self._on(self.split, lambda value: choose(split=value))
        self._on(self.first, lambda value: choose(years=(value, max(value, self.last.value))))
        self._on(self.last, lambda value: choose(years=(min(value, self.first.value), value)))
        self._on(self.others, lambda value: choose(others=value))
        self.all_years.on_click(lambda _: self.attempt(lambda: choose(all_years=True)))
        self.box = w.VBox(
            [
                *(self.words, self.hits, self.dimension, self.area, self.indicator, self.region, self.split),
                *(w.HBox([self.first, self.last]), self.all_years, self.others),
            ]
        )

    def _on(self, control: Any, act: Callable[[Any], object]) -> None:
        control.observe(lambda change: None if self._quiet else self.attempt(lambda: act(change["new"])), "value")

    def attempt(self, act: Callable[[], object]) -> None:
        """Do what was asked for; when it cannot be done say why and go back to what is chosen."""
        try:
            act()
        except UserError as error:
            self._follow(self.state)
            self._say([str(fault) for fault in error.faults])

    def _say(self, lines: list[str]) -> None:
        text = " ".join(lines)
        self.said.value = f'<p role="status" class="vd-sagt">{escape(text)}</p>' if text else ""

    def _search(self, words: str) -> None:
        found = find(words, self.state.offer.everything())
        self.hits.layout.display = "" if words.strip() else "none"
        self._quiet = True
        self.hits.options = [(self._named(i), i.id) for i in found]
        self.hits.value = None
        self._quiet = False
        self._say([] if found or not words.strip() else [f"Inget mått har orden «{words}»."])

    def _follow(self, state: State) -> None:
        """Offer what there now is, with what is chosen marked."""
        offer, units = state.offer, state.desk.catalogue.units
        self._quiet = True
        _set(self.region, [(unit.name, unit.code) for unit in units.all], state.choice.unit)
        number = self._number(state.area)
        framework = state.desk.catalogue.framework
        named = [(f"{d.number} {d.name}", d.number) for d in framework.dimensions]
        _set(self.dimension, [*named, (CONTEXT, 0)], number)
        _set(self.area, self._areas(number), state.area)
        place = state.desk.catalogue.area(state.area)
        _set(self.indicator, [(self._named(i), i.id) for i in offer.indicators(place)], state.choice.indicator)
        splits = offer.splits(state.indicator, state.unit) or [state.choice.split]
        _set(self.split, [(LABELS[split], split) for split in splits], state.choice.split)
        years = offer.years(state.indicator)
        first, last = state.choice.years or ((years[0], years[-1]) if years else (None, None))
        _set(self.first, years, first)
        _set(self.last, years, last)
        self.first.disabled = self.last.disabled = len(years) < 2
        self.all_years.disabled = state.choice.years is None
        beside = [(unit.name, unit.code) for unit in units.regions if unit.code != state.choice.unit]
        _set(self.others, beside, state.choice.others)
        self._quiet = False
        self._say(list(state.notes))

    def _number(self, area: str) -> int:
        dimensions = self.state.desk.catalogue.framework.dimensions
        return next((d.number for d in dimensions if area in [leaf.slug for leaf in d.leaves()]), 0)

    def _areas(self, number: int) -> list[tuple[str, str]]:
        """Name and slug of the dimension's areas; 0 is the context."""
        return [(area.name, area.slug) for area in self.state.offer.areas() if self._number(area.slug) == number]

    def _named(self, indicator: Indicator) -> str:
        """The name, with what is missing beside it."""
        if indicator.gap is not None:
            return f"{indicator.name} (uppgifter saknas)"
        here = self.state.offer.splits(indicator, self.state.unit)
        return indicator.name if here else f"{indicator.name} (saknas för {self.state.unit.name})"


def _set(control: Any, options: list[Any], value: Any) -> None:
    """Options and value, sent only when they are others than before."""
    if list(control.options) != options:
        control.options = options
    if control.value != value:
        control.value = value
