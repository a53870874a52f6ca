from __future__ import annotations

import pandas as pd
import pytest
from tests.data.sources.asking import abroad, ask
from tests.data.sources.loopback import Loopback, text
from tests.data.sources.servers.oecd import DIMENSIONS, LABELS, ROOT, OecdServer, cell

from varddialog.config import Project
from varddialog.data.rows import ForeignValue
from varddialog.data.sources.base import Done, Event, Lacking, Wanted
from varddialog.data.sources.oecd import Oecd
from varddialog.data.sources.transport import open_client
from varddialog.data.store import Store
from varddialog.errors import SourceError
from varddialog.model.live import OecdQuery

FLOW = "OECD.ELS.HD,DSD_HEALTH_STAT@DF_LE"


def query(key: str = ".A.LFEXP.Y.Y0._T.......", flow: str = FLOW, **select: str) -> OecdQuery:
    return OecdQuery(api="oecd", flow=flow, key=key, select=select)


def life(country: str, year: str, value: str, status: str = "A", status2: str = "", **codes: str) -> dict[str, str]:
    plain = {"MEASURE": "LFEXP", "UNIT_MEASURE": "Y", "AGE": "Y0", "SEX": "_T"}
    return cell(country, year, value, status, status2, **(plain | codes))


def asked(server: OecdServer, *queries: OecdQuery) -> list[Event]:
    return ask(Oecd(), "oecd", ROOT, server, Wanted("LE", queries or (query(),)))


def test_the_embedded_figures_come_back_as_they_are(project: Project) -> None:
    queries = {
        "OECD_LIFE_EXPECTANCY": [query()],
        "OECD_LIFE_EXPECTANCY_65_MEN": [query(".A.LFEXP.Y.........", SEX="M", AGE="Y65")],
        "OECD_SUICIDE": [query(".A.CSEM.DT_10P5HB._T._T..CICDHARM.STANDARD....", f"{FLOW[:-2]}COM")],
    }
    kept = Store.of(project).international(queries)
    table = pd.DataFrame([row for rows in kept.values() for row in rows])

    server = OecdServer.of(table, queries)
    events = ask(Oecd(), "oecd", ROOT, server, *(Wanted(name, tuple(q)) for name, q in queries.items()))

    assert sorted(abroad(events)) == sorted(row for rows in kept.values() for row in rows)
    assert [e.series for e in events if isinstance(e, Done)] == list(queries)


def test_a_flow_is_found_with_its_version_and_without() -> None:
    server = OecdServer({FLOW: [life("SWE", "2023", "83.4")]})
    want = [ForeignValue("LE", "SWE", 2023, 83.4, "")]

    assert abroad(asked(server, query())) == abroad(asked(server, query(flow=f"{FLOW},1.1"))) == want


def test_a_version_that_is_gone_lacks_figures() -> None:
    events = asked(OecdServer({FLOW: [life("SWE", "2023", "83.4")]}), query(flow=f"{FLOW},1.0"))

    assert [type(e) for e in events] == [Lacking]


def test_the_status_of_a_value_is_its_flag() -> None:
    server = OecdServer(
        {FLOW: [life("SWE", "2021", "1"), life("SWE", "2022", "2", "P"), life("SWE", "2023", "3", "A", "B")]}
    )

    assert [row.flag for row in abroad(asked(server))] == ["", "P", "B"]


def test_empty_values_and_groups_of_countries_are_left_out() -> None:
    names = ("SWE", "OECD", "EU27_2020", "WLD")
    server = OecdServer(
        {FLOW: [life("SWE", "2020", "NaN"), life("SWE", "2021", ""), *(life(name, "2022", "82.0") for name in names)]}
    )

    assert [(r.country, r.year) for r in abroad(asked(server))] == [("SWE", 2022)]


def test_a_column_with_a_new_name_is_told_with_those_wanted_and_those_there() -> None:
    server = OecdServer({FLOW: [life("SWE", "2023", "83.4")]})
    server.renamed = {"REF_AREA": "REFERENCE_AREA"}

    with pytest.raises(SourceError) as error:
        asked(server)
    said = str(error.value)
    assert "Kolumnerna REF_AREA saknas" in said
    assert "Söktes: REF_AREA, TIME_PERIOD, OBS_VALUE, OBS_STATUS." in said
    assert "REFERENCE_AREA, Reference area" in said


def test_a_column_to_select_by_that_is_missing_is_told() -> None:
    server = OecdServer({FLOW: [life("SWE", "2023", "83.4")]})

    with pytest.raises(SourceError, match="Kolumnerna THRESHOLD saknas"):
        asked(server, query(THRESHOLD="_T"))


def test_more_than_one_row_for_a_country_and_year_is_told_with_the_column_that_differs() -> None:
    both = [life("SWE", "2023", v, GESTATION_THRESHOLD=code) for v, code in (("2.1", "W22"), ("1.9", "_Z"))]

    with pytest.raises(SourceError, match=r"SWE 2023; de skiljer sig i GESTATION_THRESHOLD\. Välj med «select»"):
        asked(OecdServer({FLOW: both}))
    picked = asked(OecdServer({FLOW: both}), query(GESTATION_THRESHOLD="W22"))
    assert [row.value for row in abroad(picked)] == [2.1]


def test_a_column_of_labels_can_select() -> None:
    ages = [life("SWE", "2023", v, AGE=code) for v, code in (("83", "Y0"), ("20", "Y65"))]

    events = asked(OecdServer({FLOW: ages}), query(".A.LFEXP.Y.........", Age="65 years"))

    assert LABELS["AGE"] == "Age"
    assert [row.value for row in abroad(events)] == [20.0]


def test_the_same_row_twice_is_told() -> None:
    with pytest.raises(SourceError, match="SWE 2023; inget skiljer dem åt"):
        asked(OecdServer({FLOW: [life("SWE", "2023", "83.4"), life("SWE", "2023", "83.5")]}))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "Kolumnerna REF_AREA, TIME_PERIOD, OBS_VALUE och OBS_STATUS saknas"),
        ("REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nSWE,2023\n", "Rad 2 har 2 fält, inte 4"),
        ("REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nSWE,2023,låg,A\n", "är inget tal"),
        ("REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nSWE,2023-Q1,1,A\n", "är inget år"),
        (f"REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nSWE,2023,{'1' * 140_000},A\n", "går inte att läsa som CSV"),
    ],
)
def test_a_text_that_is_no_table_is_told(body: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        ask(Oecd(), "oecd", ROOT, lambda _: text(body), Wanted("LE", (query(),)))


def test_what_is_asked_for_is_csv_with_labels_and_every_year(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(OecdServer({FLOW: [life("SWE", "2023", "83.4")]})) as server:
        monkeypatch.setenv("VARDDIALOG_OECD_URL", server.url + ROOT)
        with open_client("oecd") as client:
            list(Oecd().fetch([Wanted("LE", (query(),))], client, ["00"]))

    assert server.paths() == [f"{ROOT}/data/{FLOW}/.A.LFEXP.Y.Y0._T......."]
    assert server.seen[0].query == {"dimensionAtObservation": ["AllDimensions"], "format": ["csvfilewithlabels"]}
    assert len(DIMENSIONS) == 13
