"""What calls for collaboration in the whole country, read from what the reports have glued. Composition only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from varddialog.config import DEFAULT_CYCLE, project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.dialogue.national import Call, Field, by_region, calls, fields
from varddialog.dialogue.records import read_rounds
from varddialog.dialogue.rounds import Round, Statement
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.pack.fragment import Fragment, fragment
from varddialog.pack.frame import Styled
from varddialog.pack.glue import Glued
from varddialog.pack.scraps import Scraps, read_scraps
from varddialog.prose import arena as say_arena
from varddialog.prose import national as say
from varddialog.swedish import capital

# areas that are shown in full; the others are named with their signs
SHOWN = 8
# indicators of an area that are shown with their evidence at once
EVIDENCE = 3


def open_nation(cycle: str = DEFAULT_CYCLE) -> NationPack:
    """The pack of the whole country; cycle: a file under params/cycles.

    Raises UsageError for an unknown cycle, ParamsError for faulty params, DataError when no report is made, for a
    missing or damaged store, or for faulty records.
    """
    here = project()
    catalogue = catalogue_with_figures(here)
    about = catalogue.cycle(cycle)
    scraps = read_scraps(here, catalogue, cycle)
    return NationPack(catalogue, about, scraps, tuple(read_rounds(here, catalogue).lessons(cycle)))


@dataclass(frozen=True)
class NationPack(Styled):
    """The country. rounds: the lessons of all arenas, each with its round."""

    catalogue: Catalogue
    cycle: Cycle
    scraps: Scraps
    rounds: tuple[tuple[Round, Statement], ...]

    def __repr__(self) -> str:
        return f"Nationell översikt, {self.cycle.name}"

    @cached_property
    def calls(self) -> list[Call]:
        return calls(self.scraps.found, self.catalogue)

    @cached_property
    def fields(self) -> list[Field]:
        return fields(self.calls, self.catalogue)

    @cached_property
    def touched(self) -> list[tuple[Statement, Field]]:
        """Each lesson with each area in which an indicator that it is about calls for collaboration."""
        found = [
            (statement, field)
            for _, statement in self.rounds
            for field in self.fields
            if set(self._tagged(statement)) & {call.indicator for call in field.calls}
        ]
        return list({statement.key + field.area.slug: (statement, field) for statement, field in found}.values())

    def header(self) -> Fragment:
        """Title, what the page is for, and contents."""
        return self._made("header", repr(self))

    def summary(self) -> Fragment:
        """The areas that stand out, and how clear the signs are."""
        said = say.summary(self.fields, self.calls, len(self.scraps.missing))
        rows = [(field, say.signs(field.signs), say.why(field, self.catalogue)) for field in self.fields[:SHOWN]]
        text = "\n".join([*said, *(f"{field.area.name}: {words}" for field, _, words in rows)])
        return self._made("summary", text, said=said, rows=rows)

    def areas(self) -> Fragment:
        """Each area with its evidence: Riket's own, and the regions concerned."""
        shown, rest = self.fields[:SHOWN], self.fields[SHOWN:]
        lines = [f"{field.area.name}: {self._name(call)}" for field in shown for call in field.calls]
        return self._made("areas", "\n".join(lines), shown=shown, rest=rest, evidence=EVIDENCE)

    def regions(self) -> Fragment:
        """Regions × areas: where each region is concerned."""
        found = by_region(self.fields)
        shown = self.fields[:SHOWN]
        rows = [
            (unit, [len(self._mine(field, unit.code)) for field in shown])
            for unit in self.catalogue.units.regions
            if unit.code in found
        ]
        text = "\n".join(f"{unit.name}: {sum(counts)}" for unit, counts in rows)
        return self._made("regions", text, rows=rows, shown=shown)

    def collaboration(self) -> Fragment:
        """Collaboration region by collaboration region: the areas in which several members are concerned."""
        rows = [
            (region, say.of_collaboration(region, self.fields)) for region in self.catalogue.units.collaboration_regions
        ]
        text = "\n".join(f"{r.name}: {f.area.name}, {say.among(m, r)}" for r, found in rows for f, m in found)
        return self._made("collaboration", text, rows=rows)

    def lessons(self) -> Fragment | None:
        """Lessons that touch an indicator that calls for collaboration."""
        rows = self.touched
        if not rows:
            return None
        text = "\n".join(f"{say_arena.place(s.unit, self.catalogue.units)}: {s.text}" for s, _ in rows)
        return self._made("lessons", text, rows=rows, place=say_arena.place, capital=capital)

    def order(self) -> Fragment:
        """How the areas were chosen and put in order."""
        said = say.order()
        return self._made("order", "\n".join(said), said=said)

    def glue(self) -> Glued:
        """What calls for collaboration, as plain data: areas in order, with their calls."""
        made = [
            {
                "area": field.area.slug,
                "dimension": field.dimension.number,
                "regions": list(field.concerned),
                "calls": [
                    {
                        "indicator": call.indicator,
                        "anchor": call.anchor,
                        "spread": call.signs.spread,
                        "severity": call.signs.severity,
                        "trend": call.signs.trend,
                        "regions": list(call.concerned),
                    }
                    for call in field.calls
                ],
            }
            for field in self.fields
        ]
        missing = [f"{unit.folder}/{d.notebook}" for unit, d in self.scraps.missing]
        return Glued({"national": made, "missing": missing, "results": []})

    def _tagged(self, statement: Statement) -> tuple[str, ...]:
        return statement.indicators or tuple(self.catalogue.dialogue.themes[statement.theme].indicators)

    def _mine(self, field: Field, code: str) -> list[Call]:
        return [call for call in field.calls if code in call.concerned]

    def _name(self, call: Call) -> str:
        return self.catalogue.indicators[call.indicator].name

    def _made(self, name: str, text: str, **values: object) -> Fragment:
        return fragment(f"national/{name}", text, pack=self, say=say, units=self.catalogue.units, **values)
