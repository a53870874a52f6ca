"""The assessment (bedömning): one indicator × one unit gives five separate answers, never merged into one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from varddialog.assessment.answer import Answer, cannot
from varddialog.assessment.development import development, relation
from varddialog.assessment.groups import Comparison, comparisons
from varddialog.assessment.inequality import inequality
from varddialog.assessment.material import Material
from varddialog.assessment.persons import to_target
from varddialog.assessment.relevance import Relevance, relevance
from varddialog.assessment.results import Result
from varddialog.assessment.uncertainty import Uncertainty, uncertainty
from varddialog.assessment.variation import is_outlying, variation
from varddialog.assessment.versus_nation import METHOD, versus_nation, z_score
from varddialog.assessment.versus_target import versus_target
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit

ANSWERS = ("vs_nation", "vs_target", "trend", "variation", "inequality")


@dataclass(frozen=True)
class Assessment:
    """The five answers on an indicator for a unit, each None where the question does not apply.

    result is None where there is no value; then vs_nation says why.
    """

    indicator: Indicator
    unit: Unit
    result: Result | None
    uncertainty: Uncertainty
    relevance: Relevance
    vs_nation: Answer | None
    vs_target: Answer | None
    trend: Answer | None
    variation: Answer | None
    inequality: Answer | None
    relation: str | None = None  # how the distance to Riket has developed
    outlying: bool = False  # apart from Riket even when ordinary variation between regions is allowed for

    @property
    def z(self) -> float | None:
        """The difference from Riket in standard errors, where it is tested."""
        return z_score(self.result, self.uncertainty) if self.result else None

    @property
    def persons_to_target(self) -> float | None:
        """The gap to the first target level in persons; None without counts, and where it is hidden."""
        if self.result is None or not self.result.targets:
            return None
        return to_target(self.result, self.result.targets[0]).count

    def as_dict(self) -> dict[str, Any]:
        """As it is exported, with plain values only."""
        answers: dict[str, Answer | None] = {name: getattr(self, name) for name in ANSWERS}
        return {
            "indicator": self.indicator.id,
            "region": self.unit.code,
            "year": self.result.latest.year if self.result else None,
            "sex": self.result.sex if self.result else None,
            "value": self.result.latest.value if self.result else None,
            "unit": self.indicator.unit.label,
            "uncertainty_level": self.uncertainty.level if self.result else None,
            "relevance": self.relevance.limit,
            "persons_to_target": self.persons_to_target,
            "relation": self.relation,
            "outlying": self.outlying,
            **{name: answer.as_dict() if answer else None for name, answer in answers.items()},
        }


def assess(result: Result, splits: Iterable[Comparison]) -> Assessment:
    """The five answers on one result. splits: the comparisons of groups of its indicator for the unit."""
    unsure, delta = uncertainty(result.indicator, result.points), relevance(result)
    trend = development(result, delta)
    return Assessment(
        indicator=result.indicator,
        unit=result.unit,
        result=result,
        uncertainty=unsure,
        relevance=delta,
        vs_nation=versus_nation(result, unsure, delta),
        vs_target=versus_target(result, unsure, delta, trend),
        trend=trend,
        variation=variation(result),
        inequality=inequality(list(splits)),
        relation=relation(result, delta),
        outlying=is_outlying(result),
    )


def assess_all(indicators: Iterable[Indicator], unit: Unit, material: Material) -> list[Assessment]:
    """Every indicator for the unit, in order; what has no value is there too, with the reason."""
    shown = [i for i in indicators if i.duplicate_of is None]
    splits = _splits(shown, unit, material)
    found = []
    for indicator in shown:
        results = [] if indicator.gap else material.results(indicator, unit)
        found += [assess(r, splits.get(indicator.id, [])) for r in results]
        if not results:
            found.append(_without_value(indicator, unit, splits.get(indicator.id, [])))
    return found


def _splits(indicators: list[Indicator], unit: Unit, material: Material) -> dict[str, list[Comparison]]:
    """Indicator id → its splits for the unit itself, never Riket's in its place."""
    found: dict[str, list[Comparison]] = {}
    plain = [i for i in indicators if not (i.gap or i.derived or i.is_count)]
    rows = {i.id: material.sound(i, unit) for i in plain}
    for grouping in ("kön", "utbildning", "inkomst", "födelseland", "ålder"):
        for made in comparisons(plain, grouping, unit, unit, rows):
            found.setdefault(made.indicator.id, []).append(made)
    return found


def _without_value(indicator: Indicator, unit: Unit, splits: list[Comparison]) -> Assessment:
    if indicator.gap is not None:
        why = f"Uppgifter saknas: {indicator.gap.missing}"
    elif splits:
        why = "Måttet finns bara uppdelat på grupper."
    else:
        why = f"Uppgift saknas för {unit.name}."
    answer = cannot(METHOD, why)
    split = inequality(splits) if splits else None
    return Assessment(
        indicator, unit, None, Uncertainty("C", None), Relevance(None, "ingen gräns"), answer, None, None, None, split
    )
