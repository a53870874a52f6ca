"""Links within an archive: where they lead, and those out of it made into plain text."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from urllib.parse import unquote

_HREF = re.compile(r'(<(?:a|area)\b[^>]*?)\s(?:xlink:)?href="([^"]*)"')
_SCRIPT = re.compile(r'<script\b[^>]*?\ssrc="([^"]*)"[^>]*></script>\n?')
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# what was a link and leads nowhere looks like the words around it
_PLAIN = ".vard a:not([href]) { color: inherit; text-decoration: none; font-weight: inherit; }\n"


def targets(page: str, at: str) -> Iterator[str]:
    """The files of the same site that a page leads to. at: its own path, `12-skane/index.html`."""
    return (path for _, href in _HREF.findall(page) if (path := target(href, at)) is not None)


def target(href: str, at: str) -> str | None:
    """The path that an address on the page `at` leads to; None for the page itself, other hosts, and data."""
    address = html.unescape(href).partition("#")[0].partition("?")[0]
    if not address or _OUTSIDE.match(address):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(at), unquote(address)))


def within(page: str, at: str, inside: Collection[str]) -> str:
    """The page with links to files outside `inside` as plain text, and without scripts that are not there."""

    def leads_out(href: str) -> bool:
        found = target(href, at)
        return found is not None and found not in inside

    made = _HREF.sub(lambda m: m[1] if leads_out(m[2]) else m[0], page)
    made = _SCRIPT.sub(lambda m: "" if leads_out(m[1]) else m[0], made)
    return made if made == page else made.replace("</style>", f"{_PLAIN}</style>", 1)


def reached(start: Collection[str], read: Callable[[str], str | None], may: Callable[[str], bool]) -> list[str]:
    """Every file that is reached by links from the files at the start, themselves included, in order of path.

    read: a file's text, None where there is no such file. may: whether a file not among the first may come along.
    """
    found: set[str] = set()
    left = list(start)
    while left:
        path = left.pop()
        if path in found or (page := read(path)) is None:
            continue
        found.add(path)
        if path.endswith(".html"):
            left += [to for to in targets(page, path) if to not in found and may(to)]
    return sorted(found)
