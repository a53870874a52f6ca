import datetime as dt
import gzip
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.utils import format_datetime
from pathlib import Path

import pytest
from tests.data.sources import faults
from tests.data.sources.loopback import Answer, Request, answer, text, with_etag
from tests.data.sources.transport.talk import rule, talk, told

from varddialog.data.sources.transport import cache, open_client
from varddialog.data.sources.transport.addresses import Addresses
from varddialog.data.sources.transport.exchange import Question
from varddialog.data.sources.transport.wire import Wire


def http_date(**ago: float) -> str:
    return format_datetime(dt.datetime.now(dt.UTC) - dt.timedelta(**ago), usegmt=True)


class Source:
    """A source whose figures change when told to, and which checks validators as web servers do."""

    def __init__(self, **headers: str) -> None:
        self.figures = 1
        self.headers = headers

    def __call__(self, request: Request) -> Answer:
        given = answer({"figures": self.figures}, **self.headers)
        asked = request.headers
        if "if-none-match" in asked:
            same = asked["if-none-match"] == self.headers.get("ETag")
        else:
            modified = self.headers.get("Last_Modified")
            same = bool(modified and "if-modified-since" in asked and _at(modified) <= _at(asked["if-modified-since"]))
        return Answer(304, {name: v for name, v in given.headers.items() if name != "Content-Type"}) if same else given


def _at(date: str) -> dt.datetime:
    return dt.datetime.strptime(date, "%a, %d %b %Y %H:%M:%S GMT")


def conditional(request: Request) -> bool:
    return "if-none-match" in request.headers or "if-modified-since" in request.headers


@pytest.mark.parametrize(
    "headers", [{"ETag": '"1"'}, {"ETag": 'W/"1"'}, {"Last_Modified": http_date(days=2), "Date": http_date()}]
)
def test_what_has_not_changed_is_asked_about_and_taken_from_the_cache(headers: dict[str, str], tmp_path: Path) -> None:
    source = Source(**headers)
    with talk(source, cache=tmp_path) as (server, client):
        assert [client.json("/kpi") for _ in range(3)] == [{"figures": 1}] * 3
        with open_client("kolada", cache=tmp_path) as later:
            assert later.json("/kpi") == {"figures": 1}
        assert [conditional(request) for request in server.seen] == [False, True, True, True]


def test_what_has_changed_is_taken_anew(tmp_path: Path) -> None:
    source = Source(ETag='"1"')
    with talk(source, cache=tmp_path) as (server, client):
        client.json("/kpi")
        source.figures, source.headers = 2, {"ETag": '"2"'}
        assert [client.json("/kpi"), client.json("/kpi")] == [{"figures": 2}] * 2
        assert [request.headers.get("if-none-match") for request in server.seen] == [None, '"1"', '"2"']


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": '"1"', "Cache_Control": "public, max-age=31536000, immutable"},
        {"ETag": '"1"', "Expires": http_date(days=-400), "Date": http_date(days=-300)},
        {"ETag": '"1"', "Expires": http_date(days=-400), "Age": "0"},
        {"ETag": '"1"', "Age": "4000000000", "Cache_Control": "max-age=4000000001"},
        {"Last_Modified": http_date(days=2), "Date": http_date(days=-300), "Cache_Control": "max-age=3600"},
        {"Cache_Control": "max-age=31536000"},
        {"Expires": http_date(days=-400)},
    ],
)
def test_however_fresh_an_answer_says_it_is_the_source_is_asked_again(headers: dict[str, str], tmp_path: Path) -> None:
    source = Source(**headers)
    with talk(source, cache=tmp_path) as (server, client):
        client.json("/kpi")
        source.figures = 2
        source.headers = {"ETag": '"2"', "Last_Modified": http_date(minutes=1)}
        assert client.json("/kpi") == {"figures": 2}
        assert len(server.seen) == 2
        assert all(request.headers["cache-control"] == "no-cache" for request in server.seen)


