"""An indicator that concerns one sex alone is stored under that sex, however its source writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from varddialog.model.indicator import Indicator

if TYPE_CHECKING:
    import pandas as pd

_OWN = {"kvinnor": "K", "män": "M"}


def own_sex(indicator: Indicator) -> str | None:
    """The sex that the indicator concerns alone, None when it concerns everybody."""
    return _OWN.get(indicator.population)


def under_own_sex(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """The rows of one indicator; those of everybody are the sex's own when the indicator has only that."""
    own = own_sex(indicator)
    if own is None:
        return rows
    # a source that has the sex by itself has the total too, which says the same
    return rows[rows["sex"] == own] if (rows["sex"] == own).any() else rows.assign(sex=own)
