"""Words kept apart: heights moved as little as possible, up or down, until each has its room."""

from __future__ import annotations

from collections.abc import Sequence


def spread(heights: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """New heights in the order of the old ones, at least `room` apart and between low and high if they fit there.

    Neighbours that come too close form a group about the mean of where they want to be (pool adjacent violators).
    """
    order = sorted(range(len(heights)), key=lambda i: (heights[i], i))
    groups: list[tuple[float, int]] = []  # where a group's lowest wants to be on the mean, and how many it holds
    for place, i in enumerate(order):
        groups.append((heights[i] - place * room, 1))
        while len(groups) > 1 and groups[-2][0] >= groups[-1][0]:
            (mine, many), (before, earlier) = groups.pop(), groups.pop()
            groups.append(((mine * many + before * earlier) / (many + earlier), many + earlier))
    bottoms = [bottom for bottom, many in groups for _ in range(many)]
    top = high - (len(order) - 1) * room
    moved = [0.0] * len(order)
    for place, (i, bottom) in enumerate(zip(order, bottoms, strict=True)):
        moved[i] = max(min(bottom, top), low) + place * room
    return moved
