"""JSON-stat 2.0, as SCB, Folkhälsomyndigheten and Eurostat write it: a cube of cells, given densely or sparsely."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from varddialog.data.sources.answers import Untrusted
from varddialog.swedish import did_you_mean

# signs that stand instead of a number: not available, not applicable, nothing, confidential
SIGNS = frozenset({".", "..", "...", "-", ":"})

# dimension → code, the number or None, and the mark beside it
Cell = tuple[Mapping[str, str], float | None, str]


@dataclass(frozen=True)
class Shape:
    """The dimensions of a cube, in its own order. where: what it is about, for messages.

    codes: dimension → codes in order. labels: dimension → code → text, the code itself where no text is given.
    """

    where: str
    title: str
    updated: str
    codes: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Mapping[str, str]]

    @property
    def size(self) -> int:
        """How many cells there are."""
        return math.prod(len(codes) for codes in self.codes.values())

    def demand(self, dimension: str) -> tuple[str, ...]:
        """The codes of a dimension. Raises SourceError when there is none of that name."""
        if dimension not in self.codes:
            had = list(self.codes)
            hint = did_you_mean(dimension, had)
            raise Untrusted(f"Svaret saknar dimensionen «{dimension}»; det har {', '.join(had)}. {hint}", self.where)
        return self.codes[dimension]


@dataclass(frozen=True)
class Cube(Shape):
    """The cells too: position → number, and position → mark; what has no position is missing."""

    values: Mapping[int, Any]
    marks: Mapping[int, str]

    def cells(self) -> Iterator[Cell]:
        """Every cell, one at a time. Raises SourceError when one holds what is neither a number nor missing."""
        names = list(self.codes)
        for position, codes in enumerate(itertools.product(*self.codes.values())):
            mark = self.marks.get(position, "")
            value = self.values.get(position)
            if isinstance(value, str) and value in SIGNS:
                mark, value = mark or value, None
            if value is not None and not _is_number(value):
                what = f"Värde nummer {position} ({', '.join(codes)}) är {value!r}, som inte är ett tal."
                raise Untrusted(what, self.where)
            yield dict(zip(names, codes, strict=True)), None if value is None else float(value), mark


def read_cube(data: Any, where: str) -> Cube:
    """An answer in JSON-stat 2.0. Raises SourceError when it is anything else, or does not hold together."""
    shape = read_shape(data, where)
    values = _by_position(data.get("value"), shape, "value")
    given = data.get("status")
    if isinstance(given, str):  # one mark for all
        given = dict.fromkeys(map(str, range(shape.size)), given)
    elif isinstance(given, list) and len(given) == 1:
        given = dict.fromkeys(map(str, range(shape.size)), given[0])
    marks = {} if given is None else _by_position(given, shape, "status")
    return Cube(**vars(shape), values=values, marks={at: str(mark) for at, mark in marks.items() if mark})


def read_shape(data: Any, where: str) -> Shape:
    """Dimensions, codes and texts alone, as in metadata. Raises SourceError when they do not hold together."""
    if not isinstance(data, dict) or data.get("class") != "dataset" or not str(data.get("version", "")).startswith("2"):
        raise Untrusted(f"Svaret är inte en tabell i JSON-stat 2{_instead(data)}.", where)
    names, sizes, dimensions = data.get("id"), data.get("size"), data.get("dimension")
    if not (isinstance(names, list) and isinstance(sizes, list) and isinstance(dimensions, dict)):
        raise Untrusted("Svaret i JSON-stat saknar «id», «size» eller «dimension».", where)
    if len(names) != len(sizes) or len(set(map(str, names))) != len(names) or not all(map(_is_text, names)):
        raise Untrusted(f"Dimensionerna {names} och deras storlekar {sizes} går inte ihop.", where)
    codes: dict[str, tuple[str, ...]] = {}
    labels: dict[str, Mapping[str, str]] = {}
    for name, size in zip(names, sizes, strict=True):
        category = dimensions[name].get("category") if isinstance(dimensions.get(name), dict) else {}
        found = _codes(category)
        if found is None or len(found) != size:
            had = "inga koder som går att läsa" if found is None else f"{len(found)} koder"
            raise Untrusted(f"Dimensionen «{name}» ska ha {size} koder, men har {had}.", where)
        texts = category.get("label") or {}
        codes[name] = found
        labels[name] = {code: str(texts.get(code, code)) for code in found}
    title, updated = str(data.get("label") or ""), str(data.get("updated") or "")
    return Shape(where, title, updated, codes, labels)


def _codes(category: Any) -> tuple[str, ...] | None:
    """The codes of a category in order: from a list, from positions, or the only one that has a label."""
    if not isinstance(category, dict) or not isinstance(category.get("label", {}), dict):
        return None
    index = category.get("index")
    if index is None and len(category.get("label", {})) == 1:
        return tuple(category["label"])
    if isinstance(index, list) and all(map(_is_text, index)) and len(set(index)) == len(index):
        return tuple(index)
    if isinstance(index, dict) and sorted(map(repr, index.values())) == sorted(map(repr, range(len(index)))):
        return tuple(sorted(index, key=index.__getitem__))
    return None


def _by_position(given: Any, shape: Shape, name: str) -> dict[int, Any]:
    """Dense or sparse, as position → what is there."""
    if isinstance(given, list):
        if len(given) != shape.size:
            what = f"«{name}» har {len(given)} värden, men dimensionerna ger {shape.size}."
            raise Untrusted(what, shape.where)
        return {at: one for at, one in enumerate(given) if one is not None}
    if isinstance(given, dict):
        try:
            found = {int(at): one for at, one in given.items()}
        except ValueError:
            raise Untrusted(f"«{name}» har platser som inte är heltal.", shape.where) from None
        if found and not 0 <= min(found) <= max(found) < shape.size:
            what = f"«{name}» har en plats utanför de {shape.size} som dimensionerna ger."
            raise Untrusted(what, shape.where)
        return found
    raise Untrusted(f"«{name}» är varken en lista eller värden efter plats.", shape.where)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _instead(data: Any) -> str:
    """What the answer seems to be, for the message."""
    if not isinstance(data, dict):
        return f", utan {'en lista' if isinstance(data, list) else type(data).__name__}"
    for name in ("error", "warning", "message"):
        if name in data:
            return f"; källan svarade: {str(data[name])[:200]}"
    if "class" in data:
        return f", utan av klassen «{str(data['class'])[:40]}» i version {str(data.get('version', 'okänd'))[:10]}"
    return f"; det har fälten {', '.join(sorted(map(str, data))[:8]) or 'inga'}"
