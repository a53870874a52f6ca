"""What calls for collaboration in the whole country: spread, severity and trend, from what the reports raise.

Three signs are given points for each indicator, and the rules are told on the page:

- spread: 2 when Riket's report says that the regions differ more than chance explains; 1 when at least `SOME` regions
  are worse than Riket.
- severity: 2 when Riket misses its target level and at least half of the regions that are compared with it do; 1 for
  one of the two.
- trend: 2 when Riket gets worse; 1 when at least `SOME` regions get worse or fall behind.

The points are the project's own way to put what differs in kind in an order, not a measure of anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from varddialog.dialogue.raised import Raised
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Area, Dimension
from varddialog.model.units import NATION

# as many regions as make more than a matter of a single one
SOME = 3
# points from which an indicator calls for collaboration
ENOUGH = 2

# what a report glued, for unit code and dimension number
Scraps = Mapping[tuple[str, int], Mapping[str, Any]]


@dataclass(frozen=True)
class Signs:
    """Points from 0 to 2 for each sign."""

    spread: int
    severity: int
    trend: int

    @property
    def total(self) -> int:
        return self.spread + self.severity + self.trend


@dataclass(frozen=True)
class Call:
    """One indicator that calls for collaboration, with what it rests on.

    nation: what Riket's own report raises of it. worse, missed, worsening, behind: codes of the regions that are worse
    than Riket, miss the target level, get worse, fall behind or lose their lead. compared: how many regions have a
    value of today; judged: how many of them are judged against the target level.
    """

    indicator: str
    anchor: str
    dimension: int
    area: str
    signs: Signs
    nation: tuple[Raised, ...]
    worse: tuple[str, ...]
    missed: tuple[str, ...]
    worsening: tuple[str, ...]
    behind: tuple[str, ...]
    compared: int
    judged: int

    @property
    def concerned(self) -> tuple[str, ...]:
        """Codes of the regions that any of it is about, in the order of the codes."""
        return tuple(sorted({*self.worse, *self.missed, *self.worsening, *self.behind}))


@dataclass(frozen=True)
class Field:
    """An area of the framework with its calls, the heaviest first."""

    dimension: Dimension
    area: Area
    calls: tuple[Call, ...]

    @property
    def signs(self) -> Signs:
        """For each sign the most that any of the calls has."""
        found = [call.signs for call in self.calls]
        return Signs(max(s.spread for s in found), max(s.severity for s in found), max(s.trend for s in found))

    @property
    def concerned(self) -> tuple[str, ...]:
        """Codes of the regions that any of the calls is about."""
        return tuple(sorted({code for call in self.calls for code in call.concerned}))


def calls(scraps: Scraps, catalogue: Catalogue) -> list[Call]:
    """Every indicator with points enough, the heaviest first.

    They are ordered by all points, then spread, severity, trend, the number of regions, and the order of the reports.
    """
    found = [call for d in catalogue.framework.dimensions for call in _of_dimension(d, scraps)]
    enough = [call for call in found if call.signs.total >= ENOUGH]
    return sorted(enough, key=lambda call: (*_weight(call.signs), -len(call.concerned)))


def fields(found: Iterable[Call], catalogue: Catalogue) -> list[Field]:
    """The calls by area; the areas by all their points, then spread, severity, trend, calls and regions."""
    places = {leaf.slug: (d, leaf) for d in catalogue.framework.dimensions for leaf in d.leaves()}
    by_area: dict[str, list[Call]] = {}
    for call in found:
        by_area.setdefault(call.area, []).append(call)
    made = [Field(*places[slug], tuple(mine)) for slug, mine in by_area.items()]
    return sorted(made, key=lambda field: (*_weight(field.signs), -len(field.calls), -len(field.concerned)))


def by_region(found: Sequence[Field]) -> dict[str, list[str]]:
    """Region code → slugs of the areas in which it is concerned, in their order."""
    regions: dict[str, list[str]] = {}
    for field in found:
        for code in field.concerned:
            regions.setdefault(code, []).append(field.area.slug)
    return regions


def _weight(signs: Signs) -> tuple[int, ...]:
    return -signs.total, -signs.spread, -signs.severity, -signs.trend


def _of_dimension(dimension: Dimension, scraps: Scraps) -> Iterable[Call]:
    nation = scraps.get((NATION, dimension.number))
    if nation is None:
        return
    raised: dict[str, list[Raised]] = {}
    for told in map(Raised.of, nation["raised"]):
        if told.indicator and not told.grouping:
            raised.setdefault(told.anchor, []).append(told)
    regions = {code: scrap for (code, number), scrap in scraps.items() if number == dimension.number and code != NATION}
    rows = {code: {row["anchor"]: row for row in scrap["results"]} for code, scrap in regions.items()}
    said = {
        code: {(r["anchor"], r["kind"]) for r in scrap["raised"] if not r["grouping"]}
        for code, scrap in regions.items()
    }
    for row in nation["results"]:
        anchor = row["anchor"]
        here = {code: of[anchor] for code, of in rows.items() if anchor in of and of[anchor]["state"] == "aktuell"}
        if row["state"] != "aktuell" or row["flagged"]:
            continue

        def those(*kinds: str, anchor: str = anchor, here: Mapping[str, object] = here) -> tuple[str, ...]:
            return tuple(sorted(code for code in here if any((anchor, kind) in said[code] for kind in kinds)))

        worsening = tuple(sorted(c for c, r in here.items() if r["trend"] == "försämras"))
        judged = sum(bool(r["vs_target"]) and r["vs_target"] != "kan ej bedömas" for r in here.values())
        mine = tuple(raised.get(anchor, ()))
        worse, missed = those("sämre än riket"), those("når inte målnivån")
        behind = those("halkar efter riket", "tappar försprång mot riket")
        yield Call(
            indicator=row["indicator"],
            anchor=anchor,
            dimension=dimension.number,
            area=row["area"],
            signs=_signs({r.kind for r in mine}, worse, missed, judged, {*worsening, *behind}),
            nation=mine,
            worse=worse,
            missed=missed,
            worsening=worsening,
            behind=behind,
            compared=len(here),
            judged=judged,
        )


def _signs(nation: set[str], worse: Sequence[str], missed: Sequence[str], judged: int, falling: set[str]) -> Signs:
    misses = ("når inte målnivån" in nation) + (judged > 0 and 2 * len(missed) >= judged)
    return Signs(
        spread=2 if "olika mellan regionerna" in nation else int(len(worse) >= SOME),
        severity=misses,
        trend=2 if "försämras" in nation else int(len(falling) >= SOME),
    )
