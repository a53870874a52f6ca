"""What is written inside a file, whatever its format: its texts, and what programs have left beside them."""

from __future__ import annotations

import base64
import binascii
import html
import io
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from varddialog.publish.share.archive import FIRST_DAY

_DATA = re.compile(r"data:[\w/+.;=-]*?(;base64)?,([^\"'<>\s)]*)")
# what no reader sees: comments, fields about the page, and what drawing programs write of themselves
_UNSEEN = re.compile(r"<!--.*?-->|<meta\b[^>]*>|<metadata\b.*?</metadata>", re.DOTALL)
_PNG, _JPEG, _ZIP, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04", b"%PDF-"


class Text(NamedTuple):
    """A text of a file. where: the place in the file, empty for all of it. by_program: metadata."""

    where: str
    text: str
    by_program: bool = False


class Unreadable(Exception):
    """The file is not what its beginning says."""


def texts(content: bytes) -> Iterator[Text]:
    """Every text of a file, also of the files inside it. Raises Unreadable."""
    try:
        yield from _texts(content)
    except (BadZipFile, zlib.error, EOFError, RecursionError, NotImplementedError) as error:
        raise Unreadable(str(error)) from error


def _texts(content: bytes) -> Iterator[Text]:
    if content.startswith(_PNG):
        yield from _png(content)
    elif content.startswith(_JPEG):
        yield from _jpeg(content)
    elif content.startswith(_ZIP):
        yield from _zip(content)
    elif content.startswith(_PDF):
        yield from _pdf(content)
    elif content[:1] == b"{" and (notebook := _as_json(content)) is not None:
        yield from _json(notebook)
    elif b"\0" in content:
        yield Text("", _bare(content))
    else:
        yield from _marked(content.decode(errors="replace"))


def _inner(where: str, content: bytes, by_program: bool = False) -> Iterator[Text]:
    for found in _texts(content):
        yield Text(f"{where}, {found.where}" if found.where else where, found.text, found.by_program or by_program)


def _bare(content: bytes) -> str:
    """Bytes as text, its parts apart, and once more with letters of two bytes as one."""
    apart = content.replace(b"\0", b"\n")
    return (apart if apart == content else apart + b"\n" + content.replace(b"\0", b"")).decode("latin-1")


def _marked(text: str) -> Iterator[Text]:
    """HTML, SVG, XML, or plain text, with the data that is written into its addresses."""
    for m in _DATA.finditer(text):
        if m[1]:
            yield from _base64("inbäddad bild", m[2])
        else:
            yield Text("inbäddad fil", unquote(m[2]))
    for m in _UNSEEN.finditer(text):
        yield Text("osynligt fält", html.unescape(m[0]), by_program=True)
    yield Text("", html.unescape(text) if "&" in text else text)


def _base64(where: str, text: str) -> Iterator[Text]:
    try:
        content = base64.b64decode(unquote(text) if "%" in text else text)
    except binascii.Error:
        return
    yield from _inner(where, content)


