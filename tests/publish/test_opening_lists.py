"""The lists and counts that open a report, as they stand in the page, against its cards and the store."""

from __future__ import annotations

import re

from tests.publish.reading import NUMBER, PERIOD, Card, areas, by_id, of_class, opening_lists, words
from tests.publish.report import FINDING_ON_GROUPS, Report, covers, with_short_unit

from varddialog.swedish import NBSP, capital, number


def test_opening_lists_say_what_the_cards_say(report: Report) -> None:
    lists = opening_lists(report.tree)
    assert lists, "a report begins with what stands out"
    shown = {card.anchor: card for card in [*report.cards, *report.comparisons]}
    for title, rows in lists:
        assert len(rows) >= 1
        assert len({anchor for _, anchor, _ in rows}) == len(rows)
        for name, anchor, line in rows:
            if anchor not in shown:  # an area that lacks what others have
                assert report.catalogue.area(anchor).name == name
                continue
            card = shown[anchor]
            assert card.name.removesuffix(" (hela landet)") == name
            _CHECKS[title](report, card, line, title)


def _against_riket(report: Report, card: Card, line: str, title: str) -> None:
    indicator, sex = report.indicator(card.anchor)
    told = re.fullmatch(
        rf"(?:Index )?(?P<value>{NUMBER})(?:{NBSP}[^,]+?)? (?P<when>{PERIOD}), riket (?P<nation>{NUMBER})(?:{NBSP}%)? "
        rf"\((?P<size>{NUMBER})(?:{NBSP}procentenhet(?:er)?)? (?P<side>högre|lägre|fler|färre)\), "
        r"(?P<sure>[^;]+)(?:; måttet .+)?",
        line,
    )
    assert told, line
    latest = list(report.own(indicator, sex).values())[-1]
    row = card.table.row(covers(indicator, latest.when))
    assert (told["value"], told["nation"]) == (row[report.column].split(" (")[0], row["Riket"]), line
    assert told["when"] == covers(indicator, latest.when), line
    assert re.search(rf", {told['size']}(?:{NBSP}.+)? {told['side']} än i riket\.", card.finding), (line, card.finding)
    better = (told["side"] in ("högre", "fler")) == (indicator.turn == 1)
    assert title == ("Bättre än riket" if better else "Sämre än riket"), line
    assert told["sure"] == "osäkerheten skattad ur tidsserien" or told["sure"].endswith("säkerställd skillnad"), line


def _from_target(report: Report, card: Card, line: str, title: str) -> None:
    indicator, sex = report.indicator(card.anchor)
    latest = list(report.own(indicator, sex).values())[-1]
    shown = with_short_unit(indicator, number(latest.value, indicator.decimals))
    told = re.fullmatch(
        rf"(?P<value>.+) (?P<when>{PERIOD}), målnivån .+?, (?P<left>{NUMBER}{NBSP}.+) återstår, .+", line
    )
    assert told, line
    assert (told["value"], told["when"]) == (capital(shown), covers(indicator, latest.when)), line
    targets = [text for term, text in card.facts if term == "Målnivå"]
    assert any(f"Värdet når inte målnivån, {told['left']}" in text for text in targets), (line, targets)


def _spread(report: Report, card: Card, line: str, title: str) -> None:
    indicator, sex = report.indicator(card.anchor)
    latest = list(report.own(indicator, sex).values())[-1]
    row = card.table.row(covers(indicator, latest.when))
    low, high = row["Lägst"], with_short_unit(indicator, row["Högst"])
    if indicator.measure == "index":
        low, high = with_short_unit(indicator, row["Lägst"]), row["Högst"]
    answers = [words(li) for ul in of_class(by_id(report.tree, card.anchor), "ul", "svar") for li in ul]
    (between,) = [a.partition(": ")[2] for a in answers if a.startswith("Mellan regionerna")]
    sure = " (osäkerheten skattad ur tidsserien)" if "tidsserien" in between else ""
    said = {
        "◆ skillnad,": f"; regionerna skiljer sig mer än slumpen förklarar{sure}",
        "○ ingen säker skillnad,": "; skillnaderna är inte större än slumpen kan förklara",
        "◇ kan ej bedömas.": ", skillnaden är inte prövad",
    }
    (ending,) = [end for start, end in said.items() if between.startswith(start)]
    assert line == f"Från {low} till {high} ({covers(indicator, latest.when)}){ending}"


