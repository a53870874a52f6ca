"""Heights kept apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varddialog.figures.spread import spread


def test_what_has_room_stays():
    assert spread([10, 50, 30], 12, 0, 100) == [10, 50, 30]


def test_two_in_one_place_part_evenly():
    assert spread([50, 50], 12, 0, 100) == [44, 56]


def test_at_the_edge_all_move_inwards():
    assert spread([99, 100], 12, 0, 100) == [88, 100]
    assert spread([0, 1], 12, 0, 100) == [0, 12]


@given(st.lists(st.floats(0, 300), min_size=1, max_size=22))
def test_all_keep_their_order_and_their_room(heights):
    moved = spread(heights, 10, 0, 300)
    pairs = sorted(zip(heights, moved, strict=True), key=lambda pair: pair[1])
    assert all(b[1] - a[1] >= 10 - 1e-6 and a[0] <= b[0] for a, b in pairwise(pairs))
    assert min(moved) >= -1e-6
    assert max(moved) <= 300 + 1e-6


def test_the_least_that_can_be_moved_is_moved():
    # three that want 0, 0 and 9 stand at −7, 3 and 13 when they lie ten apart: no shift of the group costs less
    wanted = [100.0, 100.0, 109.0]
    moved = spread(wanted, 10, 0, 300)
    cost = sum((a - b) ** 2 for a, b in zip(wanted, moved, strict=True))
    for shift in (-0.5, 0.5):
        assert cost < sum((a - b - shift) ** 2 for a, b in zip(wanted, moved, strict=True))
    assert moved == pytest.approx([93.0, 103.0, 113.0])
