"""Made-up additions as they stand in the reports: marked, clean, in their place, and the same bytes every time."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from tests.dialogue.added import CSV, add, example, jpeg_from_a_telephone

from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.dialogue.supplement.blocks import Prose
from varddialog.dialogue.supplement.markdown import markdown
from varddialog.errors import ParamsError
from varddialog.model.catalogue import Catalogue
from varddialog.pack import Pack, open_focus, open_pack, open_questions
from varddialog.pack.notes import notes_at, own_page_notes
from varddialog.publish.site.supplement import supplement_page
from varddialog.tables import notes as tables

QUALITY = "2-kvalitet-i-tjansterna"


@pytest.fixture(scope="module")
def scene(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The real figures and a Skåne with made-up material in several places; VARDDIALOG_ROOT names it."""
    root = tmp_path_factory.mktemp("added").resolve()
    shutil.copytree(project.params, root / "params")
    (root / "data").symlink_to(project.root / "data")
    here = Project(root)
    example(here)
    add(here, f"{QUALITY}.md", "En **påhittad** kommentar om rapporten.", "comments")
    add(here, "tillganglighet.md", "En påhittad kommentar om området.", "comments")
    add(here, "kontext.md", "Påhittat om befolkningen.")
    add(here, "skillnader-kon.md", "Påhittat om kvinnor och män.", "comments")
    add(here, "diskussionsfragor.md", "En påhittad fråga från regionen.")
    add(here, "fokusomrade-psykiatri.md", "Påhittat om psykiatrin.")
    add(here, "1-inledning.md", "# Påhittad inledning\n\n![Ett rött foto](foto.jpg)")
    add(here, "foto.jpg", jpeg_from_a_telephone())
    add(here, "2-mer.md", "## Påhittat mer\n\n![Ord](ord.csv)")
    add(here, "ord.csv", "Plats;Vad\nNorrby (påhittat);<b>väntar</b>\n")
    add(here, "inledning.md", "En påhittad kommentar.", "comments", "00-riket")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(ROOT_VARIABLE, str(root))
        yield here


@pytest.fixture(scope="module")
def pack(scene: Project) -> Pack:
    return open_pack(2, "skane", DEFAULT_CYCLE)


def headings(html: str) -> list[str]:
    return re.findall(r"<(h[1-6])", html)


def test_an_area_shows_comment_and_own_material_last_with_a_way_to_them_first(pack: Pack) -> None:
    html = str(pack.area("tillganglighet").html)
    top, _, rest = html.partition("<article")
    assert '<a href="#tillganglighet-kommentar">analytikerns kommentar</a> och ' in top
    assert '<a href="#tillganglighet-eget">regionens eget material</a>' in top
    boxes = re.findall(r'<div id="tillganglighet-(\w+)" class="forbehall eget (\w+)"', rest)
    assert boxes == [("kommentar", "kommentar"), ("eget", "eget")]
    assert "Region Skåne svarar för innehållet." in rest
    assert rest.rindex("</article>") < rest.index('id="tillganglighet-kommentar"')


def test_headings_come_below_the_box_in_order(pack: Pack) -> None:
    html = str(pack.area("tillganglighet").html)
    assert headings(html[html.index('id="tillganglighet-eget"') :]) == ["h3", "h4", "h5"]


def test_picture_table_and_links_are_in_the_page_itself(pack: Pack) -> None:
    html = str(pack.area("tillganglighet").html)
    assert 'alt="Staplarna visar att kön har blivit kortare"' in html
    assert 'src="data:image/svg+xml;base64,' in html
    assert "<figcaption>Påhittade tal.</figcaption>" in html
    assert "<caption>Vårdplatser per sjukhus</caption>" in html
    assert '<th scope="row">Norrby (påhittat)</th><td>120</td><td>112</td>' in html
    assert '<a href="https://example.org/plan?a=1&amp;b=2" rel="noopener noreferrer external">planen ' in html
    assert 'planen <span class="vem">(annan webbplats)</span></a>' in html
    assert 'fråga oss <span class="vem">(e-post)</span></a>' in html
    assert "&lt; 5 dagar" in html


def test_the_words_reach_whoever_reads_no_page(pack: Pack) -> None:
    told = pack.area("tillganglighet").text
    assert "Analytikerns kommentar: En påhittad kommentar om området." in told
    assert "Regionens eget material: Påhittat exempel" in told
    assert "Staplarna visar att kön har blivit kortare" in told
    assert "Norrby (påhittat); 120; 112" in told


def test_a_comment_on_the_report_stands_after_what_is_most_important(pack: Pack) -> None:
    html = str(pack.summary().html)
    assert html.index("Hur säkert är det?") < html.index("En <strong>påhittad</strong> kommentar om rapporten.")
    assert f'<div id="{QUALITY}-kommentar"' in html


