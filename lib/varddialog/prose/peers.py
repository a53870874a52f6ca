"""The unit among the regions: its rank and how sure that is, who is as good as the best, and those most like it."""

from __future__ import annotations

from varddialog.assessment.assess import Assessment
from varddialog.assessment.peers import SimilarRegions, not_told_from_best
from varddialog.assessment.persons import to_best, to_nation
from varddialog.assessment.results import Result
from varddialog.model.units import Units
from varddialog.statistics.ranks import RankInterval
from varddialog.swedish import capital, listing, number, plural

# more names than this are a number
_NAMED = 5


def rank(result: Result) -> str:
    """The rank with its 95 % interval; empty where any region's uncertainty is unknown, since a bare rank misleads."""
    found = _ranks(result).get(result.unit.code)
    if found is None:
        return ""
    place = f"Plats {found.rank} av {len(result.field.ranks)}"
    if found.lower == found.upper:
        return f"{place}, också med osäkerheten inräknad."
    return f"{place}, med osäkerheten inräknad mellan {found.lower} och {found.upper}."


def near_best(result: Result, units: Units) -> str:
    """Which regions cannot be told from the best one; empty where that is not known."""
    found = not_told_from_best(result) if _is_current(result) else None
    if found is None:
        return ""
    others = sorted(found.not_told - set(found.best.codes))
    if not others:
        return "Alla andra regioner kan skiljas från den bästa." if not found.unknown else ""
    if len(others) <= _NAMED:
        return f"Kan inte skiljas från den bästa: {listing(units.by_code[code].name for code in others)}."
    among = f", däribland {result.unit.name}" if result.unit.code in others else ""
    return f"{capital(plural(len(others), 'region', 'regioner'))} kan inte skiljas från den bästa{among}."


def outlying(assessment: Assessment) -> str:
    """That a region lies apart even when the regions' ordinary variation is allowed for."""
    if not assessment.outlying:
        return ""
    return "Avviker från riket även när den vanliga variationen mellan regionerna räknas in."


def behind(result: Result) -> str:
    """The distance to Riket's value and to the best region's in persons; empty without counts."""
    said = []
    for whose, gap in (("rikets värde", to_nation(result)), ("den bästa regionens värde", to_best(result))):
        if gap.count:
            said.append(f"till {whose} {plural(int(gap.count), 'person', 'personer')}")
    return f"Avståndet motsvarar ungefär: {', '.join(said)}." if said else ""


def similar(result: Result, alike: SimilarRegions | None, units: Units) -> str:
    """The regions most like the unit with their values at the same time, the nearest first."""
    if alike is None or result.indicator.is_count or not _is_current(result):
        return ""
    values, places = result.regions_now, result.indicator.decimals
    said = [f"{units.by_code[code].name} {number(values[code], places)}" for code in alike.codes if code in values]
    return f"{', '.join(said)}." if said else ""


def _ranks(result: Result) -> dict[str, RankInterval]:
    return result.field.ranks if _is_current(result) else {}


def _is_current(result: Result) -> bool:
    return result.state == "aktuell" and not result.is_flagged
