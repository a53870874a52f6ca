"""What the parties say of each theme: who sees a strength or a challenge, where they see alike, and how many say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from varddialog.dialogue.rounds import Kind, Statement
from varddialog.model.theme import Theme

# «lika»: at least two parties tell of a strength, or of a challenge, or say the same thing. «olika»: one tells of a
# strength and another of a challenge. «en part»: nobody else takes the theme up. «flera»: several do, each in its way
View = Literal["olika", "lika", "flera", "en part"]

STRENGTH: Kind = "styrka"
CHALLENGE: Kind = "utmaning"
FEEDBACK: Kind = "återkoppling till staten"
PROPOSAL: Kind = "förslag"
# what is said of a theme, in the order it is shown; lessons and answers to questions are shown for themselves
SPOKEN: tuple[Kind, ...] = (STRENGTH, CHALLENGE, PROPOSAL, FEEDBACK)


@dataclass(frozen=True)
class Told:
    """Some statements, and what they rest on."""

    statements: tuple[Statement, ...]

    def __len__(self) -> int:
        return len(self.statements)

    @property
    def units(self) -> tuple[str, ...]:
        """Those that the statements come from, each once, in the order of the statements."""
        return tuple(dict.fromkeys(s.unit for s in self.statements))

    @property
    def parties(self) -> tuple[str, ...]:
        """Slugs of those who said it, each once, in the order of the statements."""
        return tuple(dict.fromkeys(s.party for s in self.statements))

    @property
    def is_opposed(self) -> bool:
        """One party tells of a strength and another of a challenge."""
        strong, weak = self.of(STRENGTH).parties, self.of(CHALLENGE).parties
        return any(a != b for a in strong for b in weak)

    def of(self, *kinds: Kind) -> Told:
        """The statements of some kinds, in the order that the kinds are given."""
        return Told(tuple(s for kind in kinds for s in self.statements if s.kind == kind))

    def by(self, party: str) -> Told:
        return Told(tuple(s for s in self.statements if s.party == party))

    def in_unit(self, unit: str) -> Told:
        return Told(tuple(s for s in self.statements if s.unit == unit))

    def about(self, theme: str) -> Told:
        return Told(tuple(s for s in self.statements if s.theme == theme))


@dataclass(frozen=True)
class Voice:
    """What some parties say together: each statement once, though each of the parties has it in the records."""

    parties: tuple[str, ...]
    statements: tuple[Statement, ...]


def voices(told: Told) -> list[Voice]:
    """The statements by who says them. What is said in the same words of the same unit is said together."""
    together: dict[tuple[str, Kind, str, str], list[Statement]] = {}
    for s in told.statements:
        together.setdefault((s.unit, s.kind, s.answer, s.text), []).append(s)
    found: dict[tuple[str, ...], list[Statement]] = {}
    for same in together.values():
        found.setdefault(tuple(dict.fromkeys(s.party for s in same)), []).append(same[0])
    return [Voice(parties, tuple(statements)) for parties, statements in found.items()]


@dataclass(frozen=True)
class Picture:
    """What is said of one theme; at least one statement, of the kinds in `SPOKEN`."""

    theme: Theme
    told: Told

    def tone(self, party: str) -> frozenset[Kind]:
        """Whether the party tells of a strength, of a challenge, of both or of neither."""
        return frozenset(s.kind for s in self.told.by(party).of(STRENGTH, CHALLENGE).statements)

    def shared(self, kind: Kind) -> tuple[str, ...]:
        """The parties that all tell of that kind of thing; empty when they are fewer than two."""
        parties = self.told.of(kind).parties
        return parties if len(parties) > 1 else ()

    @property
    def view(self) -> View:
        """How the parties' pictures lie to each other.

        Parties that all tell of both a strength and a challenge see alike.
        """
        if len(self.told.parties) == 1:
            return "en part"
        tones = {self.tone(party) for party in self.told.parties} - {frozenset()}
        if self.told.is_opposed and len(tones) > 1:
            return "olika"
        alike = self.shared(STRENGTH) or self.shared(CHALLENGE) or any(len(v.parties) > 1 for v in voices(self.told))
        return "lika" if alike else "flera"


def pictures(statements: Iterable[Statement], themes: Iterable[Theme]) -> list[Picture]:
    """The themes that something is said of, in the order of `themes`. Lessons and answers are left out."""
    spoken = Told(tuple(statements)).of(*SPOKEN)
    found = ((theme, spoken.about(theme.slug)) for theme in themes)
    return [Picture(theme, told) for theme, told in found if told]


def counts(found: Sequence[Picture], parties: Iterable[str]) -> dict[str, dict[str, int]]:
    """Theme → party → number of statements, for every party asked for."""
    parties = list(parties)
    return {p.theme.slug: {party: len(p.told.by(party)) for party in parties} for p in found}


def by_unit(found: Sequence[Picture]) -> dict[str, dict[str, dict[Kind, int]]]:
    """Theme → unit → kind → number of statements; only what there is."""
    return {
        p.theme.slug: {
            unit: {kind: n for kind in SPOKEN if (n := len(p.told.in_unit(unit).of(kind)))} for unit in p.told.units
        }
        for p in found
    }
