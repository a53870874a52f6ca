"""Packs of the real store: every indicator has its place, every sentence is clean, every cell stands alone."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape

from varddialog.assessment.chance import worth_opening_with
from varddialog.errors import UsageError
from varddialog.pack import Pack, open_pack
from varddialog.prose import area, summary
from varddialog.prose import result as say

# large, small, odd, and the one with the faulty value
UNITS = ["Stockholm", "Gotland", "Riket", "Västra Götalandsregionen"]


@pytest.fixture(scope="module", params=[(d, u) for u in UNITS for d in (1, 2, 3, 4)], ids=lambda p: f"{p[1]}-{p[0]}")
def pack(request) -> Pack:
    dimension, unit = request.param
    return open_pack(dimension, unit)


def test_every_indicator_of_the_dimension_has_exactly_one_place(pack):
    for leaf in pack.dimension.leaves():
        content = pack.areas[leaf.slug]
        shown = {r.indicator.id for r in content.results}
        places = [*shown, *(i.id for i in [*content.gaps, *content.missing, *content.split_only, *content.duplicates])]
        assert sorted(places) == sorted(i.id for i in pack.catalogue.areas.get(leaf.slug, ()))


def test_sentences_are_clean_swedish_text(pack):
    said = []
    for result in pack.results:
        said += [say.finding(result), say.place_among_regions(result), say.picture(result), say.direction(result)]
        said += [s for s in (say.development(result), say.published_interval(result), say.state(result)) if s]
        said += [say.reached(t, result) for t in result.targets]
        said += [say.abroad(result.foreign, result)] if result.foreign else []
    said += [summary.group_finding(c) for found in pack.comparisons.values() for c in found]
    for sentence in said:
        assert not re.search(r"\bnan\b|None|  | [.,;]|\.\.|\{|\}", sentence), sentence
        assert sentence == sentence.strip()
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "−", sentence
        assert sentence.endswith((".", ")")), sentence
        assert not re.search(r"\d \d{3}\b(?! )", sentence.replace("\u00a0", "_").replace("EU27", "EU")), sentence
        assert not re.search(r"(?<![\w–])-\d", sentence), sentence  # minus is U+2212


def test_each_area_opens_with_its_paragraph_in_the_report_and_in_a_terminal(pack):
    for leaf in pack.dimension.leaves():
        made, content = pack.area(leaf.slug), pack.areas[leaf.slug]
        if leaf.grouping:
            said = area.of_groups(pack.comparisons[leaf.slug], pack.unit)
        else:
            without = len(content.gaps) + len(content.missing) + len(content.split_only)
            said = area.paragraph(pack.unit, [pack.assessments[r.anchor] for r in content.results], without)
        assert made.text.split("\n")[:2] == [leaf.name, said] if said else made.text.startswith(leaf.name)
        assert ('<p class="omradestext">' in made.html) == bool(said)
        assert escape(said) in made.html


def test_the_lists_that_open_a_report_lead_to_what_the_report_shows(pack):
    opening, glued = pack.summary(), pack.glue().data["highlights"]
    shown = {r.anchor for r in pack.results} | {c.anchor for found in pack.comparisons.values() for c in found}
    shown |= {leaf.slug for leaf in pack.dimension.leaves()}
    addresses = [row["anchor"] for part in glued for row in part["rows"]]
    assert addresses
    assert set(addresses) <= shown
    assert re.findall(r'<li><a href="#([^"]+)">', opening.html) == addresses
    for part in glued:
        for row in part["rows"]:
            assert f"{part['title']}: {row['name']}: {row['text']}" in opening.text.split("\n")


def test_nothing_questioned_historic_or_old_opens_a_report(pack):
    first = worth_opening_with(list(pack.assessments.values()))
    opening = summary.deviations(first, True) + summary.deviations(first, False)
    assert all(a.result and a.result.state == "aktuell" and not a.result.is_flagged for a in opening)
    assert all(a.indicator.turn for a in opening)


def test_no_value_outside_its_unit_is_compared_or_drawn_among_the_regions(pack):
    for result in pack.results:
        limits = result.indicator.unit
        for values in result.regions.values():
            for value in values.values():
                assert limits.low is None or value >= limits.low
                assert limits.high is None or value <= limits.high


@pytest.mark.parametrize("name", ["12", "Skåne", "Region Skåne", "skane", "12-skane"])
def test_any_name_of_a_unit_opens_its_pack(name):
    assert open_pack("halsa-i-befolkningen", name).unit.code == "12"


@pytest.mark.parametrize(
    ("dimension", "region", "cycle"), [(5, "12", "2026-2027"), (1, "Skene", "2026-2027"), (1, "12", "1999")]
)
def test_unknown_names_are_user_errors(dimension, region, cycle):
    with pytest.raises(UsageError):
        open_pack(dimension, region, cycle)
