import datetime as dt
import socket
import time
from collections.abc import Callable
from email.utils import format_datetime

import pytest
import stamina
from tests.data.sources import faults
from tests.data.sources.loopback import Answer, Loopback, Request, answer
from tests.data.sources.transport.talk import rule, talk, told

from varddialog.data.sources.transport import open_client


def good(request: Request) -> Answer:
    return answer({"path": request.path})


def http_date(seconds: float) -> str:
    return format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    "fault",
    [
        faults.too_many,
        lambda: faults.too_many("1"),
        lambda: faults.too_many(http_date(5)),
        lambda: faults.too_many("when you like"),
        *(lambda status=status: faults.failing(status) for status in (500, 502, 503, 504)),
        faults.reset,
        lambda: faults.truncated([1] * 100),
        lambda: Answer(200, {**faults.JSON, "Content-Encoding": "gzip"}, faults.gzipped([1] * 100).body[:-9]),
        lambda: Answer(200, {**faults.JSON, "Content-Encoding": "gzip"}, b"{}"),
    ],
)
def test_what_may_heal_is_asked_again(fault: Callable[[], Answer]) -> None:
    with talk(good) as (server, client):
        server.next(fault(), fault())
        assert client.json("/kpi") == {"path": "/v3/kpi"}
        assert len(server.seen) == client.requests == 3


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (faults.too_many, "Källan svarar att frågorna kommer för tätt (svar 429). Gav upp efter 5 försök."),
        (faults.failing, "Källan är ur funktion (svar 500). Gav upp efter 5 försök. Försök igen senare."),
        (faults.reset, "Förbindelsen bröts innan hela svaret hade kommit. Gav upp efter 5 försök."),
        (
            lambda: faults.truncated([1] * 9),
            "Förbindelsen bröts innan hela svaret hade kommit. Gav upp efter 5 försök.",
        ),
    ],
)
def test_what_does_not_heal_is_given_up_and_told(fault: Callable[[], Answer], says: str) -> None:
    with talk(lambda _: fault()) as (server, client):
        assert says in told(lambda: client.json("/kpi"))
        assert len(server.seen) == 5


def test_a_post_is_asked_again_with_its_body() -> None:
    with talk(lambda request: answer(request.json())) as (server, client):
        server.next(faults.failing(503), faults.reset())
        assert client.json("/tabell.px", body={"query": []}) == {"query": []}
        assert [request.body for request in server.seen] == [b'{"query":[]}'] * 3


def test_the_wait_that_a_source_asks_for_is_waited() -> None:
    with stamina.set_testing(False), talk(good, rule=rule(patience=5)) as (server, client):
        server.next(faults.too_many("1"))
        begun = time.monotonic()
        client.json("/kpi")
        assert 1 <= time.monotonic() - begun < 3


def test_a_time_to_wait_until_is_read_by_the_clock_of_the_source() -> None:
    # the source's clock is a day ahead of ours, and it asks for one second
    ahead = 86_400
    with stamina.set_testing(False), talk(good, rule=rule(patience=5)) as (server, client):
        server.next(answer({}, 429, Retry_After=http_date(ahead + 1), Date=http_date(ahead)))
        begun = time.monotonic()
        client.json("/kpi")
        assert 0.9 <= time.monotonic() - begun < 3


@pytest.mark.parametrize("wish", ["7200", "99999999999999999999", http_date(7200)], ids=["seconds", "ages", "a time"])
def test_a_wait_longer_than_our_patience_is_told_with_the_time_to_try_again(wish: str) -> None:
    with stamina.set_testing(False), talk(lambda _: faults.too_many(wish)) as (server, client):
        begun = time.monotonic()
        said = told(lambda: client.json("/kpi"))
        assert time.monotonic() - begun < 1
        assert len(server.seen) == 1
    assert "efter klockan " in said
    if len(wish) == 4:
        then = dt.datetime.now().astimezone() + dt.timedelta(hours=2)
        assert any(f"{then - dt.timedelta(minutes=late):%H.%M}" in said for late in (0, 1))


