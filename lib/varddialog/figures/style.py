"""One style and one palette: ink for what is shown, colour for classes alone."""

from __future__ import annotations

from typing import Any

import seaborn as sns

from varddialog.assessment.answer import Class

INK = "#1c1f23"
MUTED = "#595e66"  # contrast 6.5:1 on white
RULE = "#d9dbde"
REGIONS = "#a4aab2"
ACCENT = "#14263c"  # the unit that the page is about: near ink, so that it is not taken for a class
BAND, HALF = "#e9ecf0", "#d3d9e0"  # the regions' whole range, and the middle half of them
PANDEMIC = "#f4efe4"
ZEBRA = "#f5f6f8"
INTERVAL = "#c3ccd8"
TARGET = "#1c1f23"
HATCH = "#ced2d7"
FAINT = "#858b94"  # contrast 3.4:1: marks that should not draw the eye, never words

# colours of the classes: each reads as text on white, and white as text on it (contrast at least 4.9:1)
BETTER, WORSE, LEVEL = "#0b5394", "#b84a00", "#6b7078"
UNJUDGED = "#ffffff"  # hatched where it fills an area; text on it is ink

SIZE = 9.0  # points; the page sets unmarked text in the same size
DPI = 72  # one point is one SVG unit

# as text and as mark; what lies between two certain classes, and what is neither good nor bad, is no colour
COLOURS: dict[Class, str] = {
    "bättre": BETTER,
    "sämre": WORSE,
    "i nivå": LEVEL,
    "högre": INK,
    "lägre": INK,
    "förbättras": BETTER,
    "försämras": WORSE,
    "oförändrat": LEVEL,
    "ökar": INK,
    "minskar": INK,
    "uppnådd, säkert": BETTER,
    "uppnådd, osäkert": LEVEL,
    "ej uppnådd, osäkert": LEVEL,
    "ej uppnådd, säkert": WORSE,
    "måttlig nivå uppnådd, säkert": BETTER,
    "måttlig nivå uppnådd, osäkert": LEVEL,
    "hög nivå uppnådd, säkert": BETTER,
    "hög nivå uppnådd, osäkert": LEVEL,
    "under, säkert": WORSE,
    "under, osäkert": LEVEL,
    "inom, säkert": BETTER,
    "inom, osäkert": LEVEL,
    "över, säkert": WORSE,
    "över, osäkert": LEVEL,
    "skillnad": INK,
    "ingen säker skillnad": LEVEL,
    "beskrivande": MUTED,
    "kan ej bedömas": MUTED,
}


def fill(klass: Class) -> tuple[str, bool]:
    """The colour of an area of the class, and whether it is hatched: what cannot be judged has no colour."""
    return (UNJUDGED, True) if klass in ("kan ej bedömas", "beskrivande") else (COLOURS[klass], False)


def words_on(klass: Class) -> str:
    """The colour of words on an area of the class."""
    return INK if fill(klass)[1] else "#ffffff"


def style() -> Any:
    """Context in which every figure is drawn: seaborn's plain white ground."""
    return sns.axes_style("white")
