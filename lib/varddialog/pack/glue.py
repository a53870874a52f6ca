"""Results glued into the notebook as a scrap, for the index pages and the national notebooks to read.

The scrap has scrapbook's own media type and form, so that scrapbook reads it too; it is written and read here
because importing scrapbook costs more than everything else that is done with it.

The contract of a dimension's scrap (`glued`), on which the index pages, the discussion questions and the national
notebooks rest; all of it is plain data:

- `dimension`, `unit`: number and code. `indicators`, `gaps`: how many have figures, and how many lack them everywhere.
- `highlights`: the lists that open the report: `title` and `rows` of `name`, `anchor`, `text`.
- `results`: one row for each indicator and sex, in report order: `row`, the classes of `answers`, and `spread`.
- `spread`: how the regions lie at the time of Riket's value; None for a region, for what is not of today, is questioned
  or has no better way, and for fewer than ten regions. `low`, `lower_quartile`, `median`, `upper_quartile`, `high`: in
  the indicator's unit. `robust`: one spread of the regions (the median distance from their median, as a standard
  deviation). `lowest`, `highest`: distance of low and high from the median in such spreads. `middle`: the middle half
  over the median, which orders indicators by how unlike the regions are; None for what can be below 0. `phi`: times
  that they differ more than chance would make them; None where no uncertainty is known. `outlying`: `better` and
  `worse` than Riket even when the ordinary variation is allowed for, as numbers of regions. How many regions are worse
  than Riket is told by their own scraps (`vs_nation`).
- `raised`: everything in the report that calls for a question, as `dialogue.raised.Raised.as_dict`; `Raised.of` makes
  them again. The questions are made of these and params/ alone, so they are stale when a scrap's bytes have changed.
- `context`: rows of the unit's conditions, in the first report and wherever they are told of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varddialog.assessment.assess import ANSWERS, Assessment
from varddialog.assessment.regions import FEWEST_REGIONS
from varddialog.assessment.results import Result
from varddialog.assessment.told import relation
from varddialog.dialogue.raised import Raised
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Dimension
from varddialog.model.units import Unit
from varddialog.pack.content import AreaContent, Lists
from varddialog.statistics.robust import robust_spread

SCRAP = "application/scrapbook.scrap.json+json"
NAME = "results"


@dataclass(frozen=True)
class Glued:
    """One scrap. Shown in a notebook as nothing but its own line of text."""

    data: dict[str, Any]

    def __repr__(self) -> str:
        if "questions" in self.data:
            return f"{len(self.data['questions'])} diskussionsfrågor lämnade vidare."
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
    raised: Sequence[Raised],
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
            "results": [
                row(r, catalogue.area_of[r.indicator.id]) | answers(assessments[r.anchor]) | {"spread": _spread(r)}
                for r in results
            ],
            "raised": [one.as_dict() for one in raised],
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
    given = {name: getattr(assessment, name) for name in ANSWERS}
    return {
        "level": assessment.uncertainty.level,
        **{name: answer.klass if answer else None for name, answer in given.items()},
        "relation": relation(assessment),
    }


def _spread(result: Result) -> dict[str, Any] | None:
    """How the regions lie beside Riket; see the contract above."""
    spread, turn = result.spread, result.indicator.turn
    sound = result.state == "aktuell" and not result.is_flagged and turn
    if not result.unit.is_nation or not sound or spread is None or spread.count < FEWEST_REGIONS:
        return None
    values, found = result.regions_now, result.field.between
    outside = [turn * (values[code] - result.latest.value) for code in (found.outside if found else ())]
    robust = robust_spread(list(values.values()))
    width = spread.upper_quartile - spread.lower_quartile
    can_divide = spread.median > 0 and result.indicator.unit.low is not None
    return {
        "low": spread.low,
        "lower_quartile": spread.lower_quartile,
        "median": spread.median,
        "upper_quartile": spread.upper_quartile,
        "high": spread.high,
        "robust": robust,
        "lowest": round((spread.low - spread.median) / robust, 6) if robust else None,
        "highest": round((spread.high - spread.median) / robust, 6) if robust else None,
        "middle": round(width / spread.median, 6) if can_divide else None,
        "phi": round(found.phi, 6) if found else None,
        "outlying": {"better": sum(d > 0 for d in outside), "worse": sum(d < 0 for d in outside)},
    }
