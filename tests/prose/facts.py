"""What may be said of each value, from the store and the exported assessments alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from tests.publish.reading import value
from tests.publish.report import covers, with_short_unit
from tests.publish.truth import Truth, side_of

from varddialog.data.rows import Observation
from varddialog.model.indicator import Indicator
from varddialog.swedish import MINUS, NBSP, number

CERTAINTY = {
    "säkerställd": ("säkerställd {}", "säkerställt {}"),
    "tydligt säkerställd": ("tydligt säkerställd {}", "tydligt säkerställt {}"),
    "skattad ur tidsserien": ("osäkerheten skattad ur tidsserien",) * 2,
    "inte säkerställd": ("inte säkerställd", "inte säkerställt"),
    "okänd": ("osäkerheten är okänd",) * 2,
}
SPREAD_OF_NORMAL = 1.4826  # the median deviation from the median, as a standard deviation


@dataclass(frozen=True)
class Fact:
    """One indicator × unit × sex: the store's rows and what is exported of its assessment."""

    truth: Truth
    indicator: Indicator
    region: str
    newest_year: int
    told: dict[str, Any]

    @property
    def sex(self) -> str:
        return str(self.told["sex"])

    @property
    def name(self) -> str:
        both = self.truth.sexes(self.indicator, self.region)
        apart = both != ["T"] and self.indicator.population == "alla"
        return self.indicator.name + ({"K": ", kvinnor", "M": ", män"}[self.sex] if apart else "")

    def klass(self, answer: str) -> str:
        return str((self.told[answer] or {}).get("class", ""))

    def certainty(self, answer: str, what: str) -> str:
        """In words; «avstånd» is neuter."""
        return CERTAINTY[self.told[answer]["certainty"]][what == "avstånd"].format(what)

    @property
    def mine(self) -> list[Observation]:
        return list(self.truth.whole(self.indicator, self.region, self.sex).values())

    @property
    def latest(self) -> Observation:
        return self.mine[-1]

    def nation(self, when: str) -> Observation | None:
        return self.truth.nation(self.indicator, self.sex).get(when)

    @property
    def comparable(self) -> list[Observation]:
        since = max((b.year for b in self.indicator.breaks), default=0)
        return [o for o in self.mine if o.year >= since and not self.truth.doubts(self.indicator, o)]

    @property
    def is_doubted(self) -> bool:
        return self.truth.is_doubted_now(self.indicator, self.region, self.sex)

    @property
    def is_today(self) -> bool:
        return self.truth.is_today(self.indicator, self.region, self.sex, self.newest_year)

    def plain(self, amount: float) -> str:
        return number(amount, self.indicator.decimals)

    def shown(self, amount: float) -> str:
        return with_short_unit(self.indicator, self.plain(amount))

    def again(self, amount: float) -> str:
        """Beside a value whose unit is written; only a share repeats it."""
        return self.shown(amount) if self.indicator.unit.short == "%" else self.plain(amount)

    def rounded(self, o: Observation) -> Decimal:
        return value(self.plain(o.value))

    @property
    def gap(self) -> Decimal:
        """The latest value minus Riket's, as printed."""
        nation = self.nation(self.latest.when)
        assert nation is not None
        return self.rounded(self.latest) - self.rounded(nation)

    def difference(self, size: float) -> str:
        text = self.plain(abs(size))
        one = self.indicator.unit.difference == "procentenheter" and value(text) == 1
        unit = "procentenhet" if one else self.indicator.unit.difference
        return f"{text}{NBSP}{unit}" if unit else text

    @property
    def now(self) -> str:
        return f"{self.shown(self.latest.value)} {covers(self.indicator, self.latest.when)}"

    @property
    def beside(self) -> str:
        nation = self.nation(self.latest.when)
        assert nation is not None
        return f"{self.now}, riket {self.again(nation.value)}"

    @property
    def compared(self) -> str:
        if self.gap == 0:
            return f"{self.beside} (samma värde)"
        plain = self.plain(float(abs(self.gap)))
        size = self.difference(float(self.gap)) if self.indicator.unit.short == "%" else plain
        return f"{self.beside} ({size} {side_of(self.indicator, self.gap)})"

    def ends(self, low: float, high: float) -> tuple[str, str]:
        """Two values with the unit once."""
        index = self.indicator.measure == "index"
        return (self.shown(low), self.plain(high)) if index else (self.plain(low), self.shown(high))

    def course(self, beside: bool) -> str:
        """The words after «försämras» and «förbättras»."""
        first, last = self.comparable[0], self.comparable[-1]
        nation = self.nation(last.when)
        shown = beside and self.region != "00" and nation and not self.truth.doubts(self.indicator, nation)
        riket = f", riket {self.again(nation.value)}" if shown and nation else ""
        when, then = covers(self.indicator, last.when), covers(self.indicator, first.when)
        if self.indicator.period.kind == "månad":
            months = [o.value for o in self.comparable]
            mean = self.plain(sum(months) / len(months))
            return f"({self.shown(last.value)} {when}{riket}, i medeltal {mean} för {number(len(months))} månader)"
        start, end = self.ends(first.value, last.value)
        return f"från {start} ({then}) till {end} ({when}{riket})"

    @property
    def gone(self) -> Decimal:
        """The change from the first to the last comparable value, turned so that plus is better."""
        return self.indicator.turn * (self.rounded(self.comparable[-1]) - self.rounded(self.comparable[0]))

    @property
    def steps(self) -> float:
        """The size of the change in relevance limits, which orders the trends."""
        limit = self.told["relevance"]
        if limit is None or self.indicator.period.kind == "månad":
            return 0.0
        return abs(self.comparable[-1].value - self.comparable[0].value) / float(limit)

    @property
    def shared(self) -> list[tuple[str, Decimal]]:
        """The times that both have, with the differences as printed."""
        pairs = [(o, self.nation(o.when)) for o in self.comparable]
        return [
            (o.when, self.rounded(o) - self.rounded(n))
            for o, n in pairs
            if n is not None and not self.truth.doubts(self.indicator, n)
        ]

    @property
    def distance_course(self) -> str:
        (since, first), (now, last) = self.shared[0], self.shared[-1]
        signs = ["+" if d > 0 else MINUS if d < 0 else "" for d in (first, last)]
        return (
            f"skillnaden har gått från {signs[0]}{self.plain(float(abs(first)))} ({covers(self.indicator, since)}) "
            f"till {signs[1]}{self.difference(float(last))} ({covers(self.indicator, now)})"
        )

    @property
    def regions_now(self) -> list[float]:
        return self.truth.trusted(self.indicator, self.latest.when, self.sex)

    @property
    def span(self) -> str:
        low, high = self.ends(min(self.regions_now), max(self.regions_now))
        return f"från {low} till {high} ({covers(self.indicator, self.latest.when)})"

    @property
    def distance(self) -> float:
        """How far from Riket, in robust spreads of the regions; 0 where that cannot be told."""
        values, nation = self.regions_now, self.nation(self.latest.when)
        middle = median(values) if values else 0.0
        spread = SPREAD_OF_NORMAL * median(abs(v - middle) for v in values) if values else 0.0
        if nation is None or not spread or len(values) < 10:
            return 0.0
        return abs(self.latest.value - nation.value) / spread

    @property
    def missing(self) -> float:
        """How much is left to the first target level; below or equal to nought when it is reached."""
        target, now = self.indicator.targets[0], self.latest.value
        assert target.level is not None
        if target.kind == "högst":
            return now - target.level
        return target.level - now

    @property
    def target(self) -> str:
        found = self.indicator.targets[0]
        assert found.kind in ("minst", "högst"), "a kind of target level that this test cannot read yet"
        assert found.level is not None
        level = number(found.level, 0 if found.level == int(found.level) else 1)
        near = " för ett närliggande mått" if found.match == "närliggande" else ""
        return f"målnivån{near} {found.kind} {level}{NBSP}{self.indicator.unit.short}"

    @property
    def share_left(self) -> float:
        level = self.indicator.targets[0].level
        return self.missing / abs(level) if level else 0.0

    @property
    def reason(self) -> str:
        """Why the value is not judged against Riket, or what is unknown of Riket's; an empty string otherwise."""
        if self.region == "00":
            if self.is_doubted:
                return "är värdet ifrågasatt"
            if not self.is_today:
                return "är värdet gammalt eller serien avslutad"
            return "är osäkerheten okänd" if self.told["uncertainty_level"] == "C" else ""
        if self.klass("vs_nation") not in ("kan ej bedömas", "beskrivande"):
            return ""
        if self.indicator.is_count:
            return "är värdet ett antal"
        if self.is_doubted:
            return "är värdet eller rikets värde ifrågasatt"
        if not self.is_today:
            return "är värdet gammalt eller serien avslutad"
        if self.nation(self.latest.when) is None:
            return "saknas rikets värde för samma tid"
        if self.latest.denominator is not None and self.latest.denominator < 30:
            return "är underlaget litet"
        unknown = self.told["uncertainty_level"] == "C"
        return "är osäkerheten okänd" if unknown else "är skillnaden mot riket för osäker"
