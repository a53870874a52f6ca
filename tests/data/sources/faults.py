"""What can go wrong with an answer, made to be planned: `server.next(faults.too_many(), faults.reset())`."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections.abc import Iterator
from typing import Any

from tests.data.sources.loopback import Answer, Cut, answer

JSON = {"Content-Type": "application/json; charset=utf-8"}
MIB = 1024 * 1024


def too_many(retry_after: str | None = None) -> Answer:
    """429; retry_after: seconds or an HTTP date."""
    return answer({"message": "slow down"}, 429, **({"Retry_After": retry_after} if retry_after else {}))


def failing(status: int = 500) -> Answer:
    """The server is out of order."""
    return Answer(status, {"Content-Type": "text/html"}, b"<html>out of order</html>")


def reset(value: Any = None) -> Answer:
    """The connection is reset in the middle of the body."""

    def body() -> Iterator[bytes]:
        sent = json.dumps(value if value is not None else {"values": ["x"] * 100}).encode()
        yield sent[: len(sent) // 2]
        raise Cut

    return Answer(200, JSON, body())


def truncated(value: Any) -> Answer:
    """Half of what Content-Length promised, then the connection is closed."""
    sent = json.dumps(value).encode()
    return Answer(200, {**JSON, "Content-Length": str(len(sent))}, sent[: len(sent) // 2])


def half_json(value: Any) -> Answer:
    """A whole answer whose JSON ends too soon."""
    sent = json.dumps(value).encode()
    return Answer(200, JSON, sent[: len(sent) // 2])


def not_json(sent: bytes = b"{'values': NaN,}") -> Answer:
    """JSON by its type alone."""
    return Answer(200, JSON, sent)


def login_page() -> Answer:
    """What a company's proxy answers instead of the source: a page, with status 200."""
    return Answer(200, {"Content-Type": "text/html; charset=utf-8"}, b"<html><form>Log in</form></html>")


def gzipped(value: Any) -> Answer:
    """A whole answer, packed."""
    return Answer(200, {**JSON, "Content-Encoding": "gzip"}, gzip.compress(json.dumps(value).encode()))


def bomb(megabytes: int) -> Answer:
    """Packed to nearly nothing; `megabytes` when unpacked."""
    pack = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    pieces = [pack.compress(b" " * MIB) for _ in range(megabytes)]
    return Answer(200, {**JSON, "Content-Encoding": "gzip"}, b"".join([*pieces, pack.flush()]))


def huge(megabytes: int = 100, told: bool = False) -> Answer:
    """An answer of `megabytes`, in pieces of 64 KiB; told: its length stands in the headers."""

    def body() -> Iterator[bytes]:
        piece = b'"' + b"x" * 65533 + b'",'
        yield b"["
        for _ in range(megabytes * 16):
            yield piece
        yield b'""]'

    length = {"Content-Length": str(megabytes * MIB + 4)} if told else {}
    return Answer(200, {**JSON, **length}, body())


def drip(value: Any, pause: float = 0.05) -> Answer:
    """A byte at a time, `pause` seconds between them."""

    def body() -> Iterator[bytes]:
        for byte in json.dumps(value).encode():
            yield bytes([byte])
            time.sleep(pause)

    return Answer(200, JSON, body())


def stalled(value: Any, seconds: float) -> Answer:
    """Half of the body, and the rest `seconds` later."""

    def body() -> Iterator[bytes]:
        sent = json.dumps(value).encode()
        yield sent[: len(sent) // 2]
        time.sleep(seconds)
        yield sent[len(sent) // 2 :]

    return Answer(200, JSON, body())


def moved(to: str, status: int = 302) -> Answer:
    """A redirect."""
    return Answer(status, {"Location": to, "Content-Type": "text/html"}, b"moved")
