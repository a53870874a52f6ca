"""The questions of real units: made of the scraps alone, each with evidence that the reports show."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import html5lib
import pytest
from tests.publish.truth import Truth

from varddialog.dialogue.questions import MOST
from varddialog.dialogue.raised import Raised
from varddialog.model.groups import in_sentence
from varddialog.pack import open_pack, open_questions
from varddialog.pack.questions import QuestionsPack
from varddialog.prose.words import figure, period

UNITS = ["00", "09", "14"]
NUMBERS = (1, 2, 3, 4)


@pytest.fixture(scope="module")
def packs():
    return {code: [open_pack(number, code) for number in NUMBERS] for code in UNITS}


def cells(pack: QuestionsPack) -> list[str]:
    return [pack.header().html, pack.questions().html, pack.order().html, json.dumps(pack.glue().data)]


@pytest.mark.parametrize("code", UNITS)
def test_the_same_scraps_give_the_same_questions(packs, code):
    live = open_questions(code)
    # as a notebook carries them
    scraps = [json.loads(json.dumps(pack.glue().data)) for pack in packs[code]]
    raised = tuple(Raised.of(one) for scrap in scraps for one in scrap["raised"])
    assert raised == live.raised
    assert cells(QuestionsPack(live.catalogue, live.unit, live.cycle, raised, live.notes)) == cells(live)
    # and what a scrap raises is what decides
    assert cells(replace(live, raised=raised[: len(raised) // 2])) != cells(live)


def test_every_unit_has_at_most_a_dozen_questions_each_with_a_link_to_what_a_report_shows(catalogue):
    for unit in catalogue.units.all:
        pack = open_questions(unit.code)
        made = pack.chosen.questions
        assert 0 < len(made) <= MOST
        anchors = [e.raised.anchor + e.raised.grouping for q in made for e in q.evidence]
        assert len(anchors) == len(set(anchors))
        assert all(q.evidence for _, q in pack.chosen.of("resultat"))
        assert all(re.search(r"[?]$", text) for text in pack.questions().text.split("\n") if re.match(r"\d+\. ", text))


@pytest.mark.parametrize("code", UNITS)
def test_every_link_leads_to_a_place_in_the_reports(packs, code):
    there = {}
    for pack in packs[code]:
        shown = {r.anchor for r in pack.results} | {c.anchor for found in pack.comparisons.values() for c in found}
        there[f"{pack.dimension.notebook}.html"] = shown | {leaf.slug for leaf in pack.dimension.leaves()}
    html = open_questions(code).questions().html
    links = [link for link in re.findall(r'href="([^"]+)"', html) if not link.startswith(("../", "fokusomrade-"))]
    assert links
    for link in links:
        page, _, anchor = link.partition("#")
        assert anchor in there[page], link


@pytest.mark.parametrize("code", UNITS)
def test_the_page_is_sound_html_with_every_id_once(code):
    pack = open_questions(code)
    html = pack.header().html + pack.questions().html + pack.order().html
    page = f'<!DOCTYPE html><html lang="sv"><head><title>x</title></head><body><main>{html}</main></body></html>'
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("code", UNITS)
def test_evidence_on_groups_and_gaps_is_found_again_in_the_store(packs, project, catalogue, code):
    truth, unit = Truth(project, catalogue), catalogue.units.by_code[code]
    found = [r for pack in packs[code] for r in pack.raised]
    by_sex = [r for r in found if r.kind == "olika mellan grupper" and r.grouping == "kön"]
    assert by_sex
    for r in by_sex:
        indicator = catalogue.indicators[r.indicator]
        for sex, name in (("K", "Kvinnor"), ("M", "Män")):
            now = truth.whole(indicator, code, sex)[r.when]
            assert f"{in_sentence(name, 'kön')} {figure(indicator, now.value)}" in r.text
            assert now.low is not None
        assert f"({period(indicator, r.when)})" in r.text
    for r in (r for r in found if r.kind == "saknar uppgifter" and not r.grouping):
        own = [i for i in catalogue.areas[r.area] if not i.duplicate_of]
        if "inget av områdets" in r.text:
            assert all(i.gap for i in own)
            missing = own
        else:
            missing = [i for i in own if not i.gap and not truth.sexes(i, code)]
            assert unit.name in r.text
        assert re.search(rf"\b{len(missing)}\b", r.text)


def test_the_scrap_tells_how_the_regions_lie_beside_riket_and_nothing_of_it_for_a_region(packs):
    rows = [row for pack in packs["00"] for row in pack.glue().data["results"]]
    spreads = [(row, row["spread"]) for row in rows if row["spread"]]
    assert len(spreads) > 60
    for row, spread in spreads:
        ends = [spread[k] for k in ("low", "lower_quartile", "median", "upper_quartile", "high")]
        assert ends == sorted(ends)
        assert (spread["low"], spread["high"]) == (row["lowest"], row["highest"])
        assert spread["lowest"] is None or spread["lowest"] <= 0 <= spread["highest"]
        assert sum(spread["outlying"].values()) <= row["regions"]
        assert (spread["phi"] is None) == (row["variation"] == "kan ej bedömas")
    assert any(s["outlying"]["worse"] for _, s in spreads)
    assert {row["spread"] for pack in packs["09"] for row in pack.glue().data["results"]} == {None}
