"""Values that the unit of measure does not allow, and counts that do not give the value beside them."""

from __future__ import annotations

import pandas as pd

from varddialog.data.quality.material import Material, remarks, together
from varddialog.data.schema import KEY
from varddialog.swedish import number

OUTSIDE = "utanför enhetens gränser"
COUNTS_DIFFER = "täljare och nämnare ger ett annat värde"


def outside_unit(material: Material) -> pd.DataFrame:
    """Values below or above what the indicator's unit allows."""
    table = material.observations
    units = {name: known.unit for name, known in material.catalogue.indicators.items()}
    measures = {name: known.measure for name, known in material.catalogue.indicators.items()}
    high = (
        table["indicator"].map({name: unit.high for name, unit in units.items() if unit.high is not None}).astype(float)
    )
    low = table["indicator"].map({name: unit.low for name, unit in units.items() if unit.low is not None}).astype(float)
    tables = []
    for word, limit, wrong in (("större", high, table["value"] > high), ("mindre", low, table["value"] < low)):
        rows = table[wrong]
        reasons = [
            f"Värdet {material.figure(name, value)} är {word} än {_limit(bound, measures[name])}."
            for name, value, bound in zip(rows["indicator"], rows["value"], limit[wrong], strict=True)
        ]
        tables.append(remarks(rows[KEY].to_numpy().tolist(), OUTSIDE, "fel", reasons))
    return together(tables)


def counts_against_value(material: Material) -> pd.DataFrame:
    """Shares that are not their own numerator over their own denominator."""
    table = material.observations.dropna(subset=["numerator", "denominator"])
    percent = [name for name, known in material.catalogue.indicators.items() if known.measure == "procent"]
    table = table[table["indicator"].isin(percent) & (table["denominator"] > 0)]
    computed = 100 * table["numerator"] / table["denominator"]
    allowed = table["indicator"].map(material.step).astype(float)
    wrong = table[(computed - table["value"]).abs() > allowed]
    columns = (wrong["indicator"], wrong["value"], wrong["numerator"], wrong["denominator"])
    reasons = [
        f"Värdet är {material.figure(name, value)}, men {number(part)} av {number(whole)} "
        f"är {material.figure(name, 100 * part / whole)}."
        for name, value, part, whole in zip(*columns, strict=True)
    ]
    return remarks(wrong[KEY].to_numpy().tolist(), COUNTS_DIFFER, "fel", reasons)


def _limit(limit: float, measure: str) -> str:
    text = number(limit)
    return f"{text} procent" if measure.startswith("procent") else text
