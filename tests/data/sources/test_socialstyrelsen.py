from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from tests.data.sources.asking import REGIONS, ask, ask_at, rows
from tests.data.sources.loopback import Loopback, Request, answer
from tests.data.sources.servers.socialstyrelsen import ROOT, SocialstyrelsenServer, Subject
from tests.making import observation

from varddialog.data.sources.base import Done, Event, Heeded, Lacking, Wanted
from varddialog.data.sources.socialstyrelsen import Socialstyrelsen
from varddialog.errors import SourceError
from varddialog.model.live import SocialstyrelsenQuery

DEATHS = "dodsorsaker"
FILTERS = frozenset({"region", "ar", "kon", "matt", "diagnos", "alder"})


def query(by_sex: bool = False, **select: str) -> SocialstyrelsenQuery:
    return SocialstyrelsenQuery(
        api="socialstyrelsen", subject=DEATHS, select=select or {"diagnos": "2026", "matt": "2"}, by_sex=by_sex
    )


def death(region: Any, year: Any, value: Any, sex: int | None = 3, **codes: Any) -> dict[str, Any]:
    ids = {"diagnosId": "2026", "mattId": 2} | ({"konId": sex} if sex else {}) | codes
    return {"regionId": region, **ids, "ar": year, "varde": value}


def subject(*given: dict[str, Any], filters: frozenset[str] = FILTERS, text: bool = False) -> Subject:
    years = list(dict.fromkeys(row["ar"] for row in given))
    return Subject(list(given), list(REGIONS), filters, text, years)


def asked(given: Subject | SocialstyrelsenServer, *queries: SocialstyrelsenQuery) -> list[Event]:
    server = SocialstyrelsenServer({DEATHS: given}) if isinstance(given, Subject) else given
    return ask(Socialstyrelsen(), "socialstyrelsen", ROOT, server, Wanted("T1", queries or (query(),)))


@pytest.mark.parametrize("text", [False, True])
@pytest.mark.parametrize("page", [5000, 7])
def test_figures_come_back_whatever_codes_are_written_as_and_in_how_many_pages(text: bool, page: int) -> None:
    kept = [
        observation(region, year, round(1000.0 * year + int(region) / 10, 1), sex=sex)
        for region in REGIONS
        for year in (2022, 2023)
        for sex in "TKM"
    ]
    asking = query(by_sex=True)
    server = SocialstyrelsenServer.of(pd.DataFrame(kept), {"T1": [asking]}, page, text)

    events = asked(server, asking)

    assert sorted(rows(events)) == sorted(kept)
    assert isinstance(events[-1], Done)


def test_swedish_numbers_and_years_in_spans_are_read() -> None:
    events = asked(subject(death(0, "1995-1997", "42 219,6"), death(13, "1996-1998", "1\u00a0000")))

    assert [(r.region, r.year, r.value) for r in rows(events)] == [("00", 1997, 42219.6), ("13", 1998, 1000.0)]


def test_hidden_values_are_left_out_and_counted() -> None:
    events = asked(subject(death(13, 2022, "X"), death(13, 2023, "12,1"), death(8, 2023, "X")))

    assert [(r.year, r.value) for r in rows(events)] == [(2023, 12.1)]
    assert [e.what for e in events if isinstance(e, Heeded)] == [
        "2\u00a0värden döljs av Socialstyrelsen och tas inte med."
    ]


def test_a_region_without_a_row_is_not_filled_in() -> None:
    events = asked(subject(death(13, 2022, "1"), death(13, 2023, "2"), death(8, 2023, "3")))

    assert [(r.region, r.year) for r in rows(events)] == [("13", 2022), ("13", 2023), ("08", 2023)]


