"""What is said of one indicator in all regions: titles that tell the finding, legends, and text alternatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from varddialog.assessment.across import Across, Counts
from varddialog.assessment.answer import Answer, Class
from varddialog.assessment.overview import TrendTest, trend_test
from varddialog.assessment.results import Result
from varddialog.model.framework import Dimension
from varddialog.model.units import Units
from varddialog.prose.evidence import OF_SERIES, name_of
from varddialog.prose.words import figure, period
from varddialog.swedish import capital, listing, number, plural

# in the order of a legend
LEGEND: dict[Class, str] = {
    "bättre": "bättre än riket",
    "i nivå": "i nivå med riket",
    "sämre": "sämre än riket",
    "högre": "högre än riket",
    "lägre": "lägre än riket",
    "förbättras": "förbättras",
    "oförändrat": "oförändrat",
    "försämras": "försämras",
    "ökar": "ökar",
    "minskar": "minskar",
    "kan ej bedömas": "kan ej bedömas",
    "beskrivande": "osäkerheten är okänd",
}
# classes that lie on either side, in the order they are told
_SIDES: tuple[tuple[Class, Class], ...] = (("bättre", "sämre"), ("högre", "lägre"))
_WAYS: tuple[tuple[Class, Class], ...] = (("förbättras", "försämras"), ("ökar", "minskar"))
# how a development is tested where it is
_TRIED: frozenset[TrendTest] = frozenset({"viktad linje", "Mann–Kendall", "fem år"})
# more names than this are a number
_NAMED = 5


def ranking_title(x: Across) -> str:
    """From the lowest region to the highest, then how many certainly lie on either side of Riket."""
    return f"{span_of_regions(x)}; {_beside_nation(x)}."


def span_of_regions(x: Across) -> str:
    """`Från 56,0 % (Gotland) till 88,0 % (Kalmar) 2025`, by the values as they are printed."""
    places = x.indicator.decimals
    printed = {code: round(value, places) for code, value in x.values.items()}
    low, high = min(printed.values()), max(printed.values())
    when = period(x.indicator, x.when)
    if low == high:
        return f"Samma värde i alla {len(printed)} regioner {when}, {figure(x.indicator, low)}"
    ends = [_named([c for c, v in printed.items() if v == end], x.units) for end in (low, high)]
    first = figure(x.indicator, low) if x.indicator.unit.short == "%" else number(low, places)
    return f"Från {first} ({ends[0]}) till {figure(x.indicator, high)} ({ends[1]}) {when}"


def _named(codes: Sequence[str], units: Units, most: int = 2) -> str:
    names = [units.by_code[code].name for code in codes]
    return listing(names) if len(names) <= most else plural(len(names), "region", "regioner")


def _beside_nation(x: Across) -> str:
    """`7 regioner är säkerställt bättre och 1 sämre än riket`, or why nothing can be said."""
    if not x.is_current:
        return "värdena gäller inte dagens läge och bedöms inte"
    if x.nation is None:
        return "uppgift för riket saknas, så regionerna bedöms inte"
    classes = Counter(x.klass(code) for code in x.regions)
    if classes["beskrivande"] == len(x.regions):
        return "osäkerheten är okänd, så skillnaderna mot riket bedöms inte"
    above, below = _SIDES[0 if x.indicator.turn else 1]
    if not classes[above] and not classes[below]:
        return "ingen region skiljer sig säkert från riket"
    answers = [a.vs_nation for a in x.regions.values() if a.vs_nation and a.vs_nation.klass in (above, below)]
    sure = "säkerställt " if not _is_estimated(answers) else ""
    lie = "är" if x.indicator.turn else "ligger"
    said = [f"{sure}{klass}" for klass in (above, below) if classes[klass]]
    counted = [classes[klass] for klass in (above, below) if classes[klass]]
    first = f"{plural(counted[0], 'region', 'regioner')} {lie} {said[0]}"
    rest = "" if len(said) == 1 else f" och {number(counted[1])} {said[1]}"
    return f"{first}{rest} än riket{_estimated(answers)}"


def _is_estimated(answers: Sequence[Answer]) -> bool:
    return any(answer.certainty == "skattad ur tidsserien" for answer in answers)


def _estimated(answers: Sequence[Answer]) -> str:
    return f" ({OF_SERIES})" if _is_estimated(answers) else ""


def left_out(x: Across) -> str:
    """The regions that are not drawn, and why; empty where all are."""
    told = [f"{x.name(code)} ({_why(x, result)})" for code, result in x.left_out.items()]
    told += [f"{x.name(code)} (uppgift saknas)" for code in x.missing]
    return f"Utan jämförbart värde {period(x.indicator, x.when)}: {', '.join(told)}." if told else ""


def _why(x: Across, result: Result) -> str:
    if result.latest.is_questioned:
        return f"{figure(x.indicator, result.latest.value)}, ifrågasatt"
    return f"senast {period(x.indicator, result.latest.when)}"


def ranking_picture(x: Across) -> str:
    """The text alternative: every region's value in order, and Riket's."""
    places = x.indicator.decimals
    order = "från bäst till sämst" if x.indicator.turn else "från högst till lägst"
    values = "; ".join(f"{x.name(code)} {number(x.values[code], places)}" for code in x.ordered)
    nation = f" Riket {number(x.nation.value, places)}." if x.nation else ""
    foot = left_out(x)
    about = f"{_subject(x)}, regionerna {order}: {values}."
    return f"{about}{nation} Enhet: {x.indicator.unit.label}.{f' {foot}' if foot else ''}"


def _subject(x: Across) -> str:
    return f"{name_of(x.example)}, {period(x.indicator, x.when)}"


def ranking_legend(x: Across) -> str:
    """What the lines of the ranking are, and how the uncertainty is known."""
    said = [] if x.nation is None else ["Lodrät linje: riket."]
    if any(t.target.level is not None and t.target.match != "annat" for t in x.example.targets):
        said.append("Prickad linje: målnivå.")
    known = [a.uncertainty.label for a in x.regions.values() if a.uncertainty.error is not None]
    if known:
        said.append(f"Vågrät linje: 95-procentsintervall ({listing(sorted(set(known)))}).")
    return " ".join(said)


def funnel_title(x: Across) -> str:
    """Which regions lie outside what chance and the regions' ordinary variation explain."""
    found = x.field.between
    assert found is not None, "asked of an indicator without a funnel"
    known = f" ({OF_SERIES})" if x.field.level == "B" else ""
    if found.outside:
        where = _named(sorted(found.outside), x.units, _NAMED)
        return f"{where} ligger utanför vad slumpen och regionernas vanliga variation förklarar{known}."
    if found.differs:
        return (
            f"Regionerna skiljer sig mer än slumpen förklarar, men ingen avviker från den vanliga variationen{known}."
        )
    return f"Regionernas skillnader är inte större än slumpen kan förklara{known}."


