"""The outputs of a cell compared."""

from __future__ import annotations

from typing import Any

from varddialog.batch.review.difference import Pictured
from varddialog.batch.review.outputs import differing


def shown(html: str, text: str = "", **more: Any) -> list[dict[str, Any]]:
    return [{"output_type": "execute_result", "metadata": {}, "data": {"text/html": html, "text/plain": text}, **more}]


def told(before: Any, after: Any) -> list[tuple[str, str, str]]:
    return [(d.kind, d.before, d.after) for d in differing(before, after)]


def test_equal_outputs_do_not_differ() -> None:
    assert differing(shown("<p>1</p>", "1"), shown("<p>1</p>", "1")) == []


def test_the_same_change_in_the_words_is_told_once() -> None:
    assert told(shown("<p>är 1</p>", "är 1"), shown("<p>är 2</p>", "är 2")) == [("tal", "1", "2")]
    assert told(shown("<p>är 1</p>", "är 1"), shown("<p>är 1</p>", "är 2")) == [("tal", "1", "2")]


def test_blocks_that_have_gone_or_come() -> None:
    page, less = "<p>Ett.</p><p>Två.</p>", "<p>Ett.</p>"
    assert told(shown(page), shown(less)) == [("text", "Två.", "")]
    assert told(shown(less), shown(page)) == [("text", "", "Två.")]


def test_a_link_to_another_place_is_found_though_the_same_is_read() -> None:
    before, after = '<p><a href="a.html">Mer</a></p>', '<p><a href="b.html">Mer</a></p>'
    assert told(shown(before), shown(after)) == [("märkning", '<a href="a.html">', '<a href="b.html">')]


def test_spaces_alone_are_a_difference_that_is_told() -> None:
    assert told(shown("<p>1</p>"), shown("<p>1</p>\n")) == [("märkning", "utdata", "samma utdata med andra mellanrum")]


def test_another_bitmap_is_shown_and_what_is_no_picture_is_not() -> None:
    before, after = (
        '<img alt="Karta" src="data:image/png;base64,AA">',
        '<img alt="Karta" src="https://example.org/x.png">',
    )
    (found,) = differing(shown(before), shown(after))
    assert isinstance(found, Pictured)
    assert found.pictures == ("data:image/png;base64,AA", "")


def test_outputs_that_are_more_or_fewer_and_what_was_printed() -> None:
    printed = [{"output_type": "stream", "name": "stdout", "text": "12 rader"}]
    assert told(printed, []) == [("text", "12 rader", "")]
    assert told([], printed) == [("text", "", "12 rader")]
    assert told(printed, [{**printed[0], "text": "13 rader"}]) == [("tal", "12", "13")]


def test_marks_of_the_output_itself() -> None:
    assert told(shown("<p>1</p>"), shown("<p>1</p>", output_type="display_data")) == [
        ("värde", "execute_result", "display_data")
    ]
