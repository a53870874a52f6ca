"""The committed catalogue is whole and sane, and what is broken in a copy of it is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from tests.model.broken import INDICATOR, faults_of, replace

from varddialog.config import Project
from varddialog.data.manifest import Manifest, read_manifest
from varddialog.data.schema import MANIFEST
from varddialog.errors import UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Area
from varddialog.model.indicator import Indicator

# Vårdanalys 2014, chapter 4: dimension → areas, with parts inside
FRAMEWORK: dict[int, list[str | tuple[str, ...]]] = {
    1: ["halsa-och-livskvalitet", "sjukdomsforekomst", "dodlighet", "levnadsvanor"],
    2: [
        ("kvalitet", "medicinska-resultat", "patientrapporterade-utfall"),
        "sakerhet", "patientcentrering", "tillganglighet", "halsoframjande",
    ],
    3: [
        "vardkonsumtion-och-resurseffektivitet", "sammanhallen-vard", "ekonomisk-hallbarhet",
        "fortroende-och-legitimitet",
        (
            "styrning-och-organisation", "kunskapsbaserade-arbetssatt", "kompetensforsorjning",
            "informationsforsorjning-och-e-halsa", "utvecklingskapacitet-och-forskning",
        ),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def manifest(project: Project) -> Manifest:
    if not (project.store / MANIFEST).is_file():
        pytest.skip("the store is not written yet")
    return read_manifest(project.store, project.show(project.store))


# the framework


def shape(area: Area) -> str | tuple[str, ...]:
    return (area.slug, *(part.slug for part in area.parts)) if area.parts else area.slug


def test_framework_holds_every_area_in_order(catalogue: Catalogue) -> None:
    dimensions = catalogue.framework.dimensions
    assert [d.number for d in dimensions] == [1, 2, 3, 4]
    assert {d.number: [shape(area) for area in d.areas] for d in dimensions[:3]} == FRAMEWORK


def test_fourth_dimension_goes_across_every_grouping_and_between_units(catalogue: Catalogue) -> None:
    areas = catalogue.dimension(4).areas
    groupings = [area.grouping for area in areas if area.grouping]
    assert groupings == ["kön", "utbildning", "inkomst", "födelseland", "ålder"]
    assert any("enheter" in area.slug for area in areas)


@pytest.mark.parametrize("name", [2, "2", "kvalitet-i-tjansterna", "Kvalitet i tjänsterna", "2-kvalitet-i-tjansterna"])
def test_a_dimension_is_found_by_number_slug_and_name(catalogue: Catalogue, name: str | int) -> None:
    assert catalogue.dimension(name).number == 2


@pytest.mark.parametrize(
    ("look", "hint"),
    [
        (lambda c: c.dimension("kvalitet-i-tjänstrna"), "Menade du «kvalitet-i-tjansterna»"),
        (lambda c: c.area("tillgänglihet"), "Menade du «tillganglighet»"),
        (lambda c: c.cycle("2026-2028"), "Menade du «2026-2027»"),
    ],
)
def test_a_misspelt_name_gets_a_suggestion(
    catalogue: Catalogue, look: Callable[[Catalogue], object], hint: str
) -> None:
    with pytest.raises(UsageError, match=hint):
        look(catalogue)


# the indicators


def test_every_area_of_the_first_three_dimensions_has_a_file_with_indicators(catalogue: Catalogue) -> None:
    leaves = [leaf.slug for d in catalogue.framework.dimensions[:3] for leaf in d.leaves()]
    assert [slug for slug in leaves if not catalogue.areas.get(slug)] == []


def wrong(catalogue: Catalogue, is_wrong: Callable[[Indicator], bool]) -> list[str]:
    return [i.id for i in catalogue.indicators.values() if is_wrong(i)]


def test_names_are_headings_and_texts_are_sentences(catalogue: Catalogue) -> None:
    assert wrong(catalogue, lambda i: len(i.name) > 75 or i.name.endswith(".") or not i.name[0].isupper()) == []
    unit_or_year = re.compile(r"\b(19|20)\d\d\b|, (procent|antal)$")
    # a duplicate is never shown, and may need its year to be told from the other
    assert wrong(catalogue, lambda i: not i.duplicate_of and bool(unit_or_year.search(i.name))) == []
    texts: dict[str, Callable[[Indicator], list[str]]] = {
        "definition": lambda i: [i.definition],
        "limits": lambda i: [i.limits],
        "exceptions": lambda i: list(i.exceptions.values()),
        "gap": lambda i: [i.gap.missing] if i.gap else [],
        "breaks": lambda i: [b.reason for b in i.breaks],
    }
    unfinished = {k: wrong(catalogue, lambda i, t=t: any(not s.endswith(".") for s in t(i))) for k, t in texts.items()}
    assert {k: ids for k, ids in unfinished.items() if ids} == {}


def test_no_text_is_copied_from_one_indicator_to_another(catalogue: Catalogue) -> None:
    names = Counter(i.name for i in catalogue.indicators.values() if not i.duplicate_of)
    definitions = Counter(i.definition for i in catalogue.indicators.values() if not i.duplicate_of)
    assert [text for text, count in (names + definitions).items() if count > 1] == []


def test_a_target_points_the_way_of_its_indicator(catalogue: Catalogue) -> None:
    against = {"minst": "lower_better", "högst": "higher_better"}
    assert wrong(catalogue, lambda i: any(against.get(t.kind) == i.direction for t in i.targets)) == []
    assert wrong(catalogue, lambda i: i.direction == "none" and any(t.kind == "riktning" for t in i.targets)) == []


def test_a_target_level_is_a_value_that_the_unit_allows(catalogue: Catalogue) -> None:
    def outside(i: Indicator) -> bool:
        levels = [level for t in i.targets for level in (t.level, t.upper) if level is not None]
        low, high = i.unit.low, i.unit.high
        return any((low is not None and v < low) or (high is not None and v > high) for v in levels)

    assert wrong(catalogue, outside) == []


def test_mortality_is_never_better_when_higher(catalogue: Catalogue) -> None:
    assert wrong(catalogue, lambda i: "dödlighet" in i.name.casefold() and i.direction == "higher_better") == []


def test_the_groups_of_a_family_can_be_compared(catalogue: Catalogue) -> None:
    families: dict[str, list[Indicator]] = {}
    for indicator in catalogue.indicators.values():
        if indicator.part:
            families.setdefault(indicator.part.family, []).append(indicator)
    for family, members in families.items():
        groups = [i.part.group for i in members if i.part]
        assert len(set(groups)) == len(groups), family
        assert len({(i.measure, i.direction, i.period, i.part and i.part.grouping) for i in members}) == 1, family


def test_the_other_of_a_pair_of_duplicates_is_shown(catalogue: Catalogue) -> None:
    hidden = {i.id: i.duplicate_of for i in catalogue.indicators.values() if i.duplicate_of}
    assert {a: b for a, b in hidden.items() if b in hidden} == {}


def test_the_last_year_of_a_discontinued_series_has_been(catalogue: Catalogue) -> None:
    year = catalogue.cycle("2026-2027").today.year
    assert wrong(catalogue, lambda i: i.discontinued is not None and i.discontinued > year) == []


def test_catalogue_and_store_fit(catalogue: Catalogue, manifest: Manifest) -> None:
    assert set(manifest.series) - catalogue.indicators.keys() == set()
    held = {i.id for i in catalogue.indicators.values() if i.id in manifest.series or i.derived}
    assert wrong(catalogue, lambda i: (i.id in held) == (i.gap is not None)) == []
    sources = {
        s for i in catalogue.indicators.values() if i.derived for s in (i.derived.numerator, i.derived.denominator)
    }
    assert sources - manifest.series.keys() == set()
    foreign = {i.international.series for i in catalogue.indicators.values() if i.international}
    assert foreign - manifest.international.keys() == set()


# what is broken is found


def test_faults_of_all_files_come_at_once(params_copy: Project) -> None:
    replace(params_copy.params / "units.yml", "name: Riket", "nam: Riket")
    replace(params_copy.params / "framework.yml", "question:", "fraga:")
    replace(params_copy.params / "cycles" / "2026-2027.yml", "[2026, 2027]", "[2026, 2028]")
    replace(params_copy.params / "indicators" / "2-tillganglighet.yml", "decimals: 1", "decimals: 9")
    files = {fault.partition(":")[0] for fault in faults_of(params_copy)}
    assert files == {
        "params/units.yml",
        "params/framework.yml",
        "params/cycles/2026-2027.yml",
        "params/indicators/2-tillganglighet.yml",
    }


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('code: "01"', 'code: "03"', "Koden 03 står två gånger"),
        ('code: "00"', 'code: "26"', "Riket (kod 00) saknas"),
        ("name: Gotland", "name: Gutland", "params/regions/09-gutland.yml: Filen saknas"),
    ],
)
def test_faults_in_the_units(params_copy: Project, old: str, new: str, words: str) -> None:
    replace(params_copy.params / "units.yml", old, new)
    assert any(words in fault for fault in faults_of(params_copy))


def test_faults_in_the_parameter_files(params_copy: Project) -> None:
    regions = params_copy.params / "regions"
    (regions / "09-gotland.yml").unlink()
    (regions / "12-skaane.yml").write_text("region: 12-skane\n", encoding="utf-8")
    replace(regions / "13-halland.yml", "region: 13-halland", "region: 12-skane")
    replace(regions / "14-vastra-gotaland.yml", "cycle: 2026-2027", "cycle: 2024-2025")
    replace(regions / "25-norrbotten.yml", "region:", "regoin:")
    text = "\n".join(faults_of(params_copy))
    for words in (
        "params/regions/09-gotland.yml: Filen saknas.",
        "params/regions/12-skaane.yml: Filen hör inte till någon enhet i units.yml. Menade du «12-skane.yml»?",
        "params/regions/13-halland.yml: region är «12-skane». Tillåtet: 13-halland.",
        "params/regions/14-vastra-gotaland.yml: cycle «2024-2025» finns inte i cycles/.",
        "Okänt fält: «regoin» (regoin). Tillåtet: region, cycle. Menade du «region»?",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[2026, 2027]", "[2026]", "två år i följd"),
        ('"2026-11-21"', '"2028-01-01"', "ligger efter dialogomgången"),
        ('"2026-11-21"', "2026-11-21", "ska vara text"),
        ('"2026-11-21"', '"21 november"', "data_until: ska vara en dag"),
    ],
)
def test_faults_in_a_cycle(params_copy: Project, old: str, new: str, words: str) -> None:
    replace(params_copy.params / "cycles" / "2026-2027.yml", old, new)
    assert any(words in fault for fault in faults_of(params_copy))


def test_a_file_whose_area_is_unknown_or_whose_name_does_not_fit(params_copy: Project) -> None:
    indicators = params_copy.params / "indicators"
    replace(indicators / "2-sakerhet.yml", "area: sakerhet", "area: sakerheet")
    (indicators / "2-tillganglighet.yml").rename(indicators / "3-tillganglighet.yml")
    text = "\n".join(faults_of(params_copy))
    assert "Området «sakerheet» finns inte i ramverket" in text
    assert "Menade du «sakerhet»?" in text
    assert "ska heta 2-tillganglighet.yml" in text


def test_two_files_of_one_area(params_copy: Project) -> None:
    indicators = params_copy.params / "indicators"
    (indicators / "2-tillganglighet-b.yml").write_text("area: tillganglighet\nindicators: []\n", encoding="utf-8")
    assert any("ska heta 2-tillganglighet.yml" in fault for fault in faults_of(params_copy))


def test_an_indicator_that_stands_twice(params_copy: Project) -> None:
    path = params_copy.params / "indicators" / "2-tillganglighet.yml"
    text = path.read_text(encoding="utf-8")
    first = re.search(r"  - id: (\S+)\n    slug: (\S+)\n(?:    .*\n| *\n)+", text)
    assert first
    path.write_text(text.rstrip("\n") + "\n" + first[0], encoding="utf-8")
    text = "\n".join(faults_of(params_copy))
    assert f"«{first[1]}» står också i" in text
    assert f"«{first[2]}» står också i" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"direction": "none"}, "undantaget «tolkningsbar»"),
        ({"more": "    exceptions: {tolkningsbar: Oklart.}"}, "undantaget «tolkningsbar»"),
        ({"more": "    prices: fasta"}, "anger «prices»"),
        ({"more": "    gap: {missing: Allt., holder: Alla}"}, "undantaget «mätbar»"),
        ({"principles": "[1, 1]"}, "samma princip"),
        ({"principles": "[9]"}, "högst 8"),
        ({"period": "rullande"}, "«years» är större än 1"),
        ({"more": "    targets: [{kind: minst, issuer: S, match: samma}]"}, "ska ha 1 nivåer"),
        ({"more": "    targets: [{kind: intervall, level: 9, upper: 1, issuer: S, match: samma}]"}, "lägre än «upper»"),
        ({"more": "    duplicate_of: X2"}, "duplicate_of «X2» finns inte"),
        ({"more": "    part: {family: F, grouping: kön, group: Kvinnor}"}, "har bara en grupp"),
    ],
)
def test_faults_inside_an_indicator(params_copy: Project, change: dict[str, str], words: str) -> None:
    values = {"direction": "lower_better", "period": "år", "principles": "[1]", "more": ""} | change
    path = params_copy.params / "indicators" / "2-tillganglighet.yml"
    path.write_text(INDICATOR.format(**values), encoding="utf-8")
    assert any(words in fault for fault in faults_of(params_copy) if "tillganglighet.yml" in fault)
