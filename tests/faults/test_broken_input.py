"""Whatever someone breaks: one message that says what, where and what to do, and an exit code of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.data.schema import MANIFEST, ORDERINGS, REMARKS

INDICATORS = "params/indicators/1-dodlighet.yml"
BUILD = ("build", "--dry-run")


@dataclass(frozen=True)
class Broken:
    """How a project is broken, the command that meets it, and what it must say.

    says: pieces of the message, in order. `LINE` in the first stands for the line that `breaks` gives back.
    """

    name: str
    breaks: Callable[[Path], int | None]
    command: tuple[str, ...]
    code: int
    says: tuple[str, ...]


def nothing(root: Path) -> None:
    """The project is whole; the command is wrong."""


def put(path: str, old: str, new: str) -> Callable[[Path], int]:
    """Replaces the first place of `old`, and tells the line it stands on."""

    def change(root: Path) -> int:
        text = (root / path).read_text(encoding="utf-8")
        before, found, after = text.partition(old)
        assert found, f"{old!r} is not in {path}"
        (root / path).write_text(before + new + after, encoding="utf-8")
        return before.count("\n") + 1

    return change


def write(path: str, content: bytes) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).write_bytes(content)

    return change


def remove(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink()


def flip_a_bit(path: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        content = bytearray((root / path).read_bytes())
        content[len(content) // 2] ^= 1
        (root / path).write_bytes(content)

    return change


CASES = [
    # wrong usage
    Broken("region", nothing, ("build", "-r", "Skåna"), 2,
           ("Okänd region: «Skåna».", "Tillåtet: ", "Menade du «Skåne»?")),
    Broken("region far off", nothing, ("build", "-r", "Atlantis"), 2, ("Okänd region: «Atlantis».", "Tillåtet: ")),
    Broken("second region", nothing, (*BUILD, "-r", "12", "-r", "2"), 2, ("Okänd region: «2».",)),
    Broken("dimension", nothing, ("build", "-d", "kvalitet-i-tjanster"), 2,
           ("Okänd dimension: «kvalitet-i-tjanster».", "Tillåtet: 1 (", "Menade du «kvalitet-i-tjansterna»?")),
    Broken("dimension number", nothing, ("build", "-d", "5"), 2, ("Okänd dimension: «5».", "4 (")),
    Broken("cycle", nothing, ("build", "-c", "2026-2072"), 2,
           ("Okänd dialogomgång: «2026-2072».", "Tillåtet: 2026-2027.", "Menade du «2026-2027»?")),
    Broken("cycle of status", nothing, ("status", "-c", "nu"), 2, ("Okänd dialogomgång: «nu».",)),
    Broken("indicator", nothing, ("data", "verify", "-i", "N0001"), 2, ("Okänt mått: «N0001».", "Menade du «N00001»?")),
    Broken("option", nothing, ("build", "--regoin", "12"), 2, ("No such option", "--regoin")),
    Broken("command", nothing, ("bild",), 2, ("No such command", "bild")),
    Broken("no worker", nothing, ("build", "--jobs", "0"), 2, ("--jobs",)),
    Broken("output is a file", nothing, (*BUILD, "--output", __file__), 2, ("--output", "is a file")),
    # params/
    Broken("yaml", put(INDICATORS, "definition: Vad", "definition: [Vad"), ("status",), 10,
           (f"{INDICATORS}:", "Går inte att läsa som YAML: ")),
    Broken("tab", put(INDICATORS, "  direction:", "\tdirection:"), BUILD, 10,
           (f"{INDICATORS}:LINE: Går inte att läsa",)),
    Broken("unknown field", put(INDICATORS, "direction: lower", "directoin: lower"), BUILD, 10,
           (f"{INDICATORS}:LINE: Okänt fält: «directoin»", "Tillåtet: ", "Menade du «direction»?")),
    Broken("unknown value", put(INDICATORS, "lower_better", "downwards"), BUILD, 10,
           (f"{INDICATORS}:LINE: ", "«downwards» är inte ett tillåtet värde.",
            "Tillåtet: 'higher_better', 'lower_better'")),
    Broken("number", put(INDICATORS, "- 1", "- 9"), BUILD, 10,
           (f"{INDICATORS}:LINE: ", "9 är utanför gränsen.", "högst 8")),
    Broken("repeated key", put(INDICATORS, "  kind: resultat", "  kind: process\n  kind: resultat"), BUILD, 10,
           (f"{INDICATORS}:", "Nyckeln «kind» står två gånger.")),
    Broken("same id twice", put(INDICATORS, "id: N00002", "id: N00001"), BUILD, 10,
           (f"{INDICATORS}: «N00001» står också i {INDICATORS}.",)),
    Broken("area", put(INDICATORS, "area: dodlighet", "area: dodligheten"), BUILD, 10,
           (f"{INDICATORS}:1: Området «dodligheten» finns inte i ramverket.", "Menade du «dodlighet»?")),
    Broken("not utf-8", write("params/units.yml", b"units: \xe5"), BUILD, 10,
           ("params/units.yml: Filen är inte UTF-8",)),
    Broken("empty file", write("params/framework.yml", b""), BUILD, 10, ("params/framework.yml:1: ",)),
    Broken("framework", remove("params/framework.yml"), BUILD, 10,
           ("params/framework.yml: Filen finns inte.", "Återställ den ur git.")),
    Broken("region file", remove("params/regions/12-skane.yml"), BUILD, 10,
           ("params/regions/12-skane.yml: Filen saknas.", "En enhet har en parameterfil.")),
    Broken("region file misspelt", put("params/regions/12-skane.yml", "region:", "regoin:"), BUILD, 10,
           ("params/regions/12-skane.yml:LINE: Okänt fält: «regoin»", "Tillåtet: region, cycle.",
            "Menade du «region»?")),
    Broken("cycle file", put("params/cycles/2026-2027.yml", "data_until:", "data_till:"), BUILD, 10,
           ("params/cycles/2026-2027.yml:", "«data_till»", "Menade du «data_until»?")),
    # data/
    Broken("changed bit", flip_a_bit(f"data/store/{REMARKS}"), ("build",), 11,
           (f"data/store/{REMARKS}: Filen är ändrad: kontrollsumman stämmer inte.", "Återställ data/store ur git.")),
    Broken("missing file", remove(f"data/store/{next(iter(ORDERINGS))}"), ("data", "verify"), 11,
           (f"data/store/{next(iter(ORDERINGS))}: Filen saknas.", "Återställ data/store ur git.")),
    Broken("missing manifest", remove(f"data/store/{MANIFEST}"), ("data", "list"), 11,
           (f"data/store/{MANIFEST}: Förteckningen över uppgifterna saknas.", "Återställ data/store ur git.")),
    Broken("broken manifest", write(f"data/store/{MANIFEST}", b"{"), ("build",), 11,
           (f"data/store/{MANIFEST}: Förteckningen går inte att läsa: ", "Återställ data/store ur git.")),
    Broken("series without entry", put(INDICATORS, "id: N00002", "id: N0002"), ("build",), 11,
           (f"data/store/{MANIFEST}: Serien N00002 står inte i katalogen.", "Menade du «N0002»?")),
    Broken("missing notebook", remove("notebooks/3-effektiva-och-hallbara-system.ipynb"), BUILD, 11,
           ("notebooks/3-effektiva-och-hallbara-system.ipynb: Notebooken saknas.", "Återställ den ur git.")),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_broken_is_told(command: Any, small_project: Project, monkeypatch: Any, case: Broken) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    line = case.breaks(small_project.root)
    said = command(*case.command)
    assert said.code == case.code
    assert said.out == ""
    assert "Traceback" not in said.err
    assert str(small_project.root) not in said.err
    rest = said.err
    for piece in case.says:
        wanted = piece.replace("LINE", str(line))
        assert wanted in rest, said.err
        rest = rest.partition(wanted)[2]
    assert not small_project.outputs.exists()


def test_a_project_that_is_not_there(command: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "ingen"))
    said = command("status")
    assert said.code == 2
    assert said.err.startswith(f"{ROOT_VARIABLE}: Hittar inte projektets mapp params/.")


# check tells everything at once


def rows(table: str) -> list[list[str]]:
    """The rows of a printed table, without its head."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in table.splitlines() if line.startswith("│")]


