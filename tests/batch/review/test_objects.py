"""Two structures of values compared."""

from __future__ import annotations

from typing import Any

import pytest

from varddialog.batch.review.objects import differing

ROWS: dict[str, Any] = {"n": 2, "rows": [{"anchor": "a", "value": 1.5}, {"anchor": "b", "value": None}]}


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (ROWS, []),
        ({**ROWS, "n": 3}, [("n", "2", "3")]),
        ({**ROWS, "n": True}, [("n", "2", "true")]),
        ({"n": 2, "rows": [{"anchor": "a", "value": 1.6}, ROWS["rows"][1]]}, [("rows > a > value", "1.5", "1.6")]),
        ({"n": 2, "rows": ROWS["rows"][::-1]}, [("rows", "en ordning", "en annan ordning")]),
        ({"n": 2, "rows": ROWS["rows"][:1]}, [("rows > b", '{"anchor": "b", "value": null}', "")]),
        ({"rows": ROWS["rows"]}, [("n", "2", "")]),
    ],
)
def test_each_value_that_differs_is_told_with_the_way_to_it(after: Any, told: list[tuple[str, str, str]]) -> None:
    assert [(d.about, d.before, d.after) for d in differing(ROWS, after, "")] == told


def test_items_of_one_name_are_kept_apart() -> None:
    found = differing(
        [{"name": "a", "x": 1}, {"name": "a", "x": 2}], [{"name": "a", "x": 1}, {"name": "a", "x": 3}], ""
    )
    assert [(d.about, d.before, d.after) for d in found] == [("a (2) > x", "2", "3")]
