"""A piece of a page as a person reads it: texts, tables, figures and pictures, each below its heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from varddialog.batch.review.grids import Grid

_SVG = re.compile(r"<svg\b.*?</svg>", re.S)
_PLACE = "figur-nummer"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# a text ends where one of these begins or ends
_BREAKS = (
    *_HEADINGS, "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "style",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """One text, table, figure or picture. where: its heading. label: what a text or picture is called."""

    where: str
    label: str
    content: str | Grid
    kind: str = "text"

    @property
    def name(self) -> str:
        """What is left when its numbers change, to find its like by."""
        words = self.content.caption if isinstance(self.content, Grid) else self.label or self.content
        return re.sub(r"[\d.,\s]+", " ", words)


def blocks(html: str) -> list[Block]:
    """The blocks of the HTML, in the order they are read."""
    figures = _SVG.findall(html)
    numbers = iter(range(len(figures)))
    reader = _Reader(figures)
    reader.feed(_SVG.sub(lambda _: f'<{_PLACE} n="{next(numbers)}">', html))
    reader.close()
    reader.end_text()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, figures: list[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._figures = figures
        self._where = self._label = ""
        self._tag = ""
        self._words: list[str] = []
        self._table: _Table | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == _PLACE:
            svg = self._figures[int(dict(attrs)["n"] or 0)]
            name = re.search(r'aria-label="([^"]*)"', svg)
            self.end_text()
            self._add(Block(self._where, name[1] if name else "", svg, "figur"))
        elif tag == "img":
            about = dict(attrs)
            self.end_text()
            self._add(Block(self._where, about.get("alt") or "", about.get("src") or "", "bild"))
        elif tag in _BREAKS:
            self.end_text()
            self._tag = tag
            if tag == "table":
                self._table = _Table()
            elif self._table is not None:
                self._table.begin(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _BREAKS:
            return
        self.end_text()
        self._tag = ""
        if tag == "table" and self._table is not None:
            self.found.append(Block(self._where, "", self._table.grid(), "tabell"))
            self._table = None

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def end_text(self) -> None:
        """What has been read is one text."""
        words = re.sub(r"[ \n\t]+", " ", "".join(self._words)).strip()
        self._words = []
        if not words:
            return
        if self._table is not None:
            self._table.read(self._tag, words)
            return
        if self._tag in _HEADINGS:
            self._where = words
        label = self._label if self._tag == "dd" else "stilmallen" if self._tag == "style" else ""
        self._label = words if self._tag == "dt" else self._label
        self._add(Block(self._where, label, words))

    def _add(self, block: Block) -> None:
        self.found.append(block)


class _Table:
    """A table while it is read."""

    def __init__(self) -> None:
        self._caption = ""
        self._rows: list[list[tuple[str, str]]] = []
        self._heads = 0
        self._in_head = False

    def begin(self, tag: str) -> None:
        self._in_head = tag == "thead" or (self._in_head and tag in ("tr", "th", "td"))
        if tag == "tr":
            self._rows.append([])
            self._heads += self._in_head
        elif tag in ("th", "td") and self._rows:
            self._rows[-1].append((tag, ""))

    def read(self, tag: str, words: str) -> None:
        if self._rows and self._rows[-1]:
            kind, before = self._rows[-1][-1]
            self._rows[-1][-1] = kind, f"{before} {words}".strip()
        else:
            self._caption = f"{self._caption} {words}".strip()

    def grid(self) -> Grid:
        columns = tuple(words for _, words in self._rows[self._heads - 1]) if self._heads else ()
        rows = []
        for row in self._rows[self._heads :]:
            words = [said for _, said in row]
            rows.append((words[0], tuple(words[1:])) if words else ("", ()))
        return Grid(self._caption, columns, tuple(rows))
