"""The slides (bildspel): what a region can present from, made of the same findings as its reports."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from varddialog.assessment.assess import Assessment
from varddialog.assessment.chance import flags
from varddialog.assessment.uncertainty import LABELS
from varddialog.figures.style import BETTER, COLOURS, INK, MUTED, WORSE
from varddialog.pack import Pack
from varddialog.pack.cards import ResultCard
from varddialog.prose import answers, deck, overall
from varddialog.prose import evidence as of
from varddialog.prose import summary as sum_up
from varddialog.prose.result import control_picture, picture
from varddialog.prose.words import period
from varddialog.publish.method.meanings import MEANINGS
from varddialog.publish.slides import chart
from varddialog.publish.slides import text as put
from varddialog.publish.slides.template import DARK, KICKER, LAYOUTS, MAIN, NOTE, SIDE, SUBTITLE, TITLE, template
from varddialog.publish.slides.text import Heading, Words
from varddialog.swedish import capital, listing, number

EACH = 3  # slides of strengths, and of problems
_WIDTHS = (4.33, 2.45, 1.2, 2.2, 1.95)
_WIDTHS_NATION = (3.73, 2.35, 2.0, 2.1, 1.95)
_WIDTHS_GROUPS = (3.8, 2.9, 2.6, 1.6, 1.23)
_TABLE_HEIGHT = 4.45  # inches
_SIZES = (14.5, 14, 13.5, 13)  # of a table's text, the largest that has room
_MARKS = {overall.BETTER: ("▲", BETTER), overall.WORSE: ("▼", WORSE)}


@dataclass(frozen=True)
class Chosen:
    """An indicator that gets a slide: the opening list that put it first, and where it comes from."""

    heading: str
    pack: Pack
    assessment: Assessment


def make(packs: Sequence[Pack]) -> bytes:
    """The presentation of one unit as a file. packs: the unit's, one for each dimension in order."""
    from pptx import Presentation

    show = Presentation(io.BytesIO(template()))
    deck_ = _Deck(show, packs)
    deck_.cover()
    for pack in packs:
        deck_.dimension(pack)
    for chosen in choose(packs):
        deck_.indicator(chosen)
    deck_.reading()
    _properties(show, packs[0])
    for slide in show.slides:
        put.swedish(slide._element)
        put.swedish(slide.notes_slide._element)
    _notes_master(show)
    out = io.BytesIO()
    show.save(out)
    return settled(out.getvalue())


def choose(packs: Sequence[Pack]) -> list[Chosen]:
    """The strengths and problems that the opening lists put first, at most three of each over all dimensions.

    For Riket: what lies farthest from its target level, and where the regions differ most.
    """
    listed: dict[str, list[Chosen]] = {}
    for pack in packs:
        for found in pack.glue().data["highlights"]:
            listed.setdefault(found["title"], []).extend(
                Chosen(found["title"], pack, pack.assessments[row["anchor"]])
                for row in found["rows"]
                if row["anchor"] in pack.assessments
            )
    is_nation = packs[0].unit.is_nation
    headings = (overall.FROM_TARGET, overall.SPREAD) if is_nation else (overall.BETTER, overall.WORSE)
    return [one for heading in headings for one in _first(heading, listed.get(heading, []))[:EACH]]


def _first(heading: str, listed: Sequence[Chosen]) -> list[Chosen]:
    """In the order that the list itself has within a dimension."""
    results = [c.assessment.result for c in listed if c.assessment.result]
    if heading == overall.FROM_TARGET:
        order = [r.anchor for r in sum_up.farthest_from_target(results)]
    elif heading == overall.SPREAD:
        order = [r.anchor for r in sum_up.widest_spread(results)]
    else:
        return sorted(listed, key=lambda c: of.by_distance(c.assessment))
    return sorted(listed, key=lambda c: order.index(c.assessment.result.anchor if c.assessment.result else ""))


