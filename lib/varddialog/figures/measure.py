"""How wide words are, about: pages set them in the reader's own typeface, which is not known when they are drawn."""

from __future__ import annotations

import re

# widths of a humanist sans in hundredths of its size; accents add nothing
_WIDTHS = {
    "a": 51, "b": 59, "c": 46, "d": 59, "e": 52, "f": 31, "g": 59, "h": 57, "i": 24, "j": 24, "k": 50, "l": 24, "m": 86,
    "n": 57, "o": 59, "p": 59, "q": 59, "r": 35, "s": 42, "t": 34, "u": 57, "v": 48, "w": 72, "x": 46, "y": 48, "z": 45,
    "å": 51, "ä": 51, "ö": 59, "é": 52, " ": 27, "\u00a0": 27, ".": 22, ",": 22, ":": 22, "-": 40, "–": 50, "…": 73,
    "(": 30, ")": 30, "/": 39, "%": 82, "→": 100, "I": 27, "J": 36, "M": 90, "W": 93, "E": 51, "F": 49, "L": 47,
    "−": 68,
}  # fmt: skip
_DIGIT, _CAPITAL, _BOLD = 54, 65, 1.06


def width(text: str, size: float, bold: bool = False) -> float:
    """Points that the text takes on a line."""
    hundredths = sum(_WIDTHS.get(c, _CAPITAL if c.isupper() else _DIGIT) for c in text)
    return hundredths * size / 100 * (_BOLD if bold else 1.0)


def wrapped(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """The text on as few lines as keep within `room`; a long compound is parted where an s ends its first part."""
    lines = [""]
    for word in text.split(" "):  # a space that does not break is within a word
        parts = [word] if width(word, size, bold) <= room else re.split(r"(?<=s)(?=f)", word)
        for i, part in enumerate(parts):
            piece = part + ("-" if i < len(parts) - 1 else "")
            joined = f"{lines[-1]} {piece}" if lines[-1] and not i else lines[-1] + piece
            if lines[-1] and (i or width(joined, size, bold) > room):
                lines.append(piece)
            else:
                lines[-1] = joined
    return lines
