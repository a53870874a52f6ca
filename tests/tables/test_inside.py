"""The table behind the values within a region."""

from __future__ import annotations

import re

from tests.places import one, rows

from varddialog.assessment.inside import Inside
from varddialog.tables.inside import places


def cells(found: Inside) -> list[list[str]]:
    html = str(places(found)).replace("\u00a0", " ")
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)]


def test_a_row_for_each_place_the_best_first_and_the_region_and_riket_last() -> None:
    of = [*rows([10.0, 20.0, 15.0]), *rows([11.0, 21.0], 2024)]
    assert cells(one(of)) == [
        ["Kommun", "2024", "2025"],
        ["Lund", "21,0", "20,0"],
        ["Malmö", "–", "15,0"],
        ["Bjuv", "11,0", "10,0"],
        ["Skåne", "55,0", "55,0"],
        ["Riket", "50,0", "50,0"],
    ]
    assert [row[0] for row in cells(one(of, direction="lower_better"))[1:4]] == ["Bjuv", "Malmö", "Lund"]


def test_those_without_a_value_at_the_time_come_last() -> None:
    of = [*rows({"Bjuv": 1.0, "Ystad": 2.0}), *rows({"Alvesta": 9.0}, 2023)]
    assert [row[0] for row in cells(one(of))[1:4]] == ["Ystad", "Bjuv", "Alvesta"]


def test_intervals_and_what_is_hidden() -> None:
    of = rows([10.0, 20.0], low=5.0, high=25.0)
    of[0] = of[0]._replace(numerator=2.0, denominator=20.0)
    assert cells(one(of))[1:3] == [["Lund", "20,0 (5,0–25,0)"], ["Bjuv", "visas inte"]]


def test_names_are_text() -> None:
    assert "&lt;b&gt;" in str(places(one(rows({"<b>": 1.0}, kind="egen"))))