def _as_json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _json(found: Any, where: str = "") -> Iterator[Text]:
    """A notebook, or any other JSON. What a notebook says of itself and its cells is metadata."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield Text(where, key)
            if key == "metadata":
                yield Text("metadata", json.dumps(value, ensure_ascii=False), by_program=True)
            elif isinstance(key, str) and key.startswith("image/") and isinstance(value, str) and "<" not in value:
                yield from _base64(key, value.replace("\n", ""))
            else:
                yield from _json(value, where)
    elif isinstance(found, list):
        if found and all(isinstance(line, str) for line in found):
            yield from _json("".join(found), where)  # a text cut into lines
        else:
            for value in found:
                yield from _json(value, where)
    elif isinstance(found, str):
        for text in _marked(found):
            yield Text(text.where or where, text.text, text.by_program)
    elif isinstance(found, (int, float)):
        yield Text(where, repr(found))


def _png(content: bytes) -> Iterator[Text]:
    """The chunks that hold texts, a time or EXIF; of the picture itself nothing."""
    at = len(_PNG)
    kind = ""
    while at + 8 <= len(content) and kind != "IEND":
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8].decode("latin-1")
        body = content[at + 8 : at + 8 + length]
        if kind == "tIME" and len(body) == 7:
            year, (month, day, hour, minute, second) = int.from_bytes(body[:2], "big"), body[2:]
            yield Text(kind, f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}", by_program=True)
        elif kind in ("tEXt", "zTXt", "iTXt", "eXIf"):
            name, _, rest = body.partition(b"\0")
            packed = {"zTXt": rest[1:], "iTXt": rest[2:].split(b"\0", 2)[-1] if rest[:1] == b"\1" else b""}.get(
                kind, b""
            )
            text = _bare(body) + (f"\n{_bare(zlib.decompressobj().decompress(packed))}" if packed else "")
            yield Text(f"{kind} {name.decode('latin-1')[:40]}" if kind != "eXIf" else kind, text, by_program=True)
        at += length + 12
    yield Text("efter bilden", _bare(content[at:]), by_program=True)


def _jpeg(content: bytes) -> Iterator[Text]:
    """What stands before the picture itself: EXIF, XMP and comments."""
    yield Text("EXIF eller kommentar", _bare(content.partition(b"\xff\xda")[0]), by_program=True)


def _zip(content: bytes) -> Iterator[Text]:
    """Office files: every part, with its name, and the day that it was written."""
    with ZipFile(io.BytesIO(content)) as archive:
        yield Text("kommentar", archive.comment.decode("latin-1"), by_program=True)
        for info in archive.infolist():
            if info.date_time != FIRST_DAY:
                day, clock = "-".join(f"{n:02}" for n in info.date_time[:3]), info.date_time[3:]
                # midnight is as much a clock as any other time here, where nothing but a program writes
                hour = ":".join(f"{n:02}" for n in clock) if any(clock) else "24:00:00"
                yield Text(info.filename, f"{day} {hour}", by_program=True)
            beside = (info.comment + b"\n" + info.extra).decode("latin-1")
            yield Text(info.filename, f"{info.filename}\n{beside}", by_program=True)
            yield from _inner(info.filename, archive.read(info), info.filename.startswith("docProps/"))


def _pdf(content: bytes) -> Iterator[Text]:
    """What the document says of itself, its strings, its drawing in words, its pictures and the files in it.

    Typefaces are left out, and words drawn letter by letter with their numbers in a typeface cannot be read.
    """
    import pikepdf  # slow to import, and only this needs it

    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            yield Text("dokumentinformation", "\n".join(map(str, opened.docinfo.values())), by_program=True)
            if "/Metadata" in opened.Root:
                yield Text("XMP", opened.Root.Metadata.read_bytes().decode(errors="replace"), by_program=True)
            for thing in opened.objects:
                yield Text("", "\n".join(_strings(thing)))
                if isinstance(thing, pikepdf.Stream):
                    yield from _stream(thing)
    except pikepdf.PdfError as error:
        raise Unreadable(str(error)) from error


def _strings(thing: Any) -> Iterator[str]:
    """Every string in an object of a PDF; what it refers to is an object of its own."""
    import pikepdf

    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for part in thing:
            yield from () if getattr(part, "is_indirect", False) else _strings(part)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for _, part in thing.items():
            yield from () if getattr(part, "is_indirect", False) else _strings(part)


def _stream(stream: Any) -> Iterator[Text]:
    import pikepdf

    raw = stream.read_raw_bytes()
    if raw.startswith((_JPEG, _PNG)):
        yield from _inner("bild", raw)
        return
    try:
        body = stream.read_bytes()
    except pikepdf.PdfError:  # a way to pack pictures
        return
    if stream.get("/Type") == "/EmbeddedFile":
        yield from _inner("bifogad fil", body)
    elif body.isascii():
        yield Text("", body.decode())
