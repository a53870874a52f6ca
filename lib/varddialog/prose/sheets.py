"""The words of the workbook: what its sheets hold, and how to read them."""

from __future__ import annotations

from varddialog.model.cycle import Cycle
from varddialog.model.indicator import Gap, Indicator
from varddialog.model.units import Unit
from varddialog.swedish import date

DIRECTIONS = {"higher_better": "Högre är bättre", "lower_better": "Lägre är bättre", "none": "Ingen"}


def read_me(unit: Unit, cycle: Cycle, *, within: bool = False) -> list[tuple[str, str]]:
    """The first sheet, line by line: label and text. within: there is a sheet of values within the region."""
    whose = "riket" if unit.is_nation else f"{unit.official_name} och riket"
    return [
        (f"Faktaunderlag: {unit.official_name}", ""),
        ("Dialogomgång", cycle.name),
        ("Uppgifter", f"Öppna uppgifter, som de såg ut {date(cycle.data_until)}."),
        ("Bladen", ""),
        ("Bedömningar", "En rad för varje mått: senaste värdet, riket, bästa region och svaren med säkerhet och skäl."),
        ("Observationer", f"Alla värden för {whose}, efter kön och grupp där sådana finns."),
        *([("Inom regionen", "De värden för kommuner och enheter som rapporterna visar.")] if within else []),
        ("Mått", "Vad varje mått räknar och inte fångar, mätenhet, riktning, målnivåer och källa."),
        ("Metod", "Vad omdömena betyder, och osäkerhetens nivåer."),
        ("Så läser du", ""),
        ("Jämförelser", "Värdet och rikets värde gäller alltid samma tid. Skillnaden räknas på de avrundade värdena."),
        ("Kan ej bedömas", "Uppgifterna räcker inte till ett omdöme. Det är något annat än i nivå."),
        (
            "Tom cell",
            "Uppgiften saknas eller frågan gäller inte måttet; är det ett värde som saknas står skälet bredvid.",
        ),
        ("Anmärkning", "Ett värde med graden fel eller osannolikt är ifrågasatt: det visas men jämförs inte."),
        ("Slumpen", "När många mått prövas avviker några av slumpen ensam."),
        ("Antal", "Värden som skulle kunna peka ut ett fåtal personer är utelämnade."),
        (
            "Källor",
            "Värdena återges oförändrade om det inte står egen beräkning. Skillnader och omdömen är egen beräkning på "
            "uppgifter från källorna.",
        ),
    ]


def covers(indicator: Indicator) -> str:
    """What one value covers."""
    years = indicator.period.years
    return {
        "år": "Ett år",
        "rullande": f"Rullande medelvärde, {years} år",
        "flerår": f"Medelvärde, {years} år",
        "lägesbild": "En dag eller en räkning",
        "månad": "En månad",
        "ackumulerat": "Från starten till och med året",
    }[indicator.period.kind]


def missing(gap: Gap) -> str:
    """Why an indicator has no figures, and who could hold them."""
    return f"Uppgifter saknas: {gap.missing} Kan finnas hos: {gap.holder}"
