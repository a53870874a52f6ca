"""Every sentence on every indicator and every opening count of the whole country, found again in the store."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.prose.facts import Fact
from tests.prose.whole import Whole
from tests.publish.reading import NUMBER, PERIOD, value
from tests.publish.report import covers
from tests.publish.truth import side_of

from varddialog.assessment.chance import flags
from varddialog.assessment.results import Result
from varddialog.prose import answers, summary
from varddialog.prose import result as say
from varddialog.swedish import NBSP

N = rf"({NUMBER})"


def cards(whole: Whole) -> Iterator[tuple[Result, Fact]]:
    for unit in whole.catalogue.units.all:
        for dimension in whole.catalogue.framework.dimensions:
            there = whole.of(unit, dimension)
            for assessment, fact in zip(there, whole.facts(unit, there), strict=True):
                assert assessment.result
                yield assessment.result, fact


def test_findings(whole: Whole) -> None:
    for result, fact in cards(whole):
        said = say.finding(result)
        told = re.fullmatch(
            rf"(?:Index )?{N}(?:{NBSP}([^,]+?))? ({PERIOD})"
            rf"(?:, (samma värde som)|, {N}(?:{NBSP}([^,]+))? (högre|lägre|fler|färre) än)?"
            r"(?: i riket)?\.(?: (Värdet är ifrågasatt och jämförs inte\.|Uppgift för riket saknas för samma tid\.))?",
            said,
        )
        assert told, said
        assert told[1] == fact.plain(fact.latest.value), said
        assert (told[2] or "") in fact.indicator.unit.label, said
        assert told[3] == covers(fact.indicator, fact.latest.when), said
        nation = fact.nation(fact.latest.when)
        alone = fact.region == "00" or fact.indicator.is_count
        why = "Värdet är ifrågasatt och jämförs inte." if fact.is_doubted else None
        if not why and nation is None and not alone:
            why = "Uppgift för riket saknas för samma tid."
        assert told[8] == why, said
        if alone or why:
            assert (told[4], told[5]) == (None, None), said
            continue
        assert bool(told[4]) == (fact.gap == 0), said
        if told[5]:
            assert f"{told[5]}{NBSP}{told[6]}" == fact.difference(float(fact.gap)), said
            assert told[7] == side_of(fact.indicator, float(fact.gap)), said


def test_developments(whole: Whole) -> None:
    for result, fact in cards(whole):
        said, known = say.development(result), fact.comparable
        if len(known) < 3:
            assert said == ""
            continue
        (first, last), indicator = (known[0], known[-1]), fact.indicator
        start, end = (f"{fact.plain(o.value)} ({covers(indicator, o.when)})" for o in (first, last))
        wanted = f"Från {start} till {end}{' (löpande priser)' if indicator.prices == 'löpande' else ''}."
        nations = [fact.nation(o.when) for o in (first, last)]
        sound = [n for n in nations if n is not None and not fact.truth.doubts(indicator, n)]
        if len(sound) == 2 and fact.region != "00":
            wanted += f" Riket: från {fact.plain(sound[0].value)} till {fact.plain(sound[1].value)}."
        assert said == wanted


def test_places_among_the_regions(whole: Whole) -> None:
    for result, fact in cards(whole):
        said, values = say.place_among_regions(result), sorted(fact.regions_now)
        if fact.indicator.is_count:
            assert said.startswith("Antal följer")
            continue
        everyone = [fact.truth.whole(fact.indicator, u.code, fact.sex) for u in whole.catalogue.units.regions]
        doubted = sum(fact.latest.when in s for s in everyone) - len(values)
        told = re.fullmatch(
            rf"Regionerna: {N}(?:–| till ){N}, median {N}(?: \({N} av 21 regioner har uppgift\))?\."
            rf"(?: {N}{NBSP}ifrågasatta? värden? är inte med\.)?",
            said,
        )
        if told is None:
            assert len(values) < 3, said
            wanted = f"Endast {len(values)} av 21" if values else "Uppgifter per region saknas."
            assert said.startswith("Regionernas värden jämförs inte." if doubted else wanted), said
            continue
        middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
        assert [told[1], told[2], told[3]] == [fact.plain(v) for v in (values[0], values[-1], middle)], said
        assert value(told[4] or "21") == len(values) + doubted, said
        assert value(told[5] or "0") == doubted, said


def test_the_best_in_the_country(whole: Whole) -> None:
    named = 0
    for result, fact in cards(whole):
        said = say.best_in_country(result, whole.catalogue.units)
        values = {}
        for unit in whole.catalogue.units.regions:
            o = fact.truth.whole(fact.indicator, unit.code, fact.sex).get(fact.latest.when)
            small = o is not None and o.denominator is not None and o.denominator < 30
            if o is not None and not small and not fact.truth.doubts(fact.indicator, o):
                values[unit.name] = o.value
        turn = fact.indicator.turn
        silent = not turn or fact.indicator.is_count or len(values) < 10 or not fact.is_today or fact.is_doubted
        assert bool(said) != silent, (fact.name, said)
        if silent:
            continue
        named += 1
        order = sorted(values.values(), key=lambda v: -turn * v)
        best = [name for name, v in values.items() if v == order[0]]
        told = re.fullmatch(rf"(.+?), ([^,]*{N}[^.]*.*)\. Medelvärdet för den bästa fjärdedelen: {N}\.", said)
        assert told, said
        quarter = order[: len(order) // 4]
        half = 0.5 * 10**-fact.indicator.decimals
        assert float(value(told[4])) == pytest.approx(sum(quarter) / len(quarter), abs=half * 1.000001), said
        assert f", {fact.shown(order[0]).removesuffix('.')}. " in said, said
        assert (said.startswith(f"{len(best)} regioner")) if len(best) > 3 else all(name in said for name in best), said
    assert named > 500


def test_target_levels(whole: Whole) -> None:
    for result, fact in cards(whole):
        for found in result.targets[:1]:
            target, said = fact.indicator.targets[0], say.reached(found, result)
            year = f", {target.year}" if target.year else ""
            written = fact.target.replace(" för ett närliggande mått", "").removeprefix("målnivån ")
            assert say.level(found, result) == f"{written} ({target.issuer}{year})"
            near = " Målnivån gäller ett närliggande mått." if target.match == "närliggande" else ""
            if fact.truth.doubts(fact.indicator, fact.latest):
                assert said.startswith("Kan inte jämföras med målnivån.")
            elif fact.missing <= 0:
                assert said.startswith(f"Värdet når målnivån.{near}")
            else:
                left = fact.difference(fact.missing)
                assert said.startswith(f"Värdet når inte målnivån, {left} återstår.{near}"), said


def test_the_opening_counts(whole: Whole) -> None:
    for unit in whole.catalogue.units.all:
        for dimension in whole.catalogue.framework.dimensions:
            there = whole.of(unit, dimension)
            facts, results = whole.facts(unit, there), [a.result for a in there if a.result]
            old = {f.indicator.id for f in facts if not f.is_today}
            said = summary.coverage(results, 0)
            told = re.fullmatch(rf"Rapporten visar {N}{NBSP}mått med uppgifter(?:, varav {N} är äldre [^.]+)?\.", said)
            assert told, said
            assert (value(told[1]), value(told[2] or "0")) == (len({f.indicator.id for f in facts}), len(old)), said
            levels = [f for f in facts if f.indicator.targets and f.is_today]
            sound = [f.missing <= 0 for f in levels if not f.truth.doubts(f.indicator, f.latest)]
            few = "jämförbar målnivå" if len(sound) == 1 else "jämförbara målnivåer"
            wanted = f"Värdet når {sum(sound)} av {len(sound)}{NBSP}{few}." if sound else ""
            assert summary.targets(results) == wanted
            _deviations(answers.chance(flags(there)), facts)


def _deviations(said: str, facts: list[Fact]) -> None:
    """Tested, found and expected by chance; what is found lies between the classes that need it and those that may."""
    reasons = [(f.klass("vs_nation"), (f.told["vs_nation"] or {}).get("reason", "")) for f in facts]
    differs = sum(k in ("bättre", "sämre", "högre", "lägre") for k, _ in reasons)
    level = sum(k == "i nivå" for k, _ in reasons)
    unsure = sum(why.endswith("för osäker för att bedömas.") for _, why in reasons)
    told = re.fullmatch(
        rf"Av {N}{NBSP}prövade? jämförelser? med riket avviker {N}; av slumpen ensam väntas omkring {N}\.", said
    )
    if told is None:
        assert said.startswith("Inget mått har uppgifter")
        assert differs + level + unsure == 0
        return
    tested = differs + level + unsure
    assert value(told[1]) == tested, said
    assert differs <= value(told[2]) <= differs + level, said
    half = 0.5 if tested >= 20 else 0.05
    assert float(value(told[3])) == pytest.approx(tested / 20, abs=half * 1.000001), said
