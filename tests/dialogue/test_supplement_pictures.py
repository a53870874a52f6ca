"""Pictures and drawings that are added: what is left of them, and what is refused."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from tests.dialogue.added import SVG, UNIT, add, bomb, jpeg_from_a_telephone, png

from varddialog.config import Project
from varddialog.dialogue.supplement import bitmap, drawing
from varddialog.dialogue.supplement.check import examine
from varddialog.dialogue.supplement.limits import MOST_IN_REPORT
from varddialog.errors import ParamsError
from varddialog.model.catalogue import Catalogue

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def test_a_photograph_keeps_nothing_but_what_is_seen() -> None:
    raw = jpeg_from_a_telephone()
    assert b"Telefonm" in raw
    assert b"hemlig kommentar" in raw
    made, width, height = bitmap.redraw(raw, "JPEG", "foto.jpg")
    assert (width, height) == (30, 40)  # turned as the telephone said
    assert b"Exif" not in made
    assert b"hemlig" not in made
    assert dict(Image.open(io.BytesIO(made)).getexif()) == {}
    assert bitmap.redraw(raw, "JPEG", "foto.jpg")[0] == made


def test_what_lies_behind_or_beside_a_picture_is_left_out() -> None:
    told = io.BytesIO()
    info = PngInfo()
    info.add_text("Author", "En person")
    Image.new("P", (20, 10)).save(told, "PNG", pnginfo=info, icc_profile=b"profil" * 20)
    raw = told.getvalue() + b"<script>alert(1)</script>PK\x03\x04"
    made, _, _ = bitmap.redraw(raw, "PNG", "x.png")
    for left in (b"En person", b"profil", b"script", b"PK", b"tEXt", b"iCCP"):
        assert left not in made


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_wide_picture_of_any_kind_is_made_narrower(mode: str) -> None:
    made, width, height = bitmap.redraw(png(1800, 600, mode), "PNG", "x.png")
    assert (width, height) == (900, 300)
    assert Image.open(io.BytesIO(made)).size == (900, 300)


def test_bombs_broken_and_moving_pictures_are_refused() -> None:
    for side in (7_000, 10_000, 60_000):
        with pytest.raises(ParamsError, match="för många bildpunkter"):
            bitmap.redraw(bomb(side), "PNG", "x.png")
    with pytest.raises(ParamsError, match="trasig"):
        bitmap.redraw(png()[:60], "PNG", "x.png")
    with pytest.raises(ParamsError, match="trasig"):
        bitmap.redraw(bomb(50), "PNG", "x.png")
    moving = io.BytesIO()
    frames = [Image.new("RGB", (5, 5), colour) for colour in ("red", "blue")]
    frames[0].save(moving, "PNG", save_all=True, append_images=frames[1:])
    with pytest.raises(ParamsError, match="rör sig"):
        bitmap.redraw(moving.getvalue(), "PNG", "x.png")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("figur.png", jpeg_from_a_telephone()),
        ("figur.jpg", png()),
        ("figur.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
        ("figur.png", b"<html><script>alert(1)</script></html>"),
        ("figur.jpg", SVG.encode()),
        ("figur.svg", png()),
    ],
    ids=["JPEG as PNG", "PNG as JPEG", "GIF as PNG", "HTML as PNG", "SVG as JPEG", "PNG as SVG"],
)
def test_the_kind_is_told_by_the_bytes(params_copy: Project, catalogue: Catalogue, name: str, raw: bytes) -> None:
    add(params_copy, name, raw)
    add(params_copy, "inledning.md", f"![En kurva]({name})")
    (fault,) = examine(params_copy, catalogue).faults
    assert "fast filen heter annat" in fault.what
    assert fault.where == f"params/supplements/{UNIT}/{name}"


def test_a_report_that_would_grow_too_large_is_told_before_it_is_made(
    params_copy: Project, catalogue: Catalogue
) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (160, 160, 3), dtype=np.uint8)
    made = io.BytesIO()
    Image.fromarray(noise).save(made, "PNG")
    add(params_copy, "brus.png", made.getvalue())
    add(params_copy, "sakerhet.md", "![Slumpade färger](brus.png)")
    assert len(made.getvalue()) * 4 / 3 > MOST_IN_REPORT
    (fault,) = examine(params_copy, catalogue).faults
    assert "2-kvalitet-i-tjansterna.html" in fault.what
    assert "sakerhet.md" in fault.where
    add(params_copy, "inledning.md", "![Slumpade färger](brus.png)")
    (params_copy.params / "supplements" / UNIT / "sakerhet.md").unlink()
    assert examine(params_copy, catalogue).faults == []  # the own page has more room


def test_a_drawing_from_matplotlib_comes_through_with_its_shapes_and_no_more() -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], [2, 1, 3], "o-")
    axes.bar([1, 2], [1, 2], hatch="//")
    axes.set_title("Kö & väntan")
    made = io.BytesIO()
    figure.savefig(made, format="svg")
    plt.close(figure)
    raw = made.getvalue()
    found = drawing.redraw(raw, "x.svg")
    assert b"<!DOCTYPE" in raw
    for left in (b"DOCTYPE", b"metadata", b"Matplotlib", b"xlink", b"<!--"):
        assert left not in found
    assert found.count(b"<path") == raw.count(b"<path")
    assert found.count(b"<use") == raw.count(b"<use")
    assert drawing.redraw(found, "x.svg") == found


def test_what_other_programs_have_left_in_a_drawing_is_left_out() -> None:
    raw = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><!-- C:\\Users\\namn -->'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
        'width="9" height="9" s:docname="hemlig.svg"><s:namedview><s:guide/></s:namedview><metadata>Namn</metadata>'
        '<text x="1" y="2">Å &lt; 5</text></svg>'
    ).encode("latin-1")
    found = drawing.redraw(raw, "x.svg").decode()
    assert "<text" in found
    assert ">Å &lt; 5</text>" in found
    for left in ("Users", "hemlig", "namedview", "Namn"):
        assert left not in found


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "«script»"),
        ("<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>", "«script»"),
        ("<metadata><script>alert(1)</script></metadata>", "«script»"),
        ("<foreignObject><p/></foreignObject>", "«foreignObject»"),
        ("<rect onload='alert(1)'/>", "«onload»"),
        ("<rect ONCLICK='alert(1)'/>", "«ONCLICK»"),
        ("<image href='data:image/png;base64,AAAA'/>", "«image»"),
        ("<a xlink:href='https://example.org'><rect/></a>", "«a»"),
        ("<animate attributeName='href' to='javascript:alert(1)'/>", "«animate»"),
        ("<set attributeName='onload' to='alert(1)'/>", "«set»"),
        ("<use xlink:href='https://example.org/x.svg#a'/>", "utanför sig själv"),
        ("<use href='data:image/svg+xml,x#a'/>", "utanför sig själv"),
        ("<use href='jav&#x09;ascript:alert(1)'/>", "utanför sig själv"),
        ("<rect fill='url(https://example.org/x)'/>", "hämtar något"),
        ("<rect style='fill:u\\72l(https://example.org/x)'/>", "hämtar något"),
        ("<style>@import 'https://example.org/x.css';</style>", "hämtar något"),
        ("<style>rect{fill:url( &quot;//example.org/x&quot; )}</style>", "hämtar något"),
        ("<style><![CDATA[@font-face{src:url(x)}]]></style>", "hämtar något"),
        ("<rect style='fill:u/**/rl(x)'/>", "hämtar något"),
        ("<?xml-stylesheet href='https://example.org/x.css'?>", "instruktion"),
        ("<g id='a'><use href='#a'/></g>", "sig själv inuti"),
        ("<g>" * 70 + "</g>" * 70, "för djupt"),
        ("<rect>", "ingen hel SVG-fil"),
    ],
)
def test_drawings_that_could_do_something_are_refused(inside: str, what: str) -> None:
    with pytest.raises(ParamsError) as stopped:
        drawing.redraw(f"{HEAD}{inside}</svg>".encode(), "x.svg")
    assert what in str(stopped.value)


@pytest.mark.parametrize(
    "raw",
    [
        f'<!DOCTYPE svg [<!ENTITY a "lol">]>{HEAD}<text>&a;</text></svg>',
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}<text>&a;</text></svg>',
        f'<!DOCTYPE svg SYSTEM "x.dtd">{HEAD}<text>&a;</text></svg>',
        "<svg viewBox='0 0 9 9'></svg>",
        "<html><body/></html>",
        f'<?xml version="1.0" encoding="utf-99"?>{HEAD}</svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        "",
    ],
)
def test_entities_and_files_that_are_no_drawings_are_refused(raw: str) -> None:
    with pytest.raises(ParamsError):
        drawing.redraw(raw.encode(), "x.svg")


def test_a_small_drawing_that_multiplies_itself_is_refused() -> None:
    ten = "".join("<use href='#n{0}'/>" for _ in range(10))
    levels = "".join(f"<g id='n{i}'>{ten.format(i - 1)}</g>" for i in range(1, 9))
    with pytest.raises(ParamsError, match="för många gånger"):
        drawing.redraw(f"{HEAD}<g id='n0'><path d='M0 0'/></g>{levels}</svg>".encode(), "x.svg")


def test_a_drawing_in_another_coding_hides_no_script() -> None:
    for coding in ("utf-16", "utf-8-sig"):
        with pytest.raises(ParamsError, match="«script»"):
            drawing.redraw(f"{HEAD}<script/></svg>".encode(coding), "x.svg")
