"""Totals against their parts: both sexes against women and men, the whole population against its groups."""

from __future__ import annotations

import numpy as np
import pandas as pd

from varddialog.data.quality.material import COUNTS, Material, remarks, together
from varddialog.data.schema import KEY
from varddialog.swedish import number

SEXES = "totalen ligger utanför könen"
SUM = "totalen är inte summan av könen"
GROUPS = "en grupp är större än helheten"
_CASE = [name for name in KEY if name != "sex"]
_PEOPLE = [name for name in KEY if name not in ("grouping", "group")]


def total_and_sexes(material: Material) -> pd.DataFrame:
    """Totals not between women and men, or not their sum where something is counted."""
    table = material.observations
    wide = table.pivot(index=_CASE, columns="sex", values=["value", "numerator", "denominator"])
    if not {"T", "K", "M"} <= set(table["sex"]):
        return together([])
    names = wide.index.get_level_values("indicator")
    known = [material.indicator(name) for name in names]
    shares = np.array([k is not None and k.unit.shares_total for k in known])
    counts = np.array([k is not None and k.measure in COUNTS for k in known])
    step = np.array([material.step(name) for name in names])

    total, women, men = (wide["value"][sex] for sex in ("T", "K", "M"))
    low, high = np.minimum(women, men), np.maximum(women, men)
    complete = total.notna() & women.notna() & men.notna()
    outside = complete & shares & ((total < low - step - 1e-9) | (total > high + step + 1e-9))
    tables = [_on_total(wide[outside], SEXES, [
        f"Värdet för båda könen är {material.figure(name, t)}, men kvinnor har {material.figure(name, k)} "
        f"och män {material.figure(name, m)}; totalen ska ligga mellan dem."
        for name, t, k, m in zip(names[outside], total[outside], women[outside], men[outside], strict=True)
    ])]  # fmt: skip

    for column, what, where in (
        ("value", "Totalen", counts), ("numerator", "Täljaren", True), ("denominator", "Nämnaren", True)
    ):  # fmt: skip
        t, k, m = (wide[column][sex] for sex in ("T", "K", "M"))
        # one per mille for figures that the publisher has rounded
        unequal = where & ((t - k - m).abs() > np.maximum(1.0, 0.001 * t))
        tables.append(_on_total(wide[unequal], SUM, [
            f"{what} är {number(a)}, men kvinnor och män är tillsammans {number(b + c)}."
            for a, b, c in zip(t[unequal], k[unequal], m[unequal], strict=True)
        ]))  # fmt: skip
    return together(tables)


def groups_above_whole(material: Material) -> pd.DataFrame:
    """Counted groups that are larger than the whole population they belong to.

    Sums are not compared: groups may overlap (0–6 years beside 1–4 years) or leave someone out.
    """
    table = material.observations
    counted = [name for name, known in material.catalogue.indicators.items() if known.measure in COUNTS]
    table = table[table["indicator"].isin(counted)]
    everyone = table[table["grouping"] == ""][[*_PEOPLE, "value"]]
    both = table[table["grouping"] != ""].merge(everyone, on=_PEOPLE, suffixes=("", "_whole"))
    wrong = both[both["value"] > both["value_whole"]]
    reasons = [
        f"Gruppen {group} är {number(part)}, men hela befolkningen är {number(whole)}."
        for group, part, whole in zip(wrong["group"], wrong["value"], wrong["value_whole"], strict=True)
    ]
    return remarks(wrong[KEY].to_numpy().tolist(), GROUPS, "fel", reasons)


def _on_total(rows: pd.DataFrame, check: str, reasons: list[str]) -> pd.DataFrame:
    keys = rows.index.to_frame(index=False).assign(sex="T")[KEY]
    return remarks(keys.to_numpy().tolist(), check, "fel", reasons)