class _Deck:
    """The slides as they are added."""

    def __init__(self, show: Any, packs: Sequence[Pack]) -> None:
        self.show, self.packs, self.first = show, packs, packs[0]
        self.layouts = {layout.name: layout for layout in show.slide_layouts}
        self.foots = {name: put.feet(layout) for name, layout in self.layouts.items()}
        self.foot = f"Faktaunderlag · {self.first.unit.official_name} · {self.first.cycle.name}"

    def _add(self, layout: str, title: str, kicker: str = "", colour: str = MUTED) -> tuple[Any, dict[int, Any]]:
        """A new slide, and its placeholders by their idx (each look-up in the library searches the slide anew)."""
        slide = self.show.slides.add_slide(self.layouts[layout])
        places = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
        for place in LAYOUTS[layout]:
            if place.idx in places:
                places[place.idx].name = place.name
        shown = put.shortened(title)
        if layout == DARK:
            put.write(places[TITLE], shown, 44 if len(shown) <= 60 else 30)
            return slide, places
        put.write(places[TITLE], shown, put.title_size(shown))
        put.fill(places[KICKER], Words(put.shortened(kicker, 130), 13, colour, bold=True))
        put.foot(slide, self.foots[layout], put.shortened(self.foot, 110))
        return slide, places

    def cover(self) -> None:
        """Who the slides are about, for which cycle, and how new the figures are."""
        cycle = self.first.cycle
        slide, places = self._add(DARK, deck.cover(self.first.unit))
        put.write(places[SUBTITLE], f"Dialogomgång {cycle.name}")
        put.write(places[KICKER], deck.as_of(cycle))
        put.notes(slide, [deck.cover(self.first.unit), deck.as_of(cycle), deck.MADE_OF])

    def dimension(self, pack: Pack) -> None:
        """What stands out in one dimension."""
        lists = pack.glue().data["highlights"]
        judged = list(pack.assessments.values())
        groups = [c for found in pack.comparisons.values() for c in found]
        nation = pack.unit.is_nation
        rows: list[Heading | Sequence[str]] = []
        by_anchor = {c.anchor: c for c in groups}
        widths = _WIDTHS_GROUPS if groups else _WIDTHS_NATION if nation else _WIDTHS
        for found in lists:
            heading = found["title"]
            if heading == overall.STUDY and not groups:
                continue
            mark, colour = _MARKS.get(heading, ("", INK))
            made = [
                deck.group_row(by_anchor[row["anchor"]], pack.unit)
                if groups
                else deck.row(heading, pack.assessments[row["anchor"]])
                for row in found["rows"]
            ]
            made = [tuple(put.shortened(cell, 120) for cell in cells) for cells in made]  # type: ignore[misc]
            for count in range(len(made), 0, -1):
                more = [*rows, Heading(f"{mark} {heading}".strip(), colour), *made[:count]]
                if sum(put.heights(more, widths, _SIZES[-1])) <= _TABLE_HEIGHT:
                    rows = more
                    break
        title = deck.of_groups(pack.dimension.name, groups) if groups else deck.of_dimension(
            pack.dimension.name, judged, pack.unit
        )  # fmt: skip
        slide, places = self._add("Tabell", title, pack.dimension.question)
        header = deck.HEADER_GROUPS if groups else deck.header(pack.unit)
        if rows:
            points = next(p for p in _SIZES if p == _SIZES[-1] or sum(put.heights(rows, widths, p)) <= _TABLE_HEIGHT)
            put.table(places[MAIN], header, rows, widths, deck.table_alt(title, len(rows)), points)
        else:
            self._without(slide, places[MAIN], deck.NOTHING)
        chance = "" if groups or nation else answers.chance(flags(judged))
        put.write(places[NOTE], " ".join(s for s in (chance, deck.whole_list(pack.dimension)) if s))
        told = [f"{f['title']}: {row['name']}: {row['text']}." for f in lists for row in f["rows"]]
        sources = listing(sorted({pack.catalogue.indicators[a.indicator.id].source.publisher for a in judged}))
        ending = [f"Källor: {sources}."] if sources else []
        put.notes(slide, [title, *told, *ending, deck.link(pack.dimension)])

    def _without(self, slide: Any, place: Any, text: str) -> None:
        """Words where a table would stand."""
        box = slide.shapes.add_textbox(place.left, place.top, place.width, place.height)
        place._element.getparent().remove(place._element)
        box.text_frame.word_wrap = True
        put.fill(box, Words(text, 16))

    def indicator(self, chosen: Chosen) -> None:
        """One strength or problem: the finding, the figure, the answers, what the indicator does not capture."""
        pack, a = chosen.pack, chosen.assessment
        result = a.result
        assert result is not None
        card = ResultCard(result, a, capital(pack.source(a.indicator)), pack.catalogue.units, pack.similar)
        area = pack.catalogue.area(pack.catalogue.area_of[a.indicator.id]).name
        mark, colour = _MARKS.get(chosen.heading, ("", MUTED))
        kicker = f"{mark} {chosen.heading} · {pack.dimension.name} · {area}".strip()
        title = deck.of_indicator(chosen.heading, a)
        slide, places = self._add("Diagram", title, kicker, colour)
        bars = chart.has_regions(result) and (chosen.heading == overall.SPREAD or not chart.has_history(result))
        figures = chart.by_region(result, pack.catalogue.units) if bars else chart.history(result)
        alt = control_picture(result, card.months) if card.months is not None else picture(result)
        chart.draw(places[MAIN], a, figures, f"{title}. {alt}", pack.cycle.today)
        facts = [(question, f"{shape} {words}", _colour(a, question)) for question, _, shape, words in card.answers]
        facts += [("Spridning", card.place, INK), (deck.NOT_CAPTURED, a.indicator.limits, INK)]
        put.fill(places[SIDE], *_facts(facts, put.height_of(places[SIDE])))
        remarks = deck.about_figure(result, bars)
        put.fill(
            places[NOTE],
            *(Words(put.shortened(text, 190), 11, MUTED) for text in (remarks, f"Källa: {card.source}.") if text),
        )
        put.notes(slide, [title, *self._notes(chosen, card)])

    def _notes(self, chosen: Chosen, card: ResultCard) -> Iterable[str]:
        """Source, period, method and where to read on."""
        a, result = chosen.assessment, card.result
        first, last = (period(a.indicator, p.when) for p in (result.points[0], result.points[-1]))
        yield from card.said
        yield f"Vad måttet räknar: {a.indicator.definition}"
        yield f"{deck.NOT_CAPTURED}: {a.indicator.limits}"
        yield f"Riktning: {card.direction}."
        yield f"Källa: {card.source}."
        yield f"Period: {first if first == last else f'{first} till {last}'} ({number(len(result.points))} värden)."
        yield f"Metod: nivå {a.uncertainty.level}, {LABELS[a.uncertainty.level]}."
        for question, answer in (("Mot riket", a.vs_nation), ("Mot målnivån", a.vs_target), ("Utveckling", a.trend)):
            if answer is not None:
                yield f"{question}: {answer.klass}, {answer.certainty}. {answer.reason} Metod: {answer.method}."
        yield deck.link(chosen.pack.dimension, of.name_of(result))

    def reading(self) -> None:
        """What the words of the assessments mean."""
        slide, places = self._add("Text", deck.HOW_TO_READ, deck.READING)
        halves = ((MEANINGS[0], MEANINGS[2]), (MEANINGS[1],))
        for idx, questions in zip((MAIN, SIDE), halves, strict=True):
            said: list[Words] = []
            for question, _, meanings in questions:
                said.append(Words(question, 15, INK, bold=True, before=12 if said else 0))
                for meaning in meanings:
                    names = ", ".join(f"{shape} {name}" for shape, name in meaning.names)
                    said.append(Words(f"{names}: {meaning.said}", 13, INK, before=4))
            if idx == SIDE:
                said.append(Words("Osäkerhet", 15, INK, bold=True, before=12))
                said += [Words(f"Nivå {level}: {label}.", 13, INK, before=4) for level, label in LABELS.items()]
                said.append(Words(deck.CHANCE, 13, INK, before=12))
            put.fill(places[idx], *said)
        put.notes(slide, [deck.HOW_TO_READ, deck.METHOD_PAGE])


