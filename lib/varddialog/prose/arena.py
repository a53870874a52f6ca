"""What was said in an arena, in words: what it rests on, how the parties see, why a lesson is offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from varddialog import swedish
from varddialog.dialogue.answers import Answered
from varddialog.dialogue.lessons import Called, Offer, Signal, signals
from varddialog.dialogue.recommendations import Recommended
from varddialog.dialogue.rounds import Kind, Round, Statement
from varddialog.dialogue.themes import CHALLENGE, SPOKEN, STRENGTH, Picture, Told, View, Voice, voices
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue
from varddialog.model.theme import Theme
from varddialog.model.units import NATION, Units
from varddialog.prose import evidence as of
from varddialog.prose.words import figure, period
from varddialog.swedish import MISSING, capital, listing, number, plural, within

NOTHING = "Inga samtal registrerade ännu"
ACTIONS = "Åtgärder"
EXAMPLE = "Exempel: påhittade uppgifter som visar hur sidan fungerar"
VIEWS: dict[View, str] = {
    "olika": "Ser olika",
    "lika": "Ser lika",
    "flera": "Flera tar upp",
    "en part": "En part tar upp",
}
KINDS: dict[Kind, str] = {
    "styrka": "Styrka",
    "utmaning": "Utmaning",
    "förslag": "Förslag",
    "återkoppling till staten": "Synpunkt till staten",
}
_TELLS: dict[Kind, str] = {
    "styrka": "berättar om en styrka",
    "utmaning": "berättar om en utmaning",
    "förslag": "lägger förslag",
    "återkoppling till staten": "lämnar synpunkter till staten",
}
_SIGNALS: dict[Signal, str] = {
    "sämre": "sämre än riket",
    "halkar efter": "halkar efter riket",
    "försämras": "försämras",
    "mål": "når inte målnivån",
    "långt från": "långt från riket, osäkerheten är okänd",
}

Finding = tuple[str, str, str]  # what it is about, its words, the section that tells more


def place(unit: str, units: Units) -> str:
    """Where a statement comes from: a region, a collaboration region, or the whole country."""
    if unit == NATION:
        return "hela landet"
    if unit in units.by_code:
        return units.by_code[unit].name
    return next((c.name for c in units.collaboration_regions if c.slug == unit), unit)


def parties(slugs: Iterable[str], arena: Arena) -> str:
    """`regionen och Socialstyrelsen`, in the order of the arena."""
    wanted = set(slugs)
    return listing(party.in_sentence for party in arena.parties if party.slug in wanted)


def years(cycle: str) -> str:
    """`2014-2015` → `2014–2015`."""
    first, _, last = cycle.partition("-")
    return swedish.span(first, last or first)


def rests_on(told: Told, units: Units) -> str:
    """`8 uttalanden från 6 regioner`, `3 uttalanden från Skåne`, `1 uttalande om hela landet`."""
    named = [unit for unit in told.units if unit != NATION]
    regions = sum(unit in units.by_code for unit in named)
    together = len(named) - regions
    from_where = [
        *([plural(regions, "region", "regioner")] if regions else []),
        *([plural(together, "samverkansregion", "samverkansregioner")] if together else []),
    ]
    if len(named) == 1:
        from_where = [place(named[0], units)]
    where = [f"från {listing(from_where)}"] if named else []
    where += ["om hela landet"] if NATION in told.units else []
    return f"{plural(len(told), 'uttalande', 'uttalanden')} {listing(where)}"


def shown_round(found: Round, cycle: str) -> str:
    """Which conversations the page shows, and a warning when they are not of the cycle."""
    if found.cycle == cycle:
        return f"Sidan visar samtalen {years(found.cycle)}."
    return (
        f"Sidan visar samtalen {years(found.cycle)}, de senaste som är registrerade. "
        "Det som sades då behöver inte gälla i dag."
    )


def material(found: Round) -> list[str]:
    """What the round rests on and who published it, as far as somebody has said."""
    said = (("Underlag", found.material), ("Källa", found.source))
    return [f"{name}: {text.rstrip('.')}." for name, text in said if text]


def findings(
    arena: Arena,
    pictures: Sequence[Picture],
    structure: Sequence[Answered],
    answers: Sequence[Answered],
    lessons: Sequence[Called],
    catalogue: Catalogue,
) -> list[Finding]:
    """What was heard, in a few lines."""
    themes, units = catalogue.dialogue.themes, catalogue.units
    of = {view: [p for p in pictures if p.view == view] for view in VIEWS}
    challenged = [p for p in of["lika"] if p.shared(CHALLENGE)]
    strong = [p for p in of["lika"] if p not in challenged and p.shared(STRENGTH)]
    made = [
        (VIEWS["olika"], _themes(of["olika"]), "teman"),
        ("Samma utmaning", _themes(challenged), "teman"),
        ("Samma styrka", _themes(strong), "teman"),
        ("Samma önskan", _themes(p for p in of["lika"] if p not in [*challenged, *strong]), "teman"),
        ("Flera tar upp", _themes(of["flera"], kinds=True), "teman"),
    ]
    for party in arena.parties:
        alone = [p for p in of["en part"] if p.told.parties == (party.slug,)]
        made.append((f"Bara {party.in_sentence}", _themes(alone, kinds=True), "teman"))
    made.append(("Saknas", "; ".join(_short_of(a, themes, units) for a in structure if a.lacking), "uppbyggnad"))
    made.append(("Svar", _answered(answers, units), "svar"))
    made.append(("Lärdomar", _lessons(lessons, units), "lardomar"))
    return [(what, f"{capital(words)}.", where) for what, words, where in made if words]


def _themes(pictures: Iterable[Picture], kinds: bool = False) -> str:
    """The names of themes, each with what is told of it where that is not said already."""
    return listing(within(p.theme.name) + (f" ({listing(_kinds(p.told)).lower()})" if kinds else "") for p in pictures)


def _kinds(told: Told) -> list[str]:
    return [KINDS[kind] for kind in SPOKEN if told.of(kind)]


def _answered(answers: Sequence[Answered], units: Units) -> str:
    told = Told(tuple(s for a in answers for s in a.told.statements))
    if not told:
        return ""
    where = listing(place(unit, units) for unit in told.units)
    who, what = plural(len(told.parties), "part", "parter"), plural(len(answers), "fråga", "frågor")
    alike = sum(len(voices(a.told)) == 1 and len(a.told.parties) > 1 for a in answers)
    on = "alla" if alike == len(answers) else f"{number(alike)} av dem"
    together = f". Svaret är gemensamt på {on}" if alike else ""
    return f"{who} i {where} har svarat på {what}{together}"


def _lessons(lessons: Sequence[Called], units: Units) -> str:
    if not lessons:
        return ""
    givers = Told(tuple(c.lesson for c in lessons)).units
    met = {offer.unit.code for c in lessons for offer in c.offers}
    said = f"{plural(len(lessons), 'lärdom', 'lärdomar')} från {listing(place(unit, units) for unit in givers)}"
    where, what = plural(len(met), "region", "regioner"), "problemet" if len(lessons) == 1 else "något av problemen"
    return f"{said}. Siffrorna i {where} visar {what}" if met else said


def lacking(answered: Answered, units: Units) -> str:
    """The question, and where it was answered that something is missing: `Finns ett forum? «Nej» i Skåne`."""
    told = [s for s in answered.told.statements if s.answer in answered.question.lacking]
    places = {a: Told(tuple(s for s in told if s.answer == a)).units for a in answered.question.answers}
    where = [f"«{a}» i {listing(place(unit, units) for unit in found)}" for a, found in places.items() if found]
    return f"{answered.question.text} {capital(', '.join(where))}"


def _short_of(answered: Answered, themes: dict[str, Theme], units: Units) -> str:
    """What is missing and where, by the name of the question's theme."""
    question = answered.question
    what = within(themes[question.theme].name) if question.theme else question.text
    return f"{what} i {listing(place(unit, units) for unit in answered.lacking)}"


