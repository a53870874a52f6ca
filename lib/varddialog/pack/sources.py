"""Where the figures of an indicator come from, in words."""

from __future__ import annotations

from varddialog.assessment.inside import Inside
from varddialog.data.manifest import Manifest
from varddialog.data.sources.terms import terms_of
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.swedish import date, listing


def source(indicator: Indicator, catalogue: Catalogue, manifest: Manifest) -> str:
    """Who made the figures, through which channel they came, and when.

    What the project has computed is said to be so, and names no channel whose terms do not allow it.
    """
    if not indicator.is_computed:
        return _through_channel(indicator) + _retrieved(indicator, manifest)
    derived = indicator.derived
    parts = [catalogue.indicators[p] for p in (derived.numerator, derived.denominator)] if derived else [indicator]
    days = [_retrieved(part, manifest) for part in parts]
    if len(set(days)) == 1:
        named = listing(map(_behind_computed, parts)) + days[0]
    else:
        named = listing(_behind_computed(part) + day for part, day in zip(parts, days, strict=True))
    return f"egen beräkning på uppgifter från {named}"


def within(inside: Inside) -> str:
    """The same of values within a region: those of a source, or those that the region has given itself."""
    origin = inside.origin
    if origin.own:
        return f"{origin.publisher}, {origin.channel}, lämnade {date(origin.retrieved)}"
    return f"{_through_channel(inside.indicator)}, hämtat {date(origin.retrieved)}"


def _through_channel(indicator: Indicator) -> str:
    given = indicator.source
    return f"{given.publisher}, via {given.channel} {given.code or indicator.id}"


def _behind_computed(indicator: Indicator) -> str:
    allowed = terms_of(indicator.source.channel).names_own
    return _through_channel(indicator) if allowed else indicator.source.publisher


def _retrieved(indicator: Indicator, manifest: Manifest) -> str:
    known = manifest.series.get(indicator.id)
    return f", hämtat {date(known.retrieved)}" if known else ""
