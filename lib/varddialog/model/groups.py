"""Population groups (befolkningsgrupper): how each is written and in which order it is shown."""

from __future__ import annotations

import re

from varddialog.swedish import EN_DASH, NBSP

SEXES = {"T": "Totalt", "K": "Kvinnor", "M": "Män"}

# from the group that usually fares worst to the one that usually fares best; ages by years
_ORDER = (
    "Kvinnor",
    "Män",
    "Flickor",
    "Pojkar",
    "Förgymnasial",
    "Gymnasial",
    "Eftergymnasial",
    "Inkomstkvintil 1",
    "Inkomstkvintil 2",
    "Inkomstkvintil 3",
    "Inkomstkvintil 4",
    "Inkomstkvintil 5",
    "Övriga världen",
    "Övriga Europa",
    "Övriga Norden",
    "Utrikes född",
    "Inrikes född",
    "Sverige",
)


def age_label(text: str) -> str:
    """An age group as readers see it: `18-29` → `18–29 år`, `80+` and `≥80 år` → `80 år och äldre`."""
    years = text.replace(" år", "").replace(NBSP, " ").strip()
    if match := re.fullmatch(r"(\d+)\s*-\s*(\d+)", years):
        return f"{match[1]}{EN_DASH}{match[2]} år"
    if match := re.fullmatch(r"(?:≥\s*(\d+)|(\d+)\s*\+|(\d+) eller äldre)", years):
        return f"{match[1] or match[2] or match[3]} år och äldre"
    if match := re.fullmatch(r"<\s*(\d+)", years):
        return f"under {match[1]} år"
    return text


def group_order(group: str) -> tuple[int, int, str]:
    """Sort key for groups: the fixed order first, then ages by their first year, then the name."""
    name = group.capitalize() if group.islower() else group
    if name in _ORDER:
        return (0, _ORDER.index(name), name)
    digits = re.search(r"\d+", group)
    years = int(digits[0]) if digits else 0
    return (1, -1 if group.startswith("under") else years, group)
