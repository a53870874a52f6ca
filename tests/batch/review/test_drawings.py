"""Two figures compared, and a picture of what differs."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from base64 import b64decode

import pytest

from varddialog.batch.review.difference import Difference, Pictured
from varddialog.batch.review.drawings import AFTER, BEFORE, differing, picture

FIGURE = (
    '<svg role="img" aria-label="Vaccination: 96,3" viewBox="0 0 500 74">'
    '<path d="M40 37h0M384.2 37h0M60 37h0" style="fill: none; stroke: #a4aab2" />'
    '<g fill="#1c1f23"><text x="384.2" y="22.8">Gotland 96,3</text><text x="0" y="40">91,8</text></g></svg>'
)


def figure(found: list[Difference]) -> Pictured:
    first = found[0]
    assert isinstance(first, Pictured)
    return first


def seen(address: str | None) -> ET.Element:
    assert address is not None
    return ET.fromstring(b64decode(address.removeprefix("data:image/svg+xml;base64,")))


def test_a_moved_dot_and_its_words_are_told_and_drawn_apart() -> None:
    other = FIGURE.replace("M384.2 37h0", "M404 37h0").replace("Gotland 96,3", "Gotland 97,3")
    found = figure(differing(FIGURE, other, "Hälsa", "Vaccination: 96,3"))
    one = "\N{NO-BREAK SPACE}"
    assert (found.before, found.after) == (f"Gotland 96,3, 1{one}form", f"Gotland 97,3, 1{one}form")
    assert found.about == "Vaccination"
    same, gone, come = seen(found.marked)
    assert [element.get("d") for element in same] == ["M40 37h0", "M60 37h0", None]
    assert [(e.get("d") or e.text, e.get("style") or e.get("fill")) for e in gone] == [
        ("M384.2 37h0", f"fill: none; stroke: {BEFORE}"), ("Gotland 96,3", BEFORE),
    ]  # fmt: skip
    assert [(e.get("d") or e.text, e.get("style") or e.get("fill")) for e in come] == [
        ("M404 37h0", f"fill: none; stroke: {AFTER}"), ("Gotland 97,3", AFTER),
    ]  # fmt: skip


def test_another_colour_is_another_shape() -> None:
    found = figure(differing(FIGURE, FIGURE.replace("#a4aab2", "#000000"), "", "Vaccination"))
    assert found.before == found.after == "3\N{NO-BREAK SPACE}former"


def test_the_words_for_who_does_not_see_it_are_compared_too() -> None:
    found = differing(FIGURE, FIGURE.replace("Vaccination: 96,3", "Vaccination: 99,9"), "", "Vaccination: 96,3")
    assert (found[1].before, found[1].after) == ("96,3", "99,9")


@pytest.mark.parametrize("broken", ["<svg viewBox='0 0 1 1'><path></svg>", "<svg>&nbsp;</svg>"])
def test_a_figure_that_is_broken_differs(broken: str) -> None:
    assert figure(differing(broken, FIGURE, "", "Vaccination")).marked is None


def test_a_picture_knows_its_language_so_that_a_browser_draws_it() -> None:
    root = seen(picture(FIGURE))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == "0 0 500 74"
