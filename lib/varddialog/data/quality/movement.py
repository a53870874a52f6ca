"""How a series of regions moves: what all regions share, what is a region's own, and how much is noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from varddialog.data.quality.material import COUNTS, Grid, Material

Array = npt.NDArray[np.float64]

_FEWEST = 8  # regions that must move for a movement to be called common
_COUNT_SPREAD = 0.02  # counts differ by the size of the region: two per cent of itself is used instead


@dataclass(frozen=True)
class Movement:
    """values, own: regions × years; `own` is without what all regions share (on the log scale for rates and
    sums of money, where a change is a matter of per cent). common: the shared change into each year but the
    first. noise: each region's own year-to-year noise. pooled: the noise of the middle region.
    spread: how far regions lie from each other in each year.
    """

    regions: list[str]
    years: list[int]
    values: Array
    own: Array
    common: Array
    noise: Array
    pooled: float
    spread: Array


def movement(material: Material, grid: Grid) -> Movement | None:
    """The movement of a yearly series; None when there is too little to tell noise from news.

    Averages over several years are left out (neighbours share data), and so are shares of something
    else than a population, such as a year's result: they swing as they should.
    """
    known = material.indicator(grid.indicator)
    regions = grid.regions
    if known is None or known.measure == "procent_fri" or known.period.years > 1:
        return None
    if len(regions) < 10 or regions.shape[1] < 3:
        return None
    values = regions.to_numpy(float)
    logs = known.unit.high is None and bool(np.nanmin(values) > 0)
    scaled = np.log(values) if logs else values
    step = material.step(grid.indicator) / (float(np.nanmedian(values)) if logs else 1.0)

    moves = np.diff(scaled, axis=1)
    told = (~np.isnan(moves)).sum(axis=0)
    common = np.array([_middle(moves[:, i]) if told[i] >= _FEWEST else 0.0 for i in range(moves.shape[1])])
    own = scaled - np.concatenate([[0.0], np.cumsum(common)])
    swings = np.abs(np.diff(own, axis=1))
    # the median of absolute differences of independent normal values is 0.954 of their standard deviation
    each = np.array([_middle(row) / 0.954 for row in swings])
    pooled = max(_middle(each), step)
    few = (~np.isnan(swings)).sum(axis=1) < 5
    noise = np.fmax(each, np.where(few, 1.0, 0.7) * pooled)
    if known.measure in COUNTS:
        spread = np.full(scaled.shape[1], _COUNT_SPREAD)
    else:
        spread = np.array([1.4826 * _middle(np.abs(column - _middle(column))) for column in scaled.T])
    return Movement(
        list(map(str, regions.index)), list(map(int, regions.columns)), values, own, common, noise, pooled,
        np.maximum(spread, step),
    )  # fmt: skip


def _middle(values: Array) -> float:
    held = values[~np.isnan(values)]
    return float(np.median(held)) if len(held) else float("nan")
