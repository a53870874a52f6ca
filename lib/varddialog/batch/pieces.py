"""The pieces that results are made of, each with its checksum: modules, packages, definitions, series.

Names begin with the part they belong to: `library/figures/svg.py`, `lock/numpy`, `params/mått/N00001`,
`data/N00001/12`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from varddialog.config import Project
from varddialog.data.manifest import Manifest
from varddialog.dialogue.supplement.folder import supplement_files
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Area

# the floors that a notebook stands on, and what puts its hand to a rendered notebook
_NOTEBOOK = (
    "__init__.py", "assessment/", "batch/scrub.py", "config.py", "data/", "dialogue/", "errors.py", "figures/",
    "model/", "pack/", "prose/", "statistics/", "swedish.py", "tables/",
)  # fmt: skip
# writes and checks the store: what a notebook reads of it has checksums of its own
_STORE = (
    "data/changes.py", "data/digests.py", "data/quality/", "data/snapshots.py", "data/sources/", "data/tidy.py",
    "data/own/", "data/update/", "data/verify.py", "data/within/", "data/write.py",
)  # fmt: skip
# but for the terms of each channel, which every source line obeys
_TERMS = ("data/sources/__init__.py", "data/sources/terms.py")
# makes a page of a rendered notebook; the style sheet is the notebook's, which shows it too
_PAGE = ("publish/report.py", "publish/templates/varddialog/")
_PAGE_PACKAGES = ("nbconvert",)
# makes the files beside the reports (publish/files.py), which neither notebooks nor pages use
_FILES = (
    "prose/deck.py", "prose/sheets.py", "prose/short.py", "publish/files.py", "publish/paper/", "publish/slides/",
    "publish/templates/paper/", "publish/workbook/",
)  # fmt: skip
# makes the pages of the web tool
_SITE = (
    "assessment/funnel.py", "dialogue/agenda.py", "dialogue/calendar.py", "figures/funnel.py", "figures/ranking.py",
    "figures/shapes.py", "figures/slope.py", "figures/sweden", "pack/country_figures.py", "publish/",
)  # fmt: skip
# packs what is made and makes none of it
_SHARE = ("publish/share/", "publish/templates/share/")
_SITE_PACKAGES = ("icalendar",)
_FILE_PACKAGES = ("pikepdf", "python-pptx", "weasyprint", "xlsxwriter")
_ENDINGS = (".py", ".j2", ".css", ".js", ".json", ".svg")
_LENGTH = 16


def digest(items: Iterable[str]) -> str:
    """One checksum over texts in their order."""
    return hashlib.sha256("\0".join(items).encode()).hexdigest()[:_LENGTH]


def code(folder: Path) -> dict[str, str]:
    """The modules that a notebook uses (`library/…`), or that make its page (`page/…`), a unit's files (`files/…`) or
    the pages of the web tool (`site/…`)."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        part = _part_of_code(name) if path.suffix in _ENDINGS else None
        if part is not None:
            found[f"{part}/{name}"] = hashlib.sha256(path.read_bytes()).hexdigest()[:_LENGTH]
    return found


def _part_of_code(name: str) -> str | None:
    if name.startswith(_SHARE):
        return None
    for part, names in (("files", _FILES), ("page", _PAGE), ("site", _SITE)):
        if name.startswith(names):
            return part
    is_store = name.startswith(_STORE) and name not in _TERMS
    return "library" if name.startswith(_NOTEBOOK) and not is_store else None


def packages(lock: Path) -> dict[str, str]:
    """The locked packages (`lock/…`), apart those that only make pages of reports (`page/…`), files beside them
    (`files/…`) or pages of the web tool (`site/…`)."""
    lines: dict[str, list[str]] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines() if lock.is_file() else ():
        if line.lstrip().startswith("#") or not line.strip():
            continue
        if match := re.match(r"[\w.-]+", line):
            name = match[0]
        lines.setdefault(name, []).append(line.strip())
    of = {"page": _PAGE_PACKAGES, "files": _FILE_PACKAGES, "site": _SITE_PACKAGES}
    parts = {name: part for part, names in of.items() for name in names}
    return {f"{parts.get(name, 'lock')}/{name}": digest(found) for name, found in lines.items()}


