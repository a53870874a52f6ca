"""The sentences of a focus sheet, told again from the figures: who is best and worst, and how many lack a value."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from varddialog.assessment.answer import Class
from varddialog.assessment.ground import Ground, ground
from varddialog.assessment.groups import comparisons
from varddialog.assessment.results import Result
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.dialogue.focus import Beside, Stands
from varddialog.model.units import Units
from varddialog.pack import FocusPack, open_focus
from varddialog.pack.content import AreaContent
from varddialog.prose import focus as say

UNITS = ["00", "01", "09", "12", "13", "20", "25"]


@pytest.fixture(scope="module")
def on(project: Project) -> Ground:
    return ground(project, DEFAULT_CYCLE)


@pytest.fixture(scope="module")
def units(on: Ground) -> Units:
    return on.catalogue.units


@pytest.fixture(scope="module")
def sheets(on: Ground) -> list[FocusPack]:
    """All focus areas for some of the units: Riket, large and small regions, one in two collaboration regions."""
    return [open_focus(area, code) for area in on.catalogue.dialogue.focus_areas for code in UNITS]


def best_and_worst(row: Beside, codes: list[str]) -> str:
    """Told from the values themselves, as printed."""
    turn, places = row.result.indicator.turn, row.result.indicator.decimals
    there = row.result.regions[row.result.latest.when]
    them = [turn * round(there[c], places) for c in codes if c in there]
    mine = turn * round(row.result.latest.value, places)
    if not turn or len(them) < 2:
        return ""
    best, worst = all(mine >= v for v in them), all(mine <= v for v in them)
    return "bäst" if best and not worst else "sämst" if worst and not best else "mellan"


@pytest.mark.slow
def test_best_and_worst_among_similar_regions_are_counted_right_in_every_sheet(
    on: Ground, sheets: list[FocusPack]
) -> None:
    seen = Counter[str]()
    for pack in sheets:
        if pack.unit.is_nation:
            continue
        assert pack.similar
        codes = list(pack.similar.codes)
        found = Counter(place for row in pack.beside if (place := best_and_worst(row, codes)))
        said = say.in_company(pack.unit, pack.beside, codes, "de andra", on.catalogue.units).replace("\u00a0", " ")
        if not found:
            assert not said
            continue
        assert said.startswith("Bland de andra (")
        assert f" har {pack.unit.name} " in said
        assert re.search(rf"\b{sum(found.values())} mått\b", said)
        for place in ("bäst", "sämst"):
            told = re.search(rf"{place}(?: värde)? i (\d+|inget)", said)
            number = 0 if told is None or told[1] == "inget" else int(told[1])
            assert number == found[place], said
            seen[place] += number
    assert min(seen["bäst"], seen["sämst"]) > 30


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 0, 0), ""),
        ((1, 0, 0), "1 av fokusområdets 9 mått saknar värde för Gotland: inga öppna uppgifter finns."),
        ((0, 2, 0), "2 av fokusområdets 9 mått saknar värde för Gotland: uppgifter finns för andra regioner men inte"),
        ((2, 1, 3), "2 har inga öppna uppgifter, 1 har uppgift bara för andra regioner och 3 finns bara uppdelat på"),
    ],
)
def test_what_lacks_a_value_is_counted_with_the_reason(on: Ground, counts: tuple[int, int, int], words: str) -> None:
    some = list(on.catalogue.indicators.values())
    gaps, missing, split_only = (some[:count] for count in counts)
    said = say.without(on.catalogue.units.by_code["09"], gaps, missing, split_only, 9).replace("\u00a0", " ")
    assert words in said
    assert bool(said) == bool(words)


def of_nation(on: Ground, indicator: str) -> Result:
    return on.material.results(on.catalogue.indicators[indicator], on.catalogue.units.nation)[0]


def test_for_riket_the_most_on_each_side_is_named_with_its_count(on: Ground, units: Units) -> None:
    codes = [u.code for u in units.regions]

    def row(indicator: str, better: int, worse: int) -> Stands:
        classes: dict[str, Class] = dict.fromkeys(codes, "kan ej bedömas")
        classes |= dict.fromkeys(codes[:better], "bättre")
        classes |= dict.fromkeys(codes[len(codes) - worse :], "sämre")
        return Stands(of_nation(on, indicator), classes)

    rows = [row("N79173", 1, 4), row("N79179", 3, 0)]
    first, often = (text.replace("\u00a0", " ") for text in say.where_regions_stand(rows, units))
    assert first == (
        "Flest regioner är bättre än riket i ”Telefonsamtal till primärvården besvarade samma dag” (3 av 21 regioner), "
        "och sämre än riket i ”Medicinsk bedömning i primärvården inom tre dagar” (4 av 21 regioner)."
    )
    assert often == "Oftast bättre än riket är Stockholm (i 2 av 2 bedömda mått)."  # four share the other place
    assert say.where_regions_stand([row("N79173", 0, 0)], units) == []
    assert say.where_regions_stand([], units) == []


def test_the_best_region_is_often_best_only_from_three_on(on: Ground, units: Units) -> None:
    skane = units.by_code["12"]
    results = AreaContent.of(on.catalogue.areas["tillganglighet"], skane, on.material).results
    best = [r for r in results if r.state == "aktuell" and r.field.values]
    tops = Counter(
        code
        for r in best
        for code, v in r.field.values.items()
        if v == max(r.field.values.values(), key=lambda value: r.indicator.turn * value)
    )
    most = max(tops.values())
    assert most >= 3
    said = say.best_in_country(results, skane, units).replace("\u00a0", " ")
    for code in [c for c, n in tops.items() if n == most]:
        assert units.by_code[code].name in said
    assert f"({most} av {len(best)} mått" in said
    assert "Oftast" not in say.best_in_country(best[:1], skane, units)
    assert say.best_in_country([], skane, units) == ""


def test_groups_of_the_whole_country_are_said_to_be_so(on: Ground, units: Units) -> None:
    catalogue, nation, gotland = on.catalogue, units.nation, units.by_code["09"]
    split = [catalogue.indicators[key] for key in on.material.countries if key in catalogue.dimension_of]
    rows = {i.id: on.material.sound(i, nation) for i in split}
    found = [c for c in comparisons(split, "kön", nation, nation, rows) if c.indicator.discontinued is None][:2]
    assert len(found) == 2
    own = [replace(c, unit=gotland) for c in found]
    assert "hela landet" not in say.of_groups(own, gotland)
    assert "hela landet" not in say.of_groups(found, nation)
    assert say.of_groups(found, gotland).startswith("Uppgifterna finns inte för Gotland; det som visas gäller hela")
    mixed = say.of_groups([found[0], *own[1:]], gotland)
    assert "1 av jämförelserna gäller hela landet, eftersom uppgifter för Gotland saknas" in mixed
    assert say.of_groups([], gotland) == ""
