"""Makers of small indicators, units and observations, with sane defaults and one thing changed at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from varddialog.assessment.results import Country, Result
from varddialog.data.rows import Observation, RemarkRow
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit

RIKET = Unit(code="00", name="Riket", official_name="Riket")
SKANE = Unit(code="12", name="Skåne", official_name="Region Skåne")
REGIONS = ("01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14")


def indicator(**changes: Any) -> Indicator:
    """A plain share of which more is better."""
    fields: dict[str, Any] = {
        "id": "T1",
        "slug": "provmatt",
        "name": "Provmått",
        "definition": "Andel som något gäller.",
        "limits": "Fångar inte annat.",
        "measure": "procent",
        "direction": "higher_better",
        "direction_by": "projektet",
        "source": {"publisher": "Utgivaren", "channel": "Kanalen"},
        "period": {"kind": "år"},
        "kind": "process",
        "principles": [2],
    }
    if changes.get("direction") == "none":
        changes.setdefault("exceptions", {"tolkningsbar": "Beskriver bara."})
    return Indicator.model_validate({**fields, **changes})


def observation(region: str, year: int, value: float, **changes: Any) -> Observation:
    plain = {"period": "", "sex": "T", "grouping": "", "group": "", "low": None, "high": None}
    counts = {"numerator": None, "denominator": None}
    return Observation(
        **{"indicator": "T1", "region": region, "year": year, "value": value, **plain, **counts, **changes}
    )


def remark(region: str, year: int, level: str = "fel", **changes: Any) -> RemarkRow:
    plain = {"period": "", "sex": "T" if region else "", "grouping": "", "group": "", "check": "prov"}
    fields = {
        "indicator": "T1",
        "region": region,
        "year": year,
        "level": level,
        "reason": "Ett skäl.",
        **plain,
        **changes,
    }
    return RemarkRow(**fields)


def country(year: int, nation: float | None, mine: float | None, others: float = 50.0) -> list[Observation]:
    """One year: Riket, Skåne, and the other regions spread evenly, two apart, round `others`."""
    rest = [code for code in REGIONS if code != SKANE.code]
    rows = [observation(code, year, others + 2 * i - len(rest) + 1) for i, code in enumerate(rest)]
    if nation is not None:
        rows.append(observation("00", year, nation))
    if mine is not None:
        rows.append(observation(SKANE.code, year, mine))
    return rows


def results(shown, unit, observations, remarks=(), international=(), newest_year=2025) -> list[Result]:
    """The indicator for one unit, from rows alone."""
    return Country(shown, observations, remarks, international).results(unit, newest_year)


def years_alone(params: Path) -> None:
    """Leave the cycles without their dialogue, for params whose arenas, focus areas or indicators are not all there."""
    for path in (params / "cycles").glob("*.yml"):
        whole = yaml.safe_load(path.read_text(encoding="utf-8"))
        kept = {key: whole[key] for key in ("name", "years", "data_until")}
        path.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), encoding="utf-8")
