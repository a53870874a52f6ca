"""The page of an arena, on the real records and on a made-up arena that is only a file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import yaml

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.dialogue.rounds import Round
from varddialog.dialogue.themes import Told
from varddialog.errors import UsageError
from varddialog.model.catalogue import load_catalogue
from varddialog.pack import ArenaPack, open_arena
from varddialog.pack.arena import anchor
from varddialog.pack.fragment import Fragment
from varddialog.prose import arena as say

CELLS = (
    "header", "summary", "views", "structure", "answers", "lessons", "recommendations", "figures", "actions",
    "evaluation", "instrument", "method",
)  # fmt: skip
ARENAS = ("halso-och-sjukvardsdialogen", "tillganglighet", "privata-vardgivare", "samverkansregion")


@pytest.fixture(scope="module", params=ARENAS)
def pack(request: pytest.FixtureRequest) -> ArenaPack:
    return open_arena(request.param)


def shown(pack: ArenaPack) -> dict[str, Fragment]:
    made = {name: getattr(pack, name)() for name in CELLS}
    return {name: fragment for name, fragment in made.items() if fragment is not None}


class _Page(HTMLParser):
    """The ids, links, headings and open tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found["href"])] if tag == "a" else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        if tag not in ("br", "img", "meta"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}>"


def test_page_is_whole_with_one_title_ids_once_and_links_that_lead_somewhere(pack):
    page = _Page("".join(fragment.html for fragment in shown(pack).values()))
    assert page.open == []
    assert page.headings.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(page.headings, page.headings[1:], strict=False)), "a level is skipped"
    assert len(page.ids) == len(set(page.ids)), sorted({i for i in page.ids if page.ids.count(i) > 1})
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside <= set(page.ids)


def test_links_of_the_lessons_lead_to_the_region_on_the_page_of_the_indicator(pack):
    made = pack.lessons()
    expected = {
        f"../matt/{o.because[0].indicator.slug}.html#{o.unit.slug}"
        for c in pack.called
        for o in c.offers
        if o.because[0].result
    }
    found = {link for link in _Page(made.html).links if link.startswith("../")} if made else set()
    assert found == expected


def test_everything_that_was_said_stands_on_the_page_with_what_it_rests_on(pack):
    page = "".join(fragment.html for fragment in shown(pack).values())
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace("\u00a0", " ")
    for statement in pack.round.statements:
        assert statement.text.replace("\u00a0", " ") in text, statement.key
    if not pack.round.is_empty:
        assert say.rests_on(Told(pack.round.statements), pack.catalogue.units).replace("\u00a0", " ") in text
        assert pack.round.source.rstrip(".") in text
        assert say.years(pack.round.cycle) in text


def test_cell_that_does_not_apply_shows_nothing_and_no_cell_is_an_empty_heading(pack):
    made = shown(pack)
    assert ("views" in made) == bool(pack.pictures)
    assert ("structure" in made) == any(q.structure for q in pack.arena.questions)
    assert ("answers" in made) == bool(pack.answered)
    assert ("lessons" in made) == bool(pack.called)
    assert ("recommendations" in made) == bool(pack.recommended)
    for name, fragment in made.items():
        assert fragment.html.strip(), name
        assert fragment.text.strip(), name
        body = re.sub(r"<h\d.*?</h\d>|<[^>]+>", "", fragment.html, flags=re.DOTALL)
        assert body.strip(), name


def test_same_arena_opened_twice_gives_the_same_bytes(pack):
    again = open_arena(pack.arena.slug)
    assert {name: f.html for name, f in shown(again).items()} == {name: f.html for name, f in shown(pack).items()}
    assert again.glue().data == pack.glue().data


def test_scrap_counts_what_the_page_shows(pack):
    data = pack.glue().data
    assert data["statements"] == len(pack.round.statements)
    told = {p.theme.slug: len(p.told) for p in pack.pictures}
    assert {theme: sum(by.values()) for theme, by in data["themes"].items()} == told
    assert sum(data["actions"].values()) == len(pack.round.actions)
    assert [lesson["regions"] for lesson in data["lessons"]] == [[o.unit.code for o in c.offers] for c in pack.called]
    for one in data["recommendations"]:
        assert one["statements"], "a recommendation without evidence"


def test_before_anything_is_registered_the_page_says_so_and_how_to_begin():
    pack = open_arena("privata-vardgivare")
    empty = replace(pack, round=Round(pack.arena.slug, pack.cycle_name), called=())
    made = shown(empty)
    assert say.NOTHING in made["summary"].html
    assert f"varddialog records template samtal.xlsx --arena {pack.arena.slug}" in made["summary"].html
    assert {"views", "answers", "lessons", "recommendations"} & set(made) == set()
    for question in pack.arena.questions:
        assert question.text in made["instrument"].html
    assert "<details open>" in made["instrument"].html, "the questions are there to read at once"
    assert empty.glue().data["round"] is None


