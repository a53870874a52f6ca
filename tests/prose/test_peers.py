"""The unit among the regions, in words: a rank never stands without its uncertainty."""

from __future__ import annotations

import pytest
from tests.making import REGIONS, SKANE, indicator, observation, results

from varddialog.assessment.assess import assess
from varddialog.assessment.peers import SimilarRegions
from varddialog.model.units import Unit, Units
from varddialog.prose import peers
from varddialog.swedish import NBSP

UNITS = Units([Unit(code=c, name=f"Län {c}", official_name=f"Region {c}") for c in ("00", *REGIONS)])


def one(step=2.0, half: float | None = 1.0, mine=None, nation=60.0, **changes):
    values = {code: 50 + step * i for i, code in enumerate(REGIONS)} | ({} if mine is None else {"12": mine})
    limits = {} if half is None else {"half": half}
    rows = [
        observation(c, 2025, v, **({"low": v - half, "high": v + half} if limits and half else {}))
        for c, v in values.items()
    ]
    return results(indicator(**changes), SKANE, [*rows, observation("00", 2025, nation)])[0]


def plain(text):
    return text.replace(NBSP, " ")


def test_the_rank_stands_with_its_interval():
    assert peers.rank(one(half=5.0)) == "Plats 3 av 12, med osäkerheten inräknad mellan 1 och 5."
    assert peers.rank(one(half=0.1)) == "Plats 3 av 12, också med osäkerheten inräknad."


@pytest.mark.parametrize(
    "changes", [{"half": None}, {"direction": "none"}, {"discontinued": 2025}], ids=["unknown", "neutral", "historic"]
)
def test_without_a_sure_rank_there_is_none(changes):
    assert peers.rank(one(**changes)) == ""


def test_few_near_the_best_are_named_and_many_counted():
    assert peers.near_best(one(half=2.0), UNITS) == "Kan inte skiljas från den bästa: Län 13."
    assert peers.near_best(one(half=0.1), UNITS) == "Alla andra regioner kan skiljas från den bästa."
    many = plain(peers.near_best(one(step=0.1, half=5.0), UNITS))
    assert many == "11 regioner kan inte skiljas från den bästa, däribland Skåne."
    assert peers.near_best(one(half=None), UNITS) == ""


def test_similar_regions_with_their_values_at_the_same_time():
    alike = SimilarRegions(SKANE, 2024, {"01": 0.1, "14": 0.4}, 21)
    assert peers.similar(one(), alike, UNITS) == "Län 01 50,0, Län 14 72,0."
    assert peers.similar(one(discontinued=2025), alike, UNITS) == ""
    assert peers.similar(one(), None, UNITS) == ""


def test_the_distance_in_persons_only_with_counts():
    counted = [
        observation(c, 2025, 10.0 + i, numerator=100.0 + 10 * i, denominator=1000.0) for i, c in enumerate(REGIONS)
    ]
    rows = [*counted, observation("00", 2025, 30.0, numerator=3600.0, denominator=12_000.0)]
    result = results(indicator(), SKANE, rows)[0]
    assert plain(peers.behind(result)) == (
        "Avståndet motsvarar ungefär: till rikets värde 110 personer, till den bästa regionens värde 20 personer."
    )
    assert peers.behind(one()) == ""


def test_an_outlying_region_is_told_so():
    far = assess(one(step=0.1, mine=80.0, nation=50.5), [])
    assert peers.outlying(far).startswith("Avviker från riket även när")
    assert peers.outlying(assess(one(step=0.1, mine=50.5, nation=50.5), [])) == ""
