import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.data.sources.loopback import Answer, Loopback, Request, answer
from tests.data.sources.transport.talk import rule, talk, told

from varddialog.data.sources.transport import open_client
from varddialog.data.sources.transport.pace import Overdrawn, Pace


class Clock:
    """A clock that goes only while someone sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def good(_: Request) -> Answer:
    return answer([])


def test_no_window_holds_more_calls_than_are_allowed() -> None:
    clock = Clock()
    pace = Pace(3, 1, clock, clock.sleep)
    times = []
    for n in range(50):
        pace.wait(60)
        times.append(clock.now)
        clock.now += 0.07 * (n % 7)  # now and then the one who asks is slower than the pace
    assert all(later - earlier >= 1 - 1e-9 for earlier, later in zip(times, times[3:], strict=False))


def test_a_burst_within_the_window_does_not_wait() -> None:
    clock = Clock()
    pace = Pace(60, 3600, clock, clock.sleep)
    for _ in range(60):
        pace.wait(0)
    assert clock.now == 100


def test_a_full_window_is_told_when_it_takes_longer_than_patience() -> None:
    clock = Clock()
    pace = Pace(60, 3600, clock, clock.sleep)
    for _ in range(60):
        pace.wait(0)
    clock.now += 600
    with pytest.raises(Overdrawn) as raised:
        pace.wait(120)
    assert raised.value.seconds == 3000
    clock.now += 2990
    pace.wait(120)
    assert clock.now == 3700


def test_no_calls_at_all_is_no_limit() -> None:
    clock = Clock()
    pace = Pace(0, 1, clock, clock.sleep)
    for _ in range(100):
        pace.wait(0)
    assert clock.now == 100


def test_requests_keep_the_pace_whoever_sends_them() -> None:
    slow = rule(calls=4, window=0.3, at_once=8)
    with talk(good, rule=slow) as (server, client), ThreadPoolExecutor(8) as pool:
        begun = time.monotonic()
        list(pool.map(lambda n: client.json(f"/{n}"), range(8)))
        with open_client("kolada", rule=slow) as another:  # the host is the same, and so is its pace
            another.json("/8")
        took = time.monotonic() - begun
    assert len(server.seen) == 9
    assert 0.6 <= took < 2


def test_a_new_attempt_is_a_call_too() -> None:
    with talk(lambda _: Answer(500), rule=rule(calls=2, window=0.3, attempts=3)) as (_, client):
        begun = time.monotonic()
        told(lambda: client.json("/kpi"))
        assert time.monotonic() - begun >= 0.3


def test_an_hour_used_up_is_told_without_asking() -> None:
    with talk(good, rule=rule(calls=2, window=3600)) as (server, client):
        client.json("/a")
        client.json("/b")
        said = told(lambda: client.json("/c"))
        assert len(server.seen) == 2
    assert "Källan får inte frågas oftare. Tillåtet: 2\u00a0frågor på 3\u00a0600\u00a0sekunder. Försök igen" in said


def test_a_server_on_this_machine_is_not_paced(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(good) as server:
        monkeypatch.setenv("VARDDIALOG_OECD_URL", server.url)
        with open_client("oecd") as client:
            for n in range(61):
                client.json(f"/{n}")
    assert len(server.seen) == 61
