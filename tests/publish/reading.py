"""Reading a report back: its cards, tables and lists, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib

from varddialog.swedish import MINUS, NBSP

NUMBER = rf"[{MINUS}+]?\d{{1,3}}(?:{NBSP}\d{{3}})*(?:,\d+)?"
PERIOD = rf"\d{{4}}(?:–\d{{4}})?|[a-z]+{NBSP}\d{{4}}"


@cache
def parse(path: Path) -> ET.Element:
    """The page's tree. Strict: the first fault in its HTML is an error."""
    text = path.read_bytes().decode("utf-8")
    tree: ET.Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return tree


def words(element: ET.Element) -> str:
    """The text of an element and all in it; line breaks of the source are one space, U+00A0 stays."""
    return re.sub(r"[ \t\n]+", " ", "".join(element.itertext())).strip(" ")


def by_id(tree: ET.Element, name: str) -> ET.Element:
    (found,) = (e for e in tree.iter() if e.get("id") == name)
    return found


def of_class(parent: ET.Element, tag: str, name: str) -> list[ET.Element]:
    return [e for e in parent.iter(tag) if name in e.get("class", "").split()]


def value(text: str) -> Decimal:
    """A Swedish number as a number."""
    return Decimal(text.replace(NBSP, "").replace(MINUS, "-").replace(",", "."))


@dataclass(frozen=True)
class Table:
    caption: str
    header: list[str]
    rows: list[list[str]]

    def row(self, head: str) -> dict[str, str]:
        """The row that begins with `head`, by column."""
        (found,) = (r for r in self.rows if r[0] == head)
        return dict(zip(self.header, found, strict=True))


def table(element: ET.Element) -> Table:
    caption, head, body = element
    assert (caption.tag, head.tag, body.tag) == ("caption", "thead", "tbody")
    rows = [[words(cell) for cell in row] for row in body]
    return Table(words(caption), [words(cell) for cell in head[0]], rows)


@dataclass(frozen=True)
class Card:
    """One article of a report."""

    anchor: str
    area: str
    name: str
    finding: str
    said: list[str]
    remarks: list[str]
    place: str
    facts: list[tuple[str, str]]
    table: Table


def cards(tree: ET.Element) -> list[Card]:
    return [_card(article, section.attrib["id"]) for section in areas(tree) for article in section.iter("article")]


def areas(tree: ET.Element) -> Iterator[ET.Element]:
    """The sections that show indicators, in order."""
    yield from (s for s in of_class(tree, "section", "omrade") if s.get("id") != "metod")


def _card(article: ET.Element, area: str) -> Card:
    (heading,) = article.iter("h3")
    (finding,) = of_class(article, "p", "fynd")
    plain = [p for p in article if p.tag == "p"]
    captions = [words(c) for c in article.iter("figcaption")]
    pairs = [(words(d[0]), words(d[1])) for f in of_class(article, "dl", "fakta") for d in f]
    (history,) = article.iter("table")
    return Card(
        anchor=article.attrib["id"],
        area=area,
        name=words(heading),
        finding=words(finding),
        said=[words(p) for p in plain if not p.get("class")],
        remarks=[words(p) for p in plain if p.get("class") == "anmarkning"],
        place=captions[0] if captions else words(plain[-1]),
        facts=pairs,
        table=table(history),
    )


def opening_lists(tree: ET.Element) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The lists under «Det viktigaste»: heading → name, anchor and words of each line."""
    found = []
    for part in of_class(by_id(tree, "sammanfattning"), "div", "listor"):
        for block in part:
            rows = []
            for li in block.iter("li"):
                link, broken = li
                assert (link.tag, broken.tag) == ("a", "br")
                rows.append((words(link), link.attrib["href"].removeprefix("#"), (broken.tail or "").strip(" \n")))
            found.append((words(block[0]), rows))
    return found
