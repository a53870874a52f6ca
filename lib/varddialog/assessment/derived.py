"""Figures that the project computes itself from two published series of counts."""

from __future__ import annotations

from collections.abc import Sequence

from varddialog.data.rows import Observation, RemarkRow
from varddialog.model.indicator import Derived


def derive(
    name: str, rule: Derived, counts: Sequence[Observation], population: Sequence[Observation]
) -> list[Observation]:
    """One observation of `name` wherever both series have a count for the same unit, time, sex and group.

    The value is counts / population × `rule.per`; both counts go with it.
    """
    below = {_place(o): o.value for o in population if o.value > 0}
    return [
        o._replace(
            indicator=name,
            value=o.value / below[_place(o)] * rule.per,
            low=None,
            high=None,
            numerator=o.value,
            denominator=below[_place(o)],
        )
        for o in counts
        if _place(o) in below
    ]


def inherit(name: str, remarks: Sequence[RemarkRow]) -> list[RemarkRow]:
    """Remarks on single counts hold for what is computed from them."""
    return [r._replace(indicator=name) for r in remarks if r.region]


def _place(o: Observation) -> tuple[str, int, str, str, str, str]:
    return o.region, o.year, o.period, o.sex, o.grouping, o.group
