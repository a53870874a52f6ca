"""The words of the slides: titles that say the finding, and the rows of the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from varddialog.assessment.assess import Assessment
from varddialog.assessment.groups import Comparison, GroupValue
from varddialog.assessment.results import Result
from varddialog.model.cycle import Cycle
from varddialog.model.framework import Dimension
from varddialog.model.groups import in_sentence
from varddialog.model.units import Unit
from varddialog.prose import evidence as of
from varddialog.prose import overall
from varddialog.prose import result as say
from varddialog.prose import summary as sum_up
from varddialog.prose.words import against_nation, difference_in_words, figure, period
from varddialog.swedish import MISSING, capital, date, interval, listing, number, plural, with_unit

Row = tuple[str, str, str, str, str]

# the classes that say how a value lies beside Riket's
_JUDGED = ("bättre", "sämre", "i nivå", "högre", "lägre")

HOW_TO_READ = "Bättre och sämre sägs bara när skillnaden är både säker och stor nog att ha betydelse"
READING = "Så läser du bilderna"
NOT_CAPTURED = "Vad måttet inte fångar"
SEVERAL_YEARS = "Varje värde är ett medelvärde för {years} år; axeln visar det sista."
BROKEN = "Tidsseriebrott {years}: värdena före och efter kan inte jämföras."
QUESTIONED = "Ihålig punkt: ifrågasatt värde ({when})."
BY_REGION = "Regionernas värden {when}. Sorterade efter storlek, inte efter kvalitet."
MADE_OF = "Bilderna är gjorda av samma uppgifter och bedömningar som rapporterna i faktaunderlaget."
NOTHING = "Inget mått skiljer sig tydligt nog från riket för att lyftas här."
CHANCE = "När många mått prövas avviker några av slumpen ensam. Enstaka avvikelser ska läsas med det i minnet."
METHOD_PAGE = "Varje regel i sin helhet, med räknade exempel, står på sidan Så bedöms måtten (metod.html)."


def header(unit: Unit) -> Row:
    """The columns of a dimension's table."""
    if unit.is_nation:
        return ("Mått", "Riket", "Jämförs med", "Skillnad eller utveckling", "Säkerhet")
    return ("Mått", unit.name, "Riket", "Skillnad eller utveckling", "Säkerhet")


HEADER_GROUPS: Row = ("Mått", "Högst", "Lägst", "Skillnad", "Säkerhet")


def row(heading: str, a: Assessment) -> Row:
    """One line of an opening list as a row of `header`. heading: the list's, from `overall`."""
    result = a.result
    assert result is not None
    nation = _beside(result)
    if heading == overall.FROM_TARGET:
        found = next(t for t in result.targets if t.reached == "inte nådd")
        assert found.gap is not None
        left = f"{difference_in_words(result.indicator, found.gap)} kvar"
        sure = a.vs_target.certainty if a.vs_target else MISSING
        return of.name_of(result), of.value(result), of.level(found, result), left, sure
    if heading == overall.SPREAD:
        assert result.spread is not None
        span = interval(result.spread.low, result.spread.high, result.indicator.decimals)
        return of.name_of(result), of.value(result), f"regionerna: {span}", MISSING, _beyond_chance(a)
    if heading == overall.WATCH:
        said, sure = _moves(a)
        beside = _since(result) if result.unit.is_nation else nation
        return of.name_of(result), of.value(result), beside, said, sure
    sure = a.vs_nation.certainty if a.vs_nation else MISSING
    return of.name_of(result), of.value(result), nation, against_nation(result), sure


def _beyond_chance(a: Assessment) -> str:
    """Whether chance explains how the regions differ."""
    told = {"skillnad": "mer än slumpen", "ingen säker skillnad": "inte mer än slumpen"}
    return told.get(a.variation.klass, "inte prövad") if a.variation else "inte prövad"


def _beside(result: Result) -> str:
    """Riket's value beside one whose unit is already written."""
    if result.nation_now is None:
        return MISSING
    written = number(result.nation_now.value, result.indicator.decimals)
    return with_unit(written, "%") if result.indicator.unit.short == "%" else written


def _moves(a: Assessment) -> tuple[str, str]:
    """How a value or its distance to Riket develops, and how certain that is."""
    trend, relation = of.trend(a), of.relation(a)
    if trend is None or a.trend is None:
        return relation or MISSING, "skattad ur tidsserien"
    joined = "och" if (relation in of.BEHIND) == (trend == "försämras") else "men"
    return f"{trend} {joined} {relation}" if relation else trend, a.trend.certainty


def _since(result: Result) -> str:
    first = result.points[0]
    return f"{number(first.value, result.indicator.decimals)} ({period(result.indicator, first.when)})"


