"""The HTTP client of an API: its connections, its proxy, whom it trusts and how it names itself."""

from __future__ import annotations

import os
import ssl
from typing import TYPE_CHECKING, Any

import varddialog
from varddialog.data.sources.transport.rules import Rule
from varddialog.errors import Fault, UsageError

if TYPE_CHECKING:
    import httpx

    from varddialog.data.sources.transport.cache import Kept

USER_AGENT = f"varddialog/{varddialog.__version__} (+open statistics for dialogue on health care)"


def open_connections(rule: Rule, kept: Kept | None, login: tuple[str, str] | None) -> httpx.Client:
    """A client whose answers are kept when there is somewhere to keep them; the proxy is what the environment says.

    login: user and password of the address. Raises UsageError when proxy or certificates cannot be used.
    """
    import httpx

    options: dict[str, Any] = {
        "headers": {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", **rule.headers},
        "timeout": httpx.Timeout(rule.silence, connect=rule.connect),
        "limits": httpx.Limits(max_connections=rule.at_once, max_keepalive_connections=rule.at_once),
        "verify": _certificates(),
        "auth": login,
        "follow_redirects": False,
    }
    try:
        if kept is None:
            return httpx.Client(**options)
        from hishel import CacheOptions
        from hishel.httpx import CacheClient

        return CacheClient(storage=kept, rfc=CacheOptions(shared=False, allow_stale=False), **options)
    except (ValueError, ImportError, httpx.InvalidURL):
        raise UsageError(
            Fault(
                "Proxyns adress går inte att använda.",
                where="HTTPS_PROXY, HTTP_PROXY eller ALL_PROXY",
                allowed="http:// eller https://, ett värdnamn och en port",
            )
        ) from None


def _certificates() -> ssl.SSLContext:
    """Whom to trust: the system's own store, where organisations put their certificates, or what the variables name."""
    import truststore

    file, folder = (os.environ.get(name) or None for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
    if not file and not folder:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        # not create_default_context, whose strictness since 3.13 many an organisation's own certificate fails
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(file, folder)
        return context
    except OSError:  # also when it is there but holds no certificates
        raise UsageError(
            Fault(
                "Certifikaten går inte att läsa.",
                where="SSL_CERT_FILE" if file else "SSL_CERT_DIR",
                todo="Låt variabeln peka på organisationens certifikat i PEM-format, eller ta bort den.",
            )
        ) from None
