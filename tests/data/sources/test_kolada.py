"""Kolada: every figure as it stands, nothing unknown passed over in silence, and few questions."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from tests.data.sources.kolada_asking import (
    LATER,
    SINCE,
    Ask,
    ask,
    data_paths,
    events,
    of,
    query,
    row,
    rows,
    small,
    want,
)
from tests.data.sources.loopback import Answer, Loopback, Request
from tests.data.sources.servers.kolada import GROUP, REGIONS, KoladaServer

from varddialog.config import Project
from varddialog.data.rows import Observation
from varddialog.data.schema import COLUMNS
from varddialog.data.sources.base import Done, Heeded, Lacking, Listed, Unchanged, Wanted
from varddialog.data.sources.kolada import members
from varddialog.data.sources.kolada_rows import when
from varddialog.data.sources.transport import open_client
from varddialog.data.store import Store
from varddialog.errors import SourceError
from varddialog.model.catalogue import Catalogue
from varddialog.swedish import NBSP

__all__ = ["ask", "events"]


# figures


def test_the_figures_of_the_embedded_store_come_as_they_stand(project: Project, catalogue: Catalogue, ask: Ask) -> None:
    # one of women alone, one of men alone, one published as it was computed, two ordinary
    names = ["N01483", "N70352", "U01402", "N79190", "U71451"]
    stored = Store.of(project).observations(indicators=names)
    queries = {name: catalogue.indicators[name].live for name in names}
    with Loopback(KoladaServer.of(stored, queries)) as server:
        found = ask(server, [Wanted(name, tuple(queries[name])) for name in names])
    fetched = pd.DataFrame(rows(found), columns=list(Observation._fields))
    fetched = fetched.astype(dict.fromkeys(("low", "high", "numerator", "denominator"), float))
    order = COLUMNS[:7]
    pd.testing.assert_frame_equal(
        fetched.sort_values(order, ignore_index=True),
        stored.sort_values(order, ignore_index=True),
        check_exact=True,
        check_dtype=False,
    )
    assert {done.series for done in of(Done, found)} == set(names)
    assert not any(done.partial for done in of(Done, found))


def test_no_part_of_a_path_names_more_than_25(ask: Ask) -> None:
    made = KoladaServer.made(60, [2024], municipalities=40)
    with Loopback(made) as server:
        found = ask(server, want(*made.titles, within=["kommuner"]))
    assert all(len(part.split(",")) <= 25 for path in server.paths() for part in path.split("/"))
    assert len(of(Done, found)) == 60
    assert len(rows(found)) == 60 * 22 * 3
    assert len(rows(found, within=True)) == 60 * 40 * 3


def test_pages_are_followed_to_the_last(ask: Ask) -> None:
    server = small(most=1)
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000"))
    assert sorted(rows(found)) == sorted(
        [
            *(row("N10000", "00", 2023, *one) for one in ((1.5, "T"), (2.5, "K"), (0.5, "M"))),
            *(row("N10000", "13", 2023, *one) for one in ((2.25, "T"), (3.25, "K"), (1.25, "M"))),
            row("N10000", "00", 2024, 1.6),
            row("N10000", "13", 2024, 2.35),
        ]
    )
    assert len(data_paths(loopback)) == 4


def test_a_row_that_comes_on_two_pages_is_taken_once(ask: Ask) -> None:
    server = small()

    def overlapping(request: Request) -> Answer:
        given = server(request)
        if "page=2" in request.target or "/data/" not in request.path:
            return given
        again = f"{request.base}{request.path}?page=2&per_page=2"
        return Answer(200, given.headers, given.body.replace(b'"next_url":null', f'"next_url":"{again}"'.encode()))  # type: ignore[union-attr]

    with Loopback(overlapping) as loopback:
        found = rows(ask(loopback, want("N10000")))
    assert len(found) == len(set(found)) == 8


@pytest.mark.parametrize(
    ("period", "expected"),
    [(2025, (2025, "")), ("2025", (2025, "")), (202512, (2025, "2025-12")), ("202501", (2025, "2025-01"))],
)
def test_periods_are_years_or_months_as_numbers_or_texts(period: object, expected: tuple[int, str]) -> None:
    assert when(period) == expected


@pytest.mark.parametrize("period", [25, "2025Q1", 202513, None, "", True])
def test_a_period_that_is_neither_is_refused(period: object) -> None:
    with pytest.raises(ValueError, match="perioden"):
        when(period)


def test_periods_written_as_texts_and_months(ask: Ask) -> None:
    server = small()
    server.data.texts = True  # type: ignore[union-attr]
    server.put("N10000", "0013", "202511", T=4.0)
    with Loopback(server) as loopback:
        found = rows(ask(loopback, want("N10000")))
    assert row("N10000", "13", 2025, 4.0, period="2025-11") in found
    assert row("N10000", "13", 2024, 2.35) in found


def test_the_old_letter_for_women_is_understood(ask: Ask) -> None:
    server = small()
    server.put("N10000", "0013", "2025", T=2.0, F=3.0)
    with Loopback(server) as loopback:
        found = rows(ask(loopback, want("N10000")))
    assert row("N10000", "13", 2025, 3.0, "K") in found


def test_a_measure_of_one_sex_is_written_as_that_sex(ask: Ask) -> None:
    with Loopback(small()) as server:
        found = rows(ask(server, want("N10000", sex="K")))
    assert {(o.sex, o.value) for o in found if o.region == "13"} == {("K", 2.25), ("K", 2.35)}


def test_a_series_of_two_measures_ends_once_with_both_titles(ask: Ask) -> None:
    server = small()
    server.titles |= {"N10000": "Kvinnor, år", "N10001": "Män, år"}
    server.put("N10001", "0013", "2024", T=80.5)
    both = Wanted("LIV", (query("N10000", sex="K"), query("N10001", sex="M")))
    with Loopback(server) as loopback:
        found = ask(loopback, [both])
    assert of(Done, found) == [Done("LIV", title="Kvinnor, år; Män, år")]
    assert {o.sex for o in rows(found)} == {"K", "M"}


def test_two_series_may_want_the_same_measure(ask: Ask) -> None:
    with Loopback(small()) as server:
        found = ask(server, [Wanted(name, (query("N10000"),)) for name in ("A", "B")])
    assert sorted(done.series for done in of(Done, found)) == ["A", "B"]
    assert len(rows(found)) == 2 * 8
    assert len(data_paths(server)) == 1


def test_the_title_is_told_with_the_year_when_it_stopped(ask: Ask) -> None:
    with Loopback(small(titles={"N10000": "Positivt helhetsintryck, index (-2024) "})) as server:
        assert of(Done, ask(server, want("N10000")))[0].title == "Positivt helhetsintryck, index (-2024)"


# what is not there


def test_a_measure_that_is_left_out_without_a_word_is_noticed(ask: Ask) -> None:
    with Loopback(small()) as server:
        found = ask(server, want("N99999", "N10000"))
    assert of(Lacking, found) == [Lacking("N99999", "Kolada har inget mått med koden N99999.")]
    assert [done.series for done in of(Done, found)] == ["N10000"]
    assert all("N99999" not in path for path in data_paths(server))


def test_absent_rows_and_empty_values_are_both_no_value(ask: Ask) -> None:
    server = small()
    server.put("N10000", "0001", "2024", T=None, K=None)
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000"))
    assert {o.region for o in rows(found)} == {"00", "13"}
    assert not of(Heeded, found)


def test_a_series_of_empty_values_alone_says_how_many(ask: Ask) -> None:
    server = small(titles={"N10000": "A", "N10001": "B"})
    for year in ("2023", "2024"):
        server.put("N10001", "0013", year, T=None)
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000", "N10001"))
    assert of(Lacking, found) == [Lacking("N10001", f"Kolada har 2{NBSP}uppgifter, som alla är tomma.")]


def test_the_measures_that_regions_compare_are_listed_when_everything_is_asked_for(ask: Ask) -> None:
    with Loopback(small(members=["N10000", "U20000"])) as server:
        found = ask(server, want("N10000"))
        later = ask(server, want("N10000", since=dt.date(2026, 11, 1)))
    listed = Listed("Hälso- och sjukvårdsrapporten", {"N10000": "Mått N10000", "U20000": "U20000"})
    assert of(Listed, found) == [listed]
    assert of(Listed, later) == []


def test_a_measure_without_rows_is_lacking(ask: Ask) -> None:
    with Loopback(small(titles={"N10001": "B"})) as server:
        found = ask(server, want("N10001"))
    assert found[0] == Lacking("N10001", "Kolada har måttet, men inga uppgifter för regionerna.")


def test_withdrawn_rows_are_left_out_of_a_whole_answer(ask: Ask) -> None:
    server = small()
    server.withdraw("N10000", "0013", "2024", LATER)
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000"))
    assert {(o.region, o.year) for o in rows(found)} == {("00", 2023), ("00", 2024), ("13", 2023)}
    assert of(Done, found) == [Done("N10000", title="Mått N10000")]


def test_regions_that_are_unknown_on_either_side_are_told(ask: Ask) -> None:
    server = small()
    del server.units["0009"]
    server.units["0026"] = "Region Nya"
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000"))
    assert of(Heeded, found) == [
        Heeded("", f"Kolada saknar 1{NBSP}enhet: 0009."),
        Heeded("", "Kolada har regioner som inte efterfrågas: 0026 Region Nya."),
    ]
    assert "0009" not in data_paths(loopback)[0]


def test_without_any_of_the_regions_nothing_is_asked(ask: Ask) -> None:
    with (
        Loopback(small(units={"0180": "Stockholm"})) as server,
        pytest.raises(SourceError, match="ingen av regionerna"),
    ):
        ask(server, want("N10000"))


def test_the_members_of_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(small(members=["N10000", "U20000"])) as server:
        monkeypatch.setenv("VARDDIALOG_KOLADA_URL", f"{server.url}/v3")
        with open_client("kolada") as client:
            assert members(client) == {"N10000": "Mått N10000", "U20000": "U20000"}
            with pytest.raises(SourceError, match="ingen grupp G2KPI1"):
                members(client, "G2KPI1")
    assert server.paths()[0].endswith(GROUP)


# versions


def test_version_2_is_never_asked(ask: Ask) -> None:
    with Loopback(small()) as server, pytest.raises(SourceError, match=r"version 2 är stängd.*/v3"):
        ask(server, want("N10000"), base="/v2/")
    assert server.paths() == []


@pytest.mark.parametrize("base", ["", "/api/v3"])
def test_an_address_that_is_not_version_3_is_told(ask: Ask, base: str) -> None:
    with Loopback(small()) as server, pytest.raises(SourceError, match="version 3 finns inte på adressen"):
        ask(server, want("N10000"), base=base)


# changes


def test_only_what_changed_is_asked_for_from_two_days_earlier(ask: Ask) -> None:
    server = small()
    server.put("N10000", "0013", "2024", LATER, T=9.5)
    server.put("N10000", "0013", "2025", dt.date(2026, 2, 27), T=7.0)
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000", since=SINCE))
    assert rows(found) == [row("N10000", "13", 2024, 9.5), row("N10000", "13", 2025, 7.0)]
    assert of(Done, found) == [Done("N10000", partial=True, title="Mått N10000")]
    assert [request.query["from_date"] for request in loopback.seen if "/data/" in request.path] == [["2026-02-27"]]


def test_what_was_withdrawn_or_emptied_since_is_told_as_deleted(ask: Ask) -> None:
    server = small()
    server.withdraw("N10000", "0013", "2023", LATER)
    server.put("N10000", "0000", "2024", LATER, T=None)
    with Loopback(server) as loopback:
        found = ask(loopback, want("N10000", since=SINCE))
    (done,) = of(Done, found)
    assert rows(found) == []
    assert done.partial
    assert {(o.region, o.year, o.sex) for o in done.deleted} == {
        ("13", 2023, "T"), ("13", 2023, "K"), ("13", 2023, "M"), ("00", 2024, "T"),
    }  # fmt: skip
    assert all(math.isnan(o.value) for o in done.deleted)


def test_nothing_new_is_unchanged_with_its_title(ask: Ask) -> None:
    with Loopback(small()) as server:
        assert ask(server, want("N10000", since=SINCE)) == [Unchanged("N10000", title="Mått N10000")]


def test_series_may_be_asked_for_since_different_days(ask: Ask) -> None:
    server = small(titles={"N10000": "A", "N10001": "B"})
    server.put("N10001", "0013", "2024", T=1.0)
    wanted = [*want("N10000", since=SINCE), *want("N10001")]
    with Loopback(server) as loopback:
        found = ask(loopback, wanted)
    assert of(Unchanged, found) == [Unchanged("N10000", title="A")]
    assert of(Done, found) == [Done("N10001", title="B")]


def test_an_unchanged_update_costs_few_requests(catalogue: Catalogue, ask: Ask) -> None:
    live = {i.id: i.live for i in catalogue.indicators.values() if i.live and i.live[0].api == "kolada"}
    wanted = [Wanted(series, tuple(queries), SINCE) for series, queries in live.items()]
    server = KoladaServer.of(pd.DataFrame(columns=COLUMNS), live)
    server.units |= {f"{county}{n}": "Kommun" for county in REGIONS[1:] for n in range(60, 74)}
    with Loopback(server) as loopback:
        found = ask(loopback, wanted)
    assert len(of(Unchanged, found)) == len(wanted)
    # units once, then metadata and figures of 25 at a time, and twice whether any municipality has something new
    parts = math.ceil(len(wanted) / 25)
    wide = math.ceil(sum("kommuner" in queries[0].within for queries in live.values()) / 25)
    assert len(loopback.seen) <= 1 + 2 * parts + 2 * wide