def group_row(c: Comparison, unit: Unit) -> Row:
    """One comparison of groups as a row of `HEADER_GROUPS`."""
    places = c.indicator.decimals
    gap = round(round(c.highest.value, places) - round(c.lowest.value, places), places)
    whole = ", hela landet" if c.unit != unit else ""
    sure = {True: "säkerställd", False: "inte säkerställd", None: "okänd"}[c.apart]
    return (
        f"{c.heading} ({period(c.indicator, c.when)}{whole})",
        _group(c, c.highest),
        _group(c, c.lowest),
        difference_in_words(c.indicator, gap),
        sure,
    )


def _group(c: Comparison, value: GroupValue) -> str:
    return f"{capital(in_sentence(value.group, c.grouping))}: {figure(c.indicator, value.value)}"


def of_dimension(name: str, assessments: Sequence[Assessment], unit: Unit) -> str:
    """The title of a dimension's slide: how many values lie apart from Riket; for Riket how many reach their target."""
    results = [a.result for a in assessments if a.result]
    if unit.is_nation:
        reached = sum_up.targets(results)
        said = f"riket {reached.removeprefix('Värdet ').rstrip('.')}" if reached else _trends(assessments)
        return f"{name}: {said}"
    fell = Counter(a.vs_nation.klass for a in assessments if a.vs_nation and a.vs_nation.klass in _JUDGED)
    total = sum(fell.values())
    if not total:
        return f"{name}: inga värden kan bedömas mot riket"
    better, worse = fell["bättre"], fell["sämre"]
    judged = plural(total, "bedömt värde", "bedömda värden")
    if not better and not worse:
        return f"{name}: inget av {judged} är bättre eller sämre än riket"
    return f"{name}: {_count(better)} bättre och {_count(worse)} sämre än riket, av {judged}"


def _trends(assessments: Sequence[Assessment]) -> str:
    moves = Counter(of.trend(a) for a in assessments)
    better, worse = moves["förbättras"], moves["försämras"]
    return f"{plural(better, 'värde', 'värden')} förbättras och {_count(worse)} försämras"


def of_groups(name: str, comparisons: Sequence[Comparison]) -> str:
    """The title of the slide on groups: how many differences are certain."""
    current = [c for c in comparisons if c.indicator.discontinued is None]
    sure = sum(c.apart is True for c in current)
    among = plural(len(current), "aktuell jämförelse", "aktuella jämförelser")
    return f"{name}: {_count(sure, 'ingen')} av {among} mellan grupper visar en säkerställd skillnad"


def _count(count: int, none: str = "inget") -> str:
    return number(count) if count else none


def of_indicator(heading: str, a: Assessment) -> str:
    """The title of an indicator's slide: its name and the finding."""
    result = a.result
    assert result is not None
    name = of.name_of(result)
    if heading == overall.FROM_TARGET:
        found = next(t for t in result.targets if t.reached == "inte nådd")
        assert found.gap is not None
        left = difference_in_words(result.indicator, found.gap)
        return f"{name}: {of.value(result)}, {left} från {of.level(found, result)}"
    if heading == overall.SPREAD:
        return f"{name}: {of.span(result)} mellan regionerna"
    return f"{name}: {_uncapital(say.finding(result).rstrip('.'))}"


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def unit_of_measure(result: Result) -> str:
    """What the numbers of the figure are."""
    return capital(result.indicator.unit.label)


def target_name(level: float, result: Result) -> str:
    """The target level as the name of a series: `Målnivå 80 %`."""
    places = 0 if level == int(level) else 1
    return f"Målnivå {with_unit(number(level, places), result.indicator.unit.short)}"


def cover(unit: Unit) -> str:
    """The title of the slides and of the workbook."""
    return f"Faktaunderlag: {unit.official_name}"


def as_of(cycle: Cycle) -> str:
    """How new the figures are."""
    return f"Öppna uppgifter, som de såg ut {date(cycle.data_until)}."


def whole_list(dimension: Dimension) -> str:
    """Where the rest of what stands out is."""
    return f"Alla mått finns i rapporten ”{dimension.name}”."


def link(dimension: Dimension, name: str = "") -> str:
    """Where to read on, as text: slides are moved about, and an address would break."""
    where = f", måttet {name}" if name else ""
    return f"Läs mer: rapporten {dimension.notebook}.html{where}."


def table_alt(title: str, rows: int) -> str:
    """The text alternative of a dimension's table."""
    return f"Tabell med {plural(rows, 'rad', 'rader')}. {title}."


def about_figure(result: Result, bars: bool) -> str:
    """What a reader of the chart has to know: what one value covers, breaks and questioned values."""
    if bars:
        return BY_REGION.format(when=period(result.indicator, result.latest.when))
    said = []
    if result.indicator.period.years > 1:
        said.append(SEVERAL_YEARS.format(years=number(result.indicator.period.years)))
    shown = [b.year for b in result.indicator.breaks if result.points[0].year < b.year <= result.points[-1].year]
    if shown:
        said.append(BROKEN.format(years=listing(str(year) for year in shown)))
    if doubted := [period(result.indicator, p.when) for p in result.points if p.is_questioned]:
        said.append(QUESTIONED.format(when=listing(doubted)))
    return " ".join(said)