def _speaks_of_now(report: Report, card: Card, line: str, title: str) -> None:
    """The latest value stands in the line; a comparison of groups is held to its own finding."""
    if card in report.comparisons:
        _between_groups(report, card, line, title)
        return
    indicator, sex = report.indicator(card.anchor)
    known = [o for o in report.own(indicator, sex).values() if not report.truth.doubts(indicator, o)]
    questioned = "är ifrågasatt" in line
    latest = list(report.own(indicator, sex).values())[-1] if questioned else known[-1]
    assert number(latest.value, indicator.decimals) in line, line
    assert covers(indicator, latest.when) in line, line
    assert questioned == report.truth.is_doubted_now(indicator, report.job.unit.code, sex), line


def _between_groups(report: Report, card: Card, line: str, title: str) -> None:
    told = FINDING_ON_GROUPS.fullmatch(card.finding)
    assert told, card.finding
    start = f"{told['high']} {told['most']}, {told['low']} {told['least']} ("
    assert line.startswith(capital(start)), (line, card.finding)
    whole = "(hela landet, " in line
    assert whole == card.name.endswith("(hela landet)"), line
    sure = "säkerställd skillnad" if told["sure"] == " Skillnaden är säkerställd." else "osäkerheten är okänd"
    assert line.endswith(f"{told['when']}, {sure})"), (line, card.finding)


_CHECKS = {
    "Bättre än riket": _against_riket,
    "Sämre än riket": _against_riket,
    "Utveckling att följa": _speaks_of_now,
    "Att undersöka vidare": _speaks_of_now,
    "Längst från målnivån": _from_target,
    "Störst skillnader mellan regionerna": _spread,
    "Störst skillnader mellan grupper": _between_groups,
}


def test_opening_lists_hold_nothing_old_or_questioned(report: Report) -> None:
    newest = report.catalogue.cycle(report.job.cycle).newest_year
    grouped = {card.anchor for card in report.comparisons}
    areas_shown = {leaf.slug for leaf in report.job.dimension.leaves()}
    for title, rows in opening_lists(report.tree):
        for name, anchor, _ in rows:
            if anchor in areas_shown:
                continue
            if anchor in grouped:
                slug = anchor.rpartition("-")[0]
                assert report.by_slug[slug].discontinued is None, name
                continue
            indicator, sex = report.indicator(anchor)
            assert report.truth.is_today(indicator, report.job.unit.code, sex, newest), name
            if title != "Att undersöka vidare":
                assert not report.truth.is_doubted_now(indicator, report.job.unit.code, sex), name


def test_opening_counts_are_the_counts_of_the_page(report: Report) -> None:
    newest = report.catalogue.cycle(report.job.cycle).newest_year
    text = words(by_id(report.tree, "sammanfattning"))
    told = re.search(
        rf"Rapporten visar (?P<shown>{NUMBER}){NBSP}mått med uppgifter"
        rf"(?: och (?P<groups>{NUMBER}){NBSP}jämförelser? mellan grupper)?"
        rf"(?:, varav (?P<old>{NUMBER}) är äldre eller avslutade)?"
        rf"(?:\. För (?P<gaps>{NUMBER}){NBSP}mått saknas ännu uppgifter; de redovisas sist i varje område)?\.",
        text,
    )
    assert told, text
    known = [report.indicator(card.anchor) for card in report.cards]
    old = [i.id for i, sex in known if not report.truth.is_today(i, report.job.unit.code, sex, newest)]
    gaps = [li for section in areas(report.tree) for ul in of_class(section, "ul", "luckor") for li in ul]
    assert int(told["shown"]) == len({i.id for i, _ in known})
    assert int(told["groups"] or 0) == len(report.comparisons)
    assert int(told["old"] or 0) == len(set(old)), "an indicator shown for women and men is one indicator"
    assert int(told["gaps"] or 0) == len(gaps)
    if reached := re.search(rf"Värdet når ({NUMBER}) av ({NUMBER}){NBSP}jämförbar", text):
        today = [c for c, (i, _) in zip(report.cards, known, strict=True) if i.id not in old]
        verdicts = [t for c in today for term, t in c.facts if term == "Målnivå"]
        met, missed = (sum(w in t for t in verdicts) for w in ("Värdet når målnivån", "Värdet når inte målnivån"))
        assert (int(reached[1]), int(reached[2])) == (met, met + missed)
