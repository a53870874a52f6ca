"""The slides' own template, 16:9: one master, four layouts of real placeholders, the reports' palette.

It is written as the parts of a package, so that it can be read and compared; the names are what PowerPoint shows.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from zipfile import ZIP_DEFLATED, ZipFile

from varddialog.figures.style import ACCENT, BETTER, INK, LEVEL, MUTED, REGIONS, RULE, WORSE, ZEBRA

WIDTH, HEIGHT = 13.333, 7.5  # inches
EMU = 914_400  # of an inch
HEADLINES, TEXT = "Georgia", "Calibri"  # every office computer has them
LANGUAGE = "sv-SE"

# placeholders by their idx, the same in every layout
TITLE, SUBTITLE, KICKER, MAIN, SIDE, NOTE, FOOTER, NUMBER = 0, 1, 10, 11, 12, 13, 20, 21


@dataclass(frozen=True)
class Place:
    """A placeholder: its idx, kind, name, place in inches, size of text in points, colour and its prompt."""

    idx: int
    kind: str
    name: str
    box: tuple[float, float, float, float]
    points: float
    colour: str = INK
    prompt: str = ""
    bold: bool = False
    anchor: str = "t"


_KICKER = Place(KICKER, "body", "Överrubrik", (0.6, 0.38, 12.13, 0.34), 13, MUTED, "Överrubrik", bold=True)
_TITLE = Place(TITLE, "title", "Rubrik", (0.6, 0.72, 12.13, 0.98), 26, INK, "Rubrik som säger vad bilden visar")
_NOTE = Place(NOTE, "body", "Källa", (0.6, 6.4, 12.13, 0.5), 11, MUTED, "Källa", anchor="b")
_FOOT = (
    Place(FOOTER, "ftr", "Sidfot", (0.6, 7.0, 9.0, 0.3), 10, MUTED),
    Place(NUMBER, "sldNum", "Bildnummer", (11.73, 7.0, 1.0, 0.3), 10, MUTED),
)
_MAIN, _SIDE = (0.6, 1.85, 8.05, 4.5), (8.95, 1.85, 3.78, 4.5)

LAYOUTS: dict[str, tuple[Place, ...]] = {
    "Omslag": (
        Place(TITLE, "ctrTitle", "Rubrik", (0.9, 2.1, 11.5, 1.7), 44, "#ffffff", "Rubrik", anchor="b"),
        Place(SUBTITLE, "subTitle", "Underrubrik", (0.9, 3.95, 11.5, 0.6), 22, "#ffffff", "Dialogomgång"),
        Place(KICKER, "body", "Uppgifter", (0.9, 4.65, 11.5, 1.4), 15, RULE, "Uppgifter"),
    ),
    "Tabell": (
        _TITLE,
        _KICKER,
        Place(MAIN, "tbl", "Tabell", (0.6, 1.85, 12.13, 4.4), 14, INK, "Tabell"),
        _NOTE,
        *_FOOT,
    ),
    "Diagram": (
        _TITLE,
        _KICKER,
        Place(MAIN, "chart", "Diagram", _MAIN, 14, INK, "Diagram"),
        Place(SIDE, "body", "Bedömning", _SIDE, 14, INK, "Bedömning"),
        _NOTE,
        *_FOOT,
    ),
    "Text": (
        _TITLE,
        _KICKER,
        Place(MAIN, "body", "Text till vänster", (0.6, 1.85, 5.85, 4.9), 14, INK, "Text"),
        Place(SIDE, "body", "Text till höger", (6.88, 1.85, 5.85, 4.9), 14, INK, "Text"),
        *_FOOT,
    ),
}
DARK = "Omslag"  # the one layout on a dark ground

_MAIN_NS = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    f'xmlns:p="{_MAIN_NS}"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PML = "application/vnd.openxmlformats-officedocument.presentationml"
_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


@cache
def template() -> bytes:
    """The empty presentation as a file."""
    names = list(LAYOUTS)
    layout_ids = "".join(f'<p:sldLayoutId id="{2147483649 + i}" r:id="rId{i + 1}"/>' for i in range(len(names)))
    parts = {
        "[Content_Types].xml": _content_types(len(names)),
        "_rels/.rels": _relations(
            ("officeDocument", "ppt/presentation.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _HEAD + "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>',
        "ppt/presentation.xml": _HEAD + f'<p:presentation {_NS} saveSubsetFonts="1"><p:sldMasterIdLst>'
        '<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        f'<p:sldSz cx="{_emu(WIDTH)}" cy="{_emu(HEIGHT)}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": _relations(
            ("slideMaster", "slideMasters/slideMaster1.xml"), ("theme", "theme/theme1.xml")
        ),
        "ppt/theme/theme1.xml": _HEAD + _theme(),
        "ppt/slideMasters/slideMaster1.xml": _HEAD
        + f"<p:sldMaster {_NS}><p:cSld>{_ground('bg1')}<p:spTree>{_GROUP}{_shapes((_TITLE, _body(), *_FOOT))}"
        '</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
        'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f"<p:sldLayoutIdLst>{layout_ids}</p:sldLayoutIdLst>{_text_styles()}</p:sldMaster>",
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(
            *(("slideLayout", f"../slideLayouts/slideLayout{i + 1}.xml") for i in range(len(names))),
            ("theme", "../theme/theme1.xml"),
        ),
    }
    for i, (name, places) in enumerate(LAYOUTS.items(), 1):
        ground = _ground("tx2") if name == DARK else ""
        parts[f"ppt/slideLayouts/slideLayout{i}.xml"] = (
            _HEAD + f'<p:sldLayout {_NS} preserve="1" userDrawn="1"><p:cSld name="{name}">{ground}<p:spTree>{_GROUP}'
            f"{_shapes(places)}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
        )
        parts[f"ppt/slideLayouts/_rels/slideLayout{i}.xml.rels"] = _relations(
            ("slideMaster", "../slideMasters/slideMaster1.xml")
        )
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def _emu(inches: float) -> int:
    return round(inches * EMU)


def _body() -> Place:
    """The master's own place for text, which PowerPoint asks for; the layouts have theirs."""
    return Place(1, "body", "Text", (0.6, 1.85, 12.13, 4.5), 14, INK, "Text")


