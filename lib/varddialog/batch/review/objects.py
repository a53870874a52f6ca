"""Two structures of values compared, such as what a notebook hands on to others: each value with the way to it."""

from __future__ import annotations

import json
from typing import Any

from varddialog.batch.review.difference import Difference

# what an item of a list is called by, the first that it has
_NAMES = ("anchor", "title", "name", "indicator")


def differing(before: Any, after: Any, where: str) -> list[Difference]:
    """What differs, with the way to it in `about`."""
    return _differing(before, after, where, ())


def _differing(before: Any, after: Any, where: str, way: tuple[str, ...]) -> list[Difference]:
    if isinstance(before, list) and isinstance(after, list):
        one, other = _named(before), _named(after)
        if list(one) != list(other) and one == other:
            return [Difference("värde", where, " > ".join(way), "en ordning", "en annan ordning")]
        before, after = one, other
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            found
            for key in [*before, *(key for key in after if key not in before)]
            if before.get(key) != after.get(key) or (key in before) != (key in after)
            for found in _differing(before.get(key), after.get(key), where, (*way, str(key)))
        ]
    if before == after and type(before) is type(after):
        return []
    return [Difference("värde", where, " > ".join(way), _told(before), _told(after))]


def _named(items: list[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for i, item in enumerate(items, 1):
        key = next((str(item[name]) for name in _NAMES if isinstance(item, dict) and name in item), str(i))
        made[f"{key} ({i})" if key in made else key] = item
    return made


def _told(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
