"""The outputs of a cell compared, as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from varddialog.batch.review import drawings, grids, objects, words
from varddialog.batch.review.blocks import Block, blocks
from varddialog.batch.review.difference import Difference, Kind, Pictured
from varddialog.batch.review.grids import Grid

_HTML = "text/html"
_KINDS: dict[str, Kind] = {"text": "text", "tabell": "tabell", "figur": "figur", "bild": "bild"}

Output = Mapping[str, Any]


def differing(before: Sequence[Output], after: Sequence[Output]) -> list[Difference]:
    """What differs between the outputs that stand in a report and those that the cell gives now; empty when equal."""
    found: list[Difference] = []
    for i in range(max(len(before), len(after))):
        if i >= len(before) or i >= len(after):
            one, other = (_plain(side[i]) if i < len(side) else "" for side in (before, after))
            found.append(Difference("text", "", f"utdata {i + 1}", one, other))
        elif before[i] != after[i]:
            found += _output(before[i], after[i])
    return found


def _output(before: Output, after: Output) -> list[Difference]:
    one, other = before.get("data", {}), after.get("data", {})
    found: list[Difference] = []
    for mime in dict.fromkeys([*one, *other]):
        old, new = one.get(mime), other.get(mime)
        if old == new or (mime == "text/plain" and found):  # the same in words
            continue
        if mime == _HTML and isinstance(old, str) and isinstance(new, str):
            found += html_differing(old, new)
        elif isinstance(old, str) and isinstance(new, str) and mime.startswith("text/"):
            found += words.differing(old, new, about="cellens text")
        else:
            found += objects.differing(old, new, mime if old is None or new is None else "")
    if before.get("text") != after.get("text"):
        found += words.differing(str(before.get("text", "")), str(after.get("text", "")), about="utskrift")
    rest = [{k: v for k, v in side.items() if k not in ("data", "text")} for side in (before, after)]
    if rest[0] != rest[1]:
        found += objects.differing(rest[0], rest[1], "utdatans märkning")
    # spaces alone
    return found or [Difference("märkning", "", "mellanrum", "utdata", "samma utdata med andra mellanrum")]


def html_differing(before: str, after: str) -> list[Difference]:
    """What differs between two pieces of a page that are not the same."""
    old, new = blocks(before), blocks(after)
    found = [
        difference
        for one, other in _pairs(old, new)
        if one is None or other is None or (one.content, one.label) != (other.content, other.label)
        for difference in _block(one, other)
    ]
    return found or _marks(before, after)


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Blocks that are each other's like, in the order of the report; None where there is none."""
    names = [[(b.kind, b.where, b.name) for b in side] for side in (old, new)]
    for what, i, j, k, m in SequenceMatcher(None, names[0], names[1], autojunk=False).get_opcodes():
        if what == "equal":
            yield from zip(old[i:j], new[k:m], strict=True)
            continue
        left = list(new[k:m])
        for one in old[i:j]:
            other = next((b for b in left if b.kind == one.kind), None)
            if other is not None:
                left.remove(other)
            yield one, other
        yield from ((None, other) for other in left)


def _block(one: Block | None, other: Block | None) -> list[Difference]:
    if one is None or other is None:
        there = one or other
        assert there is not None
        said = _said(there)
        kind = _KINDS[there.kind]
        return [Difference(kind, there.where, there.label, said if one else "", said if other else "")]
    if isinstance(one.content, Grid) and isinstance(other.content, Grid):
        return grids.differing(one.content, other.content, one.where)
    before, after = str(one.content), str(other.content)
    if one.kind == "figur":
        return drawings.differing(before, after, one.where, one.label)
    if one.kind == "bild":
        about = words.differing(one.label, other.label, one.where, "bildens text")
        if before == after:
            return about
        addresses = [address if address.startswith("data:image/") else "" for address in (before, after)]
        return [Pictured("bild", one.where, one.label, "bilden", "en annan bild", (addresses[0], addresses[1])), *about]
    return words.differing(before, after, one.where, one.label) + words.differing(one.label, other.label, one.where)


def _marks(before: str, after: str) -> list[Difference]:
    """Where the same is read: links, names of places, classes."""
    old, new = (re.findall(r"<[^>]*>", side) for side in (before, after))
    return [
        Difference("märkning", "", "länkar och märkning", " ".join(old[i:j]), " ".join(new[k:m]))
        for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if what != "equal"
    ]


def _said(block: Block) -> str:
    if isinstance(block.content, Grid):
        return block.content.caption or "tabellen"
    return block.content if block.kind == "text" else block.label or block.kind


def _plain(output: Output) -> str:
    return str(output.get("text") or output.get("data", {}).get("text/plain") or output.get("output_type", ""))