def test_areas_of_groups_and_of_the_context_show_theirs(scene: Project, catalogue: Catalogue) -> None:
    described = next(d for d in catalogue.framework.dimensions if d.with_context)
    assert "Påhittat om befolkningen." in open_pack(described.number, "skane", DEFAULT_CYCLE).context().html
    assert "Påhittat om kvinnor och män." in open_pack(4, "skane", DEFAULT_CYCLE).area("skillnader-kon").html


def test_questions_and_focus_sheets_show_theirs(scene: Project) -> None:
    asked = open_questions("skane", DEFAULT_CYCLE)
    assert 'href="#diskussionsfragor-eget"' in asked.header().html
    assert '<h2 id="diskussionsfragor-eget-rubrik">' in asked.questions().html
    assert "En påhittad fråga från regionen." in asked.questions().text
    sheet = open_focus("psykiatri", "skane", DEFAULT_CYCLE)
    assert "Påhittat om psykiatrin." in sheet.results().html


def test_no_other_unit_shows_it(scene: Project, pack: Pack) -> None:
    other = open_pack(2, "Halland", DEFAULT_CYCLE)
    assert "eget" not in re.findall(r'class="([^"]*)"', str(other.area("tillganglighet").html))
    assert "Här finns också" not in other.area("tillganglighet").html


def test_the_same_files_give_the_same_bytes(scene: Project, pack: Pack) -> None:
    again = open_pack(2, "skane", DEFAULT_CYCLE)
    assert again.area("tillganglighet").html == pack.area("tillganglighet").html


def test_pages_with_additions_are_sound_html(scene: Project, catalogue: Catalogue, pack: Pack) -> None:
    unit = catalogue.units.find("Skåne")
    own = supplement_page(scene, unit, catalogue, catalogue.cycle(DEFAULT_CYCLE))
    assert own is not None
    report = "".join(str(f.html) for f in (pack.summary(), pack.area("tillganglighet")))
    for html in (own, f"<!DOCTYPE html><html lang=sv><title>t</title><body>{report}</body></html>"):
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        ids = [e.get("id") for e in tree.iter() if e.get("id")]
        assert len(ids) == len(set(ids))


def test_what_has_no_other_place_is_on_a_page_of_its_own_in_order(scene: Project, catalogue: Catalogue) -> None:
    unit = catalogue.units.find("Skåne")
    html = supplement_page(scene, unit, catalogue, catalogue.cycle(DEFAULT_CYCLE))
    assert html is not None
    assert headings(html) == ["h1", "h2", "h3", "h3"]
    assert html.index("Påhittad inledning") < html.index("Påhittat mer")
    assert '<img src="data:image/jpeg;base64,' in html
    assert 'alt="Ett rött foto" width="30" height="40"' in html
    assert '<div class="rulla grupper"' in html
    assert "<td>&lt;b&gt;väntar&lt;/b&gt;</td>" in html
    assert "Påhittat exempel" not in html
    nation = supplement_page(scene, catalogue.units.nation, catalogue, catalogue.cycle(DEFAULT_CYCLE))
    assert nation is not None
    assert "hela landet" in nation
    halland = catalogue.units.find("Halland")
    assert supplement_page(scene, halland, catalogue, catalogue.cycle(DEFAULT_CYCLE)) is None


def test_all_faults_stop_the_report_at_once(params_copy: Project, catalogue: Catalogue) -> None:
    unit = catalogue.units.find("Skåne")
    add(params_copy, "tillganglighet.md", "<script>alert(1)</script>\n\n![](borta.png)")
    add(params_copy, "mer.md", "![Ord](borta.csv)")
    add(params_copy, "platser.csv", CSV)
    with pytest.raises(ParamsError) as stopped:
        notes_at(params_copy, unit, "tillganglighet")
    assert len(stopped.value.faults) == 2
    with pytest.raises(ParamsError, match=r"borta\.csv"):
        own_page_notes(params_copy, unit, catalogue)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "Text <img src=x onerror=alert(1)> text",
        "<iframe src='https://example.org'></iframe>",
        "[ord](javascript:alert(1))",
        "[ord](&#106;avascript:alert(1))",
        "<a href=x onclick=alert(1)>ord</a>",
        "<svg/onload=alert(1)>",
        "![ord](https://example.org/x.png)",
        "<style>@import 'https://example.org'</style>",
    ],
)
def test_the_cleaner_lets_nothing_through_even_if_the_check_did(text: str) -> None:
    html = tables.note([Prose(markdown().parse(text))], 3)
    tree = html5lib.parseFragment(str(html), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in {"DOCUMENT_FRAGMENT", "p", "a", "span"}
        assert set(element.keys()) <= {"href", "rel", "class"}
        assert not (element.get("href") or "").startswith("javascript")


def test_nothing_is_read_where_there_is_nothing(project: Project, catalogue: Catalogue, tmp_path: Path) -> None:
    empty = Project(tmp_path)
    assert notes_at(empty, catalogue.units.nation, "tillganglighet") == []
    assert own_page_notes(empty, catalogue.units.nation, catalogue) == []
