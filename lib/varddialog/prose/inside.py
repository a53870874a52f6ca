"""What is said of the values within a region: its municipalities, its units, and those that it has told of itself."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from varddialog.assessment.inside import Inside
from varddialog.data.rows import Place
from varddialog.model.groups import SEXES
from varddialog.prose.words import in_words, period
from varddialog.swedish import capital, listing, number, plural

MARK = "Regionens egna uppgifter"
# one and several of each kind
NOUNS = {"kommun": ("kommun", "kommuner"), "enhet": ("enhet", "enheter"), "egen": ("enhet", "enheter")}
# as many names as are written out where several share a value
_NAMED = 2


def heading(inside: Inside) -> str:
    """What the values are about; women and men are named where the card is about everybody."""
    sex = f", {SEXES[inside.sex].lower()}" if inside.result is None and inside.sex != "T" else ""
    return f"Inom regionen: {NOUNS[inside.kind][1]}{sex}"


def finding(inside: Inside) -> str:
    """One sentence or two: how many places, where the value is lowest and highest, and the median."""
    indicator, now = inside.indicator, inside.now
    time, (one, several) = period(indicator, inside.when), NOUNS[inside.kind]
    if not now:
        return f"Inget värde {time} kan visas."
    count = capital(plural(len(now), one, several))
    low, high = now[0][1].value, now[-1][1].value
    if len(now) == 1:
        return f"{count} har uppgift {time}: {now[0][0].name}, {in_words(indicator, low)}."
    if number(low, indicator.decimals) == number(high, indicator.decimals):
        return f"{count} har uppgift {time}, alla {in_words(indicator, low)}."
    ends = [_named([p for p, point in now if _same(inside, point.value, end)], several) for end in (low, high)]
    said = (
        f"{count} har uppgift {time}. Lägst har {ends[0]}, {in_words(indicator, low)}, "
        f"och högst {ends[1]}, {in_words(indicator, high)}"
    )
    if len(now) < 3:
        return f"{said}."
    return f"{said}. Medianen är {number(median(point.value for _, point in now), indicator.decimals)}."


def _same(inside: Inside, value: float, other: float) -> bool:
    """Whether two values are printed alike."""
    return number(value, inside.indicator.decimals) == number(other, inside.indicator.decimals)


def _named(places: Sequence[Place], several: str) -> str:
    names = [place.name for place in places]
    return listing(names) if len(names) <= _NAMED else f"{number(len(names))} {several}"


def besides(inside: Inside) -> list[str]:
    """What a reader of the finding has to know: another time than the region's, and values that are not shown."""
    one, several = NOUNS[inside.kind]
    said = []
    if inside.result is not None and inside.result.latest.when != inside.when:
        latest = period(inside.indicator, inside.result.latest.when)
        said.append(f"Regionens eget värde ovan gäller {latest}.")
    if inside.times[-1] != inside.when:
        said.append(f"Nyare uppgifter, till och med {period(inside.indicator, inside.times[-1])}, står i tabellen.")
    for found, why in (
        (inside.hidden, "så få personer ligger bakom att de skulle kunna kännas igen, direkt eller med andra värden"),
        (inside.impossible, "värdet är utanför vad mätenheten tillåter"),
    ):
        if count := sum(when == inside.when for _, when in found):
            said.append(f"{capital(plural(count, one, several))} visas inte: {why}.")
    return said


def caption(inside: Inside) -> str:
    """What the drawing shows, and why nothing is judged."""
    indicator, (one, _) = inside.indicator, NOUNS[inside.kind]
    what = f"{capital(indicator.unit.label)}, {period(indicator, inside.when)}. Varje prick är en {one}"
    better = ", bättre åt höger" if indicator.turn else ""
    marked = [name for name, point in ((inside.unit.name, inside.region), ("riket", inside.nation)) if point]
    marks = f" Streck: {listing(marked)}." if marked else ""
    return f"{what}{better}.{marks} {unjudged(inside)}"


def unjudged(inside: Inside) -> str:
    """Why no class is set."""
    if inside.indicator.is_count:
        return "Antal följer storleken och jämförs inte."
    return f"Inga omdömen sätts: värdena kan vila på få fall i varje {NOUNS[inside.kind][0]}."


def picture(inside: Inside) -> str:
    """The text alternative of the drawing."""
    indicator = inside.indicator
    said = f"{indicator.name}, {heading(inside).lower()}. {finding(inside)}"
    for name, point in ((inside.unit.name, inside.region), ("Riket", inside.nation)):
        if point is not None:
            said += f" {name} {number(point.value, indicator.decimals)}."
    return f"{said} Enhet: {indicator.unit.label}."
