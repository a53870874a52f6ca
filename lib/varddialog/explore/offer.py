"""What there is to choose, so that a wrong choice cannot be made on the screen and is explained in code."""

from __future__ import annotations

from dataclasses import dataclass

from varddialog.errors import Fault, UsageError
from varddialog.explore.choice import GROUPING_OF, LABELS, Choice, Split, Years
from varddialog.explore.desk import Desk, What
from varddialog.model.framework import Area
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.swedish import did_you_mean, listing

# more regions beside one's own than this are no comparison but a crowd
MOST_OTHERS = 6


@dataclass(frozen=True)
class Offer:
    """What can be chosen of what lies on the desk."""

    desk: Desk

    def areas(self) -> list[Area]:
        """Every area with something to show, in report order, the context last."""
        return [area for area in self.desk.catalogue.framework.leaves() if self.indicators(area)]

    def indicators(self, area: Area) -> list[Indicator]:
        """The area's indicators, those without figures too; of an area of groups every indicator so split."""
        catalogue = self.desk.catalogue
        if area.grouping is None:
            return [i for i in catalogue.areas.get(area.slug, ()) if i.duplicate_of is None]
        return [i for i in catalogue.indicators.values() if area.grouping in self.desk.groupings(i)]

    def everything(self) -> list[Indicator]:
        """Every indicator, each series once."""
        return [i for i in self.desk.catalogue.indicators.values() if i.duplicate_of is None]

    def splits(self, indicator: Indicator, unit: Unit) -> list[Split]:
        """How the indicator can be shown for the unit: all and each sex when it has such a value, and the groupings
        that it or Riket has."""
        whole = self.desk.results(What(indicator.id, "", None), unit)
        found: list[Split] = ["alla"] if whole else []
        if any(r.sex == "T" for r in whole):
            sexes: tuple[tuple[Split, str], ...] = (("kvinnor", "K"), ("män", "M"))
            found += [split for split, sex in sexes if self.desk.results(What(indicator.id, sex, None), unit)]
        for split, grouping in GROUPING_OF.items():
            if grouping in self.desk.groupings(indicator) and self.desk.comparisons(indicator, grouping, unit, None):
                found.append(split)
        return found

    def years(self, indicator: Indicator) -> list[int]:
        """The years that any unit has a value of."""
        return sorted({o.year for o in self.desk.observations(indicator.id)})

    def why_nothing(self, indicator: Indicator, unit: Unit) -> str:
        """Why there is nothing to show of the indicator for the unit; empty when there is."""
        if indicator.gap is not None:
            return f"Uppgifter saknas. {indicator.gap.missing} Kan finnas hos: {indicator.gap.holder}"
        if self.splits(indicator, unit):
            return ""
        have = [u.name for u in self.desk.catalogue.units.all if self.desk.results(What(indicator.id, "", None), u)]
        if not have:
            return "Uppgift saknas för alla regioner."
        return f"Uppgift saknas för {unit.name}. Uppgift finns för {listing(have)}."

    def find_indicator(self, name: str) -> Indicator:
        """The indicator of that id, slug or name; of two names of one series the one that is shown.

        Raises UsageError with a suggestion.
        """
        catalogue = self.desk.catalogue
        for i in catalogue.indicators.values():
            if name in (i.id, i.slug, i.name):
                return catalogue.indicators[i.duplicate_of] if i.duplicate_of else i
        known = [key for i in self.everything() for key in (i.id, i.slug, i.name)]
        allowed = "ett måtts id, slug eller namn ur params/indicators/"
        raise UsageError(Fault(f"Okänt mått: «{name}».", allowed=allowed, todo=did_you_mean(name, known)))

    def check(self, choice: Choice) -> None:
        """Raises UsageError with every part of the choice that cannot be shown."""
        indicator, unit = self.desk.indicator(choice.indicator), self.desk.catalogue.units.by_code[choice.unit]
        faults: list[Fault] = []
        splits = self.splits(indicator, unit)
        if choice.split not in LABELS:
            faults.append(Fault(f"Okänd uppdelning: «{choice.split}».", allowed=", ".join(LABELS)))
        elif splits and choice.split not in splits:
            what = f"{indicator.name} finns inte för {unit.name} med uppdelningen «{choice.split}»."
            faults.append(Fault(what, allowed=", ".join(splits)))
        if choice.years is not None and (fault := self._years_fault(indicator, choice.years)):
            faults.append(fault)
        if len(choice.others) > MOST_OTHERS:
            faults.append(Fault(f"{len(choice.others)} regioner att jämföra med.", allowed=f"högst {MOST_OTHERS}"))
        if faults:
            raise UsageError(*faults)

    def _years_fault(self, indicator: Indicator, years: Years) -> Fault | None:
        known, (first, last) = self.years(indicator), years
        if known and not any(first <= year <= last for year in known):
            return Fault(f"Inga värden åren {first}–{last}.", allowed=f"år mellan {known[0]} och {known[-1]}")
        return None
