"""Inequality: the answer on differences between groups inside the unit."""

from __future__ import annotations

from collections.abc import Sequence

from varddialog.assessment.answer import Answer, cannot
from varddialog.assessment.groups import Comparison
from varddialog.model.groups import in_sentence
from varddialog.swedish import number

GROUPS = "grupperna längst isär, källans intervall"


def inequality(found: Sequence[Comparison]) -> Answer:
    """The widest split of the indicator for this unit: certain when the publisher's intervals are apart."""
    if not found:
        return cannot(GROUPS, "Uppgifter uppdelade på grupper saknas för enheten.")
    widest = max(found, key=lambda c: (c.apart is True, c.gap))
    high, low = widest.highest, widest.lowest
    places = widest.indicator.decimals
    groups = [f"{in_sentence(v.group, widest.grouping)} {number(v.value, places)}" for v in (high, low)]
    words = f"{groups[0][:1].upper()}{groups[0][1:]}, {groups[1]} ({widest.when})."
    if widest.apart is None:
        return Answer("beskrivande", "okänd", GROUPS, f"{words} Osäkerheten är okänd.")
    if widest.apart:
        return Answer("skillnad", "säkerställd", GROUPS, words)
    return Answer("ingen säker skillnad", "inte säkerställd", GROUPS, words)
