"""A pack: composition only. Figures are made in figures/, tables in tables/, sentences in prose/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from varddialog.assessment.assess import Assessment
from varddialog.assessment.chance import flags, worth_opening_with
from varddialog.assessment.grading import Grade
from varddialog.assessment.groups import Comparison, nation_only
from varddialog.assessment.inside import Inside
from varddialog.assessment.peers import SimilarRegions
from varddialog.assessment.results import Result
from varddialog.data.manifest import Manifest
from varddialog.dialogue.raised import Raised
from varddialog.figures import overview as overview_figure
from varddialog.figures.overview_key import overview_key
from varddialog.figures.sheet import Drawing
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.model.framework import Area, Dimension
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.pack import sources
from varddialog.pack.cards import GroupCard, InsideCard, ResultCard
from varddialog.pack.content import AreaContent, Lists, OverviewSheet
from varddialog.pack.fragment import Fragment, fragment
from varddialog.pack.frame import Styled
from varddialog.pack.glue import Glued, glued
from varddialog.pack.inside import inside_cards
from varddialog.pack.notes import NoteBox, texts
from varddialog.pack.raised import raised
from varddialog.prose import answers, overall
from varddialog.prose import area as prose_area
from varddialog.prose import summary as sum_up
from varddialog.prose.words import figure, period
from varddialog.swedish import capital
from varddialog.tables import html as tables

GRADED, SIGNALS, REGIONAL = "Graderade skillnader", "Signaler att undersöka", "Skillnader mellan regioner"


@dataclass(frozen=True)
class Pack(Styled):
    """One unit × dimension. Each method gives one piece of the report and depends on nothing but the pack."""

    catalogue: Catalogue
    dimension: Dimension
    unit: Unit
    cycle: Cycle
    manifest: Manifest
    areas: dict[str, AreaContent]
    assessments: dict[str, Assessment]  # by the anchor of their result
    comparisons: dict[str, list[Comparison]]
    context_groups: list[Comparison]
    grades: list[Grade]
    regional: list[Grade]  # Riket's indicators by region
    similar: SimilarRegions | None  # the regions most like the unit
    inside: dict[str, list[Inside]]  # by indicator: its values within the region
    notes: Mapping[str, Sequence[NoteBox]] = field(default_factory=dict)  # by place: what region and analysts add

    def __repr__(self) -> str:
        return f"Faktaunderlag: {self.dimension.name}, {self.unit.name}, {self.cycle.name}"

    def header(self) -> Fragment:
        """Title, what the dimension is, and the way to each area."""
        sections = [(leaf.slug, leaf.name) for leaf in self.dimension.leaves()]
        if self.comparisons:
            sections.append(("gradering", "Omotiverade och väsentliga skillnader"))
        if self.dimension.with_context:
            sections.append((self.catalogue.framework.context.slug, self.catalogue.framework.context.name))
        return fragment(
            "header",
            repr(self),
            dimension=self.dimension,
            unit=self.unit,
            cycle=self.cycle,
            sections=sections,
            title=self.title,
        )

    @property
    def title(self) -> str:
        """The report's heading."""
        return f"{self.dimension.name}: {self.unit.official_name}"

    @property
    def results(self) -> list[Result]:
        """All results of the dimension's own areas, in report order."""
        return [r for leaf in self.dimension.leaves() for r in self.areas[leaf.slug].results]

    def summary(self) -> Fragment:
        """What stands out, before anything else."""
        shown = self.results
        gaps = sum(len(self.areas[leaf.slug].gaps) for leaf in self.dimension.leaves())
        lists = self._lists()
        said = [sum_up.coverage(shown, gaps, len(self._all_comparisons)), sum_up.targets(shown)]
        said = [s for s in said if s]
        text = "\n".join([*said, *(f"{title}: {name}: {line}" for title, rows in lists for name, _, line in rows)])
        deviates = {title for title, _ in lists} & {overall.BETTER, overall.WORSE}
        notes = self._notes(self.dimension.notebook)
        return fragment(
            "summary",
            "\n".join([text, *texts(notes)]),
            notes=notes,
            said=said,
            lists=lists,
            nation=self.unit.is_nation,
            chance=answers.chance(flags(list(self.assessments.values()))),
            groups=bool(self._all_comparisons),
            deviates=bool(deviates),
        )

    @property
    def _all_comparisons(self) -> list[Comparison]:
        return [c for found in self.comparisons.values() for c in found]

    def _lists(self) -> Lists:
        """The lists that open the report; empty ones are left out."""
        if self.comparisons:
            return overall.of_groups(self._all_comparisons, self.unit.is_nation)
        judged = list(self.assessments.values())
        holes = [(leaf.name, leaf.slug, len(self.areas[leaf.slug].missing)) for leaf in self.dimension.leaves()]
        return overall.lists(judged, worth_opening_with(judged), self.unit, holes)

    def overview(self) -> Fragment:
        """All indicators of the dimension on one sheet, and the same as a table."""
        drawings = self._rows({r.anchor for r in self.results}, overview_figure.ROOM)
        table = tables.overview(self._by_area({r.anchor for r in self.results}), self.unit)
        groups = tables.gaps(self._all_comparisons, self.unit) if self.comparisons else None
        text = "\n".join(drawing.alt for drawing in drawings)
        return fragment("overview", text, drawings=drawings, key=self._key(), table=table, groups=groups)

    def sheet(self, room: float) -> OverviewSheet:
        """The overview for one printed sheet, `room` points high: what speaks of today, and what is left out."""
        current = {r.anchor for r in self.results if r.state == "aktuell"}
        left_out = dict.fromkeys(r.indicator.id for r in self.results if r.anchor not in current)
        return OverviewSheet(
            self._rows(current, room), self._key(), [self.catalogue.indicators[name] for name in left_out]
        )

    def _rows(self, shown: set[str], room: float) -> list[Drawing]:
        """The overview's rows, area by area. shown: anchors of results."""
        pitch = overview_figure.pitch_for(len(shown), room)
        return [
            overview_figure.overview(
                name,
                rows,
                self.catalogue.units,
                sum_up.overview_picture(name, rows),
                f"oversikt-{self.dimension.number}-{i}",  # the fact sheet holds all four
                head=not i,
                pitch=pitch,
            )
            for i, (name, rows) in enumerate(self._by_area(shown))
        ]

    def _by_area(self, shown: set[str]) -> list[tuple[str, list[Assessment]]]:
        """Each area's name and the assessments of its results, without those that have none. shown: anchors."""
        areas = [
            (leaf.name, [self.assessments[r.anchor] for r in self.areas[leaf.slug].results if r.anchor in shown])
            for leaf in self.dimension.leaves()
        ]
        return [(name, rows) for name, rows in areas if rows]

    def _key(self) -> Drawing:
        return overview_key(self.unit, any(t.reached for r in self.results for t in r.targets))

    def area(self, slug: str) -> Fragment:
        """One area: each indicator, then what is missing; for an area of groups, every split there is."""
        area = self.catalogue.area(slug)
        if area.grouping is not None:
            return self._groups(area)
        content = self.areas[slug]
        cards = [
            ResultCard(
                r,
                self.assessments[r.anchor],
                capital(self.source(r.indicator)),
                self.catalogue.units,
                self.similar,
                self._inside(r.indicator, r.sex),
            )
            for r in content.results
        ]
        # what the region has of its places alone
        valued = {r.indicator.id for r in content.results}
        without = [i for i in [*content.missing, *content.split_only, *content.gaps] if i.id not in valued]
        inside_only = [(i, found) for i in without if (found := self._inside(i, ""))]
        about = prose_area.paragraph(self.unit, [card.assessment for card in cards], content.without)
        lines = [f"{card.name}: {said}" for card in cards for said in (card.finding, *(c.finding for c in card.inside))]
        lines += [f"{i.name}: {card.finding}" for i, found in inside_only for card in found]
        notes = self._notes(slug)
        text = "\n".join([area.name, about, *lines, *texts(notes)])
        parent = next((a.name for a in self.dimension.areas if area in a.parts), None)
        return fragment(
            "area",
            text,
            area=area,
            parent=parent,
            said=about,
            cards=cards,
            content=content,
            inside_only=inside_only,
            unit=self.unit,
            sources=self,
            notes=notes,
        )

    def _notes(self, place: str) -> Sequence[NoteBox]:
        return self.notes.get(place, ())

    def _inside(self, indicator: Indicator, sex: str) -> list[InsideCard]:
        """What there is within the region of an indicator, of the sex that a card is about if there is any of it."""
        return inside_cards(self.inside.get(indicator.id, []), sex)

    def context(self) -> Fragment:
        """The unit's population, living conditions and economic frame: described, not assessed."""
        area = self.catalogue.framework.context
        split = {c.indicator.id for c in self.context_groups}
        rows = [
            (r.indicator.name, figure(r.indicator, r.latest.value), period(r.indicator, r.latest.when), self._nation(r))
            for r in self.areas[area.slug].results
            if r.state == "aktuell" and r.indicator.id not in split
        ]
        header = ["Uppgift", self.unit.name, "Tid"] + ([] if self.unit.is_nation else ["Riket"])
        table = tables.table(area.name, header, [row[: len(header)] for row in rows])
        groups = [(tables.groups(c), self.source(c.indicator)) for c in self.context_groups]
        notes = self._notes(area.slug)
        text = "\n".join([area.name, *texts(notes)])
        return fragment("context", text, area=area, table=table, groups=groups, notes=notes)

    def _nation(self, result: Result) -> str:
        return figure(result.indicator, result.nation_now.value if result.nation_now else None)

    def grading(self) -> Fragment:
        """The graded table of differences between groups: computed parts, and experts' parts where there are any."""
        graded = [g for g in self.grades if not g.is_signal]
        signals = [g for g in self.grades if g.is_signal]
        parts = ((GRADED, graded), (SIGNALS, signals), (REGIONAL, self.regional))
        made = [(title, tables.grades(title, rows)) for title, rows in parts if rows]
        return fragment("grading", GRADED, tables=made, unit=self.unit)

    def method(self) -> Fragment:
        """How to read the report, the remarks on its figures, and where they come from."""
        used = {r.indicator.id: r.indicator for r in self.results}
        used |= {c.indicator.id: c.indicator for rows in self.comparisons.values() for c in rows}
        remarks = [(r, remark) for r in self.results for remark in r.remarks]
        inside = {capital(sources.within(one)) for found in self.inside.values() for one in found}
        named = sorted({capital(self.source(i)) for i in used.values()} | inside)
        return fragment(
            "method",
            "Så läser du rapporten",
            remarks=remarks,
            sources=named,
            cycle=self.cycle,
            unit=self.unit,
            inside=bool(inside),
        )

    def glue(self) -> Glued:
        """The report's results for the index pages and the national notebooks."""
        return glued(
            self.dimension,
            self.unit,
            self.areas,
            self.results,
            self.assessments,
            self._lists(),
            self.raised,
            self.catalogue,
        )

    @property
    def raised(self) -> list[Raised]:
        """What the report's figures raise, for the discussion questions."""
        return raised(self.dimension, self.unit, self.areas, self.assessments.values(), self.comparisons, self.grades)

    def source(self, indicator: Indicator) -> str:
        """Who made the figures, through which channel they came, and when."""
        return sources.source(indicator, self.catalogue, self.manifest)

    def _groups(self, area: Area) -> Fragment:
        found = self.comparisons.get(area.slug, [])
        cards = [GroupCard(c, capital(self.source(c.indicator))) for c in found]
        said = prose_area.of_groups(found, self.unit)
        opening = [area.name, said] if said else [area.name]
        notes = self._notes(area.slug)
        lines = [f"{card.comparison.heading}: {card.finding}" for card in cards]
        text = "\n".join([*opening, *lines, *texts(notes)])
        elsewhere = bool(found) and nation_only(found) and not self.unit.is_nation
        return fragment(
            "groups", text, area=area, said=said, cards=cards, unit=self.unit, elsewhere=elsewhere, notes=notes
        )
