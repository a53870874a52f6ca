"""A view shows what the reports show, and its lines of code make the same view anywhere."""

from __future__ import annotations

import ast
from typing import Any, get_args

import pytest

from varddialog.explore.choice import Piece
from varddialog.explore.desk import Desk, What
from varddialog.explore.offer import Offer
from varddialog.explore.state import State
from varddialog.explore.view import open_view
from varddialog.pack import open_pack

# has values of both sexes together and of each
SEXES = "FOHM_ANGSLAN_SVAR"
PIECES: tuple[Piece, ...] = get_args(Piece)


def _run(source: str) -> Any:
    """What a cell with these lines shows."""
    body = ast.parse(source).body
    names: dict[str, Any] = {}
    last = body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)


def _article(html: str, anchor: str) -> str:
    """The article of that id."""
    begin = html.index(f'<article id="{anchor}"')
    return html[begin : html.index("</article>", begin)]


@pytest.mark.parametrize("region", ["Riket", "Skåne", "Gotland"])
@pytest.mark.parametrize("area", ["tillganglighet", "dodlighet", "ekonomisk-hallbarhet"])
def test_a_card_is_the_report_s_own_but_for_the_ways_to_other_places(region: str, area: str, desk: Desk) -> None:
    dimension = next(d for d in desk.catalogue.framework.dimensions if area in [leaf.slug for leaf in d.leaves()])
    report = open_pack(dimension.number, region).area(area).html
    checked = 0
    for indicator in Offer(desk).indicators(desk.catalogue.area(area)):
        if indicator.gap:
            continue
        view = open_view(indicator.id, region)
        for result in desk.on.material.results(indicator, view.unit):
            mine, theirs = (_article(html, result.anchor) for html in (view.card().html, report))
            for rule in ("riket", "mal", "trend", "manad", "variation", "avstand", "basta", "lika"):
                theirs = theirs.replace(f'<a href="#regel-{rule}">', "")
            way = theirs[theirs.index('<p class="vidare">') : theirs.index("<details>")]
            theirs = theirs.replace(way, "")
            assert mine == theirs.replace("</a>", ""), indicator.id
            checked += 1
    assert checked >= 3


def test_a_comparison_of_groups_is_the_report_s_own(desk: Desk) -> None:
    report = open_pack(4, "Skåne").area("skillnader-kon").html
    shown = Offer(desk).indicators(desk.catalogue.area("skillnader-kon"))
    unit = desk.catalogue.units.find("Skåne")
    for indicator in shown:
        for comparison in desk.comparisons(indicator, "kön", unit, None):
            view = open_view(indicator.id, "Skåne", split="kön")
            article = _article(view.card().html, comparison.anchor)
            assert article == _article(report, comparison.anchor), indicator.id
    assert len(shown) > 5


def test_the_lines_of_every_view_make_the_same_fragment(state: State, desk: Desk) -> None:
    grouped = next(i.id for i in state.offer.everything() if "inkomst" in state.offer.splits(i, state.unit))
    gap = next(i.id for i in state.offer.everything() if i.gap)
    for chosen in (
        {"region": "Riket"},
        {"region": "Skåne", "indicator": SEXES, "split": "kvinnor", "others": ["Gotland", "Västra Götaland"]},
        {"region": "Jämtland Härjedalen", "split": "kön", "years": (2016, 2020)},
        {"indicator": grouped, "split": "inkomst"},
        {"indicator": gap},
    ):
        state.choose(**chosen)  # type: ignore[arg-type]
        for piece in PIECES:
            lines = state.view.code(piece)
            assert len([line for line in lines.splitlines() if line]) == 3
            assert _run(lines) == state.view.piece(piece), lines


def test_a_fragment_made_elsewhere_brings_its_look(state: State) -> None:
    html = state.view.card()._repr_html_()
    assert html.startswith("<style>")
    assert '<div class="vard">' in html
    assert "http" not in html.replace("http://www.w3.org/", "")


