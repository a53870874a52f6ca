"""What calls for collaboration in the country, in words: the signs, the regions concerned, and their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from varddialog.dialogue.national import ENOUGH, SOME, Call, Field, Signs
from varddialog.model.catalogue import Catalogue
from varddialog.model.units import CollaborationRegion, Unit, Units
from varddialog.swedish import capital, listing, number, plural, within

# as many regions as are named in a sentence; more are counted
NAMED = 5

_DOTS = "●●○○"
_OF_NATION = {
    "olika mellan regionerna": "skillnaderna mellan regionerna är större än slumpen förklarar",
    "når inte målnivån": "riket når inte målnivån",
    "försämras": "riket försämras",
}
_SIGNS = (("Spridning", "spread"), ("Allvar", "severity"), ("Utveckling", "trend"))


def dots(points: int) -> str:
    """Points as filled circles of two."""
    return _DOTS[2 - points : 4 - points]


def signs(found: Signs) -> list[tuple[str, str, str]]:
    """Each sign: its name, its points as circles, and in words."""
    return [(name, dots(p), f"{number(p)} av 2") for name, key in _SIGNS for p in [getattr(found, key)]]


def why(field: Field, catalogue: Catalogue) -> str:
    """How much there is in the area, and the clearest of it."""
    where = f" berör {plural(len(field.concerned), 'region', 'regioner')}" if field.concerned else ""
    many = f"{plural(len(field.calls), 'mått', 'mått')}{where}."
    return f"{capital(many)} Tydligast: {within(catalogue.indicators[field.calls[0].indicator].name)}."


def seen(field: Field) -> str:
    """What is seen in the area, in a sentence."""
    kinds = {r.kind for call in field.calls for r in call.nation}
    found = [words for kind, words in _OF_NATION.items() if kind in kinds]
    return f"{capital(listing(found) or 'flera regioner har samma problem')}."


def regions(call: Call) -> list[tuple[str, tuple[str, ...]]]:
    """Each thing that regions share, and their codes; only what there is."""
    compared = f" av {number(call.compared)}"
    judged = f" av {number(call.judged)}"
    parts = [
        (f"Sämre än riket ({number(len(call.worse))}{compared})", call.worse),
        (f"Når inte målnivån ({number(len(call.missed))}{judged})", call.missed),
        (f"Försämras ({number(len(call.worsening))}{compared})", call.worsening),
        (f"Halkar efter eller tappar försprång ({number(len(call.behind))}{compared})", call.behind),
    ]
    return [(name, codes) for name, codes in parts if codes]


def summary(fields: Sequence[Field], calls: Sequence[Call], missing: int) -> list[str]:
    """What stands out, how much of it there is, and what is missing."""
    if not fields:
        return ["Inget mått har tillräckligt tydliga tecken för att lyftas fram för nationell samverkan."]
    first = listing(within(field.area.name) for field in fields[:3])
    said = [
        f"Tydligast är tecknen i {first}.",
        f"Sammanlagt talar {plural(len(calls), 'mått', 'mått')} för samverkan, i "
        f"{plural(len(fields), 'område', 'områden')}.",
    ]
    if missing:
        said.append(f"{capital(plural(missing, 'rapport', 'rapporter'))} saknas och räknas inte med.")
    return said


def order() -> list[str]:
    """How the areas were chosen and put in order, in full."""
    some = plural(SOME, "region", "regioner")
    return [
        "Varje mått får noll till två poäng för vart och ett av tre tecken.",
        "Spridning: två när skillnaderna mellan regionerna är större än slumpen förklarar, en när minst "
        f"{some} är sämre än riket.",
        "Allvar: en när riket inte når målnivån och en när minst hälften av de regioner som kan bedömas inte gör det.",
        f"Utveckling: två när riket försämras, en när minst {some} försämras, halkar efter eller tappar försprång.",
        f"Ett mått med minst {number(ENOUGH)} poäng talar för samverkan. Ett område får för varje tecken det högsta "
        "som något av dess mått har. Områdena ordnas efter summan av poäng, sedan spridning, allvar och utveckling, "
        "och sist efter hur många mått och regioner det gäller.",
        "Poängen är projektets sätt att ordna det som inte går att mäta i samma enhet. De säger inget om orsaker, och "
        "inte att staten och regionerna måste samverka.",
    ]


def of_collaboration(region: CollaborationRegion, fields: Sequence[Field]) -> list[tuple[Field, list[Unit]]]:
    """The areas in which at least two of the members are concerned, those with most members first."""
    found = [(field, [u for u in region.members if u.code in field.concerned]) for field in fields]
    several = [(field, members) for field, members in found if len(members) > 1]
    return sorted(several, key=lambda row: -len(row[1]))


def among(members: Sequence[Unit], region: CollaborationRegion) -> str:
    """`4 av 7: Uppsala, …`."""
    return f"{number(len(members))} av {number(len(region.members))}: {listing(u.name for u in members)}"


def names(codes: Iterable[str], units: Units) -> list[Unit]:
    """The regions in the order of the codes."""
    return [units.by_code[code] for code in codes]
