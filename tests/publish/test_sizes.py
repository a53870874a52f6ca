"""How much a reader has to fetch and a browser to lay out: each page, and the whole country's site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from varddialog.model.catalogue import Catalogue

KB, MB = 1_000, 1_000_000
# page, by pattern → bytes and elements at most. A file share gives 10 MB in a second, and a browser lays out some
# 100 000 elements in one, so that the largest page is read within a second
LARGEST = {
    "[0-9]*/[1-4]-*.html": (600 * KB, 20_000),
    "[0-9]*/dialoguppfoljning-*.html": (600 * KB, 20_000),
    "[0-9]*/slutrapport.html": (600 * KB, 20_000),
    "[0-9]*/nationell-oversikt.html": (150 * KB, 3_000),
    "[0-9]*/fokusomrade-*.html": (100 * KB, 1_500),
    "[0-9]*/diskussionsfragor.html": (50 * KB, 500),
    "[0-9]*/dagordning.html": (50 * KB, 300),
    "[0-9]*/index.html": (50 * KB, 600),  # the style sheets, which every page has in it, are some 30 of them
    "[0-9]*/kortrapport.html": (60 * KB, 1_000),
    "matt/*.html": (150 * KB, 4_000),
    "index.html": (200 * KB, 3_000),
    "jamfor.html": (600 * KB, 20_000),
    "metod.html": (200 * KB, 5_000),
    "omgang.html": (150 * KB, 3_000),
}
FILES = {"faktablad.pdf": 500 * KB, "faktaunderlag.pptx": 300 * KB, "faktaunderlag.xlsx": 300 * KB}
SCRIPTS = {"sok.js": 400 * KB, "verktyg.js": 30 * KB}
# a build of all units takes 102 MB: reports as notebooks 43 and as pages 35, the files beside them 10, the rest of the
# site 14. It is to be copied to a file share in ten seconds or so
COUNTRY = 110 * MB


@pytest.mark.parametrize("pattern", LARGEST)
def test_page_is_small(site: Path, pattern: str) -> None:
    size, elements = LARGEST[pattern]
    found = list(site.glob(pattern))
    assert found
    for path in found:
        raw = path.read_bytes()
        assert len(raw) < size, f"{path.name}: {len(raw)} bytes"
        assert len(re.findall(rb"<[a-z]", raw)) < elements, path.name


def test_every_page_has_a_bound(site: Path) -> None:
    bound = {path for pattern in LARGEST for path in site.glob(pattern)}
    assert set(site.rglob("*.html")) == bound


def test_other_files_are_small(site: Path) -> None:
    for name, size in FILES.items():
        found = list(site.glob(f"*/{name}"))
        assert len(found) == 3
        assert [path for path in found if path.stat().st_size >= size] == []
    for name, size in SCRIPTS.items():
        assert (site / name).stat().st_size < size


def test_the_whole_country_fits(site: Path, catalogue: Catalogue) -> None:
    """As if every region were as large as the larger that is built; what the whole country has is Riket's alone."""
    units = {f.name: sum(file.stat().st_size for file in f.iterdir()) for f in site.glob("[0-9]*")}
    nation = units.pop(catalogue.units.nation.folder)
    assert len(units) == 2
    common = sum(file.stat().st_size for file in [*site.glob("*.*"), *site.glob("matt/*")])
    assert max(units.values()) * len(catalogue.units.regions) + nation + common < COUNTRY
