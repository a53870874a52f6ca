"""Making a process ready for many packs: the ground taken over, and every piece of each report made once for nothing.

What is loaded on the way (templates, locale, fonts, styles) is then there when a pack is opened in the process, or in
one forked from it.
"""

from __future__ import annotations

from pathlib import Path

from varddialog.assessment.ground import take_over
from varddialog.pack.opening import open_pack
from varddialog.pack.opening_focus import open_focus
from varddialog.pack.questions import open_questions


def ready(path: str) -> None:
    """Take over the ground that `hand_over` wrote to `path`, and make Riket's reports in memory, one of each kind."""
    on, cycle = take_over(Path(path))
    for dimension in on.catalogue.framework.dimensions:
        pack = open_pack(dimension.number, on.catalogue.units.nation.name, cycle)
        for leaf in dimension.leaves():
            pack.area(leaf.slug)
        for piece in (pack.style, pack.header, pack.summary, pack.overview, pack.grading, pack.context, pack.method):
            piece()
        pack.glue()
    nation, dialogue = on.catalogue.units.nation.name, on.catalogue.dialogue
    for slug in on.catalogue.cycle(cycle).focus_areas[:1]:
        sheet = open_focus(slug, nation, cycle)
        for piece in (sheet.header, sheet.summary, sheet.results, sheet.comparisons_with_others, sheet.questions):
            piece()
    if dialogue.arenas:
        asked = open_questions(nation, cycle)
        asked.header()
        asked.questions()
