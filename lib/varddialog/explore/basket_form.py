"""The basket on the screen: what has been collected, and the form that makes a focus area of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
from markupsafe import Markup, escape

from varddialog.config import project
from varddialog.errors import UserError
from varddialog.explore.basket import Basket, place_of, save_focus_area
from varddialog.explore.shown import code_box
from varddialog.explore.state import State

_WIDE = w.Layout(width="44rem", max_width="100%")
_LABEL = {"description_width": "9rem"}


class BasketForm:
    """Adding, ordering, and saving as a file in params/. Nothing is written over without a tick that says so."""

    def __init__(self, state: State, basket: Basket) -> None:
        self.state, self.basket = state, basket
        self.add = _button("Lägg måttet i korgen", "Det mått som är valt nu", self._add, "plus")
        self.listed = w.Select(description="I korgen", rows=6, style=_LABEL, layout=_WIDE)
        self.up = _button("Flytta upp", "Måttet visas tidigare", lambda: self._with_chosen(basket.move_up))
        self.away = _button("Ta bort", "Ur korgen", lambda: self._with_chosen(basket.remove))
        self.name = w.Text(description="Namn", placeholder="till exempel Tidig upptäckt", style=_LABEL, layout=_WIDE)
        self.why = w.Textarea(
            description="Varför viktigt", placeholder="en eller två meningar", rows=3, style=_LABEL, layout=_WIDE
        )
        themes = [(theme.name, slug) for slug, theme in state.desk.catalogue.dialogue.themes.items()]
        self.themes = w.SelectMultiple(description="Teman", options=themes, rows=6, style=_LABEL, layout=_WIDE)
        self.questions = w.Textarea(
            description="Nyckelfrågor", placeholder="en fråga på varje rad", rows=3, style=_LABEL, layout=_WIDE
        )
        self.replace = w.Checkbox(
            value=False, description="Skriv över om filen redan finns", style=_LABEL, layout=_WIDE, indent=True
        )
        self.save = _button("Spara fokusområdet", "Skriver en fil i params/focus-areas/", self._save, "save")
        self.said = w.HTML()
        self._follow()
        basket.listen(self._follow)
        self.listed.observe(lambda _: self._enable(), "value")
        self.box = w.VBox(
            [
                self.add,
                self.listed,
                w.HBox([self.up, self.away]),
                *(self.name, self.why, self.themes, self.questions),
                *(self.replace, self.save, self.said),
            ]
        )

    def _add(self) -> None:
        indicator = self.state.indicator
        new = self.basket.add(indicator.id)
        self._say(f"{indicator.name} ligger i korgen." if new else f"{indicator.name} låg redan i korgen.")

    def _with_chosen(self, act: Callable[[str], None]) -> None:
        if self.listed.value:
            act(self.listed.value)

    def _follow(self) -> None:
        chosen = self.listed.value
        self.listed.options = [(self.state.desk.indicator(key).name, key) for key in self.basket.ids]
        self.listed.value = chosen if chosen in self.basket.ids else None
        self._enable()

    def _enable(self) -> None:
        """What cannot be done cannot be pressed."""
        self.up.disabled = self.away.disabled = self.listed.value is None
        self.save.disabled = not self.basket.ids

    def _save(self) -> None:
        here = project()
        try:
            focus = self.basket.focus_area(
                self.name.value, self.why.value, self.themes.value, self.questions.value.splitlines()
            )
            was_there = place_of(focus, here).is_file()
            path = save_focus_area(focus, replace=self.replace.value)
        except UserError as error:
            self._say(*(str(fault) for fault in error.faults))
            return
        self.replace.value = False
        done = "skrevs över" if was_there else "är sparad"
        cycle = f"params/cycles/{self.state.desk.cycle}.yml"
        opened = f'sheet = open_focus("{focus.slug}", "{self.state.unit.folder}")'
        code = f"from varddialog.pack import open_focus\n\n{opened}\nsheet.results()"
        self._say(
            f"Filen {here.show(path)} {done} och params/ hänger ihop. Fokusbladet byggs när «{focus.slug}» står "
            f"under focus_areas i {cycle}. Se det redan nu i en ny cell:",
            code=code,
        )

    def _say(self, *lines: str, code: str = "") -> None:
        said = Markup("<br>").join(escape(line) for line in lines)
        self.said.value = Markup('<p role="status" class="vd-sagt">{}</p>{}').format(
            said, code_box(code) if code else ""
        )


def _button(words: str, tooltip: str, act: Callable[[], object], icon: str = "") -> Any:
    made = w.Button(description=words, tooltip=tooltip, icon=icon, layout=w.Layout(width="auto"))
    made.on_click(lambda _: act())
    return made
