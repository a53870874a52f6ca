"""The five answers, class by class: certain and large enough, or said to be neither."""

from __future__ import annotations

import pytest
from tests.making import REGIONS, RIKET, SKANE, country, observation, remark, results
from tests.making import indicator as make

from varddialog.assessment.assess import assess
from varddialog.assessment.relevance import relevance
from varddialog.assessment.uncertainty import uncertainty

TARGET = {"kind": "minst", "level": 60.0, "issuer": "Socialstyrelsen", "match": "samma"}


def judged(mine=None, nation=50.0, reach=None, remarks=(), unit=SKANE, rows=(), year=2025, **changes):
    """The assessment of one year with an interval `reach` wide on each side; δ is 4.4 by the regions' spread."""
    limits = {} if reach is None else {"low": mine - reach, "high": mine + reach}
    now = [] if mine is None else [*country(year, nation, None), observation(unit.code, year, mine, **limits)]
    return assess(results(make(**changes), unit, [*rows, *now], remarks)[0], [])


def level_of(shown, unit, rows):
    result = results(shown, unit, rows)[0]
    return uncertainty(result.indicator, result.points)


def series(values, first=2016, nation=50.0):
    rows = []
    for year, value in enumerate(values, first):
        rows += country(year, nation, value)
    return rows


def test_the_spread_of_the_made_up_regions_gives_the_relevance_limit():
    found = relevance(results(make(), SKANE, country(2025, 50, 50))[0])
    assert found.limit == pytest.approx(0.5 * 1.4826 * 5, rel=0.25)
    assert found.label == "relativ gräns"
    assert relevance(results(make(relevance=2.0), SKANE, country(2025, 50, 50))[0]).limit == 2.0


@pytest.mark.parametrize(
    ("mine", "reach", "klass", "certainty"),
    [
        (60.0, 8.0, "bättre", "säkerställd"),
        (60.0, 3.0, "bättre", "tydligt säkerställd"),
        (40.0, 8.0, "sämre", "säkerställd"),
        (51.0, 0.5, "i nivå", "säkerställd"),
        (50.0, 1.0, "i nivå", "säkerställd"),
        (52.0, 9.0, "kan ej bedömas", "okänd"),
        (60.0, 12.0, "kan ej bedömas", "okänd"),
    ],
)
def test_against_riket(mine, reach, klass, certainty):
    answer = judged(mine, reach=reach).vs_nation
    assert answer is not None
    assert (answer.klass, answer.certainty) == (klass, certainty)


@pytest.mark.parametrize(("direction", "klass"), [("lower_better", "sämre"), ("none", "högre")])
def test_the_direction_turns_the_class(direction, klass):
    answer = judged(60.0, reach=3.0, direction=direction).vs_nation
    assert answer is not None
    assert answer.klass == klass


def test_small_spread_never_makes_a_level_of_what_is_uncertain():
    """Touching zero is no proof either way: it is «kan ej bedömas», never «i nivå»."""
    answer = judged(55.0, reach=5.0).vs_nation
    assert answer is not None
    assert answer.klass == "kan ej bedömas"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"remarks": [remark("12", 2025)]}, "ifrågasatt"),
        ({"nation": None}, "saknas"),
        ({"year": 2020}, "2020"),
        ({"discontinued": 2025}, "dagens läge"),
        ({"measure": "antal", "direction": "none"}, "Antal"),
    ],
    ids=["flagged", "no nation", "old", "historic", "count"],
)
def test_what_cannot_be_compared_says_why(changes, why):
    answer = judged(60.0, reach=1.0, **changes).vs_nation
    assert answer is not None
    assert answer.klass == "kan ej bedömas"
    assert why in answer.reason


def test_riket_has_no_class_against_itself():
    rows = [*country(2025, 50.0, 55.0)]
    assert assess(results(make(), RIKET, rows)[0], []).vs_nation is None


def test_a_value_alone_with_few_years_is_only_described():
    found = judged(90.0)
    assert found.uncertainty.level == "C"
    assert found.vs_nation is not None
    assert (found.vs_nation.klass, found.vs_nation.certainty) == ("beskrivande", "okänd")


def test_a_long_series_gives_its_own_noise_and_never_certainty():
    noisy = [60, 61, 60, 62, 60, 61, 59, 61, 60, 61]
    found = judged(rows=series(noisy))
    assert found.uncertainty.level == "B"
    assert found.vs_nation is not None
    assert (found.vs_nation.klass, found.vs_nation.certainty) == ("bättre", "skattad ur tidsserien")


