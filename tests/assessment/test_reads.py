"""What a report reads is complete, and no more than it must be: things are changed one at a time, and packs opened."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from varddialog.assessment.ground import Ground
from varddialog.assessment.material import Material
from varddialog.assessment.reads import reads
from varddialog.batch.fingerprint import Shared
from varddialog.batch.pieces import data, params
from varddialog.batch.plan import Job, plan
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.data.digests import series_digests
from varddialog.data.manifest import Manifest
from varddialog.data.rows import ForeignValue, Observation, RemarkRow
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.pack import opening

Rows = dict[str, list[Observation]]
# asked for most of all, and by no rule of the code under test: the three series that say which regions are alike
ALIKE = ("SCB_FOLKMANGD", "SCB_ANDEL_80", "SCB_UTRIKES_FODDA")


@dataclass(frozen=True)
class World(Store):
    """A store in memory, with the catalogue that it is read by."""

    catalogue: Catalogue = field(kw_only=True)
    rows: Rows = field(kw_only=True)
    remarks_of: dict[str, list[RemarkRow]] = field(kw_only=True)
    abroad: dict[str, list[ForeignValue]] = field(kw_only=True)
    known: Manifest = field(kw_only=True)

    @property
    def manifest(self) -> Manifest:  # type: ignore[override]
        return self.known

    def series(self, indicators: Iterable[str], regions: Iterable[str] | None = None) -> Rows:
        wanted = None if regions is None else set(regions)
        found = {i: [o for o in self.rows.get(i, []) if wanted is None or o.region in wanted] for i in indicators}
        return {i: rows for i, rows in found.items() if rows}

    def remarks_on(self, indicators: Iterable[str]) -> dict[str, list[RemarkRow]]:
        return {i: list(self.remarks_of[i]) for i in indicators if i in self.remarks_of}

    def international(self, series: Iterable[str]) -> dict[str, list[ForeignValue]]:
        return {s: list(self.abroad[s]) for s in series if s in self.abroad}

    # one change at a time, with the digests that the store would be written with

    def with_rows(self, indicator: str, rows: list[Observation]) -> World:
        made = series_digests(rows)
        digests = {"digest": made.whole, "group_digests": made.groups, "by_sex": made.by_sex}
        return replace(self, rows={**self.rows, indicator: rows}, known=self._with_series(indicator, **digests))

    def with_row(self, old: Observation, new: Observation | None) -> World:
        kept = [o if o != old else new for o in self.rows[old.indicator]]
        return self.with_rows(old.indicator, [o for o in kept if o is not None])

    def with_remark(self, indicator: str) -> World:
        first, *rest = self.remarks_of[indicator]
        changed = [first._replace(reason=f"Ändrat skäl: {first.reason}", level="fel"), *rest]
        known = self._with_series(indicator, remarks_digest="ändrad")
        return replace(self, remarks_of={**self.remarks_of, indicator: changed}, known=known)

    def with_day(self, indicator: str) -> World:
        return replace(self, known=self._with_series(indicator, retrieved="2031-05-17"))

    def with_abroad(self, series: str) -> World:
        changed = [v._replace(value=v.value * 2 + 1) for v in self.abroad[series]]
        known = self.known.international[series].model_copy(update={"digest": "ändrad"})
        manifest = self.known.model_copy(update={"international": {**self.known.international, series: known}})
        return replace(self, abroad={**self.abroad, series: changed}, known=manifest)

    def with_definition(self, indicator: Indicator) -> World:
        areas = {
            a: tuple(indicator if i.id == indicator.id else i for i in own) for a, own in self.catalogue.areas.items()
        }
        return replace(self, catalogue=replace(self.catalogue, areas=areas))

    def _with_series(self, indicator: str, **changes: Any) -> Manifest:
        known = self.known.series[indicator].model_copy(update=changes)
        return self.known.model_copy(update={"series": {**self.known.series, indicator: known}})

    def shared(self) -> Shared:
        return Shared(self.catalogue, self.known, {**params(self.catalogue), **data(self.known)})


@pytest.fixture(scope="module")
def world(project: Project, catalogue: Catalogue) -> World:
    store = Store.of(project)
    return World(
        store.folder,
        store.shown,
        catalogue=catalogue,
        rows=store.series(catalogue.indicators),
        remarks_of=store.remarks_on(catalogue.indicators),
        abroad=store.international(store.manifest.international),
        known=store.manifest,
    )


class Reports:
    """Every report of a world: what stands in it, and what its key is made of."""

    def __init__(self, world: World, project: Project) -> None:
        self.world, self.project, self.shared = world, project, world.shared()
        self._ground: Ground | None = None

    def key(self, job: Job) -> tuple[str, str]:
        return self.shared.part(job, "params"), self.shared.part(job, "data")

    def content(self, job: Job, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
        """What every cell of the notebook gives."""
        if self._ground is None:
            material = Material.read(
                self.world.catalogue.indicators.values(), self.world, self.world.catalogue.cycle(job.cycle).newest_year
            )
            self._ground = Ground(self.world.catalogue, self.world, material)
        monkeypatch.setattr(opening, "ground", lambda here, cycle: self._ground)
        pack = opening.open_pack(job.dimension.number, job.unit.code, job.cycle)
        shown = [eval(cell, {"pack": pack}) for cell in cells(job.source)]
        return [(s.html, s.text) if hasattr(s, "html") else s.data for s in shown]


def cells(source: Path) -> list[str]:
    """The cells after the set-up."""
    found = json.loads(source.read_text(encoding="utf-8"))["cells"]
    code = [c for c in found if c["cell_type"] == "code" and not {"parameters", "setup"} & set(c["metadata"]["tags"])]
    return ["".join(c["source"]) for c in code]


@pytest.fixture(scope="module")
def before(world: World, project: Project) -> Reports:
    return Reports(world, project)


@pytest.fixture(scope="module")
def remembered() -> dict[str, list[Any]]:
    """Contents before any change, by job."""
    return {}


@pytest.fixture(scope="module")
def all_jobs(project: Project, catalogue: Catalogue) -> list[Job]:
    return plan(project, catalogue, DEFAULT_CYCLE, project.outputs, catalogue.units.all, catalogue.framework.dimensions)


Check = Callable[..., set[str]]


@pytest.fixture
def check(
    project: Project,
    before: Reports,
    remembered: dict[str, list[Any]],
    all_jobs: list[Job],
    monkeypatch: pytest.MonkeyPatch,
) -> Check:
    """Keys of the jobs that go stale; the contents of the others, for the units named, are what they were.

    shown: a job whose content the change must reach, or nothing would be proved.
    """

    def run(changed: World, units: Iterable[str], shown: str | None = None) -> set[str]:
        after = Reports(changed, project)
        stale = {job.key for job in all_jobs if before.key(job) != after.key(job)}
        chosen = {job.key: job for job in all_jobs if job.unit.code in units}
        for job in chosen.values():
            if job.key in stale and job.key != shown:
                continue
            old = remembered.setdefault(job.key, []) or before.content(job, monkeypatch)
            remembered[job.key] = old
            same = after.content(job, monkeypatch) == old
            if job.key == shown:
                assert not same, f"the change is not seen in {job.key}"
                assert job.key in stale, f"{job.key} shows the change and is thought to be fresh"
            else:
                assert same, f"{job.key} shows the change and is thought to be fresh"
        return stale

    return run


def home(indicator: str, unit: str, catalogue: Catalogue) -> str | None:
    """The report that an indicator belongs to; None for the context."""
    area = catalogue.area_of[indicator]
    dimension = next((d for d in catalogue.framework.dimensions if any(x.slug == area for x in d.leaves())), None)
    return f"{catalogue.units.by_code[unit].folder}/{dimension.notebook}" if dimension else None


def sample(world: World, wanted: Callable[[Observation], bool], count: int, seed: str) -> list[Observation]:
    fit = [o for rows in world.rows.values() for o in rows if wanted(o)]
    assert len(fit) >= count
    return random.Random(seed).sample(fit, count)


KINDS: dict[str, tuple[int, Callable[[Observation, World], bool]]] = {
    "a region": (6, lambda o, w: not o.grouping and o.sex == "T" and o.region != "00"),
    "Riket": (4, lambda o, w: not o.grouping and o.sex == "T" and o.region == "00"),
    "by sex": (4, lambda o, w: not o.grouping and o.sex != "T"),
    "a region's group": (5, lambda o, w: bool(o.grouping) and o.region != "00"),
    "Riket's group": (4, lambda o, w: bool(o.grouping) and o.region == "00"),
    "context": (3, lambda o, w: w.catalogue.area_of[o.indicator] == "kontext" and not o.grouping),
    "context's group": (2, lambda o, w: w.catalogue.area_of[o.indicator] == "kontext" and bool(o.grouping)),
    "with a remark": (
        3,
        lambda o, w: any(r.region == o.region and r.year == o.year for r in w.remarks_of.get(o.indicator, ())),
    ),
    "what another is computed from": (3, lambda o, w: o.indicator in ("N70034", "SCB_FOLKMANGD") and not o.grouping),
    "what makes regions alike": (3, lambda o, w: o.indicator in ALIKE and not o.grouping and o.year >= 2023),
    "the fourth dimension": (3, lambda o, w: w.catalogue.area_of[o.indicator] == "lika-villkor"),
}
CASES = [pytest.param(kind, i, id=f"{kind} {i}") for kind, (count, _) in KINDS.items() for i in range(count)]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "place"), CASES)
def test_whatever_shows_an_observation_goes_stale_with_it(
    world: World, catalogue: Catalogue, check: Check, kind: str, place: int
) -> None:
    count, fits = KINDS[kind]
    o = sample(world, lambda o: fits(o, world), count, kind)[place]
    other = random.Random(f"{kind} {place}").choice([u.code for u in catalogue.units.all if u.code != o.region])
    stale = check(world.with_row(o, o._replace(value=o.value * 1.5 + 7)), {o.region, other})
    assert stale
    spared(o, stale, catalogue)


def spared(o: Observation, stale: set[str], catalogue: Catalogue) -> None:
    """An indicator of one dimension leaves the others alone, but for the fourth; a region's group all other regions."""
    belongs = home(o.indicator, o.region, catalogue)
    if belongs is not None:
        home_notebook, across = belongs.split("/")[1], "4-jamlik-vard-och-halsa"
        others = {d.notebook for d in catalogue.framework.dimensions} - {home_notebook, across}
        computed = {i.derived.denominator for i in catalogue.indicators.values() if i.derived}
        assert o.indicator in computed or not {key for key in stale if key.split("/")[1] in others}
    if o.grouping and o.region != "00":
        assert {key.split("/")[0] for key in stale} == {catalogue.units.by_code[o.region].folder}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_figure_that_its_own_report_shows(world: World, catalogue: Catalogue, check: Check, seed: int) -> None:
    """The way of the test above: that a change is seen in the contents at all."""
    newest = {i: max(o.when for o in rows) for i, rows in world.rows.items()}

    def is_shown(o: Observation) -> bool:
        now = not o.grouping and o.sex == "T" and o.when == newest[o.indicator]
        return now and home(o.indicator, o.region, catalogue) is not None

    o = sample(world, is_shown, 4, "own")[seed]
    check(world.with_row(o, o._replace(value=o.value * 1.5 + 7)), {o.region}, home(o.indicator, o.region, catalogue))


