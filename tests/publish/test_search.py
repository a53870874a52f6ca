"""What the search knows is what the pages say, in a script that no name can break out of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from tests.publish.reading import of_class, parse, words
from tests.publish.tool import exported, script_data

from varddialog.batch.plan import plan
from varddialog.batch.record import RunRecord
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.publish.site.write import write_site
from varddialog.swedish import number

HOSTILE = {
    "N00001": "=cmd|' /C calc'!A0 </script><script>alert(1)</script>\u2028 \u202eavgifter\u202c 🏥",
    "N00002": '<img src=x onerror=alert(2)> & "citat" \']]> ' + "väntetid" * 8,
}


def test_every_assessment_is_known_with_its_value_and_classes(site: Path, catalogue: Catalogue) -> None:
    known = script_data(site / "sok.js")
    by_page = {f"matt/{i.slug}.html": i for i in catalogue.indicators.values()}
    assert len(known["omdomen"]) == len(exported())
    seen = set()
    for m, u, value, _, nation, target, trend, place in known["omdomen"]:
        name, area, page, _, report, anchor = known["matt"][m]
        indicator, code = by_page[page], known["regioner"][u][0]
        sex = {"kvinnor": "K", "män": "M"}.get(name.rpartition(", ")[2]) if name != indicator.name else None
        key = next(k for s in sex or "TKM" if (k := (indicator.id, code, s)) in exported())
        seen.add(key)
        a = exported()[key]
        assert number(a["value"], indicator.decimals) in value
        for answer, found in (("vs_nation", nation), ("vs_target", target), ("trend", trend)):
            given = a[answer]
            assert (known["klasser"][found][1] if found >= 0 else None) == (given["class"] if given else None)
        assert known["omraden"][area][0] == catalogue.area_of[indicator.id]
        if place == 1:
            ids = {e.get("id") for e in parse(site / known["regioner"][u][5] / f"{report}.html").iter()}
            assert anchor in ids
        else:
            assert code not in ("00", "01", "09"), "the card of a report that is made"
            assert place in {e.get("id") for e in parse(site / page).iter()}
    assert seen == set(exported())


def test_every_address_leads_somewhere(site: Path) -> None:
    known = script_data(site / "sok.js")
    for region in known["regioner"]:
        page, _, place = region[4].partition("#")
        assert (site / page).is_file()
        assert not place or place in {e.get("id") for e in parse(site / page).iter()}
    ids = {e.get("id") for e in parse(site / "matt" / "index.html").iter()}
    assert {area[0] for area in known["omraden"]} <= ids


def _hostile_site(small: Project, tmp_path: Path) -> Path:
    (file,) = (small.params / "indicators").glob("*.yml")
    described: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    for indicator in described["indicators"]:
        indicator["name"] = HOSTILE[indicator["id"]]
        indicator["definition"] = "</script><!-- <script>"
    file.write_text(yaml.safe_dump(described, allow_unicode=True), encoding="utf-8")
    units = small.params / "units.yml"
    units.write_text(
        units.read_text(encoding="utf-8").replace("name: Gotland", "name: '<b>Gotland</b>'", 1), encoding="utf-8"
    )
    catalogue = _with_parameters(small)
    jobs = plan(small, catalogue, DEFAULT_CYCLE, tmp_path, catalogue.units.all, catalogue.framework.dimensions)
    write_site(jobs, RunRecord(cycle=DEFAULT_CYCLE), catalogue, tmp_path, DEFAULT_CYCLE)
    return tmp_path / DEFAULT_CYCLE


def _with_parameters(small: Project) -> Catalogue:
    """The parameter file of a unit bears its name."""
    regions = small.params / "regions"
    (old,) = regions.glob("09-*.yml")
    new = regions / "09-b-gotland-b.yml"
    new.write_text(old.read_text(encoding="utf-8").replace(old.stem, new.stem), encoding="utf-8")
    old.unlink()
    return load_catalogue(small)


def test_hostile_names_are_text_on_every_page(small_project: Project, tmp_path: Path) -> None:
    folder = _hostile_site(small_project, tmp_path)
    raw = (folder / "sok.js").read_text(encoding="utf-8")
    assert not set(raw) & set("<>&\u2028\u2029")
    known = script_data(folder / "sok.js")
    assert [row[0] for row in known["matt"]] == list(HOSTILE.values())
    assert "<b>Gotland</b>" in [row[1] for row in known["regioner"]]
    for name, slug in zip(HOSTILE.values(), ("matt-n00001", "matt-n00002"), strict=True):
        tree = parse(folder / "matt" / f"{slug}.html")
        (heading,) = tree.iter("h1")
        assert words(heading) == name
        assert not list(tree.iter("img"))
        assert not list(tree.iter("script"))
        (link,) = of_class(tree, "a", "hamta")
        assert '"' not in link.attrib["href"]
        assert "%0D%0A=" not in link.attrib["href"]
        assert ";=" not in link.attrib["href"], "a cell that a spreadsheet takes for a formula"
    for page in ("index.html", "jamfor.html", "matt/index.html"):
        tree = parse(folder / page)
        assert not [e for e in tree.iter("script") if not e.get("src")]
        assert not list(tree.iter("b"))
        if page == "jamfor.html":
            assert "<b>Gotland</b>" in [words(th) for th in tree.iter("th")]
