"""What the likeness of regions is measured by: three series that every comparison with similar regions reads."""

from __future__ import annotations

POPULATION, OLD, BORN_ABROAD = "SCB_FOLKMANGD", "SCB_ANDEL_80", "SCB_UTRIKES_FODDA"
# series → in words
LIKENESS = {
    POPULATION: "folkmängd (logaritmisk skala)",
    OLD: "andel 80 år och äldre",
    BORN_ABROAD: "andel utrikes födda",
}
