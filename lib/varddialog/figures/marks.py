"""The marks of the classes as shapes of their own: a glyph would look different in each reader's typeface."""

from __future__ import annotations

import math
from collections.abc import Callable

Place = tuple[float, float]

# as far from the middle as makes the shapes look equally large: corners, in half sizes
_UP = ((-1.0, -0.8), (1.0, -0.8), (0.0, 0.95))
_SQUARE = ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8))
_DIAMOND = ((0.0, -1.05), (1.05, 0.0), (0.0, 1.05), (-1.05, 0.0))
_CROSS = (0.66, 0.28)  # reach and half thickness of the arms

Corners = Callable[[float, float, float], list[Place]]


def _scaled(corners: tuple[Place, ...], turn: int = 1) -> Corners:
    return lambda x, y, half: [(x + half * across, y + turn * half * up) for across, up in corners]


def _cross(x: float, y: float, half: float) -> list[Place]:
    reach, thick = _CROSS
    arm = [(thick, 0.0), (reach + thick, reach), (reach, reach + thick), (0.0, thick)]
    # an arm, turned a quarter at a time
    turned = [(a, b) for a, b in arm[:-1]] + [(-b, a) for a, b in arm[:-1]]
    turned += [(-a, -b) for a, b in arm[:-1]] + [(b, -a) for a, b in arm[:-1]]
    return [(x + half * a, y + half * b) for a, b in turned]


def _half_disc(x: float, y: float, half: float) -> list[Place]:
    steps = [math.pi * (0.5 + i / 8) for i in range(9)]
    return [(x + 0.9 * half * math.cos(angle), y + 0.9 * half * math.sin(angle)) for angle in steps]


# the shape's corners, and whether it is filled; round ones are dots
OUTLINES: dict[str, tuple[Corners, bool]] = {
    "▲": (_scaled(_UP), True),
    "▼": (_scaled(_UP, -1), True),
    "△": (_scaled(_UP), False),
    "▽": (_scaled(_UP, -1), False),
    "■": (_scaled(_SQUARE), True),
    "◆": (_scaled(_DIAMOND), True),
    "◇": (_scaled(_DIAMOND), False),
    "✕": (_cross, True),
    "◐": (_half_disc, True),
}
# filled dot, or ring
DISCS = {"●": True, "○": False, "◐": False}
