"""Reading the body of an answer as what was asked for; a proxy's login page, say, is neither JSON nor a table."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from email.message import Message
from typing import Any, NoReturn, TextIO

from varddialog.data.sources.transport.exchange import Answer

_CSV = ("text/csv", "text/plain", "application/csv", "application/vnd.sdmx.data+csv")
_START = 256
_LONGEST_LINE = 1024 * 1024
_PAGE = "Det kan vara en sida från nätet, till exempel en inloggning. Öppna adressen i en webbläsare och se."
_BROKEN = "Försök igen senare. Består felet har källan ändrats."


class Unreadable(Exception):
    """The answer is not what was asked for: what it is, and what to do."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what, todo)
        self.what, self.todo = what, todo


def as_json(answer: Answer) -> Any:
    """The parsed body. Raises Unreadable when it is something else than JSON, or broken."""
    kind, charset = _kind(answer)
    if kind and kind not in ("application/json", "text/json") and not kind.endswith("+json"):
        raise Unreadable(f"Svaret är {kind}, inte JSON.", _PAGE)
    try:
        text = answer.body.read().decode(charset)
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        if not text.strip():
            raise Unreadable("Svaret är tomt.", _BROKEN) from None
        ended = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        how = "tar slut mitt i" if ended else f"är ogiltig på rad {error.lineno}, tecken {error.colno}"
        raise Unreadable(f"Svarets JSON {how}.", _BROKEN) from None
    except UnicodeDecodeError:
        raise _garbled(charset) from None
    except (ValueError, RecursionError):
        raise Unreadable("Svarets JSON är ogiltig.", _BROKEN) from None


def as_text(answer: Answer) -> str:
    """The body as text. Raises Unreadable when it is a page or JSON, or its letters cannot be read."""
    with _letters(answer) as text:
        return text.read()


def as_lines(answer: Answer) -> Iterator[str]:
    """The body line by line, without the ends of the lines. Raises Unreadable as `as_text` does, also on the way."""
    with _letters(answer) as text:
        while line := text.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise Unreadable("Svaret är ingen CSV: en rad tar aldrig slut.", _BROKEN)
            yield line.removesuffix("\n")


@contextlib.contextmanager
def _letters(answer: Answer) -> Iterator[TextIO]:
    kind, charset = _kind(answer)
    if kind and kind not in _CSV:
        raise Unreadable(f"Svaret är {kind}, inte CSV.", _PAGE)
    if answer.body.read(_START).lstrip().startswith(b"<"):
        raise Unreadable("Svaret är en webbsida, inte CSV.", _PAGE)
    answer.body.seek(0)
    try:
        with io.TextIOWrapper(answer.body, charset) as text:
            yield text
    except UnicodeDecodeError:
        raise _garbled(charset) from None


def _kind(answer: Answer) -> tuple[str, str]:
    """The type it says it is, empty when it says none, and the encoding of its letters."""
    given = answer.headers.get("content-type", "").strip()
    told = Message()
    told["content-type"] = given
    charset = told.get_content_charset("utf-8")
    try:
        "".encode(charset)
    except LookupError:
        raise Unreadable(f"Svaret är skrivet i en okänd teckenkodning ({charset}).", _BROKEN) from None
    # a byte order mark, which some servers write, is no part of the text
    return told.get_content_type() if given else "", "utf-8-sig" if charset in ("utf-8", "utf8") else charset


def _garbled(charset: str) -> Unreadable:
    return Unreadable(f"Svarets bokstäver går inte att läsa som {charset.removesuffix('-sig')}.", _BROKEN)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
