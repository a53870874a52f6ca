"""One indicator in all regions over time, in words: which way they move, how far apart they are, how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from varddialog.assessment.results import PANDEMIC
from varddialog.assessment.targets import place
from varddialog.assessment.then_and_now import SAME_SPREAD, Step, ThenAndNow, Way
from varddialog.model.units import Units
from varddialog.prose.across import left_out, slope_title, span_of_regions
from varddialog.prose.words import covered, difference_in_words, figure, period
from varddialog.swedish import capital, listing, number, plural, with_unit

ARROWS: dict[Way, str] = {"bättre": "↗", "sämre": "↘", "högre": "↑", "lägre": "↓", "ungefär lika": ""}
_SIDES: tuple[Way, Way] = ("bättre", "sämre")
_ENDS: tuple[Way, Way] = ("högre", "lägre")
_YEARS, _MONTHS, _LISTED = 10, 12, 3
_REACHED = ("nådd", "måttlig", "hög", "inom")
HOW_TO_READ = (
    "Pilarna jämför värdena som de är: en ändring som är mindre än relevansgränsen räknas som ungefär lika. Om en "
    "utveckling har prövats, och vad det gav, sägs under varje mått."
)


def finding(t: ThenAndNow) -> str:
    """How many regions have a better and a worse value than then, and what Riket has done between the same times."""
    if t.then is None:
        return f"{span_of_regions(t.across)}. {t.why}"
    ways = [*(_SIDES if t.indicator.turn else _ENDS), "ungefär lika"]
    counted = [(way, t.ways[way]) for way in ways if t.ways[way]]
    first = f"{counted[0][0]} i {plural(counted[0][1], 'region', 'regioner')}"
    told = listing([first, *(f"{way} i {number(count)}" for way, count in counted[1:])])
    now, then = period(t.indicator, t.across.when), period(t.indicator, t.then)
    few = len(t.steps) < len(t.across.units.regions)
    among = f" ({number(len(t.steps))} av {number(len(t.across.units.regions))} regioner kan jämföras)" if few else ""
    return f"Jämfört med {then} är värdet {now} {told}{among}. {nation(t)}"


def nation(t: ThenAndNow) -> str:
    """`Riket: från 61,2 till 63,0 %.`, or its value now alone; empty without a value."""
    if t.across.nation is None:
        return f"Uppgift för riket saknas {period(t.indicator, t.across.when)}."
    now = figure(t.indicator, t.across.nation.value)
    if t.nation is None:
        return ended(f"Riket: {now}")
    then = number(t.nation.then.value, t.indicator.decimals)
    if t.nation.change == 0:
        return f"Riket: {now}, oförändrat."
    if t.indicator.measure == "index":
        return f"Riket: från index {then} till {number(t.across.nation.value, t.indicator.decimals)}."
    return ended(f"Riket: från {then} till {now}")


def ended(text: str) -> str:
    """With the full stop that an abbreviation at the end already has."""
    return f"{text.removesuffix('.')}."


def apart(t: ThenAndNow) -> str:
    """The lowest and highest region now, and how much two regions differ on average, now and then."""
    said = f"{span_of_regions(t.across)}." if t.then is not None else ""
    if t.apart is None or t.then is None:
        return said
    then, now = t.apart
    size, before = difference_in_words(t.indicator, now), number(then, t.indicator.decimals)
    if abs(now - then) <= SAME_SPREAD * then:
        changed = f"ungefär som {period(t.indicator, t.then)} ({before})"
    else:
        more = "mer" if now > then else "mindre"
        changed = f"{more} än {period(t.indicator, t.then)} ({before})"
    return f"{said} Två regioner skiljer sig i genomsnitt åt med {size}, {changed}."


def target(t: ThenAndNow) -> str:
    """How many regions reach the first target level, and how Riket's value lies beside it; empty without one."""
    x = t.across
    levels = [r.target for r in x.example.targets if r.target.match != "annat" and r.target.kind != "riktning"]
    if not levels or not x.is_current:
        return ""
    found, turn = levels[0], x.indicator.turn
    reach = sum(place(found, turn, value) in _REACHED for value in x.values.values())
    among = plural(len(x.values), "region", "regioner")
    ends = [e for e in (found.level, found.upper) if e is not None]
    written = with_unit(listing([number(e, 0 if e == int(e) else 1) for e in ends]), x.indicator.unit.short)
    kind = f"{found.kind} " if found.kind in ("minst", "högst") else ""
    near = ", som gäller ett närliggande mått," if found.match == "närliggande" else ""
    who = "Ingen" if not reach else number(reach)
    said = f"{who} av {among} når målnivån {kind}{written}{near}".rstrip(",")
    if x.nation is None:
        return f"{said}."
    return f"{said}; riket når den{'' if place(found, turn, x.nation.value) in _REACHED else ' inte'}."


