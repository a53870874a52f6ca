"""One short paragraph on an area for one unit: how it stands, what deviates most, targets, trends, what is unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from varddialog.assessment.assess import Assessment
from varddialog.assessment.groups import Comparison
from varddialog.assessment.results import Result
from varddialog.model.units import Unit
from varddialog.prose import evidence as of
from varddialog.prose import overall, summary
from varddialog.prose.words import difference_in_words
from varddialog.swedish import capital, listing, number, plural

AREA = "områdets"
# how the comparisons with Riket fell, in the order they are told; the last two where neither way is in itself better
_SIDES = {
    "bättre": "bättre än riket",
    "sämre": "sämre än riket",
    "i nivå": "i nivå med riket",
    "högre": "högre än riket",
    "lägre": "lägre än riket",
}
_SIDEWAYS = ("högre", "lägre")
_NONE_BETTER = "varken högt eller lågt är i sig bättre"
NEUTRAL = f" (högre och lägre sägs där {_NONE_BETTER})"
# what most sentences have in common, to be said once where there are many
USUAL = (
    "Om inget annat sägs är osäkerheten skattad ur måttets egen tidsserie, eftersom de flesta källor inte redovisar "
    "någon; då är skillnaden eller förändringen sannolik men inte säkerställd."
)
# why a value is not judged, as a main clause and after «för N mått», in the order it is told
_UNKNOWN = ("osäkerheten är okänd", "är osäkerheten okänd")
_UNSURE = ("skillnaden är för osäker", "är skillnaden mot riket för osäker")
_REASONS = {
    "Antal följer": ("värdet är ett antal", "är värdet ett antal"),
    "Värdet, eller": ("värdet eller rikets värde är ifrågasatt", "är värdet eller rikets värde ifrågasatt"),
    "Senaste värdet": ("värdet är gammalt eller serien avslutad", "är värdet gammalt eller serien avslutad"),
    "Uppgift för riket": ("rikets värde för samma tid saknas", "saknas rikets värde för samma tid"),
    "Litet underlag": ("underlaget är litet", "är underlaget litet"),
}
_OLD, _QUESTIONED = _REASONS["Senaste värdet"], ("värdet är ifrågasatt", "är värdet ifrågasatt")
_ORDER = [_UNKNOWN, _UNSURE, *_REASONS.values(), _QUESTIONED]


def without_usual(text: str) -> str:
    """Without what `USUAL` tells for all, and without what `NEUTRAL` says of the words."""
    return text.replace(f", {of.OF_SERIES}", "").replace(NEUTRAL, "")


def paragraph(unit: Unit, assessments: Sequence[Assessment], without: int) -> str:
    """The area in a few sentences, as far as there is anything to say.

    assessments: those that have a value. without: how many indicators lack one.
    """
    if not assessments:
        return _empty(unit, without)
    if unit.is_nation:
        said = [of_nation(assessments), targets(assessments), spread(assessments)]
    else:
        said = [against_nation(assessments), targets(assessments)]
    said += [trends(assessments), unknown(assessments)]
    return " ".join(sentence for sentence in said if sentence)


def of_groups(comparisons: Sequence[Comparison], unit: Unit) -> str:
    """An area of groups: how many differences are certain, and the widest; empty where nothing is current."""
    current = [c for c in comparisons if c.indicator.discontinued is None]
    if not current:
        return ""
    sure, unsure, unknown = (sum(c.apart is said for c in current) for said in (True, False, None))
    parts = [
        f"{number(sure)} en säkerställd skillnad" if sure else "",
        f"{number(unsure)} en skillnad som inte är säkerställd" if unsure else "",
        f"{number(unknown)} en skillnad vars osäkerhet är okänd" if unknown else "",
    ]
    told = listing(part for part in parts if part)
    if len(current) == 1:
        said = f"Områdets enda aktuella jämförelse visar {told.partition(' ')[2]}"
    else:
        said = f"Av {number(len(current))} aktuella jämförelser visar {told}"
    widest = summary.widest_gaps(current)[:1]
    return f"{said}." + "".join(
        f" Störst är den i ”{c.heading}”: {summary.gap_line(c, unit.is_nation)}." for c in widest if len(current) > 1
    )


def _empty(unit: Unit, without: int) -> str:
    where = "riket" if unit.is_nation else unit.name
    if without > 1:
        return f"Inget av områdets {number(without)} mått har ännu uppgifter för {where}."
    return f"{'Områdets enda mått' if without else 'Området'} har ännu inga uppgifter för {where}."


def _values(assessments: Sequence[Assessment]) -> str:
    """What is counted: indicators, or values where some indicators have one for women and one for men."""
    return "värden" if len({a.indicator.id for a in assessments}) < len(assessments) else "mått"


def _by_sex(assessments: Sequence[Assessment], whose: str) -> str:
    """Why there are more values than indicators, where there are."""
    count = len({a.indicator.id for a in assessments})
    if count == len(assessments):
        return ""
    if count == 1:
        return f"{capital(whose)} enda mått med uppgifter redovisas bara för kvinnor och män var för sig."
    twice = plural(len(assessments) - count, "mått", "mått")
    shown = plural(count, "mått", "mått")
    return (
        f"{capital(whose)} {shown} med uppgifter ger {plural(len(assessments), 'värde', 'värden')}, "
        f"eftersom {twice} bara redovisas för kvinnor och män var för sig."
    )


def of_nation(assessments: Sequence[Assessment], whose: str = AREA) -> str:
    """How many indicators Riket has values for."""
    shown = plural(len(assessments), "mått", "mått")
    return _by_sex(assessments, whose) or f"{capital(whose)[:-1]} har {shown} med uppgifter för riket."


def against_nation(assessments: Sequence[Assessment], whose: str = AREA) -> str:
    """How many can be judged against Riket, how they fell, and which lie farthest away.

    whose: what the assessments belong to, in the genitive.
    """
    judged = [a for a in assessments if a.vs_nation and a.vs_nation.klass in _SIDES]
    fell: Counter[str] = Counter(a.vs_nation.klass for a in judged if a.vs_nation)
    total, apart = len(assessments), _by_sex(assessments, whose)
    some = "värdena" if apart else f"{whose} {plural(total, 'mått', 'mått')} med uppgifter"
    if total == 1:
        return _alone(assessments[0], whose)
    if not judged:
        reasons = _reasons(assessments, "för båda" if total == 2 else "för alla")
        return f"{apart} Inget av {some} kan bedömas mot riket: {reasons}.".strip()
    every = "båda" if total == 2 else "alla"
    told = f"Av {some} kan {every if len(judged) == total else number(len(judged))} bedömas mot riket"
    neutral = NEUTRAL if any(fell[side] for side in _SIDEWAYS) else ""
    (side, most), *others = fell.most_common()
    if others:
        parts = listing(f"{number(fell[side])} är {side}" for side in _SIDES if fell[side])
        said = f"{told}: {parts}{neutral}"
    elif most == 1:
        said = f"{told}: {_told(judged)} är {_SIDES[side]}{neutral}"
    else:
        all_ = "båda" if most == 2 else "alla"
        whole = f"{capital(some)} är {all_} {_SIDES[side]}" if most == total else f"{told}, och {all_} är {side}"
        said = f"{whole}{neutral}"
    return f"{apart} {said}. {_deviations(judged)}".strip()


def _alone(a: Assessment, whose: str) -> str:
    """The only indicator of an area."""
    if a.vs_nation is None or a.vs_nation.klass not in _SIDES:
        return f"{capital(whose)} enda mått med uppgifter kan inte bedömas mot riket: {(_why(a) or _UNSURE)[0]}."
    neutral = f"; {_NONE_BETTER}" if a.vs_nation.klass in _SIDEWAYS else ""
    return f"{capital(whose)} enda mått med uppgifter, {_told([a])}, är {_SIDES[a.vs_nation.klass]}{neutral}."


def _deviations(judged: Sequence[Assessment]) -> str:
    """The largest deviation on each side, or the two largest where there is only one side."""
    if len(judged) == 1:
        return ""
    better, worse = (summary.deviations(judged, side) for side in (True, False))
    if better and worse:
        return f"Längst åt det bättre hållet ligger {_told(better[:1])}, åt det sämre {_told(worse[:1])}."
    if better or worse:
        side = "bättre" if better else "sämre"
        return f"Längst åt det {side} hållet ligger {_told((better or worse)[:2])}."
    neutral = [a for a in judged if a.vs_nation and a.vs_nation.klass in _SIDEWAYS]
    farthest = sorted(neutral, key=lambda a: (-_in_limits(a), a.indicator.id))[:1]
    return "".join(f"Längst från riket ligger {_told([a])}." for a in farthest)


def _in_limits(assessment: Assessment) -> float:
    result, limit = assessment.result, assessment.relevance.limit
    return abs((result.difference if result else None) or 0.0) / limit if limit else 0.0


def _told(chosen: Sequence[Assessment]) -> str:
    """Each with value, time, Riket and certainty."""
    return listing(
        f"{_quoted(a.result)} ({of.beside_nation(a.result)}, {of.certainty(a.vs_nation)})"
        for a in chosen
        if a.result and a.vs_nation
    )


def targets(assessments: Sequence[Assessment], whose: str = AREA) -> str:
    """Target levels certainly reached and certainly missed, and the one with most left."""
    judged = [a for a in assessments if of.is_reached(a) is not None]
    if not judged:
        return ""
    met = sum(of.is_reached(a) is True and of.is_certain(a) for a in judged)
    missed = sum(of.is_reached(a) is False and of.is_certain(a) for a in judged)
    unsure = len(judged) - met - missed
    far = sorted((a for a in judged if of.missed(a)), key=of.by_target)
    if len(judged) == 1:
        klass = (
            "säkert uppnådd"
            if met
            else "säkert inte uppnådd"
            if missed
            else "varken säkert uppnådd eller säkert missad"
        )
        return f"{capital(whose)} enda prövade målnivå är {klass}{_most_left(far)}."
    if unsure == len(judged):
        return f"Ingen av {number(len(judged))} prövade målnivåer är säkert uppnådd eller säkert missad."
    parts = [
        plural(met, "säkert uppnådd", "säkert uppnådda") if met else "",
        plural(missed, "säkert inte uppnådd", "säkert inte uppnådda") if missed else "",
    ]
    open_ = f" ({number(unsure)} är {'osäker' if unsure == 1 else 'osäkra'})" if unsure else ""
    told = listing(part for part in parts if part)
    return f"Av {number(len(judged))} prövade målnivåer är {told}{open_}{_most_left(far)}."


def _most_left(missed: Sequence[Assessment]) -> str:
    for a in missed[:1]:
        found = of.missed(a)
        assert a.result is not None
        assert found is not None
        assert found.gap is not None
        assert a.vs_target is not None
        left = difference_in_words(a.result.indicator, found.gap)
        told = f"{of.value(a.result)}, {of.level(found, a.result)}, {left} kvar, {of.certainty(a.vs_target, 'avstånd')}"
        return f"; mest återstår för {_quoted(a.result)} ({told})"
    return ""


def spread(assessments: Sequence[Assessment]) -> str:
    """For Riket: where the regions differ most."""
    widest = summary.widest_spread([a.result for a in assessments if a.result])[:1]
    return "".join(f"Mest skiljer sig regionerna i {_quoted(r)}, {of.span(r)}." for r in widest)


def trends(assessments: Sequence[Assessment]) -> str:
    """How many get worse and better, and the clearest of each."""
    sound = [a for a in assessments if a.result and not a.result.is_flagged]
    said = []
    for klass in ("försämras", "förbättras"):
        group = sorted((a for a in sound if of.trend(a) == klass), key=of.by_change)
        for a in group[:1]:
            assert a.result is not None
            name, told = _quoted(a.result), of.moved(a)
            clearest = f"tydligast {name} {told.removeprefix(klass)[1:]}"
            if len(group) == 1:
                said.append(f"{name} {told}")
            elif said:
                said.append(f"{number(len(group))} {klass}, {clearest}")
            else:
                them = "måtten" if _values(assessments) == "mått" else "värdena"
                said.append(f"Av {them} {klass} {number(len(group))}, {clearest}")
    return f"{', medan '.join(said)}." if said else ""


def falls_behind(assessments: Sequence[Assessment]) -> str:
    """What loses ground to Riket without a trend of its own, the largest change first."""
    behind = [a for a in overall.watch(assessments) if of.relation(a) in of.BEHIND and of.trend(a) is None][:1]
    return "".join(f"{_quoted(r)} {a.relation}: {of.distance_course(r)}." for a in behind if (r := a.result))


def unknown(assessments: Sequence[Assessment]) -> str:
    """How many values are described without being judged, and why; empty where the opening has said so."""
    why = [a for a in assessments if _why(a)]
    is_nation = any(a.unit.is_nation for a in assessments)
    if not why or (len(why) == len(assessments) and not is_nation):
        return ""
    them = "det" if len(why) == 1 else "de"
    tail = "" if is_nation else f"; {them} bedöms inte mot riket"
    one, many = ("mått", "mått") if _values(assessments) == "mått" else ("värde", "värden")
    return f"{capital(_reasons(why, f'för {plural(len(why), one, many)}', noun=(one, many)))}{tail}."


def _reasons(assessments: Sequence[Assessment], whole: str, noun: tuple[str, str] | None = None) -> str:
    """`för 6 är osäkerheten okänd och för 2 …`, the most common first; `whole` where one reason holds for all.

    noun: what the first number counts, where the sentence has not said so.
    """
    found = Counter(why for a in assessments if (why := _why(a)))
    (first, count), *rest = sorted(found.items(), key=lambda row: (-row[1], _ORDER.index(row[0])))
    if not rest:
        return f"{whole} {first[1]}"
    counted = plural(count, *noun) if noun else number(count)
    return listing([f"för {counted} {first[1]}", *(f"för {number(n)} {reason[1]}" for reason, n in rest)])


def _why(a: Assessment) -> tuple[str, str] | None:
    """Why the value is not judged, or None where it is; for Riket, which is compared with no one, what it lacks."""
    assert a.result is not None
    if a.vs_nation is None:
        if a.result.is_flagged:
            return _QUESTIONED
        if a.result.state != "aktuell":
            return _OLD
        return _UNKNOWN if a.uncertainty.level == "C" else None
    if a.vs_nation.klass in _SIDES:
        return None
    if a.vs_nation.klass == "beskrivande":
        return _UNKNOWN
    return next((told for start, told in _REASONS.items() if a.vs_nation.reason.startswith(start)), _UNSURE)


def _quoted(result: Result) -> str:
    """The name inside a sentence."""
    return f"”{of.name_of(result)}”"
