"""What opens a report: only current, judged and unflagged results, most distant first."""

from __future__ import annotations

from dataclasses import replace

from tests.making import RIKET, SKANE, country, indicator, observation, results

from varddialog.assessment.answer import Answer
from varddialog.assessment.assess import assess
from varddialog.assessment.groups import comparisons
from varddialog.prose import summary

KLASSES = ("bättre", "bättre", "sämre", "i nivå")
NBSP = "\u00a0"


def one(name, mine, remarks=(), unit=SKANE, year=2025, **changes):
    changed = indicator(id=name, slug=name.lower(), **changes)
    return results(changed, unit, country(year, 50, mine), remarks, [], 2025)[0]


def test_deviations_keep_to_their_side_and_order_by_size():
    shown = [assess(one(name, mine), []) for name, mine in (("A", 60), ("B", 70), ("C", 30), ("D", 50))]
    judged = [replace(a, vs_nation=Answer(k, "säkerställd", "", "")) for a, k in zip(shown, KLASSES, strict=True)]
    assert [a.indicator.id for a in summary.deviations(judged, better=True)] == ["B", "A"]
    assert [a.indicator.id for a in summary.deviations(judged, better=False)] == ["C"]


def test_only_a_class_puts_a_result_forward():
    described = assess(one("A", 90), [])
    assert described.vs_nation is not None
    assert described.vs_nation.klass == "beskrivande"
    assert summary.deviations([described], better=True) == []


def test_targets_counts_current_comparable_levels_only():
    target = {"kind": "minst", "level": 60.0, "issuer": "Socialstyrelsen", "match": "samma"}
    shown = [
        one("A", 70, targets=[target]),
        one("B", 55, targets=[target]),
        one("C", 70, targets=[target], discontinued=2025),
    ]
    assert summary.targets(shown) == f"Värdet når 1 av 2{NBSP}jämförbara målnivåer."
    assert summary.targets([one("A", 70)]) == ""


def test_coverage_counts_indicators_not_sexes():
    rows = [observation(r, 2025, v, sex=s) for r in ("12", "01") for s, v in (("K", 85.0), ("M", 82.0))]
    both = results(indicator(), SKANE, rows, [], [], 2025)
    assert summary.coverage(both, 0).startswith(f"Rapporten visar 1{NBSP}mått")


def test_for_riket_missed_targets_and_wide_spread_are_put_forward():
    target = {"kind": "minst", "level": 60.0, "issuer": "Socialstyrelsen", "match": "samma"}
    shown = [one("A", 70, unit=RIKET, targets=[target]), one("B", 70, unit=RIKET, targets=[{**target, "level": 90.0}])]
    assert [r.indicator.id for r in summary.farthest_from_target(shown)] == ["B", "A"]
    assert len(summary.widest_spread(shown)) == 2


def test_groups_certain_first_and_never_those_known_to_be_uncertain():
    def comparison(name, low_ends):
        rows = [
            observation("12", 2025, v, sex=s, low=e and v - e, high=e and v + e)
            for (s, v), e in zip((("K", 10.0), ("M", 5.0)), low_ends, strict=True)
        ]
        changed = indicator(id=name, slug=name.lower(), name=name)
        return comparisons([changed], "kön", SKANE, RIKET, {name: [r._replace(indicator=name) for r in rows]})[0]

    unknown, certain, uncertain = comparison("A", (None, None)), comparison("B", (1, 1)), comparison("C", (4, 4))
    assert [c.title for c in summary.widest_gaps([unknown, uncertain, certain])] == ["B", "A"]
    assert "inte säkerställd" in summary.group_finding(uncertain)
    assert summary.group_finding(certain).endswith("Skillnaden är säkerställd.")
    assert "säkerställd" not in summary.group_finding(unknown)
