"""The same figure from two places is compared value by value, and what comes of it is told."""

from __future__ import annotations

from typing import Any

import pytest
from tests.data.sources import faults
from tests.data.sources.servers.kolada import KoladaServer
from tests.data.update.conftest import Update, change

from varddialog.config import Project
from varddialog.data.store import Store
from varddialog.data.update.crosscheck import Agreement

OTHER = "N00009"


@pytest.fixture
def other(live_project: Project, kolada: KoladaServer) -> KoladaServer:
    """Kolada has the figures of N00001 under another code too; a new one of N00001 makes an update compare them."""
    change(live_project, "N00001", compare=[{"api": "kolada", "kpi": OTHER}])
    kolada.titles[OTHER] = "Mått ur annan källa"
    rows = Store.of(live_project).observations(indicators=["N00001"])
    for row in rows.itertuples():
        kolada.put(OTHER, f"00{row.region}", str(row.year), T=row.value)
    kolada.put("N00001", "0012", "2025", T=99.0)
    return kolada


def agreement(run: Update) -> Agreement:
    (found,) = run().agreements
    return found


def test_equal_figures_agree(other: KoladaServer, run: Update) -> None:
    # the new one has nothing to be compared with
    found = agreement(run)
    assert (found.series, found.other, found.why) == ("N00001", f"kolada {OTHER}", "")
    assert (found.compared, found.differing, found.largest) == (22 * 7, 0, 0.0)


def test_what_is_rounded_to_the_decimals_that_are_shown_agrees(
    live_project: Project, other: KoladaServer, run: Update
) -> None:
    rows = Store.of(live_project).observations(indicators=["N00001"])
    for number, row in enumerate(rows.itertuples()):
        other.put(OTHER, f"00{row.region}", str(row.year), T=row.value + (0.1, -0.1, 0.04)[number % 3])
    found = agreement(run)
    assert found.differing == 0
    assert found.largest == pytest.approx(0.1)


def test_what_differs_by_more_is_counted_and_the_largest_is_placed(
    live_project: Project, other: KoladaServer, run: Update
) -> None:
    def value(region: str, year: int) -> float:
        rows = Store.of(live_project).observations(indicators=["N00001"], regions=[region])
        return float(rows.loc[rows["year"] == year, "value"].iloc[0])

    other.put(OTHER, "0012", "2021", T=value("12", 2021) - 3)
    other.put(OTHER, "0009", "2020", T=value("09", 2020) + 0.2)
    found = agreement(run)
    assert (found.compared, found.differing, found.at) == (22 * 7, 2, ("12", "2021"))
    assert found.largest == pytest.approx(3)


def test_years_without_overlap_cannot_be_compared(other: KoladaServer, run: Update) -> None:
    for place in [place for place in other.data.figures if place.kpi == OTHER]:  # type: ignore[union-attr]
        figures = other.data.figures.pop(place)  # type: ignore[union-attr]
        other.put(OTHER, place.unit, str(int(place.period) - 20), **figures)
    assert agreement(run).why == "inga värden för samma region och tid"


def test_another_source_that_is_not_reached_is_told_and_the_figures_are_in(
    live_project: Project, kolada: KoladaServer, run: Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARDDIALOG_SCB_URL", "http://127.0.0.1:9")
    change(live_project, "N00001", compare=[{"api": "scb", "table": "BE/A"}])
    kolada.put("N00001", "0012", "2025", T=99.0)
    done = run()
    assert [c[:4] for c in done.changes] == [("ny", "N00001", "12", 2025)]
    assert [(a.other, a.why) for a in done.agreements] == [("scb BE/A", "källan svarade inte")]


def test_a_source_that_fails_halfway_is_told_too(other: KoladaServer, run: Update) -> None:
    asked = other.__call__

    def failing(request: Any) -> Any:
        return faults.failing(503) if OTHER in request.path else asked(request)

    other.played.app = failing  # type: ignore[attr-defined]
    assert agreement(run).why == "källan svarade inte"


def test_a_measure_that_the_other_source_has_not_is_told_as_it_says(other: KoladaServer, run: Update) -> None:
    del other.titles[OTHER]
    assert agreement(run).why == f"Kolada har inget mått med koden {OTHER}."


def test_an_answer_that_makes_no_sense_is_told(other: KoladaServer, run: Update) -> None:
    other.put(OTHER, "0012", "2021", T="många")  # type: ignore[arg-type]
    assert agreement(run).why == "svaret går inte att använda"


def test_duplicates_in_the_catalogue_are_compared_without_asking_anyone(
    live_project: Project, kolada: KoladaServer, run: Update
) -> None:
    change(live_project, "N00002", duplicate_of="N00001")
    first = Store.of(live_project).observations(indicators=["N00001"])
    for row in first.itertuples():
        kolada.put("N00002", f"00{row.region}", str(row.year), T=row.value + (5.0 if row.region == "12" else 0.0))
    found = agreement(run)
    assert (found.series, found.other, found.compared, found.differing) == ("N00001", "N00002", 22 * 7, 7)
    assert found.at[0] == "12"


def test_what_has_not_changed_is_not_compared_again(live_project: Project, other: KoladaServer, run: Update) -> None:
    change(live_project, "N00002", duplicate_of="N00001")
    assert len(run().agreements) == 2
    asked = len(other.played.seen)  # type: ignore[attr-defined]
    assert run().agreements == []
    assert not any(OTHER in request.path for request in other.played.seen[asked:])  # type: ignore[attr-defined]
