"""Where the figures of an indicator come from, in words."""

from __future__ import annotations

from varddialog.data.manifest import Manifest
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.swedish import date, listing


def source(indicator: Indicator, catalogue: Catalogue, manifest: Manifest) -> str:
    """Who made the figures, through which channel they came, and when."""
    if indicator.derived is not None:
        parts = (indicator.derived.numerator, indicator.derived.denominator)
        named = listing(source(catalogue.indicators[part], catalogue, manifest) for part in parts)
        return f"egen beräkning på uppgifter från {named}"
    given = indicator.source
    code = f" {given.code}" if given.code and given.code != indicator.id else f" {indicator.id}"
    known = manifest.series.get(indicator.id)
    day = f", hämtat {date(known.retrieved)}" if known else ""
    return f"{given.publisher}, via {given.channel}{code}{day}"
