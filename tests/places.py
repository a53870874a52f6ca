"""Makers of values within a region, for what is assessed, said and drawn of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.making import SKANE, country, indicator, observation, results

from varddialog.assessment.inside import Inside, inside
from varddialog.data.manifest import Inside as Stored
from varddialog.data.manifest import WithinSeries
from varddialog.data.rows import Observation, Place

NAMES = ("Bjuv", "Lund", "Malmö", "Perstorp", "Ystad", "Åstorp")
OWN = "12"


def place(name: str, kind: Any = "kommun") -> Place:
    return Place(f"{kind} {name}", name, SKANE.code, kind)


def origin(own: str = "", last: int = 2025) -> WithinSeries:
    stored = Stored(digest="x", first_year=2000, last_year=last, places=1, observations=1)
    publisher, channel = ("Region Skåne", "regionens egna uppgifter") if own else ("Utgivaren", "Kanalen")
    return WithinSeries(
        publisher=publisher,
        channel=channel,
        unit="procent",
        period="år",
        retrieved="2026-11-26",
        licence=None,
        own=own,
        regions={SKANE.code: stored},
    )


def rows(
    values: Mapping[str, float] | Sequence[float], year: int = 2025, kind: str = "kommun", **changes: Any
) -> list[Observation]:
    """One year's values by name, or of the first places in order."""
    named = values if isinstance(values, Mapping) else dict(zip(NAMES, values, strict=False))
    return [observation(place(name, kind).code, year, value, **changes) for name, value in named.items()]


def insides(
    of: Sequence[Observation],
    mine: Sequence[Observation] = (),
    *,
    values_count: bool = False,
    years: Sequence[int] = (2023, 2024, 2025),
    **changes: Any,
) -> list[Inside]:
    """What there is within Skåne, whose own value is 55 and Riket's 50 in the years."""
    shown = indicator(**changes)
    own = [*mine] or [o for year in years for o in country(year, 50, 55)]
    found = results(shown, SKANE, own, newest_year=2025) if years or mine else []
    places = {o.region: Place(o.region, o.region.partition(" ")[2], "12", o.region.partition(" ")[0]) for o in of}  # type: ignore[arg-type]
    series = [origin(), origin(OWN)]
    region = [o for o in own if o.region == SKANE.code]
    return inside(shown, SKANE, found, of, region, places, series, values_count=values_count)


def one(of: Sequence[Observation], mine: Sequence[Observation] = (), **changes: Any) -> Inside:
    (found,) = insides(of, mine, **changes)
    return found
