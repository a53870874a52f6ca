"""What an update asks: which series of which API, since when, and what may be taken as known afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.data.update.conftest import TODAY

from varddialog.data.sources.base import Done, Unchanged, Wanted
from varddialog.data.update.asked import SeriesAsked, query_digest
from varddialog.data.update.plan import chosen_queries, known_until, live_queries, plan
from varddialog.errors import UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.live import APIS, KoladaQuery, Query, WhoQuery

EARLY, LATE = dt.date(2026, 10, 1), dt.date(2026, 11, 10)
QUERY: tuple[Query, ...] = (KoladaQuery(api="kolada", kpi="N00001"),)
OTHER: tuple[Query, ...] = (KoladaQuery(api="kolada", kpi="N00002"),)


def known(day: dt.date = EARLY, query: tuple[Query, ...] = QUERY) -> SeriesAsked:
    return SeriesAsked(day=day, query=query_digest(query), version="7")


def one(
    before: SeriesAsked | None = None, since: dt.date | None = None, held: tuple[str, ...] = ("A",)
) -> tuple[dt.date | None, str]:
    """Since when, and with which edition, the series A is asked for."""
    ((wanted,),) = plan({"A": QUERY}, {"A": before} if before else {}, since, held, TODAY).values()
    assert (wanted.series, wanted.queries) == ("A", QUERY)
    return wanted.since, wanted.version


# which


def test_every_series_with_a_live_source_is_there_and_no_other(catalogue: Catalogue) -> None:
    found = live_queries(catalogue)
    assert set(found) == {i.id for i in catalogue.indicators.values() if i.live} | {
        s.id for s in catalogue.foreign.values() if s.live
    }
    assert chosen_queries(catalogue, [], []) == found


def test_sources_and_series_are_chosen_by_name(catalogue: Catalogue) -> None:
    fohm = chosen_queries(catalogue, ["fohm"], [])
    assert fohm
    assert {queries[0].api for queries in fohm.values()} == {"fohm"}
    both = chosen_queries(catalogue, ["fohm", "eurostat"], [])
    assert {queries[0].api for queries in both.values()} == {"fohm", "eurostat"}
    assert list(chosen_queries(catalogue, [], ["EU_NURSES"])) == ["EU_NURSES"]
    name = next(iter(fohm))
    assert list(chosen_queries(catalogue, ["fohm"], [name])) == [name]


@pytest.mark.parametrize(
    ("sources", "indicators", "said"),
    [
        (["kolda"], [], r"Okänd källa: «kolda»\. Tillåtet: kolada, scb, .*Menade du «kolada»\?"),
        ([], ["EU_NURSE"], r"Okänt mått: «EU_NURSE»\. Menade du «EU_NURSES»\?"),
        ([], ["OECD_INFANT_MORTALITY"], r"Måttet OECD_INFANT_MORTALITY har ingen källa som kan hämtas\. Skriv «live»"),
        (["scb"], ["EU_NURSES"], r"Måttet EU_NURSES hämtas från eurostat, som inte är bland källorna\. Tillåtet: scb"),
    ],
)
def test_what_cannot_be_asked_for_is_told(
    catalogue: Catalogue, sources: list[str], indicators: list[str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        chosen_queries(catalogue, sources, indicators)


def test_all_that_cannot_be_asked_for_is_told_at_once(catalogue: Catalogue) -> None:
    with pytest.raises(UsageError) as caught:
        chosen_queries(catalogue, ["kolda", "scp"], ["EU_NURSES", "N0", "OECD_INFANT_MORTALITY"])
    assert [fault.what for fault in caught.value.faults] == [
        "Okänd källa: «kolda».",
        "Okänd källa: «scp».",
        "Okänt mått: «N0».",
        "Måttet OECD_INFANT_MORTALITY har ingen källa som kan hämtas.",
    ]


def test_each_api_gets_its_own_series() -> None:
    who: tuple[Query, ...] = (WhoQuery(api="who", code="X"),)
    found = plan({"A": QUERY, "B": who, "C": OTHER}, {}, None, (), TODAY)
    assert {api: [wanted.series for wanted in of] for api, of in found.items()} == {"kolada": ["A", "C"], "who": ["B"]}
    assert set(found) <= set(APIS)


# since when


def test_what_has_not_been_asked_for_is_asked_for_whole() -> None:
    assert one() == (None, "")


def test_what_is_known_is_asked_for_since_then_with_its_edition() -> None:
    assert one(known()) == (EARLY, "7")


@pytest.mark.parametrize("since", [None, LATE])
def test_another_query_than_before_is_asked_for_whole(since: dt.date | None) -> None:
    assert one(known(query=OTHER), since) == (None, "")


@pytest.mark.parametrize("before", [None, known()])
@pytest.mark.parametrize("since", [None, LATE])
def test_what_the_store_does_not_hold_is_asked_for_whole(before: SeriesAsked | None, since: dt.date | None) -> None:
    assert one(before, since, held=()) == (None, "")


def test_a_day_that_is_named_goes_before_the_one_that_is_known() -> None:
    assert one(known(), LATE) == (LATE, "7")
    assert one(known(LATE), EARLY) == (EARLY, "7")
    assert one(None, LATE) == (LATE, "")


def test_a_day_that_has_not_been_is_not_known() -> None:
    assert one(known(TODAY + dt.timedelta(days=400))) == (None, "")


# what is known afterwards


@pytest.mark.parametrize(
    ("since", "end", "before", "day"),
    [
        (None, Done("A"), None, TODAY),
        (None, Unchanged("A"), None, TODAY),
        (EARLY, Done("A", partial=True), known(EARLY), TODAY),
        (EARLY, Unchanged("A"), known(LATE), TODAY),
        # asked since a later day than is known: what changed in between has not been seen
        (LATE, Done("A", partial=True), known(EARLY), None),
        (LATE, Unchanged("A"), known(EARLY), None),
        (LATE, Done("A", partial=True), None, None),
        (LATE, Done("A", partial=True), known(TODAY + dt.timedelta(days=400)), None),
        # the source gave everything all the same
        (LATE, Done("A"), None, TODAY),
    ],
)
def test_only_what_has_been_seen_without_a_hole_is_known(
    since: dt.date | None, end: Any, before: SeriesAsked | None, day: dt.date | None
) -> None:
    found = known_until(Wanted("A", QUERY, since), end, before, TODAY)
    assert (found.day if found else None) == day


def test_the_edition_and_the_query_are_known_with_the_day() -> None:
    found = known_until(Wanted("A", QUERY), Done("A", version="8"), known(query=OTHER), TODAY)
    assert found == SeriesAsked(day=TODAY, query=query_digest(QUERY), version="8")
