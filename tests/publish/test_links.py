"""No link of any page leads astray: each leads to a file, and a place in it, that the build has."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

TAG = re.compile(r"<[a-zA-Z][^<>]*>")
ATTRIBUTE = re.compile(r'\s(id|href|src)="([^"]*)"')

Found = tuple[dict[Path, set[str]], list[tuple[Path, str]]]


def _read(pages: Iterable[Path]) -> Found:
    """The places on each page, and every address with the page that it stands on."""
    places: dict[Path, set[str]] = {}
    addresses: list[tuple[Path, str]] = []
    for path in pages:
        found = [a for tag in TAG.findall(path.read_text(encoding="utf-8")) for a in ATTRIBUTE.findall(tag)]
        places[path] = {html.unescape(value) for name, value in found if name == "id"}
        addresses += [(path, html.unescape(value)) for name, value in found if name != "id"]
    return places, addresses


def _astray(site: Path, found: Found) -> list[str]:
    places, addresses = found
    wrong = {}
    for page, address in addresses:
        parts = urlsplit(address)
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if parts.scheme == "data":
            continue
        if parts.scheme or parts.netloc or not target.is_relative_to(site):
            wrong[address] = f"{page.name}: {address} leaves the build"
        elif not target.is_file():
            wrong[address] = f"{page.name}: {address} leads nowhere"
        elif parts.fragment and unquote(parts.fragment) not in places.get(target, set()):
            wrong[address] = f"{page.name}: {address} leads to no place on its page"
    return sorted(wrong.values())


@pytest.fixture(scope="module")
def found(site: Path) -> Found:
    return _read(sorted(path.resolve() for path in site.rglob("*.html")))


def test_every_link_of_the_site_leads_somewhere(site: Path, found: Found) -> None:
    places, addresses = found
    assert len(places) > 180
    assert len(addresses) > 15_000
    assert _astray(site.resolve(), found) == []


def test_every_page_is_reached_from_the_start_page(site: Path, found: Found) -> None:
    places, addresses = found
    leads: dict[Path, set[Path]] = {path: set() for path in places}
    for page, address in addresses:
        if path := urlsplit(address).path:
            leads[page].add((page.parent / unquote(path)).resolve())
    reached, waiting = set(), {site.resolve() / "index.html"}
    while waiting:
        reached |= waiting
        waiting = {target for page in waiting for target in leads.get(page, set())} - reached
    assert {path.relative_to(site.resolve()).as_posix() for path in places.keys() - reached} == set()


def test_links_astray_are_found(tmp_path: Path) -> None:
    page = tmp_path.resolve() / "a.html"
    good = ["#har", "b.html", "b.html#d%C3%A4r", "data:text/csv,x"]
    bad = ["#borta", "c.html", "b.html#borta", "https://example.org/", "../ute.html"]
    page.write_text("".join(f'<a id="har" href="{a}">' for a in [*good, *bad]), encoding="utf-8")
    (page.parent / "b.html").write_text('<p id="d\u00e4r">', encoding="utf-8")
    told = _astray(page.parent, _read(page.parent.glob("*.html")))
    assert len(told) == len(bad)
    assert all(any(f" {address} " in one for one in told) for address in bad)
