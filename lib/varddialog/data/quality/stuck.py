"""Values that do not move: the same year after year, nothing at all, and slips of the decimal point."""

from __future__ import annotations

import numpy as np
import pandas as pd

from varddialog.data.quality.copies import typical_step
from varddialog.data.quality.material import Grid, Level, Material, remarks, together

FLAT = "samma värde flera år i rad"
SLIP = "möjligt decimalfel"
ZEROS = "noll flera år i rad"
_YEARS = 4
# how many rounding steps values must usually move for four equal years, or four zeros, to be odd
_MOVES, _ZERO_MOVES = 8, 3


def unmoving(material: Material) -> pd.DataFrame:
    """Regions with the same value four years or more in a series where values move."""
    return together(
        _runs(material, grid)
        for grid in material.grids
        if len(grid.regions) >= 10 and grid.regions.shape[1] >= _YEARS
        if typical_step(grid) >= _ZERO_MOVES * material.step(grid.indicator)
    )


def _runs(material: Material, grid: Grid) -> pd.DataFrame:
    known = material.indicator(grid.indicator)
    top = known.unit.high if known else None
    lively = typical_step(grid) >= _MOVES * material.step(grid.indicator)
    tables = []
    still = (grid.regions.diff(axis=1) == 0).sum(axis=1) >= _YEARS - 1
    for region, series in grid.regions[still].iterrows():
        values = series.dropna()
        run = (values != values.shift()).cumsum()
        for _, same in values.groupby(run):
            # 100 per cent year after year is a goal reached
            if len(same) < _YEARS or same.iloc[0] == top:
                continue
            zero = bool(same.iloc[0] == 0)
            if not (zero or lively):
                continue
            level: Level = "upplysning" if zero else "osannolikt"
            years = f"{same.index[0]}–{same.index[-1]}"
            reason = (
                f"Värdet är 0 varje år {years}. Det kan betyda att inget har hänt, men också att inget har redovisats."
                if zero
                else f"Värdet är exakt {material.figure(grid.indicator, same.iloc[0])} varje år {years}, "
                "medan andra regioner ändras från år till år."
            )
            keys = [grid.key(str(region), int(year)) for year in same.index]
            tables.append(remarks(keys, ZEROS if zero else FLAT, level, [reason] * len(keys)))
    return together(tables)


def slipped_decimals(material: Material) -> pd.DataFrame:
    """Values about ten times, or a tenth of, all others of the region, when those keep within a factor of two."""
    tables = []
    for grid in material.grids:
        values = grid.values.to_numpy(float)
        if values.shape[1] < 4 or not np.nanmin(values) > 0:
            continue
        for row, region in enumerate(grid.values.index):
            held = np.flatnonzero(~np.isnan(values[row]))
            series = values[row, held]
            if len(held) < 4 or series.max() < 4 * series.min():
                continue
            for at, value in enumerate(series):
                others = np.delete(series, at)
                ratio = value / np.median(others)
                if others.max() < 2 * others.min() and (8 < ratio < 12.5 or 0.08 < ratio < 0.125):
                    low, high = material.figures(grid.indicator, [others.min(), others.max()])
                    reason = (
                        f"Värdet {material.figure(grid.indicator, value)} är omkring "
                        f"{'tio gånger' if ratio > 1 else 'en tiondel av'} de andra årens, "
                        f"som ligger mellan {low} och {high}."
                    )
                    tables.append(
                        remarks(
                            [grid.key(str(region), int(grid.values.columns[held[at]]))], SLIP, "osannolikt", [reason]
                        )
                    )
    return together(tables)
