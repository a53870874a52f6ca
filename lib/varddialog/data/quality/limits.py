"""Values that the unit of measure does not allow, and counts that do not give the value beside them."""

from __future__ import annotations

import pandas as pd

from varddialog.data.quality.material import KEY, Material, remarks, together
from varddialog.swedish import number

OUTSIDE = "utanför enhetens gränser"
COUNTS_DIFFER = "täljare och nämnare ger ett annat värde"


def outside_unit(material: Material) -> pd.DataFrame:
    """Values below or above what the indicator's unit allows."""
    tables = []
    for name, rows in material.observations.groupby("indicator"):
        known = material.indicator(str(name))
        if known is None:
            continue
        low, high = known.unit.low, known.unit.high
        for limit, word, wrong in (
            (high, "större", rows[rows["value"] > high] if high is not None else rows[:0]),
            (low, "mindre", rows[rows["value"] < low] if low is not None else rows[:0]),
        ):
            reasons = [
                f"Värdet {material.figure(str(name), value)} är {word} än {_limit(limit, known.measure)}."
                for value in wrong["value"]
            ]
            tables.append(remarks(wrong[KEY].to_numpy().tolist(), OUTSIDE, "fel", reasons))
    return together(tables)


def counts_against_value(material: Material) -> pd.DataFrame:
    """Shares that are not their own numerator over their own denominator."""
    table = material.observations.dropna(subset=["numerator", "denominator"])
    percent = [name for name, known in material.catalogue.indicators.items() if known.measure == "procent"]
    table = table[table["indicator"].isin(percent) & (table["denominator"] > 0)]
    computed = 100 * table["numerator"] / table["denominator"]
    allowed = table["indicator"].map(material.step)
    wrong = table[(computed - table["value"]).abs() > allowed]
    reasons = [
        f"Värdet är {material.figure(row.indicator, row.value)}, men {number(row.numerator)} av {number(row.denominator)} "
        f"är {material.figure(row.indicator, 100 * row.numerator / row.denominator)}."
        for row in wrong.itertuples()
    ]
    return remarks(wrong[KEY].to_numpy().tolist(), COUNTS_DIFFER, "fel", reasons)


def _limit(limit: float | None, measure: str) -> str:
    text = number(limit)
    return f"{text} procent" if measure.startswith("procent") else text
