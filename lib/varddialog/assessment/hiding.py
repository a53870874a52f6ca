"""Small numbers hidden before anything is shown: the counts themselves, and as many more as protect them.

What is derived (differences, persons, ranks, spread, figures) is made from what is left, so nothing shown holds a
hidden count. Riket and totals are published values, and keep what the hidden counts add to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from varddialog.assessment.points import HIDDEN
from varddialog.data.rows import Observation, RemarkRow
from varddialog.model.units import NATION
from varddialog.statistics.disclosure import hide, is_small
from varddialog.statistics.disclosure_audit import Sum

PRIMARY = "visas inte: så få personer ligger bakom det att de skulle kunna kännas igen."
SECONDARY = "visas inte: tillsammans med andra värden skulle det avslöja ett litet antal personer."

Cell = tuple[str, str, str, str]  # region, sex, grouping, group


@dataclass(frozen=True)
class Shown:
    """The rows that may be shown, and a remark on each that may not."""

    observations: list[Observation]
    remarks: list[RemarkRow]


def without_small(observations: Sequence[Observation], *, values_count: bool, whole: str = NATION) -> Shown:
    """One series' rows, all units', without those that point out a few persons (a count or complement of 1–4).

    values_count: the values themselves count persons; otherwise the numerators do. whole: the unit that the others may
    be all parts of.
    """

    def count(o: Observation) -> float | None:
        found = o.value if values_count else o.numerator
        return found if found is not None and found >= 0 and found == int(found) else None

    by_time: dict[str, dict[Cell, float]] = {}
    small = set()
    for o in observations:
        if (found := count(o)) is not None:
            by_time.setdefault(o.when, {})[_cell(o)] = found
            if is_small(found, o.denominator):
                small.add(o.when)
    if not small:
        return Shown(list(observations), [])
    why: dict[tuple[str, Cell], str] = {}
    for when in small:
        below = {_cell(o): o.denominator for o in observations if o.when == when and o.denominator is not None}
        hiding = hide(
            by_time[when], _sums(by_time[when], whole), {c: n for c, n in below.items() if c in by_time[when]}
        )
        why |= {(when, cell): PRIMARY for cell in hiding.primary} | {(when, c): SECONDARY for c in hiding.secondary}
    gone = [o for o in observations if (o.when, _cell(o)) in why]
    kept = [o for o in observations if (o.when, _cell(o)) not in why]
    return Shown(kept, [_remark(o, why[o.when, _cell(o)]) for o in gone])


def _sums(counts: Mapping[Cell, float], whole: str) -> list[Sum[Cell]]:
    """The totals that a reader can subtract from: of women and men, groups, regions; only those that add up."""
    parts: dict[tuple[str, Cell], list[Cell]] = {}
    for cell in counts:
        region, sex, grouping, group = cell
        if sex != "T":
            parts.setdefault(("kön", (region, "T", grouping, group)), []).append(cell)
        if grouping:
            parts.setdefault((grouping, (region, sex, "", "")), []).append(cell)
        if region != whole and (whole != NATION or len(region) == len(NATION)):
            parts.setdefault(("region", (whole, sex, grouping, group)), []).append(cell)
    return [
        Sum(total, tuple(cells))
        for (_, total), cells in parts.items()
        if len(cells) > 1 and sum(counts[c] for c in cells) == counts.get(total)
    ]


def _cell(o: Observation) -> Cell:
    return o.region, o.sex, o.grouping, o.group


def _remark(o: Observation, reason: str) -> RemarkRow:
    place = (o.indicator, o.region, o.year, o.period, o.sex, o.grouping, o.group)
    return RemarkRow(*place, HIDDEN, "upplysning", f"Värdet för {o.when} {reason}")
