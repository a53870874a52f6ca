"""The final report of a cycle: what was said in its round, beside what the figures of the country call for.

Composition only. What the reports found is read from what they have glued, never from the files behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from varddialog.assessment.ground import Ground, ground
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.dialogue.actions import Followed, follow_up
from varddialog.dialogue.answers import Answered, in_words
from varddialog.dialogue.evaluation import evaluate
from varddialog.dialogue.final import Beside, Heard, Together, beside, heard, only_told, together
from varddialog.dialogue.lessons import Called
from varddialog.dialogue.national import Field, calls, fields
from varddialog.dialogue.recommendations import recommend
from varddialog.dialogue.records import read_rounds
from varddialog.dialogue.rounds import Round
from varddialog.dialogue.themes import CHALLENGE, FEEDBACK, PROPOSAL, STRENGTH, Picture, Told, by_unit, pictures, voices
from varddialog.model.arena import Arena, Recommendation
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.model.units import Units
from varddialog.pack import followup
from varddialog.pack.arena import anchor, called_for
from varddialog.pack.fragment import Fragment, fragment
from varddialog.pack.frame import Styled
from varddialog.pack.glue import Glued
from varddialog.pack.scraps import Scraps, read_scraps
from varddialog.prose import arena as say_arena
from varddialog.prose import evaluation as say_evaluation
from varddialog.prose import final as say
from varddialog.prose import followup as say_followup
from varddialog.prose import national as say_national
from varddialog.tables import final as tables
from varddialog.tables import followup as action_tables

# themes whose statements are shown at once, and how many of them; the others are folded
THEMES, SHOWN = 5, 3


def open_final(cycle: str = DEFAULT_CYCLE) -> FinalPack:
    """The final report on the round of the cycle's arena; cycle: a file under params/cycles.

    Raises UsageError for an unknown cycle, ParamsError for faulty params, DataError when no report is made, for a
    missing or damaged store, or for faulty records.
    """
    here = project()
    on = ground(here, cycle)
    catalogue = on.catalogue
    rounds = read_rounds(here, catalogue)
    arena = catalogue.arena(catalogue.cycle(cycle).arena)
    now = rounds.at(arena.slug, cycle)
    called = called_for([(now, lesson) for lesson in now.lessons], on)
    return FinalPack(
        arena, cycle, on, now, rounds.before(arena.slug, cycle), called, read_scraps(here, catalogue, cycle)
    )


@dataclass(frozen=True)
class FinalPack(Styled):
    """One cycle's report. Each method gives one piece of it, or None while there is nothing to show there.

    round: the cycle's own, empty when nothing is registered. before: the latest round before it. called: the round's
    lessons. scraps: what the reports of the cycle have glued.
    """

    arena: Arena
    cycle_name: str
    on: Ground
    round: Round
    before: Round | None
    called: tuple[Called, ...]
    scraps: Scraps

    def __repr__(self) -> str:
        return f"Slutrapport: {self.arena.name}, {self.cycle.name}"

    @property
    def catalogue(self) -> Catalogue:
        return self.on.catalogue

    @property
    def units(self) -> Units:
        return self.catalogue.units

    @property
    def cycle(self) -> Cycle:
        return self.catalogue.cycle(self.cycle_name)

    @property
    def is_example(self) -> bool:
        """Whether anything that the report tells of was made up."""
        return (self.round.example and not self.round.is_empty) or (self.before is not None and self.before.example)

    @cached_property
    def pictures(self) -> list[Picture]:
        return pictures(self.round.statements, [self.catalogue.dialogue.themes[slug] for slug in self.arena.themes])

    @cached_property
    def heard(self) -> list[Heard]:
        return heard(self.pictures)

    @cached_property
    def feedback(self) -> list[Heard]:
        return heard(self.pictures, FEEDBACK)

    @cached_property
    def proposed(self) -> list[Heard]:
        return heard(self.pictures, PROPOSAL)

    @cached_property
    def answered(self) -> list[Answered]:
        return in_words(self.arena, self.round)

    @cached_property
    def together(self) -> list[Together]:
        return together(self.pictures, self.catalogue.units.collaboration_regions)

    @cached_property
    def fields(self) -> list[Field]:
        return fields(calls(self.scraps.found, self.catalogue), self.catalogue)

    @cached_property
    def beside(self) -> list[Beside]:
        themes = [self.catalogue.dialogue.themes[slug] for slug in self.arena.themes]
        return beside(self.fields, self.pictures, themes)

    @cached_property
    def only_told(self) -> list[Heard]:
        return only_told(self.fields, self.pictures)

    @cached_property
    def agreed(self) -> tuple[Followed, ...]:
        """The actions of this round."""
        return follow_up([self.round], self.on, self.cycle)

    @cached_property
    def followed(self) -> tuple[Followed, ...]:
        """The actions of the round before, numbered after those of this one."""
        found = follow_up([self.before], self.on, self.cycle) if self.before else ()
        return tuple(replace(one, number=one.number + len(self.agreed)) for one in found)

    def header(self) -> Fragment:
        """Title, what the report rests on, and contents."""
        rests = [say.held(self.cycle, self.units), *say.registered(self.round, self.arena, self.units)]
        return self._made("header", "\n".join([repr(self), *rests]), rests=rests)

    def summary(self) -> Fragment:
        """What was heard, each line with what it rests on; before anything is registered, what will stand here."""
        found = say.findings(self.heard, self.feedback, self.proposed, self.units)
        if self.pictures and (words := say.figures(self.beside, self.only_told, self.units)):
            found.append(("Siffror och samtal", words, "nationellt"))
        if words := say.lessons(self.called, self.units):
            found.append(("Lärdomar", words, "lardomar"))
        if words := say.agreed(self.agreed, self.cycle, self.units):
            found.append(("Överenskommet", words, "atgarder"))
        if words := say.agreed(self.followed, self.cycle, self.units):
            found.append(("Förra omgången", f"{words} {say_followup.moved(self.followed)}", "uppfoljning"))
        if self.round.ratings:
            rated = evaluate(self.arena, self.round)
            found.append(
                ("Utvärdering", f"{say_evaluation.ends(rated)} {say_evaluation.answered(rated)}", "utvardering")
            )
        lines = [f"{what}: {words}" for what, words, _ in found]
        empty = [say_arena.NOTHING] if self.round.is_empty else []
        areas = say.areas(self.fields)
        return self._made("summary", "\n".join([*empty, *lines]), findings=found, areas=areas)

    def themes(self) -> Fragment | None:
        """Themes × regions: what kinds of things were said where."""
        if not self.heard:
            return None
        text = "\n".join(f"{one.theme.name}: {say_arena.rests_on(one.told, self.units)}" for one in self.heard)
        return self._made("themes", text, table=tables.themes(self.heard, self.units.regions))

    def alike(self) -> Fragment | None:
        """What the regions tell alike and differently of."""
        if not self.heard:
            return None
        found = sorted(self.heard, key=lambda one: list(say.ALIKE).index(one.alike))
        rests = [self._rests(one.told.of(STRENGTH, CHALLENGE)) for one in found]
        text = "\n".join(f"{one.theme.name}: {say.ALIKE[one.alike]}" for one in found)
        return self._made("alike", text, table=tables.alike(found, rests))

    def feedback_to_state(self) -> Fragment | None:
        """What the state is told, theme by theme."""
        found = self.feedback
        return self._told("synpunkter", "Synpunkter till staten", say.VIEWS, found) if found else None

    def proposals(self) -> Fragment | None:
        """What is proposed, theme by theme, and what follows from the arena's rules."""
        if not self.proposed:
            return None
        themes, units = self.catalogue.dialogue.themes, self.units
        ruled = [
            (one.rule, say_arena.because(one, self.arena, themes, units)) for one in recommend(self.arena, self.round)
        ]
        return self._told("forslag", "Förslag", say.PROPOSALS, self.proposed, ruled)

    def _told(
        self,
        section: str,
        title: str,
        called: tuple[str, str],
        found: Sequence[Heard],
        ruled: Sequence[tuple[Recommendation, str]] = (),
    ) -> Fragment:
        """Statements theme by theme, in the order of the records; those that parties say together once."""
        rows = []
        for one in found:
            said = [(voice, statement) for voice in voices(one.told) for statement in voice.statements]
            lines = sorted(said, key=lambda line: one.told.statements.index(line[1]))
            rows.append((one.theme, one.told, say.resting(one.told, self.units, *called), lines))
        text = "\n".join(f"{theme.name}: {rests}" for theme, _, rests, _ in rows)
        return self._made(
            "told", text, section=section, title=title, found=rows, ruled=ruled, themes=THEMES, shown=SHOWN
        )

    def national(self) -> Fragment:
        """Areas that call for collaboration, beside what the regions speak of."""
        same = [one for one in self.beside if one.same_way]
        only = [one for one in self.beside if not one.same_way]
        table = tables.beside(same, [self._rests(one.told) for one in same]) if same else None
        rows = [(f, say_national.signs(f.signs), say_national.why(f, self.catalogue)) for f in self.fields]
        lines = [f"{one.field.area.name}: {self._rests(one.told)}" for one in same]
        lines += [f"{one.field.area.name}: {say.why_only(one)}" for one in only]
        lines += [f"{one.theme.name}: {self._rests(one.told)}" for one in self.only_told]
        return self._made("national", "\n".join(lines), table=table, only=only, rows=rows, sign=say_national)

    def collaboration(self) -> Fragment | None:
        """Collaboration region by collaboration region: what most of the members speak of."""
        if not self.heard:
            return None
        text = "\n".join(
            f"{one.region.name}: {theme.theme.name}, {say.of_members(one, theme)}"
            for one in self.together
            for theme in one.themes[: say.NAMED]
        )
        return self._made("collaboration", text)

    def lessons(self) -> Fragment | None:
        """Each lesson of the round, and the regions whose figures call for it."""
        if not self.called:
            return None
        text = "\n".join(f"{say_arena.place(c.lesson.unit, self.units)}: {say_arena.called_by(c)}" for c in self.called)
        return self._made("lessons", text, lessons=sorted(self.called, key=lambda c: -len(c.offers)))

    def actions(self) -> Fragment | None:
        """What was agreed in this round."""
        return self._actions("atgarder", "Åtgärder som parterna har kommit överens om", self.agreed)

    def follow_up(self) -> Fragment | None:
        """How the actions of the round before stand, and whether the figures that they aimed at have moved."""
        return self._actions("uppfoljning", "Uppföljning av förra omgången", self.followed, moved=True)

    def _actions(self, name: str, title: str, found: Sequence[Followed], moved: bool = False) -> Fragment | None:
        if not found:
            return None
        standing = say.agreed(found, self.cycle, self.units)
        went = say_followup.moved(found) if moved else ""
        catalogue = self.catalogue
        return self._made(
            "actions",
            f"{standing} {went}".strip(),
            section=name,
            title=title,
            found=found,
            standing=standing,
            owners=say.owners(found, self.arena),
            late=action_tables.actions([one for one in found if one.late], self.arena, catalogue),
            rest=action_tables.actions([one for one in found if not one.late], self.arena, catalogue),
            aims=action_tables.aims(found, followup.links(found)) if moved else None,
            moved=went,
            cause=say_followup.CAUSE,
        )

    def answers(self) -> Fragment | None:
        """The standing questions, and how many have answered each."""
        if not self.answered:
            return None
        text = "\n".join(f"{one.question.text} {self._rests(one.told)}" for one in self.answered)
        return self._made("answers", text)

    def evaluation(self) -> Fragment | None:
        """What those who took part thought of the dialogue."""
        return followup.evaluation(self.arena, self.round, self.catalogue) if self.round.ratings else None

    def method(self) -> Fragment:
        """How the report is made, and its sources."""
        rounds = [self.round, *([self.before] if self.before else [])]
        sources = dict.fromkeys(r.source for r in rounds if r.source)
        return self._made("method", "Så är rapporten gjord", rules=say.rules(), sources=list(sources))

    def glue(self) -> Glued:
        """What the report counts, as plain data."""
        return Glued(
            {
                "arena": self.arena.slug,
                "cycle": self.cycle_name,
                "round": None if self.round.is_empty else self.round.cycle,
                "example": self.is_example,
                "statements": len(self.round.statements),
                "units": len(Told(self.round.statements).units),
                "themes": by_unit(self.pictures),
                "alike": {one.theme.slug: one.alike for one in self.heard},
                "feedback": {one.theme.slug: len(one.told) for one in self.feedback},
                "proposals": {one.theme.slug: len(one.told) for one in self.proposed},
                "lessons": {c.lesson.key: [offer.unit.code for offer in c.offers] for c in self.called},
                "areas": {
                    one.field.area.slug: {"told": list(one.told.units), "same": one.same_way} for one in self.beside
                },
                "only_told": [one.theme.slug for one in self.only_told],
                "actions": len(self.agreed),
                "followed": len(self.followed),
                "late": sum(one.late for one in self.followed),
                "missing": [f"{unit.folder}/{d.notebook}" for unit, d in self.scraps.missing],
                "results": [],
            }
        )

    def _rests(self, told: Told) -> str:
        return say_arena.rests_on(told, self.units) if told else ""

    def _made(self, name: str, text: str, **values: object) -> Fragment:
        shared = {"pack": self, "say": say, "arena": say_arena, "anchor": anchor, "units": self.units}
        return fragment(f"final/{name}", text, **shared, **values)
