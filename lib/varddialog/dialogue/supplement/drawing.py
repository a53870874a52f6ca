"""A drawing in SVG, written anew with nothing but shapes, colours and text in it.

The page shows it as a picture, where browsers run no script and fetch nothing; what could do so is refused all the
same, since the file may be taken out of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from varddialog.dialogue.supplement.limits import DEEPEST_SVG, MOST_DRAWN
from varddialog.errors import Fault, ParamsError

SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "http://www.w3.org/1999/xlink href"
_TEXTS = frozenset(("title", "desc", "text", "tspan", "textPath", "style"))
_SHAPES = """
svg g defs symbol use path rect circle ellipse line polyline polygon clipPath mask marker linearGradient radialGradient
stop pattern switch
"""
_LOOKS = """
id class style transform href d x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate width height viewBox points
preserveAspectRatio pathLength offset startOffset textLength lengthAdjust method spacing side type
clipPathUnits maskUnits maskContentUnits patternUnits patternContentUnits patternTransform gradientUnits
gradientTransform spreadMethod markerWidth markerHeight markerUnits refX refY orient
fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip-path clip-rule mask
marker-start marker-mid marker-end paint-order vector-effect shape-rendering text-rendering stop-color
stop-opacity font-family font-size font-style font-weight font-variant font-stretch letter-spacing word-spacing
text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift writing-mode
"""
ELEMENTS = _TEXTS | set(_SHAPES.split())
ATTRIBUTES = frozenset(_LOOKS.split())
# in a style or an attribute: an address outside the drawing, a rule that fetches, or a sign written so that it hides
_ADDRESS = re.compile(r"url\(\s*['\"]?\s*(?!#)", re.IGNORECASE)
_INSIDE = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)", re.IGNORECASE)
_FETCHES = re.compile(r"@|\\|expression\s*\(|image-set|javascript:|/\*", re.IGNORECASE)


def redraw(raw: bytes, where: str) -> bytes:
    """The drawing as UTF-8 without what other programs have left in it.

    where: the file, for the faults. Raises ParamsError for scripts, addresses outside the drawing, entities, elements
    that are not simply drawn, and drawings that repeat themselves without end.
    """
    copy = _Copy(where)
    try:
        copy.parser.Parse(raw, True)
    except expat.ExpatError as error:
        _refuse("Bilden är ingen hel SVG-fil.", f"{where}, rad {error.lineno}", todo="Spara den igen som vanlig SVG.")
    except (ValueError, LookupError):  # a coding of characters that is unknown
        _refuse("Bildens tecken går inte att läsa.", where, todo="Spara den i UTF-8.")
    copy.count()
    return "".join(copy.made).encode()


class _Copy:
    """Reads the drawing and writes what may be in it."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.made: list[str] = []
        self.open: list[str] = []  # elements that are written; "" for one that is left out
        self.ids: list[str] = []  # of the elements that are open
        self.holds: dict[str, list[str]] = {}  # id → ids that are drawn again inside it; "" is the whole drawing
        self.style: list[str] | None = None
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.entity
        parser.SkippedEntityHandler = self.entity
        parser.ProcessingInstructionHandler = self.instruction

    def refuse(self, what: str, todo: str) -> NoReturn:
        _refuse(what, f"{self.where}, rad {self.parser.CurrentLineNumber}", todo=todo)

    def doctype(self, _name: str, _system: str | None, _public: str | None, has_internal: int) -> None:
        # programs write one that names the standard, and it is not fetched
        if has_internal:
            self.refuse("Bilden har egna definitioner (DOCTYPE).", _PLAIN)

    def entity(self, *_: object) -> None:
        self.refuse("Bilden har egna tecken (ENTITY).", _PLAIN)

    def instruction(self, target: str, _data: str) -> None:
        self.refuse(f"Bilden har en instruktion till andra program («{target}»).", _PLAIN)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self.open and (namespace, local) != (SVG, "svg"):
            self.refuse("Filen är ingen bild i SVG.", _PLAIN)
        if len(self.open) >= DEEPEST_SVG:
            self.refuse("Bildens delar ligger för djupt i varandra.", _PLAIN)
        # what belongs to other programs is not drawn, and neither is what lies in it
        if namespace != SVG or local == "metadata" or (self.open and not self.open[-1]):
            if local.lower() in ("script", "foreignobject", "iframe", "html"):
                self.refuse(f"Bilden har ett element som inte får finnas: «{local}».", _PLAIN)
            self.open.append("")
            self.ids.append("")
            return
        if local not in ELEMENTS:
            self.refuse(f"Bilden har ett element som inte får finnas: «{local}».", _PLAIN)
        kept = dict(self.kept(attributes))
        if not self.open:
            if "viewBox" not in kept and not {"width", "height"} <= kept.keys():
                self.refuse("Bilden saknar mått.", "Spara den med bredd och höjd, eller med viewBox.")
            kept = {"xmlns": SVG, **kept}
        self.open.append(local)
        self.ids.append(kept.get("id", ""))
        for drawn in self.drawn(kept):
            for one in {"", *self.ids}:
                self.holds.setdefault(one, []).append(drawn)
        self.made.append(f"<{local}{''.join(f' {key}={quoteattr(value)}' for key, value in kept.items())}>")
        if local == "style":
            self.style = []

    def kept(self, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
        for name, value in attributes.items():
            namespace, _, local = name.rpartition(" ")
            if local.lower().startswith("on"):
                self.refuse(f"Bilden har en händelse som kör kod: «{local}».", _PLAIN)
            if name == _XLINK_HREF:
                namespace, local = "", "href"
            if namespace or local not in ATTRIBUTES:
                continue
            if local == "href" and not value.strip().startswith("#"):
                self.refuse("Bilden hänvisar till något utanför sig själv.", _PLAIN)
            self.checked(value)
            yield local, value

    def drawn(self, kept: dict[str, str]) -> Iterator[str]:
        """The ids of what is drawn again by an element."""
        for name, value in kept.items():
            if name == "href":
                yield value.strip().removeprefix("#")
            else:
                yield from _INSIDE.findall(value)

    def checked(self, value: str) -> None:
        if _ADDRESS.search(value) or _FETCHES.search(value):
            self.refuse("Bilden hämtar något, eller gömmer en adress, i sitt utseende.", _PLAIN)

    def text(self, written: str) -> None:
        if self.style is not None:
            self.style.append(written)
        elif self.open and self.open[-1] in _TEXTS:
            self.made.append(escape(written))

    def end(self, _name: str) -> None:
        local = self.open.pop()
        self.ids.pop()
        if local == "style" and self.style is not None:
            css = "".join(self.style)
            self.checked(css)
            self.made.append(escape(css))
            self.style = None
        if local:
            self.made.append(f"</{local}>")

    def count(self) -> None:
        """Refuses a drawing that shows itself within itself, or the same part over and over."""
        known: dict[str, int] = {}

        def times(one: str, around: tuple[str, ...]) -> int:
            if one in around or len(around) > DEEPEST_SVG:
                _refuse("Bilden ritar sig själv inuti sig själv.", self.where, todo=_PLAIN)
            if one not in known:
                known[one] = sum(1 + times(other, (*around, one)) for other in self.holds.get(one, ()))
            return known[one]

        if times("", ()) > MOST_DRAWN:
            _refuse("Bilden ritar samma sak för många gånger.", self.where, todo="Spara den som PNG.")


_PLAIN = "Spara den som vanlig SVG utan skript, länkar och inbäddade bilder, eller som PNG."


def _refuse(what: str, where: str, todo: str) -> NoReturn:
    raise ParamsError(Fault(what, where, todo=todo)) from None
