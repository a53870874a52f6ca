"""Indicators that are collected become a focus area: a file that params/ holds together with, or nothing at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from varddialog.config import Project
from varddialog.errors import ParamsError, UsageError
from varddialog.explore.basket import Basket, save_focus_area
from varddialog.model.catalogue import load_catalogue
from varddialog.model.focus import FocusArea

THEME = "jamlik-vard"


@pytest.fixture
def basket() -> Basket:
    return Basket(["N79196", "N79198"])


def _made(basket: Basket, name: str = "Tidig upptäckt", **other: object) -> FocusArea:
    said = {"why": "Det avgör hur det går.", "themes": [THEME], "questions": ["Vilka nås inte, och varför?"]}
    return basket.focus_area(name, **{**said, **other})  # type: ignore[arg-type]


def _files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_each_indicator_lies_once_in_the_order_given(basket: Basket) -> None:
    told: list[list[str]] = []
    basket.listen(lambda: told.append(list(basket.ids)))
    assert not basket.add("N79196")
    assert basket.add("N70605")
    basket.move_up("N70605")
    basket.move_up("N79196")
    basket.remove("N79198")
    basket.remove("N79198")
    assert told == [["N79196", "N79198", "N70605"], ["N79196", "N70605", "N79198"], ["N79196", "N70605"]]


def test_a_saved_basket_is_a_focus_area_of_the_catalogue(basket: Basket, params_copy: Project) -> None:
    focus = _made(basket)
    path = save_focus_area(focus, here=params_copy)
    assert path == params_copy.params / "focus-areas" / "tidig-upptackt.yml"
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../schemas/focus-area")
    assert load_catalogue(params_copy).focus_area("tidig-upptackt") == focus
    assert [p.name for p in path.parent.iterdir() if p.name.startswith(".")] == []


def test_questions_are_named_by_their_first_words_each_by_its_own(basket: Basket) -> None:
    said = ["Hur når ni dem som inte svarar?", "", "Hur når ni dem i tid?", " – ", "Hur når ni dem nu?"]
    assert [q.slug for q in _made(basket, questions=said).questions] == [
        "hur-nar-ni-dem", "hur-nar-ni-dem-nr-2", "hur-nar-ni-dem-nr-3",
    ]  # fmt: skip


def test_nothing_is_written_over_unless_it_is_said(basket: Basket, params_copy: Project) -> None:
    path = save_focus_area(_made(basket), here=params_copy)
    before = path.read_bytes()
    basket.add("N70605")
    with pytest.raises(UsageError, match="finns redan"):
        save_focus_area(_made(basket), here=params_copy)
    assert path.read_bytes() == before
    save_focus_area(_made(basket), replace=True, here=params_copy)
    assert load_catalogue(params_copy).focus_area("tidig-upptackt").indicators == ["N79196", "N79198", "N70605"]


def test_an_existing_focus_area_is_safe_from_one_of_the_same_name(basket: Basket, params_copy: Project) -> None:
    before = _files(params_copy.params / "focus-areas")
    with pytest.raises(UsageError):
        save_focus_area(_made(basket, "Cancervård"), here=params_copy)
    assert _files(params_copy.params / "focus-areas") == before


def test_everything_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(UsageError) as told:
        Basket().focus_area(" ", "", [], ["  "])
    said = str(told.value)
    assert all(word in said for word in ("namnet", "varför området är viktigt", "måtten", "temana", "frågorna"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda focus: focus.model_copy(update={"themes": ["finns-inte"]}),
        lambda focus: focus.model_copy(update={"indicators": ["N00000"]}),
    ],
    ids=["theme", "indicator"],
)
@pytest.mark.parametrize("there", [False, True], ids=["new", "written over"])
def test_what_params_cannot_hold_leaves_everything_as_it_was(
    spoil: Callable[[FocusArea], FocusArea], there: bool, basket: Basket, params_copy: Project
) -> None:
    if there:
        save_focus_area(_made(basket), here=params_copy)
    before = _files(params_copy.params / "focus-areas")
    with pytest.raises(ParamsError, match="tidig-upptackt"):
        save_focus_area(spoil(_made(basket)), replace=True, here=params_copy)
    assert _files(params_copy.params / "focus-areas") == before


def test_texts_with_signs_of_yaml_come_back_as_they_were(basket: Basket, params_copy: Project) -> None:
    why = 'Det är "viktigt": 50 % – inte #1.\n\nNy rad, å ä ö, ja: no, 2026-01-01'
    focus = _made(basket, "Åre: 1 & 2", why=why)
    save_focus_area(focus, here=params_copy)
    assert load_catalogue(params_copy).focus_area("are-1-2").why == why
    shutil.rmtree(params_copy.params / "focus-areas")
