"""Every page is sound HTML that anyone can read: structure, text alternatives, links, language, typography."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib
import nbformat
import pytest
from tests.building import with_supplement
from tests.conftest import DIALOGUE
from tests.publish.reading import by_id, of_class, words

from varddialog.batch.plan import Job
from varddialog.model.catalogue import Catalogue

UNITS = ("00-riket", "01-stockholm", "09-gotland")
NOTEBOOKS = sorted(p.stem for p in (Path(__file__).resolve().parents[2] / "notebooks").glob("[1-4]-*.ipynb"))
REPORTS = [f"{unit}/{notebook}.html" for unit in UNITS for notebook in NOTEBOOKS]
# of the web tool, with indicators of every kind: plain, by sex, with groups, of the context, a count
TOOL = [
    "index.html",
    "jamfor.html",
    "matt/index.html",
    *(
        f"matt/{name}.html"
        for name in (
            "medicinsk-bedomning-3-dagar", "medellivslangd-kvinnor-och-man", "svara-besvar-angslan-oro-angest",
            "svara-besvar-angslan-oro-angest-grupper", "folkmangd-alder", "specialistlakare-arsarbetare",
        )
    ),
]  # fmt: skip
# before, during and after the visits; of notebooks each kind, and every arena
BEFORE = ["omgang.html", "00-riket/dagordning.html", "09-gotland/dagordning.html"]
ADDED = "09-gotland/tillagg.html"
MADE = [f"{key}.html" for key in DIALOGUE]
PAGES = [*TOOL, "metod.html", *(f"{unit}/index.html" for unit in UNITS), *REPORTS, *BEFORE, ADDED, *MADE]
# they hold a script that makes them easier to use, and nothing of what they say
SCRIPTED = ("index.html", "jamfor.html", "matt/index.html")
LARGEST = 600_000  # bytes

_parsed: dict[Path, tuple[ET.Element, list[str]]] = {}


@cache
def _ids(path: Path) -> frozenset[str]:
    return frozenset(e.attrib["id"] for e in _tree(path)[0].iter() if "id" in e.attrib)


def _tree(path: Path) -> tuple[ET.Element, list[str]]:
    """The page's tree, and what the parser had to put right."""
    if path not in _parsed:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(path.read_bytes().decode("utf-8"))
        faults = [f"line {place[0]}: {code} {about}" for place, code, about in parser.errors]
        _parsed[path] = tree, faults
    return _parsed[path]


