"""Making a process ready for many packs: the ground taken over, and every piece of a report made once for nothing.

What is loaded on the way (templates, locale, fonts, styles) is then there when a pack is opened in the process, or in
one forked from it.
"""

from __future__ import annotations

from pathlib import Path

from varddialog.assessment.ground import take_over
from varddialog.pack.opening import open_pack


def ready(path: str) -> None:
    """Take over the ground that `hand_over` wrote to `path`, and make Riket's reports in memory."""
    on, cycle = take_over(Path(path))
    for dimension in on.catalogue.framework.dimensions:
        pack = open_pack(dimension.number, on.catalogue.units.nation.name, cycle)
        for leaf in dimension.leaves():
            pack.area(leaf.slug)
        for piece in (pack.style, pack.header, pack.summary, pack.overview, pack.grading, pack.context, pack.method):
            piece()
        pack.glue()
