"""A built report beside what it ought to say, and how times and values are to be written."""

from __future__ import annotations

import re

from tests.publish.reading import NUMBER, PERIOD, cards, parse
from tests.publish.truth import Truth

from varddialog.batch.plan import Job
from varddialog.data.rows import Observation
from varddialog.model.indicator import Indicator
from varddialog.swedish import EN_DASH, MISSING, NBSP

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
FINDING_ON_GROUPS = re.compile(
    r"Högst: (?P<high>.+?) \((?P<most>[^)]+)\)\. Lägst: (?P<low>.+?) \((?P<least>[^)]+)\)\. "
    rf"Skillnad (?P<gap>.+?) (?P<when>{PERIOD})\.(?P<sure>.*)"
)
DEVELOPMENT = re.compile(
    rf"Från ({NUMBER}) \(({PERIOD})\) till ({NUMBER}) \(({PERIOD})\)(?P<prices> \(löpande priser\))?\."
    rf"(?: Riket: från (?P<nation>{NUMBER}) till (?P<now>{NUMBER})\.)?"
)
ENDINGS = {"": "T", "-kvinnor": "K", "-man": "M"}


def moment(when: str) -> str:
    """A time as tables write it."""
    year, _, month = when.partition("-")
    return f"{MONTHS[int(month) - 1]}{NBSP}{year}" if month else year


def covers(indicator: Indicator, when: str) -> str:
    """A time as sentences write it."""
    years = indicator.period.years
    return f"{int(when) - years + 1}{EN_DASH}{when}" if years > 1 else moment(when)


def with_short_unit(indicator: Indicator, text: str) -> str:
    if text == MISSING:
        return text
    if indicator.measure == "index":
        return f"index {text}"
    return f"{text}{NBSP}{indicator.unit.short}" if indicator.unit.short else text


class Report:
    """A report and what it ought to say."""

    def __init__(self, job: Job, truth: Truth) -> None:
        self.job, self.truth, self.tree = job, truth, parse(job.report_page)
        self.catalogue = truth.catalogue
        self.by_slug = {i.slug: i for i in self.catalogue.indicators.values()}
        everything = cards(self.tree)
        grouping = {leaf.slug: leaf.grouping for leaf in job.dimension.leaves()}
        self.cards = [c for c in everything if grouping[c.area] is None]
        self.comparisons = [c for c in everything if grouping[c.area] is not None]

    def indicator(self, anchor: str) -> tuple[Indicator, str]:
        """The indicator and sex of a card."""
        for ending in ENDINGS:
            slug = anchor.removesuffix(ending) if ending else anchor
            if anchor.endswith(ending) and slug in self.by_slug:
                indicator = self.by_slug[slug]
                sex = ENDINGS[ending]
                there = self.truth.sexes(indicator, self.job.unit.code)
                # an indicator about one sex has no other value, and its address no ending
                return indicator, sex if ending or sex in there else there[0]
        raise AssertionError(f"no indicator has the address {anchor}")

    def own(self, indicator: Indicator, sex: str) -> dict[str, Observation]:
        return self.truth.whole(indicator, self.job.unit.code, sex)

    @property
    def column(self) -> str:
        """The unit's own column in its tables."""
        return self.job.unit.name
