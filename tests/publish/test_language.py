"""All that is read on the site's pages, as a careful Swede would write it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

# what lies inside a line of text; all else begins a new one
_INLINE = {"a", "span", "strong", "em", "b", "i", "sub", "sup", "abbr", "wbr", "tspan", "time"}
_UNREAD = {"style", "script", "code", "pre"}


class _Reader(HTMLParser):
    """Collects the lines that are read or heard, code left out: where it stands, a line has a hole."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._line, self._unread = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
            self._line += "…"
        elif tag not in _INLINE or ("class", "vem") in attrs:  # a small line of its own in a table's head
            self.end_line()
        self.lines += [value for name, value in attrs if name in ("aria-label", "title", "placeholder") and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread -= 1
        elif tag not in _INLINE:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._line += data

    def end_line(self) -> None:
        if line := re.sub(r"[ \t\r\n]+", " ", self._line).strip(" "):
            self.lines.append(line)
        self._line = ""


@cache
def _lines(path: Path) -> tuple[str, ...]:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.end_line()
    return tuple(reader.lines)


@pytest.fixture(scope="module")
def read(site: Path) -> dict[Path, tuple[str, ...]]:
    """Every page of the built site → its lines."""
    pages = {path: _lines(path) for path in sorted(site.rglob("*.html"))}
    assert len(pages) > 180
    return pages


FAULTS = {
    "two stops or commas": r"(?<!\.)\.\.(?!\.)|,,|;;|,\.|:\.|;\.|\?\.",
    "two spaces": r"[ \u00a0]{2,}",
    "guillemets, where reports write ”…”": r"[«»]",
    "quotes of a typewriter or of another language": r"[\"“„‘]|(?<!\w)'|'(?!\w)",
    "a space before a stop or comma": r"[ \u00a0][,.;:!?](?!\d)",
    "no space after a comma": r"(?<=[a-zåäö]),(?=[a-zåäö])",
    "a space that may break before %": r"\d %",
    "no space before %": r"\d%",
    "a hyphen for minus": r"(?<![\w–)-])-\d",
    "a hyphen for a dash": r"(?<=\w) - (?=\w)",
    "a decimal point": r"(?<![\w.])(?<!tabell )\d+\.\d+(?![\w.])",
    "an empty parenthesis": r"\(\s*\)|\[\s*\]",
    "a sentence that begins with a small letter": r"(?<=[a-zåäö]{3}\. )(?<!\binv\. )[a-zåäö]{3,}\b(?! =)",
    "the same word twice": r"\b([a-zåäö]+) \1\b",
    "one of several": r"\b1\u00a0(?:regioner|enheter|värden|personer|rapporter|jämförelser|anmärkningar)\b",
}
# words of other languages that Swedish lacks, but for the names of series and of what was published abroad; not «it»,
# which Swedish has for information technology
ENGLISH = re.compile(
    r"\b(the|and|of|with|from|not|this|that|these|is|are|was|were|has|by|on|as|which|or|than|per cent|percent|"
    r"years?|values?|rates?|better|worse|levels?|chart|figures?|tables?|none|null|nan|true|false|undefined|click|here|"
    r"high(?:er)?|low(?:er)?|unknown|missing|source|notes?|health|care|women|quality|show|hide|search|loading|error)\b",
    re.IGNORECASE,
)
NAMES = re.compile(r"availability error", re.IGNORECASE)


def _found(read: dict[Path, tuple[str, ...]], rule: str | re.Pattern[str], without: re.Pattern[str]) -> list[str]:
    """Each fault once: the words round it, how often, and a page."""
    met: Counter[str] = Counter()
    where: dict[str, str] = {}
    for path, lines in read.items():
        for line in lines:
            for m in re.finditer(rule, without.sub("", line)):
                about = line[max(0, m.start() - 40) : m.end() + 30]
                met[about] += 1
                where.setdefault(about, path.name)
    return [f"{count} × {about!r}, {where[about]}" for about, count in met.most_common(20)]


@pytest.mark.parametrize("fault", FAULTS)
def test_no_line_has(read: dict[Path, tuple[str, ...]], fault: str) -> None:
    assert _found(read, FAULTS[fault], NAMES) == []


def test_no_line_is_english(read: dict[Path, tuple[str, ...]]) -> None:
    assert _found(read, ENGLISH, NAMES) == []


def _faulty() -> list[tuple[str, str]]:
    said = (
        "128 per 100\u00a0000 inv..", "två  mellanrum", "i «Kvalitet»", 'ett "citat"', "väntan , och", "väntan,och",
        "12 %", "12%", "lägre -3", "vård - hälsa", "12.5 år", "inget ()", "Det är högre. sedan lägre", "i i Skåne",
        "1\u00a0regioner",
    )  # fmt: skip
    return list(zip(FAULTS, said, strict=True))


@pytest.mark.parametrize(("fault", "line"), _faulty())
def test_each_fault_is_found(fault: str, line: str) -> None:
    assert _found({Path("p"): (line,)}, FAULTS[fault], NAMES)
    assert not _found({Path("p"): ("Stroke: 12,5\u00a0% (2024), −3 enheter; se ”Kvalitet”.",)}, FAULTS[fault], NAMES)
