"""On which terms figures may be used: licence, how the source is given, and whether own calculations may name it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """The terms of an API or of a channel that figures came through.

    licence: in words, None when none is stated. attribution: how the source of unchanged values is given. names_own:
    whether figures that the project has computed may name the channel.
    """

    licence: str | None
    attribution: str
    names_own: bool = True


# RKA: who has processed figures must not give Kolada as their source
_KOLADA = Terms("Fri användning", "oförändrade värden med «Källa: Kolada»", names_own=False)
# SCB: no source is demanded, and who has processed figures should give none
_SCB = Terms("CC0", "gärna «Källa: SCB» för oförändrade värden", names_own=False)
# the website forbids commercial use; whether that holds for its database is not said
_FOHM = Terms("Oklar licens", "källan ska anges")
_SOCIALSTYRELSEN = Terms("CC0", "gärna «Källa: Socialstyrelsen»")
_FORSAKRINGSKASSAN = Terms(None, "«Källa: Försäkringskassan»")
_EUROSTAT = Terms("CC BY 4.0", "«Källa: Eurostat»")
_OECD = Terms("Fri användning enligt OECD:s villkor", "«Källa: OECD» med datamängd")
_WHO = Terms("Fri användning för folkhälsa enligt WHO:s villkor", "«Källa: WHO» med datamängd och år")
_VARDENISIFFROR = Terms(None, "«Källa: Vården i siffror»; gränssnittet är odokumenterat")
_SWEDRES = Terms("CC BY-SA 4.0", "«Källa: Swedres-Svarm»")
_UNKNOWN = Terms(None, "")

_APIS = {
    "kolada": _KOLADA,
    "scb": _SCB,
    "scb2": _SCB,
    "fohm": _FOHM,
    "socialstyrelsen": _SOCIALSTYRELSEN,
    "forsakringskassan": _FORSAKRINGSKASSAN,
    "eurostat": _EUROSTAT,
    "oecd": _OECD,
    "who": _WHO,
    "vardenisiffror": _VARDENISIFFROR,
}

# words in a channel's name, the first that is found deciding: a channel may also name whom it got its figures from
_CHANNELS = {
    "Kolada": _KOLADA,
    "Swedres-Svarm": _SWEDRES,
    "Vården i siffror": _VARDENISIFFROR,
    "Folkhälsodata": _FOHM,
    "Folkhälsomyndigheten": _FOHM,
    "Socialstyrelsens statistikdatabas": _SOCIALSTYRELSEN,
    "Försäkringskassan": _FORSAKRINGSKASSAN,
    "Eurostat": _EUROSTAT,
    "OECD": _OECD,
    "WHO": _WHO,
    "SCB": _SCB,
}


def terms_of(name: str) -> Terms:
    """The terms of an API (`kolada`), or of a channel as a source is written (`Kolada (RKA)`)."""
    if name in _APIS:
        return _APIS[name]
    return next((terms for word, terms in _CHANNELS.items() if word in name), _UNKNOWN)


def licence_of(name: str) -> str | None:
    """Licence and attribution of an API or a channel as the manifest has them, None when no licence is stated."""
    terms = terms_of(name)
    return f"{terms.licence}, {terms.attribution}" if terms.licence else None
