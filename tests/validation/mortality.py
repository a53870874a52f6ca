"""Life expectancy and age-standardised mortality from deaths and population by age band.

Population is counted on 31 December, deaths over a year. Both measures want the persons who could die during the year:
the mean of the two year-ends round it, as in Statistics Sweden's life tables. So the first year of a series has none.
"""

from __future__ import annotations

import pandas as pd

from varddialog.model.units import NATION
from varddialog.statistics.life_table import START_AGES, life_expectancy
from varddialog.statistics.standardisation import directly_standardised_rate

# European Standard Population 2013 (Eurostat), a hundred thousand in the bands of START_AGES; 90–94 and 95+ are one
STANDARD = "ESP2013"
STANDARD_POPULATION = (
    *(1000, 4000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000),
    *(7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000),
)

COLUMNS = ("deaths", "population", "crude", "life", "life_low", "life_high", "rate", "rate_low", "rate_high")


def with_nation(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts of `Store.deaths_population`, all regions, and their sum as the nation's."""
    summed = counts.groupby(["year", "sex", "age_band"], as_index=False, sort=False)[["deaths", "population"]].sum()
    return pd.concat([summed.assign(region=NATION), counts], ignore_index=True)[list(counts.columns)]


def mortality(counts: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """One row per region and year of `counts` (as `Store.deaths_population` gives them), indexed by both.

    The sexes in `counts` are taken together: their deaths and persons are summed before anything is divided.
    `life` is the life expectancy at birth (Chiang 1968, limits of Silcocks et al. 2001), `rate` the deaths per 100 000
    directly standardised to STANDARD (limits of Dobson et al. 1991), `crude` the same without standardisation, and
    `population` the mean population. A figure that its method does not give is missing (NaN).
    A year has no row when it, or the year before, lacks a band or is not in `counts`.
    Raises ValueError when the age bands are not those of START_AGES, or a band has no persons.
    """
    bands = counts.assign(age=counts["age_band"].str.extract(r"^(\d+)", expand=False).astype(int))
    table = bands.groupby(["region", "year", "age"])[["deaths", "population"]].sum().unstack("age")
    ages = [int(age) for age in table["deaths"].columns]
    if tuple(ages) != START_AGES:
        raise ValueError(f"the bands start at {ages}; allowed: {list(START_AGES)}")
    persons = table["population"]
    before = persons.rename(index=lambda year: year + 1, level="year").reindex(persons.index)
    mean = ((persons + before) / 2).dropna()
    dead = table["deaths"].loc[mean.index]

    rows = []
    for deaths, at_risk in zip(dead.to_numpy(float).tolist(), mean.to_numpy(float).tolist(), strict=True):
        total, people = sum(deaths), sum(at_risk)
        lived = life_expectancy(START_AGES, at_risk, deaths, confidence)
        life = (None,) * 3 if lived.reason else (lived.values[0], lived.lower[0], lived.upper[0])
        interval = directly_standardised_rate(deaths, at_risk, STANDARD_POPULATION, confidence).interval
        rate = (interval.value, interval.lower, interval.upper) if interval else (None,) * 3
        rows.append((total, people, total / people * 100_000, *life, *rate))
    return pd.DataFrame(rows, index=mean.index, columns=list(COLUMNS), dtype=float)
