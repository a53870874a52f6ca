"""What went wrong on the way to a source and back, in words for the one who asked."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from varddialog import swedish
from varddialog.data.sources.transport.rules import MIB, Rule
from varddialog.errors import Fault, SourceError

if TYPE_CHECKING:
    import httpx

# what a source that is out of order, or asked too often, answers; it may answer otherwise in a while
PASSING = frozenset({429, 500, 502, 503, 504})
GONE = frozenset({404, 410})
# no host is asked to wait longer than this, however absurd the number it gives
_LONGEST_WAIT = 366 * 24 * 3600.0


class NotThere(SourceError):
    """The source has nothing at that address (404), or has it no more (410)."""


class Trouble(Exception):
    """An attempt that failed.

    again: whether another one may succeed, and then how often it is tried at most; after: how many seconds the source
    wants to be left alone.
    """

    def __init__(self, fault: Fault, again: int = 0, after: float | None = None) -> None:
        super().__init__(fault)
        self.fault, self.again, self.after = fault, again, after


def failed(error: httpx.HTTPError, where: str, host: str, variable: str, rule: Rule) -> Trouble:
    """Why a request came to nothing. Raises the error itself when no network and no source is to blame."""
    import httpx

    by_network = (
        "Kontrollera nätet, eller försök igen senare. Den som måste gå genom en proxy anger den i HTTPS_PROXY; "
        f"en spegel av källan anges i {variable}."
    )
    match error:
        case httpx.ProxyError():
            todo = "Kontrollera HTTPS_PROXY, och att proxyn tillåter källan."
            return Trouble(Fault(f"Proxyn släpper inte fram till {host}.", where, todo=todo))
        case httpx.ConnectError() if _comes_from(error, ssl.SSLCertVerificationError):
            todo = (
                "Läses trafiken av i organisationens nät ska dess certifikat finnas bland systemets, "
                "eller i den fil som SSL_CERT_FILE pekar på."
            )
            return Trouble(Fault(f"Certifikatet för {host} godkänns inte på den här datorn.", where, todo=todo))
        case httpx.ConnectError() if _comes_from(error, socket.gaierror):
            return Trouble(Fault(f"Namnet {host} går inte att slå upp.", where, todo=by_network))
        case httpx.ConnectError() | httpx.ConnectTimeout():
            # once more: a whole network that is closed is told soon, not after every attempt
            return Trouble(Fault(f"{host} går inte att nå.", where, todo=by_network), again=2)
        case httpx.TimeoutException():
            what = f"Källan var tyst i mer än {_seconds(rule.silence)}."
            return Trouble(Fault(what, where, todo="Försök igen senare."), again=rule.attempts)
        case httpx.NetworkError() | httpx.RemoteProtocolError():
            return broken(where, rule)
    raise error


def broken(where: str, rule: Rule) -> Trouble:
    """The answer ended before it was whole."""
    what = "Förbindelsen bröts innan hela svaret hade kommit."
    return Trouble(Fault(what, where, todo="Försök igen senare."), again=rule.attempts)


def passing(status: int, headers: Mapping[str, str], where: str, rule: Rule) -> Trouble:
    """The source is out of order or asked too often, and says perhaps for how long."""
    what = "Källan svarar att frågorna kommer för tätt" if status == 429 else "Källan är ur funktion"
    after = retry_after(headers)
    todo = "Försök igen senare." if after is None or after <= rule.patience else f"Försök igen {_when(after)}."
    return Trouble(Fault(f"{what} (svar {status}).", where, todo=todo), again=rule.attempts, after=after)


def overdrawn(seconds: float, where: str, rule: Rule) -> Trouble:
    """The pace that the source allows is used up for longer than anyone waits."""
    allowed = f"{swedish.plural(rule.calls, 'fråga', 'frågor')} på {_seconds(rule.window)}"
    return Trouble(Fault("Källan får inte frågas oftare.", where, allowed, f"Försök igen {_when(seconds)}."))


def too_slow(where: str, rule: Rule) -> Trouble:
    """The answer trickled in, and was not whole in time."""
    what = f"Hela svaret hade inte kommit efter {_seconds(rule.whole)}."
    return Trouble(Fault(what, where, todo="Försök igen senare, eller från ett snabbare nät."))


def too_large(where: str, rule: Rule) -> Trouble:
    """The answer was stopped at the largest size that is taken."""
    size = swedish.with_unit(swedish.number(rule.most_bytes / MIB, 0 if rule.most_bytes >= MIB else 3), "MB")
    todo = "Källan kan ha ändrats. Jämför med frågan i params."
    return Trouble(Fault(f"Svaret är större än {size}, som är det mesta som tas emot.", where, todo=todo))


def no_room(where: str) -> Trouble:
    """The answer could not be laid aside while it came."""
    what = "Svaret går inte att lägga undan på disken medan det hämtas."
    return Trouble(Fault(what, where, todo="Gör plats på disken, eller låt TMPDIR peka på en mapp med plats."))


def refused(status: int, where: str) -> SourceError:
    """An answer that is no success, and that asking again would not change."""
    look = "Jämför med frågan i params; källan kan ha ändrats."
    if status in GONE:
        what = "Källan har inget på den adressen" if status == 404 else "Källan har tagit bort det som fanns här"
        return NotThere(Fault(f"{what} (svar {status}).", where, todo=look))
    what, todo = {
        401: ("Källan kräver inloggning", "Källan kan ha slutat vara öppen, eller så stoppar nätet frågan."),
        403: ("Källan nekar frågan", "Uttaget kan vara för stort, eller nätet (proxy, VPN) stoppat av källan."),
        407: ("Proxyn kräver inloggning", "Ange proxyn med inloggning i HTTPS_PROXY."),
        413: ("Källan säger att uttaget är för stort", look),
        414: ("Källan säger att frågan är för lång", look),
    }.get(status, ("Källan godtar inte frågan" if 400 <= status < 500 else "Källan svarar oväntat", look))
    return SourceError(Fault(f"{what} (svar {status}).", where, todo=todo))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that Retry-After asks for, whether as a number or as a time; None when it says nothing readable."""
    given = headers.get("retry-after", "").strip()
    if given.isascii() and given.isdigit():
        return min(float(given), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(given)
        # by the source's own clock where it tells it, since ours may differ
        now = parsedate_to_datetime(headers["date"]) if "date" in headers else dt.datetime.now(dt.UTC)
        return min(max((until - now).total_seconds(), 0.0), _LONGEST_WAIT)
    except (ValueError, TypeError):
        return None


def _when(seconds: float) -> str:
    now = dt.datetime.now().astimezone()
    then = now + dt.timedelta(seconds=seconds)
    day = "" if then.date() == now.date() else f"den {swedish.date(then.date())} "
    return f"{day}efter klockan {then:%H.%M}"


def _seconds(seconds: float) -> str:
    whole = float(seconds).is_integer()
    return swedish.plural(int(seconds), "sekund", "sekunder") if whole else f"{swedish.number(seconds, 1)} sekunder"


def _comes_from(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False
