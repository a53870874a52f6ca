"""The method page: whole and sound, its counts and examples true, and its rules enough to assess everything anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise, permutations
from typing import get_args
from xml.etree import ElementTree as ET

import html5lib
import numpy as np
import pandas as pd
import pytest
import yaml
from tests.publish import second_opinion
from tests.publish.reading import Table, by_id, of_class, table, value, words
from tests.publish.test_html_facts import FAULTS, LEAKS

from varddialog.assessment.answer import Class
from varddialog.assessment.assess import ANSWERS
from varddialog.assessment.ground import ground
from varddialog.assessment.overview import Country, whole_country
from varddialog.assessment.worked import least_scores
from varddialog.config import Project
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue
from varddialog.pack import open_pack
from varddialog.publish.method.meanings import MEANINGS
from varddialog.publish.method.page import method_page
from varddialog.swedish import capital, number

CYCLE = "2026-2027"
RULES = (
    "regel-osakerhet", "regel-relevans", "regel-riket", "regel-mal", "regel-trend", "regel-avstand", "regel-manad",
    "regel-skillnader", "regel-gradering", "regel-variation", "regel-basta", "regel-lika", "regel-sma-tal",
    "regel-slump", "regel-kvalitet",
)  # fmt: skip
NEWEST = 2025


@pytest.fixture(scope="module")
def country(project: Project, catalogue: Catalogue) -> Country:
    return whole_country(ground(project, CYCLE))


@pytest.fixture(scope="module")
def page(country: Country, project: Project, catalogue: Catalogue) -> str:
    return method_page(country, catalogue, Store.of(project), catalogue.cycle(CYCLE))


@pytest.fixture(scope="module")
def tree(page: str) -> ET.Element:
    found: ET.Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return found


@pytest.fixture(scope="module")
def files(project: Project) -> second_opinion.Files:
    return second_opinion.Files(project.root, NEWEST)


def tables(tree: ET.Element, section: str) -> list[Table]:
    return [table(e) for e in by_id(tree, section).iter("table")]


# what the page is


def test_page_is_swedish_and_whole(tree: ET.Element, page: str) -> None:
    assert page.startswith("<!DOCTYPE html>")
    assert tree.get("lang") == "sv"
    assert [words(h) for h in tree.iter("h1")] == ["Så bedöms måtten"]
    levels = [int(e.tag[1]) for e in tree.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
    assert all(now <= before + 1 for before, now in pairwise(levels))
    assert "21\u00a0november\u00a02026" in page
    assert "2026–2027" in page
    first = next(tree.iter("a"))
    assert (first.get("class"), by_id(tree, first.attrib["href"][1:]).tag) == ("hopp", "main")


def test_nothing_is_fetched_and_every_link_holds(tree: ET.Element) -> None:
    assert not {str(e.tag) for e in tree.iter()} & {"script", "link", "iframe", "img", "form", "object", "embed"}
    ids = Counter(e.attrib["id"] for e in tree.iter() if "id" in e.attrib)
    assert max(ids.values()) == 1
    links = [e.attrib["href"] for e in tree.iter("a")]
    assert {link for link in links if not link.startswith("#")} == {"index.html"}
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    (style,) = (e.text or "" for e in tree.iter("style"))
    assert not re.search(r"url\(|@import|//", style)


def test_contents_name_every_section(tree: ET.Element) -> None:
    (contents,) = of_class(tree, "ul", "innehall")
    assert [a.attrib["href"][1:] for a in contents.iter("a")] == [s.attrib["id"] for s in tree.iter("section")]


def test_tables_can_be_read_aloud(tree: ET.Element) -> None:
    for element in tree.iter("table"):
        read = table(element)
        assert read.caption
        assert {len(row) for row in read.rows} == {len(read.header)}
        assert all(cell for row in [read.header, *read.rows] for cell in row), read.caption
        assert {th.get("scope") for th in element.iter("th")} == {"col", "row"}


def _texts(element: ET.Element) -> Iterator[str]:
    if element.tag not in ("style", "code"):
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def test_swedish_is_well_written(tree: ET.Element) -> None:
    texts = [text for text in _texts(tree) if text.strip()]
    for what, pattern in FAULTS.items():
        assert [text for text in texts if re.search(pattern, text)] == [], what
    # the marker's own word is quoted
    assert [text for text in texts if LEAKS.search(text)] == []


def test_page_is_the_same_every_time(page: str, country: Country, project: Project, catalogue: Catalogue) -> None:
    assert method_page(country, catalogue, Store.of(project), catalogue.cycle(CYCLE)) == page
    assert str(project.root) not in page


def test_page_of_a_project_with_hardly_any_figures(small_project: Project) -> None:
    on = ground(small_project, CYCLE)
    made = method_page(whole_country(on), on.catalogue, on.store, on.catalogue.cycle(CYCLE))
    assert 'id="matten"' in made
    assert 'id="exempel"' not in made


# rules


def test_every_rule_has_its_place(tree: ET.Element) -> None:
    for rule in RULES:
        assert by_id(tree, rule).tag == "section"


@pytest.mark.parametrize(("dimension", "region"), [(2, "Skåne"), (1, "Riket")])
def test_every_rule_of_a_card_stands_in_the_report_and_on_the_page(
    dimension: int, region: str, tree: ET.Element
) -> None:
    pack = open_pack(dimension, region)
    cards = "".join(pack.area(leaf.slug).html for leaf in pack.dimension.leaves())
    asked = set(re.findall(r'href="#(regel-[a-z-]+)"', cards))
    assert {"regel-riket", "regel-trend", "regel-basta"} & asked
    method = pack.method().html
    told = set(re.findall(r'id="(regel-[a-z-]+)"', method))
    assert asked <= told
    assert told <= set(RULES)
    onwards = set(re.findall(r'href="\.\./metod\.html#([a-z-]+)"', method))
    assert onwards == told
    assert all(by_id(tree, name) is not None for name in onwards)


def test_every_class_is_explained() -> None:
    told = {klass for _, _, rows in MEANINGS for meaning in rows for klass in meaning.classes}
    assert told == set(get_args(Class))


def test_least_scores_are_those_of_all_orders() -> None:
    for points in (5, 6, 7):
        scores = [sum((b > a) - (b < a) for a, b in combinations(o, 2)) for o in permutations(range(points))]
        p = {s: sum(abs(x) >= s for x in scores) / len(scores) for s in set(scores) if s >= 0}
        assert least_scores(7)[points] == min(s for s in p if p[s] < 0.05)


def test_the_rules_are_enough_to_assess_everything_anew(country: Country, files: second_opinion.Files) -> None:
    """Every value of every unit, by code written from the page's text alone."""
    known: dict[tuple[str, str], second_opinion.Series] = {}
    differ, tested = [], 0
    for a in country.assessments:
        if a.result is None:
            continue
        key = (a.indicator.id, a.result.sex)
        if key not in known:
            known[key] = files.series(*key)
        mine = second_opinion.assess(files, *key, a.unit.code, known[key])
        tested += 1
        theirs = {
            "level": a.uncertainty.level,
            "vs_nation": a.vs_nation and a.vs_nation.klass,
            "tier": a.vs_nation.certainty if a.vs_nation and mine.tier else None,
            "vs_target": a.vs_target and a.vs_target.klass,
            "trend": a.trend and a.trend.klass,
            "relation": a.relation,
        }
        differ += [(*key, a.unit.code, what, said) for what, said in theirs.items() if said != getattr(mine, what)]
        assert a.relevance.limit == pytest.approx(mine.relevance)
        assert a.z == (None if mine.z is None else pytest.approx(mine.z, rel=1e-6))
    assert tested > 2000
    assert differ == []


