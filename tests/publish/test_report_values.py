"""Every value that a report prints is the store's own, and words, tables and lists say the same."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median

from tests.publish.reading import (
    NUMBER,
    PERIOD,
    Card,
    areas,
    by_id,
    table,
    value,
    words,
)
from tests.publish.report import DEVELOPMENT, FINDING_ON_GROUPS, Report, covers, with_short_unit
from tests.publish.truth import side_of

from varddialog.data.rows import Observation
from varddialog.model.groups import SEXES, group_label
from varddialog.model.indicator import Indicator
from varddialog.swedish import EN_DASH, MINUS, MISSING, NBSP, capital, number


def test_history_tables_hold_the_stores_values(report: Report) -> None:
    truth, unit = report.truth, report.job.unit
    assert len(report.cards) >= 1
    for card in report.cards:
        indicator, sex = report.indicator(card.anchor)
        own, nation = report.own(indicator, sex), truth.nation(indicator, sex)

        def text(amount: float | None, places: int = indicator.decimals) -> str:
            return number(amount, places)

        expected = []
        for when in sorted({*own, *nation}):
            row = [covers(indicator, when)]
            if not unit.is_nation:
                mine = own.get(when)
                cell = text(mine.value if mine else None)
                if mine and mine.low is not None:
                    cell += f" ({text(mine.low)}{EN_DASH}{text(mine.high)})"
                row.append(cell + (" (se anmärkning)" if mine and truth.doubts(indicator, mine) else ""))
            there = nation.get(when)
            regions = truth.trusted(indicator, when, sex)
            spread = [min(regions), median(regions), max(regions)] if len(regions) >= 3 else [None] * 3
            row += [text(there.value if there else None), *map(text, spread), str(len(regions))]
            expected.append(row)
        assert card.table.rows == expected, card.name
        assert card.table.caption == f"{indicator.name}, {indicator.unit.label}"
        mine_column = [] if unit.is_nation else [report.column]
        assert card.table.header == ["Tid", *mine_column, "Riket", "Lägst", "Median", "Högst", "Regioner"]


def test_headline_is_the_latest_value_beside_riket_at_the_same_time(report: Report) -> None:
    unit = report.job.unit
    for card in report.cards:
        indicator, sex = report.indicator(card.anchor)
        latest = list(report.own(indicator, sex).values())[-1]
        said = re.fullmatch(
            rf"(?:Index )?(?P<value>{NUMBER})(?:{NBSP}.*?)? (?P<when>{PERIOD})(?P<rest>[.,].*)", card.finding
        )
        assert said, card.finding
        assert said["value"] == number(latest.value, indicator.decimals), card.finding
        assert said["when"] == covers(indicator, latest.when), card.finding
        row = card.table.row(covers(indicator, latest.when))
        mine, nation = row[report.column].split(" (")[0], row["Riket"]
        assert said["value"] == mine, "headline and table"
        if report.truth.is_doubted_now(indicator, unit.code, sex):
            assert said["rest"] == ". Värdet är ifrågasatt och jämförs inte."
        elif unit.is_nation or indicator.is_count:
            assert said["rest"] == "."
        elif nation == MISSING:
            assert said["rest"] == ". Uppgift för riket saknas för samma tid.", card.finding
        elif mine == nation:
            assert said["rest"] == ", samma värde som i riket.", card.finding
        else:
            told = re.fullmatch(
                rf", (?P<size>{NUMBER})(?:{NBSP}.+)? (?P<side>högre|lägre|fler|färre) än i riket\.", said["rest"]
            )
            assert told, card.finding
            difference = value(mine) - value(nation)
            assert value(told["size"]) == abs(difference), card.finding
            assert told["side"] == side_of(indicator, difference), card.finding


def test_place_and_development_agree_with_the_table(report: Report) -> None:
    spans = developments = 0
    for card in report.cards:
        indicator, sex = report.indicator(card.anchor)
        latest = list(report.own(indicator, sex).values())[-1]
        row = card.table.row(covers(indicator, latest.when))
        if span := re.search(rf"Regionerna: ({NUMBER})(?:–| till )({NUMBER}), median ({NUMBER})[ .]", card.place):
            assert span.groups() == (row["Lägst"], row["Högst"], row["Median"]), card.name
            spans += 1
        else:
            assert row["Median"] == MISSING, f"{card.name}: the span of the regions is not told"
        for sentence in card.said:
            if told := DEVELOPMENT.fullmatch(sentence):
                first, last = card.table.row(told[2]), card.table.row(told[4])
                assert first[report.column].startswith(told[1]), sentence
                assert last[report.column].startswith(told[3]), sentence
                if told["nation"]:
                    assert (first["Riket"], last["Riket"]) == (told["nation"], told["now"]), sentence
                assert bool(told["prices"]) == (indicator.prices == "löpande"), sentence
                developments += 1
            else:
                assert not sentence.startswith("Från "), sentence
    assert spans >= 1
    assert developments >= 1


def test_old_and_discontinued_values_say_so(report: Report) -> None:
    newest = report.catalogue.cycle(report.job.cycle).newest_year
    for card in report.cards:
        indicator, sex = report.indicator(card.anchor)
        today = report.truth.is_today(indicator, report.job.unit.code, sex, newest)
        warned = any(s.startswith(("Serien är avslutad.", "Senaste uppgiften är från ")) for s in card.said)
        assert warned != today, card.name


def test_questioned_latest_values_show_their_remark(report: Report) -> None:
    for card in report.cards:
        indicator, sex = report.indicator(card.anchor)
        latest = list(report.own(indicator, sex).values())[-1]
        reasons = [" ".join(reason.split(" ")) for reason in report.truth.doubts(indicator, latest)]
        for reason in reasons:
            assert any(reason in remark for remark in card.remarks), f"{card.name}: «{reason}» is not shown"
        questioned = report.truth.is_doubted_now(indicator, report.job.unit.code, sex)
        assert bool(card.remarks) >= questioned, f"{card.name} is called questioned without a reason"


def test_overview_table_agrees_with_the_cards(report: Report) -> None:
    (found,) = (
        table(t) for t in by_id(report.tree, "oversikt").iter("table") if words(t[0]) == "Översikten som tabell"
    )
    assert found.header == [
        "Mått", "Område", "Tid", report.column, "Riket", "Skillnad mot riket", "Regionerna, lägst–högst",
        "Mellan regionerna" if report.job.unit.is_nation else "Mot riket", "Mot målnivån", "Utveckling",
    ]  # fmt: skip
    assert [row[0] for row in found.rows] == [card.name for card in report.cards]
    for line, card in zip(found.rows, report.cards, strict=True):
        indicator, sex = report.indicator(card.anchor)
        latest = list(report.own(indicator, sex).values())[-1]
        row = card.table.row(covers(indicator, latest.when))
        mine = row[report.column].split(" (")[0]
        # a dash between two numbers of which one is negative could be read as a minus
        between = " till " if MINUS in row["Lägst"] else EN_DASH
        span = MISSING if row["Lägst"] == MISSING else f"{row['Lägst']}{between}{row['Högst']}"
        assert line[1] == report.catalogue.area(card.area).name
        assert line[2] == covers(indicator, latest.when), card.name
        assert line[3] == with_short_unit(indicator, mine), card.name
        # a count's own value is Riket's when the unit is Riket, and is compared with nothing elsewhere
        assert line[4] == with_short_unit(indicator, row["Riket"]), card.name
        assert line[6] == span, card.name
        told = re.search(rf", ({NUMBER})(?:{NBSP}.+)? (högre|lägre|fler|färre) än i riket\.$", card.finding)
        if told:
            sign = "+" if told[2] in ("högre", "fler") else "−"
            assert line[5].startswith(f"{sign}{told[1]}{NBSP}"), card.name
        elif "samma värde som i riket" in card.finding:
            assert value(line[5].split(NBSP)[0]) == 0, card.name
        else:
            assert line[5] == MISSING, f"{card.name}: the card compares with nothing, the overview does"


def test_every_indicator_of_the_dimension_is_shown_once(report: Report) -> None:
    """As a card, without value for the unit, by group only, under another name, or as a gap, in its own area."""
    catalogue, truth, code = report.catalogue, report.truth, report.job.unit.code
    seen: Counter[tuple[str, str, str]] = Counter()
    for card in report.cards:
        indicator, sex = report.indicator(card.anchor)
        # women and men apart are two cards of one indicator; the first stands for both
        if sex == truth.sexes(indicator, code)[0]:
            seen[card.area, "card", indicator.id] += 1
    for section in areas(report.tree):
        area = section.attrib["id"]
        own = catalogue.areas.get(area, ())
        for ul in section.iter("ul"):
            if ul.get("class") == "svar":
                continue  # the answers on a card
            gaps = ul.get("class") == "luckor"
            for li in ul:
                kind = "gap" if gaps else "missing"
                start = "{}. " if gaps else "{} ("
                (named,) = [i.id for i in own if words(li).startswith(start.format(i.name))]
                seen[area, kind, named] += 1
        for p in section.findall("p"):
            text = words(p)
            if text.startswith("Mått som bara finns uppdelade på grupper"):
                listed = text.partition(": ")[2].removesuffix(".")
                for named in [i.id for i in own if re.search(rf"(^|, ){re.escape(i.name)}($|, )", listed)]:
                    seen[area, "by group", named] += 1
            if text.startswith("Samma serie finns under två namn"):
                for named in re.findall(r"\(([^ ,]+), samma som [^)]+\)", text):
                    seen[area, "duplicate", named] += 1
    expected: Counter[tuple[str, str, str]] = Counter()
    for indicator in catalogue.of_dimension(report.job.dimension):
        if indicator.gap:
            kind = "gap"
        elif indicator.duplicate_of:
            kind = "duplicate"
        elif truth.sexes(indicator, code):
            kind = "card"
        else:
            kind = "by group" if any(o.grouping for o in truth.rows(indicator)) else "missing"
        expected[catalogue.area_of[indicator.id], kind, indicator.id] += 1
    assert seen == expected


def test_cards_stand_in_the_order_of_the_catalogue(report: Report) -> None:
    order = list(report.catalogue.indicators)
    places = [order.index(report.indicator(card.anchor)[0].id) for card in report.cards]
    assert places == sorted(places)


def _groups_of(report: Report, card: Card) -> tuple[Indicator, str, dict[str, dict[str, Observation]]]:
    """What a comparison ought to show: its indicator, whose values, and group → time → observation."""
    grouping = report.catalogue.area(card.area).grouping
    assert grouping
    indicator = report.by_slug[card.anchor.rpartition("-")[0]]
    place = report.catalogue.units.nation if "(hela landet)" in card.name else report.job.unit
    found: dict[str, dict[str, Observation]] = {}
    if indicator.part and card.name.startswith(indicator.part.family) and card.name != indicator.name:
        for member in report.catalogue.indicators.values():
            if member.part and member.part.family == indicator.part.family and not member.duplicate_of:
                for o in report.truth.rows(member):
                    if o.region == place.code and not o.grouping:
                        found.setdefault(capital(member.part.group), {})[o.when] = o
        return indicator, place.name, found
    for o in report.truth.rows(indicator):
        if o.region != place.code:
            continue
        if grouping == "kön" and not o.grouping and o.sex != "T":
            found.setdefault(SEXES[o.sex], {})[o.when] = o
        elif grouping != "kön" and o.grouping == grouping and o.sex == "T":
            found.setdefault(group_label(o.group), {})[o.when] = o
    return indicator, place.name, found


def test_comparisons_between_groups_hold_the_stores_values(report: Report) -> None:
    assert bool(report.comparisons) == (report.job.dimension.number == 4)
    for card in report.comparisons:
        indicator, place, groups = _groups_of(report, card)
        places = indicator.decimals
        told = FINDING_ON_GROUPS.fullmatch(card.finding) or re.fullmatch(
            rf"Samma värde i alla grupper (?P<when>{PERIOD})\.", card.finding
        )
        assert told, card.finding
        (when,) = {w for series in groups.values() for w in series if covers(indicator, w) == told["when"]}
        now = {group: series[when] for group, series in groups.items() if when in series}
        assert {row[0] for row in card.table.rows} == set(now), card.name
        moments = sorted({w for group in now for w in groups[group]})
        assert card.table.header == ["Grupp", *(covers(indicator, w) for w in moments)], card.name
        for row in card.table.rows:
            for w, cell in zip(moments, row[1:], strict=True):
                o = groups[row[0]].get(w)
                text = number(o.value if o else None, places)
                if o and w == when and o.low is not None:
                    text += f" ({number(o.low, places)}{EN_DASH}{number(o.high, places)})"
                assert cell == text, f"{card.name}, {row[0]}, {w}"
        assert card.table.caption.endswith(f", {place}")
        if "gap" in told.groupdict():
            most, least = (max(now.values(), key=lambda o: o.value), min(now.values(), key=lambda o: o.value))
            shown = [number(o.value, places) for o in (most, least)]
            assert [told["most"], told["least"]] == [with_short_unit(indicator, s) for s in shown], card.finding
            gap = value(shown[0]) - value(shown[1])
            assert value(told["gap"].split(NBSP)[0]) == gap, card.finding
            apart = least.high < most.low if least.high is not None and most.low is not None else None
            sure = {True: " Skillnaden är säkerställd.", False: " Skillnaden är inte säkerställd.", None: ""}[apart]
            assert told["sure"] == sure, card.finding
