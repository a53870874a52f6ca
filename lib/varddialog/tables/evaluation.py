"""The evaluation as a table: each statement's answers, all together and for the groups that may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from varddialog.dialogue.evaluation import SCORES, Distribution, Evaluated
from varddialog.prose.evaluation import median_of
from varddialog.swedish import number
from varddialog.tables.html import table


def statements(found: Sequence[Evaluated], names: Mapping[str, str]) -> Markup:
    """Statement × group: how many gave each score, and the median. names: party or unit → what it is called."""
    rows = []
    for one in found:
        if one.whole is None:
            continue
        groups = [("Alla", one.whole), *((names[slug], d) for slug, d in [*one.parties.items(), *one.units.items()])]
        rows += [[one.scale.text if not i else "", name, *_cells(d)] for i, (name, d) in enumerate(groups)]
    header = ["Påstående", "Grupp", *(number(score) for score in SCORES), "Svar", "Median"]
    return table("Svaren i tal", header, rows)


def _cells(d: Distribution) -> list[str]:
    return [*(number(count) for count in d.counts), number(d.total), median_of(d)]
