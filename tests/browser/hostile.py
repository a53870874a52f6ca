"""A project whose names, definitions and sources mean harm, built for real."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml
from tests.browser.hostile_dialogue import (
    MARK,
    NAMES,
    a_round,
    harm_added,
    harm_dialogue,
    harm_records,
    harm_visits,
)

from varddialog.config import Project
from varddialog.model.catalogue import load_catalogue

UNIT = "<b>Gotland</b>"
FOLDER = "09-b-gotland-b"
OFFICIAL = "Region \"><img src=y onerror=alert('fientlig')> Långt Bortom Alla Öar 🏔"  # over sixty characters
# of a region that is only compared with
LONG = "Nordvästra Långtbortistanslandsbygdsregionen med Omgivande Öar"
DEFINITION = f"Andel <b>som</b> --><!-- <script>alert('{MARK}')</script> & något \"händer\"."
PUBLISHER = f"<a href=\"javascript:alert('{MARK}')\">Källan</a>"


def hostile_project(project: Project, root: Path) -> Project:
    """A copy of the project at `root` whose params/ and dialogue are written by someone who means harm."""
    shutil.copytree(project.params, root / "params")
    for name in ("notebooks", "requirements.lock", "data/store"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).symlink_to(project.root / name)
    turn = 0
    for path in sorted((root / "params" / "indicators").glob("*.yml")):
        found = _read(path)
        for indicator in found["indicators"]:
            indicator["name"] = f"{NAMES[turn % len(NAMES)]} {indicator['name']}"
            indicator["definition"] = f"{DEFINITION} {indicator['definition']}"
            indicator["limits"] = f"{NAMES[(turn + 1) % len(NAMES)]} {indicator['limits']}"
            indicator["source"]["publisher"] = PUBLISHER
            turn += 1
        _write(path, found)
    units = root / "params" / "units.yml"
    found = _read(units)
    for unit in found["units"]:
        if unit["code"] == "09":
            unit |= {"name": UNIT, "official_name": OFFICIAL}
        if unit["code"] == "25":
            unit |= {"name": LONG, "official_name": f"Region {LONG}", "also": [*unit.get("also", []), unit["name"]]}
    _write(units, found)
    made = Project(root)
    _rename(made, {unit["code"]: unit["name"] for unit in found["units"]})
    harm_dialogue(made.params)
    harm_visits(made.params, FOLDER)
    harm_records(project.dialogue, made)
    a_round(made, load_catalogue(made))  # harm is no fault of params/: what is shown must stand it
    harm_added(made, FOLDER)
    return made


def _rename(project: Project, names: dict[str, str]) -> None:
    """The parameter file of a unit and its visit bear its name."""
    from varddialog.swedish import slugify

    for path in (project.params / "regions").glob("*.yml"):
        code = path.stem.partition("-")[0]
        wanted = path.with_stem(f"{code}-{slugify(names[code])}")
        if wanted != path:
            text = path.read_text(encoding="utf-8").replace(path.stem, wanted.stem)
            path.unlink()
            wanted.write_text(text, encoding="utf-8")
            for cycle in (project.params / "cycles").glob("*.yml"):
                text = cycle.read_text(encoding="utf-8").replace(f"{path.stem}:", f"{wanted.stem}:")
                cycle.write_text(text, encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