@pytest.fixture(scope="module")
def whole(site: Path, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, with the page of a region that has added something."""
    return with_supplement(site, catalogue, tmp_path_factory.mktemp("whole"))


@pytest.fixture(params=PAGES)
def path(request: pytest.FixtureRequest, whole: Path) -> Path:
    return whole / str(request.param)


@pytest.fixture
def tree(path: Path) -> ET.Element:
    return _tree(path)[0]


def _local(element: ET.Element) -> str:
    """The element's name without its namespace (SVG has one)."""
    return str(element.tag).rpartition("}")[2]


def _read_texts(tree: ET.Element, without: frozenset[str] = frozenset()) -> list[str]:
    """Everything that is read or heard: text, text alternatives and labels, but not code, styles and scripts.

    without: elements, by name or class, that are left out.
    """
    found: list[str] = []

    def walk(element: ET.Element) -> None:
        if _local(element) in ("style", "script", "code") or not isinstance(element.tag, str):
            return
        if without & {_local(element), *element.get("class", "").split()}:
            return
        found.extend(element.get(name, "") for name in ("aria-label", "alt", "title"))
        found.append(element.text or "")
        for child in element:
            walk(child)
            found.append(child.tail or "")

    walk(tree)
    return [text for text in found if text.strip()]


def test_html_is_without_faults(path: Path) -> None:
    assert _tree(path)[1] == []


def test_page_declares_itself(path: Path, tree: ET.Element) -> None:
    raw = path.read_bytes()
    assert raw.startswith(b"<!DOCTYPE html>")
    assert re.search(rb'<meta charset="utf-8"/?>', raw[:1024])
    assert tree.get("lang") == "sv"
    assert not {e.get("lang") for e in tree.iter() if e is not tree} - {None}
    (viewport,) = (m.get("content", "") for m in tree.iter("meta") if m.get("name") == "viewport")
    assert viewport == "width=device-width, initial-scale=1", "a page must be possible to enlarge"
    assert len(raw) < LARGEST


def test_titles_tell_the_pages_apart(whole: Path) -> None:
    titles = [words(title) for page in PAGES for title in _tree(whole / page)[0].iter("title") if title.text]
    assert len(titles) == len(PAGES)
    assert [title for title, count in Counter(titles).items() if count > 1] == []


def test_headings_step_one_level_at_a_time(tree: ET.Element) -> None:
    headings = [e for e in tree.iter() if re.fullmatch(r"h[1-6]", _local(e))]
    levels = [int(_local(e)[1]) for e in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    skipped = [words(h) for h, before, now in zip(headings[1:], levels, levels[1:], strict=False) if now > before + 1]
    assert skipped == []
    assert all(words(h) for h in headings)


def test_landmarks_and_skip_link(tree: ET.Element) -> None:
    assert len(list(tree.iter("main"))) == 1
    links = list(tree.iter("a"))
    assert links[0].get("class") == "hopp", "the skip link comes first"
    target = by_id(tree, links[0].attrib["href"].removeprefix("#"))
    assert target.tag == "main"
    named = [nav.get("aria-label") for nav in tree.iter("nav")]
    assert all(named)
    assert len(set(named)) == len(named)


def _width(table: ET.Element) -> set[int]:
    """How many columns the rows have, counted with cells that span several columns or rows."""
    widths = set()
    for part in (p for p in table if p.tag != "caption"):
        down: Counter[int] = Counter()  # cells that reach so many rows further
        for row in part:
            above, down = sum(down.values()), Counter({rows - 1: n for rows, n in down.items() if rows > 1})
            widths.add(above + sum(int(cell.get("colspan", 1)) for cell in row))
            down.update(int(cell.get("rowspan", 1)) - 1 for cell in row if cell.get("rowspan"))
    return widths


def test_tables_have_captions_and_scopes(tree: ET.Element) -> None:
    for table in tree.iter("table"):
        captions = table.findall("caption")
        assert len(captions) == 1
        assert table[0] is captions[0]
        name = words(captions[0])
        assert name
        heads = list(table.iter("th"))
        assert heads
        assert {th.get("scope") for th in heads} <= {"col", "colgroup", "row"}, name
        assert all(words(th) for th in heads), f"{name}: a heading without words"
        assert len(_width(table)) == 1, f"{name}: rows of different length"
        for row in table.findall("tbody/tr"):
            # what a row is about stands first, but for the hour of a point
            assert [th.get("scope") for th in row.iter("th")] == ["row"], name
            assert row[0].tag == "th" or table.get("class") == "dagordning", name
        assert all(words(td) for td in table.iterfind("tbody//td")), f"{name}: an empty cell does not say why"


def test_drawings_have_text_alternatives(path: Path, tree: ET.Element) -> None:
    drawings = [e for e in tree.iter() if _local(e) == "svg"]
    for svg in drawings:
        if svg.get("aria-hidden") == "true":
            assert svg.get("role") is None
        else:
            # what lies inside an img cannot be reached, so a drawing that holds links is a group
            assert svg.get("role") == ("group" if any(_local(e) == "a" for e in svg.iter()) else "img")
            assert len(svg.get("aria-label", "").strip()) > 20
    if path.stem in NOTEBOOKS:
        assert len(drawings) > 5
    for img in tree.iter("img"):
        assert img in _added(tree), "a picture that nobody has added"
        assert len(img.get("alt", "")) > 20
        assert re.match(r"data:image/(svg\+xml|png|jpeg);base64,", img.get("src", "")), "a picture that is fetched"


def test_ids_are_unique_and_references_hold(tree: ET.Element) -> None:
    ids = Counter(e.attrib["id"] for e in tree.iter() if "id" in e.attrib)
    assert [name for name, count in ids.items() if count > 1] == []
    for e in tree.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            assert set(e.get(attribute, "").split()) <= set(ids), f"{attribute} points nowhere"


def _added(tree: ET.Element) -> list[ET.Element]:
    """All that stands in the boxes of what a region or the analysts have added."""
    return [e for box in of_class(tree, "div", "eget") for e in box.iter()]


def _addresses(tree: ET.Element) -> list[str]:
    names = ("href", "src", "{http://www.w3.org/1999/xlink}href", "srcset", "poster", "action", "data")
    return [e.attrib[name] for e in tree.iter() for name in names if name in e.attrib]


def test_links_lead_somewhere(path: Path, tree: ET.Element, whole: Path) -> None:
    addresses = _addresses(tree)
    assert addresses
    # whoever has added something may lead elsewhere, and no page of ours does
    outward = {e.attrib["href"] for e in _added(tree) if re.match("(https?|mailto):", e.get("href", ""))}
    for address in addresses:
        if address.startswith(("data:text/csv", "data:image/")):  # the file lies in the address itself
            continue
        if address in outward:
            continue
        parts = urlsplit(address)
        assert not parts.scheme, f"{address} leaves the build"
        assert not parts.netloc, f"{address} leaves the build"
        target = (path.parent / unquote(parts.path) if parts.path else path).resolve()
        assert target.is_relative_to(whole.resolve()), f"{address} leads out of the build"
        assert target.is_file(), f"{address} leads nowhere"
        if parts.fragment:
            assert unquote(parts.fragment) in _ids(target), f"{address} leads to no place on its page"


def test_contents_list_names_every_section(path: Path, tree: ET.Element) -> None:
    few = ("index.html", "jamfor.html", "omgang.html", "dagordning.html", "tillagg.html")
    if path.name in few or path.parent.name == "matt":
        return  # of few sections, or of sections that are told elsewhere
    (contents,) = of_class(tree, "ul", "innehall")
    listed = [a.attrib["href"].removeprefix("#") for a in contents.iter("a")]
    assert listed == [s.attrib["id"] for s in tree.iter("section")]


def test_nothing_is_fetched_and_nothing_runs(path: Path, tree: ET.Element, whole: Path) -> None:
    tags = {_local(e) for e in tree.iter() if isinstance(e.tag, str)}
    if path.relative_to(whole).as_posix() in SCRIPTED:
        tags.remove("script")
        assert all(e.get("src") and not "".join(e.itertext()) for e in tree.iter("script")), "a script in the page"
    assert not tags & {"script", "link", "iframe", "object", "embed", "base", "form", "audio", "video"}
    attributes = {name for e in tree.iter() for name in e.attrib}
    assert not {name for name in attributes if name.startswith("on")}
    styles = [e.text or "" for e in tree.iter() if _local(e) == "style"] + [e.get("style", "") for e in tree.iter()]
    assert any(styles)
    for style in styles:
        assert not re.search(r"url\(|@import|https?:|//", style), "a style sheet that fetches"
    fetched = [e.get("src", "") for e in tree.iter()] + [a for a in _addresses(tree) if a.lstrip().startswith("//")]
    assert not [address for address in fetched if re.match(r"\s*(https?:)?//", address)]


def test_code_is_folded_and_whole(job: Job) -> None:
    _code_is_folded_and_whole(job)


def test_code_of_the_dialogue_is_folded_and_whole(dialogue_job: Job) -> None:
    _code_is_folded_and_whole(dialogue_job)


def _code_is_folded_and_whole(job: Job) -> None:
    tree = _tree(job.report_page)[0]
    folded = of_class(tree, "details", "kod")
    assert folded
    for details in folded:
        assert "open" not in details.attrib
        assert words(details[0]).startswith("Visa kod")
    assert {id(pre) for pre in tree.iter("pre")} == {id(pre) for d in folded for pre in d.iter("pre")}
    shown = "\n\n".join("".join(code.itertext()) for d in folded for code in d.iter("code"))
    cells = nbformat.read(job.notebook, as_version=4).cells
    sources = [c.source for c in cells if c.cell_type == "code" and "resultat" not in c.metadata.tags]
    assert shown == "\n\n".join(sources)


# what libraries write when something leaks through; «None» and «nan» are values that never became words
LEAKS = re.compile(
    r"\b(show code|table|figure|nan|none|null|true|false|undefined|untitled|loading|error|warning|traceback|"
    r"output|the|and|of|data source|year|value|median absolute|click|skip to|source)\b",
    re.IGNORECASE,
)
# words that Swedish has too, or that stand in a name
ALLOWED = re.compile(r"(?i)\bavailability error\b")


def test_nothing_english_or_unformatted_is_read(tree: ET.Element) -> None:
    texts = _read_texts(tree)
    found = sorted({m[0] for text in texts for m in LEAKS.finditer(ALLOWED.sub("", text))})
    assert found == []
    left = [text for text in texts if re.search(r"[{}]|&(?:amp|lt|gt|#\d+);|<[a-z/]", text)]
    assert left == [], "markup or a template that is read as text"


FAULTS = {
    "a narrow or thin space": r"[\u202f\u2009]",
    "a hyphen for minus": r"(?<![\w–)])-\d",
    "a space that may break before %": r"\d %",
    "no space before %": r"\d%",
    "a decimal point": r"(?<![\w.])(?<!tabell )\d+\.\d+(?![\w.])",
    "a hyphen between numbers": r"(?<![\w-])(?!\d{4}-\d\d\b)\d+-\d+(?![\w-])",  # months stand as 2026-06 on an axis
    "a minus nought": r"−0(?:,0+)?(?![\d,])",
}


@pytest.mark.parametrize("what", FAULTS)
def test_numbers_are_written_in_swedish(tree: ET.Element, what: str) -> None:
    texts = _read_texts(tree)
    assert any(re.search(r"\d", text) for text in texts)
    assert [text.strip()[:90] for text in texts if re.search(FAULTS[what], text)] == []


def test_thousands_never_break(tree: ET.Element) -> None:
    """In all that is computed; definitions and gaps are the catalogue's own words."""
    computed = _read_texts(tree, frozenset({"dd", "luckor"}))
    assert [text.strip()[:90] for text in computed if re.search(r"(?<![\d,.–\u00a0-])\d{1,3} \d{3}(?!\d)", text)] == []


def test_cells_hold_one_form_of_number(tree: ET.Element) -> None:
    """A cell that is a number alone is written as the formatter writes it, with U+00A0 and U+2212."""
    checked = 0
    for cell in tree.iter("td"):
        text = words(cell)
        if re.fullmatch(r"[-−+]?[\d\s,.]+", text):
            assert re.fullmatch(r"[−+]?\d{1,3}(\u00a0\d{3})*(,\d+)?|\d{4}", text), html.escape(text)
            checked += 1
    tables = list(tree.iter("table"))
    assert checked or not [t for t in tables if "Tid" in words(t)] or len(tables) == 1