def funnel_legend(counted: bool) -> str:
    """What the limits are and how size is measured. counted: size is the number of persons or cases."""
    size = (
        "Längre åt höger: fler i nämnaren." if counted else "Längre åt höger: säkrare värde (1 delat med medelfelet)."
    )
    return (
        f"Linjer: 95 och 99,8 procents gränser kring riket, där regionernas vanliga variation är inräknad. {size} "
        "Regioner utanför den yttre gränsen har sitt namn utskrivet."
    )


def funnel_picture(x: Across) -> str:
    """The text alternative of a funnel."""
    assert x.nation is not None
    places = x.indicator.decimals
    return (
        f"{_subject(x)}, regionernas värden mot hur säkra de är, med gränser kring riket "
        f"({number(x.nation.value, places)}). {funnel_title(x)} Enhet: {x.indicator.unit.label}."
    )


def slope_title(x: Across) -> str:
    """How many regions develop either way between the first and last comparable year, or why that is not judged."""
    first = min(start.when for start, _ in x.courses.values())
    classes = Counter(x.trend(code) for code in x.courses)
    ways = _WAYS[0 if x.indicator.turn else 1]
    # the verb, and what stands after the subject
    said = [(way, "") for way in ways if classes[way]] + [("är", " oförändrat")] * (classes["oförändrat"] > 0)
    counted = [classes[way] for way in (*ways, "oförändrat") if classes[way]]
    if not said:
        tried = {trend_test(a.result, a) for code, a in x.regions.items() if code in x.courses and a.result}
        reasons = {answer.reason for code in x.courses if (answer := x.regions[code].trend)}
        if not tried & _TRIED and len(reasons) == 1:
            return f"Förändringen mellan {first} och {x.when} bedöms inte. {reasons.pop()}"
        return f"Mellan {first} och {x.when} har ingen region en säker förändring av betydelse."
    (verb, after), many = said[0], plural(counted[0], "region", "regioner")
    parts = [f"{verb} värdet{after} i {many}"]
    parts += [f"{verb}{after} i {number(count)}" for (verb, after), count in zip(said[1:], counted[1:], strict=True)]
    rest = len(x.courses) - sum(counted)
    left = f"; för {number(rest)} har ingen säker förändring visats" if rest else ""
    sided = [a.trend for code, a in x.regions.items() if code in x.courses and a.trend and a.trend.klass in ways]
    return f"Mellan {first} och {x.when} {listing(parts)}{_estimated(sided)}{left}."


