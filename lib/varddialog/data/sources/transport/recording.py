"""A day's questions and answers as files in a folder, written down as they come, and answered from without a network.

    kolada/source.json                    the address that was asked, which links in the answers name
    kolada/data-kpi-n00945-3f0c….json     the question, and the answer's status and headers
    kolada/data-kpi-n00945-3f0c….body     the answer's body, unpacked

Nothing of the machine, the user or the proxy is written, and no header but those that say how to read the body.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import threading
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

from varddialog import swedish
from varddialog.data.sources.transport.exchange import Answer, Exchange, Question
from varddialog.errors import Fault, SourceError, UsageError

_SOURCE = "source.json"
_HEADERS = ("content-type", "etag", "last-modified")
_LONGEST_NAME = 60


class Recorder:
    """Another exchange, whose answers are written down in the folder of the API."""

    def __init__(self, exchange: Exchange, folder: Path, base: str) -> None:
        self._exchange, self._folder = exchange, folder
        self._lock = threading.Lock()
        _write(folder / _SOURCE, _packed({"base": base}))

    @property
    def requests(self) -> int:
        return self._exchange.requests

    def ask(self, question: Question) -> Answer:
        """The other's answer, once it is written down."""
        answer = self._exchange.ask(question)
        name = _name(question)
        told = {
            "question": _as_told(question),
            "status": answer.status,
            "headers": {header: answer.headers[header] for header in _HEADERS if header in answer.headers},
        }
        with self._lock:
            _write(self._folder / f"{name}.body", answer.body)
            _write(self._folder / f"{name}.json", _packed(told))
        answer.body.seek(0)
        return answer

    def forget(self, answer: Answer) -> None:
        """Do not keep the answer in the cache; what came is still recorded."""
        self._exchange.forget(answer)

    def close(self) -> None:
        """Close the other."""
        self._exchange.close()


class Replay:
    """Answers out of the recorded folder of an API. Raises SourceError when there is none, or none of the question."""

    requests = 0

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def base(self) -> str:
        """The address that was asked when the answers were recorded."""
        base = self._read(_SOURCE, "Inspelningen har inga svar från källan.").get("base")
        if not isinstance(base, str):
            raise self._unreadable(_SOURCE)
        return base

    def ask(self, question: Question) -> Answer:
        """The answer that was recorded."""
        name = _name(question)
        asked = f"{question.method} {unquote(question.below)}"
        told = self._read(f"{name}.json", f"Inspelningen saknar frågan {swedish.keep_numbers(asked)}.")
        try:
            status, headers = int(told["status"]), {str(k): str(v) for k, v in told["headers"].items()}
            return Answer(status, headers, (self._folder / f"{name}.body").open("rb"))
        except (OSError, KeyError, ValueError, TypeError, AttributeError):
            raise self._unreadable(f"{name}.json") from None

    def forget(self, answer: Answer) -> None:
        """Nothing: a recording does not change."""

    def close(self) -> None:
        """Nothing is open."""

    def _read(self, name: str, missing: str) -> dict[str, Any]:
        try:
            told = json.loads((self._folder / name).read_bytes())
        except FileNotFoundError:
            todo = "Spela in igen, med samma källor och frågor."
            raise SourceError(Fault(missing, where=self._folder.name, todo=todo)) from None
        except (OSError, ValueError):
            raise self._unreadable(name) from None
        if not isinstance(told, dict):
            raise self._unreadable(name)
        return told

    def _unreadable(self, name: str) -> SourceError:
        what = "Inspelningen går inte att läsa."
        return SourceError(Fault(what, where=f"{self._folder.name}/{name}", todo="Spela in igen."))


def _name(question: Question) -> str:
    """The same for the same question on every machine; readable as far as it goes."""
    whole = "\n".join((question.method, question.below, question.accept, (question.body or b"").decode()))
    readable = swedish.slugify(unquote(question.below.partition("?")[0]))[-_LONGEST_NAME:].strip("-")
    return "-".join(filter(None, (readable, hashlib.sha256(whole.encode()).hexdigest()[:12])))


def _as_told(question: Question) -> dict[str, Any]:
    body = {} if question.body is None else {"body": json.loads(question.body)}
    return {"method": question.method, "below": question.below, "accept": question.accept, **body}


def _packed(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _write(path: Path, content: bytes | IO[bytes]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            fresh = Path(file.name)
            try:
                if isinstance(content, bytes):
                    file.write(content)
                else:
                    shutil.copyfileobj(content, file)
                file.close()
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
    except OSError as error:
        what = "Inspelningen går inte att skriva."
        todo = "Välj en mapp där det går att skriva och finns plats."
        raise UsageError(Fault(what, where=f"{path.parent.name}/{path.name}", todo=todo)) from error
