"""Quality checks (kvalitetskontroller): what cannot be or is unlikely, told and never repaired."""

from __future__ import annotations

import pandas as pd

from varddialog.data.quality.copies import repeated_series, repeated_years
from varddialog.data.quality.coverage import changed_denominator, missing_regions, missing_years, other_rounding
from varddialog.data.quality.jumps import jumps
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
    found = together(check(material) for check in CHECKS)
    return found[COLUMNS].sort_values(COLUMNS, ignore_index=True)
