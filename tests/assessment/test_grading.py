"""Grading: the rules as written, what nobody knows is «okänt», and no yardstick is made of what it measures."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.making import REGIONS, RIKET, SKANE, indicator, observation, remark

from varddialog.assessment.grading import (
    Group,
    Split,
    extents,
    grade,
    lower_limit,
    ordered,
    persistence,
    size_score,
    split_of,
    split_of_regions,
    substantial,
    unwarranted,
)
from varddialog.assessment.groups import comparisons
from varddialog.assessment.persons import HIDDEN, Persons
from varddialog.assessment.points import Point
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.results import Country
from varddialog.assessment.uncertainty import Uncertainty
from varddialog.model.grading import Benefit, Consequence, Ethics, GradingFile, Judgement, Need, Preference
from varddialog.model.units import Unit

DELTA, NONE = Relevance(2.0, "relativ gräns"), Relevance(None, "ingen gräns")
LARGEST = {"benefit": "ja", "need": "ja, justerat för behov", "preference": "osannolikt", "ethics": "ja"}
CONSEQUENCES = dict(zip(get_args(Consequence), (0, 1, 2, 3, None), strict=True))
answers = st.tuples(*(st.sampled_from(get_args(a)) for a in (Benefit, Need, Preference, Ethics)))
sizes = st.sampled_from([0, 1, 2, 3, "okänt"])


def judgement(**changes):
    return Judgement.model_validate({"indicator": "T1", "grouping": "kön", "by": "NN", "reason": "Skäl.", **changes})


def made(values=None, errors=0.5, grouping="kön", counts=None, **changes):
    """A split with one point a group; counts: numerator and denominator of each."""
    values = values or {"Kvinnor": 50.0, "Män": 60.0}
    groups = [
        Group(
            name,
            (Point("2025", 2025, v, numerator=(counts or {}).get(name, (None, None))[0],
                   denominator=(counts or {}).get(name, (None, None))[1]),),
            Uncertainty("C" if errors is None else "A", errors),
        )
        for name, v in values.items()
    ]  # fmt: skip
    return Split(indicator(**changes), grouping, SKANE, "2025", tuple(groups))


def row(delta=DELTA, judged=None, **changes):
    found = grade(made(**changes), delta, {judged.key: judged} if judged else None)
    assert found is not None
    return found


# O1-O4


@given(answers)
def test_unwarranted_as_written(parts):
    benefit, need = parts[:2]
    found = unwarranted(*parts)
    likely = parts == ("ja", "ja, justerat för behov", "osannolikt", "ja")
    possible = benefit in ("ja", "delvis") and need.startswith("ja") and not {"nej", "sannolikt"} & set(parts)
    assert (found == "sannolikt") == likely
    assert (found == "möjligt") == (possible and not likely)


@given(answers)
def test_an_unknown_part_is_never_higher_than_possible(parts):
    if "okänt" in parts:
        assert unwarranted(*parts) != "sannolikt"


@pytest.mark.parametrize("changed", [{"need": "nej"}, {"preference": "sannolikt"}, {"ethics": "nej"}])
def test_one_good_explanation_is_enough(changed):
    assert unwarranted(**{**LARGEST, **changed}) == "sannolikt motiverad"


@pytest.mark.parametrize(
    "changed", [{"benefit": "nej"}, {"benefit": "okänt"}, {"need": "ojusterat"}, {"need": "okänt"}]
)
def test_what_is_not_known_is_not_graded(changed):
    assert unwarranted(**{**LARGEST, **changed}) == "kan ej bedömas"


# V1 and V2


@pytest.mark.parametrize(("size", "words"), list(product((0, 1, 2, 3), get_args(Consequence)[:4])))
def test_substantial_as_written(size, words):
    v2 = CONSEQUENCES[words]
    high, middle = size >= 2 and v2 >= 2, (size >= 2 and v2 == 1) or (size == 1 and v2 == 3)
    assert substantial(size, words) == ("hög" if high else "medel" if middle else "låg")


@given(sizes, st.sampled_from(get_args(Consequence)))
def test_an_unknown_part_gives_a_grade_only_when_it_does_not_matter(size, words):
    found = substantial(size, words)
    possible = {
        substantial(s, w)
        for s in ((1, 2, 3) if size == "okänt" else (size,))
        for w in ([w for w in CONSEQUENCES if w != "okänt"] if words == "okänt" else [words])
    }
    assert found == (possible.pop() if len(possible) == 1 else "kan ej bedömas")


def test_no_certain_gap_is_low_whatever_the_consequence():
    assert substantial(0, "okänt") == substantial(0, "död eller bestående skada") == "låg"
    assert substantial(3, "okänt") == "kan ej bedömas"


@pytest.mark.parametrize(
    ("lower", "score"), [(-1, 0), (0, 0), (0.1, 1), (1.9, 1), (2, 2), (4, 2), (4.1, 3), (None, "okänt")]
)
def test_size_by_the_lower_limit(lower, score):
    assert size_score(lower, 2.0) == score


@given(st.floats(-50, 50))
def test_without_a_yardstick_a_size_is_0_or_unknown(lower):
    assert size_score(lower, None) == (0 if lower <= 0 else "okänt")


def test_lower_limit_of_two_groups_is_the_plain_one():
    assert lower_limit(10, 3, 4, 2) == pytest.approx(10 - 1.959964 * 5, abs=1e-4)
    assert lower_limit(10, 3, 4, 5) == pytest.approx(10 - 2.7278 * 5, abs=1e-3)
    assert lower_limit(10, 3, None, 2) is None


def test_groups_alike_seldom_differ_however_many_they_are():
    rng, times = random.Random(3), 4000
    for number in (2, 5, 21):
        drawn = [[rng.gauss(0, 1) for _ in range(number)] for _ in range(times)]
        certain = sum(lower_limit(max(d) - min(d), 1, 1, number) > 0 for d in drawn)
        assert 0.035 < certain / times < 0.065


# the row


def test_the_disadvantaged_group_is_the_worse_by_polarity_and_the_gap_is_above_0():
    high, low = row(), row(direction="lower_better")
    assert (high.disadvantaged, high.advantaged) == ("Kvinnor", "Män")
    assert (low.disadvantaged, low.advantaged) == ("Män", "Kvinnor")
    assert high.gap == low.gap == 10
    assert high.ratio == low.ratio == 1.2
    assert high.size == 3


@pytest.mark.parametrize(
    "changes",
    [{"direction": "none"}, {"measure": "antal"}, {"values": {"Män": 5.0}}, {"values": {"Män": 5.0, "Kvinnor": 5.0}}],
    ids=["neutral", "count", "one group", "no gap"],
)
def test_what_has_no_row(changes):
    assert grade(made(**changes), DELTA) is None


def test_expert_parts_are_never_guessed():
    found = row(judged=judgement(grouping="utbildning", **LARGEST))
    parts = (found.benefit, found.need, found.preference, found.ethics, found.consequence)
    assert parts == ("okänt",) * 5
    assert found.unwarranted == found.substantial == "kan ej bedömas"
    assert found.by is None


def test_what_experts_judged_stands_in_the_row():
    found = row(judged=judgement(consequence="livskvalitet", **LARGEST))
    assert (found.unwarranted, found.substantial) == ("sannolikt", "medel")
    assert (found.by, found.reason) == ("NN", "Skäl.")


def test_unknown_uncertainty_is_a_signal_and_not_graded():
    found = row(judged=judgement(consequence="livskvalitet", **LARGEST), errors=None)
    assert found.is_signal
    assert (found.unwarranted, found.substantial, found.lower) == (None, None, None)


@pytest.mark.parametrize("grouping", ["region", "enhet"])
def test_the_spread_of_the_regions_is_no_yardstick_between_regions(grouping):
    assert row(grouping=grouping).size == "okänt"
    assert row(grouping=grouping).relevance == NONE
    assert row(grouping=grouping, relevance=2.0, delta=Relevance(2.0, "gräns satt av sakkunniga")).size == 3
    assert row(delta=NONE).size == "okänt"


def test_persons_are_those_of_the_disadvantaged_group():
    counts = {"Kvinnor": (500.0, 1000.0), "Män": (1200.0, 2000.0)}
    assert row(counts=counts).persons.count == 100
    assert row(counts=counts, sample=True).persons.count is None
    assert row().persons.count is None


def test_a_small_cell_of_either_group_hides_the_row():
    counts = {"Kvinnor": (500.0, 1000.0), "Män": (3.0, 5.0)}
    found = row(counts=counts)
    assert found.is_hidden
    assert found.persons.reason == HIDDEN
    assert not row().is_hidden


# V3 and V4


@pytest.mark.parametrize(
    ("signs", "same", "score"),
    [
        ("+++++", 5, 3),
        ("-++++", 4, 2),
        ("-+-++", 3, 1),
        ("----+", 1, 0),
        ("-+++++", 5, 3),
        ("+++", 3, 1),
        ("+", 1, None),
    ],
)
def test_the_same_direction_in_the_latest_five(signs, same, score):
    best = {str(2000 + i): 50.0 + (1 if s == "+" else -1) for i, s in enumerate(signs)}
    found = persistence(1, best, dict.fromkeys(best, 50.0))
    assert (found.same, found.score) == (same, score)
    turned = persistence(-1, {w: 100 - v for w, v in best.items()}, dict.fromkeys(best, 50.0))
    assert turned == found


@given(
    st.sampled_from([None, 0.0, 5.0, 90_000.0]),
    st.integers(0, 5),
    st.sampled_from(get_args(Consequence)),
    answers,
)
def test_extent_and_persistence_never_lift_a_class(persons, years, consequence, parts):
    o = dict(zip(("benefit", "need", "preference", "ethics"), parts, strict=True))
    plain = row(judged=judgement(consequence=consequence, **o))
    gaps = {str(2020 + i): 1.0 for i in range(years)}
    changed = replace(plain, persons=Persons(persons), persistence=persistence(1, gaps, dict.fromkeys(gaps, 0.0)))
    assert changed.unwarranted == plain.unwarranted
    assert changed.substantial == plain.substantial


def test_extents_are_tertiles_and_nobody_is_0():
    rows = [row(counts={"Kvinnor": (n / 2, n), "Män": (600.0, 1000.0)}) for n in (9000.0, 1000.0, 5000.0)]
    nobody, unknown = replace(row(), persons=Persons(0.0)), row()
    assert extents([*rows, nobody, unknown]) == [3, 1, 2, 0, None]
    assert extents(rows[:2]) == [None, None]


def test_order_is_by_class_first_and_by_persons_inside_it():
    severe = {**LARGEST, "consequence": "död eller bestående skada"}

    def women(number):
        return {"Kvinnor": (number / 2, number), "Män": (600.0, 1000.0)}

    rows = [
        row(judged=judgement(**severe), errors=None),
        row(judged=judgement(**LARGEST, consequence="livskvalitet"), counts=women(100_000.0)),
        row(judged=judgement(**severe)),
        row(judged=judgement(**severe), counts=women(1000.0)),
        row(judged=judgement(**severe), counts=women(10_000.0)),
    ]
    placed = [rows.index(r) for r in ordered(rows)]
    assert placed == [4, 3, 2, 1, 0]


# where the groups come from


def rows_of(years=range(2016, 2026), **women):
    rows = [observation("12", y, 60 + y % 3, sex="M") for y in years]
    return rows + [observation("12", y, 50 - y % 2, sex="K", **women) for y in years]


def by_sex(rows, remarks=(), shown=None):
    shown = shown or indicator()
    (found,) = comparisons([shown], "kön", SKANE, RIKET, {"T1": list(rows)})
    return split_of(found, rows, remarks)


def test_a_comparison_gets_errors_and_history():
    found = grade(by_sex(rows_of()), DELTA)
    assert (found.level, found.label) == ("B", "osäkerhet skattad ur tidsserien")
    assert found.persistence.score == 3
    assert list(found.persistence.gaps) == ["2021", "2022", "2023", "2024", "2025"]
    assert grade(by_sex(rows_of(range(2023, 2026))), DELTA).is_signal


def test_the_less_certain_group_sets_the_level():
    rows = rows_of()
    exact = [r._replace(low=r.value - 1, high=r.value + 1) if r.sex == "K" else r for r in rows]
    assert grade(by_sex(exact), DELTA).level == "B"
    both = [r._replace(low=r.value - 1, high=r.value + 1) for r in rows]
    assert grade(by_sex(both), DELTA).level == "A"
    assert grade(by_sex(both, shown=indicator(sample=True)), DELTA).level == "A*"


@pytest.mark.parametrize("flagged", [remark("12", 2025, sex="K"), remark("", 2025)])
def test_questioned_values_are_left_out(flagged):
    split = by_sex(rows_of(), [flagged])
    assert "Kvinnor" in split.missing
    assert grade(split, DELTA) is None
    assert by_sex(rows_of(), [flagged._replace(level="upplysning")]).missing == ()


def test_a_group_on_few_persons_is_missing():
    rows = [r._replace(numerator=r.value * 0.2, denominator=20.0) if r.sex == "K" else r for r in rows_of()]
    assert by_sex(rows).missing == ("Kvinnor",)


def test_groups_of_a_family_of_indicators():
    parts = [
        indicator(id=i, slug=i.lower(), part={"family": "Vaccination", "grouping": "kön", "group": g})
        for i, g in (("T1", "flickor"), ("T2", "pojkar"))
    ]
    rows = [observation("12", 2025, 87), observation("12", 2025, 82, indicator="T2")]
    (found,) = comparisons(parts, "kön", SKANE, RIKET, {"T1": rows[:1], "T2": rows[1:]})
    split = split_of(found, rows, parts={"T1": "Flickor", "T2": "Pojkar"})
    assert [g.name for g in split.groups] == ["Flickor", "Pojkar"]


def test_regions_as_groups_of_riket():
    rows = [observation(c, 2025, 50 + i, low=49 + i, high=51 + i) for i, c in enumerate(REGIONS)]
    rows = [r for r in rows if r.region != "04"] + [observation("04", 2024, 10)]
    whole = Country(indicator(), rows, [], [])
    units = [Unit(code=c, name=f"Län {c}", official_name=c) for c in REGIONS]
    split = split_of_regions([r for u in units for r in whole.results(u, 2025)], RIKET, "2025")
    assert split.missing == ("Län 04",)
    found = grade(split, DELTA)
    assert (found.disadvantaged, found.advantaged, found.gap) == ("Län 01", "Län 14", 11)
    assert found.unit == RIKET


# the experts' file


def test_the_file_takes_the_words_of_the_method_and_no_others():
    entry = {"indicator": "T1", "grouping": "kön", "by": "NN", "reason": "Skäl."}
    found = GradingFile.model_validate({"judgements": [{**entry, "benefit": "delvis"}]})
    assert found.by_key[("T1", "kön")].benefit == "delvis"
    assert found.by_key[("T1", "kön")].ethics == "okänt"
    faulty = [{"benefit": "kanske"}, {"by": ""}, {"extra": 1}, {"grouping": "ort"}, {"consequence": 2}]
    for change in faulty:
        with pytest.raises(ValidationError):
            GradingFile.model_validate({"judgements": [{**entry, **change}]})
    for missing in ("by", "reason"):
        with pytest.raises(ValidationError):
            GradingFile.model_validate({"judgements": [{k: v for k, v in entry.items() if k != missing}]})


def test_an_indicator_and_grouping_is_judged_once():
    with pytest.raises(ValidationError, match="T1 efter kön"):
        GradingFile(judgements=[judgement(), judgement(benefit="ja")])
    GradingFile(judgements=[judgement(), judgement(grouping="utbildning")])
