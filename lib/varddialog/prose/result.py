"""What is said of one indicator for one unit."""

from __future__ import annotations

from varddialog import swedish
from varddialog.assessment.months import Monthly
from varddialog.assessment.peers import attainable, best_region
from varddialog.assessment.persons import to_target
from varddialog.assessment.points import Point
from varddialog.assessment.results import Foreign, Result
from varddialog.assessment.targets import TargetResult
from varddialog.model.units import Units
from varddialog.prose.words import difference_in_words, figure, in_words, interval, period, shown_difference
from varddialog.swedish import EN_DASH, capital, listing, number, plural, with_unit

_DIRECTIONS = {
    "higher_better": "Högre är bättre",
    "lower_better": "Lägre är bättre",
    "none": "Varken högt eller lågt är i sig bättre",
}
_LIMITS = {"minst": "minst", "högst": "högst"}


def finding(result: Result) -> str:
    """One sentence: the value, its time, and where it lies beside Riket at the same time."""
    said = f"{capital(in_words(result.indicator, result.latest.value))} {period(result.indicator, result.latest.when)}"
    if result.is_flagged:
        return f"{said}. Värdet är ifrågasatt och jämförs inte."
    if result.indicator.is_count:
        return f"{said}."
    if result.difference is None:
        missing = "" if result.unit.is_nation else " Uppgift för riket saknas för samma tid."
        return f"{said}.{missing}"
    shown = shown_difference(result)
    if shown == 0:
        return f"{said}, samma värde som i riket."
    side = result.indicator.unit.sides[shown < 0]
    return f"{said}, {difference_in_words(result.indicator, shown)} {side} än i riket."


def published_interval(result: Result) -> str:
    """The publisher's interval, or an empty string."""
    limits = interval(result.indicator, result.latest)
    return f"95 procents konfidensintervall enligt källan: {limits}." if limits else ""


def place_among_regions(result: Result) -> str:
    """The span of the regions at the same time, and how many report."""
    if result.indicator.is_count:
        return "Antal följer befolkningens storlek och jämförs inte mellan regioner."
    spread = result.spread
    questioned = result.questioned.get(result.latest.when, 0)
    without = f" {plural(questioned, 'ifrågasatt värde', 'ifrågasatta värden')} är inte med." if questioned else ""
    if spread is None and questioned:
        return f"Regionernas värden jämförs inte.{without}"
    if spread is None:
        reporting = len(result.regions_now)
        return f"Endast {reporting} av 21 regioner har uppgift." if reporting else "Uppgifter per region saknas."
    places = result.indicator.decimals
    span = swedish.interval(spread.low, spread.high, places)
    few = "" if spread.count + questioned == 21 else f" ({spread.count + questioned} av 21 regioner har uppgift)"
    return f"Regionerna: {span}, median {number(spread.median, places)}{few}.{without}"


def development(result: Result) -> str:
    """From the first comparable value to the latest, for the unit and Riket; no judgement on the change.

    Values before a break in the series and questioned values are left out.
    """
    since = max((b.year for b in result.indicator.breaks), default=0)
    comparable = [p for p in result.points if p.year >= since and not p.is_questioned]
    if len(comparable) < 3:
        return ""
    first, last = comparable[0], comparable[-1]
    then, now = result.nation.get(first.when), result.nation.get(last.when)
    prices = " (löpande priser)" if result.indicator.prices == "löpande" else ""
    said = f"{capital(_from_to(result, first, last))}{prices}."
    if result.unit.is_nation or then is None or now is None or then.is_questioned or now.is_questioned:
        return said
    places = result.indicator.decimals
    return f"{said} Riket: från {number(then.value, places)} till {number(now.value, places)}."


def _from_to(result: Result, first: Point, last: Point) -> str:
    then, now = (number(p.value, result.indicator.decimals) for p in (first, last))
    covered = [period(result.indicator, p.when) for p in (first, last)]
    return f"från {then} ({covered[0]}) till {now} ({covered[1]})"


def state(result: Result) -> str:
    """A warning when the latest value does not speak of today."""
    year = result.latest.year
    if result.state == "historisk":
        return f"Serien är avslutad. Värdet beskriver {year} och säger inget om dagens läge."
    if result.state == "gammal":
        return f"Senaste uppgiften är från {year} och behöver inte gälla i dag."
    return ""


def level(found: TargetResult, result: Result) -> str:
    """The target level as written, with its issuer and year."""
    target, indicator = found.target, result.indicator
    if target.kind == "riktning":
        text = "ska öka" if indicator.turn == 1 else "ska minska"
    elif target.kind == "två nivåer":
        assert target.level is not None
        assert target.upper is not None
        moderate, high = (target.level, target.upper) if indicator.turn >= 0 else (target.upper, target.level)
        text = f"måttlig nivå {figure(indicator, moderate)}, hög nivå {figure(indicator, high)}"
    elif target.upper is not None:
        text = f"{number(target.level, indicator.decimals)}{EN_DASH}{figure(indicator, target.upper)}"
    else:
        assert target.level is not None
        places = 0 if target.level == int(target.level) else 1
        text = f"{_LIMITS[target.kind]} {with_unit(number(target.level, places), indicator.unit.short)}"
    year = f", {target.year}" if target.year else ""
    return f"{text} ({target.issuer}{year})"


