"""Whether an archive is as it was when it was made. Nothing is unpacked to the disk, and nothing in it is trusted."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from pydantic import ValidationError

from varddialog.errors import DataError, Fault
from varddialog.publish.share.archive import entry
from varddialog.publish.share.manifest import FORMAT, NAME, ArchiveManifest
from varddialog.swedish import number, with_unit

# far more than any archive holds: what is larger is none of ours, and is not read
MOST_FILES = 10_000
MOST_BYTES = 500_000_000
MOST_MANIFEST = 10_000_000
_PIECE = 1 << 16
_ASK = "Be avsändaren om ett nytt arkiv."
_BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
    OverflowError, MemoryError,
)  # fmt: skip


def verify(path: Path) -> ArchiveManifest:
    """The archive's manifest, when every file is as it tells. Raises DataError with all that differs."""
    try:
        with path.open("rb") as file, ZipFile(file) as archive:
            manifest = _manifest(archive, path.name)
            faults = list(_faults(archive, manifest, path.stat().st_size))
    except FileNotFoundError:
        raise DataError(Fault("Filen finns inte.", str(path))) from None
    except DataError:
        raise
    except _BROKEN as error:
        raise DataError(Fault(f"Arkivet är trasigt och går inte att läsa ({error}).", path.name, todo=_ASK)) from None
    if faults:
        raise DataError(*faults)
    return manifest


def _manifest(archive: ZipFile, name: str) -> ArchiveManifest:
    entries = archive.infolist()
    size = sum(info.file_size for info in entries)
    if len(entries) > MOST_FILES or size > MOST_BYTES:
        most = f"{number(MOST_FILES)} filer och {with_unit(number(MOST_BYTES / 1e6), 'MB')}"
        raise DataError(Fault("Arkivet är orimligt stort och läses inte.", name, allowed=f"högst {most}", todo=_ASK))
    found = [info for info in entries if info.filename == NAME]
    if not found:
        raise DataError(Fault(f"Arkivet saknar {NAME}: det är ändrat, eller gjort på annat sätt.", name, todo=_ASK))
    try:
        raw = _read(archive, found[0], MOST_MANIFEST)
        manifest = ArchiveManifest.model_validate_json(raw)
    except (ValidationError, UnicodeDecodeError):
        raise DataError(Fault("Förteckningen går inte att läsa.", f"{name}, {NAME}", todo=_ASK)) from None
    if manifest.format != FORMAT:
        todo = "Kontrollera med en nyare version av Vårddialog."
        raise DataError(Fault(f"Arkivets format {manifest.format} är okänt.", name, str(FORMAT), todo))
    return manifest


def _faults(archive: ZipFile, manifest: ArchiveManifest, size: int) -> Iterator[Fault]:
    entries = archive.infolist()
    for name, count in Counter(info.filename for info in entries).items():
        if count > 1:
            yield Fault("Filen finns flera gånger i arkivet.", name, todo=_ASK)
        elif name not in manifest.files and name != NAME:
            yield Fault("Filen är tillagd: den står inte i förteckningen.", name, todo=_ASK)
    there = {info.filename: info for info in entries}
    for name, told in manifest.files.items():
        if name.startswith("/") or ".." in PurePosixPath(name.replace("\\", "/")).parts or ":" in name:
            yield Fault("Filens namn leder ut ur arkivet.", name, todo="Packa inte upp arkivet.")
        elif name not in there:
            yield Fault("Filen är borttagen.", name, todo=_ASK)
        elif (why := _differs(archive, there[name], told)) is not None:
            yield Fault(why, name, todo=_ASK)
    if [info.filename for info in entries] != sorted(there) or any(map(_is_other, entries)):
        yield Fault("Arkivet är packat på nytt: ordning, datum eller rättigheter är andra.", todo=_ASK)
    if archive.comment or _end(archive, entries) != size:
        yield Fault("Något är tillagt i arkivet utanför filerna.", todo=_ASK)


def _differs(archive: ZipFile, info: ZipInfo, told: str) -> str | None:
    found = hashlib.sha256()
    try:
        with archive.open(info) as file:
            left = MOST_BYTES
            while left > 0 and (piece := file.read(_PIECE)):
                found.update(piece)
                left -= len(piece)
    except _BROKEN as error:
        return f"Filen är trasig ({error})."
    return None if found.hexdigest() == told else "Filen är ändrad: kontrollsumman är en annan."


def _read(archive: ZipFile, info: ZipInfo, most: int) -> bytes:
    """A file of at most so many bytes; what its entry tells of its size is not trusted."""
    with archive.open(info) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise BadZipFile(f"{info.filename} är för stor")
    return content


def _is_other(info: ZipInfo) -> bool:
    """Whether what the archive says of a file besides its content is not what `archive.pack` writes."""
    ours = entry(info.filename)
    fields = ("date_time", "compress_type", "create_system", "external_attr", "extra", "comment")
    return any(getattr(info, name) != getattr(ours, name) for name in fields)


def _end(archive: ZipFile, entries: list[ZipInfo]) -> int:
    """Where the file ends when nothing lies before, between or after the files and their list."""
    local = sum(30 + len(_raw(info)) + info.compress_size for info in entries)
    listed = sum(46 + len(_raw(info)) for info in entries)
    return local + listed + 22


def _raw(info: ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
