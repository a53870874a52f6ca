"""Where figures are fetched, as params/ says it, and what the figures of a store change in the catalogue."""

from __future__ import annotations

import re
import shutil

import pytest
from tests.making import years_alone
from tests.model.broken import INDICATOR, faults_of, replace

from varddialog.config import Project
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.model.indicator import Indicator

# where figures are fetched: each fault on its line; «more» begins on the 15th
FETCHED = [
    ("    live: {api: kolada, kpi: N00945}", 15, "live: ska vara en lista"),
    ("    live:\n      - kpi: N00945", 16, "live.0: fältet som säger vilket slag det är saknas"),
    ("    live:\n      - api: kolda\n        kpi: N00945", 16, "«kolda» är inte ett tillåtet värde"),
    ("    live:\n      - api: kolda\n        kpi: N00945", 16, "Menade du «kolada»?"),
    ("    live:\n      - api: kolada", 16, "live.0.kpi: fältet saknas"),
    ("    live:\n      - api: kolada\n        kpi: n00945", 17, "live.0.kpi: «n00945» har fel form"),
    ("    live:\n      - api: kolada\n        kpi: N00945\n        within: [kommun]", 18, "'kommuner', 'enheter'"),
    ("    live:\n      - api: kolada\n        kpi: N00945\n        withn: []", 18, "Menade du «within»?"),
    ("    live:\n      - api: scb\n        table: T\n        first: 1900", 18, "first: 1900 är utanför gränsen"),
    ("    live:\n      - api: scb\n        table: T\n        regions: {1: A}", 18, "regions"),
    ("    live:\n      - api: scb\n        table: T\n        sex: B", 18, "live.0.sex: «B» är inte ett tillåtet värde"),
    ("    live:\n      - api: scb\n        table: T\n        select: {Tid: ['2024']}", 16, "Tid väljs två gånger"),
    (
        "    live:\n      - api: scb\n        table: T\n        share: {variable: A, part: [], whole: ['1']}",
        18,
        "share.part: listan är tom",
    ),
    (
        "    live:\n      - api: fohm\n        table: T\n"
        "        groups: {grouping: yrke, variable: A, codes: {'1': B}}",
        18,
        "«yrke» är inte ett tillåtet värde",
    ),
    (
        "    live:\n      - {api: kolada, kpi: N00945}\n      - {api: scb, table: T}",
        3,
        "frågorna i «live» går alla till samma källa",
    ),
    ("    compare:\n      - api: kolda", 16, "«kolda» är inte ett tillåtet värde"),
    ("    compare:\n      - api: scb\n        tabell: T", 17, "Menade du «table»?"),
]


@pytest.mark.parametrize(("more", "line", "words"), FETCHED, ids=lambda value: str(value)[:60])
def test_faults_in_where_figures_are_fetched(params_copy: Project, more: str, line: int, words: str) -> None:
    values = {"direction": "lower_better", "period": "år", "principles": "[1]", "more": more}
    path = params_copy.params / "indicators" / "2-tillganglighet.yml"
    path.write_text(INDICATOR.format(**values), encoding="utf-8")
    found = [fault for fault in faults_of(params_copy) if words in fault]
    assert found
    assert {fault.partition(": ")[0] for fault in found} == {f"params/indicators/2-tillganglighet.yml:{line}"}


def test_figures_may_be_compared_with_several_sources(params_copy: Project) -> None:
    more = "    live: [{api: scb, table: A}, {api: scb, table: B}]\n"
    more += "    compare: [{api: kolada, kpi: N00945}, {api: fohm, table: C}]"
    values = {"direction": "lower_better", "period": "år", "principles": "[1]", "more": more}
    for refers in ("themes.yml", "focus-areas", "arenas"):  # to indicators that are gone
        path = params_copy.params / refers
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    years_alone(params_copy.params)
    path = params_copy.params / "indicators" / "2-tillganglighet.yml"
    path.write_text(INDICATOR.format(**values), encoding="utf-8")
    indicator = load_catalogue(params_copy).indicators["X1"]
    assert [query.api for query in indicator.live] == ["scb", "scb"]
    assert [query.api for query in indicator.compare] == ["kolada", "fohm"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  - id: EU_NURSES", "  - id: EU_PHYSICIANS", "serien EU_PHYSICIANS står två gånger"),
        ("    publisher: Eurostat hlth_sha11_hc", "    publisher: ''", "series.0.publisher: texten är tom"),
        ("    unit: PPS per inhabitant, current health expenditure\n", "", "series.0.unit: fältet saknas"),
        ("      - api: eurostat", "      - api: eurostatt", "Menade du «eurostat»?"),
        ("        dataset: hlth_sha11_hc", "        data: hlth_sha11_hc", "series.0.live.0.dataset: fältet saknas"),
        ("        select: { freq: A, unit: PPS_HAB", "        select: { freq: [A], unit: PPS_HAB", "ska vara text"),
        ("series:", "serier:", "Menade du «series»?"),
    ],
)
def test_faults_in_the_international_series(params_copy: Project, old: str, new: str, words: str) -> None:
    path = params_copy.params / "international.yml"
    text = path.read_text(encoding="utf-8")
    replace(path, old, new)
    found = [fault for fault in faults_of(params_copy) if words in fault]
    assert found
    for fault in found:
        line = re.match(r"params/international\.yml:(\d+): ", fault)
        assert line
        assert int(line[1]) <= text.count("\n", 0, text.index(old)) + 2


# beside the figures of a store


def test_what_has_figures_after_its_last_year_goes_on(catalogue: Catalogue) -> None:
    ended = next(i for i in catalogue.indicators.values() if i.discontinued and i.live)
    assert ended.discontinued is not None

    def beside(last: int) -> Indicator:
        return catalogue.with_figures({ended.id: last}, {}).indicators[ended.id]

    assert beside(ended.discontinued) == ended
    assert beside(ended.discontinued + 1).discontinued is None


def test_only_what_is_fetched_is_changed_by_what_a_store_has(catalogue: Catalogue) -> None:
    years = dict.fromkeys(catalogue.indicators, 2100)
    found = catalogue.with_figures(years, {}).indicators
    for name, indicator in catalogue.indicators.items():
        if not indicator.live:
            assert found[name] == indicator
        else:
            assert found[name].gap is None
            assert ("mätbar" in found[name].exceptions) == ("mätbar" in indicator.exceptions and not indicator.gap)


def test_what_is_lacking_is_a_gap_whatever_else_is_said_of_it(catalogue: Catalogue) -> None:
    found = catalogue.with_figures({}, dict.fromkeys(catalogue.indicators, "Gick inte.")).indicators
    assert {i.gap.missing for i in found.values() if i.gap} == {"Gick inte."}
    assert all(i.gap and i.gap.holder == i.source.publisher for i in found.values())
    assert catalogue.with_figures({}, {}).indicators == catalogue.indicators