def reached(found: TargetResult, result: Result) -> str:
    """Whether the value as such reaches the level, and how far there is left."""
    if found.target.match == "annat":
        return "Målnivån gäller ett annat mått och jämförs inte."
    near = " Målnivån gäller ett närliggande mått." if found.target.match == "närliggande" else ""
    near += f" {found.target.note}" if found.target.note else ""
    if found.reached is None or found.gap is None:
        return f"Kan inte jämföras med målnivån.{near}"
    if found.reached == "nådd":
        return f"Värdet når målnivån.{near}"
    left, persons = difference_in_words(result.indicator, found.gap), to_target(result, found).count
    also = f", omkring {plural(int(persons), 'person', 'personer')}" if persons else ""
    return f"Värdet når inte målnivån, {left}{also} återstår.{near}"


def abroad(foreign: Foreign, result: Result) -> str:
    """Sweden beside the reference, or why they are not compared."""
    if foreign.match == "annat":
        return f"Jämförs inte: {foreign.note or 'den internationella serien mäter något annat'}"
    places = result.indicator.decimals
    reference = f"{foreign.reference_name} {number(foreign.reference, places)}"
    said = f"Sverige {number(foreign.sweden, places)}, {reference} ({foreign.year})."
    if foreign.match == "närliggande":
        return f"{said} Måttet är närliggande, inte samma. {foreign.note or ''}".strip()
    return said


def best_in_country(result: Result, units: Units) -> str:
    """The best region and the level that the best quarter reaches; empty where no region can be named."""
    best, level = best_region(result), attainable(result)
    if result.state != "aktuell" or result.is_flagged or best is None or level is None:
        return ""
    names = [units.by_code[code].name for code in best.codes]
    where = listing(names) if len(names) <= 3 else f"{len(names)} regioner"
    mean = number(level, result.indicator.decimals)
    value = figure(result.indicator, best.value).removesuffix(".")
    return f"{where}, {value}. Medelvärdet för den bästa fjärdedelen: {mean}."


def best_name(result: Result, units: Units) -> str:
    """The best region in one or two words; empty where no region can be named."""
    best = best_region(result)
    if result.state != "aktuell" or result.is_flagged or best is None:
        return ""
    return units.by_code[best.codes[0]].name if len(best.codes) == 1 else f"{len(best.codes)} regioner"


def direction(result: Result) -> str:
    """Which way is better, and who says so."""
    by = (
        "projektets bedömning" if result.indicator.direction_by == "projektet" else "enligt Region Hallands HoS-rapport"
    )
    return f"{_DIRECTIONS[result.indicator.direction]} ({by})."


def picture(result: Result) -> str:
    """The text alternative of the indicator's figure: what it shows, not that it is one."""
    indicator, places = result.indicator, result.indicator.decimals
    first, last = result.points[0], result.points[-1]
    said = f"{indicator.name}, {result.unit.name}: "
    if len(result.points) > 1:
        said += f"{_from_to(result, first, last)}."
    else:
        said += f"{number(last.value, places)} ({period(indicator, last.when)})."
    if result.nation_now and not result.unit.is_nation:
        said += f" Riket {number(result.nation_now.value, places)}."
    return f"{said} {place_among_regions(result)} Enhet: {indicator.unit.label}."


def legend(result: Result, months: Monthly | None) -> str:
    """What the lines of the indicator's figure are."""
    mine = "riket" if result.unit.is_nation else result.unit.name
    nation = "" if result.unit.is_nation else " Streckad: riket."
    if months is None:
        spread = " Grått fält: regionernas spridning, mörkare för den mellersta hälften." if _is_spread(result) else ""
        questioned = " Ring: ifrågasatt värde." if any(p.is_questioned for p in result.points) else ""
        return f"Heldragen: {mine}.{nation}{spread}{questioned}"
    kind = "Preliminära styrgränser" if months.is_preliminary else "Styrgränser"
    return f"Heldragen: {mine}.{nation} Grått fält: {kind.lower()}. Ring: månad utanför den vanliga variationen."


def _is_spread(result: Result) -> bool:
    return any(len(found) >= 3 for found in result.regions.values())


def control_picture(result: Result, months: Monthly) -> str:
    """The text alternative of a control chart: span, mean, limits and the months that stand out."""
    indicator, places, latest = result.indicator, result.indicator.decimals, months.chart.points[-1]
    special = [
        f"{period(indicator, p.when)} ({number(p.value, places)})"
        for p, judged in zip(months.points, months.chart.points, strict=True)
        if judged.special != "Common Cause"
    ]
    stands_out = f"Utanför den vanliga variationen: {listing(special)}." if special else "Ingen månad avviker."
    return (
        f"{indicator.name}, {result.unit.name}: {_from_to(result, months.points[0], months.points[-1])}. "
        f"Medelvärde {number(latest.mean, places)}. {stands_out} Enhet: {indicator.unit.label}."
    )