def test_the_rule_of_variation_is_enough_too(country: Country, files: second_opinion.Files) -> None:
    known: dict[tuple[str, str], second_opinion.Series] = {}
    made: dict[tuple[str, str, str], tuple[str, set[str]]] = {}
    met: Counter[str] = Counter()
    for a in country.assessments:
        if a.result is None or a.variation is None:
            continue
        key = (a.indicator.id, a.result.sex)
        if key not in known:
            known[key] = files.series(*key)
        at = (*key, a.result.latest.when)
        if at not in made:
            made[at] = second_opinion.between_regions(files, key[0], known[key], at[2])
        klass, outside = made[at]
        today = a.result.state == "aktuell"
        assert a.outlying == (today and a.unit.code in outside), (*key, a.unit.code)
        if a.unit.is_nation:
            assert a.variation.klass == (klass if today else "kan ej bedömas"), key
            met[a.variation.klass] += 1
    assert set(met) == {"skillnad", "ingen säker skillnad", "kan ej bedömas"}


# counts


def test_counts_are_those_of_the_assessments(tree: ET.Element, country: Country) -> None:
    rows = [a.as_dict() for a in country.assessments]
    for answer, read in zip(ANSWERS, tables(tree, "antal"), strict=True):
        found = Counter((r[answer]["class"], r["uncertainty_level"]) for r in rows if r[answer])
        columns = [None if c == "utan värde" else c.removeprefix("Nivå ") for c in read.header[1:-1]]
        shown = {row[0].partition(" ")[2]: [int(value(c)) for c in row[1:]] for row in read.rows[:-1]}
        assert shown == {
            klass: [*(found[klass, c] for c in columns), sum(n for (k, _), n in found.items() if k == klass)]
            for klass in {k for k, _ in found}
        }
        assert int(value(read.rows[-1][-1])) == found.total()
    levels = Counter(r["uncertainty_level"] for r in rows if r["uncertainty_level"])
    (shown_levels,) = tables(tree, "regel-osakerhet")
    assert {row[0]: int(value(row[-1])) for row in shown_levels.rows} == {c: levels[c] for c in ("A", "A*", "B", "C")}


