"""The short report (kortrapport): what stands out in one unit's four reports, as a text of two printed pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup, escape

from varddialog.model.framework import Dimension
from varddialog.pack import Pack
from varddialog.prose import short
from varddialog.prose.evidence import name_of
from varddialog.publish.page import render


@dataclass(frozen=True)
class Part:
    """What is said of one report. address: the report's, empty where the text stands alone."""

    dimension: Dimension
    address: str
    paragraphs: Sequence[Markup]


@dataclass(frozen=True)
class Text:
    """The whole text, names of indicators linked to their cards where reports lie beside it."""

    opening: Markup
    parts: Sequence[Part]
    how_sure: Sequence[str]


def material(packs: Sequence[Pack]) -> list[short.Material]:
    """What the packs hold, as the prose asks for it."""
    return [
        short.Material(
            assessments=list(pack.assessments.values()),
            gaps=sum(len(pack.areas[leaf.slug].gaps) for leaf in pack.dimension.leaves()),
            comparisons=[c for found in pack.comparisons.values() for c in found],
        )
        for pack in packs
    ]


def text(packs: Sequence[Pack], linked: bool) -> Text:
    """The text of one unit. packs: all of its reports. linked: whether the reports lie beside it."""
    unit, reports = packs[0].unit, material(packs)
    addresses = [_addresses(pack) if linked else {} for pack in packs]
    parts = [
        Part(
            pack.dimension,
            f"{pack.dimension.notebook}.html" if linked else "",
            [_with_links(paragraph, known) for paragraph in short.on_report(report, unit)],
        )
        for pack, report, known in zip(packs, reports, addresses, strict=True)
    ]
    everywhere = {name: address for known in reversed(addresses) for name, address in known.items()}
    return Text(_with_links(short.opening(reports, unit), everywhere), parts, short.how_sure(reports, unit))


def _addresses(pack: Pack) -> dict[str, str]:
    """Name → address of its card in the report."""
    named = [(name_of(a.result), a.result.anchor) for a in pack.assessments.values() if a.result]
    named += [(c.heading, c.anchor) for found in pack.comparisons.values() for c in found]
    return {name: f"{pack.dimension.notebook}.html#{anchor}" for name, anchor in named}


def _with_links(said: str, addresses: Mapping[str, str]) -> Markup:
    """The text with each quoted name that has an address as a link."""
    parts = re.split("”([^”]*)”", said)  # every other is a name
    for i in range(1, len(parts), 2):
        address = addresses.get(parts[i])
        link = Markup('<a href="{}">{}</a>').format(address, parts[i]) if address else escape(parts[i])
        parts[i] = Markup("”{}”").format(link)
    return Markup("").join(parts)


def short_report(packs: Sequence[Pack]) -> str:
    """The page of one unit, which lies beside its reports. packs: all of its reports."""
    first = packs[0]
    return render(
        "paper/short_report", first.cycle, home="../", unit=first.unit, text=text(packs, linked=True), paper=paper()
    )


def paper() -> str:
    """The style sheet of what is made for paper."""
    return files("varddialog.publish").joinpath("templates/paper/paper.css").read_text(encoding="utf-8")
