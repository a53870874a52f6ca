"""What the best reference implementations say, case by case (the folder's README tells how a case is read).

VARDDIALOG_REFERENCE_CASES names the folder; without it, the one beside the repository is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tests.reference import adapters_intervals, adapters_trend

ADAPTERS = adapters_intervals.ADAPTERS | adapters_trend.ADAPTERS


def test_reference_case(method: str, case: dict[str, Any]):
    assert method in ADAPTERS, f"no adapter takes the method {method}"
    if case["tolerance"].get("kind") == "error":
        with pytest.raises(ValueError, match=r"\w"):
            ADAPTERS[method](case["input"])
        return
    answer = ADAPTERS[method](case["input"])
    assert list(differences(answer, case["expected"], case["tolerance"])) == []


def test_no_two_adapters_take_one_method():
    assert not adapters_intervals.ADAPTERS.keys() & adapters_trend.ADAPTERS.keys()


def differences(answer: Any, expected: Any, tolerance: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """Where the answer is not the expected one. Only what is expected is compared; None must not be given."""
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            if key not in answer:
                yield f"{where}{key}: not given"
            else:
                yield from differences(answer[key], value, tolerance, f"{where}{key} ")
    elif isinstance(expected, list):
        # nothing given at all is also right where nothing must be given
        values = [None] * len(expected) if answer is None else list(answer)
        if len(values) != len(expected):
            yield f"{where}: {len(values)} values, expected {len(expected)}"
        for position, (one, other) in enumerate(zip(values, expected, strict=False)):
            yield from differences(one, other, tolerance, f"{where}[{position}] ")
    elif not agree(answer, expected, tolerance, where):
        yield f"{where}: {answer!r}, expected {expected!r}"


def agree(answer: Any, expected: Any, tolerance: Mapping[str, Any], where: str) -> bool:
    """Whether one value is the expected one: within either tolerance for a number, equal for all else."""
    if expected is None and isinstance(answer, list | tuple):
        return all(value is None for value in answer)
    if expected is None or answer is None:
        return answer is expected
    if isinstance(expected, bool | str) or tolerance.get("kind") == "exact":
        return bool(answer == expected)
    simulated = "lower" in where or "upper" in where
    relative = tolerance.get("limits_rel" if simulated else "point_rel", tolerance.get("rel", 0))
    return bool(abs(answer - expected) <= max(relative * abs(expected), tolerance.get("abs", 0)))


@pytest.mark.parametrize(
    ("answer", "expected", "tolerance", "right"),
    [
        ({"value": 1.0, "more": 2}, {"value": 1.04}, {"rel": 0.05}, True),
        ({"value": 1.0}, {"value": 1.06}, {"rel": 0.05}, False),
        ({"value": 1.0}, {"value": 1.06}, {"rel": 0.05, "abs": 0.1}, True),
        ({"value": None}, {"value": 0.0}, {"abs": 1}, False),
        ({"value": 0.0}, {"value": None}, {"abs": 1}, False),
        ({"value": None}, {"value": [None, None]}, {"abs": 1}, True),
        ({"value": [None, 3]}, {"value": None}, {"abs": 1}, False),
        ({"value": [1, 2]}, {"value": [1, 2, 3]}, {"abs": 1}, False),
        ({}, {"value": None}, {"abs": 1}, False),
        ({"word": "Exact"}, {"word": "Byars"}, {"rel": 1}, False),
        ({"flag": True}, {"flag": False}, {"abs": 1}, False),
        ({"sii": 1.0, "sii_lower": 1.04}, {"sii": 1.0, "sii_lower": 1.0}, {"point_rel": 0, "limits_rel": 0.05}, True),
        ({"sii": 1.04, "sii_lower": 1.0}, {"sii": 1.0, "sii_lower": 1.0}, {"point_rel": 0, "limits_rel": 0.05}, False),
    ],
)
def test_the_comparison_itself(answer, expected, tolerance, right):
    assert (not list(differences(answer, expected, tolerance))) is right
