"""Native charts that can be edited: a history with Riket and the target level, or the regions as bars."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from varddialog.assessment.assess import Assessment
from varddialog.assessment.results import Result
from varddialog.figures.frame import Scale, padded
from varddialog.figures.style import ACCENT, COLOURS, INK, MUTED, REGIONS, RULE
from varddialog.model.units import Units
from varddialog.prose import deck as say
from varddialog.prose.words import short_moment
from varddialog.publish.slides.template import LANGUAGE
from varddialog.publish.slides.text import rgb, swedish

FEWEST_IN_LINE = 3  # values that make a history, as in the reports
FEWEST_BARS = 3
SHEET = "Data"


@dataclass(frozen=True)
class Line:
    """A series of a chart; a missing value is a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Figures:
    """What a chart is drawn of: the names along its axis, and its series."""

    categories: tuple[str, ...]
    lines: tuple[Line, ...]


def history(result: Result) -> Figures:
    """The unit, Riket and each target level, at every year or month from the first to the last.

    Only moments at which the unit or Riket has a value are known; those between stand as gaps.
    """
    nation = {} if result.unit.is_nation else result.nation
    moments = _moments(sorted({*(p.when for p in result.points), *nation}))
    mine = {p.when: p.value for p in result.points}
    lines = [Line(result.unit.name, tuple(mine.get(w) for w in moments))]
    if nation:
        lines.append(Line("Riket", tuple(nation[w].value if w in nation else None for w in moments)))
    for target in (t.target for t in result.targets if t.target.match != "annat"):
        for level in (target.level, target.upper):
            if level is not None:
                lines.append(Line(say.target_name(level, result), (level,) * len(moments)))
    unique = {line.name: line for line in lines}  # two issuers may set the same level
    return Figures(tuple(short_moment(w) for w in moments), tuple(unique.values()))


def by_region(result: Result, units: Units) -> Figures:
    """The regions and Riket at the time of the latest value, the largest first."""
    values = {units.by_code[code].name: value for code, value in result.regions_now.items()}
    if result.nation_now is not None:
        values["Riket"] = result.nation_now.value
    ordered = sorted(values.items(), key=lambda found: (found[1], found[0]))
    line = Line(say.unit_of_measure(result), tuple(value for _, value in ordered))
    return Figures(tuple(name for name, _ in ordered), (line,))


def has_history(result: Result) -> bool:
    """Whether there are values enough for a line."""
    return len(result.points) >= FEWEST_IN_LINE


def has_regions(result: Result) -> bool:
    """Whether there are regions enough for bars."""
    return len(result.regions_now) >= FEWEST_BARS


