"""`data update`, `data diff` and `data rollback`: what they say, and how they end."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Said
from tests.data.sources.servers.kolada import KoladaServer
from tests.data.update.conftest import Update, change

from varddialog.cli import common
from varddialog.cli.update import _exact
from varddialog.config import Project, current
from varddialog.data.changes import Change
from varddialog.data.schema import COLUMNS
from varddialog.data.store import Store

Command = Callable[..., Said]
TODAY = dt.date.today()
NBSP = "\u00a0"


def cells(text: str) -> list[list[str]]:
    """The rows of every table, without their headings."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in text.splitlines() if line[:1] == "│"]


def values(project: Project, series: str) -> dict[tuple[str, int, str], float]:
    rows = Store.of(project).observations(indicators=[series], columns=COLUMNS)
    return {(row.region, row.year, row.sex): row.value for row in rows.itertuples()}


@pytest.fixture
def elsewhere(live_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """N00002 is fetched from another source, which is not there."""
    query = {"api": "forsakringskassan", "dataset": "A", "table": "B", "observation": "C"}
    change(live_project, "N00002", live=[query])
    monkeypatch.setenv("VARDDIALOG_FORSAKRINGSKASSAN_URL", "http://127.0.0.1:9")


@pytest.fixture
def news(live_project: Project, kolada: KoladaServer) -> KoladaServer:
    """Kolada has three new values, one revised by less than is shown, and one that is gone."""
    before = values(live_project, "N00001")["12", 2024, "T"]
    kolada.put("N00001", "0012", "2025", on=TODAY, T=99.5, K=98.0, M=101.0)
    kolada.put("N00001", "0012", "2024", on=TODAY, T=before + 0.01)
    kolada.withdraw("N00002", "0001", "2018", TODAY)
    return kolada


SUMMARY = [["N00001", "Mått N00001", "3", "1", "0", "2025"], ["N00002", "Mått N00002", "0", "0", "1", ""]]


# data update


def test_an_update_says_what_changed_and_how_to_go_back(live_project: Project, news: Any, command: Command) -> None:
    said = command("data", "update")
    assert said.code == 0
    rows = cells(said.out)
    assert rows[:2] == SUMMARY
    assert rows[2:4] == [
        ["N00001", "Skåne", "2024", "ändrad", "99,00", "99,01"],
        ["N00002", "Stockholm", "2018", "försvunnen", "90,2", ""],
    ]
    last = said.out.splitlines()[-1]
    assert re.fullmatch(
        rf"\d+{NBSP}frågor till källorna\. "
        rf"2{NBSP}serier ändrade\. Gå tillbaka med «varddialog data rollback»\.",
        last,
    )
    assert current(live_project.stores) == TODAY.isoformat()
    assert values(live_project, "N00001")["12", 2025, "K"] == 98.0


def test_away_from_a_terminal_each_source_is_a_line_on_standard_error(news: Any, command: Command) -> None:
    said = command("data", "update")
    assert re.fullmatch(rf"kolada: 2 av 2{NBSP}serier, \d+{NBSP}frågor\.\n", said.err)
    assert "\x1b" not in said.out + said.err


def test_without_news_it_says_so(live_project: Project, kolada: KoladaServer, command: Command) -> None:
    said = command("data", "update")
    assert said.code == 0
    assert said.out.endswith("till källorna. Inget nytt: uppgifterna är som de var.\n")
    assert cells(said.out) == []
    assert current(live_project.stores) == ""


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    live_project: Project, news: Any, command: Command
) -> None:
    said = command("data", "update", "--dry-run")
    assert said.code == 0
    assert cells(said.out)[:2] == SUMMARY
    assert said.out.endswith(f"2{NBSP}serier skulle ändras; lagret är orört.\n")
    assert current(live_project.stores) == ""
    assert {path.name for path in live_project.stores.iterdir() if path.is_dir()} == set()
    assert command("data", "diff").out.startswith("Uppgifterna är de som följer med projektet")


