"""Cards: one indicator, or one comparison of groups, in the report's fixed grammar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from varddialog.assessment.assess import Assessment
from varddialog.assessment.groups import Comparison
from varddialog.assessment.inside import Inside
from varddialog.assessment.months import Monthly, monthly
from varddialog.assessment.peers import SimilarRegions
from varddialog.assessment.results import Result
from varddialog.figures import groups as group_figure
from varddialog.figures import indicator as indicator_figure
from varddialog.figures import inside as inside_figure
from varddialog.figures.control import control_chart
from varddialog.figures.sheet import Drawing
from varddialog.model.units import Units
from varddialog.prose import inside as inside_words
from varddialog.prose import peers
from varddialog.prose import result as say
from varddialog.prose import summary as sum_up
from varddialog.prose.answers import SHAPES, answer_in_words
from varddialog.prose.evidence import name_of
from varddialog.prose.words import covered
from varddialog.tables import html as tables
from varddialog.tables import inside as inside_table


@dataclass(frozen=True)
class InsideCard:
    """What there is within the region of one indicator: the finding, its figure, and the table behind it."""

    inside: Inside
    source: str

    @property
    def heading(self) -> str:
        return inside_words.heading(self.inside)

    @property
    def mark(self) -> str:
        """That the region has given the figures itself; empty for those of a source."""
        return inside_words.MARK if self.inside.origin.own else ""

    @property
    def finding(self) -> str:
        return inside_words.finding(self.inside)

    @property
    def said(self) -> list[str]:
        return inside_words.besides(self.inside)

    @property
    def caption(self) -> str:
        return inside_words.caption(self.inside)

    @property
    def unjudged(self) -> str:
        return inside_words.unjudged(self.inside)

    @property
    def drawing(self) -> Drawing | None:
        return inside_figure.line_of_places(self.inside, inside_words.picture(self.inside))

    @property
    def table(self) -> Markup:
        return inside_table.places(self.inside)


@dataclass(frozen=True)
class ResultCard:
    """The finding, what goes with it, the figure, and what the indicator counts and does not capture."""

    result: Result
    assessment: Assessment
    source: str
    units: Units
    alike: SimilarRegions | None
    inside: Sequence[InsideCard] = ()

    @property
    def peers(self) -> list[tuple[str, str, str]]:
        """Term, rule and words of what the other regions tell, as far as there is anything to say."""
        rows = [
            ("Plats", "regel-basta", peers.rank(self.result)),
            ("Bäst i landet", "regel-basta", say.best_in_country(self.result, self.units)),
            ("Nära den bästa", "regel-basta", peers.near_best(self.result, self.units)),
            ("Avvikelse", "regel-variation", peers.outlying(self.assessment)),
            ("I personer", "regel-mal", peers.behind(self.result)),
            ("Liknande regioner", "regel-lika", peers.similar(self.result, self.alike, self.units)),
        ]
        return [row for row in rows if row[2]]

    @property
    def name(self) -> str:
        return name_of(self.result)

    @property
    def finding(self) -> str:
        return say.finding(self.result)

    @property
    def said(self) -> list[str]:
        """What follows the finding, as far as there is anything to say."""
        sentences = (say.state(self.result), say.published_interval(self.result), say.development(self.result))
        return [sentence for sentence in sentences if sentence]

    @property
    def answers(self) -> list[tuple[str, str, str, str]]:
        """Question, rule, shape and words of each answer that applies."""
        asked = [
            ("Mot riket", "regel-riket", self.assessment.vs_nation),
            ("Mot målnivån", "regel-mal", self.assessment.vs_target),
            ("Utveckling", "regel-trend" if self.months is None else "regel-manad", self.assessment.trend),
            ("Mellan regionerna", "regel-variation", self.assessment.variation if self.result.unit.is_nation else None),
        ]
        said = [
            (question, rule, SHAPES[answer.klass], answer_in_words(answer))
            for question, rule, answer in asked
            if answer is not None
        ]
        if self.assessment.relation:
            said.append(("Avståndet till riket", "regel-avstand", "→", f"{self.assessment.relation}."))
        return said

    @property
    def place(self) -> str:
        return say.place_among_regions(self.result)

    @property
    def years(self) -> str:
        """What time the figure shows."""
        first = self.result.points[0 if self.has_history else -1]
        return covered(self.result.indicator, first.when, self.result.latest.when)

    @property
    def direction(self) -> str:
        return say.direction(self.result)

    @property
    def targets(self) -> list[tuple[str, str]]:
        """Each target level and whether it is reached."""
        return [(say.level(t, self.result), say.reached(t, self.result)) for t in self.result.targets]

    @property
    def abroad(self) -> str:
        return say.abroad(self.result.foreign, self.result) if self.result.foreign else ""

    @property
    def has_history(self) -> bool:
        return len(self.result.points) >= 3

    @cached_property
    def months(self) -> Monthly | None:
        return monthly(self.result)

    @property
    def legend(self) -> str:
        """What the lines of the figure are."""
        return say.legend(self.result, self.months) if self.has_history else ""

    @property
    def drawing(self) -> Drawing | None:
        """Months on a control chart; a history of three values; otherwise the regions on a line, when there are any."""
        if self.months is not None:
            return control_chart(self.result, self.months, say.control_picture(self.result, self.months))
        alt = say.picture(self.result)
        if self.has_history:
            return indicator_figure.history(self.result, alt)
        return indicator_figure.line_of_regions(self.result, alt) if len(self.result.regions_now) >= 3 else None

    @property
    def table(self) -> Markup:
        return tables.history(self.result)


@dataclass(frozen=True)
class GroupCard:
    """The finding on one split, its figure and its table."""

    comparison: Comparison
    source: str

    @property
    def finding(self) -> str:
        return sum_up.group_finding(self.comparison)

    @property
    def before(self) -> str:
        return sum_up.gap_before(self.comparison)

    @property
    def years(self) -> str:
        c = self.comparison
        return covered(c.indicator, c.shared[0] if c.has_history else c.when, c.when)

    @property
    def legend(self) -> str:
        return sum_up.group_legend(self.comparison)

    @property
    def drawing(self) -> Drawing:
        return group_figure.groups(self.comparison, sum_up.group_picture(self.comparison))

    @property
    def table(self) -> Markup:
        return tables.groups(self.comparison)
