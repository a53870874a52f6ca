"""How far the material has come, in words and marks: counts that lead to each thing, and why the rest is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from varddialog.model.units import Unit
from varddialog.publish.site.material import Material, Piece, State
from varddialog.swedish import MISSING, listing, number, plural

_SAID: dict[State, str] = {
    "klar": "",
    "äldre": "äldre, senaste körningen misslyckades",
    "misslyckades": "misslyckades",
    "inte gjord": "inte gjord",
}


def how_far(regions: Sequence[Material]) -> str:
    done, count = sum(m.is_complete for m in regions), number(len(regions))
    if done == len(regions):
        return f"Allt är klart för alla {count} regioner."
    if not any(p.is_there for m in regions for p in m.expected):
        return "Inget är gjort än."
    if not done:
        return "En del är gjort, men allt är inte klart för någon region."
    return f"Allt är klart för {number(done)} av {count} regioner."


def totals(regions: Sequence[Material]) -> str:
    """How much is made of each sort, over the regions."""
    parts: list[tuple[str, Callable[[Material], Sequence[Piece]]]] = [
        ("rapporter", lambda m: m["dimension"]),
        ("fokusblad", lambda m: m["fokusområde"]),
        ("frågeblad", lambda m: m["frågor"]),
        ("dagordningar", lambda m: [m.agenda] if m.agenda else []),
    ]
    told = []
    for name, of in parts:
        found = [p for m in regions for p in of(m)]
        if found:
            told.append(f"{number(sum(p.is_there for p in found))} av {number(len(found))} {name}")
    added = sum(m.own > 0 for m in regions)
    own = f"{plural(added, 'region', 'regioner') if added else 'ingen region'} har lagt till något eget"
    return f"{listing([*told])} är klara; {own}." if told else f"Inget material är planerat; {own}."


def links(pieces: Sequence[Piece], unit: Unit) -> Markup:
    """`4 av 4`, and a numbered link to each; what is not made is a number without link that says why.

    While none of them is made, the count is enough.
    """
    if not pieces:
        return Markup(MISSING)
    there = sum(p.is_there for p in pieces)
    if all(p.state == "inte gjord" for p in pieces):
        return Markup("{} av {}").format(number(there), number(len(pieces)))
    marks = Markup(" ").join(_mark(i, p, unit) for i, p in enumerate(pieces, start=1))
    failed = sum(p.state == "misslyckades" for p in pieces)
    told = f"{number(there)} av {number(len(pieces))}" + (f", {number(failed)} misslyckades" if failed else "")
    return Markup('<span class="klart">{}</span> <span class="nummer">{}</span>').format(told, marks)


def _mark(i: int, piece: Piece, unit: Unit) -> Markup:
    said = piece.name if piece.state == "klar" else f"{piece.name}: {_SAID[piece.state]}"
    if piece.is_there:
        link = Markup(
            '<a href="{}/{}" title="{}"><span class="dold">{}, {}</span><span aria-hidden="true">{}</span></a>'
        )
        return link.format(unit.folder, piece.file, said, unit.name, said, number(i))
    return Markup('<span title="{}"><span class="dold">{}</span><span aria-hidden="true">{}</span></span>').format(
        said, said, number(i)
    )


def one(piece: Piece | None, unit: Unit, missing: str) -> Markup:
    """A single thing: a link when it is there, or why it is not."""
    if piece is None:
        return Markup(missing)
    if not piece.is_there:
        return Markup(piece.state)
    old = Markup(" ({})").format(_SAID["äldre"]) if piece.state == "äldre" else ""
    return Markup('<a href="{}/{}">klar<span class="dold">: {}, {}</span></a>{}').format(
        unit.folder, piece.file, piece.name, unit.name, old
    )


def added(material: Material) -> Markup:
    """What the region itself has added, with a link to the page where some of it may stand."""
    if not material.own:
        return Markup(MISSING)
    told = plural(material.own, "text", "texter")
    if material.supplement is None:
        return Markup(told)
    return Markup('<a href="{}/{}">{}<span class="dold">: {}, {}</span></a>').format(
        material.unit.folder, material.supplement.file, told, material.supplement.name, material.unit.name
    )
