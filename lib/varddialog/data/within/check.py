"""Do values within regions fit: each row by itself, no row twice, and places that are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from varddialog.data.schema import FIRST_YEAR, GROUPINGS, LAST_YEAR, MOST, NUMBERS, PERIOD
from varddialog.data.within.database import PLACE_KEY, names, text
from varddialog.errors import Fault
from varddialog.model.indicator import Indicator
from varddialog.swedish import listing, number, plural

if TYPE_CHECKING:
    import duckdb

# as many rows as are told one by one for each kind of fault; the rest are counted
MOST_TOLD = 20
_EXAMPLES = 3


class _Row(NamedTuple):
    """A row that does not fit. found: what stands in it. of: how many rows of the series have the same fault."""

    check: str
    place: str
    name: str | None
    year: int
    period: str
    sex: str
    group: str
    found: str | None
    of: int

    @property
    def about(self) -> str:
        who = f"{self.name} ({self.place})" if self.name and self.name != self.place else self.place
        return ", ".join(part for part in (who, self.period or str(self.year), self.sex, self.group) if part)


class _Check(NamedTuple):
    """What a row must not be (SQL), what then stands there (SQL), the fault in words, and what is allowed."""

    wrong: str
    found: str
    words: str
    allowed: str = ""


def _checks(regions: Iterable[str]) -> dict[str, _Check]:
    """Every check of single rows (r) and their places (k), by a name of its own."""
    size = f"ändliga tal mellan {number(-MOST)} och {number(MOST)}"
    sized = {
        c: _Check(f'NOT abs(r."{c}") <= {MOST}', f'r."{c}"', f"{c}: {{}} kan inte vara en uppgift", size)
        for c in NUMBERS
    }
    sized["value"] = sized["value"]._replace(wrong=f"coalesce({sized['value'].wrong}, true)")
    counts = {
        f"{c} < 0": _Check(f'r."{c}" < 0', f'r."{c}"', f"{c}: {{}} är mindre än noll")
        for c in ("numerator", "denominator")
    }
    known = ", ".join(map(text, sorted(regions)))
    groupings = ", ".join(map(text, GROUPINGS))
    return (
        sized
        | counts
        | {
            "limits": _Check(
                "r.low > r.value OR r.value > r.high",
                "concat_ws(' ', r.low, r.value, r.high)",
                "low, value, high: {} ligger inte i ordning",
                "low ≤ value ≤ high",
            ),
            "year": _Check(
                f"coalesce(r.year NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}, true)",
                "r.year",
                "year: {} kan inte vara ett år",
                f"{FIRST_YEAR} till {LAST_YEAR}",
            ),
            "period": _Check(
                f"coalesce(NOT regexp_full_match(r.period, {text(PERIOD)}), true)",
                "r.period",
                "period: {} är ingen månad",
                "tomt, eller år och månad som 2025-03",
            ),
            "sex": _Check("coalesce(r.sex NOT IN ('T', 'K', 'M'), true)", "r.sex", "sex: {} är inget kön", "T, K, M"),
            "grouping": _Check(
                f"coalesce(r.grouping NOT IN ({groupings}), true)",
                "r.grouping",
                "grouping: {} är ingen uppdelning",
                listing((g for g in GROUPINGS if g), "eller"),
            ),
            "group": _Check(
                """coalesce((r.grouping = '') <> (r."group" = ''), true)""",
                'r."group"',
                "group: {} följs inte åt med uppdelningen",
            ),
            "place": _Check("k.code IS NULL", "r.place", "{} är ingen kommun eller enhet som källan har beskrivit"),
            "region": _Check(f"k.region NOT IN ({known})", "k.region", "{} är ingen region i params/units.yml"),
        }
    )


def faults(connection: duckdb.DuckDBPyConnection, rows: str, where: str, regions: Sequence[str]) -> list[Fault]:
    """Everything that is wrong with the rows of one series, each row that does not fit and each that comes twice.

    rows: SQL that gives them, in the columns of a snapshot without `region` and `retrieval`. The table `known` holds
    the places. At most `MOST_TOLD` rows are told one by one for each kind of fault.
    """
    checks = _checks(regions)
    found = [
        f"CASE WHEN {c.wrong} THEN {{'name': {text(name)}, 'found': ({c.found})::VARCHAR}} END"
        for name, c in checks.items()
    ]
    query = f"""
        SELECT c.name, place, place_name, year, period, sex, "group", c.found, count(*) OVER (PARTITION BY c.name)
        FROM (SELECT r.*, k.name AS place_name, unnest([{", ".join(found)}]) AS c
              FROM ({rows}) r LEFT JOIN known k ON k.code = r.place)
        WHERE c IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY c.name ORDER BY {names(PLACE_KEY)}) <= {MOST_TOLD}
        ORDER BY {names(PLACE_KEY)}"""
    made = [_Row(*row) for row in connection.execute(query).fetchall()]
    twice = f"""
        SELECT 'twice', place, any_value(k.name), year, period, sex, "group", NULL, count(*) OVER ()
        FROM ({rows}) r LEFT JOIN known k ON k.code = r.place
        GROUP BY {names(PLACE_KEY)} HAVING count(*) > 1
        ORDER BY {names(PLACE_KEY)} LIMIT {MOST_TOLD}"""
    made += [_Row(*row) for row in connection.execute(twice).fetchall()]
    told = [_fault(row, checks, where) for row in made]
    counted = {row.check: row.of for row in made}
    return told + [
        Fault(f"och {plural(of - MOST_TOLD, 'rad', 'rader')} till med samma fel.", where)
        for of in counted.values()
        if of > MOST_TOLD
    ]


def _fault(row: _Row, checks: dict[str, _Check], where: str) -> Fault:
    place = f"{where}, {row.about}"
    if row.check == "twice":
        return Fault("Raden gäller samma observation som en annan rad.", place)
    check = checks[row.check]
    return Fault(f"{check.words.format(row.found or 'tomt')}.", place, check.allowed)


def outside_unit(connection: duckdb.DuckDBPyConnection, rows: str, indicator: Indicator) -> list[str]:
    """In words, how many values the unit of measure does not allow, and the first of them; empty when it allows all."""
    told = []
    unit = indicator.unit
    for word, limit, sign in (("större", unit.high, ">"), ("mindre", unit.low, "<")):
        if limit is None:
            continue
        found = connection.execute(f"""
            SELECT coalesce(k.name, r.place), CASE WHEN r.period = '' THEN r.year::VARCHAR ELSE r.period END, r.value,
                   count(*) OVER ()
            FROM ({rows}) r LEFT JOIN known k ON k.code = r.place WHERE r.value {sign} {limit}
            ORDER BY {names(PLACE_KEY, "r")} LIMIT {_EXAMPLES}""").fetchall()
        if found:
            some = listing(f"{name} {when} ({number(value, 2)})" for name, when, value, _ in found)
            many = plural(found[0][3], "värde är", "värden är")
            told.append(f"Inom regionerna: {many} {word} än {number(limit)} och visas inte, bland annat {some}.")
    return told
