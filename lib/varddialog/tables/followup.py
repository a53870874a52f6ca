"""The actions as tables: how each stands, and how the figures that they aim at have moved since they were decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from varddialog.dialogue.actions import Aim, Followed
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue
from varddialog.prose import followup as say
from varddialog.prose.answers import SHAPES
from varddialog.prose.arena import place
from varddialog.prose.evidence import name_of
from varddialog.swedish import MISSING, capital, number
from varddialog.tables.html import table

Links = Mapping[tuple[str, str], str]  # region code and indicator → the card in the region's report


def actions(followed: Sequence[Followed], arena: Arena, catalogue: Catalogue) -> Markup:
    """Each action with its owner, days and state, the late ones marked."""
    rows = []
    for one in followed:
        action, themes = one.action, catalogue.dialogue.themes
        theme = (
            Markup('<br><small class="vem">{}</small>').format(themes[action.theme].name)
            if action.theme in themes
            else ""
        )
        state = Markup("<strong>✕ {}</strong>").format(say.state(one)) if one.late else say.state(one)
        text = Markup('<span id="atgard-{0}">{0}. {1}</span>{2}').format(number(one.number), action.text, theme)
        where, owner = capital(place(action.unit, catalogue.units)), arena.party(action.owner).name
        rows.append([text, where, owner, say.decided(action), say.due(action), state])
    return table("Åtgärder", ["Åtgärd", "Var", "Ägare", "Beslutad", "Klar senast", "Läge"], rows)


def aims(followed: Sequence[Followed], links: Links) -> Markup | None:
    """Each figure that an action aims at, before the decision and now; None when none of them has an aim."""
    rows = [
        [
            _name(aim, links),
            Markup('<a href="#atgard-{0}">{0}</a>').format(number(one.number)),
            aim.unit.name,
            say.course(aim.movement) if aim.movement else MISSING,
            Markup("{} {}").format(_shape(aim), say.answer(aim, one.action)),
            say.nation(aim.movement),
        ]
        for one in followed
        for aim in one.aims
    ]
    header = ["Mått", "Åtgärd", "Enhet", "Före beslutet → nu", "Förändring", "Riket samma tid"]
    return table("Måtten som åtgärderna siktar på", header, rows) if rows else None


def _name(aim: Aim, links: Links) -> Markup | str:
    name = name_of(aim.movement.result) if aim.movement else aim.indicator.name
    link = links.get((aim.unit.code, aim.indicator.id))
    return Markup('<a href="{}">{}</a>').format(link, name) if link else name


def _shape(aim: Aim) -> Markup:
    klass = aim.movement.answer.klass if aim.movement else "kan ej bedömas"
    look = {"förbättras": "battre", "försämras": "samre"}.get(klass, "")
    return Markup('<span class="tkn {}" aria-hidden="true">{}</span>').format(look, SHAPES[klass])
