"""The worked examples of the method page as tables, with the decimals that let a reader follow."""

from __future__ import annotations

from typing import Any

from varddialog.assessment.worked import AgainstNation, Development, Slopes
from varddialog.model.units import Units
from varddialog.swedish import MISSING, listing, number
from varddialog.tables.html import table

# decimals more than the values have, for what is only on the way
ON_THE_WAY = 3


def nation_view(found: AgainstNation, units: Units) -> dict[str, Any]:
    """Everything that the template of the example against Riket names."""
    turn, places = found.result.indicator.turn, _places(found.slopes)
    steps = [MISSING, *(number(move, places + ON_THE_WAY) for move in found.moves)]
    series = [
        [str(p.year), number(p.value, places), number(rest, places + ON_THE_WAY), step]
        for p, rest, step in zip(found.slopes.points, found.rest, steps, strict=True)
    ]
    regions = [
        [units.by_code[code].name, number(value, places), number(found.away[code], places)]
        for code, value in sorted(found.regions.items(), key=lambda row: (row[1], row[0]))
    ]
    return {
        **vars(found),
        "places": places,
        "value": found.result.latest.value,
        "mean_move": found.mean_move,
        "middle_away": found.middle_away,
        "turned": turn * found.difference,
        "reach": found.limits[1] - found.result.latest.value,
        "left_out": _left_out(found),
        "slope_table": _slope_table(found.slopes, places),
        "noise_table": table("Värdena kring linjen", ["År", "Värde", "r", "Steg från året före"], series),
        "region_table": table("Regionerna", ["Region", "Värde", "Avstånd till medianen"], regions),
    }


def trend_view(found: Development) -> dict[str, Any]:
    """Everything that the template of the example of a trend names."""
    points, places = found.slopes.points, _places(found.slopes)
    return {
        **vars(found),
        "places": places,
        "years": points[-1].year - points[0].year,
        "series": listing(f"{number(p.value, places)} ({p.year})" for p in points),
        "left_out": _left_out(found),
        "slope_table": _slope_table(found.slopes, places),
    }


def _places(slopes: Slopes) -> int:
    """The decimals that the values have."""
    return max(next(d for d in range(9) if abs(p.value - round(p.value, d)) < 1e-9 or d == 8) for p in slopes.points)


def _left_out(found: AgainstNation | Development) -> list[str]:
    kept = {p.when for p in found.slopes.points}
    return [p.when for p in found.result.points if p.when not in kept and p.is_questioned]


def _slope_table(slopes: Slopes, places: int) -> str:
    """The slope of every pair, from the year of the row to the year of the column."""
    years = [p.year for p in slopes.points]
    rows = [[str(a), *(number(slopes.pairs.get((a, b)), places + ON_THE_WAY) for b in years[1:])] for a in years[:-1]]
    return table("Lutning per år, från radens år till kolumnens", ["Från", *(str(y) for y in years[1:])], rows)
