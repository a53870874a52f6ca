"""The workbook (arbetsbok): every assessment, series and definition behind a unit's reports, as typed cells."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence

from varddialog.assessment.answer import Answer
from varddialog.assessment.assess import Assessment, assess_all
from varddialog.assessment.ground import ground
from varddialog.assessment.peers import best_region
from varddialog.assessment.uncertainty import LABELS
from varddialog.config import project
from varddialog.data.rows import Observation
from varddialog.model.framework import Dimension
from varddialog.model.groups import SEXES, group_label
from varddialog.model.indicator import Indicator
from varddialog.pack import Pack
from varddialog.prose import deck, sheets
from varddialog.prose.evidence import name_of
from varddialog.prose.words import period, shown_difference
from varddialog.publish.method.listing import target_in_words
from varddialog.publish.method.meanings import MEANINGS
from varddialog.publish.workbook.inside import COLUMNS as WITHIN
from varddialog.publish.workbook.inside import rows as rows_within
from varddialog.publish.workbook.sheet import Cell, Column, Looks, Row, table, text_sheet
from varddialog.swedish import capital, listing

ANSWERS = {
    "Mot riket": "vs_nation",
    "Mot målnivån": "vs_target",
    "Utveckling": "trend",
    "Mellan regionerna": "variation",
    "Mellan grupper": "inequality",
}
_ASSESSMENTS = (
    Column("Mått", 56),
    Column("Dimension", 26),
    Column("Område", 26),
    Column("Mått-id", 26),
    Column("Mätenhet", 30),
    Column("Tid", 13),
    Column("År", 7, "year"),
    Column("Värde", 11, "number"),
    Column("Riket", 11, "number"),
    Column("Skillnad mot riket", 11, "signed"),
    Column("Skillnadens enhet", 16),
    Column("Bästa region", 22),
    Column("Bästa regionens värde", 11, "number"),
    Column("Riktning", 18),
    Column("Osäkerhetens nivå", 12),
    *(Column(f"{question}: {part}", 21) for question in ANSWERS for part in ("omdöme", "säkerhet")),
    *(Column(f"{question}: skäl", 60) for question in ANSWERS),
)
_OBSERVATIONS = (
    Column("Mått", 56),
    Column("Mått-id", 26),
    Column("Enhet", 20),
    Column("Enhetens kod", 9),
    Column("År", 7, "year"),
    Column("Tid", 13),
    Column("Kön", 10),
    Column("Uppdelning", 13),
    Column("Grupp", 26),
    Column("Värde", 12, "number"),
    Column("Mätenhet", 30),
    Column("Intervall, undre gräns", 12, "number"),
    Column("Intervall, övre gräns", 12, "number"),
    Column("Anmärkning", 60),
)
_INDICATORS = (
    Column("Mått", 56),
    Column("Mått-id", 26),
    Column("Dimension", 26),
    Column("Område", 26),
    Column("Vad måttet räknar", 60, "long"),
    Column("Vad måttet inte fångar", 60, "long"),
    Column("Mätenhet", 30),
    Column("Riktning", 18),
    Column("Riktningen enligt", 18),
    Column("Värdet omfattar", 22),
    Column("Målnivåer", 40, "long"),
    Column("Källa", 50, "long"),
    Column("Hämtat", 11, "date"),
    Column("Första år", 8, "year"),
    Column("Sista år", 8, "year"),
)


def make(packs: Sequence[Pack]) -> bytes:
    """The workbook of one unit as a file. packs: the unit's, one for each dimension in order."""
    from xlsxwriter import Workbook

    first, out = packs[0], io.BytesIO()
    # no member of the file has a date of today, and no text becomes a formula or an address
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    title = deck.cover(first.unit)
    book.set_properties(
        {
            "title": title,
            "subject": f"Dialogomgång {first.cycle.name}",
            "author": "Vårddialog",
            "comments": deck.as_of(first.cycle),
            "created": dt.datetime.combine(first.cycle.today, dt.time()),
        }
    )
    looks, about = Looks(book), f"{title}, {first.cycle.name}"
    inside = list(rows_within(packs))
    read_me = sheets.read_me(first.unit, first.cycle, within=bool(inside))
    text_sheet(book, looks, "Läs mig", about, read_me).activate()
    table(book, looks, "Bedömningar", "Bedomningar", about, _ASSESSMENTS, list(_assessments(packs)), 4)
    table(book, looks, "Observationer", "Observationer", about, _OBSERVATIONS, list(_observations(packs)), 2)
    if inside:
        table(book, looks, "Inom regionen", "Inom_regionen", about, WITHIN, inside, 2)
    table(book, looks, "Mått", "Matt", about, _INDICATORS, list(_indicators(packs)), 3)
    text_sheet(book, looks, "Metod", about, list(_method()))
    book.close()
    return out.getvalue()


def _assessments(packs: Sequence[Pack]) -> Iterator[Row]:
    """Every indicator of the four dimensions; what has no value is there too, with the reason."""
    for pack in packs:
        for a in _all(pack):
            yield _assessment(pack, a), a.indicator.decimals


