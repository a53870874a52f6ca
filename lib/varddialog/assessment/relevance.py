"""The relevance limit (δ): the smallest difference that matters, in the indicator's unit."""

from __future__ import annotations

from dataclasses import dataclass

from varddialog.assessment.regions import FEWEST_REGIONS
from varddialog.assessment.results import Result
from varddialog.statistics.robust import robust_spread

SHARE_OF_SPREAD = 0.5


@dataclass(frozen=True)
class Relevance:
    """δ and where it comes from; None where there is none, and then no value can be «i nivå»."""

    limit: float | None
    label: str


def relevance(result: Result) -> Relevance:
    """The indicator's own limit, otherwise half the robust spread of the regions at the same time."""
    if result.indicator.relevance is not None:
        return Relevance(result.indicator.relevance, "gräns satt av sakkunniga")
    values = list(result.regions_now.values())
    spread = robust_spread(values)
    if len(values) < FEWEST_REGIONS or spread == 0:
        return Relevance(None, "ingen gräns")
    return Relevance(SHARE_OF_SPREAD * spread, "relativ gräns")
