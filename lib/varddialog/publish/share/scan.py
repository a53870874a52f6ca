"""Whether any file of an archive tells of the machine that made it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from varddialog.errors import Fault
from varddialog.publish.share.inside import Unreadable, texts
from varddialog.publish.share.machine import Machine

_TODO = "Rapportera det: resultatet ska inte bero på datorn. Arkivet är inte skrivet."
_SHOWN = 120
# of each file; the rest is as a rule the same again
_MOST = 5


@dataclass
class Scan:
    """Looks for facts of one machine. Files with the same content, as in the archives of many units, are read once."""

    machine: Machine
    _known: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def faults(self, files: Mapping[str, bytes]) -> Iterator[Fault]:
        """A fault for each thing found: what, in which file and where in it."""
        for name, content in files.items():
            for where, what in self._found(content):
                yield Fault(what, f"{name}, {where}" if where else name, todo=_TODO)
            for kind, words in self.machine.found_in(name, by_program=False):
                yield Fault(_what(kind, words), f"filnamnet {name}", todo=_TODO)

    def _found(self, content: bytes) -> tuple[tuple[str, str], ...]:
        key = hashlib.sha256(content).hexdigest()
        if key not in self._known:
            self._known[key] = tuple(_first(self._look(content)))
        return self._known[key]

    def _look(self, content: bytes) -> Iterator[tuple[str, str]]:
        try:
            for where, text, by_program in texts(content):
                for kind, words in self.machine.found_in(text, by_program):
                    yield where, _what(kind, words)
        except Unreadable as error:
            yield "", f"Filen går inte att läsa och kan inte granskas: {error}."


def _what(kind: str, words: str) -> str:
    return f"Innehåller uppgift om datorn ({kind}): «{words[:_SHOWN]}»."


def _first(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    kept: dict[tuple[str, str], None] = {}
    for one in found:
        kept.setdefault(one)
        if len(kept) == _MOST:
            break
    return list(kept)
