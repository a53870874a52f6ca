"""Cells that become rows: sums, shares, intervals, groups, and what is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest
from tests.data.sources.servers.tables import Table as Served
from tests.data.sources.servers.tables import Variable as ServedVariable

from varddialog.data.rows import Observation
from varddialog.data.sources.jsonstat import read_cube
from varddialog.data.sources.tablerows import Rows, rows
from varddialog.data.sources.tables import Table, Variable, asked
from varddialog.errors import SourceError
from varddialog.model.live import TableQuery

PERIODS = {"0": "2020-2023", "1": "2021-2024"}


def made(cells: Mapping[tuple[str, ...], float | None], split: dict[str, list[str]], **keys: Any) -> Rows:
    """The rows of a table split by Region, År and `split`, with these cells in that order of variables."""
    names = ["Region", "År", *split]
    texts = [{"13": "Halland"}, PERIODS, *({code: code for code in codes} for codes in split.values())]
    served = Served("T", [ServedVariable(n, t) for n, t in zip(names, texts, strict=True)], time="År")
    for codes, value in cells.items():
        served.put(value, **dict(zip(names, codes, strict=True)))
    table = Table("T", "", {v.code: Variable(v.code, v.texts, False) for v in served.variables})
    asks = asked(TableQuery(api="fohm", table="T", time="År", **keys), table, ["13"])
    (block,) = asks.blocks(10_000)
    return rows("A", asks, block, read_cube(served.json_stat(block), "T"))


def numbers(found: Rows) -> list[tuple[float | None, ...]]:
    return [tuple(row[7:]) for row in found.rows]


def test_several_codes_are_summed() -> None:
    cells = {("13", "1", age): 10.0 + int(age) for age in ("1", "2", "3")}
    found = made(cells, {"Ålder": ["1", "2", "3"]}, select={"Ålder": ["1..3"]})
    assert found.rows == [Observation("A", "13", 2024, "", "T", "", "", 36.0, None, None, None, None)]


def test_a_missing_value_gives_no_row_and_no_zero() -> None:
    found = made({("13", "1"): None, ("13", "0"): 0.0}, {})
    assert [(row.year, row.value) for row in found.rows] == [(2023, 0.0)]
    assert not found.broken


def test_a_sum_with_a_missing_part_is_missing_and_told() -> None:
    found = made({("13", "1", "1"): 5.0}, {"Ålder": ["1", "2"]}, select={"Ålder": ["1", "2"]})
    assert found.rows == []
    assert [(key.region, key.year) for key in found.broken] == [("13", 2024)]


SHARE = {"variable": "Ålder", "part": ["2"], "whole": ["1", "2"]}


def test_a_share_is_computed_and_keeps_its_counts_when_asked_to() -> None:
    cells = {("13", "1", "1"): 947.0, ("13", "1", "2"): 53.0}
    assert numbers(made(cells, {"Ålder": ["1", "2"]}, share=SHARE)) == [(5.3, None, None, None, None)]
    counted = made(cells, {"Ålder": ["1", "2"]}, share={**SHARE, "counts": True})
    assert numbers(counted) == [(5.3, None, None, 53.0, 1000.0)]


def test_a_share_of_nothing_is_missing() -> None:
    assert made({("13", "1", "1"): 0.0, ("13", "1", "2"): 0.0}, {"Ålder": ["1", "2"]}, share=SHARE).rows == []


def test_an_interval_and_the_number_of_answers_stand_beside_the_value() -> None:
    cells = {("13", "1", "01"): 68.4, ("13", "1", "02"): 66.0, ("13", "1", "03"): 70.8, ("13", "1", "04"): 1203.0}
    interval = {"variable": "Andel", "value": "01", "low": "02", "high": "03", "count": "04"}
    found = made(cells, {"Andel": ["01", "02", "03", "04"]}, interval=interval)
    assert numbers(found) == [(68.4, 66.0, 70.8, None, 1203.0)]


def test_a_value_without_an_interval_keeps_no_limits_and_limits_without_a_value_are_no_row() -> None:
    cells = {("13", "1", "01"): 68.4, ("13", "0", "02"): 66.0}
    interval = {"variable": "Andel", "value": "01", "low": "02", "high": "03"}
    assert numbers(made(cells, {"Andel": ["01", "02", "03"]}, interval=interval)) == [(68.4, None, None, None, None)]


def test_groups_and_sexes_are_written_as_the_store_has_them() -> None:
    cells = {("13", "1", "1", "09"): 4.0, ("13", "1", "2", "11"): 5.0}
    groups = {"grouping": "födelseland", "variable": "Född", "codes": {"09": "Inrikes född", "11": "Utrikes född"}}
    sex = {"variable": "Kön", "K": "1", "M": "2"}
    found = made(cells, {"Kön": ["1", "2"], "Född": ["09", "11"]}, sex=sex, groups=groups)
    assert {(row.sex, row.grouping, row.group, row.value) for row in found.rows} == {
        ("K", "födelseland", "Inrikes född", 4.0),
        ("M", "födelseland", "Utrikes född", 5.0),
    }


def test_a_table_about_women_alone_gives_rows_of_women() -> None:
    assert made({("13", "1"): 3.0}, {}, sex="K").rows[0].sex == "K"


def answer(**dimensions: list[str]) -> dict[str, Any]:
    """An answer with these dimensions and codes, every cell 1."""
    sizes = [len(codes) for codes in dimensions.values()]
    return {
        "version": "2.0",
        "class": "dataset",
        "id": list(dimensions),
        "size": sizes,
        "dimension": {name: {"category": {"index": codes}} for name, codes in dimensions.items()},
        "value": [1] * math.prod(sizes),
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (answer(Region=["13"], År=["1"]), r"andra koder i «År» än de som efterfrågades \(0\)"),
        (answer(Region=["13", "14"], År=["0", "1"]), r"andra koder i «Region» än de som efterfrågades \(14\)"),
        (answer(Region=["13"], Tid=["0", "1"]), "saknar dimensionen «År»; det har Region, Tid"),
        (answer(Region=["13"], År=["0", "1"], Kön=["1", "2"]), "uppdelat efter «Kön», som inte efterfrågades"),
    ],
)
def test_an_answer_to_another_question_is_not_trusted(given: dict[str, Any], words: str) -> None:
    table = Table("T", "", {"Region": Variable("Region", {"13": ""}, False), "År": Variable("År", PERIODS, False)})
    asks = asked(TableQuery(api="fohm", table="T", time="År"), table, ["13"])
    with pytest.raises(SourceError, match=words):
        rows("A", asks, asks.codes, read_cube(given, "T"))
