"""The shape of the tables in the store, checked by pandera with all faults told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from varddialog.errors import DataError, Fault
from varddialog.swedish import number

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

# what tells one observation from another
KEY = ["indicator", "region", "year", "period", "sex", "grouping", "group"]
NUMBERS = ["value", "low", "high", "numerator", "denominator"]
COLUMNS = [*KEY, *NUMBERS]
# beside them in a snapshot: the number of the retrieval that brought the value
RETRIEVAL = "retrieval"

# larger than any figure of Swedish health care in any unit; far beyond it, numbers cannot be written or summed
MOST = 1e12

ORDERINGS = {
    "observations-by-unit.parquet": ["region", "indicator", "year", "period", "sex", "grouping", "group"],
    "observations-by-indicator.parquet": ["indicator", "region", "year", "period", "sex", "grouping", "group"],
}
INTERNATIONAL = "international.parquet"
POPULATION = "deaths-population.parquet"
REMARKS = "remarks.parquet"
# values of municipalities, organisational units and the regions' own units, and what these are
WITHIN = "within.parquet"
PLACES = "places.parquet"
MANIFEST = "manifest.json"

# pandera's own names of checks, in Swedish
_WORDS = {
    "multiple_fields_uniqueness": "gäller samma observation som en annan rad",
    "not_nullable": "är inget värde",
    "column_in_schema": "är en kolumn som inte ska finnas",
    "column_in_dataframe": "är en kolumn som saknas",
    "column_ordered": "är en kolumn på fel plats",
}

_SIZE = "storlek"
_NAMED = {"indicator": "mått", "region": "enhet", "year": "år"}

GROUPINGS = ["", "utbildning", "inkomst", "födelseland", "ålder"]
FIRST_YEAR, LAST_YEAR = 1960, 2100
PERIOD = r"(\d{4}-(0[1-9]|1[0-2]))?"


@cache
def observation_schema() -> pa.DataFrameSchema:
    """Columns of the observation table.

    indicator: id in the catalogue · region: county code, "00" is Riket · year: last year that the
    value covers · period: "" or "YYYY-MM" for monthly values · sex: T both, K women, M men ·
    grouping, group: "" for the whole population · value: in the indicator's unit, never missing ·
    low, high: limits of the publisher's 95 % interval · numerator, denominator: counts, when published.
    No number is larger than `MOST`.
    """
    import pandera.pandas as pa  # slow to import, and only writing and verifying need it

    sized = pa.Check(lambda s: s.abs() <= MOST, error=_SIZE)

    def figure(*checks: pa.Check) -> pa.Column:
        return pa.Column(float, checks=[sized, *checks], nullable=True)

    def text(*checks: pa.Check) -> pa.Column:
        # pandas 2 holds text as objects, pandas 3 as str: the values are checked, not the container
        return pa.Column(checks=[pa.Check(lambda s: s.map(type).eq(str), error="text"), *checks])

    return pa.DataFrameSchema(
        {
            "indicator": text(pa.Check.str_matches(r"^\S+$")),
            "region": text(pa.Check.str_matches(r"^\d{2}(\d{2})?$")),
            "year": pa.Column(int, pa.Check.in_range(FIRST_YEAR, LAST_YEAR)),
            "period": text(pa.Check.str_matches(f"^{PERIOD}$")),
            "sex": text(pa.Check.isin(["T", "K", "M"])),
            "grouping": text(pa.Check.isin(GROUPINGS)),
            "group": text(),
            "value": pa.Column(float, sized, nullable=False),
            "low": figure(),
            "high": figure(),
            "numerator": figure(pa.Check.ge(0)),
            "denominator": figure(pa.Check.ge(0)),
        },
        checks=[
            pa.Check(lambda df: (df["grouping"] == "") == (df["group"] == ""), error="grouping och group följs åt"),
            pa.Check(lambda df: ~(df["low"] > df["value"]) & ~(df["value"] > df["high"]), error="low ≤ value ≤ high"),
        ],
        unique=KEY,
        strict=True,
        ordered=True,
    )


def check_observations(table: pd.DataFrame, where: str) -> pd.DataFrame:
    """`table` when it fits the schema; raises DataError with every fault and its row (from 1) otherwise."""
    import pandera.pandas as pa

    try:
        return observation_schema().validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise DataError(*_faults(error.failure_cases, table, where)) from None


def check_numbers(table: pd.DataFrame, columns: Sequence[str], named: Mapping[str, str], where: str) -> None:
    """Raises DataError with every row that has no number, or an impossible one, in `columns`.

    named: the columns that tell which row it is, each with its Swedish word.
    """
    faults = []
    for column in columns:
        wrong = table[~(table[column].abs() <= MOST)]  # a missing number too
        faults += [
            _impossible(column, value, _called(table, row, named), f"{where}, rad {int(row) + 1}")
            for row, value in zip(wrong.index.to_numpy(), wrong[column], strict=True)
        ]
    if faults:
        raise DataError(*faults)


def _impossible(column: str, value: object, who: str, place: str) -> Fault:
    allowed = f"ändliga tal mellan {number(-MOST)} och {number(MOST)}"
    return Fault(f"{column}: {value!r} ({who}) kan inte vara en uppgift.", place, allowed)


def _called(table: pd.DataFrame, row: int, named: Mapping[str, str]) -> str:
    """What a row is about, in the columns that are there."""
    return ", ".join(f"{word} {table[name][row]}" for name, word in named.items() if name in table)


def _faults(cases: pd.DataFrame, table: pd.DataFrame, where: str) -> list[Fault]:
    """pandera's failure cases, one for each column or row and check, in the order of the rows."""
    import pandas as pd

    # on a column of the wrong type other checks cannot run, and fail with an exception of Python's
    if cases["check"].astype(str).str.startswith("dtype").any():
        cases = cases[~(cases["index"].isna() & cases["failure_case"].astype(str).str.contains(r"^\w+Error\("))]
    cases = cases.copy()
    # a check of whole rows is told once for every column
    rows = (cases["schema_context"] == "DataFrameSchema") & cases["index"].notna()
    cases.loc[rows, "column"] = ""
    cases = cases.drop_duplicates(["column", "check", "index"]).sort_values("index", kind="stable", na_position="first")
    faults = []
    for column, value, check, row in cases[["column", "failure_case", "check", "index"]].itertuples(index=False):
        broken = _WORDS.get(check, f"uppfyller inte {check}")
        place = where if pd.isna(row) else f"{where}, rad {int(row) + 1}"
        if column in NUMBERS and check in (_SIZE, "not_nullable"):
            faults.append(_impossible(column, value, _called(table, row, _NAMED), place))
            continue
        subject = "Raden" if column == "" else f"{column or 'tabellen'}: {value!r}"
        faults.append(Fault(f"{subject} {broken}.", place))
    return faults
