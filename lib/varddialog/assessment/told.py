"""What may be told of an assessment: only what the values a reader sees bear out too."""

from __future__ import annotations

from varddialog.assessment.assess import Assessment
from varddialog.assessment.results import Result
from varddialog.assessment.targets import TargetResult
from varddialog.assessment.uncertainty import comparable

# robust spreads of the regions; two leave about one region in twenty outside when nothing is odd
FAR = 2.0
BEHIND = ("halkar efter riket", "tappar försprång mot riket")
_REACHED = ("uppnådd", "inom", "måttlig nivå uppnådd", "hög nivå uppnådd")
_MISSED = ("ej uppnådd", "under", "över")


def change(assessment: Assessment) -> float:
    """How far a value has gone in its trend's direction, in relevance limits; 0 where there is none to measure by."""
    result, limit = assessment.result, assessment.relevance.limit
    if result is None or limit is None or result.indicator.period.kind == "månad":
        return 0.0
    points = comparable(result.indicator, result.points)
    return abs(points[-1].value - points[0].value) / limit


def trend(assessment: Assessment) -> str | None:
    """The trend's class; None where there is none to tell.

    The first and last values must tell the same story.
    """
    result, answer = assessment.result, assessment.trend
    if result is None or answer is None or answer.klass not in ("förbättras", "försämras"):
        return None
    points = comparable(result.indicator, result.points)
    if result.indicator.period.kind != "månad":
        places = result.indicator.decimals
        gone = round(points[-1].value, places) - round(points[0].value, places)
        if (gone * result.indicator.turn > 0) != (answer.klass == "förbättras") or gone == 0:
            return None
    return answer.klass


def distances(result: Result) -> tuple[tuple[str, float], tuple[str, float]]:
    """The first and last times that the unit and Riket share, with the difference of the values as printed."""
    places = result.indicator.decimals
    shared = [
        (p, result.nation[p.when]) for p in comparable(result.indicator, result.points) if p.when in result.nation
    ]
    shared = [(p, nation) for p, nation in shared if not nation.is_questioned]
    ends = [(p.when, round(round(p.value, places) - round(n.value, places), places)) for p, n in shared]
    return ends[0], ends[-1]


def relation(assessment: Assessment) -> str | None:
    """How the distance to Riket develops, where its first and last values tell the same story; otherwise None."""
    result, said = assessment.result, assessment.relation
    if result is None or said is None:
        return None
    (_, first), (_, last) = distances(result)
    first, last = first * result.indicator.turn, last * result.indicator.turn
    told = {
        "närmar sig riket": first < last <= 0,
        "drar ifrån riket": first < last and last > 0,
        "halkar efter riket": last < first and last < 0,
        "tappar försprång mot riket": last < first and first > 0,
    }
    return said if told.get(said, False) else None


def is_reached(assessment: Assessment) -> bool | None:
    """Whether the value reaches its first target level, certainly or not; None where that is not judged."""
    klass = assessment.vs_target.klass if assessment.vs_target else ""
    if klass.startswith(_MISSED):
        return False
    return True if klass.startswith(_REACHED) else None


def is_certain(assessment: Assessment) -> bool:
    """Whether the answer on the target level is certain."""
    return assessment.vs_target is not None and assessment.vs_target.klass.endswith(", säkert")


def missed(assessment: Assessment) -> TargetResult | None:
    """The target level that the value certainly misses."""
    if is_reached(assessment) is not False or not is_certain(assessment) or assessment.result is None:
        return None
    found = assessment.result.targets[0]
    return found if found.gap and found.target.level else None


def is_far(assessment: Assessment) -> bool:
    """Whether the value lies far from Riket for how the regions spread, without a known uncertainty."""
    answer, result = assessment.vs_nation, assessment.result
    if result is None or answer is None or answer.klass != "beskrivande":
        return False
    return result.distance is not None and abs(result.distance) >= FAR
