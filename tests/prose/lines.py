"""Reads the lists that open a report back, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tests.prose.checker import BEHIND, MOVED, RELATION, missed, moved, relation, trend
from tests.prose.facts import Fact
from tests.publish.reading import NUMBER, value

from varddialog.model.units import Unit
from varddialog.swedish import NBSP

TITLES = ("Bättre än riket", "Sämre än riket", "Utveckling att följa", "Att undersöka vidare")
NATION_TITLES = ("Längst från målnivån", "Störst skillnader mellan regionerna", *TITLES[2:])
OF_SERIES = "osäkerheten skattad ur tidsserien"
FAR = Decimal(2)
Lists = Sequence[tuple[str, Sequence[tuple[str, str, str]]]]


def spread_ends(variation: dict[str, str]) -> str:
    """What is said of whether chance explains the spread of the regions, from the exported answer."""
    if variation["class"] == "ingen säker skillnad":
        return "; skillnaderna är inte större än slumpen kan förklara"
    if variation["class"] == "kan ej bedömas":
        return ", skillnaden är inte prövad"
    assert variation["class"] == "skillnad"
    sure = {"skattad ur tidsserien": f" ({OF_SERIES})", "säkerställd": ""}[variation["certainty"]]
    return f"; regionerna skiljer sig mer än slumpen förklarar{sure}"


class ListReader:
    """The lists of one report. facts: what they may speak of, by address. missing: area → how many have no value."""

    def __init__(self, unit: Unit, facts: dict[str, Fact], missing: dict[str, tuple[str, int]]) -> None:
        self.unit, self.facts, self.missing = unit, facts, missing

    def read(self, lists: Lists) -> int:
        """How many lines there are; AssertionError for the first that is not true."""
        allowed = NATION_TITLES if self.unit.is_nation else TITLES
        titles = [title for title, _ in lists]
        assert titles == [t for t in allowed if t in titles]
        addresses = [anchor for _, rows in lists for _, anchor, _ in rows]
        assert len(addresses) == len(set(addresses)), "an indicator stands twice"
        for title, rows in lists:
            assert 1 <= len(rows) <= 4
            for name, anchor, line in rows:
                if anchor in self.missing:
                    self._hole(title, name, anchor, line)
                    continue
                fact = self.facts[anchor]
                assert name == fact.name
                assert fact.is_today
                assert not fact.is_doubted or title == TITLES[3], name
                self._line(title, fact, line)
        return len(addresses)

    def _line(self, title: str, fact: Fact, line: str) -> None:
        if title in TITLES[:2]:
            self._deviation(title, fact, line)
        elif title == TITLES[2]:
            self._watch(fact, line)
        elif title == NATION_TITLES[1]:
            assert line == fact.span + spread_ends(fact.told["variation"]), (line, fact.span)
        elif title == NATION_TITLES[0]:
            self._target(fact, line)
        else:
            self._study(fact, line)

    def _deviation(self, title: str, fact: Fact, line: str) -> None:
        klass = title.split(" ")[0].lower()
        assert fact.klass("vs_nation") == klass
        assert fact.indicator.turn * fact.gap * (1 if klass == "bättre" else -1) > 0, line
        start = f"{fact.compared}, {fact.certainty('vs_nation', 'skillnad')}"
        now = trend(fact)
        wanted = start + (f"; måttet {now} {fact.course(beside=False)}" if now else "")
        assert line == wanted, (line, wanted)

    def _watch(self, fact: Fact, line: str) -> None:
        if told := re.fullmatch(rf"{MOVED}, (.+)", line):
            moved(fact, told.groups()[:4], beside=True)
            assert told[5] == fact.certainty("trend", "förändring")
            return
        told = re.fullmatch(rf"(?:(förbättras) men )?({RELATION}): (skillnaden .+? \([^)]*\)); (.+), ([^,]+)", line)
        assert told, f"no pattern recognises: {line}"
        assert (told[1] or "") == trend(fact)
        assert told[2] == relation(fact)
        assert not told[1] or told[2] in BEHIND
        assert (told[3], told[4]) == (fact.distance_course, fact.beside), line
        assert told[5] == OF_SERIES

    def _target(self, fact: Fact, line: str) -> None:
        assert fact.missing > 0
        wanted = f"{fact.now}, {fact.target}, {fact.difference(fact.missing)} återstår"
        wanted += f", {fact.certainty('vs_target', 'avstånd')}"
        assert line == wanted, (line, wanted)

    def _study(self, fact: Fact, line: str) -> None:
        if line.endswith("är ifrågasatt och jämförs inte"):
            whose = "värdet" if fact.truth.doubts(fact.indicator, fact.latest) else "rikets värde"
            assert fact.is_doubted
            assert line == f"{fact.now}; {whose} är ifrågasatt och jämförs inte"
        elif line.endswith("men osäkerheten är okänd"):
            assert fact.klass("vs_nation") == "beskrivande"
            assert fact.told["uncertainty_level"] == "C"
            assert fact.distance >= FAR
            wanted = f"{fact.compared}; långt från riket för regionernas spridning, men osäkerheten är okänd"
            assert line == wanted, (line, wanted)
        elif line.startswith("förbättras men är sämre än riket: "):
            assert (trend(fact), fact.klass("vs_nation")) == ("förbättras", "sämre")
            sure = fact.certainty("vs_nation", "skillnad")
            told = line.removeprefix("förbättras men är sämre än riket: ")
            assert told == f"{fact.course(beside=False)}; {fact.compared}, {sure}"
        else:
            assert missed(fact), line
            self._target(fact, line)

    def _hole(self, title: str, name: str, anchor: str, line: str) -> None:
        area, count = self.missing[anchor]
        assert (title, name) == (TITLES[3], area)
        told = re.fullmatch(rf"({NUMBER}){NBSP}mått har uppgift för (andra regioner|regioner) men inte för (.+)", line)
        assert told, f"no pattern recognises: {line}"
        assert value(told[1]) == count == max(n for _, n in self.missing.values())
        where = ("regioner", "riket") if self.unit.is_nation else ("andra regioner", self.unit.name)
        assert (told[2], told[3]) == where
