"""A rendered notebook's cells beside those of the notebook it is made of: missing, added, moved, rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from varddialog.batch.review import words
from varddialog.batch.review.difference import Difference
from varddialog.batch.review.rendered import INJECTED, RenderedCell

MISSING, ADDED = "cellen finns inte i rapporten", "cellen finns inte i projektets notebook"


def misplaced(before: Sequence[RenderedCell], after: Sequence[RenderedCell]) -> dict[str, list[Difference]]:
    """By cell: that it is missing, added or moved. before: the report's; after: those of a run."""
    old, new = [cell.name for cell in before], [cell.name for cell in after]
    found = {name: [Difference("ordning", "", MISSING, "", "en cell")] for name in new if name not in old}
    found |= {name: [Difference("ordning", "", ADDED, "en cell", "")] for name in old if name not in new}
    one, other = ([name for name in names if name not in found] for names in (old, new))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    kept = {name for i, _, size in matcher.get_matching_blocks() for name in one[i : i + size]}
    for name in one:
        if name not in kept:
            places = [f"efter {names[names.index(name) - 1]}" if names.index(name) else "först" for names in (old, new)]
            found[name] = [Difference("ordning", "", "cellen är flyttad", places[0], places[1])]
    return found


def rewritten(before: RenderedCell, after: RenderedCell) -> list[Difference]:
    """What differs in the text or code of a cell."""
    if before.kind != after.kind:
        return [Difference("kod", "", "cellens slag", before.kind, after.kind)]
    if before.source == after.source:
        return []
    about = "parametrarna" if before.name == INJECTED else "koden" if before.kind == "code" else "texten"
    found = words.differing(before.source, after.source)
    told = [Difference("kod", "", f"{about}: {d.about}" if d.about else about, d.before, d.after) for d in found]
    return told or [Difference("kod", "", f"{about}: mellanrum", "", "")]
