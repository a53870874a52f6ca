"""A real HTTP server on 127.0.0.1 that plays an API: what it answers is a function, what it was asked is kept.

def app(request: Request) -> Answer:
    return answer({"values": []})

with Loopback(app) as server:
    monkeypatch.setenv("VARDDIALOG_KOLADA_URL", f"{server.url}/v3")
    server.next(faults.too_many(), faults.failing(503))   # before the app is asked
    ...
    assert [request.path for request in server.seen] == ["/v3/kpi"] * 3
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Request:
    """One request. path: decoded, without query; target: as it was sent; base: the server's own address."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes
    target: str
    base: str

    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """One answer. A body in pieces is sent in chunks, unless its headers give a Content-Length; Cut stops it."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Iterable[bytes] = b""


class Cut(Exception):
    """Raised by a body in pieces: the connection is reset there."""


Route = Callable[[Request], Answer]


def answer(value: Any, status: int = 200, **headers: str) -> Answer:
    """JSON; the names of headers are written with underscores."""
    return Answer(status, _named(headers, "application/json; charset=utf-8"), json.dumps(value).encode())


def text(value: str, kind: str = "text/csv", status: int = 200, **headers: str) -> Answer:
    """Text in UTF-8."""
    return Answer(status, _named(headers, f"{kind}; charset=utf-8"), value.encode())


def _named(headers: dict[str, str], kind: str) -> dict[str, str]:
    return {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}


def routes(table: Mapping[str, Route | Answer]) -> Route:
    """The first pattern (`/v3/kpi`, `/v3/kpi/*`) that fits the path answers; 404 when none does."""

    def app(request: Request) -> Answer:
        for pattern, route in table.items():
            if fnmatchcase(request.path, pattern):
                return route if isinstance(route, Answer) else route(request)
        return answer({"message": "not found"}, 404)

    return app


def with_etag(app: Route) -> Route:
    """The app with an ETag on every whole body, and 304 to the one who has it."""

    def wrapped(request: Request) -> Answer:
        given = app(request)
        if given.status != 200 or request.method != "GET" or not isinstance(given.body, bytes):
            return given
        etag = f'"{hashlib.sha256(given.body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            return Answer(304, {"ETag": etag})
        return replace(given, headers={**given.headers, "ETag": etag})

    return wrapped


class Loopback:
    """The server; it runs in threads while the block lasts. tls: a context makes it https."""

    def __init__(self, app: Route | Mapping[str, Route | Answer], tls: ssl.SSLContext | None = None) -> None:
        self.app: Route = app if callable(app) else routes(app)
        self.seen: list[Request] = []
        self.connections = 0
        self.busiest = 0
        self._busy = 0
        self._planned: deque[Answer | Route] = deque()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self), bind_and_activate=True)
        self._server.daemon_threads = False  # joined on the way out, so that no socket outlives its test
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def next(self, *answers: Answer | Route) -> None:
        """The answers of the next requests, in this order, whatever they ask for; then the app answers again."""
        with self._lock:
            self._planned.extend(answers)

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [request.path for request in self.seen]

    def __enter__(self) -> Loopback:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()

    def _answer(self, request: Request) -> Answer:
        with self._lock:
            self.seen.append(request)
            route = self._planned.popleft() if self._planned else self.app
        return route if isinstance(route, Answer) else route(request)

    def _connected(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
            self.connections += 1

    def _disconnected(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    @contextlib.contextmanager
    def _working(self) -> Any:
        with self._lock:
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
        try:
            yield
        finally:
            with self._lock:
                self._busy -= 1


def _handler(server: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            server._connected(self.request)
            super().setup()

        def finish(self) -> None:
            with contextlib.suppress(OSError):
                super().finish()
            server._disconnected(self.request)

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # the client has gone
                super().handle()

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            with server._working():
                self._reply(server._answer(self._asked()))

        do_POST = do_GET

        def _asked(self) -> Request:
            parts = urlsplit(self.path)
            return Request(
                self.command,
                unquote(parts.path),
                parse_qs(parts.query, keep_blank_values=True),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(int(self.headers.get("Content-Length", 0))),
                self.path,
                server.url,
            )

        def _reply(self, given: Answer) -> None:
            length = next((int(v) for k, v in given.headers.items() if k.lower() == "content-length"), None)
            whole = isinstance(given.body, bytes)
            # an own Date replaces the clock's, for answers from a server whose clock is wrong
            self.send_response_only(given.status)
            if not any(name.lower() == "date" for name in given.headers):
                self.send_header("Date", self.date_time_string())
            for name, value in given.headers.items():
                self.send_header(name, value)
            if isinstance(given.body, bytes) and length is None and given.status != 304:
                self.send_header("Content-Length", str(len(given.body)))
            if not whole and length is None:
                self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            pieces = [given.body] if isinstance(given.body, bytes) else given.body
            sent = 0
            try:
                for piece in pieces:
                    self.wfile.write(piece if whole or length is not None else b"%x\r\n%b\r\n" % (len(piece), piece))
                    sent += len(piece)
            except Cut:
                self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.request.close()
                return
            if not whole and length is None:
                self.wfile.write(b"0\r\n\r\n")
            if length is not None and sent != length:
                self.close_connection = True

    return Handler
