"""The table behind the values within a region: a row for each place, and the region's own and Riket's last."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from varddialog.assessment.inside import Inside
from varddialog.assessment.points import Point
from varddialog.data.rows import Place
from varddialog.prose.inside import NOUNS, heading
from varddialog.prose.words import interval, period
from varddialog.swedish import MISSING, capital, number
from varddialog.tables.html import table

HIDDEN = "visas inte"


def places(inside: Inside) -> Markup:
    """Each place by time, in the order of the drawing: the best first, or the highest where neither way is better."""
    indicator = inside.indicator
    rows = [[place.name, *(_cell(inside, place, when) for when in inside.times)] for place in _ordered(inside)]
    result = inside.result
    if result is not None:
        own = {point.when: point for point in result.points}
        rows += [[name, *_values(inside, of)] for name, of in ((inside.unit.name, own), ("Riket", result.nation)) if of]
    caption = f"{indicator.name}, {indicator.unit.label}. {heading(inside)}"
    return table(caption, [capital(NOUNS[inside.kind][0]), *(period(indicator, when) for when in inside.times)], rows)


def _ordered(inside: Inside) -> list[Place]:
    """Those that have a value at the time that is compared, then the others by name."""
    turn = inside.indicator.turn or 1
    now = [place for place, _ in sorted(inside.now, key=lambda one: (-turn * one[1].value, one[0].name))]
    return now + [place for place in inside.places if place not in now]


def _cell(inside: Inside, place: Place, when: str) -> str:
    if (place.code, when) in inside.hidden | inside.impossible:
        return HIDDEN
    point = inside.values[place.code].get(when)
    return MISSING if point is None else _value(inside, point)


def _values(inside: Inside, points: Mapping[str, Point]) -> list[str]:
    return [_value(inside, points[when]) if when in points else MISSING for when in inside.times]


def _value(inside: Inside, point: Point) -> str:
    """The value with its interval."""
    text, limits = number(point.value, inside.indicator.decimals), interval(inside.indicator, point)
    return f"{text} ({limits})" if limits else text