def slope_legend(x: Across) -> str:
    """What the lines of the slopes are."""
    nation = " Svart streckad linje: riket." if x.nation_course else ""
    told = {x.trend(code) for code in x.courses} - {"kan ej bedömas", "beskrivande"}
    grey = " Grå: ingen säker förändring har visats." if told else ""
    return f"Raka linjer från första till senaste jämförbara värde.{grey}{nation}"


def slope_picture(x: Across) -> str:
    """The text alternative: each region's first and last comparable value."""
    places = x.indicator.decimals
    told = []
    for code, (first, last) in x.courses.items():
        ends = f"{number(first.value, places)} ({first.when}) till {number(last.value, places)} ({last.when})"
        told.append(f"{x.name(code)} från {ends}")
    return f"{_subject(x)}, första och senaste jämförbara värde: {'; '.join(told)}. Enhet: {x.indicator.unit.label}."


def map_title(x: Across) -> str:
    """Which regions lie on either side of Riket, by name where they are few."""
    above, below = _SIDES[0 if x.indicator.turn else 1]
    sides = {klass: [c for c in x.regions if x.klass(c) == klass] for klass in (above, below)}
    if not any(sides.values()):
        return f"{capital(_beside_nation(x))}."
    said = [f"{capital(k)} än riket: {_named(codes, x.units, _NAMED)}." for k, codes in sides.items() if codes]
    answers = [a.vs_nation for code, a in x.regions.items() if x.klass(code) in (above, below) and a.vs_nation]
    return f"{' '.join(said)}{f' {capital(OF_SERIES)}.' if _is_estimated(answers) else ''}"


def map_picture(x: Across) -> str:
    """The text alternative of a map or a grid of tiles: the regions of each class with their values."""
    told = by_class(
        f"{_subject(x)}, karta över regionerna",
        {code: (x.klass(code), number(x.values[code], x.indicator.decimals)) for code in x.regions},
        x.name,
    )
    return f"{told} {left_out(x)}".strip()


def by_class(about: str, shown: Mapping[str, tuple[Class, str]], name: Callable[[str], str]) -> str:
    """`Om vad. Bättre än riket: Halland 88,0. Sämre än riket: …`."""
    said = []
    for klass, words in LEGEND.items():
        regions = [f"{name(code)} {label}" for code, (given, label) in shown.items() if given == klass]
        if regions:
            said.append(f"{capital(words)}: {', '.join(regions)}.")
    return " ".join([f"{about}.", *said])


def matrix_title(found: Mapping[str, Mapping[int, Counts]], dimensions: Sequence[Dimension], units: Units) -> str:
    """In which dimension a region has most indicators on either side of Riket."""
    said = []
    for side, of in (("bättre", _better), ("sämre", _worse)):
        cells = [(of(found[code][d.number]), code, d) for code in found for d in dimensions if d.number in found[code]]
        most = max((count for count, *_ in cells), default=0)
        if most:
            places: dict[str, list[str]] = {}
            for count, code, dimension in cells:
                if count == most:
                    places.setdefault(dimension.name, []).append(code)
            where = listing(f"{_named(codes, units, 3)} i ”{name}”" for name, codes in places.items())
            said.append(f"Flest mått {side} än riket: {where}, {number(most)}.")
    return " ".join(said) or "Inget mått skiljer sig säkert från riket i någon region."


def _better(found: Counts) -> int:
    return found.better


def _worse(found: Counts) -> int:
    return found.worse


def matrix_legend(found: Mapping[str, Mapping[int, Counts]]) -> str:
    """What the cells hold, and for how many of the judged the uncertainty is estimated."""
    cells = [cell for row in found.values() for cell in row.values()]
    judged, estimated = sum(c.total - c.unjudged for c in cells), sum(c.estimated for c in cells)
    known = f" I {number(estimated)} av {number(judged)} bedömda fall är {OF_SERIES}." if estimated else ""
    return (
        "Antal mått, kvinnor och män var för sig där gemensam uppgift saknas. Staplar åt höger: bättre än riket. Åt "
        "vänster: sämre. Sist i varje ruta: i nivå med riket (fyrkant), och kan ej bedömas (ruter: osäkerheten är "
        f"okänd, skillnaden för osäker eller värdet saknas).{known} Mått där varken högt eller lågt är bättre är inte "
        "med. Måtten väger olika och läggs inte ihop till ett betyg."
    )
