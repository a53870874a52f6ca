"""The controls offer what there is, follow each other, and draw each pane once for each change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ipywidgets as w
import nbformat
import pytest

from varddialog.config import Project
from varddialog.errors import UsageError
from varddialog.explore import Explorer, open_explorer
from varddialog.explore.basket_form import BasketForm
from varddialog.explore.controls import Controls
from varddialog.explore.pane import Pane
from varddialog.explore.regions import Regions
from varddialog.explore.state import State
from varddialog.figures.sweden import TILES


class Screen:
    """Everything that the notebook shows, on one state."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.controls = Controls(state)
        self.regions = Regions(state, self.controls)
        self.panes = {piece: Pane(state, piece) for piece in ("card", "country", "compare", "about")}  # type: ignore[arg-type]

    @property
    def drawn(self) -> list[int]:
        return [pane.drawn for pane in self.panes.values()]


@pytest.fixture
def screen(state: State) -> Screen:
    return Screen(state)


def _keys(control: Any) -> list[Any]:
    """The values that a list offers."""
    return [option[1] if isinstance(option, tuple) else option for option in control.options]


def test_a_tile_and_the_ranking_choose_the_region_and_the_rest_follows(screen: Screen) -> None:
    screen.regions.buttons["09"].click()
    assert screen.state.unit.name == "Gotland"
    assert screen.controls.region.value == screen.regions.ranking.value == "09"
    assert "Region Gotland" in screen.panes["card"].html.value
    assert "vd-vald" in screen.regions.buttons["09"]._dom_classes
    screen.regions.ranking.value = "12"
    assert screen.controls.region.value == "12"
    assert "Region Skåne" in screen.panes["card"].html.value
    assert [code for code, b in screen.regions.buttons.items() if "vd-vald" in b._dom_classes] == ["12"]
    screen.controls.region.value = "00"
    assert screen.regions.ranking.value is None, "Riket has no place among the regions"


def test_every_region_has_a_tile_where_the_map_has_it(screen: Screen) -> None:
    assert set(screen.regions.buttons) == {unit.code for unit in screen.state.desk.catalogue.units.all}
    places = {code: screen.regions.buttons[code].layout.grid_area for code in TILES}
    assert len(set(places.values())) == 21
    order = [b.description.partition("\n")[0] for b in screen.regions.tiles.children]
    assert order[0] == "Norrbotten"
    assert order[-1] == "Blekinge", "the keyboard goes from north to south"


def test_tiles_tell_value_and_class_by_word_and_shape(screen: Screen) -> None:
    said = {code: (b.description, b.tooltip) for code, b in screen.regions.buttons.items()}
    assert said["25"] == ("Norrbotten\n81,6 ▼", "Norrbotten: 81,6, sämre")
    assert said["00"] == ("Riket\n84,0", "Riket: 84,0")


def test_a_change_draws_each_pane_once_and_paints_the_tiles_only_when_their_values_change(screen: Screen) -> None:
    assert screen.drawn == [1, 1, 1, 1]
    screen.controls.region.value = "12"
    assert (screen.drawn, screen.regions.painted) == ([2, 2, 2, 2], 1)
    screen.controls.dimension.value = 2
    assert (screen.drawn, screen.regions.painted) == ([3, 3, 3, 3], 2)
    screen.controls.region.value = "12"
    assert screen.drawn == [3, 3, 3, 3], "nothing changed"


