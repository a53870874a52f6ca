"""Values and differences in words, with their unit."""

from __future__ import annotations

from varddialog import swedish
from varddialog.assessment.points import Point
from varddialog.assessment.results import Result
from varddialog.model.indicator import Indicator
from varddialog.swedish import EN_DASH, MISSING, NBSP, number, signed, with_unit

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def moment(when: str) -> str:
    """`2025` stays, `2026-06` becomes `juni 2026`."""
    year, _, month = when.partition("-")
    return f"{_MONTHS[int(month) - 1]}{NBSP}{year}" if month else year


def short_moment(when: str) -> str:
    """`2025` stays, `2026-06` becomes `6/2026`, for axes and narrow columns."""
    year, _, month = when.partition("-")
    return f"{int(month)}/{year}" if month else year


def period(indicator: Indicator, when: str) -> str:
    """What a value covers: `2025`, `2021–2024`, `juni 2026`."""
    if indicator.period.years > 1:
        return f"{int(when) - indicator.period.years + 1}{EN_DASH}{when}"
    return moment(when)


def covered(indicator: Indicator, first: str, last: str) -> str:
    """What values from one time to another cover: `2016–2025`, `2013–2024`, `juli 2025–juni 2026`."""
    if indicator.period.years > 1:
        return swedish.span(int(first) - indicator.period.years + 1, last)
    return swedish.span(moment(first), moment(last))


def figure(indicator: Indicator, value: float | None) -> str:
    """A value with its short unit, as beside a heading: `87,3 %`."""
    text = number(value, indicator.decimals)
    if value is None:
        return text
    return f"index {text}" if indicator.measure == "index" else with_unit(text, indicator.unit.short)


def in_words(indicator: Indicator, value: float) -> str:
    """A value in a sentence: `87,3 procent`, `index 78,1`, `12 dagar`."""
    text = number(value, indicator.decimals)
    if indicator.measure == "index":
        return f"index {text}"
    unit = indicator.unit.label.partition(" (")[0].removeprefix("antal ").removeprefix("antal")
    return with_unit(text, unit)


def difference_in_words(indicator: Indicator, difference: float) -> str:
    """The size of a difference: `2,3 procentenheter`, `120 kronor`."""
    return with_unit(number(abs(difference), indicator.decimals), _difference_unit(indicator, difference))


def against_nation(result: Result) -> str:
    """`+2,3 procentenheter`; a dash where nothing is compared: Riket itself, Riket missing, a questioned value."""
    if result.difference is None or result.is_flagged:
        return MISSING
    shown = shown_difference(result)
    return with_unit(signed(shown, result.indicator.decimals), _difference_unit(result.indicator, shown))


def _difference_unit(indicator: Indicator, difference: float) -> str:
    """The unit of a difference; one percentage point is singular."""
    unit = indicator.unit.difference
    one = unit == "procentenheter" and round(abs(difference), indicator.decimals) == 1
    return "procentenhet" if one else unit


def shown_difference(result: Result) -> float:
    """The difference between the two values as they are printed, so that a reader who subtracts gets the same."""
    assert result.nation_now is not None
    places = result.indicator.decimals
    return round(round(result.latest.value, places) - round(result.nation_now.value, places), places)


def interval(indicator: Indicator, point: Point) -> str:
    """The publisher's 95 % interval, or an empty string."""
    if point.low is None or point.high is None:
        return ""
    return swedish.interval(point.low, point.high, indicator.decimals)
