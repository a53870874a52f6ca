"""The fact sheet (faktablad): a cover, one printed sheet for each report, and the short report, as one PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from varddialog.figures.overview_key import overview_key
from varddialog.figures.sheet import Drawing
from varddialog.model.framework import Dimension
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.pack import Pack
from varddialog.pack.fragment import templates
from varddialog.prose import deck, short
from varddialog.prose.evidence import name_of
from varddialog.publish.method.meanings import MEANINGS
from varddialog.publish.page import mark
from varddialog.publish.paper.pdf import print_pdf
from varddialog.publish.paper.short_report import material, paper, text
from varddialog.swedish import plural
from varddialog.tables import html as tables

# points for the overview's rows on a sheet; the rest holds title, sentences and foot
ROOM = 452.0
# the sheets follow the cover
_FIRST = 2
# links lead into the report, which paper is without
_LINK = re.compile(r"</?a\b[^>]*>")
_FACES = "Segoe UI, Source Sans 3, Noto Sans, Lucida Grande, Gill Sans, Calibri, Verdana, sans-serif"
# the questions whose answers the cover explains; the key of the overview tells the rest
_OF_REGION, _OF_NATION = ("Mot riket", "Utveckling"), ("Variation mellan regioner", "Utveckling")


@dataclass(frozen=True)
class Sheet:
    """One report on one sheet."""

    dimension: Dimension
    title: str
    said: Sequence[str]
    drawings: Sequence[Drawing]
    groups: Markup
    foot: Sequence[str]


def fact_sheet(packs: Sequence[Pack]) -> bytes:
    """The PDF of one unit. packs: all of its reports. Raises CannotPrint."""
    return print_pdf(fact_sheet_page(packs))


def fact_sheet_page(packs: Sequence[Pack]) -> str:
    """What is printed."""
    first, reports = packs[0], material(packs)
    pages = [_sheet(pack, report) for pack, report in zip(packs, reports, strict=True)]
    contents = [(f"blad-{page.dimension.number}", page.title, i) for i, page in enumerate(pages, _FIRST)]
    contents.append(("i-korthet", "I korthet: en text på två sidor", _FIRST + len(packs)))
    return (
        templates("varddialog.publish")
        .get_template("paper/fact_sheet.html.j2")
        .render(
            unit=first.unit,
            cycle=first.cycle,
            paper=paper(),
            headlines=[
                (title, [(name_of(result), words) for result, words in lines])
                for title, lines in short.headlines(reports, first.unit)
            ],
            contents=contents,
            marks=list(_marks(first.unit)),
            key=_for_paper(
                overview_key(first.unit, any(t.reached for p in packs for r in p.results for t in r.targets))
            ),
            usual=short.USUAL,
            pages=pages,
            text=text(packs, linked=False),
        )
    )


def _marks(unit: Unit) -> Iterator[tuple[Markup, str]]:
    """The marks of the classes, and what they mean."""
    asked = _OF_NATION if unit.is_nation else _OF_REGION
    for question, _, rows in MEANINGS:
        if question in asked:
            for row in rows:
                yield Markup("<br>").join(mark(klass) for klass in row.classes), row.said


def _sheet(pack: Pack, report: short.Material) -> Sheet:
    found, name = pack.sheet(ROOM), pack.dimension.name
    compared = report.comparisons
    title = deck.of_groups(name, compared) if compared else deck.of_dimension(name, report.assessments, pack.unit)
    shown = {a.indicator.id: a.indicator for a in report.assessments} | {c.indicator.id: c.indicator for c in compared}
    out = {indicator.id for indicator in found.left_out}
    return Sheet(
        pack.dimension,
        title,
        short.beside_sheet(report, pack.unit),
        [_for_paper(drawing) for drawing in found.drawings],
        Markup(_LINK.sub("", tables.gaps(compared, pack.unit))) if compared else Markup(""),
        _foot([i for i in shown.values() if i.id not in out], len(out)),
    )


def _for_paper(drawing: Drawing) -> Drawing:
    """Without links, and with the typefaces in the drawing itself: WeasyPrint gives it none of the page's."""
    svg = _LINK.sub("", drawing.svg).replace("<svg ", f'<svg font-family="{_FACES}" ', 1)
    return Drawing(svg, drawing.alt)


def _foot(shown: Sequence[Indicator], left_out: int) -> list[str]:
    """Where the figures come from, how to read the sheet, and what is not on it."""
    said = [
        "Källa, definition och vad måttet inte fångar står vid varje mått i rapporten.",
        "Tecknen förklaras på omslaget.",
    ]
    publishers = len({i.source.publisher for i in shown})
    # of what the project has computed, only the publisher is named
    for channel, _ in Counter(i.source.channel for i in shown if not i.is_computed).most_common(1):
        said.insert(0, f"Uppgifter från {plural(publishers, 'utgivare', 'utgivare')}, mest via {channel}.")
    if left_out:
        said.append(f"{plural(left_out, 'mått', 'mått')} med äldre eller avslutade uppgifter visas bara i rapporten.")
    return said
