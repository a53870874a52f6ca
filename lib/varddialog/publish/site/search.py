"""What the search box knows: regions, areas, indicators and assessments, as a script that needs no server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from varddialog.assessment.answer import Class
from varddialog.assessment.assess import Assessment
from varddialog.prose.answers import SHAPES
from varddialog.prose.evidence import name_of
from varddialog.prose.words import figure, period
from varddialog.publish.page import look
from varddialog.publish.site.indicator import address
from varddialog.publish.site.whole import Whole

FILE = "sok.js"
QUESTIONS = {"vs_nation": "Mot riket", "vs_target": "Mot målnivån", "trend": "Utveckling"}


def search_file(whole: Whole) -> str:
    """`vardSok = {…}`. Each list says what its places hold in `_regions`, `_areas`, `_indicators`, `_assessments`."""
    found = {
        "regioner": _regions(whole),
        "dimensioner": [[d.number, d.name] for d in whole.catalogue.framework.dimensions],
        "omraden": _areas(whole),
        **_indicators_and_assessments(whole),
    }
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    # harmless wherever it is put: no end of a script element, no line that only JavaScript takes for one
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"window.vardSok={text};\n"


def _regions(whole: Whole) -> list[list[str]]:
    """Code, name, official name, all other names in one, address (the list of reports where none is made)."""
    return [
        [
            unit.code,
            unit.name,
            unit.official_name,
            " ".join(unit.also),
            f"{unit.folder}/index.html" if whole.has_cover(unit) else "index.html#regioner",
            unit.folder,
        ]
        for unit in whole.catalogue.units.all
    ]


def _areas(whole: Whole) -> list[list[str | int]]:
    """Slug, name, number of the dimension (0: the context)."""
    framework = whole.catalogue.framework
    leaves = [(leaf, d.number) for d in framework.dimensions for leaf in d.leaves() if whole.of_area(leaf)]
    return [[leaf.slug, leaf.name, n] for leaf, n in [*leaves, (framework.context, 0)]]


def _indicators_and_assessments(whole: Whole) -> dict[str, list[Any]]:
    """The indicators, the classes, and the assessments that point at both by their places in the lists."""
    areas = {row[0]: i for i, row in enumerate(_areas(whole))}
    units = {unit.code: i for i, unit in enumerate(whole.catalogue.units.all)}
    classes = _classes(whole)
    indicators: list[list[str | int]] = []
    assessments: list[list[str | int]] = []
    for key, place in whole.places.items():
        indicator = whole.catalogue.indicators[key]
        by_anchor = whole.assessments.get(key, {})
        about = f"{indicator.definition} {indicator.slug} {indicator.source.publisher}"
        for found in by_anchor.values() or [{}]:
            first = next((a.result for a in found.values()), None)
            name = name_of(first) if first else indicator.name
            report = place.dimension.notebook if place.dimension else ""
            indicators.append(
                [name, areas[place.area.slug], address(indicator), about, report, first.anchor if first else ""]
            )
            for code, a in found.items():
                assessments.append([len(indicators) - 1, units[code], *_told(a, classes, whole)])
    named = [[QUESTIONS[question], klass, SHAPES[klass], look(klass)] for question, klass in classes]
    return {"matt": indicators, "klasser": named, "omdomen": assessments}


def _classes(whole: Whole) -> dict[tuple[str, Class], int]:
    """Question and class → place in the list, for those that occur."""
    answers = [(q, getattr(a, q)) for a in whole.country.assessments if a.result for q in QUESTIONS]
    met = {(question, answer.klass) for question, answer in answers if answer}
    ordered = [(question, klass) for question in QUESTIONS for klass in get_args(Class) if (question, klass) in met]
    return {key: i for i, key in enumerate(ordered)}


def _told(a: Assessment, classes: Mapping[tuple[str, Class], int], whole: Whole) -> list[str | int]:
    """Value, time, the three classes (−1: the question does not apply), and where it leads: 1 the card, or a row."""
    assert a.result is not None
    places: list[str | int] = [figure(a.indicator, a.result.latest.value), period(a.indicator, a.result.latest.when)]
    for question in QUESTIONS:
        answer = getattr(a, question)
        places.append(classes[question, answer.klass] if answer else -1)
    return [*places, 1 if whole.card(a.result) else a.result.row]
