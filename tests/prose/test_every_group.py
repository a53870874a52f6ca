"""Every sentence on differences between groups, in every report on equity, found again in the store."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.prose.whole import Whole
from tests.publish.reading import NUMBER, value
from tests.publish.report import covers, with_short_unit

from varddialog.assessment.groups import Comparison, comparisons
from varddialog.data.rows import Observation
from varddialog.model.groups import SEXES, group_label, in_sentence
from varddialog.model.units import Unit
from varddialog.prose import overall
from varddialog.prose.area import of_groups
from varddialog.swedish import capital, number

N = rf"({NUMBER})"
SURE = {True: "säkerställd skillnad", None: "osäkerheten är okänd"}
KINDS = {
    True: "en säkerställd skillnad",
    False: "en skillnad som inte är säkerställd",
    None: "en skillnad vars osäkerhet är okänd",
}


def reports(whole: Whole) -> Iterator[tuple[Unit, list[list[Comparison]]]]:
    """Each unit with the comparisons of each area of groups."""
    plain = [i for i in whole.catalogue.indicators.values() if not (i.gap or i.derived or i.is_count)]
    nation = whole.catalogue.units.nation
    groupings = [leaf.grouping for d in whole.catalogue.framework.dimensions for leaf in d.leaves() if leaf.grouping]
    for unit in whole.catalogue.units.all:
        here = {unit.code, nation.code}
        rows = {i.id: [o for o in whole.truth.rows(i) if o.region in here] for i in plain}
        yield unit, [comparisons(plain, grouping, unit, nation, rows) for grouping in groupings]


def stored(whole: Whole, c: Comparison) -> dict[str, Observation]:
    """Each group's row in the store at the time compared, by the group in words."""
    if c.indicator.part and c.title == c.indicator.part.family:
        members = [i for i in whole.catalogue.indicators.values() if i.part and i.part.family == c.title]
        own = [(i.part.group, o) for i in members if i.part for o in whole.truth.rows(i) if not o.grouping]
    elif c.grouping == "kön":
        own = [(SEXES[o.sex], o) for o in whole.truth.rows(c.indicator) if not o.grouping and o.sex != "T"]
    else:
        every = whole.truth.rows(c.indicator)
        own = [(group_label(o.group), o) for o in every if o.grouping == c.grouping and o.sex == "T"]
    now = {capital(group): o for group, o in own if (o.region, o.when) == (c.unit.code, c.when)}
    return {in_sentence(group, c.grouping): o for group, o in now.items()}


def certain(whole: Whole, c: Comparison) -> bool | None:
    rows = stored(whole, c).values()
    high, low = max(rows, key=lambda o: o.value), min(rows, key=lambda o: o.value)
    return None if low.high is None or high.low is None else low.high < high.low


def gap(whole: Whole, unit: Unit, c: Comparison) -> str:
    """What the line on the groups farthest apart ought to say."""
    rows = stored(whole, c)
    high, low = (pick(rows, key=lambda group: rows[group].value) for pick in (max, min))
    values = [with_short_unit(c.indicator, number(rows[g].value, c.indicator.decimals)) for g in (high, low)]
    place = "hela landet, " if c.unit != unit else ""
    when = covers(c.indicator, c.when)
    return f"{high} {values[0]}, {low} {values[1]} ({place}{when}, {SURE[certain(whole, c)]})"


def test_every_line_on_groups_holds_the_stores_values(whole: Whole) -> None:
    lines = 0
    for unit, areas in reports(whole):
        known = {c.anchor: c for found in areas for c in found}
        for title, rows in overall.of_groups(list(known.values()), unit.is_nation):
            assert 1 <= len(rows) <= 4
            for name, anchor, line in rows:
                c = known[anchor]
                assert name == c.heading
                assert line == gap(whole, unit, c)
                assert (title == "Störst skillnader mellan grupper") == (certain(whole, c) is True)
                lines += 1
    assert lines > 80


def test_every_paragraph_on_groups_counts_what_the_store_holds(whole: Whole) -> None:
    told_of = 0
    for unit, areas in reports(whole):
        for found in areas:
            current = [c for c in found if c.indicator.discontinued is None]
            said, kinds = of_groups(found, unit), Counter(certain(whole, c) for c in current)
            if not current:
                assert said == ""
            elif len(current) == 1:
                assert said == f"Områdets enda aktuella jämförelse visar {KINDS[next(iter(kinds))]}."
            else:
                told = re.match(
                    rf"Av {N} aktuella jämförelser visar ([^.]+)\.(?: Störst är den i ”(.+?)”: (.+)\.)?$", said
                )
                assert told, said
                assert value(told[1]) == len(current), said
                parts = {kind: re.search(rf"{N} {words}(?=,| och|$)", told[2]) for kind, words in KINDS.items()}
                assert {k: value(p[1]) for k, p in parts.items() if p} == kinds, said
                if told[3]:
                    (widest,) = (c for c in current if c.heading == told[3])
                    assert told[4] == gap(whole, unit, widest), said
            told_of += bool(said)
    assert told_of > 80