def sure(t: ThenAndNow) -> str:
    """What the tests of the whole series say of the regions' development."""
    x = t.across
    return f"Prövat över hela serien: {_lower(slope_title(x))}" if x.courses and x.is_current else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def reservations(t: ThenAndNow) -> list[str]:
    """What a reader must know of the figures: age, breaks, the years of the pandemic, regions without a value."""
    x, said = t.across, []
    if not x.is_current:
        said.append(f"Uppgifterna är från {period(x.indicator, x.when)} och behöver inte gälla i dag.")
    first = min(a.result.points[0].year for a in t.assessments.values() if a.result)
    said += [
        f"Tidsseriebrott {b.year}: tidigare värden kan inte jämföras med senare. {b.reason}"
        for b in x.indicator.breaks
        if first < b.year
    ]
    if t.then is not None and int(t.then[:4]) in PANDEMIC and x.indicator.kind != "struktur":
        said.append(f"{t.then[:4]} var vården påverkad av pandemin, så jämförelsen ska läsas med försiktighet.")
    if foot := left_out(x):
        said.append(foot)
    return said


def legend(t: ThenAndNow) -> str:
    """What the panels are."""
    nation = " Streckad linje: riket." if t.across.example.nation else ""
    levels = any(r.target.level is not None and r.target.match != "annat" for r in t.across.example.targets)
    goal = " Prickad linje: målnivå." if levels else ""
    order = "från bäst till sämst" if t.indicator.turn else "från högst till lägst"
    way = "Uppåt är bättre i alla rutor." if t.indicator.turn < 0 else "Samma skala i alla rutor."
    years = covered(t.indicator, *span_of_panels(t))
    read = f"Regionerna {order} efter senaste värdet. {way}{nation}{goal}"
    return f"{years}. {read} Tecknet: mot riket samma tid; svart linje utan tecken kan inte bedömas."


def span_of_panels(t: ThenAndNow) -> tuple[str, str]:
    """The first and last time of the panels: at most ten years, or twelve months, of those that any region has."""
    times = sorted({p.when for a in t.assessments.values() if a.result for p in a.result.points})
    if "-" in times[-1]:
        return times[-_MONTHS:][0], times[-1]
    return next(when for when in times if int(when) > int(times[-1]) - _YEARS), times[-1]


def picture(t: ThenAndNow) -> str:
    """The text alternative of the panels: each region's value then and now; the rest stands in the table."""
    x, places = t.across, t.indicator.decimals
    told = []
    for code in x.ordered:
        step = t.steps.get(code)
        before = f" ({number(step.then.value, places)})" if step else ""
        told.append(f"{x.name(code)} {number(x.values[code], places)}{before}")
    beside = f", inom parentes {period(t.indicator, t.then)}" if t.then else ""
    return (
        f"{t.indicator.name}, linjer för varje region. {capital(period(t.indicator, x.when))}{beside}: "
        f"{'; '.join(told)}. "
        f"Enhet: {t.indicator.unit.label}."
    )


def cell_words(step: Step | None, then: str | None) -> str:
    """`bättre än 2020`, as it is read aloud beside the arrow; empty where nothing is compared."""
    if step is None or then is None:
        return ""
    return f"ungefär som {then}" if step.way == "ungefär lika" else f"{step.way} än {then}"


def headline(found: Sequence[ThenAndNow], units: Units) -> list[tuple[str, list[str]]]:
    """Which regions have most indicators worse and better than Riket, and most that have moved either way.

    A heading and some three lines each, `Örebro, 12 av 23`; the second number counts what is judged, or compared.
    """
    beside, moved = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    judged, compared = Counter[str](), Counter[str]()
    for t in found:
        for code, a in t.assessments.items():
            if a.vs_nation and a.vs_nation.klass in ("bättre", "sämre", "i nivå"):
                beside[code, a.vs_nation.klass] += 1
                judged[code] += 1
        for code, step in t.steps.items():
            moved[code, step.way] += 1
            compared[code] += 1
    told = []
    for tally, total, side, heading in (
        (beside, judged, "sämre", "Flest mått sämre än riket"),
        (moved, compared, "sämre", "Flest mått har blivit sämre"),
        (beside, judged, "bättre", "Flest mått bättre än riket"),
        (moved, compared, "bättre", "Flest mått har blivit bättre"),
    ):
        most = _most({code: n for (code, way), n in tally.items() if way == side})
        lines = [f"{units.by_code[code].name}, {number(n)} av {number(total[code])}" for code, n in most]
        if lines:
            told.append((heading, lines))
    return told


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The three with most, and those who share the third place, as long as that makes a short list."""
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    third = order[min(_LISTED, len(order)) - 1][1] if order else 0
    shared = [item for item in order if item[1] >= third]
    return shared if len(shared) <= _LISTED + 2 else [item for item in order if item[1] > third]


def judged(found: Sequence[ThenAndNow]) -> str:
    """For how many of the regions' values it can be told how they lie beside Riket."""
    answers = [a.vs_nation.klass for t in found for a in t.assessments.values() if a.vs_nation]
    known = sum(klass not in ("kan ej bedömas", "beskrivande") for klass in answers)
    return (
        f"Av {number(len(answers))} värden kan {number(known)} bedömas mot riket. För de andra är osäkerheten okänd, "
        "skillnaden för osäker eller rikets värde inte från samma tid."
    )