def test_chance_is_counted_from_the_differences(tree: ET.Element, country: Country) -> None:
    z = np.abs([a.z for a in country.assessments if a.z is not None])
    (read,) = tables(tree, "regel-slump")
    assert [int(value(row[1])) for row in read.rows] == [int((z > 1.959964).sum()), int((z > 3.090232).sum())]
    assert [row[2] for row in read.rows] == [number(len(z) * 0.05, 1), number(len(z) * 0.002, 1)]
    assert f"{number(len(z))} jämförelser" in words(by_id(tree, "regel-slump"))


def test_remarks_are_counted(tree: ET.Element, project: Project) -> None:
    stored = pd.read_parquet(project.store / "remarks.parquet")
    found = Counter(zip(stored["check"].map(capital), stored["level"], strict=True))
    (read,) = tables(tree, "regel-kvalitet")
    assert {(row[0], row[1]): int(value(row[3])) for row in read.rows} == found
    assert {row[1]: row[2] for row in read.rows} == {"fel": "ja", "osannolikt": "ja", "upplysning": "nej"}


def test_every_indicator_with_figures_is_listed_once(tree: ET.Element, project: Project) -> None:
    entries = [
        entry
        for path in sorted((project.params / "indicators").glob("*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["indicators"]
    ]
    heads = [row[0] for read in tables(tree, "matten") for row in read.rows]
    listed = [head.rpartition("· ")[2] for head in heads]
    assert sorted(listed) == sorted(e["id"] for e in entries if "gap" not in e)
    text = words(by_id(tree, "matten"))
    assert all(" ".join(e["name"].split()) in text for e in entries if "gap" in e)


def test_list_tells_how_each_indicator_is_assessed(tree: ET.Element, country: Country) -> None:
    rows = {row[0].rpartition("· ")[2]: row for read in tables(tree, "matten") for row in read.rows}
    levels: dict[str, Counter[str]] = {}
    for a in country.assessments:
        if a.result:
            levels.setdefault(a.indicator.id, Counter())[a.uncertainty.level] += 1
    for name, counted in levels.items():
        shown = dict(part.split("\u00a0") for part in rows[name][3].split(", "))
        assert {level: int(count) for level, count in shown.items()} == counted
    # an indicator whose development is not tested anywhere has no class of development anywhere
    for a in country.assessments:
        if a.result and a.trend and a.trend.klass != "kan ej bedömas":
            assert re.search(r"Mann–Kendall|viktad linje|styrdiagram", rows[a.indicator.id][6]), a.indicator.id


# worked examples


def _printed(tree: ET.Element, heading: str) -> str:
    """The text of an example, from its heading to the next."""
    section = list(by_id(tree, "exempel"))
    start = next(i for i, e in enumerate(section) if e.get("id") == heading)
    rest = section[start + 1 :]
    end = next((i for i, e in enumerate(rest) if e.tag == "h3"), len(rest))
    return " ".join(words(e) for e in rest[:end])


def test_example_against_riket_can_be_followed(tree: ET.Element, files: second_opinion.Files) -> None:
    """From the printed values alone, and those are the store's."""
    slopes, noise, regions = tables(tree, "exempel")[:3]
    text = _printed(tree, "exempel-riket")
    years = np.array([int(row[0]) for row in noise.rows], dtype=float)
    values = np.array([float(value(row[1])) for row in noise.rows])
    name = words(by_id(tree, "exempel-riket")).partition(": ")[2]
    (found,) = (e for e in files.indicators.values() if e["name"] == name)
    series = files.series(found["id"], "T")
    assert [(r.year, r.value) for r in series["01"] if not r.doubted] == list(zip(years, values, strict=True))
    pairs = [(b - a) / (y - x) for (x, a), (y, b) in combinations(zip(years, values, strict=True), 2)]
    printed = [float(value(c)) for row in slopes.rows for c in row[1:] if c != "–"]
    assert printed == pytest.approx(pairs, abs=6e-4)
    rest = values - np.median(pairs) * (years - years[0])
    assert [float(value(row[2])) for row in noise.rows] == pytest.approx(rest, abs=6e-4)
    steps = np.abs(np.diff(rest))
    assert [float(value(row[3])) for row in noise.rows[1:]] == pytest.approx(steps, abs=6e-4)
    error = steps.mean() / 1.128
    now = {c: [r.value for r in rows if r.year == years[-1]] for c, rows in series.items()}
    others = np.array([v[0] for c, v in now.items() if v and c != "00"])
    assert sorted(float(value(row[1])) for row in regions.rows) == sorted(others)
    away = np.abs(others - np.median(others))
    delta = 0.5 * 1.4826 * np.median(away)
    turn = -1 if found["direction"] == "lower_better" else 1
    d = turn * (values[-1] - now["00"][0])
    places = len(f"{values[0]:g}".partition(".")[2])
    for shown, decimals in (
        (np.median(pairs), places + 3), (steps.mean(), places + 3), (error, places + 3),
        (values[-1] - 1.959964 * error, places + 2), (values[-1] + 1.959964 * error, places + 2),
        (delta, places + 2), (d, places), (d - 1.959964 * error, places + 2), (d + 1.959964 * error, places + 2),
    ):  # fmt: skip
        assert number(float(shown), decimals) in text
    assert abs(d) > max(1.959964 * error, delta)
    assert f"Alltså {'▲ bättre' if d > 0 else '▼ sämre'}" in text


def test_example_of_a_trend_can_be_followed(tree: ET.Element, files: second_opinion.Files) -> None:
    text = _printed(tree, "exempel-trend")
    told = re.findall(r"([\d,\u00a0−]+) \((\d{4})\)", text.partition("Lutningarna")[0])
    values, years = np.array([float(value(v)) for v, _ in told]), np.array([int(y) for _, y in told], dtype=float)
    name = words(by_id(tree, "exempel-trend")).partition(": ")[2]
    (found,) = (e for e in files.indicators.values() if e["name"] == name)
    mine = files.series(found["id"], "T")["01"]
    assert [(r.year, r.value) for r in mine if not r.doubted] == list(zip(years, values, strict=True))
    s, p, change = second_opinion._mann_kendall(years, values)
    assert f"= {number(s)}" in text
    assert f"= {number(p, 4)}" in text
    places = len(f"{values[0]:g}".partition(".")[2])
    assert f"= {number(change, places + 2)}" in text
    turn = -1 if found["direction"] == "lower_better" else 1
    assert p < 0.05
    assert f"Alltså {'▲ förbättras' if change * turn > 0 else '▼ försämras'}" in text