def test_check_tells_all_faults_in_params_at_once(command: Any, small_project: Project) -> None:
    line = put(INDICATORS, "direction: lower", "directoin: lower")(small_project.root)
    remove("params/regions/09-gotland.yml")(small_project.root)
    put("params/framework.yml", "dimensions:", "dimension:")(small_project.root)
    said = command("check")
    assert (said.code, said.err) == (10, "")
    found = {where: rest for where, *rest in rows(said.out)}
    assert {where.partition(":")[0] for where in found} == {
        INDICATORS,
        "params/regions/09-gotland.yml",
        "params/framework.yml",
    }
    what, allowed, todo = found[f"{INDICATORS}:{line}"]
    assert what.startswith("Okänt fält: «directoin»")
    assert "direction" in allowed.split(", ")
    assert todo == "Menade du «direction»?"


def test_check_tells_faults_in_notebooks_and_data_together(command: Any, small_project: Project) -> None:
    write("notebooks/1-halsa-i-befolkningen.ipynb", b"{")(small_project.root)
    remove("notebooks/2-kvalitet-i-tjansterna.ipynb")(small_project.root)
    flip_a_bit(f"data/store/{REMARKS}")(small_project.root)
    remove(f"data/store/{next(iter(ORDERINGS))}")(small_project.root)
    said = command("check")
    assert (said.code, said.err) == (10, "")
    assert {row[0] for row in rows(said.out)} == {
        "notebooks/1-halsa-i-befolkningen.ipynb",
        "notebooks/2-kvalitet-i-tjansterna.ipynb",
        f"data/store/{REMARKS}",
        f"data/store/{next(iter(ORDERINGS))}",
    }
    assert all(row[3] for row in rows(said.out))


def test_check_of_faults_in_data_alone_has_the_exit_code_of_data(command: Any, small_project: Project) -> None:
    flip_a_bit(f"data/store/{REMARKS}")(small_project.root)
    said = command("check")
    assert said.code == 11
    assert [row[0] for row in rows(said.out)] == [f"data/store/{REMARKS}"]
