"""The text of the short report: every sentence read back, what it opens with, and what is said once for all."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from tests.prose.checker import BEHIND, NAMED, RELATION, AreaReader, N, relation, trend
from tests.prose.facts import Fact
from tests.prose.whole import Whole
from tests.publish.reading import value

from varddialog.model.units import Unit
from varddialog.prose import area, short
from varddialog.prose.area import NEUTRAL
from varddialog.prose.evidence import OF_SERIES

SPANS = r"((?:”[^”]+”, från [^()]+ \([^()]*\)(?:, och )?)+)"


class ReportReader(AreaReader):
    """A whole report, whose sentences are an area's and some of its own."""

    def __init__(self, unit: Unit, facts: list[Fact]) -> None:
        super().__init__(unit, facts, 0)
        self.patterns = [
            (rf"{NAMED} ligger långt från riket för regionernas spridning, men osäkerheten är okänd\.", self._far),
            (rf"”([^”]+)” ({RELATION}): (skillnaden .+? \([^)]*\) till .+? \([^)]*\))\.", self._behind),
            (rf"Därnäst kommer {SPANS}\.", self._next),
            *self.patterns,
        ]

    def _far(self, told: re.Match[str]) -> None:
        fact = self.named[told[1]]
        unknown = [f for f in self.facts if f.klass("vs_nation") == "beskrivande" and f.indicator.turn and f.is_today]
        assert told[2] == fact.beside
        assert fact in unknown
        assert fact.distance == max(f.distance for f in unknown if not f.is_doubted) >= 2

    def _behind(self, told: re.Match[str]) -> None:
        fact = self.named[told[1]]
        assert told[2] == relation(fact)
        assert told[2] in BEHIND
        assert trend(fact) == ""
        assert told[3] == fact.distance_course

    def _next(self, told: re.Match[str]) -> None:
        for name, span in re.findall(r"”([^”]+)”, (från [^()]+ \([^()]*\))", told[1]):
            assert span == self.named[name].span


def materials(whole: Whole, unit: Unit) -> list[short.Material]:
    return [short.Material(whole.of(unit, dimension), 1) for dimension in whole.catalogue.framework.dimensions]


def facts(whole: Whole, unit: Unit) -> list[list[Fact]]:
    return [whole.facts(unit, whole.of(unit, dimension)) for dimension in whole.catalogue.framework.dimensions]


def test_every_sentence_on_a_report_is_found_again_in_the_store(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(area, "without_usual", lambda text: text)
    seen = 0
    for unit in whole.catalogue.units.all:
        for material, known in zip(materials(whole, unit), facts(whole, unit), strict=True):
            for paragraph in short.on_report(material, unit):
                said = paragraph.replace("apportens", "mrådets").replace("Rapporten har", "Området har")
                said = said.replace("Rmrådets", "Områdets").replace("rmrådets", "områdets")
                seen += ReportReader(unit, known).read(said)
    assert seen > 22 * 10, "the text has gone silent"


def test_opening_names_what_lies_farthest_on_each_side_and_counts_what_changes(whole: Whole) -> None:
    for unit in whole.catalogue.units.regions:
        said, known = short.opening(materials(whole, unit), unit), facts(whole, unit)
        by_name = {f.name: f for found in known for f in found}
        lists = [title_rows for d in whole.catalogue.framework.dimensions for title_rows in whole.lists(unit, d)[1]]
        better, _, worse = said.partition(", åt det sämre i ")
        for title, part in (("Bättre än riket", better), ("Sämre än riket", worse)):
            listed = {name for heading, rows in lists if heading == title for name, _, _ in rows}
            named = re.findall("”([^”]+)”", part)
            assert set(named) == set(sorted(listed, key=lambda name: -by_name[name].distance)[:3]), (said, title)
        moves = Counter(trend(f) for found in known for f in found if not f.is_doubted)
        told = re.search(rf"Över tid förbättras {N}\xa0värden(?:, medan {N} försämras)?\.$", said)
        assert told, said
        assert [value(n or "0") for n in told.groups()] == [moves["förbättras"], moves["försämras"]]


def test_the_strengths_and_problems_are_lines_of_the_reports(whole: Whole) -> None:
    for unit in whole.catalogue.units.all:
        lists = [rows for d in whole.catalogue.framework.dimensions for _, rows in whole.lists(unit, d)[1]]
        lines = {(name, line.replace(f", {OF_SERIES}", "")) for rows in lists for name, _, line in rows}
        found = short.headlines(materials(whole, unit), unit)
        assert len(found) == 2
        by_name = {f.name: f for known in facts(whole, unit) for f in known}
        for title, rows in found:
            assert len(rows) <= 3
            for result, words in rows:
                if title == short.IMPROVED:  # gathered for Riket, since the reports' lists begin with what gets worse
                    fact = by_name[result.indicator.name]
                    assert trend(fact) == "förbättras"
                    assert words == f"förbättras {fact.course(beside=False)}"
                else:
                    assert (result.indicator.name, words) in lines


def test_what_is_not_judged_is_counted_over_all_reports(whole: Whole) -> None:
    for unit in whole.catalogue.units.all:
        _, last = short.how_sure(materials(whole, unit), unit)
        reader = AreaReader(unit, [], 0)
        reader.facts = [f for found in facts(whole, unit) for f in found]
        unknown, *rest = re.split(r"(?<=\.) (?=För 4\xa0mått saknas ännu)", last)
        assert reader.read(unknown) == 1
        assert rest == [
            "För 4\xa0mått saknas ännu uppgifter; de redovisas sist i varje område. Inget här säger vad något beror på."
        ]


def test_what_is_said_once_for_all_is_left_out_of_the_rest(whole: Whole) -> None:
    unit = whole.catalogue.units.find("Gotland")
    reports = materials(whole, unit)
    text = " ".join(p for report in reports for p in short.on_report(report, unit))
    assert OF_SERIES not in text
    assert NEUTRAL not in text
    assert "Högre och lägre sägs där varken högt eller lågt är i sig bättre." in short.how_sure(reports, unit)[0]
    assert short.USUAL in short.how_sure(reports, unit)[0]


def test_a_unit_without_anything_certain_says_so(whole: Whole) -> None:
    unit = whole.catalogue.units.find("Skåne")
    described = [
        a for a in whole.found[unit.code, 1] if a.result and a.vs_nation and a.vs_nation.klass == "beskrivande"
    ]
    assert described
    still = [short.Material(described)]
    assert short.opening(still, unit).startswith(short.NOTHING)
    assert short.beside_sheet(still[0], unit)[0] == short.NOTHING


def test_a_report_without_any_value_says_so(whole: Whole) -> None:
    for name, where in (("Skåne", "Skåne"), ("Riket", "riket")):
        unit = whole.catalogue.units.find(name)
        assert short.on_report(short.Material([]), unit) == [f"Rapporten har ännu inga uppgifter för {where}."]
