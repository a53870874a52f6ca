import json
import shutil
from pathlib import Path

import pytest
from tests.data.sources import faults
from tests.data.sources.loopback import Answer, Loopback, Request, answer, routes, text
from tests.data.sources.transport.talk import talk, told

from varddialog.data.sources.transport import Client, NotThere, open_client
from varddialog.errors import SourceError, UsageError


def pages(request: Request) -> Answer:
    if request.query:
        return answer({"values": [2], "next_url": None})
    return answer({"values": [1], "next_url": f"{request.base}/v3/data/kpi/N1?page=2"})


SOURCE = routes(
    {
        "/v3/data/kpi/N1": pages,
        "/v3/tabell.px": lambda request: answer({"asked": request.json()}),
        "/v3/table.csv": text("län;värde\nVärmland;1,5"),
        "/v3/page": Answer(400, {"Content-Type": "text/html"}, b"<h1>No"),
    }
)


def day(client: Client) -> list[object]:
    """A day's questions."""
    given = client.json("/data/kpi/N1")
    return [
        given["values"],
        client.json(client.relative(given["next_url"])),
        client.json("/tabell.px", body={"query": [{"code": "Kön", "values": ["1"]}]}),
        client.json("/tabell.px", body={"query": [{"code": "Kön", "values": ["2"]}]}),
        client.text("/table.csv", accept="text/csv"),
        list(client.stream_lines("/table.csv", accept="text/csv")),
        told(lambda: client.json("/gone"), NotThere),
        told(lambda: client.json("/page")),
    ]


@pytest.fixture
def recorded(tmp_path: Path) -> tuple[Path, list[object]]:
    """A recorded day, and what it answered."""
    with talk(SOURCE, record=tmp_path / "day") as (server, client):
        server.next(faults.too_many(), faults.reset(), faults.moved("/v3/data/kpi/N1"))
        return tmp_path / "day", day(client)


def test_a_recorded_day_is_answered_again_without_a_network(recorded: tuple[Path, list[object]]) -> None:
    folder, answers = recorded
    with open_client("kolada", replay=folder) as client:
        assert day(client) == answers
        assert client.requests == 0


def test_a_recording_may_be_moved_and_read_whatever_the_environment_says(
    recorded: tuple[Path, list[object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, answers = recorded
    monkeypatch.setenv("VARDDIALOG_KOLADA_URL", "http://elsewhere.example/v3")
    monkeypatch.setenv("HTTPS_PROXY", "socks9://nowhere")
    shutil.move(folder, tmp_path / "elsewhere")
    with open_client("kolada", replay=tmp_path / "elsewhere") as client:
        assert day(client) == answers


def test_the_same_day_is_recorded_as_the_same_files(recorded: tuple[Path, list[object]], tmp_path: Path) -> None:
    folder, _ = recorded
    with talk(SOURCE, record=tmp_path / "again") as (_, client):
        day(client)

    def files(root: Path) -> dict[str, bytes]:
        base = json.loads((root / "kolada/source.json").read_text())["base"].encode()
        found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        return {name: content.replace(base, b"BASE") for name, content in found.items()}

    assert files(tmp_path / "again") == files(folder)
    assert len(files(folder)) == 1 + 2 * 7


def test_a_recording_says_what_was_asked_and_names_its_files_after_it(recorded: tuple[Path, list[object]]) -> None:
    folder, _ = recorded
    names = [path.name.rpartition("-")[0] for path in (folder / "kolada").glob("*-*.json")]
    assert sorted(names) == ["data-kpi-n1"] * 2 + ["gone", "page", "tabell-px", "tabell-px", "table-csv"]
    asked = [json.loads(path.read_text()) for path in (folder / "kolada").glob("tabell-*.json")]
    assert {told["question"]["body"]["query"][0]["values"][0] for told in asked} == {"1", "2"}
    assert all(told["headers"] == {"content-type": "application/json; charset=utf-8"} for told in asked)


def test_a_packed_answer_is_recorded_unpacked(tmp_path: Path) -> None:
    with talk(lambda _: faults.gzipped({"a": 1}), record=tmp_path) as (_, client):
        client.json("/kpi")
    assert [path.read_bytes() for path in tmp_path.rglob("*.body")] == [b'{"a": 1}']
    with open_client("kolada", replay=tmp_path) as client:
        assert client.json("/kpi") == {"a": 1}


def test_an_answer_from_the_cache_is_recorded_whole(tmp_path: Path) -> None:
    with talk(lambda r: Answer(304) if "if-none-match" in r.headers else answer([1], ETag='"1"'),
              cache=tmp_path / "cache", record=tmp_path / "day") as (server, client):  # fmt: skip
        client.json("/kpi")
        shutil.rmtree(tmp_path / "day")
        client.json("/kpi")
        assert len(server.seen) == 2
    assert [path.read_bytes() for path in (tmp_path / "day").rglob("*.body")] == [b"[1]"]


def test_what_was_not_recorded_is_told(recorded: tuple[Path, list[object]]) -> None:
    folder, _ = recorded
    with open_client("kolada", replay=folder) as client:
        for ask in (
            lambda: client.json("/kpi/å", {"page": "2"}),
            lambda: client.json("/tabell.px", body={"query": []}),
            lambda: client.text("/data/kpi/N1"),
        ):
            assert "Inspelningen saknar frågan" in told(ask)
        assert "kolada: Inspelningen saknar frågan GET /kpi/å?page=2." in told(
            lambda: client.json("/kpi/å", {"page": "2"})
        )


def test_a_source_that_was_not_recorded_is_told(recorded: tuple[Path, list[object]]) -> None:
    folder, _ = recorded
    with (
        pytest.raises(SourceError, match=r"who: Inspelningen har inga svar från källan\."),
        open_client("who", replay=folder),
    ):
        pass


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff", b'{"status": "x", "headers": {}}'])
def test_a_broken_recording_is_told(content: bytes, recorded: tuple[Path, list[object]]) -> None:
    folder, _ = recorded
    for path in (folder / "kolada").glob("data-*.json"):
        path.write_bytes(content)
    with open_client("kolada", replay=folder) as client:
        said = told(lambda: client.json("/data/kpi/N1"))
    assert said.startswith("kolada/data-kpi-n1-")
    assert "Inspelningen går inte att läsa. Spela in igen." in said


def test_a_recording_without_a_body_is_told(recorded: tuple[Path, list[object]]) -> None:
    folder, _ = recorded
    for path in (folder / "kolada").glob("*.body"):
        path.unlink()
    with open_client("kolada", replay=folder) as client:
        assert "går inte att läsa" in told(lambda: client.json("/data/kpi/N1"))


def test_a_recording_without_its_address_is_told(recorded: tuple[Path, list[object]]) -> None:
    folder, _ = recorded
    (folder / "kolada/source.json").write_text("{}")
    with pytest.raises(SourceError, match=r"kolada/source\.json: Inspelningen"), open_client("kolada", replay=folder):
        pass


def test_a_folder_that_cannot_be_recorded_in_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    with Loopback(SOURCE) as server:
        monkeypatch.setenv("VARDDIALOG_KOLADA_URL", server.url)
        with (
            pytest.raises(UsageError, match="Inspelningen går inte att skriva"),
            open_client("kolada", record=tmp_path / "file"),
        ):
            pass
    assert server.seen == []


def test_what_is_recorded_again_replaces_what_was(tmp_path: Path) -> None:
    for number in (1, 2):
        with talk(lambda _, number=number: answer(number), record=tmp_path) as (_, client):
            client.json("/kpi")
    with open_client("kolada", replay=tmp_path) as client:
        assert client.json("/kpi") == 2
