"""Variation: inside the country between the regions, inside a region between its units."""

from __future__ import annotations

from varddialog.assessment.answer import Answer, Certainty, cannot
from varddialog.assessment.results import Result
from varddialog.swedish import number, plural, with_unit

UNITS = "spridning mellan enheter"
REGIONS = "spridning mellan regioner utöver slumpen (φ och τ²)"


def variation(result: Result) -> Answer:
    """Riket: whether the regions differ beyond chance. A region: what there is of its units is not tested."""
    if not result.unit.is_nation:
        return cannot(UNITS, "Värden per sjukhus, vårdcentral eller kommun saknas, eller vilar på få fall.")
    if result.state != "aktuell":
        return cannot(REGIONS, f"Senaste värdet är från {result.latest.year} och gäller inte dagens läge.")
    found = result.field.between
    if found is None:
        return cannot(REGIONS, "Osäkerheten är känd för färre än tio regioner.")
    if not found.differs:
        words = f"Regionernas skillnader är inte större än slumpen kan förklara (φ = {number(found.phi, 1)})."
        return Answer("ingen säker skillnad", "inte säkerställd", REGIONS, words)
    size = ""
    if found.spread:
        places, unit = result.indicator.decimals + 1, result.indicator.unit.difference
        size = f"; τ = {with_unit(number(found.spread, places), unit)}"
    outside = plural(len(found.outside), "region", "regioner") if found.outside else "ingen region"
    words = (
        f"Regionerna skiljer sig mer än slumpen förklarar (φ = {number(found.phi, 1)}{size}). "
        f"När den variationen räknas in avviker {outside} från riket."
    )
    certainty: Certainty = "skattad ur tidsserien" if result.field.level == "B" else "säkerställd"
    return Answer("skillnad", certainty, REGIONS, words)


def is_outlying(result: Result) -> bool:
    """Whether a region differs from Riket even when the ordinary variation between regions is allowed for."""
    found = result.field.between if result.state == "aktuell" else None
    return found is not None and result.unit.code in found.outside