def spoken(told: Told) -> str:
    """The kinds of things that are told, with their number where it is more than one: `utmaning (3), förslag`."""
    found = [(KINDS[kind].lower(), len(told.of(kind))) for kind in SPOKEN]
    return capital(", ".join(f"{name} ({number(n)})" if n > 1 else name for name, n in found if n)) or MISSING


def how_seen(picture: Picture, arena: Arena) -> str:
    """What each party tells of the theme, those that tell of the same things together."""
    found: dict[tuple[Kind, ...], list[str]] = {}
    for party in arena.parties:
        told = picture.told.by(party.slug)
        if kinds := tuple(kind for kind in SPOKEN if told.of(kind)):
            found.setdefault(kinds, []).append(party.in_sentence)
    ordered = sorted(found.items(), key=lambda tells: SPOKEN.index(tells[0][0]))
    only = "Bara " if picture.view == "en part" else ""
    said = [f"{listing(who)} {listing(_TELLS[kind] for kind in kinds)}" for kinds, who in ordered]
    return f"{capital(only + ', '.join(said))}."


def shows(offer: Offer) -> tuple[str, str, str]:
    """The strongest figure behind an offer: the region's value, Riket's at the same time, what the figure shows."""
    first = offer.because[0]
    assert first.result is not None
    result = first.result
    nation = figure(result.indicator, result.nation_now.value) if result.nation_now else MISSING
    value = f"{figure(result.indicator, result.latest.value)} ({period(result.indicator, result.latest.when)})"
    more = len(offer.because) - 1
    also = f"; {plural(more, 'mått', 'mått')} till visar problem" if more else ""
    return value, nation, listing(_SIGNALS[signal] for signal in signals(first)) + also


def name_of_reason(offer: Offer) -> str:
    first = offer.because[0]
    assert first.result is not None
    return of.name_of(first.result)


def called_by(called: Called) -> str:
    """How many regions' figures call for a lesson, and for how many that cannot be told."""
    if not called.indicators:
        return "Inget mått visar problemet, så lärdomen kan inte jämföras med siffror."
    untold = len(called.untold)
    regions = plural(untold, "region", "regioner")
    rest = f" För {regions} går det inte att säga: uppgifter saknas, eller kan inte jämföras." if untold else ""
    if not called.offers:
        return f"Ingen annan regions siffror visar problemet.{rest}"
    shown = plural(len(called.offers), "annan region", "andra regioner")
    return f"Siffrorna visar problemet i {shown}.{rest}"


def because(one: Recommended, arena: Arena, themes: dict[str, Theme], units: Units) -> str:
    """What the recommendation rests on."""
    told, rule = one.evidence, one.rule
    if rule.question is not None:
        return f"{lacking(Answered(arena.question(rule.question), told), units)}."
    assert rule.theme is not None
    name = within(themes[rule.theme].name)
    says = "har olika bilder" if rule.when == "olika bild" else "berättar om en utmaning"
    return f"{capital(parties(told.parties, arena))} {says} i temat {name} ({rests_on(told, units)})."


def byline(voice: Voice, statement: Statement, among: Told, units: Units) -> str:
    """`Beställarchef, Skåne`: in which role it was said, and where if `among` comes from several units.

    What parties say together they say in several roles, and none is told.
    """
    role = statement.role if len(voice.parties) == 1 else ""
    where = place(statement.unit, units) if len(among.units) > 1 else ""
    return capital(", ".join(part for part in (role, where) if part))
