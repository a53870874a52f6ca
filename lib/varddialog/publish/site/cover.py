"""The cover of a fact pack: whose it is, what is in it, the three best and the three worst, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.model.units import Unit
from varddialog.pack.content import Line
from varddialog.prose import overall
from varddialog.prose.words import figure, period
from varddialog.publish.page import mark, render
from varddialog.publish.site.changes import Changes, Moved
from varddialog.publish.site.indicator import address
from varddialog.publish.site.material import Material
from varddialog.publish.site.reviews import review_lines
from varddialog.publish.site.ways import ways_of_unit
from varddialog.publish.site.whole import Cell, of_dimensions
from varddialog.swedish import MISSING, number, with_unit

PAGE = "index.html"
SHOWN = 3
# changed classes that are listed; the rest are counted
CHANGED = 8
# other files of a pack than the four reports: name, what it is called, and what it is for
FILES = (
    ("faktablad.pdf", "Faktablad (PDF)", "Det viktigaste på ett blad att skriva ut och ta med."),
    ("kortrapport.html", "Kortrapport", "Det viktigaste ur alla fyra dimensionerna i ett sammanhang."),
    ("faktaunderlag.pptx", "Bildspel (PowerPoint)", "Bilder att visa och bygga vidare på; diagrammen går att ändra i."),
    ("faktaunderlag.xlsx", "Arbetsbok (Excel)", "Alla värden och omdömen, att räkna vidare på."),
)


@dataclass(frozen=True)
class File:
    """One file of the pack."""

    href: str
    name: str
    what: str
    size: str


def cover(
    unit: Unit, cells: Sequence[Cell], catalogue: Catalogue, cycle: Cycle, changed: Changes | None, folder: Path
) -> str:
    """The page as HTML, of what the notebooks glued. changed: against the last pack. folder: the unit's own.

    cells: every report of the unit, made or not.
    """
    nation = unit.is_nation
    order = (overall.FROM_TARGET, overall.SPREAD) if nation else (overall.BETTER, overall.WORSE)
    heads = ("Längst från målnivån", "Störst skillnader mellan regionerna") if nation else ("Styrkor", "Problem")
    reports = of_dimensions(cells)
    lists = [(head, _first(title, unit, reports)) for head, title in zip(heads, order, strict=True)]
    context: Sequence[Mapping[str, Any]] = next(
        (c.glued["context"] for c in reports if c.glued and c.glued["context"]), []
    )
    return render(
        "site/unit",
        cycle,
        home="../",
        unit=unit,
        cells=reports,
        ways=ways_of_unit(Material.of(unit, cells, cycle)),
        visit=cycle.visits.get(unit.folder),
        lists=lists,
        files=list(_files(reports, folder)),
        reviews=list(review_lines(cells, folder, cycle)),
        changed=changed,
        moved=[_moved(m) for m in changed.moved[:CHANGED]] if changed else [],
        facts=_facts(context, catalogue),
    )


def _first(title: str, unit: Unit, cells: Sequence[Cell]) -> list[Line]:
    """The first lines of the reports' own lists of that title, those farthest from Riket first.

    For Riket, whose lists are not ordered by the same measure, one from each report in turn.
    """
    lists = [
        [(row, cell) for found in cell.glued["highlights"] if found["title"] == title for row in found["rows"]]
        for cell in cells
        if cell.glued
    ]
    if unit.is_nation:
        longest = max(map(len, lists), default=0)
        rows = [found[i] for i in range(longest) for found in lists if i < len(found)]
    else:
        rows = [row for found in lists for row in found]
        far = {r["anchor"]: abs(r["distance"] or 0.0) for c in cells for r in c.results}
        rows.sort(key=lambda row: -far.get(row[0]["anchor"], 0.0))
    found = [(row, f"{cell.job.report_page.name}#{row['anchor']}") for row, cell in rows[:SHOWN]]
    return [Line(row["name"], href, row["text"]) for row, href in found]


def _files(cells: Iterable[Cell], folder: Path) -> Iterable[File]:
    """The files that lie there, the reports first."""
    for cell in cells:
        if cell.made:
            d = cell.job.dimension
            yield File(cell.job.report_page.name, f"{d.number} {d.name}", d.question, size(cell.job.report_page))
    for name, title, what in FILES:
        if (folder / name).is_file():
            yield File(name, title, what, size(folder / name))


def size(path: Path) -> str:
    """`74 kB`, `1,2 MB`."""
    kilobytes = path.stat().st_size / 1000
    return with_unit(number(kilobytes / 1000, 1), "MB") if kilobytes >= 1000 else with_unit(number(kilobytes), "kB")


def _moved(m: Moved) -> tuple[str, str, list[Any]]:
    """Name, address of the indicator's page, and what it was and is."""
    sex = {"K": ", kvinnor", "M": ", män"}.get(m.sex, "") if m.indicator.population == "alla" else ""
    told = [
        (mark(row["vs_nation"]) if row["vs_nation"] else MISSING)
        + f" ({figure(m.indicator, row['value'])} {period(m.indicator, row['when'])})"
        for row in (m.before, m.now)
    ]
    return f"{m.indicator.name}{sex}", f"../{address(m.indicator)}", told


def _facts(context: Sequence[Mapping[str, Any]], catalogue: Catalogue) -> list[tuple[str, str, str, str]]:
    """The context: name, address, value and time."""
    made = []
    for row in context:
        indicator = catalogue.indicators[row["indicator"]]
        sex = {"K": ", kvinnor", "M": ", män"}.get(row["sex"], "") if indicator.population == "alla" else ""
        value, when = figure(indicator, row["value"]), period(indicator, row["when"])
        made.append((f"{indicator.name}{sex}", f"../{address(indicator)}", value, when))
    return made
