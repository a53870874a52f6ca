"""The page of a review: each cell that differs, with numbers, tables, figures and texts side by side. Needs no other
file, runs nothing and fetches nothing, whatever stands in the report."""

from __future__ import annotations

from collections.abc import Sequence

from varddialog.batch.review.difference import NOTHING, Pictured
from varddialog.batch.review.drawings import AFTER, BEFORE
from varddialog.batch.review.rendered import Rendered
from varddialog.batch.review.review import Checked
from varddialog.batch.review.why import Why
from varddialog.pack.fragment import templates

# a cell that is another one altogether would make a page that nobody reads
MOST = 200


def review_page(rendered: Rendered, checked: Sequence[Checked], because: Why) -> str:
    """The page as HTML."""
    differ = [cell for cell in checked if cell.result != "lika"]
    made = templates("varddialog.batch.review").get_template("review.html.j2")
    return made.render(
        title=rendered.job.title,
        file=rendered.path.name,
        checked=checked,
        differ=differ,
        same=[cell for cell in checked if cell.result == "lika"],
        reasons=because.told([cell.name for cell in differ]),
        observations=because.observations,
        most=MOST,
        nothing=NOTHING,
        before=BEFORE,
        after=AFTER,
        is_pictured=lambda difference: isinstance(difference, Pictured),
    )
