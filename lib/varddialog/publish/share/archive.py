"""The archive itself: a zip file whose bytes depend on nothing but what is in it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can tell
_UNIX, _READABLE = 3, 0o100644 << 16


def entry(name: str) -> ZipInfo:
    """What the archive says of a file besides its content: the same on every machine, and no clock."""
    about = ZipInfo(name, FIRST_DAY)
    about.compress_type = ZIP_DEFLATED
    about.create_system, about.external_attr = _UNIX, _READABLE
    return about


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of the files, in order of path."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in sorted(files.items()):
            archive.writestr(entry(name), content, compresslevel=9)
    return out.getvalue()
