"""The body of an answer, unpacked piece by piece into a file, so that its size and its time have a bound."""

from __future__ import annotations

import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import IO

_IN_MEMORY = 4 * 1024 * 1024
_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


class TooLarge(Exception):
    """The body is larger than it may be."""


class TooSlow(Exception):
    """The body was not whole in time."""


class NotWhole(Exception):
    """The body is packed, and ends too soon or cannot be unpacked."""


def received(
    pieces: Iterable[bytes], *, most: int, until: float, gzip: bool, clock: Callable[[], float] = time.monotonic
) -> IO[bytes]:
    """The whole body, unpacked, in a file that lies at its beginning and is closed by the one who gets it.

    most: bytes; until: the time by `clock` when it has to be whole. Raises TooLarge, TooSlow or NotWhole.
    """
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the caller's)
    try:
        size = 0
        in_time = _in_time(pieces, until, clock)
        for piece in _unpacked(in_time) if gzip else in_time:
            size += len(piece)
            if size > most:
                raise TooLarge
            file.write(piece)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _in_time(pieces: Iterable[bytes], until: float, clock: Callable[[], float]) -> Iterator[bytes]:
    for piece in pieces:
        if clock() > until:
            raise TooSlow
        yield piece


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    # never more than a piece at a time: a small packed one may hold gigabytes
    unpack = zlib.decompressobj(_GZIP)
    begun = False
    try:
        for packed in pieces:
            while packed:
                if unpack.eof:  # the next member of the same file
                    unpack = zlib.decompressobj(_GZIP)
                begun = True
                yield unpack.decompress(packed, _PIECE)
                packed = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
    except zlib.error:
        raise NotWhole from None
    if begun and not unpack.eof:
        raise NotWhole
