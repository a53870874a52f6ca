"""What is said on a focus sheet: how the unit stands in the area, beside whom, what is asked and what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from varddialog.assessment.answer import Class
from varddialog.assessment.assess import Assessment
from varddialog.assessment.groups import Comparison
from varddialog.assessment.peers import best_region
from varddialog.assessment.results import Result
from varddialog.dialogue.focus import Beside, Stands
from varddialog.dialogue.raised import Raised
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit, Units
from varddialog.prose import area, questions
from varddialog.prose import evidence as of
from varddialog.swedish import capital, listing, number, plural

FOCUS = "fokusområdets"
# as many regions as are named where several share a place
_NAMED = 3
# fewer best values than this are not often
_OFTEN = 3
_SIDES: tuple[Class, ...] = ("bättre", "sämre")
NEUTRAL = f"{capital(area.NEUTRAL.strip(' ()'))}."


def glance(unit: Unit, assessments: Sequence[Assessment], without: str) -> list[tuple[str, str]]:
    """Heading and sentences: how things stand, targets, what moves, what is not known; what is empty is left out.

    assessments: those that have a value. without: what `without` says of the others.
    """
    if not assessments:
        where = "riket" if unit.is_nation else unit.name
        return [("Uppgifter", f"Inget av {FOCUS} mått har ännu ett värde för {where}. {without}".strip())]
    if unit.is_nation:
        said = [
            ("Uppgifter", area.of_nation(assessments, FOCUS)),
            ("Mellan regionerna", area.spread(assessments)),
        ]
    else:
        said = [("Mot riket", area.against_nation(assessments, FOCUS))]
    said += [
        ("Målnivåer", area.targets(assessments, FOCUS)),
        ("Utveckling", _joined([area.trends(assessments), area.falls_behind(assessments)])),
        ("Det vi inte vet", _joined([area.unknown(assessments), without])),
    ]
    return [(term, area.without_usual(text)) for term, text in said if text]


def without(
    unit: Unit, gaps: Sequence[Indicator], missing: Sequence[Indicator], split_only: Sequence[Indicator], total: int
) -> str:
    """How many of the area's indicators have no value for the unit, and why; empty when all have one."""
    where, others = ("riket", "regioner") if unit.is_nation else (unit.name, "andra regioner")
    reasons = [
        (len(gaps), "inga öppna uppgifter finns", "har inga öppna uppgifter"),
        (len(missing), f"uppgifter finns för {others} men inte för {where}", f"har uppgift bara för {others}"),
        (len(split_only), "uppgifter finns bara uppdelade på grupper", "finns bara uppdelat på grupper"),
    ]
    found = [(count, alone, among) for count, alone, among in reasons if count]
    if not found:
        return ""
    count = sum(count for count, *_ in found)
    why = found[0][1] if len(found) == 1 else listing(f"{number(n)} {among}" for n, _, among in found)
    return f"{number(count)} av {FOCUS} {plural(total, 'mått', 'mått')} saknar värde för {where}: {why}."


def in_company(unit: Unit, rows: Sequence[Beside], codes: Sequence[str], company: str, units: Units) -> str:
    """How often the region has the best and the worst value among some others; empty where nothing can be ranked.

    company: how the others are named in the sentence.
    """
    found = Counter(place for row in rows if (place := row.place(codes)))
    total = sum(found.values())
    if not total:
        return ""
    names = listing(units.by_code[code].name for code in codes)
    best, worst, of_all = found["bäst"], found["sämst"], plural(total, "mått", "mått")
    if best and worst:
        said = f"bäst värde i {number(best)} och sämst i {number(worst)} av {of_all}"
    elif best or worst:
        side, other = ("bäst", "sämst") if best else ("sämst", "bäst")
        said = f"{side} värde i {number(best or worst)} av {of_all} och {other} i inget"
    else:
        said = f"varken bäst eller sämst värde i något av {of_all}"
    return f"Bland {company} ({names}) har {unit.name} {said}."


def split(names: Iterable[str]) -> list[str]:
    """For each region of which a part belongs to another collaboration region: that its figures are for the whole."""
    return [f"{name} är delat mellan två samverkansregioner; värdena gäller hela {name}." for name in names]


