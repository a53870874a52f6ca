"""What one notebook shows of an arena: what was said there, by whom, and what it calls for. Composition only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from varddialog.assessment.assess import Assessment, assess_all
from varddialog.assessment.ground import Ground, ground
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.dialogue.actions import as_of, follow_up
from varddialog.dialogue.answers import Answered, in_words, structure
from varddialog.dialogue.lessons import Called, called, tagged
from varddialog.dialogue.recommendations import Recommended, recommend
from varddialog.dialogue.records import Rounds, read_rounds
from varddialog.dialogue.rounds import Round, Statement
from varddialog.dialogue.themes import SPOKEN, Picture, Told, View, counts, pictures, voices
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.pack import arena_figures, followup
from varddialog.pack.fragment import Fragment, fragment
from varddialog.pack.frame import Styled
from varddialog.pack.glue import Glued
from varddialog.prose import arena as say
from varddialog.prose.followup import standing
from varddialog.swedish import slugify
from varddialog.tables import arena as tables

# the order in which the themes are read: what there is to talk about comes first
_ORDER: tuple[View, ...] = ("olika", "lika", "flera", "en part")


def open_arena(arena: str, cycle: str = DEFAULT_CYCLE) -> ArenaPack:
    """The pack of one arena: a file under params/arenas. cycle: a file under params/cycles.

    Raises UsageError for an unknown name, ParamsError for faulty params, DataError for a missing or damaged store or
    faulty records.
    """
    here = project()
    on = ground(here, cycle)
    chosen = on.catalogue.arena(arena)
    rounds = read_rounds(here, on.catalogue)
    # the arena's own rounds alone say whether its lessons are real, as they do for all else on its page
    lessons = [(found, lesson) for found in rounds.of(chosen.slug) if found.cycle <= cycle for lesson in found.lessons]
    return ArenaPack(chosen, cycle, on, rounds, rounds.latest(chosen.slug, cycle), called_for(lessons, on))


def called_for(lessons: Sequence[tuple[Round, Statement]], on: Ground) -> tuple[Called, ...]:
    """The lessons with the regions whose figures call for them."""
    catalogue = on.catalogue
    ids = dict.fromkeys(key for _, lesson in lessons for key in tagged(lesson, catalogue))
    asked = [catalogue.indicators[key] for key in ids]
    assessed: dict[str, dict[str, list[Assessment]]] = {}
    for unit in catalogue.units.regions:
        own = assessed[unit.code] = {}
        for assessment in assess_all(asked, unit, on.material):
            own.setdefault(assessment.indicator.id, []).append(assessment)
    return tuple(called(lessons, assessed, catalogue))


@dataclass(frozen=True)
class ArenaPack(Styled):
    """One arena in one cycle. Each method gives one piece of the page, or None where it does not apply.

    round: the newest one not later than the cycle, empty when nothing is registered. called: the arena's lessons.
    """

    arena: Arena
    cycle_name: str
    on: Ground
    rounds: Rounds
    round: Round
    called: tuple[Called, ...]

    def __repr__(self) -> str:
        return f"Dialoguppföljning: {self.arena.name}, {say.years(self.cycle_name)}"

    @property
    def catalogue(self) -> Catalogue:
        return self.on.catalogue

    @cached_property
    def pictures(self) -> list[Picture]:
        themes = [self.catalogue.dialogue.themes[slug] for slug in self.arena.themes]
        return pictures(self.round.statements, themes)

    @cached_property
    def built(self) -> list[Answered]:
        return structure(self.arena, self.round)

    @cached_property
    def answered(self) -> list[Answered]:
        return in_words(self.arena, self.round)

    @cached_property
    def recommended(self) -> list[Recommended]:
        return recommend(self.arena, self.round)

    @property
    def cycle(self) -> Cycle:
        return self.catalogue.cycle(self.cycle_name)

    @property
    def _until_now(self) -> list[Round]:
        """The arena's rounds that are not later than the cycle."""
        return [found for found in self.rounds.of(self.arena.slug) if found.cycle <= self.cycle_name]

    def header(self) -> Fragment:
        """Title, what the arena is, who takes part, and contents."""
        slugs = [party.slug for party in self.arena.parties]
        return self._made("header", repr(self), slugs=slugs, contents=list(self._contents()))

    def _contents(self) -> Iterator[tuple[str, str]]:
        """Address and name of each section, in the order of the notebook."""
        together = self.arena.units == "samverkansregion"
        has_figures = arena_figures.has_any(self.arena, self.catalogue)
        for place, words, there in (
            ("sammanfattning", say.NOTHING if self.round.is_empty else "Det viktigaste", True),
            ("matten", "Lika och olika" if together else "Måtten över tid", has_figures),
            ("lardomar", "Lärdomar", self.called),
            ("teman", "Vad parterna berättar", self.pictures),
            ("uppbyggnad", "Så är dialogen uppbyggd", self.built),
            ("svar", "Svar på frågorna", self.answered),
            ("rekommendationer", "Rekommendationer", self.recommended),
            ("atgarder", "Åtgärder", True),
            ("utvardering", "Utvärdering", self.arena.evaluation),
            ("fragorna", "Frågorna", self.arena.questions),
            ("metod", "Så är sidan gjord", True),
        ):
            if there:
                yield place, words

    def summary(self) -> Fragment:
        """What was heard and what it rests on; before anything is registered, what will stand here."""
        found = say.findings(self.arena, self.pictures, self.built, self.answered, self.called, self.catalogue)
        if followed := follow_up(self._until_now, self.on, self.cycle):
            found.append((say.ACTIONS, standing(followed, self.cycle), "atgarder"))
        shown = say.shown_round(self.round, self.cycle_name)
        text = "\n".join([shown, *(f"{what}: {words}" for what, words, _ in found)])
        return self._made(
            "summary",
            say.NOTHING if self.round.is_empty else text,
            findings=found,
            shown=shown,
            material=say.material(self.round),
            told=Told(self.round.statements),
        )

    def views(self) -> Fragment | None:
        """The themes and what each party says of them: where they see differently, alike, or only one speaks."""
        if not self.pictures:
            return None
        ordered = [p for view in _ORDER for p in self.pictures if p.view == view]
        several = [p for p in ordered if p.view != "en part"]
        alone = [
            (party, mine)
            for party in self.arena.parties
            if (mine := [p for p in ordered if p.view == "en part" and p.told.parties == (party.slug,)])
        ]
        text = "\n".join(f"{p.theme.name}: {say.how_seen(p, self.arena)}" for p in ordered)
        table, wide = tables.themes(ordered, self.arena), len(tables.speaking(ordered)) > tables.MANY
        return self._made("views", text, several=several, alone=alone, table=table, wide=wide, spoken=SPOKEN)

    def structure(self) -> Fragment | None:
        """How the dialogue is built in each unit, and which lack what."""
        if not self.built:
            return None
        lacking = [say.lacking(a, self.catalogue.units) for a in self.built if a.lacking]
        answered = any(a.told for a in self.built)
        table = tables.structure(self.built, self.arena, self.catalogue) if answered else None
        return self._made("structure", "\n".join(lacking) or say.NOTHING, lacking=lacking, table=table)

    def answers(self) -> Fragment | None:
        """The questions that were answered in words, unit by unit."""
        if not self.answered:
            return None
        text = "\n".join(f"{a.question.text} {len(a.told)}" for a in self.answered)
        return self._made("answers", text, answered=self.answered)

    def figures(self) -> Fragment | None:
        """The arena's indicators over time."""
        return arena_figures.indicators(self.arena, self.on, self.cycle)

    def lessons(self) -> Fragment | None:
        """Each lesson, and the regions whose figures call for it."""
        if not self.called:
            return None
        text = "\n".join(
            f"{say.place(c.lesson.unit, self.catalogue.units)}: {c.theme.name}. {say.called_by(c)}" for c in self.called
        )
        return self._made("lessons", text, called=self.called, table=tables.called)

    def recommendations(self) -> Fragment | None:
        """What the records call for by rule, each with its evidence."""
        if not self.recommended:
            return None
        because = [self._because(one) for one in self.recommended]
        text = "\n".join(f"{one.rule.text} {why}" for one, why in zip(self.recommended, because, strict=True))
        rows = list(zip(self.recommended, because, strict=True))
        return self._made("recommendations", text, rows=rows)

    def _because(self, one: Recommended) -> str:
        return say.because(one, self.arena, self.catalogue.dialogue.themes, self.catalogue.units)

    def actions(self) -> Fragment | None:
        """What was agreed in this cycle and before, how it stands, and whether the figures it aimed at have moved."""
        return followup.actions(self.arena, self._until_now, self.on, self.cycle)

    def evaluation(self) -> Fragment | None:
        """What those who took part thought of the dialogue."""
        return followup.evaluation(self.arena, self.round, self.catalogue)

    def instrument(self) -> Fragment | None:
        """The questions, for whoever prepares the next round."""
        kinds = [kind for kind in (True, False) if any(q.structure == kind for q in self.arena.questions)]
        if not kinds:
            return None
        made = [tables.questions(self.arena, kind) for kind in kinds]
        text = "\n".join(q.text for q in self.arena.questions)
        return self._made(
            "instrument", text, tables=made, first_open=not any(a.told for a in [*self.built, *self.answered])
        )

    def method(self) -> Fragment:
        """How the page is made, and its sources."""
        sources = sorted({s.source for s in self.round.statements if s.source} | {c.lesson.source for c in self.called})
        return self._made("method", "Så är sidan gjord", sources=[source for source in sources if source])

    def glue(self) -> Glued:
        """What the page shows, as plain data for the index pages and the final report."""
        states = [as_of(action, self.cycle.today).state for action in self.round.actions]
        return Glued(
            {
                "arena": self.arena.slug,
                "name": self.arena.name,
                "round": None if self.round.is_empty else self.round.cycle,
                "example": self.round.example,
                "statements": len(self.round.statements),
                "units": len(Told(self.round.statements).units),
                "themes": counts(self.pictures, [party.slug for party in self.arena.parties]),
                "views": {p.theme.slug: p.view for p in self.pictures},
                "lessons": [
                    {
                        "key": c.lesson.key,
                        "unit": c.lesson.unit,
                        "theme": c.theme.slug,
                        "regions": [offer.unit.code for offer in c.offers],
                    }
                    for c in self.called
                ],
                "recommendations": [
                    {"slug": one.rule.slug, "statements": [s.key for s in one.evidence.statements]}
                    for one in self.recommended
                ],
                "actions": {state: states.count(state) for state in sorted(set(states))},
                "results": [],
            }
        )

    def _made(self, name: str, text: str, **values: object) -> Fragment:
        shared = {"pack": self, "say": say, "anchor": anchor, "voices": voices, "units": self.catalogue.units}
        return fragment(f"arena/{name}", text, **shared, **values)


def anchor(statement: Statement, cycle: str = "") -> str:
    """Where the statement stands on the page. cycle: its round's, when that is not the one that the page shows."""
    return f"uttalande-{slugify(f'{cycle} {statement.key}')}"
