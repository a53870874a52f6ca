"""One value in time, and what the quality checks say of it."""

from __future__ import annotations

from dataclasses import dataclass

# the check that hides small counts
HIDDEN = "litet antal"


@dataclass(frozen=True)
class Remark:
    """A quality remark: its kind, how grave it is (fel, osannolikt, upplysning) and the reason in Swedish."""

    check: str
    level: str
    reason: str

    @property
    def stops_assessment(self) -> bool:
        return self.level != "upplysning"

    @property
    def is_shown_at_once(self) -> bool:
        """Whether a reader of the value has to know it: the rest stand in the table of remarks."""
        return self.stops_assessment or self.check == HIDDEN


@dataclass(frozen=True)
class Point:
    """One value in time. `when` is the year, or year and month (`2026-06`)."""

    when: str
    year: int
    value: float
    low: float | None = None
    high: float | None = None
    remark: Remark | None = None
    numerator: float | None = None
    denominator: float | None = None

    @property
    def is_questioned(self) -> bool:
        """A remark says that the value cannot be trusted: it is shown, and compared with nothing."""
        return self.remark is not None and self.remark.stops_assessment
