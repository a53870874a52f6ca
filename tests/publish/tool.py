"""The web tool's pages beside what they ought to say: the built site, and the country's assessments as exported."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tests.publish.reading import words

from varddialog.assessment.assess import assess_all
from varddialog.assessment.material import Material
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.data.store import Store
from varddialog.model.catalogue import load_catalogue
from varddialog.tables.export import as_json

MARKS = {
    "bättre": "▲", "sämre": "▼", "i nivå": "■", "högre": "△", "lägre": "▽", "beskrivande": "○", "kan ej bedömas": "◇",
}  # fmt: skip

Key = tuple[str, str, str]  # indicator, region, sex


@cache
def exported() -> dict[Key, dict[str, Any]]:
    """Every assessment with a value, as `varddialog assess --format json` writes it."""
    here = project()
    catalogue = load_catalogue(here)
    own = [i for d in catalogue.framework.dimensions for i in catalogue.of_dimension(d)]
    newest = catalogue.cycle(DEFAULT_CYCLE).newest_year
    material = Material.read(catalogue.indicators.values(), Store.of(here), newest)
    found = [a for unit in catalogue.units.all for a in json.loads(as_json(assess_all(own, unit, material)))]
    return {(a["indicator"], a["region"], a["sex"]): a for a in found if a["value"] is not None}


def cells(row: ET.Element) -> list[str]:
    return [words(cell) for cell in row]


def script_data(path: Path) -> dict[str, Any]:
    """What the search file holds."""
    text = path.read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("window.vardSok=").removesuffix(";\n"))
    return found
