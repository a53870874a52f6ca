"""Queries that cannot mean anything are told when they are read."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from varddialog.model.catalogue import Catalogue
from varddialog.model.live import EurostatQuery, ForeignFile, TableQuery

INTERVAL = {"variable": "Andel", "value": "01", "low": "02", "high": "03"}
SHARE = {"variable": "Alder", "part": ["80..100+"], "whole": ["0..100+"]}


def table(**keys: Any) -> TableQuery:
    return TableQuery(api="fohm", table="A/B.px", **keys)


@pytest.mark.parametrize(
    "keys",
    [
        {"select": {"Region": ["00"]}},
        {"select": {"Kön": ["1"]}, "sex": {"variable": "Kön", "T": "1+2"}},
        {"select": {"Alder": ["tot"]}, "share": SHARE},
        {"time": "Alder", "share": SHARE},
        {"region": "Andel", "interval": INTERVAL},
    ],
)
def test_a_variable_is_chosen_in_once(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="väljs två gånger"):
        table(**keys)


@pytest.mark.parametrize(
    "keys", [{"select": {"Ålder": ["1", "2"]}}, {"select": {"Ålder": ["16..84"]}}, {"share": SHARE}]
)
def test_an_interval_is_of_one_figure_and_not_of_a_sum(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="ett intervall kan inte summeras"):
        table(interval=INTERVAL, **keys)


def test_a_table_may_be_about_one_sex_alone() -> None:
    assert table(sex="K").sex == "K"


def test_an_international_series_stands_once() -> None:
    series = {"id": "A", "publisher": "B", "unit": "C"}
    with pytest.raises(ValidationError, match="serien A står två gånger"):
        ForeignFile.model_validate({"series": [series, series]})


def test_series_that_one_data_set_gives_differ_in_what_they_select(catalogue: Catalogue) -> None:
    asked = [query for series in catalogue.foreign.values() for query in series.live]
    assert len({query.model_dump_json() for query in asked}) == len(asked)
    assert any(isinstance(query, EurostatQuery) for query in asked)
