import subprocess
import sys
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.data.sources import faults
from tests.data.sources.loopback import Answer, Loopback, Request, answer, text
from tests.data.sources.transport.talk import rule, talk, told

from varddialog.data.sources.transport import NotThere, open_client
from varddialog.errors import SourceError

MIB = 1024 * 1024


def echo(request: Request) -> Answer:
    return answer({"path": request.path, "query": request.query})


def test_a_list_of_a_parameter_repeats_its_key_and_letters_arrive_as_they_were() -> None:
    with talk(echo) as (server, client):
        given = client.json("data/kön 1+2/N1,N2", {"år": ["2024", "2025"], "$filter": "SpatialDim eq 'SWE'"})
    assert given["path"] == "/v3/data/kön 1+2/N1,N2"
    assert given["query"] == {"år": ["2024", "2025"], "$filter": ["SpatialDim eq 'SWE'"]}
    assert server.seen[0].headers["accept"] == "application/json"


@pytest.mark.parametrize(
    ("path", "params", "target"),
    [
        ("?config", None, "/v3?config"),
        ("", None, "/v3"),
        ("/kpi?page=2", {"per_page": "10"}, "/v3/kpi?page=2&per_page=10"),
        ("/tables/TAB1/data", {"valueCodes[Tid]": "top(1)"}, "/v3/tables/TAB1/data?valueCodes%5BTid%5D=top(1)"),
        ("/kpi/%C3%A5", None, "/v3/kpi/%C3%A5"),
        ("/data/A,B@C,1.0/SWE.A.._T..", {}, "/v3/data/A,B@C,1.0/SWE.A.._T.."),
    ],
)
def test_a_path_is_written_out_below_the_base(path: str, params: dict[str, str] | None, target: str) -> None:
    with talk(echo) as (server, client):
        client.json(path, params)
    assert server.seen[0].target == target


def test_a_body_is_posted_as_json() -> None:
    with talk(lambda request: answer({"method": request.method, "body": request.json()})) as (server, client):
        assert client.json("/tabell.px", body={"fråga": [1]}) == {"method": "POST", "body": {"fråga": [1]}}
    assert server.seen[0].headers["content-type"] == "application/json"


def test_text_comes_whole_and_as_lines() -> None:
    with talk(lambda _: text("\ufefflän;värde\r\n01;1,5\r\n\r\nslut")) as (_, client):
        assert client.text("/a.csv", accept="text/csv") == "län;värde\n01;1,5\n\nslut"
        assert list(client.stream_lines("/a.csv")) == ["län;värde", "01;1,5", "", "slut"]


def test_a_text_says_its_own_encoding() -> None:
    latin = Answer(200, {"Content-Type": "text/csv; charset=ISO-8859-1"}, "Värmland".encode("latin-1"))
    with talk(lambda _: latin) as (_, client):
        assert client.text("/a.csv") == "Värmland"