def test_overlapping_periods_give_no_noise():
    found = judged(rows=series([60, 61, 60, 62, 60, 61, 59, 61, 60, 61]), period={"kind": "rullande", "years": 4})
    assert found.uncertainty.level == "C"
    assert found.trend is not None
    assert found.trend.klass == "kan ej bedömas"
    assert "rullande" in found.trend.reason


def test_counts_give_level_a_and_samples_a_star():
    counted = [*country(2025, 50, None), observation("12", 2025, 60.0, numerator=600.0, denominator=1000.0)]
    found = level_of(make(), SKANE, counted)
    assert found.level == "A"
    assert found.error == pytest.approx(1.55, abs=0.02)  # √(0.6·0.4/1000) in per cent
    assert level_of(make(sample=True), SKANE, counted).level == "C"
    asked = [*country(2025, 50, None), observation("12", 2025, 60.0, low=58.0, high=62.0)]
    assert level_of(make(sample=True), SKANE, asked).level == "A*"


@pytest.mark.parametrize(
    ("mine", "reach", "klass"),
    [
        (70.0, 5.0, "uppnådd, säkert"),
        (62.0, 5.0, "uppnådd, osäkert"),
        (58.0, 5.0, "ej uppnådd, osäkert"),
        (50.0, 5.0, "ej uppnådd, säkert"),
    ],
)
def test_against_at_least(mine, reach, klass):
    answer = judged(mine, reach=reach, targets=[TARGET]).vs_target
    assert answer is not None
    assert answer.klass == klass
    mirrored = judged(
        120 - mine, reach=reach, targets=[{**TARGET, "kind": "högst"}], direction="lower_better"
    ).vs_target
    assert mirrored is not None
    assert mirrored.klass == klass


@pytest.mark.parametrize(
    ("mine", "klass"),
    [
        (55.0, "under, säkert"),
        (59.5, "under, osäkert"),
        (60.0, "inom, osäkert"),
        (70.0, "inom, säkert"),
        (80.0, "över, osäkert"),
        (85.0, "över, säkert"),
    ],
)
def test_against_an_interval(mine, klass):
    answer = judged(mine, reach=1.0, targets=[{**TARGET, "kind": "intervall", "upper": 80.0}]).vs_target
    assert answer is not None
    assert answer.klass == klass
    assert ("behandling" in answer.reason) == (not klass.startswith("inom"))
    assert answer.certainty == ("inte säkerställd" if "osäkert" in klass else "säkerställd")


@pytest.mark.parametrize(
    ("mine", "klass"),
    [
        (50.0, "ej uppnådd, säkert"),
        (59.5, "ej uppnådd, osäkert"),
        (60.5, "måttlig nivå uppnådd, osäkert"),
        (70.0, "måttlig nivå uppnådd, säkert"),
        (80.5, "hög nivå uppnådd, osäkert"),
        (85.0, "hög nivå uppnådd, säkert"),
    ],
)
def test_against_two_levels_whichever_way_is_better(mine, klass):
    levels = {**TARGET, "kind": "två nivåer", "upper": 80.0}
    answer = judged(mine, reach=1.0, targets=[levels]).vs_target
    assert answer is not None
    assert answer.klass == klass
    mirrored = judged(140 - mine, reach=1.0, targets=[levels], direction="lower_better").vs_target
    assert mirrored is not None
    assert mirrored.klass == klass


def test_without_a_known_uncertainty_no_level_is_certainly_reached():
    for kind, upper in (("minst", None), ("intervall", 90.0), ("två nivåer", 90.0)):
        found = judged(75.0, targets=[{**TARGET, "kind": kind, "upper": upper}])
        assert found.uncertainty.level == "C"
        assert found.vs_target is not None
        assert found.vs_target.klass.endswith(", osäkert")
        assert found.vs_target.certainty == "okänd"


def test_a_direction_level_takes_the_class_of_the_trend():
    levels = [{"kind": "riktning", "issuer": "Socialstyrelsen", "match": "samma"}]
    found = judged(rows=series([50, 53, 56, 59, 62, 65, 68], first=2019), targets=levels)
    assert found.vs_target is not None
    assert found.vs_target == found.trend
    assert found.vs_target.klass == "förbättras"


def test_targets_that_cannot_be_compared():
    assert judged(70.0, reach=5.0).vs_target is None
    for changes in (
        {"targets": [{**TARGET, "match": "annat"}]},
        {"targets": [TARGET], "remarks": [remark("12", 2025)]},
    ):
        answer = judged(70.0, reach=5.0, **changes).vs_target
        assert answer is not None
        assert answer.klass == "kan ej bedömas"
    near = judged(61.0, targets=[TARGET]).vs_target  # level C and nearer than δ
    assert near is not None
    assert near.klass == "kan ej bedömas"


