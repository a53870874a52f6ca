"""What a focus sheet reads is complete and no more than it must be: things are changed one at a time, sheets opened."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.assessment.test_reads import World, cells
from tests.assessment.test_reads import world as real

from varddialog.assessment.ground import Ground
from varddialog.assessment.likeness import LIKENESS
from varddialog.assessment.material import Material
from varddialog.assessment.reads import reads_focus
from varddialog.batch.pieces import data, params
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.data.rows import Observation
from varddialog.pack import opening_focus

__all__ = ["real"]  # a fixture

Sheet = tuple[str, str]  # focus area, code of the unit
# two of the cycle's, and one of what they lack: values by group, computed ones, groups that are indicators of their own
AREAS = ("psykiatri", "kronisk-sjukdom", "uppdelat")
UNITS = ("00", "09", "12")


class Sheets:
    """The focus sheets of a world: what stands in them, and the checksums of what they are said to read."""

    def __init__(self, world: World, notebook: Path) -> None:
        self.world, self.cells = world, cells(notebook)
        self.pieces = {**params(world.catalogue), **data(world.known)}
        self._ground: Ground | None = None

    def key(self, sheet: Sheet) -> list[str | None]:
        area, code = sheet
        known = self.world.catalogue
        read = reads_focus(known.focus_area(area), known.units.by_code[code], known, self.world.known)
        names = [
            *(f"params/mått/{key}" for key in read.definitions),
            *(f"data/{key}" for key in read.series),
            *(f"data/{key}/{region}" for key, region in read.groups),
            *(f"data/{key}/källa" for key in read.sources),
            *(f"data/utlandet/{key}" for key in read.abroad),
        ]
        assert not read.within
        return [f"{name} {self.pieces.get(name)}" for name in names]

    def content(self, sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
        """What every cell of the notebook gives."""
        if self._ground is None:
            known = self.world.catalogue
            newest = known.cycle(DEFAULT_CYCLE).newest_year
            self._ground = Ground(known, self.world, Material.read(known.indicators.values(), self.world, newest))
        monkeypatch.setattr(opening_focus, "ground", lambda here, cycle: self._ground)
        pack = opening_focus.open_focus(*sheet)
        shown = [eval(cell, {"pack": pack}) for cell in self.cells]
        return [(s.html, s.text) if hasattr(s, "html") else s.data for s in shown]


@pytest.fixture(scope="module")
def world(real: World) -> World:
    known = real.catalogue
    own = [i for i in known.indicators.values() if i.id in known.dimension_of and i.duplicate_of is None]
    grouped = [i.id for i in own if "12" in (s.group_digests if (s := real.known.series.get(i.id)) else {})][:3]
    whole = [i.id for i in own if "00" in (s.group_digests if (s := real.known.series.get(i.id)) else {})][-3:]
    others = [next(i.id for i in own if i.derived), *[i.id for i in own if i.part][:2]]
    made = known.focus_area("psykiatri").model_copy(
        update={"slug": "uppdelat", "indicators": list(dict.fromkeys([*grouped, *whole, *others]))}
    )
    areas = {**known.dialogue.focus_areas, made.slug: made}
    return replace(real, catalogue=replace(known, dialogue=replace(known.dialogue, focus_areas=areas)))


@pytest.fixture(scope="module")
def before(world: World, project: Project) -> Sheets:
    return Sheets(world, project.notebooks / "fokusomrade.ipynb")


@pytest.fixture(scope="module")
def remembered() -> dict[Sheet, list[Any]]:
    """Contents before any change."""
    return {}


Check = Callable[[World], tuple[set[Sheet], set[Sheet]]]


@pytest.fixture
def check(
    before: Sheets, remembered: dict[Sheet, list[Any]], project: Project, monkeypatch: pytest.MonkeyPatch
) -> Check:
    """Which sheets go stale and which of them show the change; what shows it without going stale is a fault."""

    def run(changed: World) -> tuple[set[Sheet], set[Sheet]]:
        after = Sheets(changed, project.notebooks / "fokusomrade.ipynb")
        every = [(area, code) for area in AREAS for code in UNITS]
        stale = {sheet for sheet in every if before.key(sheet) != after.key(sheet)}
        shown = set()
        for sheet in every:
            if sheet not in remembered:
                remembered[sheet] = before.content(sheet, monkeypatch)
            if after.content(sheet, monkeypatch) != remembered[sheet]:
                shown.add(sheet)
        assert shown <= stale, f"{shown - stale} show the change and are thought to be fresh"
        return stale, shown

    return run


def of_area(world: World, area: str, wanted: Callable[[Observation], bool], seed: str) -> Observation:
    own = world.catalogue.focus_area(area).indicators
    fit = [o for key in own for o in world.rows.get(key, []) if wanted(o)]
    return random.Random(f"{area} {seed}").choice(fit)


def touched(indicator: str, world: World) -> set[str]:
    """The areas whose sheets are made of it: their own, and what their own are computed from."""
    known = world.catalogue
    parts = {
        i.id: {i.derived.numerator, i.derived.denominator} if i.derived else set() for i in known.indicators.values()
    }
    return {
        area
        for area in AREAS
        if any(indicator == key or indicator in parts[key] for key in known.focus_area(area).indicators)
    }


KINDS: dict[str, Callable[[Observation], bool]] = {
    "a region": lambda o: not o.grouping and o.sex == "T" and o.region == "12",
    "another region": lambda o: not o.grouping and o.sex == "T" and o.region == "05",
    "Riket": lambda o: not o.grouping and o.sex == "T" and o.region == "00",
}


@pytest.mark.slow
@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_of_the_area_makes_every_sheet_of_it_stale_and_no_other(
    world: World,
    check: Check,
    kind: str,
    area: str,
) -> None:
    o = of_area(world, area, KINDS[kind], kind)
    stale, _ = check(world.with_row(o, o._replace(value=o.value * 1.5 + 7)))
    assert {found for found, _ in stale} == touched(o.indicator, world)
    assert len(stale) == len(UNITS) * len(touched(o.indicator, world))


@pytest.mark.slow
@pytest.mark.parametrize("area", AREAS)
def test_the_newest_figure_is_seen(world: World, check: Check, area: str) -> None:
    """The way of the test above: that a change is seen in the contents at all."""
    newest = {key: max(o.when for o in world.rows[key]) for key in world.rows}
    now = of_area(world, area, lambda o: KINDS["a region"](o) and o.when == newest[o.indicator], "now")
    _, shown = check(world.with_row(now, now._replace(value=now.value * 1.5 + 7)))
    assert (area, "12") in shown


@pytest.mark.slow
@pytest.mark.parametrize("region", ["12", "00"])
def test_a_figure_of_a_group_is_read_for_the_unit_and_rikets_for_all(
    world: World,
    check: Check,
    region: str,
) -> None:
    own = [key for area in AREAS for key in world.catalogue.focus_area(area).indicators]
    rows = [o for key in own for o in world.rows.get(key, []) if o.grouping and o.region == region]
    o = random.Random(region).choice(rows)
    stale, _ = check(world.with_row(o, o._replace(value=o.value * 1.5 + 7)))
    readers = UNITS if region == "00" else [code for code in UNITS if code == region]
    assert stale == {(area, code) for area in touched(o.indicator, world) for code in readers}


@pytest.mark.slow
@pytest.mark.parametrize("series", LIKENESS)
def test_what_makes_regions_alike_is_read_for_regions_alone(world: World, check: Check, series: str) -> None:
    latest = max(o.year for o in world.rows[series] if not o.grouping)
    o = next(o for o in world.rows[series] if not o.grouping and o.sex == "T" and o.region == "12" and o.year == latest)
    stale, shown = check(world.with_row(o, o._replace(value=o.value * 0.3)))
    assert stale == {(area, code) for area in AREAS for code in UNITS if code != "00" or area in touched(series, world)}
    assert shown


@pytest.mark.slow
def test_what_belongs_to_no_sheet_leaves_all_as_they_are(world: World, check: Check) -> None:
    elsewhere = [key for key in world.rows if not touched(key, world) and key not in LIKENESS]
    o = random.Random("elsewhere").choice(world.rows[random.Random("series").choice(sorted(elsewhere))])
    assert check(world.with_row(o, o._replace(value=o.value * 1.5 + 7))) == (set(), set())


@pytest.mark.slow
@pytest.mark.parametrize("area", AREAS)
def test_remarks_days_and_definitions(world: World, check: Check, area: str) -> None:
    own = [key for key in world.catalogue.focus_area(area).indicators if key in world.rows]
    chosen = random.Random(area).choice([key for key in own if key in world.remarks_of] or own)
    changes = [world.with_day(chosen)]
    changes += [world.with_remark(chosen)] if chosen in world.remarks_of else []
    changes += [
        world.with_definition(i.model_copy(update={"name": f"{i.name} nytt", "decimals": 2 - i.decimals}))
        for i in [world.catalogue.indicators[chosen]]
    ]
    for changed in changes:
        stale, _ = check(changed)
        assert {found for found, _ in stale} == touched(chosen, world)
    _, shown = check(changes[-1])
    assert (area, "00") in shown or (area, "12") in shown


@pytest.mark.slow
def test_an_international_value_is_read_by_those_who_draw_it(
    world: World,
    check: Check,
) -> None:
    for area in AREAS:
        for key in world.catalogue.focus_area(area).indicators:
            if abroad := world.catalogue.indicators[key].international:
                stale, _ = check(world.with_abroad(abroad.series))
                assert {found for found, _ in stale} >= touched(key, world)
