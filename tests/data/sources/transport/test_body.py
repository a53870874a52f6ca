import gzip
import random
import tempfile
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from tests.data.sources.loopback import answer
from tests.data.sources.transport.talk import talk, told

from varddialog.data.sources.transport.body import NotWhole, TooLarge, TooSlow, received

MIB = 1024 * 1024
TEXT = bytes(random.Random(1).choices(b"0123456789;\n", k=300_000))
PACKED = gzip.compress(TEXT)


def cut(body: bytes, size: int) -> Iterator[bytes]:
    return (body[at : at + size] for at in range(0, len(body), size))


def read(body: Iterator[bytes], **how: Any) -> bytes:
    with received(body, **{"most": MIB, "until": 1.0, "gzip": False, "clock": lambda: 0.0, **how}) as file:
        return file.read()


@pytest.mark.parametrize("size", [1, 7, 4096, 10**6])
def test_a_packed_body_is_unpacked_however_it_is_cut(size: int) -> None:
    assert read(cut(PACKED, size), gzip=True) == TEXT


def test_a_body_packed_in_parts_is_one_body() -> None:
    assert read(cut(gzip.compress(b"a") + gzip.compress(b"b"), 5), gzip=True) == b"ab"


def test_an_empty_body_need_not_be_packed() -> None:
    assert read(iter(()), gzip=True) == b""


@pytest.mark.parametrize(
    "body",
    [PACKED[:-1], PACKED[:100], b"plain text", PACKED + b"more than there is"],
    ids=["a byte short", "cut", "not packed", "too long"],
)
def test_a_packed_body_that_cannot_be_unpacked_is_not_whole(body: bytes) -> None:
    with pytest.raises(NotWhole):
        read(cut(body, 1000), gzip=True)


def test_the_size_is_that_of_what_is_unpacked() -> None:
    assert len(read(cut(PACKED, 1000), gzip=True, most=len(TEXT))) == len(TEXT)
    with pytest.raises(TooLarge):
        read(cut(PACKED, 1000), gzip=True, most=len(TEXT) - 1)


def test_a_bomb_is_never_unpacked_at_once() -> None:
    bomb = gzip.compress(bytes(64 * MIB))
    tracemalloc.start()
    with pytest.raises(TooLarge):
        read(iter([bomb]), gzip=True, most=32 * MIB)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * MIB


def test_a_body_has_to_come_in_time() -> None:
    times = iter([0.0, 0.5, 1.1])
    with pytest.raises(TooSlow):
        read(iter([b"a", b"b", b"c"]), clock=lambda: next(times))


def test_a_disk_without_room_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(tempfile.SpooledTemporaryFile):  # type: ignore[type-arg]
        def write(self, _: Any) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", Full)
    with talk(lambda _: answer([1])) as (_, client):
        assert "Svaret går inte att lägga undan på disken" in told(lambda: client.json("/kpi"))
        assert client.requests == 1
