from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator

import pytest

from varddialog.data.sources.answers import Untrusted, figure, last_year, one_by_one
from varddialog.data.sources.base import Done, Event, Wanted
from varddialog.errors import SourceError


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("4556,2", 4556.2),
        ("42 219,6", 42219.6),
        ("42\u00a0219,6", 42219.6),
        ("1\u202f000", 1000.0),
        ("-0,5", -0.5),
        ("\u22120,5", -0.5),
        (7, 7.0),
        ("", None),
        (" ", None),
        (None, None),
    ],
)
def test_numbers_and_swedish_texts_of_numbers_are_read(given: object, number: float | None) -> None:
    assert figure(given, "här") == number


@pytest.mark.parametrize("given", ["X", "..", "1,2,3", "nan", float("inf"), True, [], {}])
def test_what_is_no_number_is_told(given: object) -> None:
    with pytest.raises(Untrusted, match="är inget tal"):
        figure(given, "här")


@pytest.mark.parametrize("given", [2023, "2023", "2021-2023", "2021\u20132023", " 2023 "])
def test_the_year_of_a_value_is_the_last_that_it_covers(given: object) -> None:
    assert last_year(given, "här") == 2023


@pytest.mark.parametrize("given", ["2023-Q1", "23", "2023M01", None, "", 20231])
def test_what_is_no_year_is_told(given: object) -> None:
    with pytest.raises(Untrusted, match="är inget år"):
        last_year(given, "här")


def test_a_series_that_is_not_trusted_leaves_the_others_and_all_faults_are_told() -> None:
    def ask(one: Wanted) -> Iterator[Event]:
        if one.series != "B":
            raise Untrusted(f"fel i {one.series}", "här")
        yield Done(one.series)

    with pytest.raises(SourceError) as error:
        list(one_by_one([Wanted(s, ()) for s in "ABC"], ask))
    assert [(f.where, f.what) for f in error.value.faults] == [("A, här", "fel i A"), ("C, här", "fel i C")]


def test_a_series_that_is_trusted_is_given_before_the_faults_are_told() -> None:
    def ask(one: Wanted) -> Iterator[Event]:
        if one.series == "A":
            raise Untrusted("fel", "här")
        yield Done(one.series)

    events = one_by_one([Wanted(s, ()) for s in "AB"], ask)

    assert next(events) == Done("B")
    with pytest.raises(SourceError):
        next(events)


def test_a_source_that_is_not_reached_is_not_asked_again() -> None:
    asked = []

    def ask(one: Wanted) -> Iterator[Event]:
        asked.append(one.series)
        raise SourceError
        yield

    with pytest.raises(SourceError):
        list(one_by_one([Wanted(s, ()) for s in "AB"], ask))
    assert asked == ["A"]


def test_what_is_not_trusted_survives_pickling() -> None:
    error = Untrusted("fel", "här")
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert str(back) == str(error)
