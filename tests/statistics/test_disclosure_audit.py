"""What can be worked out from a table with hidden cells; `test_disclosure` goes through every possibility."""

from __future__ import annotations

from varddialog.statistics.disclosure_audit import Sum, Table

ROWS = (Sum("t1", ("a1", "b1", "c1")), Sum("t2", ("a2", "b2", "c2")))
COLUMNS = tuple(Sum(f"{x}t", (f"{x}1", f"{x}2")) for x in "abc")


def table(cells, denominators=None):
    counts = dict(cells)
    for s in (*ROWS, *COLUMNS):
        counts[s.total] = sum(counts[part] for part in s.parts)
    return Table(counts, (*ROWS, *COLUMNS), denominators or {}, 4)


LARGE = {"a1": 10, "b1": 20, "c1": 30, "a2": 40, "b2": 50, "c2": 60}


def test_one_hidden_in_a_sum_is_exposed_and_a_square_is_not():
    assert table(LARGE).exposed({"a1"}, {"a1"}) == {"a1"}
    assert table(LARGE).exposed({"a1"}, {"a1", "b1"}) == {"a1"}
    assert table(LARGE).exposed({"a1"}, {"a1", "b1", "a2", "b2"}) == set()
    # with the total of the row and of the column gone, there is nothing to subtract from
    assert table(LARGE).exposed({"a1"}, {"a1", "t1", "at"}) == set()


def test_only_the_wanted_are_told_of():
    assert table(LARGE).exposed(set(), {"a1"}) == set()
    assert table(LARGE).exposed({"b2"}, {"a1", "b2"}) == {"b2"}


def test_that_a_hidden_count_is_no_zero_can_give_it_away():
    # in a square of ones, with rows and columns that sum to what is shown plus 2, each can only be 1
    ones = {"a1": 1, "b1": 1, "c1": 30, "a2": 1, "b2": 1, "c2": 60}
    square = {"a1", "b1", "a2", "b2"}
    assert table(ones).exposed(square, square) == square
    twos = ones | {"a1": 2, "b2": 2}
    assert table(twos).exposed(square, square) == set()


def test_that_a_hidden_count_is_not_the_whole_can_give_it_away():
    square = {"a1", "b1", "a2", "b2"}
    whole = {cell: LARGE[cell] + 1 for cell in square}
    assert table(LARGE, whole).exposed(square, square) == square
    assert table(LARGE, {cell: n + 1 for cell, n in whole.items()}).exposed(square, square) == set()


def test_a_count_that_its_denominator_tells_is_left_alone():
    two = Table({"a": 3, "b": 9, "t": 12}, (Sum("t", ("a", "b")),), {"a": 4}, 3)
    assert two.exposed({"a"}, {"a"}) == {"a"}
    one = Table({"a": 1, "b": 9, "t": 10}, (Sum("t", ("a", "b")),), {"a": 2}, 1)
    assert one.exposed({"a"}, {"a"}) == set()
