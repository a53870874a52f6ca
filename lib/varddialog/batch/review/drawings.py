"""Two figures compared: which words, and which shapes, differ; and a picture of what differs.

The picture is drawn from the figures' own shapes, so it needs no browser and no program that paints SVG: what both
have is pale, what only the report has is orange, what only the cell gives now is blue.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass

from varddialog.batch.review import words
from varddialog.batch.review.difference import Difference, Pictured
from varddialog.swedish import plural

BEFORE, AFTER = "#c2571a", "#1f5fa8"
_SPACE = "http://www.w3.org/2000/svg"
_COLOUR = re.compile(r"(fill|stroke): *(?!none|\s)[^;\"]+")
_MOST = 6


@dataclass(frozen=True)
class Shape:
    """One stroke, dot, outline or word. group: attributes of what it lies in."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    words: str
    group: tuple[tuple[str, str], ...]

    def element(self, colour: str = "") -> ET.Element:
        """It as SVG, in its own colours unless another is given."""
        made = ET.Element(self.tag, {**dict(self.group), **dict(self.attributes)})
        made.text = self.words or None
        if colour:
            if style := made.get("style"):
                made.set("style", _COLOUR.sub(rf"\1: {colour}", style))
            for name in ("fill", "stroke"):
                if made.get(name, "none") != "none":
                    made.set(name, colour)
        return made


def differing(before: str, after: str, where: str, label: str) -> list[Difference]:
    """What differs between two figures (SVG); label: what the first one says that it shows."""
    name = label.partition(":")[0]
    pictures = (picture(before), picture(after))
    try:
        old, new = ET.fromstring(before), ET.fromstring(after)
    except ET.ParseError:  # whoever wrote in it left it broken
        return [Pictured("figur", where, name, "figuren", "en annan figur", pictures)]
    one, other = Counter(shapes(old)), Counter(shapes(new))
    gone, come = list((one - other).elements()), list((other - one).elements())
    said = [_told(part) for part in (gone, come)]
    if not gone and not come:
        said = ["figuren", "samma former i annan ordning"]
    marked = _marked(old, list((one & other).elements()), gone, come)
    found: list[Difference] = [Pictured("figur", where, name, said[0], said[1], pictures, picture(marked))]
    labels = [root.get("aria-label", "") for root in (old, new)]
    return found + words.differing(labels[0], labels[1], where, "figurens text för den som inte ser den")


def shapes(root: ET.Element) -> list[Shape]:
    """Every shape of a figure; a path of many strokes or dots is taken apart, so that each is one."""
    return _shapes(root, {})


def picture(svg: str) -> str:
    """A figure as the address of a picture, in which no script runs and nothing is fetched."""
    opened = svg if "xmlns=" in svg.partition(">")[0] else svg.replace("<svg", f'<svg xmlns="{_SPACE}"', 1)
    face = opened.replace("<svg", '<svg font-family="sans-serif"', 1)
    return f"data:image/svg+xml;base64,{b64encode(face.encode()).decode()}"


def _shapes(parent: ET.Element, group: dict[str, str]) -> list[Shape]:
    found = []
    for element in parent:
        tag, attributes = _plain(element.tag), dict(element.attrib)
        if tag in ("g", "a"):
            found += _shapes(element, {**group, **attributes})
            continue
        parts = re.findall(r"M[^M]*", attributes.pop("d", "")) if tag == "path" else []
        inside = tuple(sorted(group.items()))
        for part in parts or [""]:
            mine = {**attributes, "d": part.strip()} if part else attributes
            found.append(Shape(tag, tuple(sorted(mine.items())), "".join(element.itertext()), inside))
    return found


def _told(found: list[Shape]) -> str:
    said = [shape.words for shape in found if shape.words]
    drawn = sum(not shape.words for shape in found)
    told = [*said[:_MOST], *(["…"] if len(said) > _MOST else []), *([plural(drawn, "form", "former")] if drawn else [])]
    return ", ".join(told)


def _marked(root: ET.Element, both: list[Shape], gone: list[Shape], come: list[Shape]) -> str:
    made = ET.Element("svg", {"xmlns": _SPACE, "viewBox": root.get("viewBox", "0 0 600 200")})
    pale = ET.SubElement(made, "g", {"opacity": "0.25"})
    pale.extend(shape.element() for shape in both)
    for found, colour in ((gone, BEFORE), (come, AFTER)):
        layer = ET.SubElement(made, "g", {"opacity": "0.8"})
        layer.extend(shape.element(colour) for shape in found)
    return ET.tostring(made, encoding="unicode")


def _plain(tag: object) -> str:
    """The name of an element without its namespace."""
    return str(tag).rpartition("}")[2]
