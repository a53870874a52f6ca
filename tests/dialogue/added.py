"""Made-up material, marked as such, for a region and for the analysts: what the tests of supplements start from."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image

from varddialog.config import Project

UNIT = "12-skane"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 120" width="240" height="120">'
    '<rect x="10" y="20" width="60" height="80" fill="#0b5394"/>'
    '<rect x="90" y="50" width="60" height="50" fill="#ccc"/>'
    '<text x="10" y="14" font-size="10">Påhittat &amp; förenklat</text></svg>'
)
CSV = "Sjukhus;Platser 2024;Platser 2025\nNorrby (påhittat);120;112\nSöderby (påhittat);80;84,5\n"
TEXT = """\
# Påhittat exempel

Så här kan en region **själv** berätta. Läs mer i [planen](https://example.org/plan?a=1&b=2) eller
[fråga oss](mailto:funktion@example.org). Skillnaden är < 5 dagar.

## Bild och tabell

![Staplarna visar att kön har blivit kortare](figur.svg "Påhittade tal.")

![Vårdplatser per sjukhus](platser.csv)

- ett
- två
"""


def add(here: Project, name: str, content: str | bytes, kind: str = "supplements", unit: str = UNIT) -> Path:
    """Lay a file in a unit's folder of that kind."""
    path = here.params / kind / unit / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def example(here: Project, place: str = "tillganglighet", kind: str = "supplements", unit: str = UNIT) -> None:
    """A whole text with a drawing and a table at one place."""
    add(here, f"{place}.md", TEXT, kind, unit)
    add(here, "figur.svg", SVG, kind, unit)
    add(here, "platser.csv", CSV, kind, unit)


def png(width: int = 40, height: int = 30, mode: str = "RGB") -> bytes:
    made = io.BytesIO()
    Image.new(mode, (width, height)).save(made, "PNG")
    return made.getvalue()


def jpeg_from_a_telephone(width: int = 40, height: int = 30) -> bytes:
    """A photograph that lies on its side and says where, when and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned
    exif[0x010F] = "Telefonmärket"
    exif.get_ifd(0x8825)[1] = "N"
    made = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(made, "JPEG", exif=exif, comment=b"hemlig kommentar")
    return made.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few hundred bytes that would unpack to gigabytes."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
