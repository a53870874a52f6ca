"""The tables of the final report: themes by region, where regions tell alike, figures beside talks."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from varddialog.dialogue.final import Beside, Heard
from varddialog.dialogue.rounds import Kind
from varddialog.dialogue.themes import SPOKEN, Told
from varddialog.model.units import Unit
from varddialog.prose import final as say
from varddialog.prose import national
from varddialog.swedish import MISSING, number
from varddialog.tables.html import table

_LOOK: dict[Kind, str] = dict(zip(SPOKEN, ("battre", "samre", "", ""), strict=True))


def themes(found: Sequence[Heard], units: Sequence[Unit]) -> Markup:
    """Themes × regions: what kinds of things are told where, as marks, with their number for who listens."""
    head = Markup("").join(Markup('<th scope="col"><div>{}</div></th>').format(unit.name) for unit in units)
    rows = Markup("").join(
        Markup('<tr><th scope="row"><a href="#lika-{}">{}</a></th><td>{}</td><td>{}</td>{}</tr>').format(
            one.theme.slug,
            one.theme.name,
            number(len(one.regions)),
            number(len(one.told)),
            Markup("").join(_marks(one.told.in_unit(unit.code)) for unit in units),
        )
        for one in found
    )
    return Markup(
        '<table class="rutor teman"><caption>Teman och regioner, de som flest regioner talar om först. {}. En punkt '
        'betyder att inget är registrerat.</caption><thead><tr><th scope="col">Tema</th><th scope="col"><div>Regioner'
        '</div></th><th scope="col"><div>Uttalanden</div></th>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(say.key(), head, rows)


def _marks(told: Told) -> Markup:
    """The kinds that are told, in their order."""
    if not told:
        return Markup('<td><span aria-hidden="true">·</span><span class="dold">inget</span></td>')
    shown = Markup("").join(
        Markup('<span class="tkn {}">{}</span>').format(_LOOK[kind], say.MARKS[kind])
        for kind in SPOKEN
        if told.of(kind)
    )
    return Markup('<td><span aria-hidden="true">{}</span><span class="dold">{}</span></td>').format(
        shown, say.counted(told)
    )


def alike(found: Sequence[Heard], rests: Sequence[str]) -> Markup:
    """Each theme: how the regions' pictures lie to each other, and what that rests on, which `rests` tells."""
    rows = []
    for one, words in zip(found, rests, strict=True):
        view, weak, strong = say.alike(one)
        name = Markup('<span id="lika-{}">{}</span>').format(one.theme.slug, one.theme.name)
        rows.append([name, view, weak, strong, words])
    header = ["Tema", "Samlad bild", "Utmaning, regioner", "Styrka, regioner", "Bygger på"]
    return table("De som regionerna berättar detsamma om först", header, rows)


def beside(found: Sequence[Beside], rests: Sequence[str]) -> Markup:
    """Areas in which figures and talks point the same way."""
    rows = []
    for one, words in zip(found, rests, strict=True):
        name = Markup('<a href="nationell-oversikt.html#omrade-{}">{}</a>').format(
            one.field.area.slug, one.field.area.name
        )
        themes = ", ".join(theme.name for theme in one.themes if one.told.about(theme.slug))
        both = f"{number(len(one.both))} av {number(len(one.field.concerned))}" if one.field.concerned else MISSING
        rows.append([name, _signs(one), themes, words, both])
    header = ["Område", "Siffrorna", "Utmaning i temana", "Bygger på", "Berörda regioner som själva tar upp det"]
    return table("Områden där siffrorna talar för samverkan och regionerna själva tar upp en utmaning", header, rows)


def _signs(one: Beside) -> str:
    """`Spridning 2 av 2, allvar 1 av 2`; only the signs that there are."""
    found = [f"{name} {words}" for name, _, words in national.signs(one.field.signs) if not words.startswith("0")]
    return ", ".join(word if i == 0 else word.lower() for i, word in enumerate(found))
