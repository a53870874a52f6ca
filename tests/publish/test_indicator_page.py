"""Each indicator's page says what the assessments and the store say of it, and its links lead somewhere."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from tests.publish.reading import of_class, parse, table, words
from tests.publish.tool import MARKS, exported
from tests.publish.truth import Truth

from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.swedish import MISSING, number

ENDINGS = {"T": "", "K": "-kvinnor", "M": "-man"}


def _shown(catalogue: Catalogue) -> list[Indicator]:
    return [i for i in catalogue.indicators.values() if not i.gap and not i.duplicate_of]


@cache
def _ids(path: Path) -> frozenset[str]:
    return frozenset(e.attrib["id"] for e in parse(path).iter() if "id" in e.attrib)


def _tables(tree: ET.Element) -> list[ET.Element]:
    """The tables of all regions, one for each sex that has one."""
    return [t for box in of_class(tree, "div", "svarstabell") for t in box.iter("table")]


def test_there_is_a_page_for_every_indicator_with_figures_and_for_no_other(site: Path, catalogue: Catalogue) -> None:
    wanted = {f"{i.slug}.html" for i in _shown(catalogue)}
    assert {path.name for path in (site / "matt").glob("*.html")} == {*wanted, "index.html"}


def test_every_page_is_sound_and_has_one_heading_of_its_own(site: Path, catalogue: Catalogue) -> None:
    for indicator in _shown(catalogue):
        tree = parse(site / "matt" / f"{indicator.slug}.html")  # strict: the first fault is an error
        assert [words(h) for h in tree.iter("h1")] == [indicator.name]
        assert tree.get("lang") == "sv"


def test_every_value_and_class_is_that_of_the_assessments(site: Path, catalogue: Catalogue) -> None:
    names = {unit.name: unit.code for unit in catalogue.units.all}
    seen = set()
    for indicator in _shown(catalogue):
        tree = parse(site / "matt" / f"{indicator.slug}.html")
        sexes = [s for s in "TKM" if any((indicator.id, code, s) in exported() for code in names.values())]
        sexes = ["T"] if "T" in sexes else sexes
        for sex, found in zip(sexes, _tables(tree), strict=True) if sexes else ():
            read = table(found)
            assert [row[0] for row in read.rows] == list(names)
            for row in read.rows:
                told = dict(zip(read.header, row, strict=True))
                a = exported().get((indicator.id, names[row[0]], sex))
                if a is None:
                    assert told["Värde"] == "saknas"
                    continue
                seen.add((a["indicator"], a["region"], a["sex"]))
                assert told["Värde"].removesuffix(" (ifrågasatt)") == number(a["value"], indicator.decimals)
                assert str(a["year"]) in told["Tid"]
                if names[row[0]] == "00":
                    assert told["Mot riket"] == MISSING
                else:
                    klass = a["vs_nation"]["class"]
                    assert told["Mot riket"] == f"{MARKS[klass]} {klass}"
                for column, answer in (("Mot målnivån", "vs_target"), ("Utveckling", "trend")):
                    given = a[answer]
                    if column in told:
                        assert told[column].endswith(given["class"] if given else MISSING)
                    else:
                        assert given is None
    assert seen == set(exported())


def test_every_link_leads_to_a_file_and_a_place_in_it(site: Path, catalogue: Catalogue) -> None:
    """From each indicator's page; each unit with a report is led to its card there, and no other unit."""
    for indicator in _shown(catalogue):
        path = site / "matt" / f"{indicator.slug}.html"
        cards = set()
        for e in parse(path).iter():
            address = e.get("href") or e.get("{http://www.w3.org/1999/xlink}href")
            if not address or address.startswith("data:"):
                continue
            parts = urlsplit(address)
            assert not parts.scheme
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name}: {address}"
            assert not parts.fragment or unquote(parts.fragment) in _ids(target), f"{path.name}: {address}"
            if target.parent.parent == site.resolve() and target.parent.name != "matt":
                cards.add(target.parent.name[:2])
        assert cards == {region for i, region, _ in exported() if i == indicator.id} & {"00", "01", "09"}


def test_reports_lead_back_to_the_indicators_own_page(site: Path) -> None:
    for report in site.glob("*/[1-4]-*.html"):
        for a in parse(report).iter("a"):
            if "/matt/" in a.get("href", ""):
                assert (report.parent / a.attrib["href"].partition("#")[0]).is_file(), a.attrib["href"]


@pytest.mark.parametrize(
    "name", ["N79173", "SCB_MEDELLIVSLANGD_5AR", "SOS_BUP_VANTETID_FORSTA_BESOK", "N70034_PER_INV"]
)
def test_the_file_holds_every_year_of_every_region(site: Path, catalogue: Catalogue, truth: Truth, name: str) -> None:
    indicator = catalogue.indicators[name]
    tree = parse(site / "matt" / f"{indicator.slug}.html")
    (link,) = of_class(tree, "a", "hamta")
    head, _, body = link.attrib["href"].partition(",")
    assert head == "data:text/csv;charset=utf-8"
    text = unquote(body)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    sexes = {"båda": "T", "kvinnor": "K", "män": "M"}
    read = {(r["kod"], sexes[r["kön"]], r["tid"]): float(r["värde"].replace(",", ".")) for r in rows}
    wanted = {
        (unit.code, sex, when): o.value
        for unit in catalogue.units.all
        for sex in truth.sexes(indicator, unit.code)
        for when, o in truth.whole(indicator, unit.code, sex).items()
    }
    assert read.keys() == wanted.keys()
    assert all(read[key] == pytest.approx(wanted[key], abs=1e-6) for key in wanted)


def test_the_list_names_every_indicator_once_and_counts_as_the_pages_do(site: Path, catalogue: Catalogue) -> None:
    tree = parse(site / "matt" / "index.html")
    linked = [a.attrib["href"] for box in of_class(tree, "div", "mattlista") for a in box.iter("a")]
    assert set(linked) == {f"{i.slug}.html" for i in _shown(catalogue)}
    for row in (r for box in of_class(tree, "div", "mattlista") for r in box.findall("table/tbody/tr")):
        slug = next(row.iter("a")).attrib["href"].removesuffix(".html")
        indicator = next(i for i in catalogue.indicators.values() if i.slug == slug)
        told = [words(span) for span in of_class(row, "span", "antal")]
        for word in ("bättre", "sämre", "i nivå"):
            said = next((int(t.split()[1]) for t in told if t.endswith(word)), 0)
            # at the time that most regions have, and women and men in rows of their own
            assert said <= max((sum(c == word for c in classes) for classes in _classes(indicator)), default=0)


def _classes(indicator: Indicator) -> list[list[str]]:
    """The regions' classes against Riket, for each sex that has values."""
    found: dict[str, list[str]] = {}
    for (i, region, sex), a in exported().items():
        if i == indicator.id and region != "00" and a["vs_nation"]:
            found.setdefault(sex, []).append(a["vs_nation"]["class"])
    return list(found.values())
