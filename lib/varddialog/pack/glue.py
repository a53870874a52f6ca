"""Results glued into the notebook as a scrap, for the index pages and the national notebooks to read.

The scrap has scrapbook's own media type and form, so that scrapbook reads it too; it is written and read here
because importing scrapbook costs more than everything else that is done with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varddialog.assessment.assess import Assessment
from varddialog.assessment.results import Result
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Dimension
from varddialog.model.units import Unit
from varddialog.pack.content import AreaContent, Lists

SCRAP = "application/scrapbook.scrap.json+json"
NAME = "results"


@dataclass(frozen=True)
class Glued:
    """One scrap. Shown in a notebook as nothing but its own line of text."""

    data: dict[str, Any]

    def __repr__(self) -> str:
        return f"Resultat för {len(self.data['results'])} mått lämnade vidare."

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = {SCRAP: {"name": NAME, "data": self.data, "encoder": "json", "version": 1}}
        return bundle, {"scrapbook": {"name": NAME, "data": True, "display": False}}


def read_glued(notebook: Path) -> dict[str, Any] | None:
    """The data of the scrap that a rendered notebook carries, or None when it carries none."""
    for cell in json.loads(notebook.read_bytes())["cells"]:
        for output in cell.get("outputs", []):
            scrap = output.get("data", {}).get(SCRAP)
            if scrap is not None and scrap["name"] == NAME:
                data: dict[str, Any] = scrap["data"]
                return data
    return None


def glued(
    dimension: Dimension,
    unit: Unit,
    areas: Mapping[str, AreaContent],
    results: Sequence[Result],
    assessments: Mapping[str, Assessment],
    lists: Lists,
    catalogue: Catalogue,
) -> Glued:
    """The scrap `results`: what the report shows, as plain data."""
    leaves = dimension.leaves()
    context = areas[catalogue.framework.context.slug].results
    return Glued(
        {
            "dimension": dimension.number,
            "unit": unit.code,
            "indicators": len({r.indicator.id for r in results}),
            "gaps": sum(len(areas[leaf.slug].gaps) for leaf in leaves),
            "highlights": [
                {"title": title, "rows": [{"name": n, "anchor": a, "text": t} for n, a, t in rows]}
                for title, rows in lists
            ],
            "results": [row(r, catalogue.area_of[r.indicator.id]) | answers(assessments[r.anchor]) for r in results],
            "context": [row(r, catalogue.framework.context.slug) for r in context if r.state == "aktuell"],
        }
    )


def row(result: Result, area: str) -> dict[str, Any]:
    """A value with what it is compared with."""
    spread, nation = result.spread, result.nation_now
    return {
        "indicator": result.indicator.id,
        "anchor": result.anchor,
        "area": area,
        "sex": result.sex,
        "when": result.latest.when,
        "value": result.latest.value,
        "nation": nation.value if nation else None,
        "lowest": spread.low if spread else None,
        "highest": spread.high if spread else None,
        "regions": len(result.regions_now),
        "distance": None if result.distance is None else round(result.distance, 6),
        "state": result.state,
        "flagged": result.is_flagged,
    }


def answers(assessment: Assessment) -> dict[str, Any]:
    """The level of uncertainty, and the class of each answer that stands in a report."""
    given = {"vs_nation": assessment.vs_nation, "vs_target": assessment.vs_target, "trend": assessment.trend}
    return {
        "level": assessment.uncertainty.level,
        **{name: answer.klass if answer else None for name, answer in given.items()},
    }
