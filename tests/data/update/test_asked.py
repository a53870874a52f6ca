"""What was asked of the sources is kept beside the store, is true of one snapshot alone, and may always be lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from varddialog.data.update.asked import FILE, SeriesAsked, query_digest, read_asked, write_asked
from varddialog.model.live import KoladaQuery, TableQuery

NAME = "2026-11-26"
SERIES = {"A": SeriesAsked(day=dt.date(2026, 11, 26), query="x", version="7")}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_asked(tmp_path, NAME, SERIES)
    assert read_asked(tmp_path, NAME) == SERIES
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_it_is_true_of_one_snapshot_alone(tmp_path: Path) -> None:
    write_asked(tmp_path, NAME, SERIES)
    assert read_asked(tmp_path, "") == read_asked(tmp_path, f"{NAME}-2") == {}
    write_asked(tmp_path, "", SERIES)
    assert read_asked(tmp_path, "") == SERIES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\0\0\0",
        b"\xff\xfe",
        b"[]",
        b'{"snapshot": "2026-11-26", "series": {"A": {"day": "i gar", "query": "x"}}}',
        b'{"snapshot": "2026-11-26", "series": {"A": {"query": "x"}}}',
        b'{"snapshot": "2026-11-26", "more": 1}',
    ],
)
def test_a_file_that_cannot_be_read_is_as_none_at_all(tmp_path: Path, content: bytes) -> None:
    assert read_asked(tmp_path, NAME) == {}
    (tmp_path / FILE).write_bytes(content)
    assert read_asked(tmp_path, NAME) == {}


def test_a_query_is_another_when_anything_in_it_is() -> None:
    one = KoladaQuery(api="kolada", kpi="N00001")
    digests = {
        query_digest(queries)
        for queries in (
            (),
            (one,),
            (one, one),
            (KoladaQuery(api="kolada", kpi="N00002"),),
            (KoladaQuery(api="kolada", kpi="N00001", sex="K"),),
            (KoladaQuery(api="kolada", kpi="N00001", within=["kommuner"]),),
            (TableQuery(api="scb", table="A"),),
            (TableQuery(api="scb2", table="A"),),
            (TableQuery(api="scb", table="A", first=2020),),
        )
    }
    assert len(digests) == 9
    assert query_digest([one]) == query_digest((KoladaQuery(api="kolada", kpi="N00001"),))