def params(catalogue: Catalogue) -> dict[str, str]:
    """What params/ says, as it was understood: comments and the order of keys do not count."""
    framework, areas = catalogue.framework, catalogue.areas

    def members(leaves: Iterable[Area]) -> list[str]:
        return [f"{leaf.slug} {' '.join(i.id for i in areas.get(leaf.slug, ()))}" for leaf in leaves]

    found = {
        f"params/ramverk/{d.number}": digest([d.model_dump_json(), *members(d.leaves())]) for d in framework.dimensions
    }
    context = framework.context
    found["params/ramverk/kontext"] = digest([context.model_dump_json(), *members(context.leaves())])
    graded = [f"{d.number} {d.graded_by_region}" for d in framework.dimensions]
    found["params/ordning"] = digest([*graded, *members(framework.leaves())])
    found["params/enheter"] = digest(f"{u.code} {u.name} {u.official_name}" for u in catalogue.units.all)
    found |= {f"params/enhet/{u.code}": digest([u.model_dump_json()]) for u in catalogue.units.all}
    for name, cycle in catalogue.cycles.items():
        found[f"params/omgång/{name}"] = digest([cycle.model_dump_json(include={"name", "years", "data_until"})])
        # what of the dialogue is told by its reports; the rest only pages of the web tool tell
        chosen = [f"{key} {visit.focus_areas} {visit.held}" for key, visit in cycle.visits.items()]
        agreed = cycle.model_dump_json(include={"arena", "focus_areas", "agreed"})
        found[f"params/val/{name}"] = digest([agreed, *chosen])
        found[f"site/omgång/{name}"] = digest([cycle.model_dump_json()])
    dialogue = catalogue.dialogue
    found |= {f"params/tema/{slug}": digest([theme.model_dump_json()]) for slug, theme in dialogue.themes.items()}
    found |= {f"params/fokusområde/{slug}": digest([f.model_dump_json()]) for slug, f in dialogue.focus_areas.items()}
    found |= {f"params/arena/{slug}": digest([arena.model_dump_json()]) for slug, arena in dialogue.arenas.items()}
    judged: dict[str, list[str]] = {}
    for judgement in catalogue.judgements.values():
        judged.setdefault(judgement.indicator, []).append(judgement.model_dump_json())
    for key, indicator in catalogue.indicators.items():
        # where the figures are fetched changes nothing that is shown but whether the project computes them
        shown = indicator.model_dump_json(exclude={"live", "compare"})
        found[f"params/mått/{key}"] = digest([shown, str(indicator.is_computed), *judged.get(key, [])])
    return found


def data(manifest: Manifest) -> dict[str, str]:
    """The store's series: the rows of all units, those by group and those within each unit, the remarks and the day of
    retrieval."""
    found = {}
    for key, series in manifest.series.items():
        found[f"data/{key}"] = series.digest
        found[f"data/{key}/källa"] = f"{series.retrieved} {series.remarks_digest}".strip()
        found |= {f"data/{key}/{region}": grouped for region, grouped in series.group_digests.items()}
    for key, several in manifest.within.items():
        for region in sorted({region for series in several for region in series.regions}):
            inside = [f"{s.retrieved} {s.regions[region].digest}" for s in several if region in s.regions]
            found[f"data/{key}/inom/{region}"] = " ".join(inside)
    return found | {f"data/utlandet/{key}": series.digest for key, series in manifest.international.items()}


def dialogue(here: Project, catalogue: Catalogue) -> dict[str, str]:
    """What was said in the dialogues (`data/dialog/<arena>/<cycle>/<file>`), and what regions and analysts have added
    (`params/tillägg/<unit>/<folder>/<unit>/<file>`), file by file."""
    found = {
        f"data/dialog/{path.relative_to(here.dialogue).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(here.dialogue.rglob("*"))
        if path.is_file()
    }
    for unit in catalogue.units.all:
        added = supplement_files(here, unit)
        found |= {f"params/tillägg/{unit.folder}/{name}": key for name, key in added.items()}
    return found
