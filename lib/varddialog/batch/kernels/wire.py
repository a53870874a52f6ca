"""Messages between a warm parent and its owner: one JSON object on each line of a socket."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]

_CHUNK = 1 << 16


def send(end: socket.socket, **message: Any) -> None:
    """Send one message. Raises OSError when the other end is closed."""
    end.sendall(json.dumps(message).encode() + b"\n")


class Lines:
    """Puts the pieces that come through a socket together to messages."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._rest = b""

    def read(self) -> list[Message] | None:
        """The messages that have come, after waiting for something to come; None when the other end is closed."""
        try:
            piece = self._end.recv(_CHUNK)
        except ConnectionError:
            piece = b""
        if not piece:
            return None
        *whole, self._rest = (self._rest + piece).split(b"\n")
        return [json.loads(line) for line in whole]

    def __iter__(self) -> Iterator[Message]:
        while (messages := self.read()) is not None:
            yield from messages
