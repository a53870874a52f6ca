"""What a round shows when its regions are laid side by side, and beside what the figures of the country call for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from varddialog.dialogue.national import SOME, Field
from varddialog.dialogue.rounds import Kind
from varddialog.dialogue.themes import CHALLENGE, STRENGTH, Picture, Told
from varddialog.model.theme import Theme
from varddialog.model.units import NATION, CollaborationRegion

# how the regions' pictures of a theme lie to each other; see `Heard.alike`
Alike = Literal["samma utmaning", "samma styrka", "båda", "olika", "få"]


@dataclass(frozen=True)
class Heard:
    """A theme as it is told of in the regions; what is said of the whole country belongs to no region."""

    theme: Theme
    told: Told

    @property
    def regions(self) -> tuple[str, ...]:
        return regional(self.told).units

    @property
    def strong(self) -> tuple[str, ...]:
        """Where a strength is told."""
        return regional(self.told.of(STRENGTH)).units

    @property
    def weak(self) -> tuple[str, ...]:
        """Where a challenge is told."""
        return regional(self.told.of(CHALLENGE)).units

    @property
    def judged(self) -> tuple[str, ...]:
        """Where a strength, a challenge or both are told."""
        return regional(self.told.of(STRENGTH, CHALLENGE)).units

    @property
    def alike(self) -> Alike:
        """«samma»: told in at least two thirds of the judged; «båda»: both kinds are. «få»: fewer than `SOME` judged.

        «olika»: neither kind is told in two thirds, so that more than a third tell of the one alone, and more than a
        third of the other.
        """
        judged = len(self.judged)
        if judged < SOME:
            return "få"
        weak, strong = (3 * len(units) >= 2 * judged for units in (self.weak, self.strong))
        if weak and strong:
            return "båda"
        if weak:
            return "samma utmaning"
        return "samma styrka" if strong else "olika"


def regional(told: Told) -> Told:
    """Without what is said of the whole country."""
    return Told(tuple(s for s in told.statements if s.unit != NATION))


def heard(found: Iterable[Picture], *kinds: Kind) -> list[Heard]:
    """The themes, those that most regions speak of first, then by number of statements. kinds: only those."""
    told = [Heard(p.theme, p.told.of(*kinds) if kinds else p.told) for p in found]
    return sorted((one for one in told if one.told), key=lambda one: (-len(one.regions), -len(one.told)))


@dataclass(frozen=True)
class Together:
    """A collaboration region: what is told in its members, and the themes that most of them speak of first."""

    region: CollaborationRegion
    told: Told
    themes: tuple[Heard, ...]


def together(found: Sequence[Picture], regions: Iterable[CollaborationRegion]) -> list[Together]:
    """Each collaboration region; a region that belongs to two counts in both."""
    made = []
    for region in regions:
        mine = {unit.code for unit in region.members} | {region.slug}
        of_mine = [Picture(p.theme, Told(tuple(s for s in p.told.statements if s.unit in mine))) for p in found]
        themes = heard(p for p in of_mine if p.told)
        made.append(Together(region, Told(tuple(s for one in themes for s in one.told.statements)), tuple(themes)))
    return made


@dataclass(frozen=True)
class Beside:
    """An area whose figures call for collaboration, beside the talks.

    themes: those that have any of its indicators that call for it. told: the challenges told in them, in regions.
    """

    field: Field
    themes: tuple[Theme, ...]
    told: Told

    @property
    def both(self) -> tuple[str, ...]:
        """Codes of the regions that the figures concern and that tell of a challenge."""
        return tuple(code for code in self.field.concerned if code in self.told.units)

    @property
    def same_way(self) -> bool:
        """Whether regions enough tell of a challenge, and as many of those that the figures concern, or all of them."""
        return len(self.told.units) >= SOME and len(self.both) >= min(SOME, len(self.field.concerned))


def beside(fields: Iterable[Field], found: Sequence[Picture], themes: Iterable[Theme]) -> list[Beside]:
    """Each area, in its order, with the themes of the arena that it touches and what is told in them."""
    themes = list(themes)
    told = {p.theme.slug: regional(p.told.of(CHALLENGE)) for p in found}
    made = []
    for field in fields:
        mine = tuple(theme for theme in themes if _touches(field, theme))
        statements = [s for theme in mine if theme.slug in told for s in told[theme.slug].statements]
        made.append(Beside(field, mine, Told(tuple(statements))))
    return made


def only_told(fields: Sequence[Field], found: Iterable[Picture]) -> list[Heard]:
    """Themes in which regions enough tell of a challenge, but no figure calls for collaboration."""
    return [
        one
        for one in heard(found, CHALLENGE)
        if len(one.regions) >= SOME and not any(_touches(field, one.theme) for field in fields)
    ]


def _touches(field: Field, theme: Theme) -> bool:
    return any(call.indicator in theme.indicators for call in field.calls)
