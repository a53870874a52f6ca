"""The shapes of the regions, from the file beside this one; where they come from is said in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from varddialog.figures.marks import Place

_FILE = Path(__file__).with_name("sweden.json")


@dataclass(frozen=True)
class Shapes:
    """In kilometres east and north (SWEREF 99 TM). rings: region code → outlines, the largest first.

    places: region code → a point well inside the region.
    """

    rings: dict[str, list[list[Place]]]
    places: dict[str, Place]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        across, up = zip(*(p for rings in self.rings.values() for ring in rings for p in ring), strict=True)
        return min(across), min(up), max(across), max(up)


@cache
def shapes() -> Shapes:
    """All 21 regions. Read once."""
    told = json.loads(_FILE.read_text(encoding="utf-8"))
    rings = {
        code: [list(zip(ring[::2], ring[1::2], strict=True)) for ring in found]
        for code, found in told["shapes"].items()
    }
    return Shapes(rings, {code: (x, y) for code, (x, y) in told["places"].items()})
