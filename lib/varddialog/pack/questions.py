"""The discussion questions of one unit: what to talk about, what each question rests on, and how they were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from varddialog.assessment.ground import ground
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.dialogue.questions import GROUPS, Evidence, Question, Questions, questions
from varddialog.dialogue.raised import Raised
from varddialog.dialogue.supplement.place import QUESTIONS
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.model.units import Unit
from varddialog.pack.content import Line
from varddialog.pack.fragment import Fragment, fragment
from varddialog.pack.frame import Styled
from varddialog.pack.glue import Glued
from varddialog.pack.notes import NoteBox, notes_at, texts
from varddialog.pack.opening import open_pack
from varddialog.prose import area
from varddialog.prose import questions as say
from varddialog.prose.evidence import OF_SERIES
from varddialog.swedish import capital, slugify


@dataclass(frozen=True)
class Asked:
    """One question as it stands on the page. number: among all questions."""

    number: int
    anchor: str
    text: str
    why: str
    focus: str
    sheet: str
    leading: str
    lines: list[Line]
    more: str


@dataclass(frozen=True)
class QuestionsPack(Styled):
    """One unit's questions. All of it follows from `raised`, which the four reports glue, and from params/."""

    catalogue: Catalogue
    unit: Unit
    cycle: Cycle
    raised: tuple[Raised, ...]
    notes: Sequence[NoteBox] = ()  # what region and analysts add

    def __repr__(self) -> str:
        return f"Diskussionsfrågor: {self.unit.name}, {self.cycle.name}"

    @cached_property
    def chosen(self) -> Questions:
        """The questions in order."""
        return questions(self.raised, self.unit, self.cycle, self.catalogue)

    @property
    def title(self) -> str:
        """The page's heading."""
        return f"Diskussionsfrågor: {self.unit.official_name}"

    def header(self) -> Fragment:
        """Title, how to use the questions, their order, and the focus areas."""
        said = [say.order(self.chosen, self.unit), say.focus(self.chosen.focus, self.unit)]
        text = "\n".join([self.title, *said])
        return fragment(
            "questions_header",
            text,
            title=self.title,
            cycle=self.cycle,
            unit=self.unit,
            said=said,
            notes=self.notes,
            groups=[(slugify(group), say.heading(group, self.unit)) for group in GROUPS if self.chosen.of(group)],
        )

    def questions(self) -> Fragment:
        """The questions in their groups, numbered through, each with what it rests on."""
        made = [(slugify(group), say.heading(group, self.unit), self._asked(group)) for group in GROUPS]
        groups = [row for row in made if row[2]]
        told = []
        for q in (q for *_, asked in groups for q in asked):
            told += [f"{q.number}. {q.text}", *(f"{line.name}: {line.words}" for line in q.lines)]
        text = "\n".join([*told, *texts(self.notes)])
        return fragment("questions", text, groups=groups, usual=area.USUAL, notes=self.notes)

    def order(self) -> Fragment:
        """How the questions were chosen, and what was left out."""
        said = say.selection(self.chosen, self.unit)
        return fragment("questions_order", "\n".join(said), said=said)

    def glue(self) -> Glued:
        """The questions with their evidence, and the focus areas, for the agenda and the national notebooks.

        `focus`: see `FocusChoice.as_dict`. `questions`: `group`, `text`, `anchor`, `focus`
        and the `raised` that they rest on.
        """
        asked = {a.anchor: a for group in GROUPS for a in self._asked(group)}
        made: list[dict[str, Any]] = [
            {
                "group": q.group,
                "anchor": _anchor(q),
                "text": asked[_anchor(q)].text,
                "focus": q.focus,
                "raised": [e.raised.as_dict() for e in q.evidence],
            }
            for q in self.chosen.questions
        ]
        return Glued({"unit": self.unit.code, "focus": self.chosen.focus.as_dict(), "questions": made})

    def _asked(self, group: str) -> list[Asked]:
        texts = say.question_texts(self.chosen, self.unit)
        return [
            Asked(
                number=n,
                anchor=_anchor(q),
                text=texts[n - 1],
                why=q.why,
                focus=q.subject if q.focus else "",
                sheet=f"fokusomrade-{q.focus}.html" if q.focus else "",
                leading=say.evidence_heading(q, self.unit),
                lines=[self._line(e) for e in q.evidence],
                more=say.more(q),
            )
            for n, q in enumerate(self.chosen.questions, 1)
            if q.group == group
        ]

    def _line(self, found: Evidence) -> Line:
        report = f"{self.catalogue.dimension(found.raised.dimension).notebook}.html"
        words = capital(area.without_usual(say.evidence_line(found)).replace(f" ({OF_SERIES})", ""))
        return Line(found.raised.name, f"{report}#{found.raised.anchor}", words)


def _anchor(q: Question) -> str:
    return f"fraga-{q.slug}"


def open_questions(region: str, cycle: str = DEFAULT_CYCLE) -> QuestionsPack:
    """The questions of one unit, of what its four reports raise.

    Raises UsageError for an unknown name, ParamsError for faulty params, DataError for a missing or damaged store.
    """
    here = project()
    catalogue = ground(here, cycle).catalogue
    unit = catalogue.units.find(region)
    packs = [open_pack(d.number, region, cycle) for d in catalogue.framework.dimensions]
    raised = tuple(r for pack in packs for r in pack.raised)
    return QuestionsPack(catalogue, unit, catalogue.cycle(cycle), raised, notes_at(here, unit, QUESTIONS, level=2))
