"""What every notebook on an arena shows of its figures: the indicators over time, the actions, the evaluation."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from varddialog.assessment.assess import assess_all
from varddialog.assessment.collaboration import Among, collaborations, populations
from varddialog.assessment.ground import Ground
from varddialog.assessment.then_and_now import ThenAndNow, over_time
from varddialog.figures.collaboration import apart_over_time
from varddialog.figures.over_time import panels
from varddialog.figures.sheet import Drawing
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.model.indicator import Indicator
from varddialog.model.units import CollaborationRegion
from varddialog.pack import sources
from varddialog.pack.fragment import Fragment, fragment
from varddialog.prose import collaboration as say_together
from varddialog.prose import over_time as say
from varddialog.prose.evidence import name_of
from varddialog.swedish import capital
from varddialog.tables import collaboration as tables_together
from varddialog.tables import over_time as tables


def followed(arena: Arena, catalogue: Catalogue) -> tuple[list[Indicator], list[Indicator]]:
    """The arena's own indicators, and what its themes have beside them; each once, in order."""
    themes = catalogue.dialogue.themes
    own = list(dict.fromkeys(arena.indicators))
    besides = dict.fromkeys(name for slug in arena.themes for name in themes[slug].indicators if name not in own)
    return [catalogue.indicators[name] for name in own], [catalogue.indicators[name] for name in besides]


def has_any(arena: Arena, catalogue: Catalogue) -> bool:
    """Whether the arena follows any indicator."""
    return any(followed(arena, catalogue))


def indicators(arena: Arena, on: Ground, cycle: Cycle) -> Fragment | None:
    """The arena's indicators in all regions over time; in arenas of collaboration regions, among their members.

    None when the arena follows no indicators.
    """
    if not has_any(arena, on.catalogue):
        return None
    own, besides = followed(arena, on.catalogue)
    units = on.catalogue.units
    assessments = [a for unit in units.all for a in assess_all([*own, *besides], unit, on.material)]
    found = over_time(assessments, units)
    if arena.units == "samverkansregion":
        return _collaborations(found, own or besides, on)
    return _over_time(found, own, besides, on)


@dataclass(frozen=True)
class OverTimeCard:
    """One indicator in all regions over time."""

    found: ThenAndNow
    source: str

    @property
    def anchor(self) -> str:
        return tables.anchor(self.found)

    @property
    def name(self) -> str:
        return name_of(self.found.across.example)

    @property
    def finding(self) -> str:
        return say.finding(self.found)

    @property
    def said(self) -> list[str]:
        told = (say.target(self.found), say.apart(self.found), say.sure(self.found))
        return [one for one in told if one]

    @property
    def reservations(self) -> list[str]:
        return say.reservations(self.found)

    @property
    def legend(self) -> str:
        return say.legend(self.found)

    @property
    def drawing(self) -> Drawing:
        return panels(self.found, say.picture(self.found))

    @property
    def table(self) -> Markup:
        return tables.values(self.found)


def _over_time(found: list[ThenAndNow], own: list[Indicator], besides: list[Indicator], on: Ground) -> Fragment:
    """The arena's own indicators as cards; those of the themes as one finding each."""
    units, shown = on.catalogue.units, {i.id for i in own} or {i.id for i in besides}
    first = [t for t in found if t.indicator.id in shown]
    cards = [OverTimeCard(t, _source(t.indicator, on)) for t in first]
    rest = [(t, say.finding(t)) for t in found if t.indicator.id not in shown]
    there = {t.indicator.id for t in found}
    lists = say.headline(first, units)
    table = tables.matrix(first, units, {unit.code: f"../jamfor.html#{unit.code}" for unit in units.regions})
    lines = [*(f"{title}: {'; '.join(rows)}" for title, rows in lists)]
    lines += [*(f"{card.name}: {card.finding}" for card in cards), *(f"{t.indicator.name}: {f}" for t, f in rest)]
    return fragment(
        "arena_over_time",
        "\n".join(lines),
        lists=lists,
        judged=say.judged(first),
        table=table,
        cards=cards,
        rest=rest,
        without=[i for i in [*own, *besides] if i.id not in there],
        how=say.HOW_TO_READ,
    )


@dataclass(frozen=True)
class CollaborationCard:
    """One collaboration region: its members' values and how far apart they lie."""

    region: CollaborationRegion
    rows: list[Among]
    beside: dict[str, ThenAndNow]

    @property
    def changes(self) -> str:
        return say_together.changes(self.rows)

    @property
    def widest(self) -> str:
        return say_together.widest(self.rows)

    @property
    def members(self) -> str:
        return say_together.members(self.region)

    @property
    def table(self) -> Markup:
        return tables_together.of_members(self.region, self.rows, self.beside)

    @property
    def drawing(self) -> Drawing | None:
        if not any(len(row.moments) > 1 for row in self.rows):
            return None
        alt = say_together.picture(self.region, self.rows)
        return apart_over_time(self.rows, alt, f"{self.region.slug}-skillnader")

    @property
    def course(self) -> Markup:
        return tables_together.course(self.rows)


def _collaborations(found: list[ThenAndNow], shown: list[Indicator], on: Ground) -> Fragment:
    """The indicators among the members of each collaboration region."""
    regions, ids = on.catalogue.units.collaboration_regions, {i.id for i in shown}
    first = [t for t in found if t.indicator.id in ids]
    rows = collaborations(regions, [t.across for t in first], populations(on.material.observations))
    beside = {t.across.example.anchor: t for t in first}
    cards = [CollaborationCard(region, rows[region.slug], beside) for region in regions if rows[region.slug]]
    there = {t.indicator.id: t.indicator for t in first}
    return fragment(
        "arena_collaboration",
        "\n".join(f"{card.region.name}: {card.changes} {card.widest}" for card in cards),
        differences=tables_together.differences([card.region for card in cards], rows),
        how=say_together.HOW_TO_READ,
        cards=cards,
        without=[i for i in shown if i.id not in there],
        sources=sorted({_source(i, on) for i in there.values()}),
    )


def _source(indicator: Indicator, on: Ground) -> str:
    return capital(sources.source(indicator, on.catalogue, on.store.manifest))
