"""What each class means, in a line that a reader without statistics takes in."""

from __future__ import annotations

from dataclasses import dataclass

from varddialog.assessment.answer import Class
from varddialog.prose.answers import SHAPES


@dataclass(frozen=True)
class Meaning:
    """Classes that are told together: what they mean, and the name they share if they are too many to list."""

    classes: tuple[Class, ...]
    said: str
    name: str = ""

    @property
    def names(self) -> list[tuple[str, str]]:
        """Shape and name of each, or all shapes and the one name."""
        shapes = [SHAPES[klass] for klass in self.classes]
        if self.name:
            return [("".join(dict.fromkeys(shapes)), self.name)]
        return list(zip(shapes, self.classes, strict=True))


# the question, its rule, and its classes with what they mean; a name stands for those that mean the same thing
MEANINGS: tuple[tuple[str, str, tuple[Meaning, ...]], ...] = (
    (
        "Mot riket",
        "regel-riket",
        (
            Meaning(("bättre", "sämre"), "Skillnaden är större än slumpen brukar ge, och stor nog att ha betydelse."),
            Meaning(("i nivå",), "Ingen skillnad av betydelse, och osäkerheten är liten nog för att säga det."),
            Meaning(("högre", "lägre"), "Som bättre och sämre, för mått där varken högt eller lågt är i sig bättre."),
            Meaning(("beskrivande",), "Värdet står bredvid rikets, men hur osäkert det är går inte att säga."),
            Meaning(("kan ej bedömas",), "Uppgifterna räcker inte till ett omdöme. Det är något annat än i nivå."),
        ),
    ),
    (
        "Mot målnivån",
        "regel-mal",
        (
            Meaning(
                ("uppnådd, säkert", "ej uppnådd, säkert"),
                "Hela osäkerhetsintervallet ligger på samma sida om målnivån som värdet.",
            ),
            Meaning(
                ("uppnådd, osäkert", "ej uppnådd, osäkert"),
                "Värdet ligger på den sidan, men intervallet når över på den andra eller är okänt.",
            ),
            Meaning(
                ("under, säkert", "under, osäkert", "inom, säkert", "inom, osäkert", "över, säkert", "över, osäkert"),
                "För målnivåer som är ett intervall; säkert eller osäkert som ovan.",
                "under, inom, över",
            ),
            Meaning(
                (
                    "måttlig nivå uppnådd, säkert",
                    "måttlig nivå uppnådd, osäkert",
                    "hög nivå uppnådd, säkert",
                    "hög nivå uppnådd, osäkert",
                ),
                "För målnivåer i två steg; säkert eller osäkert som ovan.",
                "måttlig, hög nivå uppnådd",
            ),
        ),
    ),
    (
        "Utveckling",
        "regel-trend",
        (
            Meaning(
                ("förbättras", "försämras"),
                "Förändringen är större än slumpen brukar ge, och stor nog att ha betydelse.",
            ),
            Meaning(("ökar", "minskar"), "Samma sak för mått utan en riktning som är bättre."),
            Meaning(("oförändrat",), "Ingen förändring av betydelse, och osäkerheten är liten nog för att säga det."),
        ),
    ),
    (
        "Variation mellan regioner",
        "regel-variation",
        (
            Meaning(("skillnad",), "Regionerna skiljer sig mer än slumpen förklarar. Sägs bara om riket."),
            Meaning(("ingen säker skillnad",), "Skillnaderna är inte större än slumpen kan förklara."),
        ),
    ),
    (
        "Skillnader mellan grupper",
        "regel-skillnader",
        (
            Meaning(("skillnad",), "Källans intervall för grupperna längst isär överlappar inte."),
            Meaning(("ingen säker skillnad",), "Intervallen överlappar. Det visar inte att grupperna är lika."),
        ),
    ),
)
