"""What a query asks of a table: every variable and code is checked, and large questions are split."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import pytest

from varddialog.data.sources.tables import Asked, Misfit, Table, Variable, asked
from varddialog.model.live import TableQuery

COUNTIES = {"00": "Riket", "01": "Stockholms län", "13": "Hallands län"}
AGES = {**{str(age): f"{age} år" for age in range(100)}, "100+": "100+ år", "tot": "totalt ålder"}
YEARS = {"0": "2022", "1": "2023", "2": "2024"}
SEXES = {"1": "män", "2": "kvinnor"}


def table(**variables: dict[str, str]) -> Table:
    """Region, Kon and Alder may be left out; the others not."""
    every = {"Region": COUNTIES, "Alder": AGES, "Kon": SEXES, "ContentsCode": {"N1": "Folkmängd"}, "Tid": YEARS}
    every |= variables
    free = ("Alder", "Kon")
    return Table("BE/Folk", "Folkmängd", {c: Variable(c, texts, c in free) for c, texts in every.items() if texts})


def query(**keys: Any) -> TableQuery:
    return TableQuery(api="scb", table="BE/Folk", **keys)


def ask(found: Table, *regions: str, **keys: Any) -> Asked:
    return asked(query(**keys), found, regions or tuple(COUNTIES))


def test_a_range_is_every_code_between_in_the_tables_own_order() -> None:
    codes = ask(table(), select={"Alder": ["98..100+", "0..2"]}).codes["Alder"]
    assert list(codes) == ["0", "1", "2", "98", "99", "100+"]


def test_a_share_asks_once_for_the_codes_of_part_and_whole() -> None:
    found = ask(table(), share={"variable": "Alder", "part": ["80..100+"], "whole": ["0..100+"]})
    assert len(found.codes["Alder"]) == 101
    assert "tot" not in found.codes["Alder"]
    assert len(found.part) == 21


def test_a_variable_that_can_be_left_out_is_and_one_with_a_single_code_gets_it() -> None:
    codes = ask(table()).codes
    assert set(codes) == {"Region", "Tid", "ContentsCode"}
    assert codes["ContentsCode"] == ["N1"]


def test_a_code_may_be_written_as_its_text() -> None:
    found = ask(table(), select={"Alder": ["totalt ålder"]}, sex={"variable": "Kon", "K": "Kvinnor", "M": "män"})
    assert found.codes["Alder"] == ["tot"]
    assert found.sexes == {"1": "M", "2": "K"}


def test_the_year_of_a_period_is_the_last_one_of_its_text() -> None:
    found = ask(table(Tid={"a": "2013-2016", "b": "2017\u20132020", "c": " 2021 - 2024 ", "d": "2020/2025"}))
    assert found.years == {"a": 2016, "b": 2020, "c": 2024, "d": 2025}


def test_only_the_years_from_first_to_last_are_asked_for() -> None:
    assert ask(table(), first=2023, last=2023).codes["Tid"] == ["1"]


def test_counties_are_found_by_the_form_that_their_codes_have_in_the_table() -> None:
    found = ask(
        table(Region={"00": "Riket", "0980L": "Gotland", "13L": "Halland"}),
        "00", "09", "13", "25",
        region_code="{}L",
        regions={"00": "00", "09": "0980L"},
    )  # fmt: skip
    assert found.regions == {"00": "00", "0980L": "09", "13L": "13"}
    assert found.absent == ["25"]


def test_a_table_of_riket_alone_has_no_region_to_be_asked_for() -> None:
    assert "Region" not in ask(table(Region={}), region=None).codes


MISFITS: list[tuple[Table, dict[str, Any], str]] = [
    (
        table(),
        {"select": {"Ålder": ["0"]}},
        "ingen variabel heter «Ålder»; de som finns är Region, .*Menade du «Alder»",
    ),
    (table(), {"select": {"Kon": ["1+2"]}}, r"«Kon» har inte koden «1\+2», men 1 \(män\), 2 \(kvinnor\)"),
    (table(), {"select": {"Alder": ["total ålder"]}}, "med flera, 102 koder. .*Menade du «totalt ålder»"),
    (table(), {"select": {"Alder": ["20..120"]}}, "har inte koden «120»"),
    (table(), {"select": {"Alder": ["64..20"]}}, "står 20 före 64"),
    (table(Kon={"1": "båda", "2": "båda"}), {"select": {"Kon": ["båda"]}}, "heter flera koder «båda»: 1, 2"),
    (table(Enhet={"1": "antal", "2": "andel"}), {}, r"«Enhet» måste väljas.*1 \(antal\), 2 \(andel\)"),
    (table(Region={"SE": "Riket"}), {}, "har ingen av koderna 00, 01, 13"),
    (table(Tid={"2024M01": "2024M01"}), {}, "perioden «2024M01» i «Tid» är varken ett år eller flera"),
    (table(), {"first": 2025}, "inga perioder från 2025 till slutet finns"),
    (table(), {"sex": {"variable": "Kon", "K": "1", "M": "2"}}, "koden «1» i «Kon» heter «män».*läser den som K"),
    (table(), {"sex": {"variable": "Kon", "T": "2"}}, "heter «kvinnor».*läser den som T"),
    (
        table(Kon={"0": "kvinnor och män"}),
        {"sex": {"variable": "Kon", "M": "0"}},
        "heter «kvinnor och män».*läser den som M",
    ),
    (table(), {"groups": {"grouping": "ålder", "variable": "Alder", "codes": {"0-19": "0–19"}}}, "inte koden «0-19»"),
]


@pytest.mark.parametrize(("found", "keys", "words"), MISFITS)
def test_what_the_table_does_not_have_is_told_with_what_it_has(found: Table, keys: dict[str, Any], words: str) -> None:
    with pytest.raises(Misfit, match=words) as caught:
        ask(found, **keys)
    assert str(caught.value).startswith("BE/Folk: Frågan passar inte tabellen: ")


@pytest.mark.parametrize("limit", [101, 202, 303, 304, 610, 909, 10_000])
def test_a_large_question_is_split_by_period_then_region_into_pieces_that_fit(limit: int) -> None:
    found = ask(table(), select={"Alder": ["0..100+"]})
    blocks = list(found.blocks(limit))
    cells = [cell for block in blocks for cell in itertools.product(*block.values())]
    assert all(len(list(itertools.product(*block.values()))) <= limit for block in blocks)
    assert Counter(cells) == Counter(itertools.product(*found.codes.values()))
    assert all(list(block["Alder"]) == list(found.codes["Alder"]) for block in blocks)
    assert len(blocks) == {101: 9, 202: 6, 303: 3, 304: 3, 610: 2, 909: 1, 10_000: 1}[limit]


def test_a_question_whose_smallest_piece_is_too_large_is_told() -> None:
    with pytest.raises(Misfit, match="en period för en region är 101 celler, och högst 100 får hämtas"):
        next(ask(table(), select={"Alder": ["0..100+"]}).blocks(100))
