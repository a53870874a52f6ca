from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.data.sources.asking import ask, rows
from tests.data.sources.loopback import answer
from tests.data.sources.servers.forsakringskassan import ROOT, ForsakringskassanServer, figures

from varddialog.config import Project
from varddialog.data.sources.base import Done, Event, Heeded, Lacking, Wanted
from varddialog.data.sources.forsakringskassan import Forsakringskassan
from varddialog.data.store import Store
from varddialog.errors import SourceError
from varddialog.model.catalogue import Catalogue
from varddialog.model.live import ForsakringskassanQuery

QUERY = ForsakringskassanQuery(api="forsakringskassan", dataset="ohm", table="T", observation="oht")
WANTED = Wanted("FK_OHALSOTAL", (QUERY,))


def asked(given: Sequence[Any] | Any, *wanted: Wanted) -> list[Event]:
    server = ForsakringskassanServer({"ohm/T.json": given}) if isinstance(given, list) else given
    return ask(Forsakringskassan(), "forsakringskassan", ROOT, server, *(wanted or [WANTED]))


def test_the_embedded_figures_come_back_as_they_are(project: Project, catalogue: Catalogue) -> None:
    names = ["FK_OHALSOTAL", "FK_SJUKPENNINGTAL"]
    kept = Store.of(project).observations(indicators=names)
    queries = {name: catalogue.indicators[name].live for name in names}
    wanted = [Wanted(name, tuple(queries[name])) for name in names]

    events = asked(ForsakringskassanServer.of(kept, queries), *wanted)

    given = [(r.indicator, r.region, r.year, r.sex, r.value) for r in rows(events)]
    assert sorted(given) == sorted(
        kept[["indicator", "region", "year", "sex", "value"]].itertuples(index=False, name=None)
    )
    assert [e.series for e in events if isinstance(e, Done)] == names


def test_only_december_totals_of_counties_and_riket_are_taken() -> None:
    events = asked(
        [
            figures("ALL", 2024, "oht", 22.0),
            figures("13", "2024", "oht", "19,5", month="man"),
            figures("1", 2024, "oht", "18.25", when=12),
            figures("13", 2024, "oht", 1.0, when="11"),
            figures("13", 2024, "oht", 2.0, town="1380"),
            figures("99", 2024, "oht", 3.0),
        ]
    )

    assert [(r.region, r.year, r.value) for r in rows(events)] == [
        ("00", 2024, 22.0), ("13", 2024, 19.5), ("01", 2024, 18.25),
    ]  # fmt: skip


def test_rows_of_women_or_an_age_are_left_out_though_the_source_gives_them() -> None:
    given = [figures("13", 2024, "oht", 1.0), figures("13", 2024, "oht", 2.0, sex="K")]
    given.append(figures("13", 2024, "oht", 3.0))
    given[-1]["dimensions"]["aldersklass_kod"] = "16-19"

    assert [r.value for r in rows(asked(lambda _: answer(given)))] == [1.0]


def test_hidden_cells_are_left_out_and_counted() -> None:
    events = asked([figures("13", 2024, "oht", 1.0), figures("13", 2023, "oht", 1.0, hidden=True)])

    assert [r.year for r in rows(events)] == [2024]
    assert [e.what for e in events if isinstance(e, Heeded)] == [
        "1\u00a0värde döljs av Försäkringskassan och tas inte med."
    ]


def test_a_year_without_december_is_not_there_yet() -> None:
    assert isinstance(asked([figures("13", 2026, "oht", 1.0, when="10")])[-1], Lacking)


def test_a_figure_that_has_changed_name_is_told_with_the_names_there_are() -> None:
    with pytest.raises(SourceError, match=r"saknar fältet oht \(fanns: ohalsa\)"):
        asked([figures("13", 2024, "ohalsa", 1.0)])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"message": "moved"}, "skulle vara en lista"),
        ([{"dims": {}}], "saknar fältet dimensions"),
        ([figures("13", 2024, "oht", 1.0, month="manadskod")], "saknar fältet manad"),
        ([figures("13", 2024, "oht", 1.0, when="dec")], "är ingen månad"),
        ([figures("13", "2024R12", "oht", 1.0)], "är inget år"),
        ([figures("13", 2024, "oht", "hög")], "är inget tal"),
        ([{"dimensions": figures("13", 2024, "oht", 1.0)["dimensions"], "observations": []}], "är inget objekt"),
    ],
)
def test_an_answer_of_another_shape_is_told(given: Any, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        asked(lambda _: answer(given))


def test_two_rows_for_one_county_and_year_are_not_guessed_among() -> None:
    first, second = figures("13", 2024, "oht", 1.0), figures("13", 2024, "oht", 2.0)
    second["dimensions"]["delforman"] = "S"

    with pytest.raises(SourceError, match=r"region 13, december 2024: delforman skiljer"):
        asked([first, second])
