"""A small country of made-up values, as one indicator across its regions."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from tests.making import indicator, observation

from varddialog.assessment.across import Across, across
from varddialog.assessment.assess import assess
from varddialog.assessment.results import Country
from varddialog.data.rows import Observation
from varddialog.model.units import Unit, Units

NAMES = {
    "00": "Riket", "01": "Stockholm", "03": "Uppsala", "04": "Sörmland", "05": "Östergötland", "06": "Jönköping",
    "07": "Kronoberg", "08": "Kalmar", "09": "Gotland", "10": "Blekinge", "12": "Skåne", "13": "Halland",
    "14": "Västra Götaland", "17": "Värmland", "18": "Örebro", "19": "Västmanland", "20": "Dalarna",
    "21": "Gävleborg", "22": "Västernorrland", "23": "Jämtland Härjedalen", "24": "Västerbotten", "25": "Norrbotten",
}  # fmt: skip
UNITS = Units([Unit(code=code, name=name, official_name=name) for code, name in NAMES.items()])
CODES = [code for code in NAMES if code != "00"]
Mark = tuple[float, float, str]


def year(when: int, values: dict[str, float], half: float | None = None, **changes: Any) -> list[Observation]:
    """One year's values. half: half the width of each published interval."""
    ends = {c: {} if half is None else {"low": v - half, "high": v + half} for c, v in values.items()}
    return [observation(code, when, value, **{**ends[code], **changes}) for code, value in values.items()]


def ladder(step: float = 2.0, first: float = 40.0, nation: float = 60.0) -> dict[str, float]:
    """Riket, and the regions in code order from `first` upwards."""
    return {"00": nation, **{code: first + step * i for i, code in enumerate(CODES)}}


def seen(rows: list[Observation], remarks: Any = (), **changes: Any) -> Across:
    """The indicator across the country, by way of the real assessment."""
    country = Country(indicator(**changes), rows, remarks, [])
    found = [assess(r, []) for unit in UNITS.all for r in country.results(unit, 2025)]
    (made,) = across(found, UNITS).values()
    return made


def words(svg: str) -> list[tuple[float, float, str]]:
    """Every text of a drawing with its place, y counted from the top."""
    found = [e for e in ET.fromstring(svg).iter() if e.tag.endswith("text")]
    return [(float(e.attrib["x"]), float(e.attrib["y"]), "".join(e.itertext())) for e in found]


def texts(svg: str) -> list[str]:
    return [text for *_, text in words(svg)]


def links(svg: str) -> dict[str, str]:
    """Address → the words that lead there."""
    return {e.attrib["href"]: "".join(e.itertext()) for e in ET.fromstring(svg).iter() if e.tag.endswith("a")}


def paths(svg: str, **look: str) -> list[list[list[tuple[float, float]]]]:
    """The corners of every outline of each path whose style, its own or that above it, holds the look (`fill`, …)."""
    found = []

    def visit(element: ET.Element, inherited: str) -> None:
        style = f"{inherited};{element.attrib.get('style', '')}"
        told = dict(part.split(":", 1) for part in style.replace(" ", "").split(";") if ":" in part)
        if element.tag.endswith("path") and all(told.get(k.replace("_", "-")) == v for k, v in look.items()):
            found.append(_corners(element.attrib["d"]))
        for child in element:
            visit(child, style)

    visit(ET.fromstring(svg), "")
    return found


def _corners(steps: str) -> list[list[tuple[float, float]]]:
    rings = []
    for part in steps.replace("h0", "").replace("z", "").replace("L", " ").split("M")[1:]:
        numbers = [float(n) for n in part.replace("-", " -").split()]
        rings.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return rings
