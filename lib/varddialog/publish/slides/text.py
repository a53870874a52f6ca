"""Text on slides: paragraphs in placeholders, native tables, notes, footers; Swedish on every run."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from varddialog.figures.style import INK, MUTED, RULE
from varddialog.publish.slides.template import EMU, FOOTER, LANGUAGE, NUMBER

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # a table without style and grid; ours are set cell by cell
# the mean width of a letter of Calibri in shares of the size of its text
_LETTER = 0.47
# a title's size by the number of its letters: two lines at most
_TITLES = ((118, 26), (150, 22), (190, 18))
_LONGEST = 215


@dataclass(frozen=True)
class Words:
    """A paragraph: its text, size in points, colour and weight, and the room before it in points."""

    text: str
    points: float = 14
    colour: str = INK
    bold: bool = False
    before: float = 0


def title_size(text: str) -> float:
    """The size at which a title takes two lines at most."""
    return next((points for most, points in _TITLES if len(text) <= most), 16)


def shortened(text: str, most: int = _LONGEST) -> str:
    """The text, cut at a word where it is longer than its place can hold; the whole stands in the notes."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} …"


def lines(text: str, inches: float, points: float) -> int:
    """About how many lines the text takes."""
    return max(1, math.ceil(len(text) * points * _LETTER / 72 / inches))


def fill(shape: Any, *paragraphs: Words) -> None:
    """Replace the placeholder's text."""
    from pptx.util import Pt

    frame = shape.text_frame
    for number, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = words.text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(words.points), words.bold, rgb(words.colour)
        paragraph.space_before = Pt(words.before)


def write(shape: Any, text: str, points: float | None = None) -> None:
    """One paragraph as the layout sets it, or in another size."""
    from pptx.util import Pt

    shape.text_frame.text = text
    if points is not None:
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(points)


@dataclass(frozen=True)
class Heading:
    """A row of a table that spans it and names those below."""

    text: str
    colour: str = INK


def table(
    placeholder: Any,
    header: Sequence[str],
    rows: Sequence[Heading | Sequence[str]],
    widths: Sequence[float],
    alt: str,
    points: float = 13,
) -> None:
    """A native table with a header row. widths: inches. alt: its text alternative."""
    from pptx.util import Inches

    frame = placeholder.insert_table(rows=len(rows) + 1, cols=len(header))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    grid = frame.table
    grid.horz_banding = False
    grid._tbl.tblPr.find(f"{{{_DRAWING}}}tableStyleId").text = _NO_STYLE
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Inches(width)
    _row(grid, 0, [Words(text, points - 1, MUTED, bold=True) for text in header], 1.25)
    for at, row in enumerate(rows, 1):
        if isinstance(row, Heading):
            grid.cell(at, 0).merge(grid.cell(at, len(header) - 1))
            _row(grid, at, [Words(row.text, points, row.colour, bold=True)], 1.0)
        else:
            _row(grid, at, [Words(text, points, bold=i == 0) for i, text in enumerate(row)], 0.5)
    for row_, height in zip(grid.rows, heights(rows, widths, points), strict=True):
        row_.height = Inches(height)
    frame.height = sum(row_.height for row_ in grid.rows)


def heights(rows: Sequence[Heading | Sequence[str]], widths: Sequence[float], points: float) -> list[float]:
    """The rows' heights in inches, the header's first."""
    line = points * 1.2 / 72
    found = [line + 0.1]
    for row in rows:
        most = (
            1
            if isinstance(row, Heading)
            else max(lines(text, w - 0.12, points) for text, w in zip(row, widths, strict=True))
        )
        found.append(most * line + 0.13)
    return found


def _row(grid: Any, at: int, cells: Sequence[Words], rule: float) -> None:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches, Pt

    for column, words in enumerate(cells):
        cell = grid.cell(at, column)
        cell.margin_left, cell.margin_right = 0, Inches(0.12)
        cell.margin_top = cell.margin_bottom = Inches(0.04)
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM if at == 0 else MSO_ANCHOR.MIDDLE
        run = cell.text_frame.paragraphs[0].add_run()
        run.text = words.text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(words.points), words.bold, rgb(words.colour)
    for column in range(len(grid.columns)):
        _line_below(grid.cell(at, column), rule)


def _line_below(cell: Any, points: float) -> None:
    from pptx.oxml import parse_xml

    line = (
        f'<a:lnB xmlns:a="{_DRAWING}" w="{round(points * 12_700)}"><a:solidFill><a:srgbClr val="{RULE[1:]}"/>'
        "</a:solidFill></a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))


def feet(layout: Any) -> list[Any]:
    """The layout's footer and number of the slide, as they are put on each slide."""
    found = []
    for shape in layout.placeholders:
        if shape.placeholder_format.idx in (FOOTER, NUMBER):
            element = copy.deepcopy(shape._element)
            for inherited in (*element.spPr, *element.txBody.find(f"{{{_DRAWING}}}lstStyle")):
                inherited.getparent().remove(inherited)
            found.append(element)
    return found


def foot(slide: Any, models: Sequence[Any], text: str) -> None:
    """The footer and the number of the slide, which a new slide does not take over from its layout."""
    for number, model in enumerate(models, len(slide.shapes) + 10):
        element = copy.deepcopy(model)
        element.nvSpPr.cNvPr.set("id", str(number))
        slide.shapes._spTree.append(element)
        if element.ph_idx == FOOTER:
            slide.shapes[-1].text_frame.text = text


def notes(slide: Any, paragraphs: Sequence[str]) -> None:
    """What the speaker reads beside the slide."""
    page = slide.notes_slide
    page.notes_text_frame.text = "\n".join(paragraphs)
    for number, shape in enumerate(page.shapes):
        shape.name = ("Bild", "Anteckningar", "Nummer")[min(number, 2)]


def swedish(element: Any) -> None:
    """The language of every run and every empty paragraph."""
    for name in ("r", "fld", "br"):
        for run in element.iter(f"{{{_DRAWING}}}{name}"):
            properties = run.find(f"{{{_DRAWING}}}rPr")
            if properties is None:
                properties = run.makeelement(f"{{{_DRAWING}}}rPr", {})
                run.insert(0, properties)
            properties.set("lang", LANGUAGE)
    for end in element.iter(f"{{{_DRAWING}}}endParaRPr", f"{{{_DRAWING}}}defRPr"):
        end.set("lang", LANGUAGE)


def height_of(shape: Any) -> float:
    """In inches."""
    return float(shape.height) / EMU


def rgb(colour: str) -> Any:
    """A colour of the palette as the library wants it."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour[1:].upper())