def test_a_new_region_sends_few_messages(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.controls.region.value = "12"
    sent: list[set[str]] = []
    monkeypatch.setattr(
        w.Widget, "send_state", lambda self, key=None: sent.append({key} if isinstance(key, str) else key)
    )
    screen.controls.region.value = "09"
    assert 0 < len(sent) <= 30


def test_dimension_area_and_indicator_narrow_each_other(screen: Screen) -> None:
    controls, state = screen.controls, screen.state
    assert _keys(controls.dimension) == [1, 2, 3, 4, 0]
    for number in _keys(controls.dimension):
        controls.dimension.value = number
        for area in _keys(controls.area):
            controls.area.value = area
            assert controls.dimension.value == number
            listed = _keys(controls.indicator)
            assert listed == [i.id for i in state.offer.indicators(state.desk.catalogue.area(area))]
            assert controls.indicator.value == state.choice.indicator in listed
            assert controls.split.value == state.choice.split in _keys(controls.split)
    controls.dimension.value = 4
    controls.area.value = "skillnader-kon"
    assert controls.split.value == "kön"


def test_lists_say_what_is_missing_for_the_region(screen: Screen) -> None:
    screen.state.choose(region="Skåne", indicator="N71000")
    screen.controls.region.value = "09"
    assert "Uppgift saknas för Gotland" in screen.panes["card"].html.value
    names = [label for label, _ in screen.controls.indicator.options]
    assert any(label.endswith("(saknas för Gotland)") for label in names)
    screen.controls.region.value = "12"
    assert not any("Gotland" in label for label, _ in screen.controls.indicator.options)


def test_a_word_finds_indicators_and_a_hit_chooses_one(screen: Screen) -> None:
    controls = screen.controls
    assert controls.hits.layout.display == "none"
    controls.words.value = "vantetid operation"
    assert controls.hits.layout.display == ""
    before = screen.state.choice
    assert controls.hits.value is None
    assert screen.state.choice == before, "nothing is chosen until someone chooses"
    controls.hits.value = _keys(controls.hits)[0]
    assert controls.indicator.value == controls.hits.value == screen.state.choice.indicator
    assert controls.area.value == screen.state.area
    controls.words.value = "qwxz"
    assert "Inget mått har orden «qwxz»" in controls.said.value
    controls.words.value = ""
    assert (controls.said.value, controls.hits.layout.display) == ("", "none")


def test_years_offer_those_that_there_are_and_never_cross(screen: Screen) -> None:
    controls = screen.controls
    years = _keys(controls.first)
    assert controls.all_years.disabled
    controls.last.value = years[3]
    assert screen.state.choice.years == (years[0], years[3])
    controls.first.value = years[5]
    assert screen.state.choice.years == (years[5], years[5])
    assert (controls.first.value, controls.last.value) == (years[5], years[5])
    controls.all_years.click()
    assert screen.state.choice.years is None
    assert (controls.first.value, controls.last.value) == (years[0], years[-1])


def test_what_cannot_be_done_is_explained_and_the_lists_go_back(screen: Screen) -> None:
    crowd = tuple(code for code in _keys(screen.controls.others))[:7]
    screen.controls.others.value = crowd
    assert "högst 6" in screen.controls.said.value
    assert screen.controls.others.value == screen.state.choice.others == ()
    screen.controls.others.value = crowd[:6]
    assert screen.state.choice.others == crowd[:6]
    assert screen.controls.said.value == ""


def test_every_control_has_a_label_or_a_tooltip(screen: Screen) -> None:
    def within(widget: w.Widget) -> list[w.Widget]:
        return [widget, *(inner for child in getattr(widget, "children", ()) for inner in within(child))]

    form = BasketForm(screen.state, Explorer(screen.state).chosen)
    everything = [one for box in (screen.controls.box, screen.regions.box, form.box) for one in within(box)]
    asked = [one for one in everything if not isinstance(one, (w.Box, w.HTML))]
    assert len(asked) > 40
    assert [one for one in asked if not (one.description or one.tooltip)] == []
    assert all(one.tabbable is not False for one in asked), "reached by keyboard"


def test_the_code_is_hidden_until_asked_for_and_follows(screen: Screen) -> None:
    pane = screen.panes["card"]
    assert pane.code.layout.display == "none"
    pane.shows_code.value = True
    assert pane.code.layout.display == ""
    screen.controls.region.value = "09"
    assert "09-gotland" in pane.code.value


def test_the_basket_form_saves_says_so_and_does_not_write_over(
    state: State, params_copy: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = BasketForm(state, Explorer(state).chosen)
    assert form.save.disabled
    form.add.click()
    form.add.click()
    assert "låg redan i korgen" in form.said.value
    state.choose(indicator="N79196")
    form.add.click()
    assert _keys(form.listed) == ["FOHM_MEDELLIVSLANGD", "N79196"]
    form.listed.value = "N79196"
    form.up.click()
    assert _keys(form.listed) == ["N79196", "FOHM_MEDELLIVSLANGD"]
    form.save.click()
    assert "saknar något: namnet" in form.said.value
    form.name.value, form.why.value, form.questions.value = "Långt liv", "Alla vill det.", "Vad gör ni?\nOch ni?"
    form.themes.value = ("jamlik-vard",)
    form.save.click()
    path = params_copy.params / "focus-areas" / "langt-liv.yml"
    assert path.is_file()
    assert "params/focus-areas/langt-liv.yml är sparad" in form.said.value
    before = path.read_bytes()
    form.away.click()
    form.save.click()
    assert "finns redan" in form.said.value
    assert path.read_bytes() == before
    form.replace.value = True
    form.save.click()
    assert "skrevs över" in form.said.value
    assert path.read_bytes() != before
    assert not form.replace.value, "asked again next time"


def test_a_cell_without_a_kernel_shows_the_first_view_as_html() -> None:
    explorer = open_explorer("Skåne")
    for shown in (explorer.view(), explorer.regions(), explorer.compare(), explorer.about()):
        bundle = shown._repr_mimebundle_()
        assert "application/vnd.jupyter.widget-view+json" in bundle
        assert '<div class="vard">' in bundle["text/html"]
        assert "Medellivslängd" in bundle["text/plain"]
    for shown in (explorer.choose(), explorer.basket()):
        assert json.dumps(shown._repr_mimebundle_())
    assert "Region Skåne" in explorer.view()._repr_mimebundle_()["text/html"]


def test_an_unknown_region_or_cycle_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="Menade du «Skåne»"):
        open_explorer("Skone")
    with pytest.raises(UsageError, match="Okänd dialogomgång"):
        open_explorer("Skåne", "2025-2026")


def test_the_notebook_has_a_cell_for_each_sentence(project: Project) -> None:
    notebook = nbformat.read(project.notebooks / "utforska.ipynb", as_version=4)
    nbformat.validate(notebook)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    explorer = open_explorer()
    shown = [source.removeprefix("explorer.").removesuffix("()") for source in code[2:]]
    assert shown == ["choose", "view", "regions", "compare", "about", "basket"]
    for name in shown:
        assert getattr(explorer, name)()
    assert "python -m varddialog.explore" in notebook.cells[0].source
    assert Path(project.notebooks / "utforska.ipynb").read_text(encoding="utf-8").endswith("}\n")