@pytest.mark.slow
@pytest.mark.parametrize("grouped", [False, True])
def test_a_count_that_becomes_small_may_hide_others(
    world: World, catalogue: Catalogue, check: Check, grouped: bool
) -> None:
    counts = {i.id for i in catalogue.indicators.values() if i.measure == "personer"} & world.rows.keys()
    (o,) = sample(world, lambda o: o.indicator in counts and o.region == "09" and bool(o.grouping) == grouped, 1, "few")
    check(world.with_row(o, o._replace(value=3.0)), {"00", "09", "12"})


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_row_that_is_gone(world: World, check: Check, seed: int) -> None:
    o = sample(world, lambda o: bool(o.grouping) == (seed == 0), 3, "gone")[seed]
    assert check(world.with_row(o, None), {"00", o.region, "09"})


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_remark(world: World, catalogue: Catalogue, check: Check, seed: int) -> None:
    indicator = random.Random("remarks").sample(sorted(world.remarks_of), 4)[seed]
    unit = world.remarks_of[indicator][0].region or "12"
    assert check(world.with_remark(indicator), {"00", unit})


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_day_of_retrieval(world: World, check: Check, seed: int) -> None:
    indicator = random.Random("days").sample(sorted(world.rows), 3)[seed]
    assert check(world.with_day(indicator), {"00", "12"})


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_an_international_value(world: World, catalogue: Catalogue, check: Check, seed: int) -> None:
    series = random.Random("abroad").sample(sorted(world.abroad), 3)[seed]
    readers = {i.id for i in catalogue.indicators.values() if i.international and i.international.series == series}
    stale = check(world.with_abroad(series), {"00", "12"})
    assert {key.split("/")[1] for key in stale} == {str(home(i, "00", catalogue)).split("/")[1] for i in readers}


