"""One question to an API and its answer, however it is got: over the network, or out of a recording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Protocol


@dataclass(frozen=True)
class Question:
    """What is asked. below: path and query below the API's base, as it goes on the wire; body: JSON, of a POST."""

    below: str
    accept: str
    body: bytes | None = None

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"


@dataclass(frozen=True)
class Answer:
    """A whole answer. headers: by name in lower case; body: unpacked, at its beginning, closed by the one who reads it.

    kept: the key under which the cache has it, empty when it has not; asked_about: it is the cached one, which the
    source has said still holds.
    """

    status: int
    headers: Mapping[str, str]
    body: IO[bytes]
    kept: str = ""
    asked_about: bool = False


class Exchange(Protocol):
    """Where questions are answered."""

    @property
    def requests(self) -> int:
        """How many have been sent over the network."""
        ...

    def ask(self, question: Question) -> Answer:
        """The answer, whatever its status. Raises SourceError when there is none."""
        ...

    def forget(self, answer: Answer) -> None:
        """Do not keep the answer, which could not be understood."""
        ...

    def close(self) -> None: ...
