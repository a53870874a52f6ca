"""Pairs of indicators where one can never be larger than the other."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from varddialog.data.quality.material import Level, Material, remarks, together
from varddialog.data.schema import KEY
from varddialog.swedish import number

CHECK = "större än det mått det är en del av"
_SAME = [name for name in KEY if name != "indicator"]


@dataclass(frozen=True)
class Ordering:
    """`part` is never larger than `whole`; `why` completes the sentence that tells it.

    level: `fel` when both come from the same measurement, otherwise `osannolikt`.
    """

    part: str
    whole: str
    level: Level
    why: str


ORDERINGS = (
    Ordering("N70034", "N70015", "osannolikt", "en anställd brukar svara för högst en årsarbetare"),
    Ordering("N70642", "N70641", "fel", "varje vårdskada också räknas som en skada"),
    Ordering("N79180", "U79093", "osannolikt", "sjukhusförvärvade trycksår är en del av alla trycksår"),
    Ordering("FOHM_COVIDVACC_4DOS", "FOHM_COVIDVACC_3DOS", "fel", "den som har fått fyra doser också har fått tre"),
    Ordering("FK_SJUKPENNINGTAL", "FK_OHALSOTAL", "fel", "sjukpenningtalet är en del av ohälsotalet"),
    Ordering("N70059", "N70061", "fel", "läkemedlen är en del av hela kostnaden"),
)


def parts_above_wholes(material: Material) -> pd.DataFrame:
    """Both observations of every pair that breaks an ordering: which of the two is wrong cannot be seen."""
    return together(_broken(material, ordering) for ordering in ORDERINGS)


def _broken(material: Material, ordering: Ordering) -> pd.DataFrame:
    table = material.observations
    part, whole = (table[table["indicator"] == name] for name in (ordering.part, ordering.whole))
    both = part.merge(whole, on=_SAME, suffixes=("", "_whole"))
    # counts hold even when the shares have different denominators, as when the older alone are offered a dose
    counted = both["numerator"].notna() & both["numerator_whole"].notna()
    # two rounded values may differ by one step though the exact ones do not
    steps = [material.step(name) if name in material.decimals else 0.0 for name in (ordering.part, ordering.whole)]
    both["small"] = both["value"].mask(counted, both["numerator"])
    both["large"] = both["value_whole"].mask(counted, both["numerator_whole"])
    wrong = both[both["small"] - both["large"] > max(steps) + 1e-9]
    tables = []
    for name in (ordering.part, ordering.whole):
        reasons = [
            f"{material.title(ordering.part)} är {_written(small)} men {material.title(ordering.whole)} bara "
            f"{_written(large)}, trots att {ordering.why}."
            for small, large in zip(wrong["small"], wrong["large"], strict=True)
        ]
        keys = [[name, *rest] for rest in wrong[_SAME].to_numpy().tolist()]
        tables.append(remarks(keys, CHECK, ordering.level, reasons))
    return together(tables)


def _written(value: float) -> str:
    decimals = next((d for d in (0, 1) if abs(value - round(value, d)) < 1e-6), 2)
    return number(value, decimals)
