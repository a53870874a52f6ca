"""All regions over time, one small panel each: the same scale in all, better always upwards, the best region first."""

from __future__ import annotations

from varddialog.assessment.answer import Class
from varddialog.assessment.points import Point
from varddialog.assessment.then_and_now import ThenAndNow
from varddialog.figures.frame import columns, padded, runs
from varddialog.figures.key import key, key_height
from varddialog.figures.marks import Place
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import ACCENT, COLOURS, FAINT, INK, MUTED, REGIONS, TARGET, ZEBRA
from varddialog.prose.over_time import span_of_panels
from varddialog.prose.words import short_moment
from varddialog.swedish import number

COLUMNS, WIDTH = 7, 665.0
_CELL, _GAP = WIDTH / COLUMNS, 7.0
_ROW, _WORDS, _CURVE = 52.0, 12.0, 31.0  # a row of panels: its height, that of its words, of its lines
_MARK = 7.0
_UNTOLD: tuple[Class, ...] = ("kan ej bedömas", "beskrivande")


def panels(t: ThenAndNow, alt: str) -> Drawing:
    """A panel for each region with a value: name, latest value, its class against Riket, and its line beside Riket's.

    Regions whose latest value is of another time come last, with that time.
    """
    late = [code for code in sorted(t.assessments) if code not in t.across.regions]
    order = [*t.across.ordered, *late]
    rows = -(-len(order) // COLUMNS)
    classes = [_klass(t, code) for code in order]
    shown = [klass for klass in classes if klass not in _UNTOLD]
    head = key_height(shown, WIDTH)
    sheet = Sheet(WIDTH, rows * _ROW + head + (4 if head else 0))
    scale = _Scale(t)
    for i, code in enumerate(order):
        left, top = i % COLUMNS * _CELL, rows * _ROW - i // COLUMNS * _ROW
        _panel(sheet, t, code, scale, left, top)
    key(sheet, shown, sheet.height)
    return sheet.finish(f"{t.across.example.anchor}-over-tid", alt)


class _Scale:
    """From moments and values to places within a panel; turned where lower is better."""

    def __init__(self, t: ThenAndNow) -> None:
        first, last = span_of_panels(t)
        within = [p for a in t.assessments.values() if a.result for p in a.result.points if first <= p.when <= last]
        self.first, self.nation = first, [p for w, p in sorted(t.across.example.nation.items()) if first <= w <= last]
        targets = (r.target for r in t.across.example.targets if r.target.match != "annat")
        self.levels = [t.level for t in targets if t.level is not None]
        values = [p.value for p in [*within, *self.nation] if not p.is_questioned]
        self.low, self.high = padded(min([*values, *self.levels]), max([*values, *self.levels]))
        self.across = columns(sorted({p.when for p in [*within, *self.nation]}))
        places = self.across.values()
        self.begin, self.end, self.turned = min(places), max(places), t.indicator.turn < 0
        self.breaks = [b.year for b in t.indicator.breaks]

    def place(self, point: Point, left: float, bottom: float) -> Place:
        across = (self.across[point.when] - self.begin) / (self.end - self.begin) if self.end > self.begin else 0.5
        return left + 2 + across * (_CELL - _GAP - 4), self.up(point.value, bottom)

    def up(self, value: float, bottom: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return bottom + (1 - share if self.turned else share) * _CURVE


def _klass(t: ThenAndNow, code: str) -> Class:
    answer = t.assessments[code].vs_nation
    return answer.klass if answer else "kan ej bedömas"


def _panel(sheet: Sheet, t: ThenAndNow, code: str, scale: _Scale, left: float, top: float) -> None:
    result = t.assessments[code].result
    assert result is not None
    klass, right, bottom = _klass(t, code), left + _CELL - _GAP, top - _WORDS - _CURVE - 3
    told = klass not in _UNTOLD
    y = top - _WORDS / 2
    value = number(result.latest.value, t.indicator.decimals)
    if told:
        sheet.mark(right - _MARK / 2, y, klass, _MARK)
    end = right - (_MARK + 2.5 if told else 0)
    sheet.text(end, y, value, ha="right", weight="bold", color=INK if code in t.across.regions else MUTED)
    sheet.text(left, y, t.across.name(code), room=end - left - 5.4 * len(value) - 2)
    ground = [(left, bottom - 2), (right, bottom - 2), (right, bottom + _CURVE + 2), (left, bottom + _CURVE + 2)]
    sheet.area(ground, ZEBRA)
    for level in scale.levels:
        height = scale.up(level, bottom)
        sheet.line([(left, height), (right, height)], TARGET, 0.8, dash=(1, 2))
    _line(sheet, scale, scale.nation, left, bottom, FAINT, 0.8, (3, 2))
    # a questioned value may lie far outside
    mine = [p for p in result.points if p.when >= scale.first and scale.low <= p.value <= scale.high]
    colour = COLOURS[klass] if told else ACCENT
    _line(sheet, scale, mine, left, bottom, colour, 1.6)
    doubted = [scale.place(p, left, bottom) for p in mine if p.is_questioned]
    if doubted:
        sheet.dots(doubted, 4.0, "#ffffff", MUTED)
    if mine and mine[-1] is result.latest and not result.latest.is_questioned:
        sheet.dots([scale.place(mine[-1], left, bottom)], 4.0, colour)
    if code not in t.across.regions:
        sheet.text(right - 2, bottom + 4, short_moment(result.latest.when), ha="right", color=MUTED, fontsize=7.5)


def _line(
    sheet: Sheet,
    scale: _Scale,
    points: list[Point],
    left: float,
    bottom: float,
    colour: str,
    width: float,
    dash: tuple[float, ...] = (),
) -> None:
    """The points joined, but for missing times and breaks; a lone one is a dot."""
    for run in runs([scale.across[p.when] for p in points], scale.breaks):
        part = [scale.place(p, left, bottom) for p in points[run.start : run.stop]]
        if len(part) > 1:
            sheet.line(part, colour, width, dash)
        else:
            sheet.dots(part, 2.2, colour if not dash else REGIONS)
