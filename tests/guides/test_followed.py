"""The guides to single tasks, done as they say in a copy of the project; builds are asked what they would make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Said
from tests.data.sources.servers.kolada import KoladaServer
from tests.data.update.conftest import kolada, live_project, no_waiting, own_network
from tests.dialogue.added import SVG
from tests.guides.following import ROOT, blocks, copy_of, follow

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.data.store import Store

__all__ = ["kolada", "live_project", "no_waiting", "own_network"]

Command = Callable[..., Said]


@pytest.fixture
def clone(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the project, where one sits; VARDDIALOG_ROOT names it."""
    there = copy_of(project, tmp_path / "projekt")
    monkeypatch.setenv(ROOT_VARIABLE, str(there.root))
    monkeypatch.chdir(there.root)
    return there


@pytest.fixture
def told(command: Command) -> Command:
    """The command line; a build only says what it would make."""
    return lambda *words: command(*words, *(["--dry-run"] if words[0] == "build" else []))


def test_records_are_kept_as_the_guide_tells(clone: Project, told: Command) -> None:
    done = follow(ROOT / "docs" / "records.md", clone.root, told, files_first=True)
    assert done.of("varddialog records check 12-skane.xlsx").out == "Inga samtal registrerade ännu.\n"
    checked = done.of("varddialog records check  ").out
    assert checked.startswith("Inga fel: ")
    assert len(done.written) == 3


def test_own_figures_are_added_as_the_guide_tells(clone: Project, told: Command) -> None:
    done = follow(ROOT / "docs" / "own-data.md", clone.root, told, files_first=True)
    assert done.written == ["norrby.csv"]
    assert (clone.root / "uppgifter.xlsx").is_file()
    why = done.of("varddialog build --region Skåne").out
    assert "12-skane/2-kvalitet-i-tjansterna" in why
    assert Store.of(clone).manifest.within == {}  # the guide ends by going back


def test_what_a_region_adds_is_taken_as_the_guide_tells(clone: Project, told: Command) -> None:
    guide = ROOT / "docs" / "supplements.md"
    mine = clone.params / "supplements" / "12-skane"
    mine.mkdir(parents=True)
    (mine / "vantetider.svg").write_text(SVG, encoding="utf-8")
    (mine / "platser.csv").write_text("Sjukhus;Platser\nNorrby;112\n", encoding="utf-8")
    (text,) = [block.text for block in blocks(guide) if block.kind == "markdown"]
    (mine / "inledning.md").write_text(text, encoding="utf-8")
    done = follow(guide, clone.root, told)
    assert done.of("varddialog check").err == ""  # every picture and table is shown by the text


def test_figures_are_brought_up_to_date_as_the_guide_tells(
    live_project: Project, kolada: KoladaServer, told: Command
) -> None:
    before = Store.of(live_project).manifest
    kolada.put("N00001", "0012", "2025", on=dt.date.today(), T=99.5)
    done = follow(ROOT / "docs" / "live-data.md", live_project.root, told)
    assert "1\u00a0serie ändrad" in done.of("varddialog data update  ").out
    assert "N00001" in done.of("varddialog data diff").out
    assert done.of("varddialog data rollback").code == 0
    assert Store.of(live_project).manifest == before


def test_a_cycle_can_be_gone_through_as_its_guide_tells(clone: Project, told: Command) -> None:
    done = follow(ROOT / "docs" / "dialogue.md", clone.root, told)
    assert len(set(done.written)) >= 10
    assert len(done.said) >= 10
    assert "12-skane/fokusomrade-nara-vard: är inte gjord" in done.of("varddialog build --region Skåne").out
    # a round is a folder: nothing else was written for the interviews
    counted = done.of("varddialog records summary --arena privata-vardgivare --cycle 2026-2027").out
    assert "4\u00a0uttalanden" in counted
