"""Questions over the network: in the API's own pace, again when that may help, to its own host and no other."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from varddialog.data.sources.transport import told
from varddialog.data.sources.transport.addresses import Addresses
from varddialog.data.sources.transport.body import NotWhole, TooLarge, TooSlow, received
from varddialog.data.sources.transport.connections import open_connections
from varddialog.data.sources.transport.exchange import Answer, Question
from varddialog.data.sources.transport.pace import Overdrawn, pace_of
from varddialog.data.sources.transport.rules import Rule
from varddialog.errors import Fault, SourceError

if TYPE_CHECKING:
    from varddialog.data.sources.transport.cache import Kept

# stamina warns of every new attempt in its log; what the user needs to hear is in the error
logging.getLogger("stamina").addHandler(logging.NullHandler())
_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})


class Wire:
    """One API over the network. variable: what names its address, for messages; cache: a folder for kept answers."""

    def __init__(
        self,
        addresses: Addresses,
        rule: Rule,
        variable: str,
        cache: Path | None = None,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.requests = 0
        self._addresses, self._rule, self._variable = addresses, rule, variable
        self._pace = pace_of(addresses.host, rule.calls, rule.window)
        self._room = threading.BoundedSemaphore(rule.at_once)
        self._lock = threading.Lock()
        self._kept: Kept | None = None
        if cache is not None:
            from varddialog.data.sources.transport.cache import Kept

            self._kept = Kept(cache)
        self._http = open_connections(rule, self._kept, login)

    def ask(self, question: Question) -> Answer:
        """The answer, after redirects within the host. Raises SourceError when none comes."""
        for _ in range(_REDIRECTS + 1):
            answer = self._patiently(question)
            if answer.status not in _MOVED or "location" not in answer.headers:
                return answer
            answer.body.close()
            if question.body is not None and answer.status not in (307, 308):
                raise told.refused(answer.status, self._addresses.shown(question.below))
            to = self._addresses.relative(answer.headers["location"], question.below)
            question = Question(self._addresses.below(to), question.accept, question.body)
        what = "Källan skickar frågan vidare utan slut."
        raise SourceError(Fault(what, self._addresses.shown(question.below), todo="Försök igen senare."))

    def forget(self, answer: Answer) -> None:
        """Do not keep the answer."""
        if self._kept is not None and answer.kept:
            self._kept.forget(answer.kept)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _patiently(self, question: Question) -> Answer:
        import stamina

        attempts = 0
        begun = time.monotonic()

        def heals(error: Exception) -> bool | float:
            if not isinstance(error, told.Trouble) or attempts >= error.again:
                return False
            waited = time.monotonic() - begun
            if waited + (error.after or 0) > self._rule.patience:
                return False
            return True if error.after is None else error.after

        again = stamina.retry_context(
            on=heals, attempts=self._rule.attempts, timeout=None, wait_initial=0.5, wait_max=15, wait_jitter=0.5
        )
        try:
            for attempt in again:
                with attempt:
                    attempts += 1
                    return self._once(question)
        except told.Trouble as trouble:
            fault = trouble.fault
            if attempts > 1:
                fault = Fault(f"{fault.what} Gav upp efter {attempts} försök.", fault.where, fault.allowed, fault.todo)
            raise SourceError(fault) from trouble
        raise AssertionError("an attempt returns or raises")

    def _once(self, question: Question) -> Answer:
        import httpx

        where, rule = self._addresses.shown(question.below), self._rule
        with self._room:
            try:
                self._pace.wait(rule.patience)
            except Overdrawn as full:
                raise told.overdrawn(full.seconds, where, rule) from None
            with self._lock:
                self.requests += 1
            try:
                return self._received(question, where)
            except httpx.HTTPError as error:
                raise told.failed(error, where, self._addresses.host, self._variable, rule) from error
            except NotWhole:
                raise told.broken(where, rule) from None
            except TooLarge:
                raise told.too_large(where, rule) from None
            except TooSlow:
                raise told.too_slow(where, rule) from None
            except OSError:
                raise told.no_room(where) from None

    def _received(self, question: Question, where: str) -> Answer:
        rule, key = self._rule, ""
        # whatever has been kept, here or by a proxy on the way, the source itself is asked whether it still holds
        headers = {"Accept": question.accept, "Cache-Control": "no-cache"}
        if question.body is not None:
            headers["Content-Type"] = "application/json"
        url = self._addresses.whole(question.below)
        extensions = {}
        if self._kept is not None and question.body is None:
            key = hashlib.sha256(f"{question.accept} {url}".encode()).hexdigest()
            extensions["caching"] = {"key": key}
        until = time.monotonic() + rule.whole
        with self._http.stream(
            question.method, url, content=question.body, headers=headers, extensions=extensions
        ) as response:
            found = {name.lower(): value for name, value in response.headers.items()}
            if response.status_code in told.PASSING:
                raise told.passing(response.status_code, found, where, rule)
            packed = found.get("content-encoding", "identity").strip().lower()
            if packed not in ("identity", "gzip", "x-gzip", ""):
                raise told.Trouble(Fault(f"Svaret är packat som {packed}, vilket inte gick att begära.", where))
            if int(found.get("content-length", 0)) > rule.most_bytes:
                raise TooLarge
            body = received(response.iter_raw(), most=rule.most_bytes, until=until, gzip="gzip" in packed)
            asked_about = bool(response.extensions.get("caching", {}).get("from_cache"))
            return Answer(response.status_code, found, body, key, asked_about)
