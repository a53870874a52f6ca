"""The final report in words: what most regions speak of, where they tell alike, and what each sentence rests on."""

from __future__ import annotations

from collections.abc import Sequence

from varddialog.dialogue.actions import Followed
from varddialog.dialogue.final import Alike, Beside, Heard, Together
from varddialog.dialogue.lessons import Called
from varddialog.dialogue.national import SOME, Field
from varddialog.dialogue.rounds import Kind, Round
from varddialog.dialogue.themes import CHALLENGE, FEEDBACK, PROPOSAL, SPOKEN, STRENGTH, Told
from varddialog.model.arena import Arena
from varddialog.model.cycle import Cycle
from varddialog.model.units import NATION, Units
from varddialog.prose.arena import Finding, parties, place, rests_on
from varddialog.prose.followup import standing
from varddialog.swedish import MISSING, capital, listing, number, plural, within

# themes that a line of the summary names; the others are counted
NAMED = 3
# what statements are called, one and many
STATEMENTS, VIEWS, PROPOSALS = ("uttalande", "uttalanden"), ("synpunkt", "synpunkter"), ("förslag", "förslag")
LESSONS, ANSWERS = ("lärdom", "lärdomar"), ("svar", "svar")
MARKS: dict[Kind, str] = {STRENGTH: "▲", CHALLENGE: "▼", PROPOSAL: "◆", FEEDBACK: "●"}
ALIKE: dict[Alike, str] = {
    "samma utmaning": "Samma utmaning",
    "samma styrka": "Samma styrka",
    "båda": "Både styrka och utmaning",
    "olika": "Olika bild",
    "få": "För få för att jämföra",
}
_COUNTED: dict[Kind, tuple[str, str]] = {
    STRENGTH: ("styrka", "styrkor"),
    CHALLENGE: ("utmaning", "utmaningar"),
    PROPOSAL: ("förslag", "förslag"),
    FEEDBACK: ("synpunkt till staten", "synpunkter till staten"),
}


def counted(told: Told) -> str:
    """`1 styrka, 2 utmaningar`."""
    found = [(kind, len(told.of(kind))) for kind in SPOKEN]
    return ", ".join(plural(count, *_COUNTED[kind]) for kind, count in found if count)


def key() -> str:
    """What the marks of the table stand for."""
    return ", ".join(f"{MARKS[kind]} {_COUNTED[kind][0]}" for kind in SPOKEN)


def regions(count: int) -> str:
    return plural(count, "region", "regioner")


def resting(told: Told, units: Units, one: str, many: str) -> str:
    """`12 förslag från 9 regioner`: as `rests_on`, by the name of what it is."""
    return f"{plural(len(told), one, many)} {rests_on(told, units).partition(' ')[2]}"


def held(cycle: Cycle, units: Units) -> str:
    """How many of the regions have had their visit."""
    visited = sum(v.held for name, v in cycle.visits.items() if name != units.nation.folder)
    every = number(len(units.regions))
    return (
        f"{number(visited)} av {every} regioner har haft besök."
        if visited
        else f"Inget av de {every} besöken är gjort."
    )


def registered(found: Round, arena: Arena, units: Units) -> list[str]:
    """What the report rests on: statements, regions, parties, actions and answers, and the regions without any."""
    told = Told(found.statements)
    said = []
    if told:
        said.append(f"Registrerat är {rests_on(told, units)}, av {parties(told.parties, arena)}.")
    beside = [
        *([plural(len(found.actions), "åtgärd", "åtgärder")] if found.actions else []),
        *([f"{plural(len(found.ratings), 'svar', 'svar')} på utvärderingen"] if found.ratings else []),
    ]
    if beside:
        said.append(f"Till det kommer {listing(beside)}.")
    silent = [unit.name for unit in units.regions if unit.code not in told.units]
    if told and silent and arena.units == "region":
        said.append(f"Inget är registrerat från {listing(silent)}.")
    return said


def _with_more(named: Sequence[str], every: int) -> str:
    """The first themes, and how many there are besides."""
    rest = every - len(named)
    return listing([*named, *([f"{plural(rest, 'tema', 'teman')} till"] if rest else [])])


def _themes(found: Sequence[Heard], units: Units, *kinds: Kind, called: tuple[str, str] = STATEMENTS) -> str:
    """The first themes, each with the statements of those kinds that it rests on; the others counted."""
    named = [
        f"{within(one.theme.name)} ({resting(one.told.of(*kinds) if kinds else one.told, units, *called)})"
        for one in found[:NAMED]
    ]
    return _with_more(named, len(found))


def findings(
    found: Sequence[Heard], feedback: Sequence[Heard], proposals: Sequence[Heard], units: Units
) -> list[Finding]:
    """What was heard, each line with what it rests on."""
    of = {alike: [one for one in found if one.alike == alike] for alike in ALIKE}
    made = [
        ("Flest talar om", _themes(found, units), "teman"),
        ("Samma utmaning", _themes(of["samma utmaning"], units, CHALLENGE), "lika"),
        ("Samma styrka", _themes(of["samma styrka"], units, STRENGTH), "lika"),
        ("Båda delarna", _themes(of["båda"], units, STRENGTH, CHALLENGE), "lika"),
        ("Olika bild", _themes(of["olika"], units, STRENGTH, CHALLENGE), "lika"),
        ("Till staten", _themes(feedback, units, called=VIEWS), "synpunkter"),
        ("Förslag", _themes(proposals, units, called=PROPOSALS), "forslag"),
    ]
    return [(what, f"{capital(words)}.", where) for what, words, where in made if words]


