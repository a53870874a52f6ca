"""The focus sheet: one unit in one focus area, for those who have ten minutes before they talk about it."""

from __future__ import annotations

from dataclasses import dataclass

from varddialog.assessment.assess import Assessment
from varddialog.assessment.groups import Comparison
from varddialog.assessment.peers import SimilarRegions
from varddialog.assessment.results import Result
from varddialog.data.manifest import Manifest
from varddialog.dialogue.focus import Beside, Lesson, Stands, in_turn
from varddialog.figures import overview as overview_figure
from varddialog.figures.overview_key import overview_key
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.model.focus import FocusArea
from varddialog.model.units import Unit
from varddialog.pack import sources
from varddialog.pack.content import AreaContent
from varddialog.pack.fragment import Fragment, fragment
from varddialog.pack.frame import Styled
from varddialog.pack.glue import Glued, answers, row
from varddialog.pack.notes import NoteBox, texts
from varddialog.prose import area as prose_area
from varddialog.prose import arena as talks
from varddialog.prose import focus as say
from varddialog.prose.result import state
from varddialog.prose.summary import overview_picture, widest_gaps
from varddialog.swedish import capital, listing, plural
from varddialog.tables import focus as focus_tables
from varddialog.tables import html as tables

# what is seen at once; the rest is folded
SHOWN_GROUPS, SHOWN_LESSONS, ASKED = 5, 4, 4