def test_one_sex_alone_is_said_in_heading_and_reservation() -> None:
    women = open_view(SEXES, "Skåne", split="kvinnor").card()
    assert "ångest, kvinnor" in women.html
    assert "<strong>Kvinnor.</strong>" in women.html
    both, men = (open_view(SEXES, "Skåne", split=s).card().text for s in ("alla", "män"))  # type: ignore[arg-type]
    assert len({both, women.text, men}) == 3


def test_earlier_years_are_assessed_as_they_were_and_said_to_be_earlier(desk: Desk) -> None:
    view = open_view("FOHM_MEDELLIVSLANGD", "Skåne", years=(2006, 2015))
    (assessment,) = desk.assessments(What.of(view.choice), view.unit)
    assert assessment.result
    assert assessment.result.latest.year == 2015
    assert {p.year for p in assessment.result.nation.values()} <= set(range(2006, 2016))
    assert assessment.result.state == "aktuell", "as of then"
    html = view.card().html
    assert "Åren 2006–2015." in html
    assert "2016" not in html.replace("2016–", "")


def test_what_is_missing_is_explained(desk: Desk) -> None:
    gap = next(i for i in desk.catalogue.indicators.values() if i.gap)
    assert gap.gap
    assert gap.gap.holder in open_view(gap.id, "Skåne").card().text
    lacking = open_view("N71000", "Gotland").card()
    assert "Uppgift saknas för Gotland. Uppgift finns för " in lacking.text
    assert "<figure" not in lacking.html


def test_context_is_described_and_never_assessed(desk: Desk) -> None:
    context = desk.catalogue.framework.context.slug
    for indicator in desk.catalogue.areas[context]:
        view = open_view(indicator.id, "Skåne")
        for a in desk.assessments(What.of(view.choice), view.unit):
            assert (a.vs_nation, a.vs_target, a.trend, a.variation, a.inequality) == (None,) * 5
        assert '<ul class="svar"' not in view.card().html
        assert "bedöms inte" in view.card().html


def test_the_chosen_regions_stand_beside_each_other_with_the_nation() -> None:
    view = open_view("FOHM_MEDELLIVSLANGD", "Skåne", others=["Gotland", "Skåne", "09"])
    html = view.compare().html
    assert [name in html for name in ("Skåne", "Gotland", "Riket", "Halland")] == [True, True, True, False]
    assert html.count("<svg") == 1


def test_every_remark_and_the_source_are_told() -> None:
    about = open_view("FOHM_MEDELLIVSLANGD", "Skåne").about().html
    assert "Folkhälsomyndigheten" in about
    assert "hämtat" in about
    assert "FOHM_MEDELLIVSLANGD" in about


def test_nothing_is_read_twice_and_nothing_computed_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes a change quick: a new region assesses that region alone, and the country is assessed once."""
    from varddialog.explore import desk as module

    assessed: list[str] = []
    whole = module.assess_all
    monkeypatch.setattr(module, "assess_all", lambda own, unit, m: assessed.append(unit.code) or whole(own, unit, m))
    fresh = Desk(desk.on, desk.cycle)
    state = State.begin(fresh, fresh.catalogue.units.nation)
    reads = _Reads()
    monkeypatch.setattr(type(fresh.on.store), "series", reads)
    for region in ("Skåne", "Gotland", "Skåne", "Gotland"):
        state.choose(region=region)
        state.view.card()
    assert assessed == ["12", "09"]
    for region in ("Skåne", "Gotland", "Halland"):
        state.choose(region=region)
        for piece in PIECES:
            state.view.piece(piece)
    assert sorted(assessed) == sorted(unit.code for unit in fresh.catalogue.units.all), "each unit once"
    assert reads.count == 0, "the figures are in memory"


class _Reads:
    count = 0

    def __call__(self, *_: Any) -> Any:
        self.count += 1
        raise AssertionError("the store is read again")
