"""The method page: what each class means, how it is reached, worked examples, and how every indicator is assessed."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from varddialog.assessment import worked
from varddialog.assessment.overview import (
    COLUMNS,
    NO_VALUE,
    Country,
    indicator_overviews,
    tally,
)
from varddialog.assessment.uncertainty import LABELS
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.pack.fragment import stylesheet, templates
from varddialog.prose.answers import SHAPES
from varddialog.prose.words import period
from varddialog.publish.method.examples import nation_view, trend_view
from varddialog.publish.method.listing import listed
from varddialog.publish.method.meanings import MEANINGS
from varddialog.swedish import NBSP, capital, listing, number, signed
from varddialog.tables.html import table

PAGE = "metod.html"
# of remarks, the gravest first; the last one stops nothing
GRADES = ("fel", "osannolikt", "upplysning")
# the sections in order: address and name
CONTENTS = (
    ("omdomen", "Vad omdömena betyder"),
    ("rakna-om", "Så räknar du om ett omdöme"),
    ("regel-osakerhet", "Osäkerhet"),
    ("regel-relevans", "Relevansgränsen"),
    ("regel-riket", "Mot riket"),
    ("regel-mal", "Mot målnivån"),
    ("regel-trend", "Utveckling"),
    ("regel-avstand", "Avståndet till riket"),
    ("regel-manad", "Månadsvärden"),
    ("regel-skillnader", "Skillnader mellan grupper"),
    ("regel-gradering", "Omotiverade och väsentliga"),
    ("regel-variation", "Variation"),
    ("regel-basta", "Bästa region"),
    ("regel-lika", "Liknande regioner"),
    ("regel-sma-tal", "Små tal"),
    ("regel-slump", "Slumpen"),
    ("regel-kvalitet", "Kvalitetskontroller"),
    ("granser", "Vad metoden inte kan säga"),
)
EXAMPLES = ("exempel", "Räknade exempel")
LISTS = (("antal", "Antal av varje omdöme"), ("matten", "Måtten"))
_QUESTIONS = {
    "vs_nation": "Mot riket",
    "vs_target": "Mot målnivån",
    "trend": "Utveckling",
    "variation": "Variation",
    "inequality": "Skillnader mellan grupper",
}


def method_page(country: Country, catalogue: Catalogue, store: Store, cycle: Cycle) -> str:
    """The page as HTML. country: all assessments of the same catalogue and store."""
    found = country.assessments
    first = catalogue.units.regions[0]
    of_first = [a for a in found if a.unit == first]
    nation_example = worked.against_nation(of_first)
    besides = nation_example.assessment.indicator.id if nation_example else None
    trend_example = worked.trend(of_first, besides)
    largest = country.share and (catalogue.units.by_code[country.share[0]], country.share[1])
    return (
        templates("varddialog.publish")
        .get_template("method/method.html.j2")
        .render(
            cycle=cycle,
            css=stylesheet(),
            home=None,
            number=number,
            signed=signed,
            period=period,
            listing=listing,
            classes=[(question, rule, [(m.names, m.said) for m in rows]) for question, rule, rows in MEANINGS],
            shape=SHAPES.__getitem__,
            country=country,
            own_limits=sum(i.relevance is not None for i in catalogue.indicators.values()),
            markers=sum(count for marker, count in country.markers.items() if marker != "cannot_be_calculated"),
            judgements=len(catalogue.judgements),
            remarks=_remarks(store),
            contents=[*CONTENTS, *([EXAMPLES] if nation_example or trend_example else []), *LISTS],
            level_counts=_level_counts(country),
            labels={level: label.replace(" %", f"{NBSP}%") for level, label in LABELS.items()},
            counts=_counts(country),
            least=worked.least_scores(26),
            nation_example=nation_view(nation_example, catalogue.units) if nation_example else None,
            trend_example=trend_view(trend_example) if trend_example else None,
            most_years=worked.MOST_YEARS,
            first=first,
            largest=largest,
            listed=listed(indicator_overviews(found), catalogue, store.manifest),
        )
    )


def _level_counts(country: Country) -> dict[str, int]:
    """How many values, one for each indicator and unit, have each level."""
    levels = [a.uncertainty.level for a in country.assessments if a.result]
    return {level: levels.count(level) for level in LABELS}


def _counts(country: Country) -> list[Markup]:
    """A table for each answer: its classes by level."""
    made = []
    for name, question in _QUESTIONS.items():
        found = tally(country.assessments, name)
        columns = [c for c in COLUMNS if c in LABELS or any(row[c] for row in found.counts.values())]
        rows = [
            [f"{SHAPES[klass]} {klass}", *(number(row[c]) for c in columns), number(sum(row.values()))]
            for klass, row in found.counts.items()
        ]
        totals = found.totals
        rows.append(["Alla", *(number(totals[c]) for c in columns), number(sum(totals.values()))])
        header = ["Omdöme", *(c if c == NO_VALUE else f"Nivå {c}" for c in columns), "Alla"]
        made.append(table(f"{question}: antal omdömen efter osäkerhetens nivå", header, rows))
    return made


def _remarks(store: Store) -> Markup:
    """How many remarks of each kind there are, the graver kinds first."""
    counted = Counter(zip(*(store.remarks()[column] for column in ("level", "check")), strict=True))
    rows = sorted(counted.items(), key=lambda row: (GRADES.index(row[0][0]), row[0][1]))
    stops = {True: "nej", False: "ja"}
    body = [[capital(check), level, stops[level == GRADES[-1]], number(count)] for (level, check), count in rows]
    return table("Anmärkningar i underlaget", ["Kontroll", "Grad", "Stoppar bedömningen", "Antal"], body)
