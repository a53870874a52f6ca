"""Makers of what is said of three themes, and of an area whose figures call for collaboration."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from varddialog.dialogue.national import Call, Field, Signs
from varddialog.dialogue.rounds import Kind, Statement
from varddialog.dialogue.themes import Picture, pictures
from varddialog.model.catalogue import Catalogue
from varddialog.model.theme import Theme

QUEUES = Theme(slug="koer", name="Köer", about="Att vänta.", indicators=["A", "B"])
BEDS = Theme(slug="vardplatser", name="Vårdplatser", about="Att ligga.", indicators=["C"])
STATE = Theme(slug="staten", name="Staten", about="Att styra.")
THEMES = (QUEUES, BEDS, STATE)
_row = itertools.count(2)


def said(unit: str, kind: Kind, theme: Theme = QUEUES, party: str = "regionen") -> Statement:
    row = next(_row)
    return Statement(f"samtal.csv:{row}", unit, party, "", theme.slug, kind, f"Uttalande {row}.")


def seen(*statements: Statement) -> list[Picture]:
    return pictures(statements, THEMES)


def everywhere(units: Sequence[str], kind: Kind, theme: Theme = QUEUES) -> list[Statement]:
    return [said(unit, kind, theme) for unit in units]


def area(catalogue: Catalogue, *indicators: str, concerned: Sequence[str] = ()) -> Field:
    """An area with calls of those indicators, which concern those regions."""
    dimension = catalogue.framework.dimensions[1]
    leaf = dimension.leaves()[0]
    codes = tuple(concerned)
    calls = [Call(i, i.lower(), 2, leaf.slug, Signs(2, 0, 0), (), codes, (), (), (), len(codes), 0) for i in indicators]
    return Field(dimension, leaf, tuple(calls))
