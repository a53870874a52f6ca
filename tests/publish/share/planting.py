"""Files of each format with a trace of a machine planted in them."""

from __future__ import annotations

import base64
import io
import json
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def png(about: PngInfo | None = None) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3, 3)).save(out, "png", pnginfo=about)
    return out.getvalue()


def png_text(text: str, kind: str = "tEXt") -> bytes:
    """A picture with a text of its own: plain, packed (`zTXt`) or international and packed (`iTXt`)."""
    about = PngInfo()
    if kind == "iTXt":
        about.add_itxt("Comment", text, zip=True)
    else:
        about.add_text("Comment", text, zip=kind == "zTXt")
    return png(about)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    made, whole = png(), struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return made[:33] + whole + made[33:]  # after the header


def jpeg(software: str = "", date: str = "") -> bytes:
    exif = Image.Exif()
    if software:
        exif[0x0131] = software
    if date:
        exif[0x0132] = date
    out = io.BytesIO()
    Image.new("RGB", (3, 3)).save(out, "jpeg", exif=exif)
    return out.getvalue()


def office(parts: dict[str, str | bytes], day: tuple[int, int, int, int, int, int] = FIRST_DAY) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, day), content)
    return out.getvalue()


def pdf(author: str = "", xmp: str = "", attached: bytes = b"", drawn: str = "", alt: str = "") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page()
        if author:
            made.docinfo["/Author"] = author
        if xmp:
            made.Root.Metadata = made.make_stream(xmp.encode())
        if attached:
            made.attachments["lapp.txt"] = attached
        if drawn:
            page.obj.Contents = made.make_stream(drawn.encode())
        if alt:
            made.Root.Alt = made.make_indirect(pikepdf.Dictionary(Alt=pikepdf.String(alt)))
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def notebook(
    metadata: dict[str, object] | None = None, source: str = "", picture: bytes = b"", html: str = ""
) -> bytes:
    data: dict[str, object] = {"text/html": [html[:5], html[5:]]} if html else {}
    if picture:
        data["image/png"] = base64.b64encode(picture).decode()
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [output], "execution_count": 1}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata or {}, "cells": [cell]}).encode()


def embedded(picture: bytes) -> bytes:
    return f'<p><img alt="" src="data:image/png;base64,{base64.b64encode(picture).decode()}"></p>'.encode()
