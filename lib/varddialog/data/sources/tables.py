"""A table of PxWeb as its metadata tells it, and what a query asks of it, checked code by code."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from varddialog.errors import Fault, SourceError
from varddialog.model.live import Sexes, TableQuery
from varddialog.swedish import did_you_mean, fold, number

# texts of codes that are about one sex alone
_ABOUT = {"K": re.compile(r"\b(kvinn|flick)"), "M": re.compile(r"\b(man\b|manlig|pojk)")}
_SHOWN = 8


class Misfit(SourceError):
    """The query asks for what the table does not have: other queries may fit their tables."""


@dataclass(frozen=True)
class Variable:
    """values: code → text, in the table's own order. eliminable: may be left out, and is then summed or totalled."""

    code: str
    values: Mapping[str, str]
    eliminable: bool


@dataclass(frozen=True)
class Table:
    """name: path or id, as the query writes it."""

    name: str
    title: str
    variables: Mapping[str, Variable]


@dataclass(frozen=True)
class Asked:
    """What is asked of one table.

    codes: variable → codes in the table's order, all that a row is made of. regions: the table's code → county code.
    years: code of a period → its last year. sexes: code → T, K or M. groups: code → group. slots: code → value, low,
    high or count. part, whole: codes of the share. absent: regions that the table does not have.
    """

    query: TableQuery
    table: Table
    codes: Mapping[str, Sequence[str]]
    regions: Mapping[str, str]
    years: Mapping[str, int]
    sexes: Mapping[str, str]
    groups: Mapping[str, str]
    slots: Mapping[str, str]
    part: frozenset[str]
    whole: frozenset[str]
    absent: Sequence[str]

    @property
    def only_sex(self) -> str:
        """The sex that every row is about, in a table that is not split by it."""
        return "T" if self.query.sex is None or isinstance(self.query.sex, Sexes) else self.query.sex

    def blocks(self, limit: int) -> Iterator[dict[str, Sequence[str]]]:
        """The codes in pieces of at most `limit` cells: by period, then by region, so that every sum stays whole."""
        time, region = self.query.time, self.query.region
        places = self.codes[region] if region else [""]
        rest = math.prod(len(codes) for variable, codes in self.codes.items() if variable not in (time, region))
        fits = limit // rest
        if not fits:
            raise _misfit(
                self.table, f"en period för en region är {number(rest)} celler, och högst {number(limit)} får hämtas"
            )
        together = max(fits // len(places), 1)
        for periods in _pieces(self.codes[time], together):
            for some in _pieces(places, len(places) if fits >= len(places) else fits):
                yield {**self.codes, time: periods, **({region: some} if region else {})}


def asked(query: TableQuery, table: Table, regions: Sequence[str]) -> Asked:
    """What the query asks of the table. Raises Misfit when the table lacks a variable or a code of it."""
    codes: dict[str, list[str]] = {name: _expand(table, name, wanted) for name, wanted in query.select.items()}
    found_regions, absent = _regions(query, table, regions)
    if query.region:
        codes[query.region] = list(found_regions)
    years = _years(query, table)
    codes[query.time] = list(years)
    sexes = _sexes(query.sex, table) if isinstance(query.sex, Sexes) else {}
    if isinstance(query.sex, Sexes):
        codes[query.sex.variable] = list(sexes)
    slots: dict[str, str] = {}
    if (i := query.interval) is not None:
        named = {"value": i.value, "low": i.low, "high": i.high, "count": i.count}
        slots = {_code(table, i.variable, code): slot for slot, code in named.items() if code}
        codes[i.variable] = _ordered(table, i.variable, slots)
    groups: dict[str, str] = {}
    if (g := query.groups) is not None:
        groups = {_code(table, g.variable, code): group for code, group in g.codes.items()}
        codes[g.variable] = _ordered(table, g.variable, groups)
    part: list[str] = []
    whole: list[str] = []
    if (share := query.share) is not None:
        part, whole = _expand(table, share.variable, share.part), _expand(table, share.variable, share.whole)
        codes[share.variable] = _ordered(table, share.variable, {*part, *whole})
    codes |= _unasked(table, codes)
    return Asked(
        query, table, codes, found_regions, years, sexes, groups, slots, frozenset(part), frozenset(whole), absent
    )


def _regions(query: TableQuery, table: Table, regions: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The table's code → county code, in the table's order, and the counties that it does not have."""
    if query.region is None:
        return {}, []
    spelt = {query.regions.get(county, query.region_code.replace("{}", county)): county for county in regions}
    had = _variable(table, query.region).values
    found = {code: spelt[code] for code in had if code in spelt}
    if not found:
        raise _misfit(table, f"variabeln «{query.region}» har ingen av koderna {_shown(dict.fromkeys(spelt, ''))}")
    return found, [county for code, county in spelt.items() if code not in found]


def _years(query: TableQuery, table: Table) -> dict[str, int]:
    """Code of a period → its last year, for the periods that the query takes."""
    found: dict[str, int] = {}
    for code, text in _variable(table, query.time).values.items():
        year = re.fullmatch(r"(?:\d{4}\s*[-\u2013/]\s*)?(\d{4})", text.strip())
        if year is None:
            raise _misfit(table, f"perioden «{text}» i «{query.time}» är varken ett år eller flera")
        if (query.first or 0) <= int(year[1]) <= (query.last or 9999):
            found[code] = int(year[1])
    if not found:
        raise _misfit(table, f"inga perioder från {query.first or 'början'} till {query.last or 'slutet'} finns")
    return found


def _sexes(sex: Sexes, table: Table) -> dict[str, str]:
    """Code → T, K or M. Raises Misfit when the table's own text tells that a code is about the other sex."""
    named = (("T", sex.T), ("K", sex.K), ("M", sex.M))
    spelt = {_code(table, sex.variable, code): letter for letter, code in named if code}
    found = _ordered(table, sex.variable, spelt)
    for code in found:
        text = table.variables[sex.variable].values[code]
        about = {letter for letter, words in _ABOUT.items() if words.search(fold(text))}
        if about and about != (set(_ABOUT) if spelt[code] == "T" else {spelt[code]}):
            raise _misfit(
                table, f"koden «{code}» i «{sex.variable}» heter «{text}», men frågan läser den som {spelt[code]}"
            )
    return {code: spelt[code] for code in found}


def _unasked(table: Table, codes: Mapping[str, object]) -> dict[str, list[str]]:
    """Variables that the query does not name: those with one code get it, those that can be left out are."""
    found = {}
    for name, variable in table.variables.items():
        if name in codes or variable.eliminable:
            continue
        if len(variable.values) > 1:
            has = _shown(variable.values)
            raise _misfit(table, f"variabeln «{name}» måste väljas, och frågan väljer ingenting i den. Den har {has}")
        found[name] = list(variable.values)
    return found


def _expand(table: Table, name: str, wanted: Sequence[str]) -> list[str]:
    """The codes of a variable that are asked for, `a..b` written out, in the table's own order."""
    order = list(_variable(table, name).values)
    found: set[str] = set()
    for code in wanted:
        first, dots, last = code.partition("..")
        ends = [code] if code in order or not dots else [first, last]
        start, stop = (order.index(_code(table, name, end)) for end in (ends[0], ends[-1]))
        if stop < start:
            raise _misfit(table, f"i variabeln «{name}» står {last} före {first}")
        found |= set(order[start : stop + 1])
    return _ordered(table, name, found)


def _code(table: Table, name: str, wanted: str) -> str:
    """The code itself, or the one whose text that is."""
    values = _variable(table, name).values
    if wanted in values:
        return wanted
    found = [code for code, text in values.items() if text.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise _misfit(table, f"i variabeln «{name}» heter flera koder «{wanted}»: {', '.join(found)}")
    hint = did_you_mean(wanted, [*values, *values.values()])
    raise _misfit(table, f"variabeln «{name}» har inte koden «{wanted}», men {_shown(values)}", hint)


def _ordered(table: Table, name: str, codes: Collection[str]) -> list[str]:
    return [code for code in table.variables[name].values if code in codes]


def _variable(table: Table, name: str) -> Variable:
    if name not in table.variables:
        had = list(table.variables)
        raise _misfit(
            table, f"ingen variabel heter «{name}»; de som finns är {', '.join(had)}", did_you_mean(name, had)
        )
    return table.variables[name]


def _shown(values: Mapping[str, str]) -> str:
    """Some codes with their texts."""
    some = [f"{code} ({text})" if text not in ("", code) else code for code, text in list(values.items())[:_SHOWN]]
    return ", ".join(some) + (f" med flera, {number(len(values))} koder" if len(values) > _SHOWN else "")


def _pieces(codes: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(codes), most):
        yield codes[start : start + most]


def _misfit(table: Table, what: str, hint: str = "") -> Misfit:
    todo = " ".join(filter(None, [hint, "Rätta frågan i params."]))
    return Misfit(Fault(f"Frågan passar inte tabellen: {what}.", table.name, todo=todo))
