"""The country's page and the covers say what the reports and assessments say, and what is made and not."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.publish.reading import of_class, opening_lists, parse, words
from tests.publish.tool import exported
from tests.publish.truth import Truth

from varddialog.batch.plan import Job, plan
from varddialog.batch.record import Failure, JobRecord, read_record
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.pack.glue import SCRAP
from varddialog.publish.site.write import write_covers, write_site
from varddialog.swedish import number

UNITS = ("00-riket", "01-stockholm", "09-gotland")
BESIDE = ("faktablad.pdf", "kortrapport.html", "faktaunderlag.pptx", "faktaunderlag.xlsx")


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """The built cycle's folder, to write in."""
    return Path(shutil.copytree(site, tmp_path / DEFAULT_CYCLE))


def _jobs(project: Project, catalogue: Catalogue, folder: Path) -> list[Job]:
    return plan(project, catalogue, DEFAULT_CYCLE, folder.parent, catalogue.units.all)


def parse_again(path: Path) -> ET.Element:
    """A page that is written anew in the test."""
    parse.cache_clear()
    return parse(path)


def test_the_country_links_what_is_made_and_says_of_the_rest_that_it_is_not(site: Path, catalogue: Catalogue) -> None:
    tree = parse(site / "index.html")
    (matrix,) = of_class(tree, "table", "rutnat")
    linked = [a.attrib["href"] for a in matrix.iter("a")]
    reports = [f"{unit}/{d.notebook}.html" for unit in UNITS for d in catalogue.framework.dimensions]
    assert sorted(linked) == sorted([*reports, *(f"{unit}/index.html" for unit in UNITS)])
    rows = matrix.findall("tbody/tr")
    assert [words(row[0]) for row in rows] == [u.official_name for u in catalogue.units.all]
    left = [words(td) for row in rows for td in row.iter("td") if not list(td.iter("a"))]
    assert left == ["inte gjord"] * (22 - len(UNITS)) * 4


def test_each_cell_counts_the_assessments_of_its_report(site: Path, catalogue: Catalogue) -> None:
    rows = of_class(parse(site / "index.html"), "table", "rutnat")[0].findall("tbody/tr")
    for unit, row in zip(catalogue.units.all, rows, strict=True):
        for dimension, td in zip(catalogue.framework.dimensions, row.iter("td"), strict=True):
            if unit.is_nation or not list(td.iter("a")):
                continue
            mine = [i for i in catalogue.of_dimension(dimension) if i.turn and not i.gap and not i.duplicate_of]
            classes = Counter(
                (a["vs_nation"] or {}).get("class")
                for i in mine
                for sex in "TKM"
                if (a := exported().get((i.id, unit.code, sex)))
            )
            told = {word: int(n) for n, word in re.findall(r"(\d+) (sämre|bättre|i nivå|bedöms inte)", words(td))}
            if not told:  # where nothing is judged, the cell tells how many there are
                assert not {"bättre", "sämre", "i nivå"} & set(classes)
                assert re.search(r"\d+\smått", words(td))
                continue
            assert told["bättre"] == classes["bättre"]
            assert told["sämre"] == classes["sämre"]
            assert told["i nivå"] == classes["i nivå"]
            assert told["bedöms inte"] >= sum(classes.values()) - sum(list(told.values())[:3])


def test_what_stands_out_in_the_country_is_true(site: Path, catalogue: Catalogue, truth: Truth) -> None:
    """Each line's value is Riket's own or the regions' ends, and its link the indicator's page."""
    lists = of_class(parse(site / "index.html"), "div", "tre")[0]
    by_page = {f"matt/{i.slug}.html": i for i in catalogue.indicators.values()}
    seen = []
    for block in lists:
        rows = list(block.iter("li"))
        assert 1 <= len(rows) <= 3
        for li in rows:
            (link,) = li.iter("a")
            indicator = by_page[link.attrib["href"]]
            seen.append(indicator.id)
            nation = next(a for sex in "TKM" if (a := exported().get((indicator.id, "00", sex))))
            if words(block[0]) == "Störst skillnader mellan regionerna":
                values = truth.trusted(indicator, str(nation["year"]), nation["sex"])
                assert number(max(values), indicator.decimals) in words(li)
                assert nation["variation"]["class"] == "skillnad"
            else:
                assert number(nation["value"], indicator.decimals) in words(li)
    assert len(set(seen)) == len(seen), "an indicator stands once"