def draw(placeholder: Any, a: Assessment, figures: Figures, alt: str, day: dt.date) -> None:
    """Put the chart into its placeholder. alt: its text alternative. day: stands as the date of the data behind it."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    assert a.result is not None
    lines = len(figures.lines) > 1 or figures.lines[0].name == a.unit.name
    pattern = number_format(a.result.indicator.decimals)
    data = CategoryChartData(number_format=pattern)
    data.categories = figures.categories
    for line in figures.lines:
        data.add_series(line.name, line.values)
    frame = placeholder.insert_chart(XL_CHART_TYPE.LINE_MARKERS if lines else XL_CHART_TYPE.BAR_CLUSTERED, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(figures, pattern, day))
    for reference in chart._chartSpace.iter("{*}f"):
        reference.text = reference.text.replace("Sheet1!", f"{SHEET}!")
    _common(chart, say.unit_of_measure(a.result))
    if lines:
        _lines(chart, a, figures, pattern)
    else:
        _bars(chart, a, figures, pattern)
    swedish(chart._chartSpace)


def number_format(decimals: int) -> str:
    """The office's own way to write it: the decimal sign is the reader's, in Swedish a comma."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _moments(known: Sequence[str]) -> list[str]:
    """Every year, or every month, from the first to the last."""
    first, last = known[0], known[-1]
    if "-" not in first:
        return [str(year) for year in range(int(first), int(last) + 1)]
    start, end = (int(w[:4]) * 12 + int(w[5:]) - 1 for w in (first, last))
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def _workbook(figures: Figures, pattern: str, day: dt.date) -> bytes:
    """The table behind the chart, which «Redigera data» opens."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": dt.datetime.combine(day, dt.time())})
    sheet, style = book.add_worksheet(SHEET), book.add_format({"num_format": pattern})
    for row, category in enumerate(figures.categories, 1):
        sheet.write_string(row, 0, category)
    for column, line in enumerate(figures.lines, 1):
        sheet.write_string(0, column, line.name)
        for row, value in enumerate(line.values, 1):
            if value is not None:
                sheet.write_number(row, column, value, style)
    book.close()
    return out.getvalue()


def _common(chart: Any, unit: str) -> None:
    """Text, frame and the unit above the axis."""
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(12), "Calibri"
    chart.font.color.rgb = rgb(INK)
    space = chart._chartSpace
    namespace = space.nsmap["c"]
    for old in space.findall(f"{{{namespace}}}lang"):
        space.remove(old)
    language = parse_xml(f'<c:lang xmlns:c="{namespace}" val="{LANGUAGE}"/>')
    before = space.find(f"{{{namespace}}}date1904")
    space.insert(0 if before is None else list(space).index(before) + 1, language)
    chart.has_title = True
    frame = chart.chart_title.text_frame
    frame.text = unit
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold, run.font.color.rgb = Pt(12), False, rgb(MUTED)
    title = chart.chart_title._element
    layout = title.find(f"{{{namespace}}}layout")
    if layout is not None:
        title.remove(layout)
    # in the upper left corner, as in the reports
    place = parse_xml(
        f'<c:layout xmlns:c="{namespace}"><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
        '<c:x val="0.005"/><c:y val="0.005"/></c:manualLayout></c:layout>'
    )
    title.find(f"{{{namespace}}}tx").addnext(place)
    chart.chart_title.include_in_layout = False


def _lines(chart: Any, a: Assessment, figures: Figures, pattern: str) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    result = a.result
    assert result is not None
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    known = [v for line in figures.lines for v in line.values if v is not None]
    low, high = padded(min(known), max(known))
    ticks = [at for at, _ in Scale(0, 1, low, high).ticks()]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else (high - low) / 2
    axis = chart.value_axis
    bottom = ticks[0] - step if ticks[0] > low else ticks[0]
    if result.indicator.unit.low is not None:
        bottom = max(bottom, result.indicator.unit.low)
    top = ticks[-1] + step if ticks[-1] < high else ticks[-1]
    if result.indicator.unit.high is not None:
        top = min(top, result.indicator.unit.high)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = round(bottom, 6), round(top, 6), round(step, 6)
    _axes(chart, number_format(0 if step >= 1 else 1 if step >= 0.1 else 2))
    chart.category_axis.tick_labels.font.size = Pt(11)
    for line, series in zip(figures.lines, chart.plots[0].series, strict=True):
        series.smooth = False
        look = series.format.line
        series.marker.style = XL_MARKER_STYLE.NONE
        if line.name == result.unit.name:
            look.color.rgb, look.width = rgb(ACCENT), Pt(2.75)
            series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = rgb(ACCENT)
            series.marker.format.line.color.rgb = rgb(ACCENT)
        elif line.name == "Riket":
            look.color.rgb, look.width, look.dash_style = rgb(MUTED), Pt(2), MSO_LINE.DASH
        else:
            look.color.rgb, look.width, look.dash_style = rgb(INK), Pt(1.25), MSO_LINE.ROUND_DOT
    _marks(chart.plots[0].series[0], a, figures)
    _last_values(chart.plots[0].series, result, figures, pattern, bottom + (top - bottom) / 10)


def _marks(series: Any, a: Assessment, figures: Figures) -> None:
    """Breaks part the line, questioned values are open, the latest has the colour of its class."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    result = a.result
    assert result is not None
    at = {moment: i for i, moment in enumerate(figures.categories)}
    broken = {
        next(p.when for p in result.points if p.year >= b.year)
        for b in result.indicator.breaks
        if result.points[0].year < b.year <= result.points[-1].year
    }
    for p in result.points:
        latest = p is result.latest and a.vs_nation is not None and not p.is_questioned
        if not (latest or p.is_questioned or p.when in broken):
            continue
        edge = COLOURS[a.vs_nation.klass] if latest and a.vs_nation is not None else ACCENT
        point = series.points[at[short_moment(p.when)]]
        # a point that has any look of its own has to have all of it: what it lacks is drawn as the program likes
        point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 9 if latest else 6
        point.marker.format.fill.solid()
        point.marker.format.fill.fore_color.rgb = rgb("#ffffff" if p.is_questioned else edge)
        point.marker.format.line.color.rgb = rgb(edge)
        if p.when in broken:
            point.format.line.fill.background()
        else:
            point.format.line.color.rgb, point.format.line.width = rgb(ACCENT), Pt(2.75)