def _colour(a: Assessment, question: str) -> str:
    answer = {"Mot riket": a.vs_nation, "Mot målnivån": a.vs_target, "Utveckling": a.trend}.get(question)
    return COLOURS[answer.klass] if answer is not None else INK


def _facts(facts: Sequence[tuple[str, str, str]], room: float) -> list[Words]:
    """Labels and words in the largest size that has room; the last one is cut where none has."""
    for points in (14, 13, 12, 11, 10):
        lines = sum(1 + put.lines(text, 3.78, points) for _, text, _ in facts)
        if lines * points * 1.2 / 72 + len(facts) * 9 / 72 <= room:
            break
    most = 500 if points == 10 else 10_000
    made: list[Words] = []
    for label, text, colour in facts:
        made.append(Words(label, points - 2 if points > 11 else points, MUTED, bold=True, before=9 if made else 0))
        made.append(Words(put.shortened(text, most), points, colour))
    return made


def _properties(show: Any, pack: Pack) -> None:
    """What the file says of itself: nothing of who made it, when or where."""
    import datetime as dt

    about, day = show.core_properties, dt.datetime.combine(pack.cycle.today, dt.time())
    about.title, about.language = deck.cover(pack.unit), "sv-SE"
    about.subject, about.comments = f"Dialogomgång {pack.cycle.name}", deck.as_of(pack.cycle)
    about.author = about.last_modified_by = "Vårddialog"
    about.created = about.modified = day
    about.revision = 1


def _notes_master(show: Any) -> None:
    """The library's own page for notes speaks English."""
    master = show.notes_master._element
    for text in master.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"):
        if text.text and text.text[:1].isalpha():
            text.text = "Anteckningar"
    put.swedish(master)


def settled(blob: bytes) -> bytes:
    """The same package with the same date on every member, so that the same content gives the same bytes."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(blob)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for member in before.infolist():
            fixed = ZipInfo(member.filename)  # 1 January 1980
            fixed.compress_type, fixed.external_attr = ZIP_DEFLATED, 0o600 << 16
            after.writestr(fixed, before.read(member))
    return out.getvalue()
