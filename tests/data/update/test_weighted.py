"""What is counted per inhabitant: Riket is the mean of its regions, weighted by their population."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from varddialog.config import Project
from varddialog.data.schema import COLUMNS, RETRIEVAL
from varddialog.data.store import Store
from varddialog.data.update.merge import Merged
from varddialog.data.update.weighted import POPULATION, weighted_means
from varddialog.model.catalogue import Catalogue

COST = "N70061"


@pytest.fixture(scope="module")
def figures(project: Project) -> pd.DataFrame:
    return Store.of(project).observations(indicators=[POPULATION, COST], columns=[*COLUMNS, RETRIEVAL])


def merged(rows: pd.DataFrame, *changed: str) -> Merged:
    return Merged(rows, {}, pd.DataFrame(), {}, {}, set(changed))


def test_the_real_cost_per_inhabitant_is_the_mean_of_the_regions(catalogue: Catalogue, figures: pd.DataFrame) -> None:
    (found,) = weighted_means(catalogue, merged(figures, COST))
    assert (found.series, found.differing) == (COST, 0)
    assert found.compared >= 10
    years = figures[(figures["indicator"] == COST) & (figures["region"] == "00")].set_index("year")["value"]
    assert found.largest < 0.02 * years[int(found.at[1])]


def test_a_nation_that_is_no_mean_is_told_with_its_year(catalogue: Catalogue, figures: pd.DataFrame) -> None:
    wrong = (figures["indicator"] == COST) & (figures["region"] == "00") & (figures["year"] == 2022)
    assert wrong.sum() == 1
    (found,) = weighted_means(catalogue, merged(figures.assign(value=figures["value"].where(~wrong, 9_000.0)), COST))
    assert (found.differing, found.at) == (1, ("00", "2022"))


def test_a_year_in_which_a_region_is_missing_is_not_compared(catalogue: Catalogue, figures: pd.DataFrame) -> None:
    (whole,) = weighted_means(catalogue, merged(figures, COST))
    gone = (figures["indicator"] == COST) & (figures["region"] == "09") & (figures["year"] == 2022)
    (found,) = weighted_means(catalogue, merged(figures[~gone], COST))
    assert found == replace(whole, compared=whole.compared - 1, largest=found.largest, at=found.at)


def test_what_did_not_change_or_is_no_rate_is_not_compared(catalogue: Catalogue, figures: pd.DataFrame) -> None:
    assert weighted_means(catalogue, merged(figures)) == []
    assert weighted_means(catalogue, merged(figures, POPULATION)) == []
