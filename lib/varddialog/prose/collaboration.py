"""What is said of a collaboration region: who belongs to it, how far apart its members lie, how that has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from varddialog.assessment.answer import Class
from varddialog.assessment.collaboration import Among, Moment
from varddialog.model.units import CollaborationRegion
from varddialog.prose.evidence import name_of
from varddialog.prose.over_time import ended
from varddialog.prose.words import difference_in_words, period
from varddialog.swedish import listing, number, plural

OWN = "egen beräkning"
MEAN = "Vägt värde"
HOW_TO_READ = (
    "Skillnaden är den genomsnittliga skillnaden mellan två medlemmar, räknad på alla par. Den påverkas inte av hur "
    "många medlemmarna är, och mellan två medlemmar är den helt enkelt skillnaden dem emellan. Bara år då samma "
    "medlemmar har värden jämförs. Skillnaden är en egen beräkning, och om den har ändrats mer än slumpen gör är inte "
    "prövat; en ändring på högst en tiondel räknas som ungefär lika. Det vägda värdet är medlemmarnas medelvärde vägt "
    "med folkmängd, också en egen beräkning. Det räknas bara när alla medlemmar har värden, och bara för andelar och "
    "mått per invånare, aldrig för medianer och index; gäller andelen patienter är det ett närmevärde."
)
ARROWS: dict[Class, str] = {"ökar": "↑", "minskar": "↓", "oförändrat": ""}
# the class of a spread, as it is read beside the time that it is compared with
_WAYS: dict[Class, str] = {"ökar": "större än", "minskar": "mindre än", "oförändrat": "ungefär som"}
_TOLD = 3


def members(region: CollaborationRegion) -> str:
    """The members by name, and what holds for those of which a part belongs elsewhere."""
    said = f"Medlemmar: {listing(unit.name for unit in region.members)}."
    for unit in region.split:
        parts = f" {ended(unit.note)}" if unit.note else ""
        said += f" {unit.name} är delat mellan två samverkansregioner, men siffrorna gäller hela regionen.{parts}"
    return said


def changes(rows: Sequence[Among]) -> str:
    """For how many indicators the members have come apart and together."""
    ways = Counter(row.way for row in rows if row.way)
    if not ways:
        return "Inget mått går att jämföra med ett tidigare år."
    verbs: dict[Class, str] = {"ökar": "ökat", "minskar": "minskat", "oförändrat": "varit ungefär densamma"}
    told = listing(f"{verb} i {number(ways[way])}" for way, verb in verbs.items() if ways[way])
    between = "de två medlemmarna" if len(rows[0].region.members) == 2 else "medlemmarna"
    many = plural(ways.total(), "mått", "mått")
    return f"Av {many} som går att följa har skillnaden mellan {between} {told}."


def widest(rows: Sequence[Among]) -> str:
    """The indicators in which the members differ as much as the regions of the country do, or more."""
    far = sorted((row for row in rows if row.share >= 1), key=lambda row: (-row.share, row.indicator.id))
    if not far:
        return "I alla mått är medlemmarna mer lika varandra än landets regioner är."
    told = [f"”{name_of(row.across.example)}” ({_size(row, row.now)})" for row in far[:_TOLD] if row.now]
    return f"Störst är skillnaderna, jämfört med landet, i {listing(told)}."


def _size(row: Among, moment: Moment) -> str:
    return difference_in_words(row.indicator, moment.apart)


def apart_now(row: Among) -> str:
    """How far apart the members are, and what that was before, as it stands in a cell read aloud."""
    if row.now is None or row.then is None or row.way is None:
        return ""
    return f"{_WAYS[row.way]} {period(row.indicator, row.then.when)}"


def picture(region: CollaborationRegion, rows: Sequence[Among]) -> str:
    """The text alternative of the panels: each indicator's difference then and now."""
    told = []
    for row in rows:
        if row.now is None:
            continue
        places = row.indicator.decimals
        before = f"{number(row.then.apart, places)} ({period(row.indicator, row.then.when)}) till " if row.then else ""
        told.append(f"{name_of(row.across.example)} {before}{number(row.now.apart, places)} ({row.now.when})")
    return f"Skillnaden mellan medlemmarna i {region.name} över tid: {'; '.join(told)}."
