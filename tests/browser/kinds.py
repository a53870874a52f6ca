"""One page of every kind that a reader gets, by a short name; and the browser's own ways to look at them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

REPORTS = {
    "rapport-1": "09-gotland/1-halsa-i-befolkningen.html",
    "rapport-2": "01-stockholm/2-kvalitet-i-tjansterna.html",
    "rapport-3": "00-riket/3-effektiva-och-hallbara-system.html",
    "rapport-4": "01-stockholm/4-jamlik-vard-och-halsa.html",
}
TOOL = {
    "landet": "index.html",
    "omslag": "09-gotland/index.html",
    "alla-matt": "matt/index.html",
    "matt": "matt/strokeenhet-forsta-vardenhet.html",
    "jamfor": "jamfor.html",
}
# before, during and after the visits; every arena, since each shows what the others lack
DIALOGUE = {
    "omgang": "omgang.html",
    "dagordning": "09-gotland/dagordning.html",
    "fokus": "09-gotland/fokusomrade-tillganglighet.html",
    "fokus-riket": "00-riket/fokusomrade-kompetensforsorjning.html",
    "fragor": "09-gotland/diskussionsfragor.html",
    "tillagg": "09-gotland/tillagg.html",
    "nationellt": "00-riket/nationell-oversikt.html",
    "slutrapport": "00-riket/slutrapport.html",
    "arena-halso": "00-riket/dialoguppfoljning-halso-och-sjukvardsdialogen.html",
    "arena-privata": "00-riket/dialoguppfoljning-privata-vardgivare.html",
    "arena-samverkan": "00-riket/dialoguppfoljning-samverkansregion.html",
    "arena-tillganglighet": "00-riket/dialoguppfoljning-tillganglighet.html",
}
KINDS = {**TOOL, "metod": "metod.html", "kortrapport": "09-gotland/kortrapport.html", **REPORTS, **DIALOGUE}


def show(page: Page, site: Path, name: str, place: str = "") -> None:
    """Open the page of that name, at `place` (what an address says after its #)."""
    page.goto((site / KINDS[name]).as_uri() + (f"#{place}" if place else ""))
