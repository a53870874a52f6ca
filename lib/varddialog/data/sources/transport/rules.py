"""How each API is asked: where it is, how often, how much at once, and how long it is waited for."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from varddialog.errors import Fault, UsageError

MIB = 1024 * 1024


@dataclass(frozen=True)
class Rule:
    """The rules of one API. Times are in seconds.

    public: its public address. calls, window: at most so many requests in any window; no calls at all means that it is
    not paced. at_once: requests under way at the same time. most_bytes: the largest answer, unpacked. connect: longest
    wait for a connection; silence: longest wait for the next bytes; whole: longest time for an answer's body.
    attempts: how often a request that may heal is sent. patience: how long it is waited for altogether, by our pace or
    by the source's wish, before it is given up. headers: sent with every request.
    """

    public: str
    calls: int
    window: float
    at_once: int = 2
    most_bytes: int = 64 * MIB
    connect: float = 10
    silence: float = 30
    whole: float = 180
    attempts: int = 5
    patience: float = 120
    headers: Mapping[str, str] = field(default_factory=dict)


RULES: Mapping[str, Rule] = {
    # nothing is published; other clients hold five a second
    "kolada": Rule("https://api.kolada.se/v3", calls=5, window=1, at_once=4),
    # the limits that /config tells
    "scb": Rule("https://api.scb.se/OV0104/v1/doris/sv/ssd", calls=30, window=10),
    "scb2": Rule("https://statistikdatabasen.scb.se/api/v2", calls=30, window=10),
    # /config allows a hundred a second
    "fohm": Rule(
        "https://fohm-app.folkhalsomyndigheten.se/Folkhalsodata/api/v1/sv/A_Folkhalsodata", calls=10, window=1
    ),
    # none of these publishes a limit: a pace that no server notices
    "socialstyrelsen": Rule("https://sdb.socialstyrelsen.se/api/v1/sv", calls=3, window=1),
    "forsakringskassan": Rule(
        "https://www.forsakringskassan.se/api/sprstatistikrapportera/public/v1", calls=3, window=1
    ),
    "eurostat": Rule("https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0", calls=3, window=1),
    "who": Rule("https://ghoapi.azureedge.net/api", calls=3, window=1),
    # 60 an hour; its CSV repeats every label on every row, and is read line by line
    "oecd": Rule("https://sdmx.oecd.org/public/rest", calls=60, window=3600, most_bytes=256 * MIB),
    # undocumented; it wants the header, empty
    "vardenisiffror": Rule(
        "https://api.vardenisiffror.se/webapi", calls=2, window=1, at_once=1, headers={"x-bvo-ticket": ""}
    ),
}


def variable(api: str) -> str:
    """The environment variable that names another address of an API."""
    return f"VARDDIALOG_{api.upper()}_URL"


def base_address(api: str) -> tuple[str, tuple[str, str] | None]:
    """Where the API is asked: the address its variable names, else the public one; no slash at the end.

    A user and a password in it are given apart. Raises UsageError when the variable holds no web address.
    """
    named = os.environ.get(variable(api), "").strip()
    if not named:
        return RULES[api].public, None
    try:
        parts = urlsplit(named)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number, or brackets that do not close
        good = False
    if not good or parts.query or parts.fragment:
        raise UsageError(
            Fault(
                f"{variable(api)} är ingen webbadress som källan kan ha.",
                allowed="http:// eller https://, ett värdnamn och en sökväg, utan frågedel",
                todo=f"Skriv till exempel {RULES[api].public}, eller ta bort variabeln.",
            )
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}", (user, password) if user else None


def rule_of(api: str, base: str) -> Rule:
    """The API's rule. A server on this machine, such as a recorded copy, disturbs nobody and is not paced."""
    rule = RULES[api]
    return replace(rule, calls=0) if _on_this_machine(urlsplit(base).hostname or "") else rule


def _on_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
