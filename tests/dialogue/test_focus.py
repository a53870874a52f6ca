"""What a focus sheet compares: places as printed, classes region by region, what is raised, lessons that meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from varddialog.assessment.assess import assess_all
from varddialog.assessment.ground import Ground, ground
from varddialog.assessment.results import Result
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.dialogue.focus import Beside, beside, in_turn, lessons, stands
from varddialog.dialogue.raised import KINDS
from varddialog.dialogue.rounds import Round, Statement
from varddialog.pack.content import AreaContent

BETTER_HIGH, BETTER_LOW, NEUTRAL = "higher_better", "lower_better", "none"


@pytest.fixture(scope="module")
def on(project: Project) -> Ground:
    return ground(project, DEFAULT_CYCLE)


@pytest.fixture(scope="module")
def value(on: Ground) -> Callable[..., Result]:
    """A value of Skåne with one decimal, of a direction."""
    indicator = on.catalogue.indicators["N79173"]
    real = on.material.results(indicator, on.catalogue.units.by_code["12"])[0]

    def made(latest: float, direction: str) -> Result:
        changed = indicator.model_copy(update={"direction": direction, "decimals": 1})
        return replace(real, indicator=changed, points=(*real.points[:-1], replace(real.latest, value=latest)))

    return made


@pytest.mark.parametrize(
    ("mine", "direction", "others", "place"),
    [
        (9.0, BETTER_HIGH, {"01": 5.0, "03": 8.0}, "bäst"),
        (9.0, BETTER_LOW, {"01": 5.0, "03": 8.0}, "sämst"),
        (6.0, BETTER_HIGH, {"01": 5.0, "03": 8.0}, "mellan"),
        (8.04, BETTER_HIGH, {"01": 5.0, "03": 7.96}, "bäst"),  # 8,0 and 8,0 as they are printed
        (5.0, BETTER_HIGH, {"01": 5.0, "03": 5.0}, "mellan"),  # all alike
        (9.0, NEUTRAL, {"01": 5.0, "03": 8.0}, ""),
        (9.0, BETTER_HIGH, {"01": 5.0}, ""),  # one other is no company
    ],
)
def test_a_value_is_best_or_worst_as_it_is_printed(
    value: Callable[..., Result], mine: float, direction: str, others: dict[str, float], place: str
) -> None:
    row = Beside(value(mine, direction), {**others, "25": 99.0})
    assert row.place(others) == place


def test_only_values_of_the_same_time_stand_beside_each_other(on: Ground) -> None:
    skane = on.catalogue.units.by_code["12"]
    results = AreaContent.of(on.catalogue.areas["tillganglighet"], skane, on.material).results
    rows = beside(results, [u.code for u in on.catalogue.units.regions])
    assert rows
    for row in rows:
        assert "12" not in row.others
        assert row.others == {c: v for c, v in row.result.regions[row.result.latest.when].items() if c != "12"}
        assert row.result.state == "aktuell"
        assert not row.result.is_flagged
    left_out = {r.anchor for r in results} - {row.result.anchor for row in rows}
    assert left_out == {r.anchor for r in results if r.state != "aktuell" or r.is_flagged or r.indicator.is_count}


def test_regions_stand_as_their_own_reports_assess_them(on: Ground) -> None:
    units, own = on.catalogue.units, list(on.catalogue.areas["medicinska-resultat"])
    nation = AreaContent.of(own, units.nation, on.material).results
    rows = stands(nation, units, on.material)
    assert len(rows) > 5
    for unit in units.regions:
        known = {a.result.anchor: a for a in assess_all(own, unit, on.material) if a.result}
        for row in rows:
            a = known.get(row.result.anchor)
            same = a is not None and a.result is not None and a.result.latest.when == row.result.latest.when
            assert (unit.code in row.classes) == same
            if same and a and a.vs_nation:
                assert row.classes[unit.code] == a.vs_nation.klass


def test_what_is_raised_takes_turns_by_kind_and_names_a_value_once(on: Ground) -> None:
    unit = on.catalogue.units.by_code["09"]
    own = [i for d in on.catalogue.framework.dimensions[:3] for i in on.catalogue.of_dimension(d)]
    found = in_turn(assess_all(own, unit, on.material), on.catalogue.area_of, 10)
    anchors = [raised.anchor for raised, _ in found]
    assert len(found) == 10 == len(set(anchors))
    assert len({raised.kind for raised, _ in found[:3]}) == 3
    order = [KINDS.index(raised.kind) for raised, _ in found]
    assert order[:3] == sorted(order[:3])
    weights = [raised.weight for raised, _ in found if raised.kind == "sämre än riket"]
    assert weights == sorted(weights, reverse=True)
    assert all(a.result and a.result.anchor == raised.anchor for raised, a in found)
    assert in_turn([], on.catalogue.area_of, 4) == []


def test_lessons_meet_by_theme_or_indicator_and_never_come_from_oneself(on: Ground) -> None:
    catalogue = on.catalogue
    focus = catalogue.dialogue.focus_areas["psykiatri"]
    elsewhere = next(t for t in catalogue.dialogue.themes.values() if t.slug not in focus.themes and not t.indicators)

    def said(unit: str, theme: str, *indicators: str) -> Statement:
        return Statement(f"{unit}{theme}", unit, "regionen", "chef", theme, "lärdom", "Så här.", indicators=indicators)

    by_theme, by_indicator = said("01", focus.themes[0]), said("09", elsewhere.slug, focus.indicators[0])
    neither, of_south = said("03", elsewhere.slug), said("sodra", focus.themes[0])
    given = [(Round("tillganglighet", "2023-2024"), s) for s in (by_theme, by_indicator, neither, of_south)]

    def met(code: str) -> list[Statement]:
        return [found.statement for found in lessons(focus, catalogue.units.by_code[code], given, {}, catalogue)]

    assert met("00") == [by_theme, by_indicator, of_south]
    assert met("01") == [by_indicator, of_south]
    assert met("12") == [by_theme, by_indicator]  # Skåne belongs to Södra
