"""One frame for the pages of the web tool: the look, the way between them, and how a class is marked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from markupsafe import Markup

from varddialog.assessment.answer import Answer, Class
from varddialog.figures.style import BETTER, COLOURS, WORSE
from varddialog.model.cycle import Cycle
from varddialog.pack.fragment import stylesheet, templates
from varddialog.prose.answers import SHAPES
from varddialog.swedish import MISSING, listing, number

Here = Literal["start", "omgang", "matt", "jamfor", ""]

# what a class is called in addresses and in the style sheet: only what is judged good or bad has a colour
_LOOKS = {BETTER: "battre", WORSE: "samre"}


@cache
def _css() -> str:
    return stylesheet() + files("varddialog.publish").joinpath("templates/site/site.css").read_text(encoding="utf-8")


def render(template: str, cycle: Cycle, home: str, here: Here = "", **values: Any) -> str:
    """A page of the tool. home: the way to the cycle's folder, empty in the folder itself. here: its own link."""
    made = templates("varddialog.publish").get_template(f"{template}.html.j2")
    return made.render(cycle=cycle, css=_css(), home=home, here=here, number=number, listing=listing, **values)


def look(klass: Class) -> str:
    """What the style sheet calls the class; empty for what has no colour."""
    return _LOOKS.get(COLOURS[klass], "")


@cache
def shape(klass: Class) -> Markup:
    """The shape of a class in its colour; the word stands beside it, for those who see no shapes."""
    return Markup('<span class="tkn {}" aria-hidden="true">{}</span>').format(look(klass), SHAPES[klass])


@cache
def mark(klass: Class, word: str = "") -> Markup:
    """The shape of a class, and the class in words unless other words are given."""
    return Markup("{} {}").format(shape(klass), word or klass)


def answered(answer: Answer | None) -> Markup:
    """The class of an answer as mark and word; a dash where the question does not apply."""
    return mark(answer.klass) if answer else Markup(MISSING)


def script(name: str) -> str:
    """A script of the tool, as it stands in the package."""
    return files("varddialog.publish").joinpath(f"templates/{name}").read_text(encoding="utf-8")
