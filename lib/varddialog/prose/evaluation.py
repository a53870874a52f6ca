"""What is said of the evaluation: how many answered, what they thought, and what is not shown and why."""

from __future__ import annotations

from collections.abc import Sequence

from varddialog.dialogue.evaluation import FEWEST, Distribution, Evaluated
from varddialog.swedish import number, plural

EMPTY = "Inga svar är registrerade ännu. Så här ser frågorna ut:"
SCORES = "Svaren går från 1 (stämmer inte alls) till 5 (stämmer helt)."
PROTECTED = (
    f"För att ingen ska kännas igen visas inget för grupper med färre än {number(FEWEST)} svar, och inte heller för så "
    "många grupper att resten går att räkna ut. Kommentarerna visas utan region och part."
)


def answered(found: Sequence[Evaluated]) -> str:
    """How many have answered: the statement with fewest and with most answers."""
    counts = [one.answers for one in found]
    low, high = min(counts), max(counts)
    if low == high:
        return f"{plural(high, 'svar', 'svar')} på varje påstående. {SCORES}"
    return f"{number(low)} till {plural(high, 'svar', 'svar')} på varje påstående. {SCORES}"


def ends(found: Sequence[Evaluated]) -> str:
    """The statements that those who answered agree most and least with, or why that is not told."""
    shown = [(one.whole.median, one.scale.text.rstrip(".")) for one in found if one.whole]
    if not shown:
        return f"Färre än {number(FEWEST)} har svarat på varje påstående, så svaren visas inte."
    high, low = max(m for m, _ in shown), min(m for m, _ in shown)
    if high == low:
        every = "alla påståenden" if len(shown) == len(found) else "de påståenden som visas"
        return f"Medianen är {middle(high)} för {every}."
    best, worst = (next(text for m, text in shown if m == end) for end in (high, low))
    return f"Mest instämmer de svarande i ”{best}” (median {middle(high)}), minst i ”{worst}” (median {middle(low)})."


def middle(value: float) -> str:
    """A median of whole scores: `4` or `3,5`."""
    return number(value, 0 if value == int(value) else 1)


def picture(one: Evaluated) -> str:
    """The text alternative of a statement's bars."""
    assert one.whole is not None
    counts = "; ".join(f"{number(score)}: {number(count)}" for score, count in enumerate(one.whole.counts, 1))
    return f"{one.scale.text} Antal svar per steg: {counts}. Median {middle(one.whole.median)}."


def hidden(one: Evaluated) -> str:
    """Why a statement is not shown."""
    return f"{plural(one.answers, 'svar', 'svar')}, för få för att visas." if one.answers else "Inga svar."


def median_of(distribution: Distribution) -> str:
    return middle(distribution.median)
