"""The overview (översikten): every indicator of a dimension on one sheet, after figure 13 of the framework's report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from varddialog.assessment.answer import Answer
from varddialog.assessment.assess import Assessment
from varddialog.assessment.results import Result
from varddialog.figures.frame import columns, runs
from varddialog.figures.measure import wrapped
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.strip import MARK, strip
from varddialog.figures.style import ACCENT, COLOURS, FAINT, INK, MUTED, SIZE, ZEBRA
from varddialog.model.units import Unit, Units
from varddialog.prose.answers import SHORT
from varddialog.prose.result import best_name
from varddialog.prose.words import short_moment
from varddialog.swedish import number

# an A4 sheet on its side within 8 mm margins; rows as high as there is room for, and never lower than the text
WIDTH, ROOM = 785.0, 560.0
HEAD, _LOWEST, _HIGHEST, _LINE = 14.0, 8.8, 16.0, 10.0
# left edges (texts) and right edges (figures) of the columns
_AREA, _AREA_END, _NAME, _NAME_END, _VALUE, _NATION, _YEAR = 0.0, 80.0, 86.0, 308.0, 346.0, 383.0, 389.0
_STRIP, _STRIP_END, _BEST, _BEST_END, _SERIES, _SERIES_END = 424.0, 520.0, 528.0, 588.0, 594.0, 636.0
_ANSWERS = (645.0, 690.0, 735.0)  # where each answer's mark has its left edge
_YEARS, _MONTHS, _SERIES_HEIGHT = 10, 12, 10.0


def pitch_for(rows: int, room: float = ROOM) -> float:
    """How high each row is when so many share `room` points below the head."""
    return max(_LOWEST, min(_HIGHEST, (room - HEAD) / max(rows, 1)))


def in_page(result: Result) -> str:
    """The address of a result's card on the same page."""
    return f"#{result.anchor}"


def overview(
    area: str,
    assessments: Sequence[Assessment],
    units: Units,
    alt: str,
    key: str,
    head: bool,
    pitch: float,
    address: Callable[[Result], str] = in_page,
) -> Drawing:
    """One area's rows: name, value, Riket, year, the regions on a strip, the best of them, the series, three answers.

    assessments: those with a result. The areas of a dimension are drawn one by one, so that paper can break between
    them; `head` is set for the first. Right is better on every strip; colour tells classes alone. address: where a
    row's name leads.
    """
    top, title = HEAD if head else 0.0, wrapped(area, _AREA_END - _AREA, SIZE, bold=True)
    body = max(pitch * len(assessments), pitch / 2 + _LINE * (len(title) - 0.5) + 1)
    sheet = Sheet(WIDTH, top + body)
    if head:
        _head(sheet, assessments[0].unit)
    sheet.line([(0, body), (WIDTH, body)], INK, 0.6)
    for i, line in enumerate(title):
        sheet.text(_AREA, body - pitch / 2 - _LINE * i, line, weight="bold", room=_AREA_END - _AREA)
    for i, assessment in enumerate(assessments):
        y = body - pitch * (i + 0.5)
        if i % 2:
            ground = [(_NAME - 2, y - pitch / 2), (WIDTH, y - pitch / 2), (WIDTH, y + pitch / 2)]
            sheet.area([*ground, (_NAME - 2, y + pitch / 2)], ZEBRA)
        _row(sheet, assessment, units, y, pitch, address)
    return sheet.finish(key, alt)


def row_name(result: Result) -> str:
    """The name with its unit, the sex where there is no total, and whether the series speaks of today."""
    ending = {"K": ", kvinnor", "M": ", män"}.get(result.sex, "") if result.only_sex else ""
    unit = result.indicator.unit.short
    about = [unit.removesuffix(" inv.") if unit.startswith("per ") else unit]
    about += [result.state] if result.state != "aktuell" else []
    said = ", ".join(part for part in about if part)
    return result.indicator.name + ending + (f" ({said})" if said else "")


