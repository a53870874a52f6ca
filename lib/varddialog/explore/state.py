"""What is chosen at the screen, in plain Python: a choice that stays possible, and who is told when it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from varddialog.explore.choice import LABELS, Choice, Split, Years
from varddialog.explore.desk import Desk
from varddialog.explore.offer import Offer
from varddialog.explore.view import View
from varddialog.model.framework import Area
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.swedish import EN_DASH

Listener = Callable[["State"], None]


@dataclass
class State:
    """The choice, the area that it is looked for in, and what had to be changed for it to be possible (notes).

    area: slug; an area of groups, or the one that the indicator belongs to. chosen: counts every change.
    """

    desk: Desk
    choice: Choice
    area: str
    notes: tuple[str, ...] = ()
    chosen: int = 0
    _told: list[Listener] = field(default_factory=list)

    @classmethod
    def begin(cls, desk: Desk, unit: Unit) -> State:
        """The first indicator that the unit has, in report order."""
        offer = Offer(desk)
        for area in offer.areas():
            for indicator in offer.indicators(area):
                if splits := offer.splits(indicator, unit):
                    return cls(desk, Choice(indicator.id, unit.code, splits[0]), area.slug)
        first = offer.areas()[0]
        return cls(desk, Choice(offer.indicators(first)[0].id, unit.code), first.slug)

    @property
    def offer(self) -> Offer:
        return Offer(self.desk)

    @property
    def view(self) -> View:
        return View(self.desk, self.choice)

    @property
    def indicator(self) -> Indicator:
        return self.view.indicator

    @property
    def unit(self) -> Unit:
        return self.view.unit

    def listen(self, listener: Listener) -> None:
        """Tell `listener` of every change from now on, in the order in which they began to listen."""
        self._told.append(listener)

    def choose(
        self,
        *,
        region: str | None = None,
        area: str | None = None,
        indicator: str | None = None,
        split: Split | None = None,
        years: Years | None = None,
        all_years: bool = False,
        others: Sequence[str] | None = None,
    ) -> None:
        """Choose one thing or several; the rest follows, and the listeners are told once if anything changed.

        What is asked for must be possible, otherwise UsageError says why. What was chosen before and is no longer
        possible is given up, and `notes` says so: a split that the new region lacks, years that the indicator lacks.
        """
        units = self.desk.catalogue.units
        unit = units.find(region) if region is not None else self.unit
        place = self.desk.catalogue.area(area) if area is not None else self.desk.catalogue.area(self.area)
        chosen = self.offer.find_indicator(indicator) if indicator is not None else self.indicator
        notes: list[str] = []
        if chosen not in (listed := self.offer.indicators(place)):
            if area is not None and indicator is None:
                chosen = self._first(listed, unit)
            else:
                place = self.desk.catalogue.area(self.desk.catalogue.area_of[chosen.id])
        wanted = self.choice if split is None else replace(self.choice, split=split)
        if split is None and place.grouping is not None and (area is not None or indicator is not None):
            wanted = replace(wanted, split=place.grouping)
        if years is not None or all_years:
            wanted = replace(wanted, years=years)
        if others is not None:
            wanted = replace(wanted, others=tuple(dict.fromkeys(units.find(name).code for name in others)))
        beside = tuple(code for code in wanted.others if code not in (unit.code, units.nation.code))
        wanted = replace(wanted, indicator=chosen.id, unit=unit.code, others=beside)
        if split is None:
            wanted = self._possible_split(wanted, place, notes)
        if years is None:
            wanted = self._possible_years(wanted, notes)
        self.offer.check(wanted)
        self._become(wanted, place, tuple(notes))

    def _first(self, listed: Sequence[Indicator], unit: Unit) -> Indicator:
        """The first that the unit has, otherwise the first."""
        return next((i for i in listed if self.offer.splits(i, unit)), listed[0])

    def _possible_split(self, wanted: Choice, place: Area, notes: list[str]) -> Choice:
        unit = self.desk.catalogue.units.by_code[wanted.unit]
        indicator = self.desk.indicator(wanted.indicator)
        splits = self.offer.splits(indicator, unit)
        if wanted.split in splits:
            return wanted
        if not splits:
            return replace(wanted, split="alla")
        if wanted.split != "alla":
            notes.append(f"«{LABELS[wanted.split]}» finns inte för {indicator.name} i {unit.name}.")
        elif place.grouping is None:
            notes.append(f"{indicator.name} finns bara uppdelat på grupper.")
        return replace(wanted, split=splits[0])

    def _possible_years(self, wanted: Choice, notes: list[str]) -> Choice:
        if wanted.years is None:
            return wanted
        known, (first, last) = self.offer.years(self.desk.indicator(wanted.indicator)), wanted.years
        left = [year for year in known if first <= year <= last]
        if not left:
            notes.append(f"Inga värden {first}{EN_DASH}{last}. Alla år visas.")
            return replace(wanted, years=None)
        return replace(wanted, years=(left[0], left[-1]))

    def _become(self, choice: Choice, place: Area, notes: tuple[str, ...]) -> None:
        if (choice, place.slug, notes) == (self.choice, self.area, self.notes):
            return
        self.choice, self.area, self.notes = choice, place.slug, notes
        self.chosen += 1
        for listener in list(self._told):
            listener(self)
