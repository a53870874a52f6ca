"""What calls for collaboration: points by the rules that the page tells, in the order that it tells."""

from __future__ import annotations

from typing import Any

import pytest

from varddialog.dialogue.national import Signs, by_region, calls, fields
from varddialog.model.catalogue import Catalogue

AREA, NUMBER = "tillganglighet", 2
REGIONS = ("01", "03", "04", "05", "12", "13")


def row(anchor: str, **changes: Any) -> dict[str, Any]:
    plain = {"indicator": anchor, "anchor": anchor, "area": AREA, "state": "aktuell", "flagged": False}
    return {**plain, "trend": None, "vs_target": None, **changes}


def raised(anchor: str, kind: str, **changes: Any) -> dict[str, Any]:
    plain = {"kind": kind, "dimension": NUMBER, "area": AREA, "indicator": anchor, "name": "", "anchor": anchor}
    figures = {"weight": 1.0, "certainty": "säkerställd", "when": "2025", "value": 1.0, "nation": 1.0}
    return {**plain, **figures, "grouping": "", "text": "", **changes}


def scraps(
    nation: list[dict[str, Any]],
    raised_by_nation: list[dict[str, Any]],
    regions: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]],
) -> dict[tuple[str, int], dict[str, Any]]:
    found = {("00", NUMBER): {"results": nation, "raised": raised_by_nation}}
    return found | {(code, NUMBER): {"results": rows, "raised": told} for code, (rows, told) in regions.items()}


def quiet(*codes: str) -> dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Regions with a value of today and nothing raised."""
    return {code: ([row("A")], []) for code in codes}


def signs_of(found: dict[tuple[str, int], dict[str, Any]], catalogue: Catalogue) -> Signs | None:
    return next((call.signs for call in calls(found, catalogue)), None)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("olika mellan regionerna", Signs(2, 0, 0)),
        ("försämras", Signs(0, 0, 2)),
        ("når inte målnivån", None),  # one point alone is not enough
    ],
)
def test_what_riket_shows_gives_its_points(kind: str, expected: Signs | None, catalogue: Catalogue) -> None:
    assert signs_of(scraps([row("A")], [raised("A", kind)], quiet(*REGIONS)), catalogue) == expected


def test_a_target_that_riket_and_half_of_the_judged_regions_miss_is_the_most_severe(catalogue: Catalogue) -> None:
    missing = {
        code: ([row("A", vs_target="ej uppnådd, säkert")], [raised("A", "når inte målnivån")]) for code in ("01", "03")
    }
    reached = {code: ([row("A", vs_target="uppnådd, säkert")], []) for code in ("04", "05")}
    unjudged = {code: ([row("A", vs_target="kan ej bedömas")], []) for code in ("12", "13")}
    nation = [raised("A", "når inte målnivån")]
    assert signs_of(scraps([row("A")], nation, missing | reached | unjudged), catalogue) == Signs(0, 2, 0)
    (call,) = calls(scraps([row("A")], nation, missing | reached | unjudged), catalogue)
    assert (call.missed, call.judged, call.compared) == (("01", "03"), 4, 6)
    one_more = reached | {"06": ([row("A", vs_target="uppnådd, osäkert")], [])}
    assert signs_of(scraps([row("A")], nation, missing | one_more | unjudged), catalogue) is None


@pytest.mark.parametrize(("count", "points"), [(2, None), (3, Signs(1, 0, 1))])
def test_three_regions_are_more_than_a_matter_of_single_ones(
    count: int, points: Signs | None, catalogue: Catalogue
) -> None:
    worse = {
        code: ([row("A")], [raised("A", "sämre än riket"), raised("A", "halkar efter riket")])
        for code in REGIONS[:count]
    }
    assert signs_of(scraps([row("A")], [], quiet(*REGIONS) | worse), catalogue) == points


def test_differences_between_groups_and_old_or_questioned_values_do_not_count(catalogue: Catalogue) -> None:
    told = [raised("A", "olika mellan regionerna", grouping="kön")]
    assert signs_of(scraps([row("A")], told, quiet(*REGIONS)), catalogue) is None
    for change in ({"state": "gammal"}, {"flagged": True}):
        nation = [raised("A", "olika mellan regionerna")]
        assert signs_of(scraps([row("A", **change)], nation, quiet(*REGIONS)), catalogue) is None
    old = {code: ([row("A", state="historisk")], [raised("A", "sämre än riket")]) for code in REGIONS}
    (call,) = calls(scraps([row("A")], [raised("A", "försämras")], old), catalogue)
    assert (call.worse, call.compared) == ((), 0)


def test_the_heaviest_come_first_and_areas_take_the_most_of_each_sign(catalogue: Catalogue) -> None:
    nation = [row("A"), row("B"), row("C", area="sakerhet")]
    told = [raised("A", "försämras"), raised("B", "olika mellan regionerna"), raised("C", "försämras", area="sakerhet")]
    told += [raised("C", "olika mellan regionerna", area="sakerhet"), raised("C", "når inte målnivån", area="sakerhet")]
    worse = {"12": ([row("A"), row("B")], [raised("B", "sämre än riket")])}
    found = calls(scraps(nation, told, worse), catalogue)
    assert [call.indicator for call in found] == ["C", "B", "A"]
    areas = fields(found, catalogue)
    assert [(f.area.slug, f.signs, len(f.calls)) for f in areas] == [
        ("sakerhet", Signs(2, 1, 2), 1),
        ("tillganglighet", Signs(2, 0, 2), 2),
    ]
    assert by_region(areas) == {"12": ["tillganglighet"]}


def test_a_country_without_its_own_report_has_no_calls(catalogue: Catalogue) -> None:
    found = scraps([row("A")], [raised("A", "försämras")], quiet(*REGIONS))
    del found["00", NUMBER]
    assert calls(found, catalogue) == []
