"""What the sources ask with: one API, whose answers are whole and of the right kind, or told as errors."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from varddialog.data.sources.transport import told
from varddialog.data.sources.transport.addresses import Addresses, Params
from varddialog.data.sources.transport.content import Unreadable, as_json, as_lines, as_text
from varddialog.data.sources.transport.exchange import Answer, Exchange, Question
from varddialog.data.sources.transport.recording import Recorder, Replay
from varddialog.data.sources.transport.rules import RULES, Rule, base_address, rule_of, variable
from varddialog.data.sources.transport.wire import Wire
from varddialog.errors import Fault, SourceError

_Read = TypeVar("_Read")


class Client:
    """One API. It may be asked by several threads at once.

    Everything that goes wrong is a SourceError, also an answer that is no success; NotThere when the source has nothing
    at the address.
    """

    def __init__(self, exchange: Exchange, addresses: Addresses) -> None:
        self._exchange, self._addresses = exchange, addresses

    @property
    def base(self) -> str:
        """The address that everything is asked below, without a slash at its end."""
        return self._addresses.base

    @property
    def requests(self) -> int:
        """How many requests have been sent over the network, each new attempt counted."""
        return self._exchange.requests

    def json(self, path: str, params: Params | None = None, *, body: Any = None) -> Any:
        """The parsed JSON of a GET, or of a POST of `body` as JSON."""
        packed = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        return self._read(Question(self._addresses.below(path, params), "application/json", packed), as_json)

    def text(self, path: str, params: Params | None = None, *, accept: str = "*/*") -> str:
        """The text of a GET."""
        return self._read(Question(self._addresses.below(path, params), accept), as_text)

    def stream_lines(self, path: str, params: Params | None = None, *, accept: str = "*/*") -> Iterator[str]:
        """The lines of a text, without their ends. They come once the whole answer has; memory holds but a piece."""
        question = Question(self._addresses.below(path, params), accept)
        answer = self._answered(question)
        with answer.body:
            try:
                yield from as_lines(answer)
            except Unreadable as error:
                self._exchange.forget(answer)
                raise self._not_understood(question, error) from None

    def relative(self, url: str) -> str:
        """A link that the source gave, as path and query below `base`. Raises SourceError when it leads elsewhere."""
        return self._addresses.relative(url)

    def _read(self, question: Question, read: Callable[[Answer], _Read]) -> _Read:
        answer = self._answered(question)
        try:
            return self._understood(answer, read)
        except Unreadable as error:
            if not answer.asked_about:
                raise self._not_understood(question, error) from None
        # what was kept is of no use, whatever the source says of it: asked anew, without it
        try:
            return self._understood(self._answered(question), read)
        except Unreadable as error:
            raise self._not_understood(question, error) from None

    def _answered(self, question: Question) -> Answer:
        answer = self._exchange.ask(question)
        if answer.status != 200:
            answer.body.close()
            raise told.refused(answer.status, self._addresses.shown(question.below))
        return answer

    def _understood(self, answer: Answer, read: Callable[[Answer], _Read]) -> _Read:
        with answer.body:
            try:
                return read(answer)
            except Unreadable:
                self._exchange.forget(answer)
                raise

    def _not_understood(self, question: Question, error: Unreadable) -> SourceError:
        return SourceError(Fault(error.what, self._addresses.shown(question.below), todo=error.todo))


@contextlib.contextmanager
def open_client(
    api: str,
    *,
    cache: Path | None = None,
    record: Path | None = None,
    replay: Path | None = None,
    rule: Rule | None = None,
) -> Iterator[Client]:
    """A client of the API.

    cache: a folder where answers are kept, to ask the source next time whether they still hold. record: a folder where
    questions and answers are written down. replay: a folder that was written so, which then answers instead of the
    network. rule: another rule than the API's own. Raises UsageError when the environment names an address, a proxy or
    certificates that cannot be used.
    """
    exchange: Exchange
    public = RULES[api].public
    if replay is not None:
        recorded = Replay(replay / api)
        addresses, exchange = Addresses(recorded.base, public), recorded
    else:
        base, login = base_address(api)
        addresses = Addresses(base, public)
        kept = None if cache is None else cache / api
        exchange = Wire(addresses, rule or rule_of(api, base), variable(api), kept, login)
    with contextlib.closing(exchange):
        if record is not None:
            exchange = Recorder(exchange, record / api, addresses.base)
        yield Client(exchange, addresses)
