"""One view: an indicator for a unit, made of the pieces that the reports are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from varddialog.assessment.assess import Assessment
from varddialog.assessment.points import Remark
from varddialog.assessment.then_and_now import ThenAndNow
from varddialog.config import DEFAULT_CYCLE
from varddialog.explore.choice import LABELS, Choice, Piece, Split, Years, code
from varddialog.explore.desk import Desk, What, open_desk
from varddialog.explore.look import look
from varddialog.explore.offer import Offer
from varddialog.figures.over_time import panels
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.pack.cards import GroupCard, ResultCard
from varddialog.pack.country_figures import figures
from varddialog.pack.fragment import Fragment, fragment
from varddialog.pack.inside import inside_cards
from varddialog.pack.sources import source
from varddialog.prose import across as say
from varddialog.prose.over_time import legend, picture
from varddialog.swedish import EN_DASH, capital, listing
from varddialog.tables.beside import beside, year_by_year


@dataclass(frozen=True)
class Alone(Fragment):
    """A fragment that brings its look along, so that it can be made in any notebook."""

    def _repr_html_(self) -> str:
        return f"<style>{look()}</style>{super()._repr_html_()}"


@dataclass(frozen=True)
class View:
    """What a choice shows. Each method gives one piece, and depends on nothing but the view."""

    desk: Desk
    choice: Choice

    def __repr__(self) -> str:
        return f"{self.indicator.name}: {self.unit.official_name}"

    @property
    def indicator(self) -> Indicator:
        return self.desk.indicator(self.choice.indicator)

    @property
    def unit(self) -> Unit:
        return self.desk.catalogue.units.by_code[self.choice.unit]

    @property
    def others(self) -> list[Unit]:
        return [self.desk.catalogue.units.by_code[code] for code in self.choice.others]

    def piece(self, name: Piece) -> Fragment:
        """The piece of that name."""
        made: Fragment = getattr(self, name)()
        return made

    def code(self, name: Piece) -> str:
        """The lines that make the piece in any cell."""
        folders = {unit.code: unit.folder for unit in self.desk.catalogue.units.all}
        return code(self.choice, name, folders, self.desk.cycle)

    def card(self) -> Fragment:
        """The indicator as in the report of the unit, or the comparison of groups, or why there is nothing."""
        why = Offer(self.desk).why_nothing(self.indicator, self.unit)
        cards = [] if why or self.choice.grouping else self._cards()
        groups = self._groups() if self.choice.grouping and not why else []
        if not (why or cards or groups):
            why = f"{self.unit.name} har inga värden {self._years()}."
        lines = [f"{card.name}: {card.finding}" for card in cards]
        lines += [f"{card.comparison.heading}: {card.finding}" for card in groups]
        return self._show("card", "\n".join(lines or [why]), cards=cards, groups=groups, why=why)

    def _cards(self) -> list[ResultCard]:
        told = capital(source(self.indicator, self.desk.catalogue, self.desk.on.store.manifest))
        inside = self.desk.inside(self.indicator, self.unit) if self.choice.years is None else []
        units, similar = self.desk.catalogue.units, self.desk.similar(self.unit)
        found = self.desk.assessments(What.of(self.choice), self.unit)
        return [
            ResultCard(a.result, a, told, units, similar, inside_cards(inside, a.result.sex)) for a in found if a.result
        ]

    def _groups(self) -> list[GroupCard]:
        assert self.choice.grouping
        manifest = self.desk.on.store.manifest
        found = self.desk.comparisons(self.indicator, self.choice.grouping, self.unit, self.choice.years)
        return [GroupCard(c, capital(source(c.indicator, self.desk.catalogue, manifest))) for c in found]

    def country(self) -> Fragment:
        """All regions: in order, on the map, then and now, and against chance, as on the indicator's own page."""
        own = "" if self.unit.is_nation else self.unit.code
        parts = [
            (say.ranking_title(x), x.example, figures(x, unit=own)) for x in self.desk.across(What.of(self.choice))
        ]
        text = "\n".join(title for title, _, _ in parts) or "Regionerna kan inte jämföras."
        return self._show("country", text, parts=parts)

    def compare(self) -> Fragment:
        """The unit beside the chosen regions and Riket: latest values, all years, and a line for each region."""
        what, nation = What.of(self.choice), self.desk.catalogue.units.nation
        units = [*([] if self.unit.is_nation else [self.unit]), *self.others, nation]
        found = {unit.code: self.desk.assessments(what, unit) for unit in units}
        anchors = list(dict.fromkeys(a.result.anchor for rows in found.values() for a in rows if a.result))
        times = {t.across.example.anchor: t for t in self.desk.over_time(what)}
        parts = []
        for anchor in anchors:
            rows = {code: a for code, given in found.items() for a in given if a.result and a.result.anchor == anchor}
            few = _few(times.get(anchor), [unit.code for unit in units])
            drawn = (panels(few, picture(few)), legend(few)) if few else None
            parts.append((beside(rows, units), year_by_year(rows, units), drawn))
        text = f"{self.indicator.name}: {listing(unit.name for unit in units)}"
        return self._show("compare", text, parts=parts, others=self.others)

    def about(self) -> Fragment:
        """What the indicator is, every remark on its figures, and where they come from."""
        found = [a for a in self.desk.assessments(What.of(self.choice), self.unit) if a.result]
        same = [i for i in self.desk.catalogue.indicators.values() if i.duplicate_of == self.indicator.id]
        return self._show("about", self.indicator.definition, remarks=_remarks(found), same=same)

    def _show(self, template: str, text: str, **values: object) -> Fragment:
        """A piece under its heading, with what holds for all of them."""
        catalogue = self.desk.catalogue
        area = catalogue.area(catalogue.area_of[self.indicator.id])
        told = source(self.indicator, catalogue, self.desk.on.store.manifest)
        split = "" if self.choice.split == "alla" else LABELS[self.choice.split].removeprefix("Bara ")
        made = fragment(
            f"explore/{template}",
            text,
            indicator=self.indicator,
            unit=self.unit,
            area=area,
            dimension=catalogue.dimension_of.get(self.indicator.id),
            described=self.desk.is_described(self.indicator),
            source=capital(told),
            years=self._years() if self.choice.years else "",
            split=split,
            grouping=self.choice.grouping,
            **values,
        )
        return Alone(made.html, "\n".join([repr(self), made.text]))

    def _years(self) -> str:
        first, last = self.choice.years or (0, 0)
        return f"{first}{EN_DASH}{last}" if first != last else str(first)


