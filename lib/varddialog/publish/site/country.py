"""The country at a glance: what stands out, every region beside Riket dimension by dimension, and the reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from varddialog.assessment.across import Counts, counts
from varddialog.assessment.assess import Assessment
from varddialog.assessment.results import Result
from varddialog.figures.sweden import Shown, map_of_regions, tiles
from varddialog.model.framework import Dimension
from varddialog.model.units import Unit
from varddialog.pack.country_figures import svg
from varddialog.prose import across as say
from varddialog.prose import evidence as of
from varddialog.prose import overall, summary
from varddialog.publish.page import render, shape
from varddialog.publish.site.indicator import address
from varddialog.publish.site.material import Material
from varddialog.publish.site.position import called, now, upcoming
from varddialog.publish.site.timeline import timeline
from varddialog.publish.site.ways import ways_of_country
from varddialog.publish.site.whole import Cell, Whole
from varddialog.swedish import number, plural

PAGE = "index.html"
SHOWN = 3
# a dimension with fewer judged indicators than this is no picture on a map
FEWEST_ON_MAP = 5
_ARROW = Markup('<span class="pil" aria-hidden="true">›</span>')
_BAR = 46.0  # per cent of a cell, for the longest bar


@dataclass(frozen=True)
class Row:
    """One unit and its cells as they stand in the table."""

    unit: Unit
    has_cover: bool
    cells: list[Markup]


@dataclass(frozen=True)
class OnMap:
    """One dimension by region."""

    dimension: Dimension
    title: str
    tiles: Markup
    map: Markup


def country_page(whole: Whole) -> str:
    """The page as HTML."""
    found, nation = beside_nation(whole), whole.catalogue.units.nation
    dimensions, line = whole.catalogue.framework.dimensions, timeline(whole.cycle, whole.catalogue.units)
    most = max((max(c.better, c.worse) for row in found.values() for c in row.values()), default=0) or 1
    rows = [
        Row(unit, whole.has_cover(unit), [_cell(cell, found, most) for cell in whole.of_dimensions(unit.code)])
        for unit in whole.catalogue.units.all
    ]
    return render(
        "site/country",
        whole.cycle,
        home="",
        here="start",
        rows=rows,
        dimensions=dimensions,
        lists=standing_out(whole),
        now=now(whole.cycle, line),
        is_proposed=line is not None and not whole.cycle.timetable_agreed,
        upcoming=upcoming(line, called(whole.catalogue, whole.cycle)),
        ways=ways_of_country(Material.of(nation, whole.cells.get(nation.code, ()), whole.cycle)),
        report=f"{nation.folder}/index.html" if whole.has_cover(nation) else "",
        title=say.matrix_title(found, dimensions, whole.catalogue.units),
        legend=say.matrix_legend(found),
        maps=[made for d in dimensions if (made := _on_map(d, found, whole))],
        shapes={name: shape(name) for name in ("bättre", "i nivå", "sämre", "kan ej bedömas")},
    )


def beside_nation(whole: Whole) -> dict[str, dict[int, Counts]]:
    """Region code → dimension number → how its indicators fell against Riket."""
    numbers = {i.id: d.number for d in whole.catalogue.framework.dimensions for i in whole.catalogue.of_dimension(d)}
    by_cell: dict[str, dict[int, list[Assessment]]] = {}
    for a in whole.country.assessments:
        if not a.unit.is_nation:
            by_cell.setdefault(a.unit.code, {}).setdefault(numbers[a.indicator.id], []).append(a)
    return {code: {n: counts(found) for n, found in row.items()} for code, row in by_cell.items()}


def standing_out(whole: Whole) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Heading → name, address and words: the same choices and words as open Riket's reports, over all dimensions.

    Differences between regions are told where they are larger than chance explains.
    """
    mine = {a.result.anchor: a for a in whole.country.assessments if a.result and a.unit.is_nation}
    results = [a.result for a in mine.values() if a.result]
    beyond = [r for r in summary.widest_spread(results) if _differs(mine[r.anchor])]
    made: list[tuple[str, Sequence[Assessment], Callable[[Assessment], str]]] = [
        (overall.FROM_TARGET, [mine[r.anchor] for r in summary.farthest_from_target(results)], overall.target_line),
        (overall.SPREAD, [mine[r.anchor] for r in beyond], overall.spread_line),
        (overall.WATCH, overall.watch(list(mine.values())), overall.watch_line),
    ]
    taken: set[str] = set()
    lists = []
    for title, chosen, line in made:
        left = [a for a in chosen if a.indicator.id not in taken][:SHOWN]
        taken |= {a.indicator.id for a in left}
        lists.append((title, [(of.name_of(_of(a)), address(a.indicator), line(a)) for a in left]))
    return [(title, rows) for title, rows in lists if rows]


