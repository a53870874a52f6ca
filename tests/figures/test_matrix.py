"""The matrix: rows in code order, bars as long as their numbers."""

from __future__ import annotations

import pytest
from tests.across import CODES, NAMES, UNITS, links, paths, texts, words

from varddialog.assessment.across import Counts
from varddialog.figures.matrix import matrix
from varddialog.model.catalogue import Catalogue

BLUE, ORANGE = "#0b5394", "#b84a00"


@pytest.fixture
def drawn(catalogue: Catalogue) -> str:
    dimensions = catalogue.framework.dimensions
    found = {
        code: {d.number: Counts(i % 7, 20 + i, (i + d.number) % 5, 50 + i) for d in dimensions}
        for i, code in enumerate(CODES)
    }
    return matrix(found, dimensions, UNITS, {code: f"{code}/index.html" for code in NAMES}, "alt").svg


def test_rows_are_in_code_order_and_lead_to_their_units(drawn):
    rows = [t for _, _, t in sorted(words(drawn), key=lambda w: w[1]) if t in NAMES.values()]
    assert rows == list(NAMES.values())
    assert links(drawn) == {f"{code}/index.html": name for code, name in NAMES.items()}


def test_every_number_stands_in_its_row(drawn):
    lines = {t: y for _, y, t in words(drawn) if t in NAMES.values()}
    for i, code in enumerate(CODES):
        row = sorted(t for _, y, t in words(drawn) if y == lines[NAMES[code]] and t.isdigit())
        wanted = [n for d in (1, 2, 3, 4) for n in (i % 7, (i + d) % 5) if n] + [20 + i, 50 + i] * 4
        assert row == sorted(map(str, wanted))


def test_bars_are_as_long_as_their_numbers_to_the_right_for_better(drawn):
    widths = {}
    for colour in (BLUE, ORANGE):
        bars = [ring for e in paths(drawn, fill=colour) for ring in e if len(ring) == 4]
        bars = [r for r in bars if max(y for _, y in r) - min(y for _, y in r) > 8]
        widths[colour] = sorted(max(x for x, _ in r) - min(x for x, _ in r) for r in bars)
    a_unit = widths[BLUE][-1] / 6
    better = sorted(i % 7 for i in range(21) for _ in range(4) if i % 7)
    worse = sorted((i + d) % 5 for i in range(21) for d in (1, 2, 3, 4) if (i + d) % 5)
    assert widths[BLUE] == pytest.approx([a_unit * n for n in better], abs=0.25)
    assert widths[ORANGE] == pytest.approx([a_unit * n for n in worse], abs=0.25)
    starts = {c: {r[0][0] for e in paths(drawn, fill=c) for r in e if len(r) == 4} for c in (BLUE, ORANGE)}
    assert len(starts[BLUE] & starts[ORANGE]) == 4  # one middle a dimension


def test_the_dimensions_are_named(drawn, catalogue):
    told = " ".join(texts(drawn))
    for dimension in catalogue.framework.dimensions:
        assert dimension.name in told


def test_a_country_without_judged_indicators_is_drawn_without_bars(catalogue):
    dimensions = catalogue.framework.dimensions
    found = {code: {d.number: Counts(0, 0, 0, 3) for d in dimensions} for code in CODES}
    svg = matrix(found, dimensions, UNITS, {}, "").svg
    assert texts(svg).count("3") == 84
