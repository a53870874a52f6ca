"""What is hidden cannot be worked out, and nothing is hidden without need: tried by going through every possibility."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varddialog.statistics.disclosure import hide, hide_with_next_smallest, is_small
from varddialog.statistics.disclosure_audit import Sum


def possible(counts, sums, hidden, reach):
    """Every number that each hidden cell may hold, to one who sees the rest and knows that no hidden one is 0."""
    cells = sorted(hidden)
    found = {cell: set() for cell in cells}
    inner = [cell for cell in cells if not any(s.total == cell for s in sums)]
    outer = [cell for cell in cells if cell not in inner]
    for numbers in itertools.product(range(1, reach + 1), repeat=len(inner)):
        told = {**{c: n for c, n in counts.items() if c not in hidden}, **dict(zip(inner, numbers, strict=True))}
        # hidden totals follow from their parts, the lowest first
        for cell in outer:
            told[cell] = next(sum(told.get(part, 0) for part in s.parts) for s in sums if s.total == cell)
        if all(told[s.total] == sum(told[p] for p in s.parts) for s in sums) and all(told[c] >= 1 for c in outer):
            for cell in cells:
                found[cell].add(told[cell])
    return found


def test_what_is_small():
    assert [is_small(count) for count in (0, 1, 4, 5)] == [False, True, True, False]
    assert [is_small(count, 100) for count in (95, 96, 99, 100)] == [False, True, True, False]
    assert is_small(7, threshold=7)


def test_a_second_part_is_hidden_and_the_smallest_is_taken():
    found = hide({"kvinnor": 3, "män": 20, "okänt": 9, "alla": 32}, [Sum("alla", ("kvinnor", "män", "okänt"))])
    assert (found.primary, found.secondary) == ({"kvinnor"}, {"okänt"})
    assert found.hidden == {"kvinnor", "okänt"}


def test_nothing_more_is_hidden_without_a_sum():
    assert hide({"a": 3, "b": 20}).hidden == {"a"}
    assert hide({"a": 0, "b": 20, "c": 20}, [Sum("c", ("a", "b"))]).hidden == set()


def test_two_small_parts_protect_each_other_unless_their_sum_gives_them_away():
    assert hide({"a": 2, "b": 3, "c": 9, "all": 14}, [Sum("all", ("a", "b", "c"))]).secondary == set()
    # three ones in three hidden: each can only be 1
    ones = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "all": 5}
    assert hide(ones, [Sum("all", ("a", "b", "c", "d", "e"))]).secondary == {"all"}


def test_a_zero_stands_in_for_none():
    # with no other part to hide, the total goes
    found = hide({"a": 97, "b": 0, "all": 97}, [Sum("all", ("a", "b"))], {"a": 100, "b": 50, "all": 150})
    assert (found.primary, found.secondary) == ({"a"}, {"all"})


def test_hidden_in_both_directions_of_a_table():
    regions, sexes = ("r1", "r2", "r3"), ("k", "m")
    counts = {("r1", "k"): 2, ("r1", "m"): 30, ("r2", "k"): 40, ("r2", "m"): 50, ("r3", "k"): 60, ("r3", "m"): 70}
    counts |= {(r, "t"): counts[r, "k"] + counts[r, "m"] for r in regions}
    counts |= {("riket", s): sum(counts[r, s] for r in regions) for s in (*sexes, "t")}
    sums = [Sum((r, "t"), ((r, "k"), (r, "m"))) for r in (*regions, "riket")]
    sums += [Sum(("riket", s), tuple((r, s) for r in regions)) for s in (*sexes, "t")]
    found = hide(counts, sums)
    assert found.primary == {("r1", "k")}
    # the smallest square of cells that hides it
    assert found.secondary == {("r1", "m"), ("r2", "k"), ("r2", "m")}


def test_what_the_publisher_has_hidden_is_protected_too():
    found = hide({"a": None, "b": 20, "c": 30, "all": 60}, [Sum("all", ("a", "b", "c"))])
    assert (found.primary, found.secondary) == ({"a"}, {"b"})
    two = hide({"a": None, "b": None, "all": 60}, [Sum("all", ("a", "b"))])
    assert two.hidden == {"a", "b"}


def test_complements_give_nothing_away():
    # 5 of 6 and 5 of 6: hidden since one person each is left; 10 of 12 would tell both
    found = hide({"a": 5, "b": 5, "all": 10}, [Sum("all", ("a", "b"))], {"a": 6, "b": 6, "all": 12})
    assert found.hidden == {"a", "b", "all"}


def test_a_sum_that_does_not_add_up_is_refused():
    for counts in ({"a": 3, "b": 20, "all": 24}, {"a": None, "b": 20, "all": 19}):
        with pytest.raises(ValueError, match="add up"):
            hide(counts, [Sum("all", ("a", "b"))])
    with pytest.raises(ValueError, match="cells that have a count"):
        hide({"a": 3}, [Sum("all", ("a",))])
    # each sum is possible by itself, but not both: a is 1 in one and 2 in the other
    with pytest.raises(ValueError, match="do not add up"):
        hide({"a": None, "b": 8, "x": 9, "y": 10}, [Sum("x", ("a", "b")), Sum("y", ("a", "b"))])


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_no_hidden_part_of_a_total_can_be_worked_out(parts):
    counts = {str(i): n for i, n in enumerate(parts)} | {"all": sum(parts)}
    sums = [Sum("all", tuple(str(i) for i in range(len(parts))))]
    check(counts, sums, reach=12)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_no_hidden_cell_of_a_table_can_be_worked_out(cells):
    # two regions by two sexes, with their totals; rows before columns before the whole
    counts = {"1k": cells[0], "1m": cells[1], "2k": cells[2], "2m": cells[3]}
    counts |= {"1t": cells[0] + cells[1], "2t": cells[2] + cells[3]}
    counts |= {"k": cells[0] + cells[2], "m": cells[1] + cells[3], "t": sum(cells)}
    sums = [Sum("1t", ("1k", "1m")), Sum("2t", ("2k", "2m")), Sum("k", ("1k", "2k")), Sum("m", ("1m", "2m"))]
    sums += [Sum("t", ("1t", "2t")), Sum("t", ("k", "m"))]
    check(counts, sums, reach=8)


def check(counts, sums, reach):
    found = hide(counts, sums)
    assert found.primary == {cell for cell, count in counts.items() if 1 <= count <= 4}
    assert all(counts[cell] > 4 for cell in found.secondary)
    if not found.hidden:
        return
    left = possible(counts, sums, found.hidden, reach)
    assert all(len(numbers) > 1 for numbers in left.values()), left
    for cell in found.secondary:
        without = possible(counts, sums, found.hidden - {cell}, reach)
        assert any(len(without[primary]) == 1 for primary in found.primary), f"{cell} was hidden without need"


# the rule as its makers describe it: 1–5 hidden, and the next smallest, with its equals, while the sum is 5 or less
@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([0, 7, 9], [0, 7, 9]),
        ([3, 7, 9], [None, None, 9]),
        ([3, 7, 7, 9], [None, None, None, 9]),
        ([3, 3, 7, 9], [None, None, 7, 9]),
        ([3], [None]),
        ([None, 5, 0, 6], [None, None, 0, None]),
        ([], []),
    ],
)
def test_a_column_alone(values, shown):
    assert hide_with_next_smallest(values) == shown


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(1, 8))
def test_a_column_alone_leaves_more_than_the_threshold_hidden_or_nothing_more_to_hide(values, threshold):
    shown = hide_with_next_smallest(values, threshold)
    hidden = [v for v, s in zip(values, shown, strict=True) if s is None]
    left = [s for s in shown if s is not None]
    assert all(s == 0 or s > threshold for s in left)
    if any(0 < v <= threshold for v in values):
        assert sum(hidden) > threshold or not any(left)
    else:
        assert hidden == []
