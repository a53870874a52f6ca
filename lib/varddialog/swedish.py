"""The one formatter: every figure, table, sentence and sheet writes Swedish through here.

Babel (`sv_SE`) gives the rules; two code points are set on top of it. Thousands and a number and
its unit are joined by U+00A0, so that a line never breaks inside a figure, and minus is U+2212.
"""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "sv_SE"
NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
MISSING = EN_DASH  # shown where a figure is missing; the reason stands beside it


def number(value: float | None, decimals: int = 0) -> str:
    """`1234.5` → `1 234,5`. A missing value becomes an en dash; −0 becomes 0."""
    if value is None or math.isnan(value):
        return MISSING
    return _number(round(value, decimals) + 0.0, decimals)


# a report writes the same numbers again and again: in sentences, tables and figures
@lru_cache(maxsize=50_000)
def _number(rounded: float, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text: str = format_decimal(rounded, format=pattern, locale=LOCALE)
    return text.replace("-", MINUS).replace("\u202f", NBSP)


def signed(value: float | None, decimals: int = 0) -> str:
    """As `number`, with a plus sign on what is above zero: `+1,2`, `−0,4`, `0,0`."""
    text = number(value, decimals)
    if value is None or math.isnan(value):
        return text
    return f"+{text}" if round(value, decimals) > 0 else text


def with_unit(text: str, unit: str) -> str:
    """A formatted number and its unit, never parted by a line break: `12,3 %`."""
    return f"{text}{NBSP}{unit}" if unit else text


def span(first: int | str, last: int | str) -> str:
    """A range with an en dash: `2016–2025`; a single point stays single."""
    return str(first) if first == last else f"{first}{EN_DASH}{last}"


def date(day: dt.date | str) -> str:
    """`2026-11-21` → `21 november 2026`."""
    day = dt.date.fromisoformat(day) if isinstance(day, str) else day
    text: str = format_date(day, "d MMMM y", locale=LOCALE)
    return text.replace(" ", NBSP)


def interval(low: float, high: float, decimals: int = 0) -> str:
    """`12,1–14,0`; with `till` when one end is negative, since a minus beside a dash is hard to read."""
    ends = number(low, decimals), number(high, decimals)
    return (" till " if any(end.startswith(MINUS) for end in ends) else EN_DASH).join(ends)


def listing(items: Iterable[str], conjunction: str = "och") -> str:
    """`a, b och c`."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def plural(count: int, one: str, many: str) -> str:
    """`1 mått`, `12 mått`, `1 region`, `3 regioner`; small counts stay in figures."""
    return f"{number(count)}{NBSP}{one if count == 1 else many}"


def keep_numbers(text: str) -> str:
    """Text with the parts of each number held together: `100 000` never breaks across lines."""
    return re.sub(r"(?<=\d) (?=\d{3}\b)", NBSP, text)


def within(text: str) -> str:
    """A heading as it stands within a sentence: `Vårdplatser` → `vårdplatser`; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """First letter upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def fold(text: str) -> str:
    """Lower case without accents or punctuation, for comparing names: `Västra Götaland` → `vastra gotaland`."""
    # taking a sign apart can bring out a capital (🄐 is «(A)»), so the case is folded before and after
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


def slugify(text: str) -> str:
    """A name as it stands in addresses and file names: `Jämtland Härjedalen` → `jamtland-harjedalen`."""
    return fold(text).replace(" ", "-")


def did_you_mean(wrong: str, allowed: Sequence[str]) -> str:
    """A suggestion for a misspelt word, or an empty string when nothing is near."""
    folded = {fold(word): word for word in allowed}
    near = difflib.get_close_matches(fold(wrong), list(folded), n=1, cutoff=0.6)
    return f"Menade du «{folded[near[0]]}»?" if near else ""