def _last_values(series: Any, result: Result, figures: Figures, pattern: str, foot: float) -> None:
    """The latest values of the unit and Riket beside their points, each on its own side.

    foot: below this value there is no room under a point.
    """
    nation = result.nation_now
    above = nation is None or result.unit.is_nation or result.latest.value >= nation.value
    last = figures.categories.index(short_moment(result.latest.when))
    for line, one in zip(figures.lines, series, strict=True):
        mine, value = line.name == result.unit.name, line.values[last]
        if value is not None and line.name in (result.unit.name, "Riket"):
            side = "t" if mine == above or value < foot else "b"
            _value_label(one, last, side, pattern, ACCENT if mine else MUTED)


def _value_label(series: Any, at: int, side: str, pattern: str, colour: str) -> None:
    """A label that follows the value when the data are edited."""
    from pptx.oxml import parse_xml

    namespace = series._element.nsmap["c"]
    text = (
        '<c:txPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:bodyPr/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr lang="{LANGUAGE}" sz="1400" b="1"><a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'
        f'</a:defRPr></a:pPr><a:endParaRPr lang="{LANGUAGE}"/></a:p></c:txPr>'
    )
    shown = "".join(
        f'<c:{name} val="{int(name == "showVal")}"/>'
        for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    hidden = shown.replace('"1"', '"0"')
    label = (
        f'<c:dLbls xmlns:c="{namespace}"><c:dLbl><c:idx val="{at}"/><c:numFmt formatCode="{pattern}" sourceLinked="0"/>'
        f'<c:spPr/>{text}<c:dLblPos val="{side}"/>{shown}</c:dLbl>{hidden}</c:dLbls>'
    )
    series._element.insert_element_before(
        parse_xml(label), "c:trendline", "c:errBars", "c:cat", "c:val", "c:smooth", "c:extLst"
    )


def _bars(chart: Any, a: Assessment, figures: Figures, pattern: str) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    assert a.result is not None
    chart.has_legend = False
    plot = chart.plots[0]
    plot.gap_width = 35
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked, labels.show_value = pattern, False, True
    labels.position, labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(10)
    _axes(chart, pattern)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    low, high = min(v for v in figures.lines[0].values if v is not None), max(v or 0 for v in figures.lines[0].values)
    if low >= 0:
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, round(high * 1.12, 6) or 1
    chart.category_axis.tick_labels.font.size = Pt(10)
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(REGIONS)
    for name in {"Riket", a.unit.name}:
        if name in figures.categories:
            fill = series.points[figures.categories.index(name)].format.fill
            fill.solid()
            fill.fore_color.rgb = rgb(ACCENT if name == a.unit.name else MUTED)


def _axes(chart: Any, pattern: str) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    across, up = chart.category_axis, chart.value_axis
    up.has_major_gridlines = True
    up.major_gridlines.format.line.color.rgb, up.major_gridlines.format.line.width = rgb(RULE), Pt(0.75)
    up.format.line.fill.background()
    up.major_tick_mark = across.major_tick_mark = XL_TICK_MARK.NONE
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = pattern, False
    up.tick_labels.font.size = Pt(11)
    across.format.line.color.rgb = rgb(MUTED)
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