@pytest.mark.parametrize("unit", UNITS)
def test_the_cover_opens_with_lines_of_the_reports(site: Path, unit: str) -> None:
    cover = parse(site / unit / "index.html")
    told = {}
    for report in sorted((site / unit).glob("[1-4]-*.html")):
        for heading, rows in opening_lists(parse(report)):
            told |= {f"{report.name}#{anchor}": (heading, name, text) for name, anchor, text in rows}
    wanted = {"Styrkor": "Bättre än riket", "Problem": "Sämre än riket"}
    (lists,) = of_class(cover, "div", "listor")
    for block in lists:
        head, rows = words(block[0]), list(block.iter("li"))
        assert len(rows) <= 3
        for li in rows:
            heading, name, text = told[li[0].attrib["href"]]
            assert (heading, name, text) == (wanted.get(head, head), words(li[0]), (li[1].tail or "").strip(" \n"))


@pytest.mark.parametrize("unit", UNITS[1:])
def test_the_cover_begins_with_what_lies_farthest_from_riket(site: Path, unit: str, catalogue: Catalogue) -> None:
    """Of each report's list the cover takes the first lines in their order."""
    cover = parse(site / unit / "index.html")
    for head, heading in (("Styrkor", "Bättre än riket"), ("Problem", "Sämre än riket")):
        block = next(b for b in of_class(cover, "div", "listor")[0] if words(b[0]) == head)
        shown = [li[0].attrib["href"] for li in block.iter("li")]
        for report in sorted((site / unit).glob("[1-4]-*.html")):
            mine = [link.partition("#")[2] for link in shown if link.startswith(report.name)]
            own = [a for h, rows in opening_lists(parse(report)) if h == heading for _, a, _ in rows]
            assert mine == own[: len(mine)]


def test_the_cover_says_that_there_is_no_pack_before_and_no_date(site: Path) -> None:
    text = words(parse(site / "09-gotland" / "index.html"))
    assert "Det här är det första faktaunderlaget." in text
    assert "Datum är inte bestämt" in text


def test_the_cover_tells_what_has_changed_since_the_last_pack(
    copy: Path, project: Project, catalogue: Catalogue
) -> None:
    """Against a pack of the cycle before, in which one class was another and one value older."""
    before = Cycle(name="2024–2025", years=[2024, 2025], data_until="2024-11-01")
    both = Catalogue(catalogue.framework, catalogue.areas, catalogue.units, {**catalogue.cycles, "2024-2025": before})
    jobs = [job for job in _jobs(project, catalogue, copy) if job.unit.code == "09"]
    old = copy.parent / "2024-2025" / "09-gotland"
    shutil.copytree(copy / "09-gotland", old)
    notebook = old / jobs[0].notebook.name
    found = json.loads(notebook.read_text(encoding="utf-8"))
    scraps = (o["data"][SCRAP] for c in found["cells"] for o in c.get("outputs", []) if SCRAP in o.get("data", {}))
    row = next(r for r in next(scraps)["data"]["results"] if r["vs_nation"] == "bättre")
    row |= {"vs_nation": "sämre", "when": "2001", "value": 12.5}
    notebook.write_text(json.dumps(found), encoding="utf-8")
    write_covers(jobs, read_record(copy, DEFAULT_CYCLE), both, copy.parent, DEFAULT_CYCLE)
    text = words(parse_again(copy / "09-gotland" / "index.html"))
    assert "Jämfört med faktaunderlaget 2024–2025: 1 mått har nyare värden, 0 har tillkommit och 0 har utgått." in text
    assert "Omdömet mot riket är ett annat för 1." in text
    assert f"{catalogue.indicators[row['indicator']].name}Då: ▼ sämre (12,5" in text