def _few(t: ThenAndNow | None, codes: Sequence[str]) -> ThenAndNow | None:
    """The same of some regions; None where none has a value to compare."""
    if t is None:
        return None
    own = {code: a for code, a in t.assessments.items() if code in codes}
    x = replace(t.across, regions={code: a for code, a in t.across.regions.items() if code in own})
    if not x.regions:
        return None
    return replace(t, across=x, assessments=own, steps={code: s for code, s in t.steps.items() if code in own})


def _remarks(found: Sequence[Assessment]) -> list[Remark]:
    """Each remark once."""
    return list(dict.fromkeys(remark for a in found if a.result for remark in a.result.remarks))


def open_view(
    indicator: str,
    region: str,
    cycle: str = DEFAULT_CYCLE,
    split: Split = "alla",
    years: Years | None = None,
    others: Sequence[str] = (),
) -> View:
    """The view of one indicator for one unit.

    indicator: id, slug or name. region, others: any names or codes of units. split: everybody, one sex alone, or a
    comparison of groups. years: the first and last year to show, None for all.
    Raises UsageError with what is not known or cannot be shown, ParamsError for faulty params, DataError for a missing
    or damaged store.
    """
    desk = open_desk(cycle)
    units, offer = desk.catalogue.units, Offer(desk)
    chosen, unit = offer.find_indicator(indicator), units.find(region)
    beside = tuple(dict.fromkeys(units.find(name).code for name in others if units.find(name) != unit))
    choice = Choice(chosen.id, unit.code, split, years, beside)
    offer.check(choice)
    return View(desk, choice)