def _differs(a: Assessment) -> bool:
    return a.variation is not None and a.variation.klass == "skillnad"


def _of(a: Assessment) -> Result:
    assert a.result is not None
    return a.result


def _cell(cell: Cell, found: Mapping[str, Mapping[int, Counts]], most: int) -> Markup:
    """One report in the table: its numbers beside Riket, and the link; or that there is none."""
    if not cell.made:
        return Markup("misslyckades") if cell.failed else Markup("inte gjord")
    unit, dimension = cell.job.unit, cell.job.dimension
    old = Markup(" (äldre, senaste körningen misslyckades)") if cell.failed else ""
    head = Markup('<a href="{}/{}">').format(unit.folder, cell.job.report_page.name)
    where = Markup('<span class="dold">{}, {}: </span>').format(unit.name, dimension.name)
    told = found.get(unit.code, {}).get(dimension.number)
    if told is None or not (told.better or told.level or told.worse):
        size = plural(cell.glued["indicators"], "mått", "mått") if cell.glued else "rapport"
        return head + where + Markup("{}</a>{}").format(size, old)
    return (
        head
        + where
        + _bars(told, most)
        + _numbers(told)
        + Markup('<span class="pil" aria-hidden="true">›</span></a>{}').format(old)
    )


def _bars(told: Counts, most: int) -> Markup:
    """Worse to the left, better to the right, on one scale for the whole table."""
    worse, better = (round(_BAR * count / most, 1) for count in (told.worse, told.better))
    return Markup(
        '<svg class="stapel" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="s" d="M50 0h-{}v8h{}z"/><path class="b" d="M50 0h{}v8h-{}z"/>'
        '<path class="m" d="M50 0v8" vector-effect="non-scaling-stroke"/></svg>'
    ).format(worse, worse, better, better)


def _numbers(told: Counts) -> Markup:
    rows = (("sämre", told.worse), ("bättre", told.better), ("i nivå", told.level), ("kan ej bedömas", told.unjudged))
    words = {"kan ej bedömas": "bedöms inte"}
    parts = [
        Markup('<span>{} {}<span class="dold"> {}</span></span>').format(shape(k), number(n), words.get(k, k))
        for k, n in rows
    ]
    return Markup('<span class="utfall">{}</span>').format(Markup(" ").join(parts))


def _on_map(dimension: Dimension, found: Mapping[str, Mapping[int, Counts]], whole: Whole) -> OnMap | None:
    """How many judged indicators are worse than Riket in each region; None where too few are judged to be a picture."""
    here = {code: row[dimension.number] for code, row in found.items() if dimension.number in row}
    judged = {code: c.better + c.level + c.worse for code, c in here.items()}
    if max(judged.values(), default=0) < FEWEST_ON_MAP:
        return None
    units = whole.catalogue.units
    links = {code: f"{units.by_code[code].folder}/index.html" for code in here if whole.has_cover(units.by_code[code])}
    shown = {
        code: Shown(
            c.worse, f"{number(c.worse)} av {number(judged[code])}", units.by_code[code].name, links.get(code, "")
        )
        for code, c in here.items()
    }
    alt = f"{dimension.name}, mått som är sämre än riket av dem som kan bedömas: " + ", ".join(
        f"{one.name} {one.label}" for one in shown.values()
    )
    key = f"dimension-{dimension.number}"
    return OnMap(
        dimension,
        _map_title(here, whole),
        svg(tiles(shown, key, f"{alt}.")),
        svg(map_of_regions(shown, key, f"{alt}.")),
    )


def _map_title(here: Mapping[str, Counts], whole: Whole) -> str:
    """Where the most indicators are worse than Riket."""
    most = max(c.worse for c in here.values())
    names = [whole.catalogue.units.by_code[code].name for code, c in here.items() if c.worse == most]
    where = names[0] if len(names) == 1 else plural(len(names), "region", "regioner")
    return f"Flest mått som är sämre än riket: {where} ({number(most)})." if most else "Inget mått är sämre än riket."
