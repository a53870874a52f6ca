"""The Markdown that may be written: text, lists, headings, links that lead out, and files of pictures and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from varddialog.dialogue.supplement.blocks import Prose
from varddialog.dialogue.supplement.limits import LONGEST_ALT
from varddialog.errors import Fault
from varddialog.swedish import number

if TYPE_CHECKING:  # slow to import, and few reports need it
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES = ("http", "https", "mailto")
DEEPEST = 3  # levels of headings
# signs that are not seen: control characters, and those that turn the direction of the text
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BETWEEN = ("softbreak", "hardbreak")


@dataclass(frozen=True)
class Reference:
    """A picture or a table that stands in its own paragraph: the file, its words, a caption, and the line."""

    name: str
    words: str
    caption: str
    line: int


@cache
def markdown() -> MarkdownIt:
    """The parser. It sees raw HTML, tables and every link, so that they can be refused by name."""
    from markdown_it import MarkdownIt

    class Seeing(MarkdownIt):
        def validateLink(self, url: str) -> bool:
            return True

    return Seeing("commonmark").enable("table")


def read(text: str, where: str) -> tuple[list[Prose | Reference], list[Fault]]:
    """The text in pieces, cut where a picture or a table stands, and every fault. where: the file, for the faults."""
    unseen = [at for at, line in enumerate(text.splitlines(), 1) if _UNSEEN.search(line)]
    if unseen:
        return [], [
            Fault("Raden har tecken som inte syns.", f"{where}, rad {at}", todo="Ta bort dem.") for at in unseen
        ]
    tokens = markdown().parse(text)
    if not tokens:
        return [], [Fault("Filen är tom.", where, todo="Skriv något i den, eller ta bort den.")]
    faults = [*_headings(tokens, where), *_foreign(tokens, where)]
    pieces: list[Prose | Reference] = []
    waiting: list[Token] = []
    rest = iter(tokens)
    for token in rest:
        images = [child for child in token.children or [] if child.type == "image"]
        if not images:
            waiting.append(token)
            continue
        if waiting[-1].type != "paragraph_open" or waiting[-1].level or not _is_alone(token.children or []):
            faults.append(Fault("En bild eller tabell står inne i texten.", _at(where, token), todo=_ALONE))
            continue
        # a figure is no paragraph
        waiting.pop()
        next(rest)
        if waiting:
            pieces.append(Prose(waiting))
            waiting = []
        for found in (_reference(image, _line(token)) for image in images):
            wrong = list(_of_reference(found, where))
            faults += wrong
            if not wrong:
                pieces.append(found)
    return [*pieces, *([Prose(waiting)] if waiting else [])], faults


_ALONE = "Sätt den för sig, med en tom rad före och efter."


def _is_alone(children: Iterable[Token]) -> bool:
    """Whether there is nothing but pictures."""
    return all(c.type in ("image", *_BETWEEN) or (c.type == "text" and not c.content.strip()) for c in children)


def _reference(image: Token, line: int) -> Reference:
    name = normalize("NFC", unquote(str(image.attrs.get("src", ""))))
    words = " ".join("".join(_plain(image.children or [])).split())
    return Reference(name, words, " ".join(str(image.attrs.get("title", "")).split()), line)


def _plain(children: Iterable[Token]) -> Iterator[str]:
    """The words of inline tokens, without their marks."""
    for child in children:
        yield " " if child.type in _BETWEEN else child.content
        yield from _plain(child.children or []) if child.type == "image" and not child.content else ()


def _of_reference(found: Reference, where: str) -> Iterator[Fault]:
    """A reference that leads out of the folder, or lacks words."""
    where = f"{where}, rad {found.line}"
    if not found.name or set(found.name) & set("/\\:") or found.name.startswith("."):
        allowed = "namnet på en fil i samma mapp, som figur.png eller tabell.csv"
        yield Fault(f"Bilden eller tabellen «{found.name}» ligger inte i mappen.", where, allowed)
    if not found.words:
        todo = "Skriv den mellan hakparenteserna: ![Vad bilden visar](figur.png), ![Tabellens rubrik](tabell.csv)."
        yield Fault("Bilden eller tabellen saknar text.", where, todo=todo)
    elif found.words.casefold() in _file_names(found.name):
        yield Fault(f"«{found.words}» är filens namn och säger inte vad den visar.", where, todo="Skriv vad den visar.")
    elif len(found.words) > LONGEST_ALT:
        allowed = f"högst {number(LONGEST_ALT)} tecken"
        yield Fault("Texten för den som inte ser bilden är för lång.", where, allowed, "Skriv resten under bilden.")


def _file_names(name: str) -> tuple[str, ...]:
    """What says nothing of a picture; a table may be called as its file."""
    path = PurePosixPath(name.casefold())
    return (path.name,) if path.suffix == ".csv" else (path.name, path.stem)


def _headings(tokens: Sequence[Token], where: str) -> Iterator[Fault]:
    """Faults in the order of headings; the highest becomes level 1."""
    headings = [t for t in tokens if t.type in ("heading_open", "heading_close")]
    highest = min((int(t.tag[1]) for t in headings), default=1)
    before = 0
    for token in headings:
        level = int(token.tag[1]) - highest + 1
        token.tag = f"h{min(level, DEEPEST)}"
        if token.type == "heading_close":
            continue
        if token.level:
            yield Fault("En rubrik står i en lista eller ett citat.", _at(where, token), todo="Sätt den för sig.")
        if level > DEEPEST:
            yield Fault("Rubriken ligger för djupt.", _at(where, token), f"{number(DEEPEST)} rubriknivåer")
        elif level > before + 1:
            todo = "Ta nivåerna i ordning: # först, sedan ## och ###."
            yield Fault("En rubriknivå är överhoppad.", _at(where, token), todo=todo)
        before = level


def _foreign(tokens: Iterable[Token], where: str) -> Iterator[Fault]:
    """HTML, tables in Markdown, and links that do not lead out."""
    for token in tokens:
        place = _at(where, token)
        children = token.children or []
        if token.type == "html_block" or any(child.type == "html_inline" for child in children):
            yield Fault("HTML går inte att använda.", place, "text i Markdown", "Ta bort det som står inom < och >.")
        if token.type == "table_open":
            todo = "Lägg tabellen i en CSV-fil och skriv ![Tabellens rubrik](tabell.csv)."
            yield Fault("Tabeller skrivs inte i texten.", place, todo=todo)
        for at, child in enumerate(children):
            if child.type == "link_open":
                href = str(child.attrs.get("href", ""))
                if not _leads_out(href):
                    yield Fault(f"Länken «{href}» går inte att använda.", place, _LINKS)
                elif children[at + 1].type == "link_close":
                    yield Fault(f"Länken «{href}» har ingen text.", place, todo="Skriv vart den leder.")


_LINKS = "adresser som börjar med https://, http:// eller mailto:"


def _leads_out(href: str) -> bool:
    """Whether it is a whole address, without a user's name before it, which hides where it leads."""
    try:
        parts = urlsplit(href)
        named = parts.username is not None
    except ValueError:
        return False
    if parts.scheme.lower() == "mailto":
        return bool(re.fullmatch(r"[^@\s]+@[^@\s]+", parts.path))
    return parts.scheme.lower() in SCHEMES and bool(parts.hostname) and not named


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _at(where: str, token: Token) -> str:
    return f"{where}, rad {_line(token)}"