def test_the_cover_lists_the_files_that_lie_there_with_their_size(
    copy: Path, project: Project, catalogue: Catalogue
) -> None:
    folder = copy / "09-gotland"
    for name in BESIDE:
        (folder / name).unlink(missing_ok=True)
    (folder / BESIDE[0]).write_bytes(b"x" * 74_321)
    (folder / BESIDE[3]).write_bytes(b"x" * 1_250_000)
    mine = [job for job in _jobs(project, catalogue, copy) if job.unit.code == "09"]
    write_covers(mine, read_record(copy, DEFAULT_CYCLE), catalogue, copy.parent, DEFAULT_CYCLE)
    (listed,) = of_class(parse_again(folder / "index.html"), "ul", "filer")
    reports = [job.report_page.name for job in mine if job.report.dimension]
    assert [a.attrib["href"] for a in listed.iter("a")] == [*reports, BESIDE[0], BESIDE[3]]
    assert "74\u00a0kB" in words(listed[4])
    assert "1,2\u00a0MB" in words(listed[5]) or "1,3\u00a0MB" in words(listed[5])


def test_a_failed_run_is_told_on_both_pages(copy: Path, project: Project, catalogue: Catalogue) -> None:
    jobs, record = _jobs(project, catalogue, copy), read_record(copy, DEFAULT_CYCLE)
    failure = Failure(cell="c", error="E", message="m")
    record.jobs["09-gotland/1-halsa-i-befolkningen"].failure = failure
    record.jobs["12-skane/1-halsa-i-befolkningen"] = JobRecord(failure=failure)
    (copy / "matt" / "borttaget.html").write_text("ett mått som inte finns längre", encoding="utf-8")
    write_site(jobs, record, catalogue, copy.parent, DEFAULT_CYCLE)
    matrix = of_class(parse_again(copy / "index.html"), "table", "rutnat")[0]
    rows = {words(row[0]): row for row in matrix.iter("tr")}
    assert words(rows["Region Gotland"][1]).endswith("(äldre, senaste körningen misslyckades)")
    assert words(rows["Region Skåne"][1]) == "misslyckades"
    assert "Den senaste körningen misslyckades." in words(parse_again(copy / "09-gotland" / "index.html"))
    assert not (copy / "matt" / "borttaget.html").exists(), "the page of an indicator that is no more"


def test_the_site_is_the_same_bytes_when_made_again(copy: Path, project: Project, catalogue: Catalogue) -> None:
    def pages() -> dict[str, bytes]:
        made = [*copy.glob("*.html"), *copy.glob("*.js"), *copy.glob("matt/*.html"), *copy.glob("*/index.html")]
        return {path.relative_to(copy).as_posix(): path.read_bytes() for path in made}

    before = pages()
    write_site(_jobs(project, catalogue, copy), read_record(copy, DEFAULT_CYCLE), catalogue, copy.parent, DEFAULT_CYCLE)
    assert pages() == before


def test_every_page_is_small_enough(site: Path) -> None:
    assert (site / "index.html").stat().st_size < 300_000
    assert (site / "jamfor.html").stat().st_size < 700_000
    assert (site / "sok.js").stat().st_size < 400_000
    assert max(path.stat().st_size for path in (site / "matt").glob("*.html")) < 200_000


def test_regions_with_reports_are_reached_from_the_map(site: Path) -> None:
    drawings = [e for e in parse(site / "index.html").iter() if e.get("role") == "group" and e.tag.endswith("svg")]
    assert len(drawings) >= 4
    for drawing in drawings:
        links = {e.get("href") for e in drawing.iter() if str(e.tag).rpartition("}")[2] == "a"}
        assert links == {f"{unit}/index.html" for unit in UNITS[1:]}