@pytest.mark.parametrize(
    ("values", "direction", "klass"),
    [
        ([50, 53, 56, 59, 62, 65, 68], "higher_better", "förbättras"),
        ([50, 53, 56, 59, 62, 65, 68], "lower_better", "försämras"),
        ([68, 65, 62, 59, 56, 53, 50], "higher_better", "försämras"),
        ([50, 53, 56, 59, 62, 65, 68], "none", "ökar"),
        ([50, 53, 51, 54, 50, 53, 52], "higher_better", "kan ej bedömas"),
        ([50, 50.1, 50.2, 50.3, 50.4, 50.5, 50.6], "higher_better", "kan ej bedömas"),
        ([50, 53, 56, 59], "higher_better", "kan ej bedömas"),
    ],
    ids=["better", "worse", "falling", "neutral", "noise", "too small", "too short"],
)
def test_the_trend(values, direction, klass):
    answer = judged(rows=series(values, first=2026 - len(values)), direction=direction).trend
    assert answer is not None
    assert answer.klass == klass


def test_a_trend_with_known_errors_can_be_unchanged():
    rows = []
    for year in range(2019, 2026):
        rows += [*country(year, 50, None), observation("12", year, 60.0 + year % 2 * 0.1, low=59.8, high=60.4)]
    answer = judged(rows=rows).trend
    assert answer is not None
    assert (answer.klass, answer.certainty) == ("oförändrat", "säkerställd")


def test_a_break_shortens_the_series():
    rows = series([50, 53, 56, 59, 62, 65, 68], first=2019)
    answer = judged(rows=rows, breaks=[{"year": 2023, "reason": "Nytt."}]).trend
    assert answer is not None
    assert answer.klass == "kan ej bedömas"


def test_every_answer_is_exported_with_all_its_parts():
    out = judged(60.0, reach=3.0, targets=[TARGET]).as_dict()
    assert out["region"] == "12"
    for name in ("vs_nation", "vs_target", "trend", "variation", "inequality"):
        assert set(out[name]) == {"class", "certainty", "method", "reason"}
        assert out[name]["reason"].endswith(".")
    assert len(REGIONS) == 12


@pytest.mark.parametrize(
    ("values", "direction", "words"),
    [
        ([30, 33, 36, 39, 42, 45, 48], "higher_better", "närmar sig riket"),
        ([70, 67, 64, 61, 58, 55, 52], "lower_better", "närmar sig riket"),
        ([48, 45, 42, 39, 36, 33, 30], "higher_better", "halkar efter riket"),
        ([52, 55, 58, 61, 64, 67, 70], "higher_better", "drar ifrån riket"),
        ([70, 67, 64, 61, 58, 55, 52], "higher_better", "tappar försprång mot riket"),
        ([50, 53, 50, 53, 50, 53, 50], "higher_better", None),
        ([30, 33, 36, 39, 42], "higher_better", None),
        ([30, 33, 36, 39, 42, 45, 48], "none", None),
    ],
)
def test_the_distance_to_riket_over_time(values, direction, words):
    assert judged(rows=series(values, first=2026 - len(values)), direction=direction).relation == words


@pytest.mark.parametrize("direction", ["higher_better", "lower_better"])
def test_an_uneven_interval_is_used_as_it_is(direction):
    """Riket lies inside the long arm of the publisher's interval, where an even one would leave it out."""
    rows = [*country(2025, 50, None), observation("12", 2025, 58.0, low=49.0, high=60.0)]
    answer = assess(results(make(direction=direction), SKANE, rows)[0], []).vs_nation
    assert answer is not None
    assert answer.klass == "kan ej bedömas"


def test_a_share_near_nought_has_the_limits_of_wilson():
    rows = [*country(2025, 50, None), observation("12", 2025, 1.0, numerator=1.0, denominator=100.0)]
    low, high = level_of(make(), SKANE, rows).limits(1.0) or (0, 0)
    assert (low, high) == (pytest.approx(0.177, abs=0.001), pytest.approx(5.449, abs=0.001))


def test_a_trend_through_the_pandemic_says_so():
    found = [
        judged(rows=series([50, 53, 56, 59, 62, 65, 68], first=2019), kind=kind).trend
        for kind in ("process", "struktur")
    ]
    assert [bool(t and "Pandemiåren 2020–2021 ingår" in t.reason) for t in found] == [True, False]
