"""The tables of what was said in an arena: themes by party, structure by unit, the regions that call for a lesson."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from varddialog.dialogue.answers import Answered
from varddialog.dialogue.lessons import Offer
from varddialog.dialogue.themes import SPOKEN, Picture, Told
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue
from varddialog.prose import arena as say
from varddialog.swedish import MISSING, capital, number
from varddialog.tables.html import table

# more parties than this do not fit beside each other
MANY = 3


def speaking(pictures: Sequence[Picture]) -> set[str]:
    """Slugs of the parties that have said something."""
    return {party for p in pictures for party in p.told.parties}


def themes(pictures: Sequence[Picture], arena: Arena) -> Markup:
    """Themes × the parties that have spoken: what they tell of, how they see it, and the number of statements.

    With many parties instead themes × what is told of, with the parties that do.
    """
    spoke = speaking(pictures)
    parties = [party for party in arena.parties if party.slug in spoke]
    kinds = [kind for kind in SPOKEN if any(p.told.of(kind) for p in pictures)]
    many = len(parties) > MANY
    heads = [say.KINDS[kind] for kind in kinds] if many else [party.name for party in parties]
    rows = []
    for p in pictures:
        by_kind = [say.parties(p.told.of(kind).parties, arena) or MISSING for kind in kinds]
        by_party = [say.spoken(p.told.by(party.slug)) for party in parties]
        name = Markup('<a href="#tema-{}">{}</a>').format(p.theme.slug, p.theme.name)
        rows.append([name, *(by_kind if many else by_party), say.VIEWS[p.view], number(len(p.told))])
    return table("Teman och parter", ["Tema", *heads, "Samlad bild", "Uttalanden"], rows)


def structure(found: Sequence[Answered], arena: Arena, catalogue: Catalogue) -> Markup:
    """Units × questions on how the dialogue is built, as far as somebody has answered."""
    named, units = catalogue.dialogue.themes, catalogue.units
    answered = Told(tuple(s for a in found for s in a.told.statements)).units
    rows = [[capital(say.place(unit, units)), *(_answers(a, unit, arena) for a in found)] for unit in sorted(answered)]
    heads = [named[a.question.theme].name if a.question.theme else a.question.text for a in found]
    return table("Så är dialogen uppbyggd", ["Enhet", *heads], rows)


def _answers(answered: Answered, unit: str, arena: Arena) -> Markup | str:
    """The answer, or each party's where they differ; what is missing is marked."""
    told = answered.told.in_unit(unit)
    answers = dict.fromkeys(s.answer for s in told.statements)
    if not answers:
        return MISSING
    lines = [
        (f"{arena.party(s.party).name}: {s.answer}" if len(answers) > 1 else capital(s.answer), s.answer)
        for s in (told.statements if len(answers) > 1 else told.statements[:1])
    ]
    lacking = answered.question.lacking
    return Markup("<br>").join(
        Markup("<strong>✕ {}</strong>").format(line) if answer in lacking else line for line, answer in lines
    )


def called(offers: Sequence[Offer], caption: str) -> Markup:
    """The regions whose figures call for a lesson, each figure leading to the region among the others."""
    rows = []
    for offer in offers:
        value, nation, shows = say.shows(offer)
        rows.append([offer.unit.name, _among_others(offer), value, nation, shows])
    return table(caption, ["Region", "Mått", "Regionen", "Riket", "Siffran visar"], rows)


def _among_others(offer: Offer) -> Markup | str:
    """The page of the indicator is there whichever reports are made."""
    first, name = offer.because[0], say.name_of_reason(offer)
    if first.result is None:
        return name
    return Markup('<a href="../matt/{}.html#{}">{}</a>').format(first.indicator.slug, first.result.row, name)


def questions(arena: Arena, structure: bool) -> Markup:
    """The questions of the instrument, to whom they are put, and what there is to choose among."""
    rows = [
        [
            q.text,
            say.parties(q.to, arena),
            Markup("<br>").join(capital(a) for a in q.answers) if q.answers else "med egna ord",
        ]
        for q in arena.questions
        if q.structure == structure
    ]
    caption = "Frågor om hur dialogen är uppbyggd" if structure else "Frågor att samtala om"
    return table(caption, ["Fråga", "Ställs till", "Svar"], rows)
