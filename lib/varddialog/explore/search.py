"""Finding indicators by word, whatever the case and accents."""

from __future__ import annotations

from collections.abc import Iterable

from varddialog.model.indicator import Indicator
from varddialog.swedish import fold

MOST = 40


def find(words: str, indicators: Iterable[Indicator]) -> list[Indicator]:
    """The indicators that hold every word, the best first, at most `MOST`; none for no words.

    A word is looked for in the id and slug, the name, and what the indicator counts and does not capture. Part of a
    word is enough, as Swedish joins words: `cancer` finds `lungcancer`. Best is the id, then a name with words that
    begin so, then any name, then the rest; within each in the given order.
    """
    wanted = fold(words).split()
    if not wanted:
        return []
    ranked = [(rank, i) for i in indicators if (rank := _rank(wanted, i)) is not None]
    return [i for _, i in sorted(ranked, key=lambda one: one[0])][:MOST]


def _rank(wanted: list[str], indicator: Indicator) -> int | None:
    key, slug, name = fold(indicator.id), fold(indicator.slug), fold(indicator.name)
    if " ".join(wanted) in (key, slug):
        return 0
    begins = [f" {word}" for word in wanted]
    if all(word in f" {name}" for word in begins):
        return 1
    if all(word in name for word in wanted):
        return 2
    about = " ".join([key, slug, name, fold(indicator.definition), fold(indicator.limits)])
    return 3 if all(word in about for word in wanted) else None