def best_in_country(results: Iterable[Result], unit: Unit, units: Units) -> str:
    """Which region has the best value of the country the most often, and in what the unit has it itself."""
    found = [(r, best) for r in results if (best := best_region(r))]
    if not found:
        return ""
    often = Counter(code for _, best in found for code in best.codes)
    most = max(often.values())
    names = [units.by_code[code].name for code in sorted(often) if often[code] == most]
    said = ""
    if len(names) <= _NAMED and most >= _OFTEN:
        of_all = f"{number(most)} av {plural(len(found), 'mått', 'mått')}"
        said = f"Oftast har {listing(names)} landets bästa värde ({of_all}{' var' if len(names) > 1 else ''})."
    mine = [_quoted(r) for r, best in found if unit.code in best.codes]
    own = f"{unit.name} har det i {listing(mine)}." if mine and not unit.is_nation else ""
    return _joined([said, own if said else own.replace("har det", "har landets bästa värde")])


def where_regions_stand(rows: Sequence[Stands], units: Units) -> list[str]:
    """For Riket: in what the most regions are better and worse, and which regions are so the most often."""
    judged = [row for row in rows if row.result.indicator.turn and row.judged]
    if not judged:
        return []
    said = []
    for side in _SIDES:
        most = max(judged, key=lambda row: len(row.of(side)))
        if count := len(most.of(side)):
            among = plural(len(most.classes), "region", "regioner")
            said.append(f"{side} än riket i {_quoted(most.result)} ({number(count)} av {among})")
    nobody = "Ingen region skiljer sig säkert från riket."
    often = [told for side in _SIDES if (told := _often(judged, side, units))]
    return [
        f"Flest regioner är {', och '.join(said)}." if said else nobody,
        *([f"Oftast {', oftast '.join(often)}."] if often else []),
    ]


def _often(rows: Sequence[Stands], side: Class, units: Units) -> str:
    """The regions that are the most often on one side, of how many of the indicators they are judged in."""
    found = Counter(code for row in rows for code in row.of(side))
    most = max(found.values(), default=0)
    codes = [code for code in sorted(found) if found[code] == most]
    if not codes or len(codes) > _NAMED:
        return ""
    named = [(units.by_code[code].name, sum(code in row.judged for row in rows)) for code in codes]
    told = listing(f"{name} (i {number(most)} av {number(judged)} bedömda mått)" for name, judged in named)
    return f"{side} än riket är {told}"


def of_groups(found: Sequence[Comparison], unit: Unit) -> str:
    """The differences between groups, and for how many of them Riket's figures stand in."""
    current = [c for c in found if c.indicator.discontinued is None]
    said = area.of_groups(current, unit).replace("Områdets enda", "Fokusområdets enda")
    elsewhere = sum(c.unit.is_nation for c in current)
    if not said or unit.is_nation or not elsewhere:
        return said
    if elsewhere == len(current):
        return f"Uppgifterna finns inte för {unit.name}; det som visas gäller hela landet. {said}"
    return f"{said} {number(elsewhere)} av jämförelserna gäller hela landet, eftersom uppgifter för {unit.name} saknas."


def asked(raised: Sequence[tuple[Raised, Assessment]], unit: Unit) -> list[tuple[str, str]]:
    """What the values give reason to ask, each question with its evidence."""
    used: dict[str, int] = {}
    return [
        (
            questions.question_on(found.kind, a, unit, used),
            f"{capital(area.without_usual(questions.evidence_of_value(found, a)))}.",
        )
        for found, a in raised
    ]


def counts(assessments: Sequence[Assessment], lacking: Mapping[str, int]) -> dict[str, int]:
    """How many values have each class, as the sentences and the table count them, and how many indicators lack one."""

    def number_of(answer: str, *starts: str) -> int:
        given = [getattr(a, answer) for a in assessments]
        return sum(found is not None and found.klass.startswith(starts) for found in given)

    return {
        "values": len(assessments),
        "better": number_of("vs_nation", "bättre"),
        "worse": number_of("vs_nation", "sämre"),
        "level": number_of("vs_nation", "i nivå"),
        "improving": number_of("trend", "förbättras"),
        "worsening": number_of("trend", "försämras"),
        **lacking,
    }


def _quoted(result: Result) -> str:
    return f"”{of.name_of(result)}”"


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