def test_sex_is_told_apart_only_when_asked_for() -> None:
    split = subject(death(13, 2023, "1", 1), death(13, 2023, "2", 2), death(13, 2023, "3", 3))

    assert [r.sex for r in rows(asked(split))] == ["T"]
    assert [r.sex for r in rows(asked(split, query(by_sex=True)))] == ["M", "K", "T"]
    assert [r.sex for r in rows(asked(split, query(diagnos="2026", matt="2", kon="2")))] == ["K"]


def test_a_subject_that_is_not_split_by_sex_is_about_everybody() -> None:
    assert [r.sex for r in rows(asked(subject(death(13, 2023, "1", None))))] == ["T"]


def test_a_subject_without_values_for_both_sexes_is_told() -> None:
    with pytest.raises(SourceError, match="bara värden för kvinnor och män"):
        asked(subject(death(13, 2023, "1", 1), death(13, 2023, "2", 2)))


def test_a_segment_that_the_source_ignores_is_told() -> None:
    given = subject(death(13, 2023, "1"), death(13, 2023, "9", diagnosId="2028"))

    with pytest.raises(SourceError, match="bryr sig inte om «yttreorsak» i frågan: svaret nämner den inte"):
        asked(given, query(yttreorsak="2026", matt="2"))


@pytest.mark.parametrize(("ignored", "got"), [("diagnos", "2028"), ("ar", "2020"), ("region", "1"), ("matt", "1")])
def test_a_filter_that_does_not_filter_is_told(ignored: str, got: str) -> None:
    codes: dict[str, Any] = {"diagnos": "2026", "matt": "2", "region": "0,13", "ar": "2023"}
    other = {"diagnosId": "2028"} if ignored == "diagnos" else {"mattId": 1} if ignored == "matt" else {}
    stray = death(1 if ignored == "region" else 13, 2020 if ignored == "ar" else 2023, "9", **other)
    given = subject(death(13, 2023, "1"), stray, filters=FILTERS - {ignored})
    given.regions, given.years = ["00", "13"], [2023]

    with pytest.raises(SourceError, match=f"«{ignored}» i frågan: svaret gäller {got}, inte"):
        asked(given, query(diagnos=codes["diagnos"], matt=codes["matt"]))


def test_rows_that_differ_in_what_was_not_asked_for_are_told_with_the_name() -> None:
    with pytest.raises(SourceError, match="region 13, år 2023; alderId skiljer dem åt"):
        asked(subject(death(13, 2023, "1", alderId=1), death(13, 2023, "2", alderId=2)))


def test_a_combination_without_figures_lacks_them() -> None:
    events = asked(subject(death(13, 2023, "1")), query(diagnos="9999", matt="2"))

    assert [type(e) for e in events] == [Lacking]


def test_an_unknown_subject_is_told() -> None:
    with pytest.raises(SourceError, match="Ämnet «dodsorsaker» finns inte"):
        asked(SocialstyrelsenServer({}))


def test_a_subject_of_other_places_than_regions_is_told() -> None:
    given = subject(death(13, 2023, "1"))
    given.regions = []

    with pytest.raises(SourceError, match="Ämnet har ingen av regionerna"):
        asked(given)


def test_a_region_may_be_known_by_a_code_beside_its_id() -> None:
    def app(request: Request) -> Any:
        if request.path.endswith("region"):
            return answer(
                [{"id": 10013, "kod": "13", "text": "Hallands län"}, {"id": 13, "kod": "1380", "text": "Halmstad"}]
            )
        if request.path.endswith("/ar"):
            return answer([{"id": 2023}])
        return answer({"data": [death(10013, 2023, "1")], "sidor": 1, "sida": 1, "nasta_sida": None})

    events = ask(Socialstyrelsen(), "socialstyrelsen", ROOT, app, Wanted("T1", (query(),)))

    assert [(r.region, r.value) for r in rows(events)] == [("13", 1.0)]