@pytest.mark.parametrize(
    ("modified", "date"),
    [
        (http_date(days=-300), http_date(days=-300)),  # the clock of the source was far ahead
        (http_date(days=-300), http_date()),
        (http_date(days=2), http_date(days=3)),  # changed after it was answered
        (http_date(), http_date()),  # may change again within the same second
        ("yesterday", http_date()),
        (http_date(days=2), "today"),
    ],
    ids=["clock ahead", "in the future", "after the answer", "the same second", "no time", "no date"],
)
def test_a_time_of_change_that_cannot_be_relied_on_is_not_used(modified: str, date: str, tmp_path: Path) -> None:
    source = Source(Last_Modified=modified, Date=date)
    with talk(source, cache=tmp_path) as (server, client):
        client.json("/kpi")
        # the clock is put right and the figures are revised: by its own clock the first answer was later
        source.figures, source.headers = 2, {"Last_Modified": http_date(hours=1)}
        assert client.json("/kpi") == {"figures": 2}
        assert not any(conditional(request) for request in server.seen)


def test_an_unreliable_time_is_not_sent_beside_a_tag(tmp_path: Path) -> None:
    source = Source(ETag='"1"', Last_Modified=http_date(days=-300))
    with talk(source, cache=tmp_path) as (server, client):
        client.json("/kpi")
        client.json("/kpi")
        assert "if-none-match" in server.seen[1].headers
        assert "if-modified-since" not in server.seen[1].headers


def test_an_answer_is_never_used_when_the_source_does_not_answer(tmp_path: Path) -> None:
    source = Source(ETag='"1"', Cache_Control="max-age=31536000, stale-if-error=31536000")
    with talk(source, cache=tmp_path) as (server, client):
        client.json("/kpi")
        server.next(*[faults.failing()] * 5)
        assert "ur funktion" in told(lambda: client.json("/kpi"))
        assert client.json("/kpi") == {"figures": 1}  # kept all the same, and asked about


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "break_it",
    [
        lambda whole: b"",
        lambda whole: b"\x00" * 5000,
        lambda whole: whole[:20],
        lambda whole: whole[:30],
        lambda whole: whole[:-1],
        lambda whole: whole.replace(b'"figures": 1', b'"figures": 7'),
        lambda whole: whole.replace(b'{"method"', b'["method"'),
        lambda whole: whole + b"more",
    ],
)
def test_a_broken_answer_in_the_cache_is_thrown_away(break_it: Callable[[bytes], bytes], tmp_path: Path) -> None:
    with talk(Source(ETag='"1"'), cache=tmp_path) as (server, client):
        client.json("/kpi")
        (path,) = kept(tmp_path)
        path.write_bytes(break_it(path.read_bytes()))
        assert client.json("/kpi") == {"figures": 1}
        assert client.json("/kpi") == {"figures": 1}
        assert [conditional(request) for request in server.seen] == [False, False, True]


def test_a_cache_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with talk(Source(ETag='"1"'), cache=tmp_path / "file") as (server, client):
        assert [client.json("/kpi"), client.json("/kpi")] == [{"figures": 1}] * 2
        assert not any(conditional(request) for request in server.seen)


def test_an_answer_that_breaks_off_is_not_kept(tmp_path: Path) -> None:
    cut = faults.truncated({"figures": 3})
    with talk(lambda _: Answer(200, {**cut.headers, "ETag": '"3"'}, cut.body), cache=tmp_path) as (_, client):
        told(lambda: client.json("/kpi"))
    assert kept(tmp_path) == []


def test_an_answer_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    with talk(with_etag(lambda _: answer(["x" * 99_999])), cache=tmp_path, rule=rule(most_bytes=9999)) as (_, client):
        told(lambda: client.json("/kpi"))
    assert kept(tmp_path) == []


@pytest.mark.parametrize("fault", [faults.half_json({"a": "b"}), faults.login_page(), faults.not_json()])
def test_an_answer_that_cannot_be_understood_is_not_kept(fault: Answer, tmp_path: Path) -> None:
    source = Source(ETag='"1"')
    with talk(source, cache=tmp_path) as (server, client):
        server.next(Answer(200, {**fault.headers, "ETag": '"1"'}, fault.body))
        told(lambda: client.json("/kpi"))
        assert client.json("/kpi") == {"figures": 1}