def test_new_attempts_end_when_patience_does() -> None:
    with stamina.set_testing(False), talk(lambda _: faults.failing(), rule=rule(patience=0.2)) as (server, client):
        begun = time.monotonic()
        told(lambda: client.json("/kpi"))
        assert time.monotonic() - begun < 3
        assert len(server.seen) == 2  # the wait after the second would pass it


def test_a_slow_drip_ends() -> None:
    with talk(lambda _: faults.drip(["x"] * 100), rule=rule(whole=0.3)) as (server, client):
        begun = time.monotonic()
        said = told(lambda: client.json("/kpi"))
        assert time.monotonic() - begun < 1.5
        assert len(server.seen) == 1
    assert "Hela svaret hade inte kommit efter 0,3 sekunder." in said


def test_a_source_that_falls_silent_is_asked_again() -> None:
    with talk(good, rule=rule(silence=0.2)) as (server, client):
        server.next(faults.stalled([1], 0.6))
        assert client.json("/kpi") == {"path": "/v3/kpi"}
        assert len(server.seen) == 2


def test_a_source_that_stays_silent_is_told() -> None:
    with talk(lambda _: faults.stalled([1], 0.4), rule=rule(silence=0.1, attempts=2)) as (_, client):
        said = told(lambda: client.json("/kpi"))
    assert "Källan var tyst i mer än 0,1 sekunder. Gav upp efter 2 försök." in said


def test_a_name_that_cannot_be_looked_up_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with stamina.set_testing(False), open_client("scb2") as client:
        begun = time.monotonic()
        said = told(lambda: client.json("/config"))
        assert time.monotonic() - begun < 0.5
        assert client.requests == 1
    assert said.startswith("statistikdatabasen.scb.se/api/v2/config: ")
    assert "Namnet statistikdatabasen.scb.se går inte att slå upp." in said
    assert "VARDDIALOG_SCB2_URL" in said


@pytest.mark.parametrize("to", ["/v3/kpi/moved?page=1", "moved?page=1", "{base}/v3/kpi/moved?page=1"])
def test_a_redirect_within_the_host_is_followed(to: str) -> None:
    with talk(good) as (server, client):
        server.next(faults.moved(to.format(base=server.url)))
        given = client.json("/kpi/N1")
        assert given == {"path": "/v3/kpi/moved"}
        assert server.seen[1].query == {"page": ["1"]}


def test_nobody_is_asked_at_another_host() -> None:
    with Loopback(good) as other, talk(good) as (server, client):
        for to in (f"{other.url}/v3/kpi", "https://example.com/v3/kpi", "/elsewhere", "file:///etc/passwd"):
            server.next(faults.moved(to))
            assert "som inte följs" in told(lambda: client.json("/kpi"))
        assert other.seen == []
        assert len(server.seen) == 4


def test_a_circle_of_redirects_ends() -> None:
    with talk(lambda _: faults.moved("/v3/kpi")) as (server, client):
        assert "Källan skickar frågan vidare utan slut." in told(lambda: client.json("/kpi"))
        assert len(server.seen) == 6


def test_a_redirect_without_a_place_is_told() -> None:
    with talk(lambda _: Answer(302)) as (_, client):
        assert "Källan svarar oväntat (svar 302)." in told(lambda: client.json("/kpi"))


def test_a_post_is_sent_on_only_where_its_body_may_be() -> None:
    with talk(lambda request: answer(request.json())) as (server, client):
        server.next(faults.moved("/v3/b", 307))
        assert client.json("/a", body=[1]) == [1]
        server.next(faults.moved("/v3/b", 302))
        assert "(svar 302)" in told(lambda: client.json("/a", body=[1]))
        assert [request.method for request in server.seen] == ["POST"] * 3


def test_new_attempts_are_not_told_in_the_middle(capfd: pytest.CaptureFixture[str]) -> None:
    with talk(good) as (server, client):
        server.next(faults.failing(), faults.failing())
        client.json("/kpi")
    assert capfd.readouterr() == ("", "")