def _shapes(places: tuple[Place, ...]) -> str:
    return "".join(_shape(place, number) for number, place in enumerate(places, 2))


def _shape(place: Place, number: int) -> str:
    x, y, width, height = (_emu(v) for v in place.box)
    kind = f'type="{place.kind}"' + ("" if place.idx == 0 else f' idx="{place.idx}"')
    title = place.kind in ("title", "ctrTitle")
    font = "+mj-lt" if title else "+mn-lt"
    right = ' algn="r"' if place.kind == "sldNum" else ""
    run = f'<a:rPr lang="{LANGUAGE}"/>'
    text = f"<a:r>{run}<a:t>{place.prompt}</a:t></a:r>" if place.prompt else f'<a:endParaRPr lang="{LANGUAGE}"/>'
    if place.kind == "sldNum":
        text = f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{run}<a:t>‹#›</a:t></a:fld>'
    level = (
        f'<a:lvl1pPr marL="0" indent="0"{right}><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr lang="{LANGUAGE}" sz="{round(place.points * 100)}" b="{int(place.bold)}">'
        f'<a:solidFill><a:srgbClr val="{place.colour[1:]}"/></a:solidFill><a:latin typeface="{font}"/></a:defRPr>'
        "</a:lvl1pPr>"
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{place.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{place.anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{level}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _ground(colour: str) -> str:
    return f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'


def _text_styles() -> str:
    def levels(points: int, font: str, spacing: int) -> str:
        return "".join(
            f'<a:lvl{n}pPr marL="0" indent="0" algn="l"><a:lnSpc><a:spcPct val="{spacing}000"/></a:lnSpc><a:buNone/>'
            f'<a:defRPr lang="{LANGUAGE}" sz="{points * 100}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
            f'<a:latin typeface="{font}"/><a:ea typeface="{font[:3]}-ea"/><a:cs typeface="{font[:3]}-cs"/></a:defRPr>'
            f"</a:lvl{n}pPr>"
            for n in range(1, 6)
        )

    return (
        f"<p:txStyles><p:titleStyle>{levels(26, '+mj-lt', 95)}</p:titleStyle>"
        f"<p:bodyStyle>{levels(14, '+mn-lt', 100)}</p:bodyStyle>"
        f"<p:otherStyle>{levels(12, '+mn-lt', 100)}</p:otherStyle></p:txStyles>"
    )


def _theme() -> str:
    colours = {
        "dk1": INK, "lt1": "#ffffff", "dk2": ACCENT, "lt2": ZEBRA, "accent1": ACCENT, "accent2": BETTER,
        "accent3": WORSE, "accent4": LEVEL, "accent5": MUTED, "accent6": REGIONS, "hlink": BETTER, "folHlink": MUTED,
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value[1:]}"/></a:{name}>' for name, value in colours.items())
    fonts = "".join(
        f'<a:{kind}><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}>'
        for kind, font in (("majorFont", HEADLINES), ("minorFont", TEXT))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Vårddialog"><a:themeElements>'
        f'<a:clrScheme name="Vårddialog">{scheme}</a:clrScheme><a:fontScheme name="Vårddialog">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Vårddialog"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>'
        + "".join(f'<a:ln w="{w}">{fill}</a:ln>' for w in (6350, 12700, 19050))
        + "</a:lnStyleLst><a:effectStyleLst>"
        + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
        + f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{i}" Type="{kind if "/" in kind else f"{_REL}/{kind}"}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def _content_types(layouts: int) -> str:
    kinds = {
        "/ppt/presentation.xml": f"{_PML}.presentation.main+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{_PML}.slideMaster+xml",
        **{f"/ppt/slideLayouts/slideLayout{i}.xml": f"{_PML}.slideLayout+xml" for i in range(1, layouts + 1)},
        "/ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )
