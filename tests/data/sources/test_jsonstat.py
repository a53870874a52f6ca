"""JSON-stat as three sources write it, and what is not it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pandas as pd
import pytest
from jsonstat_validator import validate_jsonstat
from tests.data.sources.servers.eurostat import EurostatServer
from tests.data.sources.servers.tables import Table, Variable

from varddialog.data.rows import ForeignValue
from varddialog.data.sources.jsonstat import read_cube, read_shape
from varddialog.errors import SourceError
from varddialog.model.live import EurostatQuery

SAMPLES = Path(__file__).parent / "samples"
# two dimensions, one with its codes as a list and one with them as positions out of order
SMALL: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "Folkmängd",
    "updated": "2026-01-15",
    "id": ["Region", "Tid"],
    "size": [2, 2],
    "dimension": {
        "Region": {"category": {"index": ["00", "13"], "label": {"00": "Riket", "13": "Halland"}}},
        "Tid": {"category": {"index": {"2024": 1, "2023": 0}}},
    },
    "value": [10, 11, None, 2.5],
}


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def small(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(SMALL), **changes}


@pytest.mark.parametrize(
    ("name", "where", "value"),
    [
        ("scb2-TAB638", {"Region": "1480", "Tid": "2023"}, 600151),
        ("fohm-mobbning", {"Region": "21", "År": "2021-2022"}, 5),
        ("eurostat-demo_r_mlifexp", {"sex": "F", "age": "Y_LT1", "geo": "EL", "time": "2023"}, 84.2),
    ],
)
def test_a_recorded_answer_is_valid_and_read_whole(name: str, where: dict[str, str], value: float) -> None:
    data = sample(name)
    assert validate_jsonstat(data)
    cube = read_cube(data, name)
    cells = list(cube.cells())
    given = [v for v in (data["value"].values() if isinstance(data["value"], dict) else data["value"]) if v is not None]
    assert len(cells) == cube.size
    assert sorted(v for _, v, _ in cells if v is not None) == sorted(given)
    assert [v for codes, v, _ in cells if where.items() <= codes.items()] == [value]


def test_what_the_servers_of_the_tests_answer_is_valid() -> None:
    table = Table("T", [Variable("Region", {"00": "Riket", "13": "Halland"}), Variable("Tid", {"2024": "2024"})])
    table.put(1.5, Region="13", Tid="2024")
    values = pd.DataFrame([("EU_A", "SE", 2024, 2.2, "B")], columns=ForeignValue._fields)
    query = EurostatQuery(api="eurostat", dataset="set", select={"unit": "PC"})
    with EurostatServer.of(values, {"EU_A": query}) as server, urlopen(f"{server.address}/data/set?unit=PC") as given:
        answers = [json.load(given), table.json_stat({"Region": ["00", "13"], "Tid": ["2024"]})]
    assert all(validate_jsonstat(answer) for answer in [*answers, table.json_stat_metadata()])


def test_metadata_of_version_2_are_valid_and_have_every_code_and_text() -> None:
    data = sample("scb2-TAB638-metadata")
    assert validate_jsonstat(data)
    shape = read_shape(data, "TAB638")
    assert shape.codes["Kon"] == ("1", "2")
    assert shape.labels["Civilstand"]["ÄNKL"] == "änkor/änklingar"
    assert shape.updated == "2025-02-21T07:00:00Z"


def test_cells_come_in_the_order_of_the_positions_with_the_last_dimension_fastest() -> None:
    cells = [(codes["Region"], codes["Tid"], value) for codes, value, _ in read_cube(small(), "x").cells()]
    assert cells == [("00", "2023", 10.0), ("00", "2024", 11.0), ("13", "2023", None), ("13", "2024", 2.5)]


def test_dense_and_sparse_give_the_same_cells() -> None:
    sparse = small(value={"3": 2.5, "0": 10, "1": 11})
    assert list(read_cube(sparse, "x").cells()) == list(read_cube(small(), "x").cells())


@pytest.mark.parametrize(
    ("status", "marks"),
    [
        (None, ["", "", "", ""]),
        ("p", ["p", "p", "p", "p"]),
        (["p"], ["p", "p", "p", "p"]),
        (["", None, "..", "e"], ["", "", "..", "e"]),
        ({"2": ".."}, ["", "", "..", ""]),
    ],
)
def test_marks_stand_beside_the_values_however_they_are_written(status: Any, marks: list[str]) -> None:
    assert [mark for _, _, mark in read_cube(small(status=status), "x").cells()] == marks


def test_a_sign_instead_of_a_number_is_missing_and_becomes_the_mark() -> None:
    cells = list(read_cube(small(value=[1, "..", ":", 0]), "x").cells())
    assert [(value, mark) for _, value, mark in cells] == [(1, ""), (None, ".."), (None, ":"), (0, "")]


def test_the_only_code_may_be_known_by_its_label_alone() -> None:
    data = small(size=[1, 2], value=[1, 2])
    data["dimension"]["Region"] = {"category": {"label": {"00": "Riket"}}}
    assert read_cube(data, "x").codes["Region"] == ("00",)


def test_an_answer_without_a_single_cell_is_read() -> None:
    data = small(size=[0, 2], value={})
    data["dimension"]["Region"] = {"category": {"index": {}, "label": {}}}
    assert list(read_cube(data, "x").cells()) == []


def test_cells_are_read_one_at_a_time() -> None:
    cells = read_cube(small(value=[1, 2, 3, "fyra"]), "x").cells()
    assert next(cells)[1] == 1.0
    with pytest.raises(SourceError, match="'fyra', som inte är ett tal"):
        list(cells)


BROKEN = [
    ([], "utan en lista"),
    ({"class": "collection", "version": "2.0"}, "klassen «collection»"),
    (small(version="1.0"), "i version 1.0"),
    ({"dataset": {}}, "det har fälten dataset"),
    ({"error": [{"status": 413, "label": "EXTRACTION_TOO_BIG"}]}, "källan svarade: .*EXTRACTION_TOO_BIG"),
    (small(id=None), "saknar «id», «size» eller «dimension»"),
    (small(id=["Region"]), "går inte ihop"),
    (small(id=["Region", "Region"]), "går inte ihop"),
    (small(id=["Region", ["Tid"]]), "går inte ihop"),
    (small(id=["Region", "År"]), "«År» ska ha 2 koder, men har inga koder"),
    (small(size=[3, 2]), "«Region» ska ha 3 koder, men har 2 koder"),
    (small(dimension={**SMALL["dimension"], "Region": {"category": {"index": {"00": 0, "13": 2}}}}), "inga koder"),
    (small(dimension={**SMALL["dimension"], "Region": {"category": {"index": ["00", "00"]}}}), "inga koder"),
    (small(dimension={**SMALL["dimension"], "Region": {"category": {"index": "00"}}}), "inga koder"),
    (small(dimension={**SMALL["dimension"], "Region": "00"}), "inga koder"),
    (small(value=[1, 2, 3]), "har 3 värden, men dimensionerna ger 4"),
    (small(value={"4": 1}), "utanför de 4"),
    (small(value={"-1": 1}), "utanför de 4"),
    (small(value={"a": 1}), "inte är heltal"),
    (small(value=None), "varken en lista eller"),
    (small(value=[1, 2, 3, True]), "inte är ett tal"),
    (small(value=[1, 2, 3, float("nan")]), "inte är ett tal"),
    (small(value=[1, 2, 3, float("inf")]), "inte är ett tal"),
    (small(status=["p", "e"]), "har 2 värden, men dimensionerna ger 4"),
    (small(status=4), "varken en lista eller"),
]


@pytest.mark.parametrize(("data", "words"), BROKEN)
def test_anything_else_is_told_with_what_is_wrong_and_where(data: Any, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        list(read_cube(data, "A_Mo8/tabell.px").cells())
    assert str(caught.value).startswith("A_Mo8/tabell.px: ")


def test_an_unknown_dimension_is_told_with_those_that_are_there() -> None:
    with pytest.raises(SourceError, match=r"saknar dimensionen «Regoin»; det har Region, Tid\. Menade du «Region»\?"):
        read_cube(small(), "x").demand("Regoin")
