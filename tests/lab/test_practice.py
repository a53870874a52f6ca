"""The tutorial's project: everything happens in a copy, and what the notebook says comes true there."""

from __future__ import annotations

import html
import re

import pytest
from tests.building import shared_folder
from tests.lab.bare import executed, temporary

from varddialog.config import Project
from varddialog.errors import UsageError
from varddialog.lab.practice import COPIED, Practice, open_practice


@pytest.fixture
def practice(small_project: Project) -> Practice:
    return open_practice()


def everything_in(project: Project) -> dict[str, bytes]:
    """Every file of what is copied."""
    roots = [project.root / name for name in COPIED]
    files = [p for root in roots for p in (root.rglob("*") if root.is_dir() else [root]) if p.is_file()]
    return {p.relative_to(project.root).as_posix(): p.read_bytes() for p in files if "__pycache__" not in p.parts}


def test_the_copy_is_whole(small_project: Project, practice: Practice) -> None:
    assert everything_in(practice.here) == everything_in(small_project)
    assert str(practice.here.root) in practice._repr_html_()


def test_files_are_written_in_the_copy_alone(small_project: Project, practice: Practice) -> None:
    before = everything_in(small_project)
    assert "slug: ny" in practice.write("params/focus-areas/ny.yml", "\nslug: ny\n")._repr_html_()
    practice.append("params/units.yml", "\n# sist\n")
    practice.append("params/units.yml", "# sist")
    practice.replace("params/units.yml", "# sist", "# allra sist")
    practice.replace("params/units.yml", "# sist", "# allra sist")
    units = (practice.here.root / "params" / "units.yml").read_bytes()
    assert units == before["params/units.yml"].rstrip(b"\n") + b"\n# allra sist\n"
    assert (practice.here.root / "params" / "focus-areas" / "ny.yml").read_bytes() == b"slug: ny\n"
    assert everything_in(small_project) == before


@pytest.mark.parametrize("name", ["../params/units.yml", "/etc/hostname", "params/../../units.yml"])
def test_nothing_is_written_outside(practice: Practice, name: str) -> None:
    for act in (practice.write, practice.append):
        with pytest.raises(UsageError, match="Filen ligger utanför övningen"):
            act(name, "x")


def test_what_cannot_be_done_is_told(practice: Practice) -> None:
    with pytest.raises(UsageError, match="står inte exakt en gång i filen"):
        practice.replace("params/units.yml", "code:", "kod:")
    with pytest.raises(UsageError, match="står inte exakt en gång i filen"):
        practice.replace("params/units.yml", "finns inte", "inte heller")
    with pytest.raises(UsageError, match=r"outputs/2026-2027/index\.html: Filen finns inte i övningen"):
        practice.open("2026-2027/index.html")


def test_commands_run_on_the_copy(small_project: Project, practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert practice.run("check").text == "Inga fel: 2\u00a0mått, 22\u00a0enheter."
    practice.append("params/units.yml", "fel: fel")
    told = practice.run("check").text
    assert "Okänt fält: «fel»" in told
    assert told.endswith("\nSlutkod 10.")
    assert "\x1b" not in told
    assert "fel: fel" not in (small_project.params / "units.yml").read_text(encoding="utf-8")


def test_a_page_is_shown_as_it_is_and_runs_nothing(practice: Practice) -> None:
    page = '<p class="x">A & B</p><script>alert("hej")</script>'
    practice.write("outputs/sida.html", page)
    shown = practice.open("sida.html")._repr_html_()
    frame = re.search(r'<iframe sandbox title="outputs/sida.html" srcdoc="([^"]*)"', shown)
    assert frame is not None
    assert html.unescape(frame[1]) == page


@pytest.mark.slow
def test_the_tutorial_ends_in_a_pack_of_ones_own(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    shared, before = shared_folder(tmp_path_factory), everything_in(project)
    code = [cell for cell in executed(project, shared, "handledning").cells if cell.cell_type == "code"]
    assert everything_in(project) == before
    assert list(temporary(shared, "handledning").glob("varddialog-ovning-*")) == [], "it goes away with the kernel"
    done = {cell.id: "".join(output.data["text/html"] for output in cell.outputs) for cell in code}
    assert "«nonne»" in done["felet"]
    assert "Slutkod 10." in done["felet"]
    for cell in ("kontroll", "kontroll-igen"):
        assert "Inga fel: " in done[cell], done[cell]
    assert "Region Gotland: 2\u00a0uppgifter om 1\u00a0mått för 2\u00a0enheter. 2 nya" in done["lagg-till"]
    assert "09-gotland/fokusomrade-lakare-och-vardplatser" in done["bygg"]
    assert "Slutkod" not in done["bygg"]
    focus, report = (html.unescape(done[cell]) for cell in ("fokussida", "rapport"))
    assert "Läkare och vårdplatser: Region Gotland" in focus
    assert "Månadsavlönade specialistläkare per invånare" in focus
    assert "Räcker läkarna till de vårdplatser som finns?" in focus
    assert "Övningssjukhuset A" in report
    assert "Regionens egna uppgifter" in report
