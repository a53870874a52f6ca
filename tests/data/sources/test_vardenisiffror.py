from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from tests.data.sources.asking import ask, ask_at, rows
from tests.data.sources.loopback import Loopback, answer
from tests.data.sources.servers.vardenisiffror import ROOT, VardenISiffrorServer, measurement
from tests.making import observation

from varddialog.data.sources.base import Done, Event, Heeded, Lacking, Wanted
from varddialog.data.sources.vardenisiffror import SWITCH, VardenISiffror
from varddialog.errors import SourceError
from varddialog.model.live import VardenISiffrorQuery

MEASURE = "00000000-0000-0000-0000-000000000001"
QUERY = VardenISiffrorQuery(api="vardenisiffror", measure=MEASURE)
WANTED = Wanted("VIS_1", (QUERY,))


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "1")


def asked(units: dict[str, list[dict[str, Any]]], regions: tuple[str, ...] = ("00", "13")) -> list[Event]:
    server = VardenISiffrorServer({MEASURE: units})
    return ask(VardenISiffror(), "vardenisiffror", ROOT, server, WANTED, regions=regions)


@pytest.mark.parametrize("switch", [None, "0", "ja"])
def test_the_source_is_off_unless_it_is_switched_on(monkeypatch: pytest.MonkeyPatch, switch: str | None) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    if switch is not None:
        monkeypatch.setenv(SWITCH, switch)
    with Loopback(VardenISiffrorServer({})) as server:
        (event,) = ask_at(VardenISiffror(), "vardenisiffror", server.url + ROOT, WANTED)

    assert isinstance(event, Lacking)
    assert "odokumenterat" in event.why
    assert f"{SWITCH}=1" in event.why
    assert server.seen == []


def test_figures_come_back_with_interval_and_counts(on: None) -> None:
    given = [
        observation("00", 2023, 7.5, indicator="VIS_1", low=7.0, high=8.0, numerator=75.0, denominator=1000.0),
        observation("13", 2024, 8.5, indicator="VIS_1"),
    ]
    server = VardenISiffrorServer.of(pd.DataFrame(given), {"VIS_1": [QUERY]})

    events = ask(VardenISiffror(), "vardenisiffror", ROOT, server, WANTED)

    assert rows(events) == given
    assert [type(e) for e in events[-2:]] == [Heeded, Done]
    assert "odokumenterat" in next(e.what for e in events if isinstance(e, Heeded))


def test_the_year_is_the_last_that_a_period_covers(on: None) -> None:
    events = asked({"13": [measurement(2023, 1.0, end="2024-01-01"), measurement(2024, 2.0, end="2024-12-31")]})

    assert [(r.year, r.value) for r in rows(events)] == [(2023, 1.0), (2024, 2.0)]


def test_missing_values_are_left_out_and_a_measure_without_any_lacks_them(on: None) -> None:
    assert [type(e) for e in asked({"13": [measurement(2023, None)]})] == [Lacking]


def test_two_values_for_one_year_are_not_guessed_among(on: None) -> None:
    with pytest.raises(SourceError, match="Två värden gäller region 13, år 2023"):
        asked({"13": [measurement(2023, 1.0), measurement(2023, 2.0)]})


def unit(measure: str = MEASURE, organisation: str = "SE", **rest: Any) -> dict[str, Any]:
    return {"measureId": measure, "organizationId": organisation, **rest}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "skulle vara en lista"),
        ([unit("annat", measurements=[])], "måttet annat i SE, som inte efterfrågades"),
        ([unit(organisation="99", measurements=[])], "i 99, som inte efterfrågades"),
        ([unit()], "saknar fältet measurements"),
        ([unit(measurements=[{"value": 1}])], "saknar fältet period"),
        ([unit(measurements=[{"period": {"start": "2023", "end": ""}}])], "är ingen period"),
    ],
)
def test_an_answer_of_another_shape_is_told(on: None, given: Any, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        ask(VardenISiffror(), "vardenisiffror", ROOT, lambda _: answer(given), WANTED)
