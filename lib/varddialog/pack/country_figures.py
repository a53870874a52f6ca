"""The figures of an indicator in the whole country: each with its title and words, and none where it would mislead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from varddialog.assessment.across import FEWEST_SHOWN, Across
from varddialog.assessment.answer import Class
from varddialog.assessment.funnel import funnel
from varddialog.figures.funnel import funnel_plot
from varddialog.figures.ranking import ranking
from varddialog.figures.sheet import Drawing
from varddialog.figures.slope import slope
from varddialog.figures.sweden import Shown, map_of_regions, tiles
from varddialog.prose import across as say
from varddialog.prose.words import period
from varddialog.swedish import number

# classes that have a colour and a mark of their own
JUDGED: tuple[Class, ...] = ("bättre", "sämre", "i nivå", "högre", "lägre")


@dataclass(frozen=True)
class Figure:
    """A drawing with its heading, its title and legend. beside: the same in another shape.

    when: the time that it shows, where the title does not tell it.
    """

    key: str
    heading: str
    title: str
    drawing: Markup
    legend: str = ""
    beside: Markup | None = None
    when: str = ""


def figures(x: Across, links: Mapping[str, str] = MappingProxyType({}), unit: str = "") -> list[Figure]:
    """What can honestly be drawn. links: region code → where the region leads. unit: the region to bring out."""
    anchor, when = x.example.anchor, period(x.indicator, x.when)
    drawing = ranking(x, say.ranking_picture(x), unit, links)
    made = [
        Figure(f"{anchor}-ordning", "Regionerna i ordning", "", svg(drawing), say.ranking_legend(x), when=when),
        _map(x, links, when),
    ]
    if len(x.courses) >= FEWEST_SHOWN:
        drawing = slope(x, say.slope_picture(x), unit, links)
        made.append(Figure(f"{anchor}-utveckling", "Då och nu", say.slope_title(x), svg(drawing), say.slope_legend(x)))
    if (found := funnel(x)) is not None:
        drawing = funnel_plot(x, found, say.funnel_picture(x))
        legend = say.funnel_legend(found.counted)
        made.append(
            Figure(f"{anchor}-slumpen", "Större än slumpen?", say.funnel_title(x), svg(drawing), legend, when=when)
        )
    return made


def _map(x: Across, links: Mapping[str, str], when: str) -> Figure:
    """Tiles and map by class; where no region is judged tiles by value alone, since a map weighs regions by area."""
    anchor, alt, places = x.example.anchor, say.map_picture(x), x.indicator.decimals
    judged = any(x.klass(code) in JUDGED for code in x.regions)

    def one(code: str, what: Class | float, label: str) -> Shown:
        return Shown(what, label, x.name(code), links.get(code, ""))

    shown = {c: one(c, x.klass(c) if judged else x.values[c], number(x.values[c], places)) for c in x.regions}
    shown |= {code: one(code, "kan ej bedömas", "inte jämförbart") for code in x.left_out}
    shown |= {code: one(code, "kan ej bedömas", "uppgift saknas") for code in x.missing}
    drawing = svg(tiles(shown, anchor, alt))
    key = f"{anchor}-karta"
    if not judged:
        return Figure(
            key, "I landet", "", drawing, "Ju mörkare, desto högre värde. Inga skillnader är bedömda.", when=when
        )
    return Figure(key, "I landet", say.map_title(x), drawing, "", svg(map_of_regions(shown, anchor, alt)), when)


def svg(drawing: Drawing) -> Markup:
    """A drawing that holds links is a group, since what lies inside an img cannot be reached."""
    role = "group" if "<a " in drawing.svg else "img"
    head = Markup('<svg role="{}" aria-label="{}"').format(role, drawing.alt)
    return head + Markup(drawing.svg.removeprefix("<svg"))
