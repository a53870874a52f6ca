"""The page of a review: what differs, side by side; nothing runs or is fetched, whatever stands in the report."""

from __future__ import annotations

import re

import html5lib
import pytest
from tests.batch.review.test_drawings import FIGURE
from tests.batch.review.test_rendered import rendered

from varddialog.batch.review import drawings
from varddialog.batch.review.difference import Difference, Pictured
from varddialog.batch.review.page import MOST, review_page
from varddialog.batch.review.rendered import Rendered, open_rendered
from varddialog.batch.review.review import Checked
from varddialog.batch.review.why import Why
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import load_catalogue

HOSTILE = '"><script>alert(1)</script><img src=https://example.org/x onerror=alert(1)>'


@pytest.fixture
def report(small_project: Project) -> Rendered:
    path = small_project.outputs / DEFAULT_CYCLE / "12-skane" / "2-kvalitet-i-tjansterna.ipynb"
    return open_rendered(rendered(small_project, path), small_project, load_catalogue(small_project))


def page(report: Rendered, *found: Difference, because: Why | None = None) -> str:
    made = [Checked("rubrik", 4, found, "a", "b"), Checked("setup", 3, (), "a", "a")]
    html = review_page(report, made, because or Why((), (), "", unchanged=True))
    html5lib.HTMLParser(strict=True).parse(html)
    return html


def test_numbers_tables_and_texts_stand_with_old_and_new(report: Rendered) -> None:
    html = page(report, Difference("tabell", "Vård", "Väntetid: 2024, Gotland", "11,5", "11,9"))
    assert "2 celler är jämförda: 1 lika, 1 skiljer sig." in html
    row = '<th scope="row">Vård: Väntetid: 2024, Gotland</th><td>tabell</td><td><del>11,5</del></td><td><ins>11,9</ins>'
    assert row in html
    assert "<p>setup.</p>" in html


def test_figures_stand_side_by_side_with_a_picture_of_what_differs(report: Rendered) -> None:
    found = drawings.differing(FIGURE, FIGURE.replace("M384.2", "M404"), "Hälsa", "Vaccination: 96,3")
    html = page(report, *found)
    assert re.findall(r"<figcaption>([^:<]*)", html) == ["I rapporten", "Omräknat", "Skillnaden"]
    assert len(re.findall(r'<img src="data:image/svg\+xml;base64,[\w+/=]+" alt="[^"]+">', html)) == 3
    bitmap = Pictured("bild", "", "Karta", "bilden", "en annan bild", ("data:image/png;base64,AA", ""))
    assert "mix-blend-mode" in page(report, bitmap)
    assert "Finns bara i rapporten: Vaccination" in page(report, Difference("figur", "", "", "Vaccination", ""))


def test_why_is_told_with_the_observations(report: Rendered) -> None:
    because = Why(("Uppgifterna är ändrade.",), tuple(f"Mått {i}" for i in range(MOST + 3)), "", unchanged=False)
    html = page(report, because=because)
    assert "<li>Uppgifterna är ändrade.</li>" in html
    assert f"<li>Mått {MOST - 1}</li>\n<li>… och 3 till</li>" in html


def test_what_stands_in_a_report_is_shown_and_never_run(report: Rendered) -> None:
    figure = FIGURE.replace("<path", "<script>alert(1)</script><path", 1).replace("Vaccination: 96,3", "x")
    html = page(
        report,
        Difference("text", HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        *drawings.differing(figure, FIGURE, HOSTILE, HOSTILE),
        because=Why((HOSTILE,), (HOSTILE,), "", unchanged=False),
    )
    assert "<script" not in html
    assert not re.search(r"<[^>]*(onerror|https:)[^>]*>", html)
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in html
