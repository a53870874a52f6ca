"""What is chosen on the screen, and the lines of code that make the same view anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from varddialog.config import DEFAULT_CYCLE
from varddialog.model.indicator import Grouping

# everybody, one sex alone, or a comparison of the groups of one grouping
Split = Literal["alla", "kvinnor", "män", "kön", "utbildning", "inkomst", "födelseland", "ålder"]
Piece = Literal["card", "country", "compare", "about"]
Years = tuple[int, int]

SEX_OF: dict[Split, str] = {"kvinnor": "K", "män": "M"}
GROUPING_OF: dict[Split, Grouping] = {
    "kön": "kön", "utbildning": "utbildning", "inkomst": "inkomst", "födelseland": "födelseland", "ålder": "ålder",
}  # fmt: skip
LABELS: dict[Split, str] = {
    "alla": "Alla",
    "kvinnor": "Bara kvinnor",
    "män": "Bara män",
    "kön": "Jämför kvinnor och män",
    "utbildning": "Jämför efter utbildning",
    "inkomst": "Jämför efter inkomst",
    "födelseland": "Jämför efter födelseland",
    "ålder": "Jämför efter ålder",
}


@dataclass(frozen=True)
class Choice:
    """One indicator (id) for one unit (code), and how it is shown.

    years: first and last year, None for all there are. others: codes of the regions to compare with.
    """

    indicator: str
    unit: str
    split: Split = "alla"
    years: Years | None = None
    others: tuple[str, ...] = ()

    @property
    def sex(self) -> str:
        """K or M when one sex alone is shown, otherwise empty."""
        return SEX_OF.get(self.split, "")

    @property
    def grouping(self) -> Grouping | None:
        """What the groups that are compared are split by; None when groups are not compared."""
        return GROUPING_OF.get(self.split)


def code(choice: Choice, piece: Piece, folders: dict[str, str], cycle: str) -> str:
    """The lines that make the piece, ready to paste into a cell. folders: unit code → its name in addresses."""
    given = [f'"{choice.indicator}"', f'"{folders[choice.unit]}"']
    given += [f'split="{choice.split}"'] if choice.split != "alla" else []
    given += [f"years=({choice.years[0]}, {choice.years[1]})"] if choice.years else []
    given += [f"others={[folders[code] for code in choice.others]!r}".replace("'", '"')] if choice.others else []
    given += [f'cycle="{cycle}"'] if cycle != DEFAULT_CYCLE else []
    lines = ["from varddialog.explore import open_view", "", f"view = open_view({', '.join(given)})", f"view.{piece}()"]
    return "\n".join(lines)