DEFINED = {
    "plain": lambda i, w: not (i.gap or i.derived or i.part or i.duplicate_of) and not w.known.series[i.id].by_sex,
    "by sex": lambda i, w: i.id in w.rows and w.known.series[i.id].by_sex,
    "by group": lambda i, w: i.id in w.rows and bool(w.known.series[i.id].group_digests),
    "a gap": lambda i, w: i.gap is not None,
    "the same as another": lambda i, w: i.duplicate_of is not None,
    "computed": lambda i, w: i.derived is not None,
    "one of a family": lambda i, w: i.part is not None,
    "context": lambda i, w: w.catalogue.area_of[i.id] == "kontext",
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", DEFINED)
def test_a_definition(world: World, catalogue: Catalogue, check: Check, kind: str) -> None:
    fit = [i for i in catalogue.indicators.values() if DEFINED[kind](i, world)]
    i = random.Random(kind).choice(fit)
    changed = i.model_copy(update={"name": f"{i.name} nytt", "definition": "En annan.", "decimals": 2 - i.decimals})
    stale = check(world.with_definition(changed), {"00", "12"}, home(i.id, "12", catalogue))
    belongs = home(i.id, "12", catalogue)
    if kind == "plain" and belongs:
        assert {key.split("/")[1] for key in stale} == {belongs.split("/")[1]}


@pytest.mark.slow
@pytest.mark.parametrize("measure", ["personer", "procent"])
def test_what_is_computed_from_a_series_says_how_its_counts_are_hidden(
    world: World, catalogue: Catalogue, check: Check, measure: str
) -> None:
    i = next(i for i in catalogue.indicators.values() if i.derived)
    assert check(world.with_definition(i.model_copy(update={"derived": None, "measure": measure})), {"00", "12"})


def test_the_digests_of_the_committed_store_are_those_of_its_rows(world: World) -> None:
    for indicator, rows in world.rows.items():
        known, made = world.known.series[indicator], series_digests(rows)
        assert (known.digest, known.group_digests, known.by_sex) == (made.whole, made.groups, made.by_sex)


def test_a_dimension_reads_its_own_indicators_and_the_context_alone(world: World, catalogue: Catalogue) -> None:
    first = catalogue.framework.dimensions[0]
    found = reads(first, catalogue.units.by_code["12"], catalogue, world.known)
    areas = {catalogue.area_of[i] for i in found.definitions}
    assert areas == {leaf.slug for leaf in [*first.leaves(), catalogue.framework.context]}
    assert {code for _, code in found.groups} == {"12"}


def test_what_is_computed_and_what_it_is_computed_from_may_belong_to_two_dimensions(
    world: World, catalogue: Catalogue
) -> None:
    computed = next(i for i in catalogue.indicators.values() if i.derived)
    assert computed.derived
    first, third = catalogue.framework.dimensions[0], catalogue.framework.dimensions[2]
    areas = {area: tuple(i for i in own if i != computed) for area, own in catalogue.areas.items()}
    areas[first.leaves()[0].slug] += (computed,)
    moved, unit = replace(catalogue, areas=areas), catalogue.units.by_code["12"]
    counts = computed.derived.numerator
    assert counts in reads(first, unit, moved, world.known).series
    # whether its small numbers are hidden as counts is said by the one that is computed
    assert computed.id in reads(third, unit, moved, world.known).definitions
    assert computed.id not in reads(third, unit, moved, world.known).series