def test_a_long_text_is_read_line_by_line_without_being_held() -> None:
    row = b"SWE;2024;" + b"1" * 90 + b"\n"

    def table(_: Request) -> Answer:
        return Answer(200, {"Content-Type": "text/csv"}, (row * 1000 for _ in range(200)))

    with talk(table) as (_, client):
        tracemalloc.start()
        rows = sum(1 for _ in client.stream_lines("/a.csv"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert rows == 200_000
    assert peak < 12 * MIB


@pytest.mark.parametrize("fault", [faults.huge(100), faults.huge(100, told=True), faults.bomb(100)])
def test_an_answer_that_is_too_large_stops_without_being_held(fault: Answer) -> None:
    with talk(lambda _: fault, rule=rule(most_bytes=40 * MIB)) as (server, client):
        tracemalloc.start()
        said = told(lambda: client.json("/kpi"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(server.seen) == 1
    assert "Svaret är större än 40\u00a0MB, som är det mesta som tas emot." in said
    assert peak < 12 * MIB


def test_a_packed_answer_is_unpacked() -> None:
    with talk(lambda _: faults.gzipped({"values": list(range(1000))})) as (server, client):
        assert client.json("/kpi") == {"values": list(range(1000))}
    assert server.seen[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (faults.half_json({"values": [1, 2, 3]}), "Svarets JSON tar slut mitt i."),
        (faults.half_json({"a": "b" * 50}), "Svarets JSON tar slut mitt i."),
        (faults.not_json(), "Svarets JSON är ogiltig på rad 1, tecken 2."),
        (faults.not_json(b'{"values": [NaN]}'), "Svarets JSON är ogiltig."),
        (faults.not_json(b"[" * 200_000), "Svarets JSON är ogiltig."),
        (faults.not_json(b""), "Svaret är tomt."),
        (faults.not_json('{"län": "Värmland"}'.encode("latin-1")), "Svarets bokstäver går inte att läsa som utf-8."),
        (faults.login_page(), "Svaret är text/html, inte JSON. Det kan vara en sida från nätet"),
        (Answer(200, {"Content-Type": "application/json; charset=klingon"}, b"{}"), "okänd teckenkodning (klingon)"),
        (Answer(200, {**faults.JSON, "Content-Encoding": "br"}, b"{}"), "Svaret är packat som br"),
        (Answer(204, {}), "Källan svarar oväntat (svar 204)."),
        (Answer(304, {}), "Källan svarar oväntat (svar 304)."),
    ],
)
def test_an_answer_that_cannot_be_understood_is_told_and_not_asked_for_again(fault: Answer, says: str) -> None:
    with talk(lambda _: fault) as (server, client):
        said = told(lambda: client.json("/kpi/N1", {"hemligt": "sesam"}))
        assert len(server.seen) == 1
    assert says in said
    assert said.startswith(f"{server.url.removeprefix('http://')}/v3/kpi/N1: ")
    assert "sesam" not in said


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (faults.login_page(), "Svaret är text/html, inte CSV."),
        (text("  <!doctype html><p>Logga in", "text/plain"), "Svaret är en webbsida, inte CSV."),
        (answer({}), "Svaret är application/json, inte CSV."),
        (Answer(200, {"Content-Type": "text/csv"}, b"a;b\n" * 9000 + b"\xff"), "går inte att läsa som utf-8"),
        (text("x" * 2 * MIB), "en rad tar aldrig slut"),
    ],
)
def test_a_text_that_is_no_table_is_told(fault: Answer, says: str) -> None:
    with talk(lambda _: fault) as (_, client):
        assert says in told(lambda: list(client.stream_lines("/a.csv")))
        if "aldrig" not in says:
            assert says in told(lambda: client.text("/a.csv"))


def test_json_needs_no_type_and_may_have_one_of_its_own() -> None:
    with talk({"/v3/a": Answer(200, {}, b"[1]"), "/v3/b": faults.gzipped([2])}) as (server, client):
        server.next(Answer(200, {"Content-Type": "application/vnd.sdmx.data+json"}, b"[3]"))
        assert [client.json(path) for path in "bab"] == [[3], [1], [2]]


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_has_an_error_of_its_own(status: int) -> None:
    page = Answer(status, {"Content-Type": "text/html"}, b"<h1>Inget")
    with talk(lambda _: page) as (server, client):
        assert f"(svar {status})" in told(lambda: client.json("/kpi/N1"), NotThere)
        assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (400, "Källan godtar inte frågan (svar 400)."),
        (401, "Källan kräver inloggning"),
        (403, "Källan nekar frågan (svar 403). Uttaget kan vara för stort"),
        (407, "Proxyn kräver inloggning"),
        (413, "uttaget är för stort"),
        (414, "frågan är för lång"),
        (501, "Källan svarar oväntat (svar 501)."),
    ],
)
def test_a_refusal_is_told_and_not_asked_again(status: int, says: str) -> None:
    with talk(lambda _: faults.failing(status)) as (server, client):
        assert says in told(lambda: client.json("/kpi"))
        assert len(server.seen) == 1


def test_a_long_path_is_shown_in_part() -> None:
    with talk(lambda _: faults.failing(400)) as (_, client):
        said = told(lambda: client.json("/data/kpi/" + ",".join(f"N{n:05}" for n in range(25))))
    assert len(said.partition(": ")[0]) == 100
    assert "…: Källan" in said


def test_several_threads_may_ask_at_once_but_no_more_than_the_rule_says() -> None:
    ready = threading.Barrier(2)

    def slow(request: Request) -> Answer:
        ready.wait(5)  # two at a time, never three: a third would leave one alone for ever
        return echo(request)

    with talk(slow, rule=rule(at_once=2)) as (server, client), ThreadPoolExecutor(8) as pool:
        paths = [given["path"] for given in pool.map(lambda n: client.json(f"/{n}"), range(16))]
    assert paths == [f"/v3/{n}" for n in range(16)]
    assert server.busiest == 2
    assert server.connections == 2


def test_a_connection_is_used_again() -> None:
    with talk(echo) as (server, client):
        for _ in range(5):
            client.json("/kpi")
    assert server.connections == 1
    assert client.requests == 5


def test_an_endless_paging_is_the_callers_to_stop() -> None:
    def paging(request: Request) -> Answer:
        page = int(request.query.get("page", ["1"])[0])
        return answer({"next_url": f"{request.base}/v3/kpi?page={page + 1}"})

    with talk(paging) as (server, client):
        path = "/kpi"
        for _ in range(3):
            path = client.relative(client.json(path)["next_url"])
    assert [request.target for request in server.seen] == ["/v3/kpi", "/v3/kpi?page=2", "/v3/kpi?page=3"]
    assert path == "/kpi?page=4"


def test_a_client_that_is_not_there_is_told_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(echo) as server:
        gone = server.url
    monkeypatch.setenv("VARDDIALOG_FOHM_URL", f"{gone}/Folkhalsodata")
    with open_client("fohm") as client:
        said = told(lambda: client.json("/tabell.px"))
        assert client.requests == 2
    assert "går inte att nå. Gav upp efter 2 försök. Kontrollera nätet" in said
    assert "VARDDIALOG_FOHM_URL" in said


def test_an_error_of_a_source_has_its_own_exit_code() -> None:
    with talk(lambda _: faults.failing(400)) as (_, client), pytest.raises(SourceError) as raised:
        client.json("/kpi")
    assert raised.value.exit_code == 13


def test_importing_the_client_imports_no_http_and_opens_nothing() -> None:
    code = (
        "import sys, threading, varddialog.data.sources.transport;"
        "print(threading.active_count(), {'httpx', 'hishel', 'stamina', 'truststore', 'pandas'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "1 set()\n"