def test_only_the_series_that_are_named_are_asked_for(
    live_project: Project, news: KoladaServer, command: Command
) -> None:
    assert cells(command("data", "update", "--indicator", "N00001").out)[0] == SUMMARY[0]
    assert not any("N00002" in path for path in news.played.paths())  # type: ignore[attr-defined]
    assert cells(command("data", "update", "-i", "N00002", "-i", "N00001").out)[0] == SUMMARY[1]


def test_only_the_sources_that_are_named_are_asked(elsewhere: None, news: KoladaServer, command: Command) -> None:
    said = command("data", "update", "kolada")
    assert said.code == 0
    assert "forsakringskassan" not in said.err
    assert cells(said.out)[0] == SUMMARY[0]
    news.played.seen.clear()  # type: ignore[attr-defined]
    assert command("data", "update", "forsakringskassan").code == 13
    assert news.played.seen == []  # type: ignore[attr-defined]


def test_a_day_can_be_named_from_which_changes_are_asked_for(
    live_project: Project, news: KoladaServer, command: Command
) -> None:
    said = command("data", "update", "--since", "2026-03-10")
    assert said.code == 0
    days = {r.query["from_date"][0] for r in news.played.seen if "/data/" in r.path}  # type: ignore[attr-defined]
    assert days == {"2026-03-08"}
    # two days are asked for besides, since clocks differ; older changes were not seen, so the next one asks for all
    news.played.seen.clear()  # type: ignore[attr-defined]
    command("data", "update")
    assert not any("from_date" in r.query for r in news.played.seen)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["kolda"], "Okänd källa: «kolda». Tillåtet: kolada, scb, "),
        (["kolda"], "Menade du «kolada»?"),
        (["-i", "N0001"], "Okänt mått: «N0001». Menade du «N00001»?"),
        (["scb", "-i", "N00001"], "Måttet N00001 hämtas från kolada, som inte är bland källorna. Tillåtet: scb."),
        (["--since", "igår"], "'igår' does not match the formats"),
        (["--replay", "finns-inte"], "'finns-inte' does not exist"),
    ],
)
def test_what_is_misspelt_is_told_with_what_was_meant(
    kolada: KoladaServer, command: Command, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    done = command("data", "update", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert kolada.played.seen == []  # type: ignore[attr-defined]


def test_a_source_that_is_not_reached_is_told_and_the_figures_of_the_others_are_in(
    live_project: Project, elsewhere: None, news: Any, command: Command
) -> None:
    said = command("data", "update")
    assert said.code == 13
    assert cells(said.out)[0] == SUMMARY[0]
    unreached = "127.0.0.1:9 går inte att nå. Gav upp efter 2 försök."
    assert f"forsakringskassan: ingenting hämtat. {unreached}\n" in said.err
    last = said.err.splitlines()[-1]
    assert last.startswith(f"127.0.0.1:9/A/B.json: {unreached} ")
    assert "VARDDIALOG_FORSAKRINGSKASSAN_URL" in last
    assert values(live_project, "N00001")["12", 2025, "T"] == 99.5


def test_rows_that_do_not_fit_are_told_and_the_rest_is_in(
    live_project: Project, news: KoladaServer, command: Command
) -> None:
    news.put("N00001", "0013", "2025", on=TODAY, T=1e300)
    said = command("data", "update")
    assert said.code == 11
    assert cells(said.out)[0] == SUMMARY[1]
    (fault,) = [line for line in said.err.splitlines() if "1e+300" in line]
    assert fault.startswith("kolada, N00001, rad ")
    assert "mått N00001, enhet 13, år 2025" in fault
    assert ("12", 2025, "T") not in values(live_project, "N00001")


def test_rows_that_do_not_fit_and_a_source_that_is_not_reached_are_told_together(
    elsewhere: None, news: KoladaServer, command: Command
) -> None:
    news.put("N00001", "0013", "2025", on=TODAY, T=1e300)
    said = command("data", "update")
    assert said.code == 11
    assert "1e+300" in said.err
    assert "VARDDIALOG_FORSAKRINGSKASSAN_URL" in said.err


def test_a_measure_that_the_source_has_no_longer_is_told_by_name(
    live_project: Project, kolada: KoladaServer, command: Command
) -> None:
    del kolada.titles["N00002"]
    said = command("data", "update")
    assert said.code == 0
    assert cells(said.out) == [["N00002 Mått N00002", "Kolada har inget mått med koden N00002."]]


def test_a_new_remark_of_the_quality_checks_is_shown_with_its_place(kolada: KoladaServer, command: Command) -> None:
    kolada.put("N00001", "0012", "2024", on=TODAY, T=-5.0)
    rows = cells(command("data", "update").out)
    assert ["N00001 Mått N00001", "Skåne, 2024", "fel"] in [row[:3] for row in rows]


def test_how_sources_agree_is_shown(live_project: Project, news: KoladaServer, command: Command) -> None:
    change(live_project, "N00001", compare=[{"api": "kolada", "kpi": "N00009"}, {"api": "kolada", "kpi": "N00008"}])
    news.titles["N00009"] = "Samma sak"
    for (region, year, sex), value in values(live_project, "N00001").items():
        news.put("N00009", f"00{region}", str(year), **{sex: value - (2 if (region, year) == ("09", 2020) else 0)})
    rows = cells(command("data", "update").out)[-2:]
    assert rows[0] == ["N00001 Mått N00001", "kolada N00009", "154", "1", rows[0][4], "Gotland 2020"]
    assert rows[0][4].startswith("2,00")
    assert rows[1] == ["N00001 Mått N00001", "kolada N00008", "Kolada har inget mått med koden N00008.", "", "", ""]


def test_from_an_empty_store_everything_is_new(live_project: Project, kolada: KoladaServer, command: Command) -> None:
    shutil.rmtree(live_project.stores)
    rows = cells(command("data", "update").out)
    assert rows[:2] == [
        [name, f"Mått {name}", "154", "0", "0", "2024 2023 2022 2021…"] for name in ("N00001", "N00002")
    ]
    assert command("data", "diff").out == "Uppgifterna är de första; det finns inga tidigare att jämföra med.\n"
    said = command("data", "rollback")
    assert (said.code, said.err) == (
        11, "data/store: Det finns ingen tidigare ögonblicksbild att gå tillbaka till. "
        "De uppgifter som gäller är de första.\n",
    )  # fmt: skip


@pytest.mark.parametrize("width", [80, 160])
def test_no_name_or_reason_is_cut_however_narrow_the_lines(
    live_project: Project,
    news: KoladaServer,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    name = "Återstående medellivslängd vid 30 års ålder efter utbildningsbakgrund"
    change(live_project, "N00001", name=name, compare=[{"api": "kolada", "kpi": "N00009"}])
    news.put("N00001", "0013", "2025", on=TODAY, T=-5.0)
    del news.titles["N00002"]
    monkeypatch.setattr(common, "LOG_WIDTH", width)
    said = command("data", "update")
    assert "…" not in said.out
    assert max(map(len, said.out.splitlines()[:-1])) <= width
    for text in (command("data", "diff"), command("data", "list"), command("data", "verify")):
        assert "…" not in text.out
    words = "".join(cell for row in cells(said.out) for cell in row).replace(" ", "")
    assert "N00001" in words
    assert "Kolada har inget mått med koden N00002.".replace(" ", "") in words


def test_many_values_that_changed_are_counted_and_some_are_shown(
    live_project: Project, kolada: KoladaServer, command: Command
) -> None:
    for (region, year, sex), value in values(live_project, "N00001").items():
        kolada.put("N00001", f"00{region}", str(year), on=TODAY, **{sex: value + 1})
    said = command("data", "update")
    assert sum(row[3:4] == ["ändrad"] for row in cells(said.out)) == 20
    assert "och 134 till; «varddialog data diff» visar alla.\n" in said.out
    assert sum(row[3:4] == ["ändrad"] for row in cells(command("data", "diff").out)) == 154


def test_a_recorded_day_is_played_again_without_asking_anyone(
    live_project: Project, news: KoladaServer, command: Command, tmp_path: Path
) -> None:
    first = command("data", "update", "--dry-run", "--record", str(tmp_path / "dag"))
    assert first.code == 0
    assert (tmp_path / "dag" / "kolada" / "source.json").is_file()
    asked = len(news.played.seen)  # type: ignore[attr-defined]
    again = command("data", "update", "--replay", str(tmp_path / "dag"))
    assert again.code == 0
    assert cells(again.out) == cells(first.out)
    assert again.out.splitlines()[-1].startswith(f"0{NBSP}frågor till källorna. 2{NBSP}serier ändrade.")
    assert len(news.played.seen) == asked  # type: ignore[attr-defined]


# data diff


def test_the_difference_is_shown_value_by_value_new_years_first(
    live_project: Project, news: Any, command: Command
) -> None:
    command("data", "update")
    said = command("data", "diff")
    assert (said.code, said.err) == (0, "")
    assert cells(said.out) == [
        *SUMMARY,
        ["N00001", "Skåne, kvinnor", "2025", "ny", "", "98,0"],
        ["N00001", "Skåne, män", "2025", "ny", "", "101,0"],
        ["N00001", "Skåne", "2025", "ny", "", "99,5"],
        ["N00001", "Skåne", "2024", "ändrad", "99,00", "99,01"],
        ["N00002", "Stockholm", "2018", "försvunnen", "90,2", ""],
    ]


def test_the_difference_of_a_series_or_region_alone(live_project: Project, news: Any, command: Command) -> None:
    command("data", "update")
    assert [row[0] for row in cells(command("data", "diff", "-i", "N00002").out)] == ["N00002"] * 2
    assert [row[0] for row in cells(command("data", "diff", "-r", "Skåne").out)] == ["N00001"] * 5
    assert [row[0] for row in cells(command("data", "diff", "-r", "12", "-r", "stockholm").out)] == [
        "N00001", "N00002", *["N00001"] * 4, "N00002",
    ]  # fmt: skip
    assert cells(command("data", "diff", "-r", "Skåne", "-i", "N00002").out) == []
    for words, said in ((["-i", "N0001"], "Menade du «N00001»?"), (["-r", "Skåna"], "Menade du «Skåne»?")):
        done = command("data", "diff", *words)
        assert (done.code, done.out) == (2, "")
        assert said in done.err


def test_a_snapshot_to_compare_with_that_is_gone_is_told(
    live_project: Project, kolada: KoladaServer, command: Command, run: Update
) -> None:
    for number in range(3):
        day = TODAY + dt.timedelta(days=30 * number)
        kolada.put("N00001", "0012", str(2025 + number), on=day, T=99.5)
        run(day)
    command("data", "rollback")
    said = command("data", "diff")
    assert (said.code, said.out) == (11, "")
    assert said.err.startswith(f"data/store: Ögonblicksbilden {TODAY}, som uppgifterna skulle jämföras med, finns inte")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (1.0, 2.0, ("1,0", "2,0")),
        (1.0, 1.04, ("1,00", "1,04")),
        (1.0, 1.0004, ("1,0000", "1,0004")),
        (None, 1.04, ("", "1,0")),
        (1.04, None, ("1,0", "")),
        (1.04, 1.04, ("1,0", "1,0")),
        (1e12, 1e12 + 1, ("1\u00a0000\u00a0000\u00a0000\u00a0000,0", "1\u00a0000\u00a0000\u00a0000\u00a0001,0")),
    ],
)
def test_there_are_as_many_decimals_as_it_takes_to_see_a_revision(
    before: float | None, after: float | None, shown: tuple[str, str]
) -> None:
    made = Change("ändrad", "N00001", "12", 2024, "", "T", "", "", before, after)
    assert (_exact(before, 1, made), _exact(after, 1, made)) == shown


# data rollback


def test_rollback_returns_to_what_was_and_says_what_that_is(live_project: Project, news: Any, command: Command) -> None:
    before = Store.of(live_project).observations()
    command("data", "update")
    assert command("data", "rollback") == (
        0,
        f"Nu gäller de uppgifter som följer med projektet: 2{NBSP}serier, 308 observationer.\n",
        "",
    )
    assert Store.of(live_project).observations().equals(before)
    said = command("data", "rollback")
    assert said.code == 11
    assert said.err.startswith("data/store: Det finns ingen tidigare ögonblicksbild att gå tillbaka till.")