def _all(pack: Pack) -> Iterable[Assessment]:
    """The pack's assessments, and in their places the indicators that have no value for the unit."""
    known: dict[str, list[Assessment]] = {}
    for a in pack.assessments.values():
        known.setdefault(a.indicator.id, []).append(a)
    own = [i for i in pack.catalogue.of_dimension(pack.dimension) if i.duplicate_of is None]
    material = ground(project(), _cycle(pack)).material
    without = {a.indicator.id: [a] for a in assess_all([i for i in own if i.id not in known], pack.unit, material)}
    for indicator in own:
        yield from known.get(indicator.id) or without[indicator.id]


def _cycle(pack: Pack) -> str:
    """The cycle's file name."""
    return next(name for name, cycle in pack.catalogue.cycles.items() if cycle == pack.cycle)


def _assessment(pack: Pack, a: Assessment) -> list[Cell]:
    indicator, result = a.indicator, a.result
    nation = result.nation_now if result else None
    compared = result is not None and result.difference is not None and not result.is_flagged
    best = best_region(result) if result and result.state == "aktuell" and not result.is_flagged else None
    cells: list[Cell] = [
        name_of(result) if result else indicator.name,
        pack.dimension.name,
        pack.catalogue.area(pack.catalogue.area_of[indicator.id]).name,
        indicator.id,
        indicator.unit.label,
        period(indicator, result.latest.when) if result else None,
        result.latest.year if result else None,
        result.latest.value if result else None,
        nation.value if nation else None,
        shown_difference(result) if result and compared else None,
        indicator.unit.difference if compared else None,
        listing(pack.catalogue.units.by_code[code].name for code in best.codes) if best else None,
        best.value if best else None,
        sheets.DIRECTIONS[indicator.direction],
        a.uncertainty.level if result else None,
    ]
    answers: list[Answer | None] = [getattr(a, field) for field in ANSWERS.values()]
    said = [part for answer in answers for part in ((answer.klass, answer.certainty) if answer else (None, None))]
    return [*cells, *said, *(answer.reason if answer else None for answer in answers)]


def _observations(packs: Sequence[Pack]) -> Iterator[Row]:
    """The unit's and Riket's rows of every indicator that is shown, small numbers hidden as in the reports."""
    first = packs[0]
    material = ground(project(), _cycle(first)).material
    codes = {code: at for at, code in enumerate(dict.fromkeys([first.unit.code, first.catalogue.units.nation.code]))}
    for indicator in _shown(packs):
        country = material.countries.get(indicator.id)
        if country is None:
            continue
        remarks = {(r.region, r.year, r.period, r.sex, r.grouping, r.group): r for r in country.remarks}
        whole = {r.year: r for r in country.remarks if not r.region and r.year and r.level != "upplysning"}
        rows = [o for o in material.observations.get(indicator.id, []) if o.region in codes]
        for o in sorted(rows, key=lambda o: (codes[o.region], o.grouping, o.group, o.sex, o.when)):
            found = remarks.get(o[1:7]) or whole.get(o.year)
            yield (
                _observation(first, indicator, o, f"{capital(found.level)}: {found.reason}" if found else None),
                (indicator.decimals),
            )


def _observation(pack: Pack, indicator: Indicator, o: Observation, remark: str | None) -> list[Cell]:
    return [
        indicator.name,
        indicator.id,
        pack.catalogue.units.by_code[o.region].name,
        o.region,
        o.year,
        period(indicator, o.when),
        SEXES[o.sex],
        capital(o.grouping),
        group_label(o.group),
        o.value,
        indicator.unit.label,
        o.low,
        o.high,
        remark,
    ]


def _shown(packs: Sequence[Pack]) -> list[Indicator]:
    """The indicators of the dimensions and of the context, each once."""
    catalogue = packs[0].catalogue
    context = catalogue.areas.get(catalogue.framework.context.slug, ())
    every = [i for pack in packs for i in catalogue.of_dimension(pack.dimension)] + list(context)
    return [i for i in {i.id: i for i in every}.values() if i.duplicate_of is None]


def _indicators(packs: Sequence[Pack]) -> Iterator[Row]:
    first = packs[0]
    catalogue = first.catalogue
    of_area: dict[str, Dimension] = {leaf.slug: p.dimension for p in packs for leaf in p.dimension.leaves()}
    for i in _shown(packs):
        area = catalogue.area(catalogue.area_of[i.id])
        dimension = of_area.get(area.slug)
        stored = first.manifest.series.get(i.id)
        cells: list[Cell] = [
            i.name,
            i.id,
            dimension.name if dimension else catalogue.framework.context.name,
            area.name,
            i.definition,
            i.limits,
            i.unit.label,
            sheets.DIRECTIONS[i.direction],
            i.direction_by,
            sheets.covers(i),
            listing(target_in_words(i, t) for t in i.targets),
            sheets.missing(i.gap) if i.gap else capital(first.source(i)),
            dt.date.fromisoformat(stored.retrieved) if stored else None,
            stored.first_year if stored else None,
            stored.last_year if stored else None,
        ]
        yield cells, i.decimals


def _method() -> Iterator[tuple[str, str]]:
    """The classes and what they mean, and the levels of uncertainty."""
    yield "Metod i korthet", deck.METHOD_PAGE
    for question, _, meanings in MEANINGS:
        yield question, ""
        for meaning in meanings:
            yield listing(f"{shape} {name}" for shape, name in meaning.names), meaning.said
    yield "Osäkerhetens nivå", ""
    for level, label in LABELS.items():
        yield f"Nivå {level}", f"{capital(label)}."
