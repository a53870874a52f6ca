import ssl
import subprocess
from base64 import b64decode
from pathlib import Path
from shutil import which

import pytest
from tests.data.sources import faults
from tests.data.sources.loopback import Answer, Loopback, Request, answer
from tests.data.sources.transport.talk import talk, told

from varddialog import __version__
from varddialog.data.sources.transport import open_client
from varddialog.errors import UsageError


def good(request: Request) -> Answer:
    return answer({"target": request.target})


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that no system trusts, with its key."""
    if not which("openssl"):
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "own.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=own"
        " -addext subjectAltName=IP:127.0.0.1"
    )
    made = subprocess.run([*command.split(), "-keyout", "-", "-out", "-"], capture_output=True, check=True)
    path.write_bytes(made.stdout)
    return path


def test_the_client_says_what_it_is_and_nothing_of_the_one_who_runs_it() -> None:
    with talk(good) as (server, client):
        client.json("/kpi")
    headers = server.seen[0].headers
    assert headers["user-agent"].startswith(f"varddialog/{__version__} (+")
    assert set(headers) == {"host", "connection", "user-agent", "accept", "accept-encoding", "cache-control"}


def test_a_header_that_a_source_wants_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(good) as server:
        monkeypatch.setenv("VARDDIALOG_VARDENISIFFROR_URL", server.url)
        with open_client("vardenisiffror") as client:
            client.json("/api/informationsource")
    assert server.seen[0].headers["x-bvo-ticket"] == ""


@pytest.mark.parametrize("kept", [True, False])
def test_a_proxy_of_the_environment_is_asked(kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARDDIALOG_KOLADA_URL", "http://kolada.example/v3")
    with Loopback(good) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with open_client("kolada", cache=tmp_path if kept else None) as client:
            assert client.json("/kpi") == {"target": "http://kolada.example/v3/kpi"}
    assert len(proxy.seen) == 1


def test_a_host_that_needs_no_proxy_is_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Loopback(good) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with talk(good) as (server, client):
            client.json("/kpi")
    assert (len(server.seen), len(proxy.seen)) == (1, 0)


def test_a_proxy_that_does_not_let_through_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(good) as proxy:  # it does not know CONNECT
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//anna:hemligt@"))
        with open_client("kolada") as client:
            said = told(lambda: client.json("/kpi"))
            assert client.requests == 1
    assert "Proxyn släpper inte fram till api.kolada.se. Kontrollera HTTPS_PROXY" in said
    assert "hemligt" not in said


@pytest.mark.parametrize("address", ["socks9://anna:hemligt@proxy.region.se", "http://anna:hemligt@proxy:port"])
def test_a_proxy_address_that_cannot_be_used_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(UsageError, match="Proxyns adress går inte att använda") as raised, open_client("kolada"):
        pass
    assert "hemligt" not in str(raised.value)


def test_a_login_of_a_mirror_is_sent_and_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(lambda _: answer([], ETag='"1"')) as server:
        monkeypatch.setenv("VARDDIALOG_KOLADA_URL", server.url.replace("//", "//anna:hemligt@"))
        with open_client("kolada", cache=tmp_path / "cache", record=tmp_path / "day") as client:
            client.json("/kpi")
            server.next(faults.failing(403))
            said = told(lambda: client.json("/kpi"))
            assert "hemligt" not in client.base + said
    assert b64decode(server.seen[0].headers["authorization"].removeprefix("Basic ")) == b"anna:hemligt"
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 4
    assert not any(secret in content for content in written for secret in (b"hemligt", b"anna", b"Basic"))


def test_a_certificate_of_the_organisation_is_trusted_where_it_is_named(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Loopback(good, tls=context) as server:
        monkeypatch.setenv("VARDDIALOG_KOLADA_URL", server.url)
        with open_client("kolada") as client:
            said = told(lambda: client.json("/kpi"))
            assert client.requests == 1
        assert "Certifikatet för 127.0.0.1" in said
        assert "SSL_CERT_FILE" in said
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with open_client("kolada") as client:
            assert client.json("/kpi") == {"target": "/kpi"}


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_read_are_told(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "own.pem"
    if content:
        named.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(named))
    with pytest.raises(UsageError, match=r"SSL_CERT_FILE: Certifikaten går inte att läsa\."), open_client("kolada"):
        pass
