"""Answers kept on disk between updates, to ask the source whether they still hold; never used without asking.

What is kept and what is asked follows RFC 9111 as hishel has it; this is its storage. A file for each answer rather
than a database, since folders on a server, which many have as their home, do not lock as a database needs. An answer
that the source could not be asked about (no validator, or one that its clock makes doubtful) is not kept. Nothing that
is wrong with the cache is an error: what cannot be read is thrown away, what cannot be written is not kept.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import struct
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any

from hishel import BaseStorage, Entry, Headers, Request, Response

from varddialog.data.sources.transport.body import NotWhole

_MAGIC = b"varddialog answer 1\n"
_LENGTH = struct.Struct(">I")
_DIGEST = 32
_PIECE = 256 * 1024
# a Last-Modified nearer than this to the moment of the answer may be the same before and after a change
_SETTLED = dt.timedelta(seconds=60)
_UNUSED_SECONDS = 90 * 24 * 3600
_MOST_BYTES = 1024**3


class Kept(BaseStorage):
    """The kept answers of one API, in a folder of their own: head, body and a digest of both in a file each."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def create_entry(
        self, request: Request, response: Response, key: str, *, ttl: float | None = None, tti: float | None = None
    ) -> Entry:
        """The answer; its body is kept once it has been read to its end, if the source can be asked about it."""
        entry = Entry(_id(key), request, response)
        body = response.stream
        if response.status_code != 200 or not isinstance(body, Iterable):
            return entry
        if not (headers := _validated(response.headers)):
            self.remove_entry(entry.id)
            return entry
        head = json.dumps({"method": request.method, "url": request.url, "headers": headers}).encode()
        return replace(entry, response=replace(response, stream=self._keeping(body, head, self._path(entry.id))))

    def get_entries(self, key: str) -> list[Entry]:
        """The one answer kept under the key, if it is whole."""
        path = self._path(_id(key))
        try:
            with path.open("rb") as file:
                head, digest = _head(file), hashlib.sha256()
                file.seek(0)
                for piece in _pieces(file):
                    digest.update(piece)
                if file.read(_DIGEST) != digest.digest():
                    raise ValueError
            os.utime(path)
            response = Response(200, Headers(head["headers"]), _body(path, digest.digest()))
            return [Entry(_id(key), Request(head["method"], head["url"]), response)]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError, struct.error):
            self.forget(key)
            return []

    def update_headers(self, id: uuid.UUID, headers: Headers) -> None:
        """Nothing: the source has just said that the kept validators hold, and how fresh it calls them is not used."""

    def remove_entry(self, id: uuid.UUID) -> None:
        """Forget an answer."""
        with contextlib.suppress(OSError):
            self._path(id).unlink(missing_ok=True)

    def forget(self, key: str) -> None:
        """Forget the answer kept under the key."""
        self.remove_entry(_id(key))

    def close(self) -> None:
        """Throw away what nobody has asked about for long, and the longest unused when there is too much."""
        with contextlib.suppress(OSError):
            found = sorted(((p.stat(), p) for p in self._folder.iterdir()), key=lambda f: f[0].st_mtime, reverse=True)
            total = 0
            for stat, path in found:
                total += stat.st_size
                if total > _MOST_BYTES or time.time() - stat.st_mtime > _UNUSED_SECONDS:
                    path.unlink(missing_ok=True)

    def _path(self, id: uuid.UUID) -> Path:
        return self._folder / f"{id.hex}.answer"

    def _keeping(self, body: Iterable[bytes], head: bytes, path: Path) -> Iterator[bytes]:
        draft = _Draft(path)
        try:
            draft.write(_MAGIC + _LENGTH.pack(len(head)) + head)
            for piece in body:
                draft.write(piece)
                yield piece
            draft.finish()
        finally:
            draft.drop()


class _Draft:
    """An answer on its way to be kept. A disk that does not take it ends it in silence."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._digest = hashlib.sha256()
        self._file: IO[bytes] | None = None
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = tempfile.NamedTemporaryFile(dir=path.parent, suffix=".draft", delete=False)  # noqa: SIM115 (closed by drop)

    def write(self, piece: bytes) -> None:
        self._digest.update(piece)
        try:
            if self._file is not None:
                self._file.write(piece)
        except OSError:
            self.drop()

    def finish(self) -> None:
        self.write(self._digest.digest())
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
                Path(self._file.name).replace(self._path)

    def drop(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            with contextlib.suppress(OSError):
                Path(self._file.name).unlink(missing_ok=True)
            self._file = None


def _id(key: str) -> uuid.UUID:
    return uuid.UUID(hashlib.sha256(key.encode()).hexdigest()[:32])


def _head(file: IO[bytes]) -> dict[str, Any]:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise ValueError
    (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
    head = json.loads(file.read(length))
    if not isinstance(head, dict):
        raise ValueError
    return head


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """What is left of the file up to its digest, where it then stands."""
    left = os.fstat(file.fileno()).st_size - _DIGEST - file.tell()
    while left > 0:
        piece = file.read(min(_PIECE, left))
        if not piece:
            return
        left -= len(piece)
        yield piece


def _body(path: Path, digest: bytes) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            _head(file)
            yield from _pieces(file)
            if file.read(_DIGEST) != digest:
                raise NotWhole
    except (OSError, ValueError, struct.error):
        raise NotWhole from None  # changed by another process since it was found whole


def _validated(headers: Headers) -> dict[str, list[str]]:
    """The headers to keep; none when the source could not be asked whether the answer still holds."""
    kept = {"content-type", "content-encoding", "date", "etag"}
    if _settled(headers.get("last-modified"), headers.get("date")):
        kept.add("last-modified")
    found = {name.lower(): headers.get_list(name) or [] for name in headers if name.lower() in kept}
    return found if {"etag", "last-modified"} & set(found) else {}


def _settled(modified: str | None, date: str | None) -> bool:
    """Whether a Last-Modified tells a later change apart: it lies well before the answer, by both clocks."""
    if not modified:
        return False
    try:
        now = dt.datetime.now(dt.UTC)
        answered = parsedate_to_datetime(date) if date else now
        return parsedate_to_datetime(modified) <= min(answered, now) - _SETTLED
    except (ValueError, TypeError):
        return False
