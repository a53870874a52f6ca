"""The ways from a page to the material of the dialogue, a row for each sort: before the visit, focus areas, arenas."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from varddialog.publish.site.material import Material, Piece

_BETWEEN = Markup(" · ")

Row = tuple[str, Markup]


def ways_of_unit(material: Material) -> list[Row]:
    """Heading and links of each row on the unit's own cover; what is not there is named with its reason."""
    beside = [p for p in (material.agenda, *material["frågor"], material.supplement) if p]
    rows = _national(material) if material.unit.is_nation else [("Inför besöket", beside), _focus(material)]
    return [(name, _row(pieces, "")) for name, pieces in rows if pieces]


def ways_of_country(material: Material) -> list[Row]:
    """The same of the whole country, from the cycle's folder; only what is there. material: Riket's."""
    folder = f"{material.unit.folder}/"
    there = [(name, [p for p in pieces if p.is_there]) for name, pieces in _national(material)]
    return [(name, _row(pieces, folder)) for name, pieces in there if pieces]


def _focus(material: Material) -> tuple[str, list[Piece]]:
    return "Fokusområden", list(material["fokusområde"])


def _national(material: Material) -> list[tuple[str, list[Piece]]]:
    whole = [*material["nationell"], *material["slutrapport"], *material["frågor"]]
    whole += [p for p in (material.agenda, material.supplement) if p]
    return [("Hela landet", whole), _focus(material), ("Arenor", list(material["arena"]))]


def _row(pieces: Sequence[Piece], folder: str) -> Markup:
    if all(p.state == "inte gjord" for p in pieces):
        return Markup("Inget är gjort än")
    return _BETWEEN.join(_one(piece, folder) for piece in pieces)


def _one(piece: Piece, folder: str) -> Markup:
    if not piece.is_there:
        return Markup("{} ({})").format(piece.name, piece.state)
    old = Markup(" (äldre)") if piece.state == "äldre" else ""
    return Markup('<a href="{}{}">{}</a>{}').format(folder, piece.file, piece.name, old)
