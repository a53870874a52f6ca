"""From an empty store, every series with a live source is rebuilt, and the reports made from it are the same."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from tests.data.sources.conftest import clean_network
from tests.data.update.serving import serving

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.data.changes import Change, changes
from varddialog.data.manifest import Origin, Retrieval
from varddialog.data.schema import COLUMNS, RETRIEVAL
from varddialog.data.store import Store
from varddialog.data.update.gather import Where
from varddialog.data.update.merge import empty_population
from varddialog.data.update.plan import live_queries
from varddialog.data.update.run import Ask, Outcome, update
from varddialog.data.verify import verify
from varddialog.data.write import Content, write_content
from varddialog.model.catalogue import Catalogue
from varddialog.pack import Pack, open_pack

pytestmark = pytest.mark.slow

DAY, LATER = dt.date(2026, 11, 26), dt.date(2026, 12, 26)
# an unchanged update asks little more than whether anything is new
MOST_REQUESTS = 60


@dataclass(frozen=True)
class Rebuilt:
    """A project whose store was fetched, the update that did it, the next one, and how many requests that was."""

    project: Project
    first: Outcome
    second: Outcome
    requests: int


@pytest.fixture(scope="module")
def embedded(project: Project) -> Store:
    """The figures that came with the project, whatever has been fetched since."""
    return Store(project.stores, "data/store")


@pytest.fixture(scope="module")
def rebuilt(
    project: Project, embedded: Store, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rebuilt]:
    here = _empty(project, tmp_path_factory.mktemp("rebuilt"))
    with pytest.MonkeyPatch.context() as patched:
        clean_network(patched)
        with serving(embedded, catalogue, patched) as servers:
            ask = Ask(where=Where(here.cache / "http"))
            first = update(here, catalogue, ask, DAY, lambda _: None)
            before = sum(len(server.seen) for server in servers.values())
            second = update(here, catalogue, ask, LATER, lambda _: None)
            asked = sum(len(server.seen) for server in servers.values()) - before
        yield Rebuilt(here, first, second, asked)


def _empty(project: Project, root: Path) -> Project:
    """A project with the same params and no store."""
    shutil.copytree(project.params, root / "params")
    return Project(root.resolve())


@pytest.fixture(scope="module")
def differences(rebuilt: Rebuilt, embedded: Store) -> list[Change]:
    return changes(embedded, Store.of(rebuilt.project))


def computed(catalogue: Catalogue) -> set[str]:
    """Series that the project computes from counts, with more decimals than the embedded figures have."""
    return {i.id for i in catalogue.indicators.values() if i.live and i.is_computed}


def test_no_source_fails_and_no_row_is_refused(rebuilt: Rebuilt) -> None:
    for answer in rebuilt.first.answers.values():
        assert (answer.api, answer.error, answer.doubted) == (answer.api, None, None)
    assert rebuilt.first.faults == []


def test_every_series_with_a_live_source_and_embedded_figures_is_rebuilt(
    rebuilt: Rebuilt, embedded: Store, catalogue: Catalogue
) -> None:
    live = set(live_queries(catalogue))
    before, after = embedded.manifest, Store.of(rebuilt.project).manifest
    assert set(after.series) == live & set(before.series)
    assert set(after.international) == live & set(before.international)
    verify(Store.of(rebuilt.project), catalogue)


def test_what_has_no_source_is_lacking_with_the_reason(rebuilt: Rebuilt, embedded: Store, catalogue: Catalogue) -> None:
    manifest = Store.of(rebuilt.project).manifest
    without = {*embedded.manifest.series, *embedded.manifest.international} - set(live_queries(catalogue))
    assert set(manifest.lacking) <= without
    assert {i for i in catalogue.indicators if i in without and not catalogue.indicators[i].gap} <= set(
        manifest.lacking
    )


def test_only_what_has_no_source_is_gone_and_nothing_is_new(differences: list[Change], catalogue: Catalogue) -> None:
    live = live_queries(catalogue)
    assert [c for c in differences if c.kind == "ny"] == []
    assert {c.series for c in differences if c.kind == "försvunnen"} & set(live) == set()


def test_only_computed_shares_differ_and_those_by_rounding_alone(
    differences: list[Change], catalogue: Catalogue
) -> None:
    revised = [c for c in differences if c.kind == "ändrad"]
    assert {c.series for c in revised} <= computed(catalogue)
    for c in revised:
        assert c.before is not None
        assert c.after is not None
        assert c.before == pytest.approx(c.after, abs=0.0051), c


def test_an_unchanged_update_asks_little_and_changes_nothing(rebuilt: Rebuilt) -> None:
    second = rebuilt.second
    assert (second.snapshot, second.changes, second.faults) == (None, [], [])
    assert [answer.error for answer in second.answers.values() if answer.error] == []
    assert rebuilt.requests <= MOST_REQUESTS


# the reports


@pytest.fixture(scope="module")
def restricted(
    project: Project,
    rebuilt: Rebuilt,
    embedded: Store,
    catalogue: Catalogue,
    tmp_path_factory: pytest.TempPathFactory,
) -> Project:
    """A project with the embedded figures of the series that were rebuilt, as if fetched the same day."""
    here = _empty(project, tmp_path_factory.mktemp("restricted"))
    here.stores.mkdir(parents=True)
    fetched = Store.of(rebuilt.project)
    own, abroad = fetched.manifest.series, fetched.manifest.international
    exact = computed(catalogue)  # with as many decimals as they were fetched with
    rows = pd.concat(
        [
            embedded.observations(indicators=set(own) - exact, columns=COLUMNS),
            fetched.observations(indicators=exact, columns=COLUMNS),
        ],
        ignore_index=True,
    )
    countries = embedded.table_of_countries()

    def origins(series: dict[str, Origin], day: str) -> dict[str, Origin]:
        return {key: Origin(**one.origin.model_dump() | {"retrieved": day}) for key, one in series.items()}  # type: ignore[attr-defined]

    content = Content(
        rows.assign(**{RETRIEVAL: 1}),
        origins({key: embedded.manifest.series[key] for key in own}, DAY.isoformat()),
        countries[countries["series"].isin(list(abroad))],
        origins({key: embedded.manifest.international[key] for key in abroad}, DAY.isoformat()),
        empty_population(),
        {"1": Retrieval(day=DAY.isoformat(), source="prov")},
        fetched.manifest.lacking,
    )
    write_content(content, here.stores, catalogue)
    return here


def pieces(pack: Pack) -> dict[str, str]:
    """Every piece of the report, by name."""
    made = {"style": pack.style(), "header": pack.header(), "summary": pack.summary(), "overview": pack.overview()}
    made |= {leaf.slug: pack.area(leaf.slug) for leaf in pack.dimension.leaves()}
    if pack.comparisons:
        made["grading"] = pack.grading()
    if pack.dimension.with_context:
        made["context"] = pack.context()
    found = {name: piece.html for name, piece in (made | {"method": pack.method()}).items()}
    return found | {"glue": repr(pack.glue().data)}


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
@pytest.mark.parametrize("region", ["09", "00"], ids=["Gotland", "Riket"])
def test_a_report_from_fetched_figures_is_the_same_as_from_the_embedded_ones(
    rebuilt: Rebuilt, restricted: Project, monkeypatch: pytest.MonkeyPatch, region: str, dimension: int
) -> None:
    made = []
    for here in (rebuilt.project, restricted):
        monkeypatch.setenv(ROOT_VARIABLE, str(here.root))
        made.append(pieces(open_pack(dimension, region)))
    fetched, embedded = made
    assert list(fetched) == list(embedded)
    for name, piece in fetched.items():
        assert piece == embedded[name], name
