"""What a warm parent was made of, so that no kernel runs yesterday's code."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

# differ between kernels and are put in place in each
_OF_ONE_KERNEL = "JPY_"

_Stamps = tuple[tuple[str, int, int, int], ...]
_digests: dict[_Stamps, str] = {}


def state(library: Path, env: Mapping[str, str]) -> str:
    """A checksum of the files in `library`, the interpreter, the installed packages and the environment variables.

    Contents are read again only when a file has another time, size or inode than before.
    """
    stamps = tuple(_stamps(library))
    if stamps not in _digests:
        _digests.clear()
        _digests[stamps] = _contents(library, stamps)
    settings = sorted((name, value) for name, value in env.items() if not name.startswith(_OF_ONE_KERNEL))
    # installing or removing a package changes the time of the folder that it lies in; other folders of
    # sys.path change for other reasons, as when a script lies in /tmp
    packages = [Path(sysconfig.get_path(kind)).stat().st_mtime_ns for kind in ("purelib", "platlib")]
    parts = (_digests[stamps], sys.executable, sys.version, packages, settings)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _stamps(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """Place, time, size and inode of every file below `folder`, in order, but for what Python itself writes there."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _stamps(Path(entry.path))
        else:
            about = entry.stat()
            yield entry.path, about.st_mtime_ns, about.st_size, about.st_ino


def _contents(library: Path, stamps: _Stamps) -> str:
    total = hashlib.sha256()
    for place, *_ in stamps:
        total.update(Path(place).relative_to(library).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(Path(place).read_bytes()).digest())
    return total.hexdigest()
