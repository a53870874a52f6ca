"""Every kind of page looks as it did on the kept pictures, on a desktop, a telephone and paper.

Typefaces differ between machines and move every line, so the pictures are taken with one made here, whose letters are
all the same bar: layout, figures and colours show, and are alike wherever Chromium is. When a page is meant to look
otherwise, the pictures are renewed, and looked at, with

    VARDDIALOG_RENEW_PICTURES=1 .venv/bin/pytest tests/browser/test_look.py
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page
from tests.browser.kinds import KINDS, show

RENEW = "VARDDIALOG_RENEW_PICTURES"
KEPT = Path(__file__).parent / "kept"
PAPER = (688, 1017)  # A4 within the margins of the print style, in CSS pixels
# made of what another kind shows too; what is added has a drawing with the machine's own typeface
LEFT_OUT = ("fokus-riket", "arena-halso", "arena-privata", "arena-samverkan", "tillagg")
# every kind's first screen, and what lies below it in a report, an arena and on the start page: view → kind and place
VIEWS = {kind: (kind, "") for kind in KINDS if kind not in LEFT_OUT} | {
    "oversikt": ("rapport-2", "oversikt"),
    "kort": ("rapport-2", "strokeenhet-forsta-vardenhet"),
    "regionerna": ("landet", "regioner"),
    "kartorna": ("landet", "kartor"),
    "over-tid": ("arena-tillganglighet", "matten"),
}
SCREENS = {"skarm": (1280, 900), "telefon": (390, 844), "papper": PAPER}
WIDTHS = {"skarm": 320, "telefon": 156, "papper": 200}  # of the kept pictures
COLOURS = 64
TILE = 12  # points of a kept picture: the side of the squares that are compared
# the most that the mean of any square may differ, of 255: pages alike differ by 2, the planted changes by 8 and more
LIMIT = 5.0


@pytest.fixture(scope="session")
def bars() -> str:
    """A style that sets all text in a typeface where each letter is a bar of the same width."""
    pen = TTGlyphPen(None)
    for x, y in ((40, 0), (40, 480), (430, 480), (430, 0)):
        (pen.lineTo if pen.points else pen.moveTo)((x, y))
    pen.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "space", "bar"])
    spaces = {0x20, 0xA0, 0x202F}
    made.setupCharacterMap({code: "space" if code in spaces else "bar" for code in range(0x20, 0x3000)})
    empty, bar = TTGlyphPen(None).glyph(), pen.glyph()
    made.setupGlyf({".notdef": bar, "space": empty, "bar": bar})
    made.setupHorizontalMetrics({".notdef": (470, 0), "space": (270, 0), "bar": (470, 40)})
    made.setupHorizontalHeader(ascent=900, descent=-250)
    made.setupNameTable({"familyName": "Streck", "styleName": "Regular"})
    made.setupOS2(sTypoAscender=900, sTypoDescender=-250, usWinAscent=900, usWinDescent=250)
    made.setupPost()
    font = io.BytesIO()
    made.save(font)
    data = base64.b64encode(font.getvalue()).decode()
    return (
        f"@font-face {{ font-family: Streck; src: url(data:font/ttf;base64,{data}); }}"
        "* { font-family: Streck !important; font-synthesis: none !important; hyphens: manual !important;"
        " caret-color: transparent !important; }"
    )


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[str, Page]]:
    name = str(request.param)
    width, height = SCREENS[name]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="sv-SE", reduced_motion="reduce")
    page = context.new_page()
    page.emulate_media(media="print" if name == "papper" else "screen")
    yield name, page
    context.close()


def _taken(page: Page, bars: str, width: int, place: str = "") -> Image.Image:
    """What is on the screen at `place`, as it is compared: small, and softened by that."""
    page.add_style_tag(content=bars)
    page.evaluate("document.fonts.load('10px Streck').then(() => document.fonts.ready)")
    page.wait_for_function("document.fonts.check('10px Streck')")
    if place:
        page.evaluate(f"document.getElementById('{place}').scrollIntoView()")
    whole = Image.open(io.BytesIO(page.screenshot(animations="disabled", scale="css"))).convert("RGB")
    return whole.resize((width, round(whole.height * width / whole.width)), Image.Resampling.BOX)


def _difference(one: Image.Image, other: Image.Image) -> float:
    """How much the mean of the most different square differs, of 255; sizes alike."""
    assert one.size == other.size
    soft = [
        np.asarray(image.convert("RGB").filter(ImageFilter.GaussianBlur(1.5)), dtype=float) for image in (one, other)
    ]
    apart = np.abs(soft[0] - soft[1]).max(axis=2)
    high, wide = (n // TILE * TILE for n in apart.shape)
    squares = apart[:high, :wide].reshape(high // TILE, TILE, wide // TILE, TILE)
    return float(squares.mean(axis=(1, 3)).max())


def _kept(view: str, name: str) -> Path:
    return KEPT / f"{view}-{name}.png"


def _keep(picture: Image.Image, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


@pytest.mark.parametrize("view", VIEWS)
def test_page_looks_as_kept(screen: tuple[str, Page], site: Path, bars: str, view: str) -> None:
    name, page = screen
    kind, place = VIEWS[view]
    show(page, site, kind)
    now = _taken(page, bars, WIDTHS[name], place)
    if os.environ.get(RENEW):
        _keep(now, _kept(view, name))
    assert _difference(now, Image.open(_kept(view, name))) < LIMIT


def test_pictures_are_few_and_small() -> None:
    found = {path.name for path in KEPT.iterdir()}
    assert found == {_kept(view, name).name for view in VIEWS for name in SCREENS}
    assert sum(path.stat().st_size for path in KEPT.iterdir()) < 400_000


# what must be seen: where a block stands, whether a figure is there, which colour is used for what
PLANTED = {
    "a block moves": ("landet", "document.querySelector('section').style.marginTop = '40px'"),
    "a figure is lost": ("matt", "document.querySelector('figure svg').style.visibility = 'hidden'"),
    "a colour is another": ("landet", "document.body.style.setProperty('--accent', '#a4262c')"),
    "a heading is gone": ("omslag", "document.querySelector('h1').remove()"),
    "a column is narrower": ("rapport-1", "document.querySelector('main').style.maxWidth = '30rem'"),
}


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("screen", ["skarm"], indirect=True)
def test_a_change_is_seen(screen: tuple[str, Page], site: Path, bars: str, planted: str) -> None:
    name, page = screen
    kind, script = PLANTED[planted]
    show(page, site, kind)
    page.evaluate(script)
    assert _difference(_taken(page, bars, WIDTHS[name]), Image.open(_kept(kind, name))) > 1.5 * LIMIT


@pytest.mark.parametrize("screen", ["skarm"], indirect=True)
def test_the_machine_s_typefaces_do_not_matter(screen: tuple[str, Page], site: Path, bars: str) -> None:
    name, page = screen
    show(page, site, "rapport-1")
    page.add_style_tag(content=":root { --serif: monospace !important; --sans: fantasy !important; }")
    assert _difference(_taken(page, bars, WIDTHS[name]), Image.open(_kept("rapport-1", name))) < LIMIT
