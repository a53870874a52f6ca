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
    "Lägsta inkomstfemtedelen",
    "Näst lägsta inkomstfemtedelen",
    "Mellersta inkomstfemtedelen",
    "Näst högsta inkomstfemtedelen",
    "Högsta inkomstfemtedelen",
    "Övriga världen",
    "Övriga Europa",
    "Övriga Norden",
    "Utrikes född",
    "Inrikes född",
    "Sverige",
)


_QUINTILES = ("Lägsta", "Näst lägsta", "Mellersta", "Näst högsta", "Högsta")


def group_label(group: str) -> str:
    """A group as readers see it: `Inkomstkvintil 1` → `Lägsta inkomstfemtedelen`; others stay."""
    match = re.fullmatch(r"Inkomstkvintil ([1-5])", group)
    return f"{_QUINTILES[int(match[1]) - 1]} inkomstfemtedelen" if match else group


def in_sentence(group: str, grouping: str) -> str:
    """A group inside a sentence: `kvinnor`, `födda i övriga Norden`, `personer 18–29 år`."""
    lower = group[:1].lower() + group[1:]
    if grouping == "födelseland":
        return "födda i Sverige" if group == "Sverige" else f"födda i {lower}"
    if grouping == "ålder":
        return f"personer {lower}"
    if grouping == "utbildning":
        return f"{lower} utbildning"
    return lower


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
    if group in _ORDER:
        return (0, _ORDER.index(group), group)
    digits = re.search(r"\d+", group)
    years = int(digits[0]) if digits else 0
    return (1, -1 if group.startswith("under") else years, group)