@dataclass(frozen=True)
class FocusPack(Styled):
    """One unit × focus area. Each method gives one piece of the sheet and depends on nothing but the pack.

    assessments: those with a value, in the order of the area's indicators. beside: for a region, its values beside all
    others'. stands: for Riket, where the regions stand. notes: what region and analysts add.
    """

    catalogue: Catalogue
    focus: FocusArea
    unit: Unit
    cycle: Cycle
    manifest: Manifest
    content: AreaContent
    assessments: list[Assessment]
    comparisons: list[Comparison]
    similar: SimilarRegions | None
    beside: list[Beside]
    stands: list[Stands]
    lessons: list[Lesson]
    notes: list[NoteBox]

    def __repr__(self) -> str:
        return f"Fokusområde: {self.focus.name}, {self.unit.name}, {self.cycle.name}"

    @property
    def title(self) -> str:
        """The sheet's heading."""
        return f"{self.focus.name}: {self.unit.official_name}"

    def address(self, result: Result) -> str:
        """Where the reports tell of the result in full, seen from the unit's folder."""
        dimension = self.catalogue.dimension_of.get(result.indicator.id)
        # what belongs to no dimension is described, not assessed, and has a page of its own
        return f"{dimension.notebook}.html#{result.anchor}" if dimension else f"../matt/{result.indicator.slug}.html"

    def header(self) -> Fragment:
        """Title, why the area matters, and the way to each section."""
        return fragment("focus_header", repr(self), pack=self, focus=self.focus, cycle=self.cycle, title=self.title)

    def summary(self) -> Fragment:
        """The unit in the focus area at a glance."""
        said = say.glance(self.unit, self.assessments, self._without())
        text = "\n".join(f"{term}: {words}" for term, words in said)
        return fragment("focus_summary", text, said=said, notes=self.notes)

    def _without(self) -> str:
        content, total = self.content, len(self.focus.indicators)
        return say.without(self.unit, content.gaps, content.missing, content.split_only, total)

    def results(self) -> Fragment:
        """Every indicator with a value: the overview's rows, and the same as a table with target levels."""
        if not self.assessments:
            text = "\n".join([self._without(), *texts(self.notes)])
            return fragment("focus_results", text, drawing=None, without=self._without(), notes=self.notes)
        drawing = overview_figure.overview(
            self.focus.name,
            self.assessments,
            self.catalogue.units,
            overview_picture(self.focus.name, self.assessments),
            "fokusomrade",
            head=True,
            pitch=overview_figure.pitch_for(len(self.assessments)),
            address=self.address,
        )
        key = overview_key(self.unit, any(t.reached for r in self.content.results for t in r.targets))
        table = focus_tables.results(self.assessments, self.unit, self.catalogue.units, self.address)
        text = "\n".join([drawing.alt, *texts(self.notes)])
        return fragment("focus_results", text, drawing=drawing, key=key, table=table, notes=self.notes)

    def comparisons_with_others(self) -> Fragment:
        """A region beside those like it and those it works with; for Riket where the regions stand."""
        said = self._nation_said() if self.unit.is_nation else self._region_said()
        table = None
        if self.stands:
            table = focus_tables.stands(self.stands, self.catalogue.units)
        elif self.beside:
            table = focus_tables.beside(self.beside, self.unit, self._company(), self.catalogue.units)
        return fragment(
            "focus_comparisons",
            "\n".join(said),
            unit=self.unit,
            said=said,
            table=table,
            alike=self.similar,
            notes=self._split(),
        )

    def _nation_said(self) -> list[str]:
        best = say.best_in_country((s.result for s in self.stands), self.unit, self.catalogue.units)
        return [s for s in [*say.where_regions_stand(self.stands, self.catalogue.units), best] if s]

    def _region_said(self) -> list[str]:
        units, rows = self.catalogue.units, self.beside
        said = [say.in_company(self.unit, rows, codes, name, units) for name, codes in self._companies()]
        return [s for s in [*said, say.best_in_country((b.result for b in rows), self.unit, units)] if s]

    def _companies(self) -> list[tuple[str, list[str]]]:
        """How the others are named in a sentence, and their codes: similar regions, then each collaboration region."""
        alike = [("de mest liknande regionerna", list(self.similar.codes))] if self.similar else []
        return alike + [
            (f"de andra i samverkansregion {c.name}", [u.code for u in c.members if u != self.unit])
            for c in self.catalogue.units.collaboration_regions
            if self.unit in c.members
        ]

    def _split(self) -> list[str]:
        """That figures of a region that belongs to two collaboration regions are for the whole of it."""
        mine = [c for c in self.catalogue.units.collaboration_regions if self.unit in c.members]
        return say.split(dict.fromkeys(u.name for c in mine for u in c.split))

    def _company(self) -> list[tuple[str, list[str]]]:
        """The same for the table: heading and codes, no region twice."""
        shown: set[str] = set()
        made = []
        names = ["Liknande regioner"] if self.similar else []
        names += [f"Samverkansregion {name}" for name in self.unit.collaboration_regions]
        for heading, (_, codes) in zip(names, self._companies(), strict=True):
            made.append((heading, [code for code in codes if code not in shown]))
            shown |= set(codes)
        return made

    def inequality(self) -> Fragment:
        """Differences between groups, of the unit itself where there are figures, otherwise of the whole country."""
        current = [c for c in self.comparisons if c.indicator.discontinued is None]
        said = say.of_groups(current, self.unit)
        across = next(d for d in self.catalogue.framework.dimensions if any(leaf.grouping for leaf in d.leaves()))
        page = f"{across.notebook}.html"
        widest = widest_gaps(current)[:SHOWN_GROUPS]
        return fragment(
            "focus_inequality",
            said,
            said=said,
            widest=tables.gaps(widest, self.unit, page) if widest else None,
            everything=tables.gaps(current, self.unit, page) if len(current) > len(widest) else None,
            unit=self.unit,
            all_of_them=plural(len(current), "jämförelse", "jämförelser"),
        )

    def lessons_from_others(self) -> Fragment:
        """What others have learnt in the area, first what the unit's own figures call for."""
        shown = [(lesson, talks.place(lesson.statement.unit, self.catalogue.units)) for lesson in self.lessons]
        text = "\n".join(f"{who}: {lesson.statement.text}" for lesson, who in shown)
        return fragment(
            "focus_lessons",
            text or "Inga lärdomar registrerade ännu",
            first=shown[:SHOWN_LESSONS],
            rest=shown[SHOWN_LESSONS:],
            catalogue=self.catalogue,
            talks=talks,
            called_for=any(lesson.offer for lesson in self.lessons),
            example=any(lesson.round.example for lesson in self.lessons),
        )

    def questions(self) -> Fragment:
        """The area's key questions, and those that the unit's own figures raise."""
        raised = in_turn(self.assessments, self.catalogue.area_of, ASKED)
        places = [self.address(a.result) for _, a in raised if a.result]
        own = [(*said, place) for said, place in zip(say.asked(raised, self.unit), places, strict=True)]
        text = "\n".join([*(q.text for q in self.focus.questions), *(f"{q} {why}" for q, why, _ in own)])
        return fragment("focus_questions", text, focus=self.focus, own=own, unit=self.unit)

    def lacking(self) -> Fragment:
        """What open figures do not tell, and each indicator without a value of today."""
        old = [a.result for a in self.assessments if a.result and a.result.state != "aktuell"]
        same = [(i, self.catalogue.indicators[str(i.duplicate_of)]) for i in self.content.duplicates]
        said = self.focus.lacking or ""
        return fragment(
            "focus_lacking",
            "\n".join(s for s in (said, self._without()) if s),
            said=said,
            content=self.content,
            old=old,
            state=state,
            same=same,
            unit=self.unit,
        )

    def method(self) -> Fragment:
        """How certain what is said is, and where the figures come from."""
        used = {r.indicator.id: r.indicator for r in self.content.results}
        used |= {c.indicator.id: c.indicator for c in self.comparisons}
        sideways = any(a.vs_nation and a.vs_nation.klass in ("högre", "lägre") for a in self.assessments)
        said = [prose_area.USUAL, *([say.NEUTRAL] if sideways else [])]
        return fragment(
            "focus_method",
            "\n".join(said),
            said=said,
            publishers=listing(sorted({i.source.publisher for i in used.values()})),
            sources=sorted({capital(sources.source(i, self.catalogue, self.manifest)) for i in used.values()}),
        )

    def glue(self) -> Glued:
        """The sheet's results, for the index pages and the national notebooks."""
        content, area_of = self.content, self.catalogue.area_of
        lacking = {"gaps": len(content.gaps), "missing": len(content.missing), "split_only": len(content.split_only)}
        return Glued(
            {
                "focus_area": self.focus.slug,
                "unit": self.unit.code,
                "counts": {"indicators": len(self.focus.indicators), **say.counts(self.assessments, lacking)},
                "results": [row(a.result, area_of[a.indicator.id]) | answers(a) for a in self.assessments if a.result],
            }
        )
