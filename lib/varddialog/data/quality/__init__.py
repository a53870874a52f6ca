"""Quality checks (kvalitetskontroller): what cannot be or is unlikely, told and never repaired."""

from __future__ import annotations

import pandas as pd

from varddialog.data.quality.copies import repeated_series, repeated_years
from varddialog.data.quality.coverage import changed_denominator, missing_regions, missing_years, other_rounding
from varddialog.data.quality.jumps import at_limits, jumps
from varddialog.data.quality.limits import counts_against_value, outside_unit
from varddialog.data.quality.material import COLUMNS, Material, together
from varddialog.data.quality.nation import nation_and_regions
from varddialog.data.quality.orderings import parts_above_wholes
from varddialog.data.quality.periods import old, overlapping
from varddialog.data.quality.stuck import slipped_decimals, unmoving
from varddialog.data.quality.totals import groups_above_whole, total_and_sexes
from varddialog.model.catalogue import Catalogue

CHECKS = (
    outside_unit,
    counts_against_value,
    total_and_sexes,
    groups_above_whole,
    parts_above_wholes,
    nation_and_regions,
    repeated_series,
    repeated_years,
    jumps,
    at_limits,
    unmoving,
    slipped_decimals,
    missing_years,
    missing_regions,
    other_rounding,
    changed_denominator,
    overlapping,
    old,
)


def inspect(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Every remark on the observations, in a fixed order.

    Columns: the key of what is remarked on, `check` (the kind), `level` (fel, osannolikt, upplysning) and
    `reason`, for a reader. A remark on one year of all regions has no region; one on a whole series has
    year 0 besides. What is `fel` or `osannolikt` is shown with its remark but not assessed.
    """
    material = Material(observations, catalogue)
    found = _once(together(check(material) for check in CHECKS))
    return found[COLUMNS].sort_values(COLUMNS, ignore_index=True)


def _once(found: pd.DataFrame) -> pd.DataFrame:
    """Without what is unlikely in a single region, when the whole year is already told to be wrong."""
    year = found[(found["region"] == "") & (found["year"] != 0) & (found["level"] == "fel")]
    told = pd.MultiIndex.from_frame(found[["indicator", "year"]]).isin(
        pd.MultiIndex.from_frame(year[["indicator", "year"]])
    )
    return found[~(told & (found["region"] != "") & (found["level"] == "osannolikt"))]