def figures(found: Sequence[Beside], told: Sequence[Heard], units: Units) -> str:
    """Where the figures and the talks point the same way, and where only one of them does."""
    same = [one for one in found if one.same_way]
    only, talked = len(found) - len(same), len(told)
    said = []
    if same:
        named = [f"{within(one.field.area.name)} ({rests_on(one.told, units)})" for one in same[:NAMED]]
        rest = len(same) - len(named)
        areas = listing([*named, *([f"{plural(rest, 'område', 'områden')} till"] if rest else [])])
        said.append(f"Siffror och samtal pekar åt samma håll i {areas}.")
    if only:
        said.append(f"Bara siffrorna talar för samverkan i {plural(only, 'område', 'områden')}.")
    if talked:
        said.append(f"Bara samtalen tar upp {plural(talked, 'tema', 'teman')}.")
    return " ".join(said)


def lessons(called: Sequence[Called], units: Units) -> str:
    """How many lessons there are, from whom, and how many regions' figures call for them."""
    if not called:
        return ""
    givers = Told(tuple(c.lesson for c in called))
    met = {offer.unit.code for c in called for offer in c.offers}
    said = f"{resting(givers, units, *LESSONS)}."
    return f"{said} Siffrorna i {regions(len(met))} visar något av problemen." if met else said


def offered(called: Called) -> str:
    """The regions whose figures call for the lesson, the strongest first."""
    return listing(offer.unit.name for offer in called.offers)


def agreed(followed: Sequence[Followed], cycle: Cycle, units: Units) -> str:
    """How the actions stand, and how many units they are for."""
    if not followed:
        return ""
    where = {one.action.unit for one in followed}
    named = [unit for unit in where if unit != NATION]
    of = f" De gäller {regions(len(named))}." if len(named) > 1 else f" De gäller {place(next(iter(where)), units)}."
    return standing(followed, cycle) + of


def owners(followed: Sequence[Followed], arena: Arena) -> str:
    """Who has taken the actions upon itself: `Regionen: 24 åtgärder; Socialdepartementet: 18 åtgärder`."""
    counts = [(party.name, sum(one.action.owner == party.slug for one in followed)) for party in arena.parties]
    return "; ".join(f"{name}: {plural(count, 'åtgärd', 'åtgärder')}" for name, count in counts if count)


def alike(one: Heard) -> tuple[str, str, str]:
    """In how many regions a strength and a challenge are told, and how the pictures lie to each other."""
    of = f" av {number(len(one.judged))}"
    weak, strong = (f"{number(len(units))}{of}" if one.judged else MISSING for units in (one.weak, one.strong))
    return ALIKE[one.alike], weak, strong


def why_only(one: Beside) -> str:
    """Why an area is not told of: no theme touches it, or too few regions tell of a challenge."""
    if not one.themes:
        return "Inget av arenans teman handlar om måtten."
    names = listing(within(theme.name) for theme in one.themes)
    what = "Temat" if len(one.themes) == 1 else "Temana"
    if not one.told:
        return f"{what} {names} tas inte upp som utmaning i någon region."
    where, both = regions(len(one.told.units)), len(one.both)
    if len(one.told.units) < SOME:
        return f"{what} {names} tas upp som utmaning i bara {where}."
    whose = f"bara i {number(both)} av dem" if both else "inte i någon av dem"
    return f"{what} {names} tas upp som utmaning i {where}, men {whose} som siffrorna gäller."


def why_only_told(one: Heard) -> str:
    """Why no figure stands beside a theme."""
    if not one.theme.indicators:
        return "Inga mått hör till temat."
    return "Inget av temats mått har tillräckligt tydliga tecken."


def of_members(one: Together, heard_: Heard) -> str:
    """`5 av 7: 3 styrkor, 4 utmaningar`."""
    members = number(len(one.region.members))
    return f"{number(len(heard_.regions))} av {members} medlemmar: {counted(heard_.told)}"


def areas(fields: Sequence[Field]) -> str:
    """The areas in which the figures call for collaboration, while there is nothing to set beside them."""
    named = [f"{within(f.area.name)} (berör {regions(len(f.concerned))})" for f in fields[:NAMED]]
    rest = len(fields) - len(named)
    return listing([*named, *([f"{plural(rest, 'område', 'områden')} till"] if rest else [])])


def rules() -> list[tuple[str, str]]:
    """How the report has been made: each rule with its name."""
    some = regions(SOME)
    return [
        (
            "Samma bild",
            "Utmaningen (eller styrkan) berättas i minst två tredjedelar av de regioner där endera "
            "har nämnts, av någon av parterna.",
        ),
        (
            "Olika bild",
            "Varken styrka eller utmaning berättas i två tredjedelar. Mer än en tredjedel berättar då bara om en "
            "styrka och mer än en tredjedel bara om en utmaning.",
        ),
        ("För få", f"Färre än {some} har nämnt en styrka eller en utmaning."),
        (
            "Siffror och samtal",
            f"Området har mått som talar för samverkan. Minst {some} berättar om en utmaning i ett tema som måtten hör "
            f"till, och minst {number(SOME)} av dem som siffrorna gäller (eller alla, om de är färre). Att båda pekar "
            "åt samma håll säger inget om orsaken.",
        ),
        (
            "Antal",
            "Ett uttalande är en rad i formuläret, från en part. Antalet visar hur mycket som har registrerats, inte "
            "hur många som tycker så. Det som gäller hela landet räknas inte till någon region.",
        ),
    ]
