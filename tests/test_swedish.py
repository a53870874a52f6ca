"""The formatter, by code point: a space that breaks or a hyphen for a minus looks right and is wrong."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from varddialog import swedish

FINITE = st.floats(min_value=-1e9, max_value=1e9)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1\u00a0234,5"),
        (1234567, 0, "1\u00a0234\u00a0567"),
        (-0.5, 1, "\u22120,5"),
        (-0.04, 1, "0,0"),
        (-0.0, 0, "0"),
        (7, 2, "7,00"),
        (None, 1, "\u2013"),
        (math.nan, 1, "\u2013"),
    ],
)
def test_number(value: float | None, decimals: int, text: str) -> None:
    assert swedish.number(value, decimals) == text


@given(value=FINITE, decimals=st.integers(0, 2))
def test_number_reads_back(value: float, decimals: int) -> None:
    text = swedish.number(value, decimals)
    plain = text.replace("\u00a0", "").replace("\u2212", "-").replace(",", ".")
    assert float(plain) == round(value, decimals)
    assert not set(text) & set(" -.\u202f"), "a breakable space, a hyphen or a point"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.25, "+1,2"), (-0.4, "\u22120,4"), (0.04, "0,0"), (-0.04, "0,0"), (None, "\u2013"), (math.nan, "\u2013")],
)
def test_signed_has_a_sign_only_on_what_is_shown_as_different_from_zero(value: float | None, text: str) -> None:
    assert swedish.signed(value, 1) == text


def test_unit_sticks_to_its_number() -> None:
    assert swedish.with_unit("12,3", "%") == "12,3\u00a0%"
    assert swedish.with_unit("12", "") == "12"


def test_span() -> None:
    assert swedish.span(2016, 2025) == "2016\u20132025"
    assert swedish.span(2025, 2025) == "2025"


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["Skåne"], "Skåne"), (["Skåne", "Halland"], "Skåne och Halland"), (list("abc"), "a, b och c")],
)
def test_listing(items: list[str], text: str) -> None:
    assert swedish.listing(items) == text


def test_listing_takes_any_iterable_and_conjunction() -> None:
    assert swedish.listing((name for name in ("a", "b")), "eller") == "a eller b"


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0\u00a0regioner"), (1, "1\u00a0region"), (21, "21\u00a0regioner"), (1200, "1\u00a0200\u00a0regioner")],
)
def test_plural(count: int, text: str) -> None:
    assert swedish.plural(count, "region", "regioner") == text


def test_capital_leaves_the_rest_alone() -> None:
    assert swedish.capital("åldern i USA") == "Åldern i USA"
    assert swedish.capital("") == ""


@pytest.mark.parametrize(
    "written", ["Västra Götaland", "VÄSTRA GÖTALAND", "vastra-gotaland", " Va\u0308stra  Götaland. "]
)
def test_fold_makes_spellings_equal(written: str) -> None:
    assert swedish.fold(written) == "vastra gotaland"


@given(st.text())
@example("🄐")
def test_slug_is_an_address_or_empty(text: str) -> None:
    slug = swedish.slugify(text)
    assert slug == slug.strip("-")
    assert " " not in slug
    assert swedish.slugify(slug) == slug


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [("tillganglihet", "Menade du «tillgänglighet»?"), ("SÄKERHEET", "Menade du «säkerhet»?"), ("xyz", "")],
)
def test_did_you_mean(wrong: str, hint: str) -> None:
    assert swedish.did_you_mean(wrong, ["säkerhet", "tillgänglighet"]) == hint
