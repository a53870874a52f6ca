"""Answers in words: the class, how certain it is, and why where nothing can be said."""

from __future__ import annotations

from varddialog.assessment.answer import Answer, Class
from varddialog.assessment.chance import Flags
from varddialog.swedish import NBSP, number

# told by shape and word, never by colour alone
SHAPES: dict[Class, str] = {
    "bättre": "▲",
    "sämre": "▼",
    "i nivå": "■",
    "högre": "△",
    "lägre": "▽",
    "förbättras": "▲",
    "försämras": "▼",
    "oförändrat": "■",
    "ökar": "△",
    "minskar": "▽",
    "uppnådd, säkert": "●",
    "uppnådd, osäkert": "◐",
    "ej uppnådd, osäkert": "◐",
    "ej uppnådd, säkert": "✕",
    "måttlig nivå uppnådd, säkert": "●",
    "måttlig nivå uppnådd, osäkert": "◐",
    "hög nivå uppnådd, säkert": "●",
    "hög nivå uppnådd, osäkert": "◐",
    "under, säkert": "✕",
    "under, osäkert": "◐",
    "inom, säkert": "●",
    "inom, osäkert": "◐",
    "över, säkert": "✕",
    "över, osäkert": "◐",
    "skillnad": "◆",
    "ingen säker skillnad": "○",
    "beskrivande": "○",
    "kan ej bedömas": "◇",
}
# the class in a narrow column; how certain it is, or that nothing can be said, is told by the shape
SHORT: dict[Class, str] = {
    "bättre": "bättre",
    "sämre": "sämre",
    "i nivå": "i nivå",
    "högre": "högre",
    "lägre": "lägre",
    "förbättras": "förbättras",
    "försämras": "försämras",
    "oförändrat": "oförändrat",
    "ökar": "ökar",
    "minskar": "minskar",
    "uppnådd, säkert": "nådd",
    "uppnådd, osäkert": "nådd",
    "ej uppnådd, osäkert": "ej nådd",
    "ej uppnådd, säkert": "ej nådd",
    "måttlig nivå uppnådd, säkert": "måttlig",
    "måttlig nivå uppnådd, osäkert": "måttlig",
    "hög nivå uppnådd, säkert": "hög",
    "hög nivå uppnådd, osäkert": "hög",
    "under, säkert": "under",
    "under, osäkert": "under",
    "inom, säkert": "inom",
    "inom, osäkert": "inom",
    "över, säkert": "över",
    "över, osäkert": "över",
    "skillnad": "olika",
    "ingen säker skillnad": "ej säkert",
    "beskrivande": "",
    "kan ej bedömas": "",
}
_CERTAINTY = {
    "säkerställd": "säkerställt",
    "tydligt säkerställd": "tydligt säkerställt",
    "skattad ur tidsserien": "osäkerheten skattad ur tidsserien",
    "inte säkerställd": "inte säkerställt",
    "okänd": "osäkerheten är okänd",
}


def answer_in_words(answer: Answer) -> str:
    """`bättre, säkerställt`; for what cannot be judged the reason instead."""
    if answer.klass == "kan ej bedömas":
        return f"kan ej bedömas. {answer.reason}"
    if "säkert" not in answer.klass:
        return f"{answer.klass}, {_CERTAINTY[answer.certainty]}."
    # the class says itself whether it is certain; what stays to be said is how that is known
    known = answer.certainty in ("säkerställd", "inte säkerställd")
    return f"{answer.klass}." if known else f"{answer.klass} ({_CERTAINTY[answer.certainty]})."


def chance(found: Flags) -> str:
    """How many comparisons differ, and how many would do so by chance alone."""
    if not found.tested:
        return "Inget mått har uppgifter som gör att skillnaden mot riket kan prövas."
    if found.tested == 1:
        return f"En jämförelse med riket har kunnat prövas; den {'avviker' if found.found else 'avviker inte'}."
    tested = f"{number(found.tested)}{NBSP}prövade jämförelser"
    return (
        f"Av {tested} med riket avviker {number(found.found)}; "
        f"av slumpen ensam väntas omkring {number(found.expected, 0 if found.expected >= 1 else 1)}."
    )
