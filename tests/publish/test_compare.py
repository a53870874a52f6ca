"""The comparison of regions: every cell is an assessment, and no region is said to differ from another."""

from __future__ import annotations

from pathlib import Path

from tests.publish.reading import of_class, parse, words
from tests.publish.tool import MARKS, exported

from varddialog.model.catalogue import Catalogue
from varddialog.swedish import MISSING, number

LETTERS = {"kan ej bedömas": "k", "beskrivande": "o", "i nivå": "n"}


def test_every_cell_is_the_regions_value_with_mark_and_word(site: Path, catalogue: Catalogue) -> None:
    tree = parse(site / "jamfor.html")
    by_page = {f"matt/{i.slug}.html": i for i in catalogue.indicators.values()}
    checked = set()
    for box in of_class(tree, "div", "jamfortabell"):
        (found,) = box.iter("table")
        heads = [words(th) for th in found[1][0]]
        assert heads == ["Mått", *(unit.name for unit in catalogue.units.all)]
        for row in found[2]:
            (link,) = row[0].iter("a")
            indicator = by_page[link.attrib["href"]]
            sex = {"kvinnor": "K", "män": "M"}.get(words(link).rpartition(", ")[2], "")
            for unit, td in zip(catalogue.units.all, row[1:], strict=True):
                options = [k for s in sex or "TKM" if (k := (indicator.id, unit.code, s)) in exported()]
                if not options:
                    assert words(td) == MISSING
                    continue
                a = exported()[options[0]]
                checked.add(options[0])
                assert words(td).split(" ")[0] == number(a["value"], indicator.decimals)
                klass = a["vs_nation"]["class"] if not unit.is_nation else ""
                if "ifrågasatt" in words(td):
                    assert klass in ("kan ej bedömas", "")
                elif klass:
                    assert f"{MARKS[klass]} {klass}" in words(td)
                    assert td.attrib["data-k"] == {"kan ej bedömas": "k", "beskrivande": "o"}.get(
                        klass, klass[0].replace("i", "n")
                    )
                else:
                    assert "data-k" not in td.attrib, "Riket is compared with nothing"
    assert checked == set(exported())


def test_it_says_what_the_marks_compare_with(site: Path) -> None:
    text = words(parse(site / "jamfor.html"))
    assert "Tecknen jämför regionen med riket. Om två regioner skiljer sig från varandra är inte prövat." in text