def _head(sheet: Sheet, unit: Unit) -> None:
    y = sheet.height - HEAD / 2
    sheet.text(_NAME, y, "Mått", color=MUTED)
    if not unit.is_nation:
        sheet.text(_VALUE, y, unit.name, ha="right", color=ACCENT, weight="bold")
    sheet.text(_NATION, y, "Riket", ha="right", weight="bold" if unit.is_nation else "")
    sheet.text(_YEAR, y, "År", color=MUTED)
    sheet.text(_STRIP_END, y, "Regionerna, bättre →", ha="right", color=MUTED)
    sheet.text(_BEST, y, "Bäst", color=MUTED)
    sheet.text(_SERIES, y, "Över tid", color=MUTED)
    asked = ("Regionerna" if unit.is_nation else "Mot riket", "Mot mål", "Utveckling")
    for x, words in zip(_ANSWERS, asked, strict=True):
        sheet.text(x, y, words, color=MUTED, room=_ANSWERS[1] - _ANSWERS[0] - 4 if x < _ANSWERS[-1] else 0.0)


def _row(
    sheet: Sheet, assessment: Assessment, units: Units, y: float, pitch: float, address: Callable[[Result], str]
) -> None:
    result = assessment.result
    assert result is not None
    places, nation = result.indicator.decimals, result.nation_now
    ink = MUTED if result.state != "aktuell" or result.is_flagged else INK
    end = _VALUE if result.unit.is_nation else _NAME_END
    sheet.text(_NAME, y, row_name(result), color=ink, url=address(result), room=end - _NAME)
    value = number(result.latest.value, places)
    if result.unit.is_nation:
        sheet.text(_NATION, y, value, ha="right", color=ink, weight="bold")
    else:
        sheet.text(_VALUE, y, value, ha="right", color=ink, weight="bold")
        sheet.text(_NATION, y, number(nation.value if nation else None, places), ha="right", color=ink)
    sheet.text(_YEAR, y, short_moment(result.latest.when), color=MUTED)
    strip(sheet, assessment, _STRIP, _STRIP_END, y, pitch)
    if best := best_name(result, units):
        weight, colour = ("bold", INK) if best == result.unit.name else ("", MUTED)
        sheet.text(_BEST, y, best, color=colour, weight=weight, room=_BEST_END - _BEST)
    _series(sheet, result, y, min(pitch - 3, _SERIES_HEIGHT))
    first = assessment.variation if result.unit.is_nation else assessment.vs_nation
    for x, answer in zip(_ANSWERS, (first, assessment.vs_target, assessment.trend), strict=True):
        if answer is not None:
            _answer(sheet, answer, x, y)


def _answer(sheet: Sheet, answer: Answer, x: float, y: float) -> None:
    """The class as a mark with a word; what cannot be judged is the mark alone, so that the others are seen."""
    word = SHORT[answer.klass]
    sheet.mark(x + MARK / 2, y, answer.klass, MARK if word else 0.8 * MARK, "" if word else FAINT)
    if word:
        sheet.text(x + MARK + 2.5, y, word, color=COLOURS[answer.klass])


def _series(sheet: Sheet, result: Result, y: float, height: float) -> None:
    """The last ten years, or twelve months, from lowest to highest; what is missing is left open."""
    monthly = "-" in result.latest.when
    points = result.points[-_MONTHS:] if monthly else result.points[-_YEARS:]
    if len(points) < 3:
        return
    low, high = min(p.value for p in points), max(p.value for p in points)
    across = columns([p.when for p in points])
    first, last = across[points[0].when], across[points[-1].when]
    line = [
        (
            _SERIES + (across[p.when] - first) / (last - first) * (_SERIES_END - _SERIES),
            y + height * ((p.value - low) / (high - low) - 0.5 if high > low else 0.0),
        )
        for p in points
    ]
    for run in runs([across[p.when] for p in points], [b.year for b in result.indicator.breaks]):
        if len(run) > 1:
            sheet.line(line[run.start : run.stop], ACCENT, 1.0)
        else:
            sheet.dots(line[run.start : run.stop], 1.6, ACCENT)
    sheet.dots(line[-1:], 2.8, ACCENT)