def test_one_code_is_sent_for_each_variable_and_every_region_and_year_by_name() -> None:
    given = subject(death(13, 2022, "1"), death(13, 2023, "2"))
    given.regions = ["00", "13", "0180"]

    with Loopback(SocialstyrelsenServer({DEATHS: given})) as server:
        ask_at(Socialstyrelsen(), "socialstyrelsen", server.url + ROOT, Wanted("T1", (query(),)))

    assert server.paths()[-1] == f"{ROOT}/{DEATHS}/resultat/diagnos/2026/matt/2/region/0,13/ar/2022,2023"
    assert server.seen[-1].query == {"per_sida": ["5000"], "sida": ["1"]}


@pytest.mark.parametrize(
    ("pages", "page", "said"),
    [
        (lambda asked: 1, lambda asked: asked + 1, "tar inte slut: sida 2 efter 1 av 1"),
        (lambda asked: 9, lambda asked: 1, "tar inte slut: sida 1 efter 1 av 9"),
        (lambda asked: asked + 2, lambda asked: asked + 1, "tar inte slut: sida 2 efter 1 av 2"),
    ],
)
def test_pages_without_end_are_stopped(pages: Any, page: Any, said: str) -> None:
    turns: list[Request] = []

    def endless(request: Request) -> Any:
        if "resultat" not in request.path:
            return answer([{"id": 13 if request.path.endswith("region") else 2023}])
        turns.append(request)
        n = len(turns) - 1
        link = f"{request.base}{request.path}?sida={n + 2}"
        return answer(
            {"data": [death(13, 2023, "1")] * (n == 0), "sidor": pages(n), "sida": page(n), "nasta_sida": link}
        )

    with pytest.raises(SourceError, match=said):
        ask(Socialstyrelsen(), "socialstyrelsen", ROOT, endless, Wanted("T1", (query(),)))
    assert len(turns) <= 2


def test_an_answer_that_stops_before_its_last_page_is_told() -> None:
    server = SocialstyrelsenServer({DEATHS: subject(death(13, 2022, "1"), death(13, 2023, "1"))}, 1, pages=3)

    with pytest.raises(SourceError, match="avbrutet: 2 av 3\u00a0sidor kom"):
        asked(server)


def test_links_to_another_host_are_not_followed() -> None:
    with Loopback(lambda _: answer({})) as other:

        def app(request: Request) -> Any:
            if "resultat" not in request.path:
                return answer([{"id": 13 if request.path.endswith("region") else 2023}])
            return answer({"data": [], "sidor": 2, "sida": 1, "nasta_sida": f"{other.url}{request.path}?sida=2"})

        with pytest.raises(SourceError):
            ask(Socialstyrelsen(), "socialstyrelsen", ROOT, app, Wanted("T1", (query(),)))
    assert other.seen == []


@pytest.mark.parametrize("given", [[], {"data": []}, {"data": {}, "sidor": 1}, {"data": [], "sidor": "många"}])
def test_a_page_of_another_shape_is_told(given: Any) -> None:
    def app(request: Request) -> Any:
        if "resultat" in request.path:
            return answer(given)
        return answer([{"id": 13 if request.path.endswith("region") else 2023}])

    with pytest.raises(SourceError, match=r"Svaret|är inget antal"):
        ask(Socialstyrelsen(), "socialstyrelsen", ROOT, app, Wanted("T1", (query(),)))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (death(13, 2023, "högt"), "är inget tal"),
        (death(13, 2023, True), "är inget tal"),
        ({k: v for k, v in death(13, 2023, "1").items() if k != "varde"}, "saknar fältet varde"),
    ],
)
def test_a_row_of_another_shape_is_told(row: dict[str, Any], said: str) -> None:
    with pytest.raises(SourceError, match=said):
        asked(subject(row))


def test_two_queries_are_one_series() -> None:
    given = subject(death(13, 1997, "1"), death(13, 2023, "2", diagnosId="2028"))

    events = asked(given, query(), query(diagnos="2028", matt="2"))

    assert [r.year for r in rows(events)] == [1997, 2023]
