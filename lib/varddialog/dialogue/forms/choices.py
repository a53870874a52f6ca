"""What may be written in the forms of an arena, and what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Generic, TypeVar, get_args

from varddialog.data.forms.cells import Wrong, is_empty, text, words
from varddialog.data.forms.table import Cell
from varddialog.dialogue.rounds import Kind, State
from varddialog.model.arena import Arena, Party, Question
from varddialog.model.catalogue import Catalogue
from varddialog.swedish import did_you_mean, fold, listing

V = TypeVar("V", bound=str)

KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[State, ...] = get_args(State)
# so many are told when a word is not among them; more are on the sheet with the choices
_TOLD = 12

# the same words stand in the forms of each arena, and on row after row
_folded = lru_cache(maxsize=10_000)(fold)


@dataclass(frozen=True)
class Words(Generic[V]):
    """The words of one column. what: what they are. shown: word of the form → what it stands for.

    also: other ways in which the same may be written. unknown: «Okänt» or «Okänd», as `what` is neuter or not.
    """

    what: str
    shown: Mapping[str, V]
    also: Mapping[str, V] = field(default_factory=dict)
    unknown: str = "Okänt"

    @cached_property
    def _known(self) -> dict[str, V]:
        return {_folded(word): value for word, value in (*self.also.items(), *self.shown.items())}

    def get(self, word: str) -> V | None:
        return self._known.get(_folded(word))

    def read(self, written: Cell) -> V:
        """The value of the word that is written. Raises Wrong when there is none, or it is not among them."""
        word = text(written)
        found = self.get(word)
        if found is None:
            allowed = list(self.shown)
            told = listing(allowed, "eller") if len(allowed) <= _TOLD else "något ur listan på bladet «Val»"
            near = did_you_mean(word, [*allowed, *self.also])
            raise Wrong(f"{self.unknown} {self.what}: «{word}».", told, near or "Välj ur listan.")
        return found


class Choices:
    """The words of each column for one arena. Units are their codes, or slugs of collaboration regions."""

    def __init__(self, arena: Arena, catalogue: Catalogue) -> None:
        self.arena, self.catalogue = arena, catalogue
        themes = {slug: catalogue.dialogue.themes[slug] for slug in arena.themes}
        self.unit = _units(arena, catalogue)
        self.party = Words("part", _by_name(arena.parties), {p.slug: p.slug for p in arena.parties}, "Okänd")
        self.theme = Words("tema", {t.name: t.slug for t in themes.values()}, {slug: slug for slug in themes})
        self.kind = Words[Kind]("slag", {kind: kind for kind in KINDS})
        self.state = Words[State]("läge", {state: state for state in STATES})
        self.question = Words(
            "fråga", {q.text: q.slug for q in arena.questions}, {q.slug: q.slug for q in arena.questions}, "Okänd"
        )
        self.scale = Words(
            "påstående", {s.text: s.slug for s in arena.evaluation}, {s.slug: s.slug for s in arena.evaluation}
        )
        self.answers = list(dict.fromkeys(answer for q in arena.questions for answer in q.answers))
        self.roles = list(dict.fromkeys(role for party in arena.parties for role in party.roles))
        known = [i for i in catalogue.indicators.values() if i.duplicate_of is None]
        self.measure = Words(
            "mått", {i.name: i.id for i in known}, {way: i.id for i in known for way in (i.id, i.slug)}
        )

    def role(self, written: Cell, party: Party | None) -> str:
        """The role as the arena writes it; empty for the party as a whole."""
        if is_empty(written):
            return ""
        roles = party.roles if party else self.roles
        return Words("roll", {role: role for role in roles}, unknown="Okänd").read(written)

    def asked(self, written: Cell, party: Party | None) -> Question | None:
        """The question, which must be put to the party; None for an empty field."""
        if is_empty(written):
            return None
        question = self.arena.question(self.question.read(written))
        if party is not None and party.slug not in question.to:
            asked = listing((self.arena.party(slug).name for slug in question.to), "eller")
            raise Wrong(f"Frågan ställs inte till {party.name}.", asked, "Rätta parten eller frågan.")
        return question

    def answer(self, written: Cell, question: Question | None) -> str:
        """The chosen answer, one of the question's; empty where it has none to choose from."""
        if question is None or not question.answers:
            if is_empty(written):
                return ""
            raise Wrong("Frågan har inga svar att välja bland.", "tomt", "Skriv svaret i kolumnen uttalande.")
        if is_empty(written):
            raise Wrong("Fältet är tomt, men frågan har svar att välja bland.", listing(question.answers, "eller"))
        return Words("svar", {answer: answer for answer in question.answers}).read(written)

    def measures(self, written: Cell) -> tuple[str, ...]:
        """The ids of the measures, each once: parted by semicolons or lines, and by commas where no name has one."""
        whole = words(written)
        found: dict[str, None] = {}
        for name in _parts(whole, r"[;\n]"):
            known = self.measure.get(name)
            ids = [known] if known else [self.measure.read(part) for part in _parts(name, ",")]
            found |= dict.fromkeys(ids)
        return tuple(found)


def _parts(written: str, sign: str) -> list[str]:
    return [part.strip() for part in re.split(sign, written) if part.strip()]


def _by_name(parties: Iterable[Party]) -> dict[str, str]:
    return {party.name: party.slug for party in parties}


def _units(arena: Arena, catalogue: Catalogue) -> Words[str]:
    """Riket, and what the arena's dialogues are held with: the regions or the collaboration regions."""
    units = catalogue.units
    shown = {units.nation.name: units.nation.code}
    also = dict.fromkeys(units.nation.names, units.nation.code)
    if arena.units == "region":
        shown |= {unit.official_name: unit.code for unit in units.regions}
        ways = ((unit, name) for unit in units.regions for name in unit.names)
        also |= {way: unit.code for unit, name in ways for way in (name, f"Region {name}")}
    else:
        for one in units.collaboration_regions:
            shown[one.name] = one.slug
            short = one.name.partition(" (")[0]
            also |= {f"{word}{name}": one.slug for word in _BEFORE for name in (one.name, short)} | {one.slug: one.slug}
    return Words("enhet", shown, also, "Okänd")


_BEFORE = ("", "Samverkansregion ", "Sjukvårdsregion ")
