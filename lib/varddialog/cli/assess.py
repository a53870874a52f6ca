"""`assess`: the assessments themselves."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from varddialog.cli.common import CYCLE, DIMENSION, REGION, app, console
from varddialog.config import DEFAULT_CYCLE, project

if TYPE_CHECKING:
    from varddialog.assessment.assess import Assessment


class Form(StrEnum):
    """How `assess` writes."""

    table = "table"
    json = "json"
    csv = "csv"


@app.command()
def assess(
    region: Annotated[list[str], REGION] = [],  # noqa: B006
    dimension: Annotated[list[str], DIMENSION] = [],  # noqa: B006
    cycle: Annotated[str, CYCLE] = DEFAULT_CYCLE,
    form: Annotated[Form, typer.Option("--format", "-f", help="How the assessments are written.")] = Form.table,
) -> None:
    """Write the assessments themselves: for each indicator and unit the five answers, each with its reason.

    Example: varddialog assess --region Gotland --dimension 1 --format csv > gotland.csv
    """
    from varddialog.assessment.assess import assess_all
    from varddialog.assessment.ground import ground
    from varddialog.tables.export import as_csv, as_json

    on = ground(project(), cycle)
    catalogue = on.catalogue
    dimensions = [catalogue.dimension(name) for name in dimension] or list(catalogue.framework.dimensions)
    units = [catalogue.units.find(name) for name in region] or list(catalogue.units.all)
    indicators = [i for d in catalogue.framework.dimensions if d in dimensions for i in catalogue.of_dimension(d)]
    found = [a for unit in units for a in assess_all(indicators, unit, on.material)]
    if form is Form.table:
        console().print(_assessment_table(found))
    else:
        sys.stdout.write(as_json(found) if form is Form.json else as_csv(found))


def _assessment_table(found: Sequence[Assessment]) -> Table:
    from varddialog.prose.words import figure

    table = Table("Enhet", "Mått", "År", "Värde", "Nivå", "Mot riket", "Mot målnivå", "Trend")
    for a in found:
        value = figure(a.indicator, a.result.latest.value) if a.result else ""
        when = a.result.latest.when if a.result else ""
        answers = [answer.klass if answer else "" for answer in (a.vs_nation, a.vs_target, a.trend)]
        level = a.uncertainty.level if a.result else ""
        table.add_row(a.unit.name, a.indicator.name, when, value, level, *answers)
    return table
