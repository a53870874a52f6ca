"""Values far outside a region's own noise, and years in which all regions move at once."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from varddialog.data.quality.material import Grid, Level, Material, of_year, remarks, together
from varddialog.data.quality.movement import Array, Movement, movement
from varddialog.swedish import span

SPIKE = "enstaka avvikande värde"
LAST = "språng det senaste året"
FIRST = "första året avviker"
LIMIT = "jämnt vid gränsen"
SHIFT = "nivåskifte"
EVERYONE = "alla regioner rör sig samtidigt"

Place = Literal["inside", "last", "first"]

# how many times the noise (the geometric mean of the region's own and the middle region's) a value lies from
# its neighbours; more is asked at the ends, where a jump may be the start of something real
_LIMITS: dict[Place, tuple[float, Level, str]] = {
    "inside": (7.0, "osannolikt", SPIKE),
    "last": (8.5, "osannolikt", LAST),
    "first": (8.5, "upplysning", FIRST),
}
_WHEN: dict[Place, str] = {"inside": "omkring", "last": "före", "first": "efter"}
_OWN = 5.0  # and at least this many times either of them
_SPREAD = 1.5  # and this many times the spread of the regions, so that trifles in calm series are let be
_LIMIT_NOISE = 3.0  # exactly 0 or 100 is odd already, so less distance is asked
_SELDOM = 4  # more values than this at the limit make it a common place
_SHIFT = 8.0
_COMMON_NOISE, _COMMON_USUAL = 2.5, 3.0  # a common movement: times the noise, and times other years' common movement


def jumps(material: Material) -> pd.DataFrame:
    """Spikes, jumps at the ends, level shifts, and once for all regions what they share."""
    tables = []
    for grid in material.grids:
        if (found := movement(material, grid)) is not None:
            tables += [_single(material, grid, found), _shifts(material, grid, found), _common(material, grid, found)]
    return together(tables)


def _single(material: Material, grid: Grid, m: Movement) -> pd.DataFrame:
    tables = []
    for row, region in enumerate(m.regions):
        held = np.flatnonzero(~np.isnan(m.own[row]))
        calm = np.ptp(m.own[row, held]) < _OWN * m.noise[row] if len(held) else True
        for at in range(len(held)) if len(held) > 2 and not calm else ():
            place, distance = _distance(m.own[row, held], at)
            limit, level, check = _LIMITS[place]
            if _clear(m, row, int(held[at]), distance, limit):
                near = held[max(0, at - 3) : at + 4]
                reason = _told(material, grid, m, row, near, int(held[at]), place)
                tables.append(remarks([grid.key(region, m.years[held[at]])], check, level, [reason]))
    return together(tables)


def _distance(values: Array, at: int) -> tuple[Place, float]:
    """How far a value lies from what comes before and after it (three years each), the nearer of the two.

    At an end the second measure is the nearest neighbour, so that the last step of a slope is no jump.
    """
    before, after = values[max(0, at - 3) : at], values[at + 1 : at + 4]
    place: Place = "first" if not len(before) else "last" if not len(after) else "inside"
    if place == "inside":
        pair = (values[at] - np.median(before), values[at] - np.median(after))
    elif place == "last":
        pair = (values[at] - np.median(before), values[at] - before[-1])
    else:
        pair = (values[at] - np.median(after), values[at] - after[0])
    return place, 0.0 if pair[0] * pair[1] <= 0 else float(min(map(abs, pair)))


def _clear(m: Movement, row: int, column: int, distance: float, limit: float) -> bool:
    own, pooled = distance / m.noise[row], distance / m.pooled
    return bool(min(own, pooled) >= _OWN and own * pooled >= limit**2 and distance >= _SPREAD * m.spread[column])


def _told(
    material: Material,
    grid: Grid,
    m: Movement,
    row: int,
    near: np.ndarray[tuple[int], np.dtype[np.intp]],
    column: int,
    place: Place,
) -> str:
    value = material.figure(grid.indicator, m.values[row, column])
    around = [i for i in near if i != column]
    low, high = material.figures(grid.indicator, [np.min(m.values[row, around]), np.max(m.values[row, around])])
    years = span(m.years[around[0]], m.years[around[-1]])
    median = material.figure(grid.indicator, float(np.nanmedian(m.values[:, column])))
    ends = {
        "inside": "Värdet ligger långt från regionens egna värden både före och efter",
        "last": "Det kan vara en verklig förändring, men måste granskas innan den bedöms",
        "first": "Det kan vara ett startår för registreringen",
    }
    return (
        f"Värdet {m.years[column]} är {value}, men åren {_WHEN[place]} ({years}) ligger det mellan {low} och {high}. "
        f"Regionernas median {m.years[column]} är {median}. {ends[place]}."
    )


def at_limits(material: Material) -> pd.DataFrame:
    """Exactly 0 or 100 where the region is otherwise far from it and hardly anyone else is there."""
    tables = []
    for grid in material.grids:
        known = material.indicator(grid.indicator)
        found = movement(material, grid)
        if known is None or found is None or known.unit.high is None:
            continue
        for limit in (known.unit.low, known.unit.high):
            rows, columns = np.nonzero(found.values == limit)
            for row, column in zip(rows, columns, strict=True) if len(rows) <= _SELDOM else ():
                others = np.delete(found.values[row], column)
                usual = float(np.nanmedian(others)) if not np.isnan(others).all() else found.values[row, column]
                distance = abs(found.values[row, column] - usual)
                if distance < max(_LIMIT_NOISE * found.noise[row], _SPREAD * found.spread[column]):
                    continue
                low, high = material.figures(grid.indicator, [np.nanmin(others), np.nanmax(others)])
                exact = material.figure(grid.indicator, found.values[row, column])
                reason = (
                    f"Värdet {found.years[column]} är exakt {exact}, "
                    f"men regionens andra värden ligger mellan {low} och {high}."
                )
                key = grid.key(found.regions[row], found.years[column])
                tables.append(remarks([key], LIMIT, "osannolikt", [reason]))
    return together(tables)


def _shifts(material: Material, grid: Grid, m: Movement) -> pd.DataFrame:
    """At most one lasting change of level a region, where three years on each side keep to their own level."""
    tables = []
    for row, region in enumerate(m.regions):
        held = np.flatnonzero(~np.isnan(m.own[row]))
        values = m.own[row, held]
        best, where = 0.0, -1
        for at in range(3, len(held) - 2):
            before, after = values[at - 3 : at], values[at : at + 3]
            gap = max(np.min(after) - np.max(before), np.min(before) - np.max(after))
            if gap > best:
                best, where = float(gap), at
        if where < 0 or not _clear(m, row, int(held[where]), best, _SHIFT):
            continue
        before, after = (m.values[row, held[part]] for part in (slice(where - 3, where), slice(where, where + 3)))
        others = [np.nanmedian(m.values[:, held[part]]) for part in (slice(where - 3, where), slice(where, where + 3))]
        old, new = material.figures(grid.indicator, [np.median(before), np.median(after)])
        median = material.figures(grid.indicator, others)
        year = m.years[held[where]]
        reason = (
            f"Nivån ändras mot andra regioners från och med {year}: från omkring {old} till omkring {new} "
            f"(tre år före och efter), medan regionernas median går från {median[0]} till {median[1]}. "
            "Det kan vara ändrad registrering eller en ändrad gräns."
        )
        tables.append(remarks([grid.key(region, year)], SHIFT, "upplysning", [reason]))
    return together(tables)


def _common(material: Material, grid: Grid, m: Movement) -> pd.DataFrame:
    """Years whose common movement is far larger than the common movement of other years."""
    size = np.abs(m.common)
    if len(size) < 4:
        return together([])
    tables = []
    for column in np.flatnonzero((size > _COMMON_NOISE * m.pooled) & (size > _COMMON_USUAL * np.median(size))) + 1:
        moves = m.values[:, column] - m.values[:, column - 1]
        told = int((~np.isnan(moves)).sum())
        same = int((np.sign(moves) == np.sign(m.common[column - 1])).sum())
        if same < 0.85 * told:
            continue
        old, new = (np.nanmedian(m.values[:, c]) for c in (column - 1, column))
        before, now = material.figures(grid.indicator, [old, new])
        reason = (
            f"{same} av {told} regioner ändras åt samma håll {m.years[column]}: medianen går från {before} "
            f"({m.years[column - 1]}) till {now}. "
            "Det kan bero på en händelse i hela landet eller ett ändrat sätt att mäta."
        )
        tables.append(remarks([of_year(grid.indicator, m.years[column])], EVERYONE, "upplysning", [reason]))
    return together(tables)
