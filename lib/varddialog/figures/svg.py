"""matplotlib's SVG without what a page does not need: a third of the size, and no id that could clash."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple
from xml.etree import ElementTree as ET

from varddialog.figures.style import INK

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d\d+")  # places are whole tenths when they come
_POINT = re.compile(r"M (\S+ \S+) \1(?= M|$)")
# letters part numbers from each other as well as spaces do
_SPACES = re.compile(r" (?=[A-Za-z])|(?<=[A-Za-z]) ")
# what a browser, or the page's own style sheet, does anyway
_DEFAULTS = {"stroke-linejoin: miter", "stroke-linecap: butt", "fill: #000000"}
# from the place of words down to their baseline, as a share of their size
_BASELINE = {"center": 0.33, "top": 0.76, "bottom": -0.24}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


class Words(NamedTuple):
    """Words on a sheet, which the page sets in a typeface of its own: nothing is measured."""

    x: float
    y: float
    text: str
    ha: str
    va: str
    color: str
    weight: str
    size: float
    url: str
    length: float = 0.0  # points that they are fitted into; as long as they come when 0


def compact(svg: str, key: str, height: float, size: float, words: Sequence[Words]) -> str:
    """The drawing with one decimal, no idle groups, styles told once, and references named after `key`.

    words: laid on top of it, with what most have in common (ink, `size`) told once; their y counts from below.
    """
    root = ET.fromstring(svg)
    names = {name: f"{_short(key)}{i}" for i, name in enumerate(_referred(root))}
    small = ET.Element("svg", {"viewBox": _rounded(root.attrib["viewBox"])})
    for child in root:
        _copy(child, small, names)
    if words:
        _write(words, ET.SubElement(small, "g", {"fill": INK, "font-size": f"{size:g}"}), height, size)
    return ET.tostring(small, encoding="unicode", short_empty_elements=True)


def _write(words: Sequence[Words], parent: ET.Element, height: float, size: float) -> None:
    for one in words:
        look = {"x": _short_number(one.x), "y": _short_number(height - one.y + _BASELINE[one.va] * one.size)}
        if one.ha != "left":
            look["text-anchor"] = _ANCHORS[one.ha]
        if one.color != INK:
            look["fill"] = one.color
        if one.weight:
            look["font-weight"] = one.weight
        if one.size != size:
            look["font-size"] = _short_number(one.size)
        if one.length:
            look |= {"textLength": _short_number(one.length), "lengthAdjust": "spacingAndGlyphs"}
        target = ET.SubElement(parent, "a", {"href": one.url}) if one.url else parent
        ET.SubElement(target, "text", look).text = one.text


def _short_number(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"


def _short(key: str) -> str:
    return f"f{zlib.crc32(key.encode()):x}-"


def _referred(root: ET.Element) -> list[str]:
    """Ids that something in the drawing points at, in order of appearance."""
    found = [
        e.attrib[_HREF][1:] for e in root.iter() if e.attrib.get(_HREF, "").startswith("#") and e.tag == f"{_SVG}use"
    ]
    return list(dict.fromkeys(found))


def _copy(element: ET.Element, parent: ET.Element, names: dict[str, str]) -> None:
    """`element` and all below it, added to `parent` in its short form."""
    tag = element.tag.removeprefix(_SVG)
    if tag in ("metadata", "style"):
        return
    attributes = _attributes(element, names)
    if tag in ("g", "defs") and not attributes:
        target = parent if tag == "g" else ET.SubElement(parent, tag)
    else:
        target = ET.SubElement(parent, tag, attributes)
        if element.text and element.text.strip():
            target.text = element.text
    for style, run in groupby(element, key=_shared_style):
        marks = list(run)
        if style is None or len(marks) < 2:
            for mark in marks:
                _copy(mark, target, names)
        else:
            group = ET.SubElement(target, "g", {"style": _style(style)})
            for mark in marks:
                del mark.attrib["style"]
                _copy(mark, group, names)
    if tag == "defs" and not len(target):
        parent.remove(target)


def _path(steps: str) -> str:
    """The steps of a path in short: straight lines need no letter after the first, a point is a line of no length."""
    short = " ".join(_rounded(steps).split())
    if " C " not in short:
        short = _POINT.sub(r"M\1h0", short.replace(" L ", " "))
    return _SPACES.sub("", short)


def _shared_style(element: ET.Element) -> str | None:
    """The style that marks and lines in a row have in common and can be told once."""
    return element.attrib.get("style") if element.tag in (f"{_SVG}use", f"{_SVG}path") else None


def _attributes(element: ET.Element, names: dict[str, str]) -> dict[str, str]:
    kept = {}
    for name, value in element.attrib.items():
        if name == "id":
            if value in names:
                kept["id"] = names[value]
        elif name == _HREF:
            kept["href"] = f"#{names[value[1:]]}" if value[1:] in names else value
        elif name == "style":
            if style := _style(value):
                kept["style"] = style
        elif name == "transform":
            if not value.startswith(("rotate(-0 ", "rotate(0 ")):
                kept["transform"] = _rounded(value)
        elif name == "d":
            kept["d"] = _path(value)
        elif name not in ("target", "version"):
            kept[name] = _rounded(value).strip()
    return kept


def _style(style: str) -> str:
    """The declarations that say something, the typeface left to the page."""
    declarations = [d.strip() for d in style.split(";")]
    return "; ".join(_rounded(d) for d in declarations if d and d not in _DEFAULTS and not d.startswith("font-family"))


def _rounded(text: str) -> str:
    return _NUMBER.sub(lambda m: _short_number(float(m[0])), text)