def test_made_up_round_is_marked_at_the_top_and_a_real_one_is_not(pack):
    assert (say.EXAMPLE in pack.header().html) == (pack.round.example and not pack.round.is_empty)
    made_up = replace(pack, round=replace(pack.round, example=True))
    assert (say.EXAMPLE in made_up.header().html) == (not pack.round.is_empty)


def test_unknown_arena_is_told_with_those_that_there_are():
    with pytest.raises(UsageError) as error:
        open_arena("tillgangligheten")
    assert "tillganglighet" in str(error.value)


ARENA = {
    "slug": "elevhalsan",
    "name": "Dialogen om elevhälsan",
    "about": "Skolan och regionen talar om eleverna.",
    "source": "Projektet, 2026.",
    "units": "region",
    "parties": [
        {"slug": "skolan", "name": "Skolan", "about": "Den ena.", "roles": ["rektor"]},
        {"slug": "regionen", "name": "Regionen", "about": "Den andra.", "roles": ["chef"]},
    ],
    "themes": ["samverkan-med-kommuner", "psykiatri"],
    "questions": [
        {
            "slug": "mote",
            "text": "Träffas ni?",
            "theme": "samverkan-med-kommuner",
            "to": ["skolan", "regionen"],
            "answers": ["Varje månad", "Aldrig"],
            "lacking": ["Aldrig"],
            "structure": True,
        }
    ],
    "recommendations": [
        {"slug": "mote", "when": "saknas", "question": "mote", "text": "Börja träffas.", "to": ["regionen"]}
    ],
}
ROWS = (
    "enhet;part;roll;tema;slag;uttalande;fråga;svar;mått;källa\n"
    "Region Skåne;Skolan;rektor;psykiatri;utmaning;Köerna <b>växer</b>.;;;;Anteckningar\n"
    "Region Skåne;Regionen;chef;psykiatri;styrka;Köerna kortas.;;;;Anteckningar\n"
    "Region Skåne;Skolan;;samverkan-med-kommuner;svar;;mote;Aldrig;;Anteckningar\n"
    "Region Skåne;Regionen;;samverkan-med-kommuner;svar;;mote;Varje månad;;Anteckningar\n"
    "Region Uppsala;Regionen;;psykiatri;lärdom;En ingång för alla unga.;;;U79049;Anteckningar\n"
)


@pytest.fixture(scope="module")
def added(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project with one more arena, which is a file, and one round of it, which is another."""
    root = tmp_path_factory.mktemp("added").resolve()
    shutil.copytree(project.params, root / "params")
    (root / "data").mkdir()
    (root / "data" / "store").symlink_to(project.stores)
    (root / "params" / "arenas" / "elevhalsan.yml").write_text(yaml.safe_dump(ARENA, allow_unicode=True))
    folder = root / "data" / "dialogue" / "elevhalsan" / "2026-2027"
    folder.mkdir(parents=True)
    (folder / "samtal.csv").write_text(ROWS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(root))
        yield Project(root)


def test_arena_that_is_only_a_file_gets_a_whole_page(added: Project):
    assert "elevhalsan" in load_catalogue(added).dialogue.arenas
    pack = open_arena("elevhalsan")
    page = shown(pack)
    assert "Ser olika: Psykiatri och psykisk hälsa." in page["summary"].text
    assert "Saknas: Samverkan med kommunerna i Skåne." in page["summary"].text
    assert page["structure"].text == "Träffas ni? «Aldrig» i Skåne"
    assert "✕ Skolan: Aldrig" in page["structure"].html
    assert "Regionen: Varje månad" in page["structure"].html
    assert "Börja träffas." in page["recommendations"].text
    assert pack.glue().data["views"] == {"psykiatri": "olika"}


def test_lesson_names_the_regions_whose_figures_call_for_it_and_why(added: Project):
    pack = open_arena("elevhalsan")
    (one,) = pack.called
    html = pack.lessons().html  # type: ignore[union-attr]
    assert one.offers
    assert "03" not in {offer.unit.code for offer in one.offers}
    for offer in one.offers:
        assert f'<th scope="row">{offer.unit.name}</th>' in html
        assert say.shows(offer)[2] in html
    assert f'id="{anchor(one.lesson)}"' in html


def test_what_was_said_is_shown_as_text_and_never_as_code(added: Project):
    page = "".join(fragment.html for fragment in shown(open_arena("elevhalsan")).values())
    assert "Köerna &lt;b&gt;växer&lt;/b&gt;." in page
    assert "<b>" not in page


def test_notebook_asks_the_pack_for_every_cell(project: Project):
    cells = (project.notebooks / "dialoguppfoljning.ipynb").read_text(encoding="utf-8")
    assert re.findall(r"pack\.(\w+)\(\)", cells) == ["style", *_in_order(cells), "glue"]
    assert set(_in_order(cells)) == set(CELLS)


def _in_order(cells: str) -> list[str]:
    return [name for name in re.findall(r"pack\.(\w+)\(\)", cells) if name in CELLS]