def test_a_kept_answer_that_cannot_be_understood_is_asked_for_anew(tmp_path: Path) -> None:
    half = faults.half_json({"a": "b"})
    with talk(Source(ETag='"1"'), cache=tmp_path / "cache") as (server, client):
        # a process that ended between keeping and reading has left it there
        wire = Wire(Addresses(client.base, client.base), rule(), "X", tmp_path / "cache" / "kolada")
        server.next(Answer(200, {**half.headers, "ETag": '"1"'}, half.body))
        wire.ask(Question("/kpi", "application/json")).body.close()
        wire.close()
        assert client.json("/kpi") == {"figures": 1}
        assert [conditional(request) for request in server.seen] == [False, True, False]


def test_an_answer_without_a_validator_is_not_kept_nor_one_to_a_post(tmp_path: Path) -> None:
    with talk(lambda request: answer(1) if request.method == "GET" else answer(2, ETag='"1"'), cache=tmp_path) as (
        _,
        client,
    ):
        assert [client.json("/kpi"), client.json("/kpi", body=1)] == [1, 2]
    assert kept(tmp_path) == []


def test_a_refusal_is_not_kept_and_spoils_nothing(tmp_path: Path) -> None:
    with talk(Source(ETag='"1"'), cache=tmp_path) as (server, client):
        client.json("/kpi")
        server.next(answer({}, 404, ETag='"x"'), answer({}, 403, ETag='"y"'))
        told(lambda: client.json("/kpi"))
        told(lambda: client.json("/kpi"))
        assert client.json("/kpi") == {"figures": 1}
        assert server.seen[-1].headers["if-none-match"] == '"1"'


def test_a_packed_answer_is_unpacked_each_time_it_is_used(tmp_path: Path) -> None:
    packed = gzip.compress(json.dumps({"figures": [1] * 999}).encode())
    source = with_etag(lambda _: Answer(200, {**faults.JSON, "Content-Encoding": "gzip"}, packed))
    with talk(source, cache=tmp_path) as (server, client):
        assert [client.json("/kpi"), client.json("/kpi")] == [{"figures": [1] * 999}] * 2
        assert conditional(server.seen[1])
    assert len(kept(tmp_path)[0].read_bytes()) < 500


def test_answers_of_different_kinds_from_one_address_are_kept_apart(tmp_path: Path) -> None:
    @with_etag
    def both(request: Request) -> Answer:
        return text("a;b") if request.headers["accept"] == "text/csv" else answer(1)

    with talk(both, cache=tmp_path) as (_, client):
        for _ in range(2):
            assert client.json("/a") == 1
            assert client.text("/a", accept="text/csv") == "a;b"
            assert list(client.stream_lines("/a", accept="text/csv")) == ["a;b"]


def test_several_threads_may_use_the_cache_at_once(tmp_path: Path) -> None:
    numbers = with_etag(lambda request: answer([request.path] * 20_000))
    with talk(numbers, cache=tmp_path) as (_, client), ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda n: client.json(f"/{n % 3}"), range(40)))
    assert [value[0] for value in given] == [f"/v3/{n % 3}" for n in range(40)]
    assert [path.suffix for path in kept(tmp_path)] == [".answer"] * 3


def test_a_redirected_answer_that_cannot_be_understood_is_not_kept(tmp_path: Path) -> None:
    with talk(Source(ETag='"1"'), cache=tmp_path) as (server, client):
        half = faults.half_json({"a": "b"})
        server.next(faults.moved("/v3/b"), Answer(200, {**half.headers, "ETag": '"1"'}, half.body))
        told(lambda: client.json("/a"))
        assert client.json("/b") == {"figures": 1}


def test_what_nobody_has_asked_about_for_long_is_thrown_away(tmp_path: Path) -> None:
    source = Source(ETag='"1"')
    with talk(source, cache=tmp_path) as (_, client):
        client.json("/old")
        (old,) = kept(tmp_path)
        client.json("/new")
        os.utime(old, (0, 0))
    assert len(kept(tmp_path)) == 1
    assert old not in kept(tmp_path)


def test_the_longest_unused_is_thrown_away_when_there_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MOST_BYTES", 3000)
    with talk(with_etag(lambda _: answer("x" * 1000)), cache=tmp_path) as (_, client):
        for n in range(4):
            client.json(f"/{n}")
            newest = max(kept(tmp_path), key=lambda path: path.stat().st_mtime_ns)
            os.utime(newest, (newest.stat().st_mtime - 100 + n,) * 2)
    assert len(kept(tmp_path)) == 2
