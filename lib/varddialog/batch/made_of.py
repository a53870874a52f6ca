"""What each kind of report is made of: the names of the pieces (pieces.py) of params/ and data/ that can change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from varddialog.assessment.likeness import LIKENESS
from varddialog.assessment.reads import Reads, reads, reads_focus, reads_of
from varddialog.batch.plan import Job
from varddialog.data.manifest import Manifest
from varddialog.model.catalogue import Catalogue

# what every report reads of params/
_ALWAYS = ("params/enheter", "params/ordning")


@dataclass(frozen=True)
class Known:
    """What the pieces of a job are told from. names: of all pieces. tagged: ids that the dialogues' records name."""

    catalogue: Catalogue
    manifest: Manifest
    names: Iterable[str]
    tagged: frozenset[str]


def params_of(job: Job, known: Known) -> list[str]:
    """The pieces of params/ that the job's report is made of."""
    cycle, unit = f"params/omgång/{job.cycle}", f"params/enhet/{job.unit.code}"
    own = _under(known, f"params/tillägg/{job.unit.folder}/")
    match job.report.kind:
        case "dimension":
            d, read = job.dimension, reads(job.dimension, job.unit, known.catalogue, known.manifest)
            across = ["params/ordning"] if read.across else []
            frame = [f"params/ramverk/{d.number}", "params/ramverk/kontext", *across, cycle, "params/enheter", unit]
            return [*frame, *_definitions(read), *own]
        case "fokusområde":
            kinds = ("ramverk", "enhet", "tema", "arena")
            frame = [*_ALWAYS, cycle, *(name for kind in kinds for name in _under(known, f"params/{kind}/"))]
            about = f"params/fokusområde/{job.report.subject}"
            return [*frame, about, *_definitions(_read(job, known)), *own]
        case "arena":
            return [*_everything(known, job.cycle), *_definitions(_read(job, known))]
        case _:
            return [*_everything(known, job.cycle), *_under(known, "params/mått/"), *own]


def data_of(job: Job, known: Known) -> list[str]:
    """The pieces of data/ that the job's report is made of, besides the results of other reports."""
    talks = _under(known, "data/dialog/")
    match job.report.kind:
        case "dimension":
            return _stored(reads(job.dimension, job.unit, known.catalogue, known.manifest))
        case "frågor":
            return []
        case "nationell":
            return talks
        case _:
            return [*_stored(_read(job, known)), *talks]


def results_of(job: Job, catalogue: Catalogue) -> list[str]:
    """The keys of the jobs whose results the report is made of."""
    dimensions = [d.notebook for d in catalogue.framework.dimensions]
    match job.report.kind:
        case "frågor":
            return [f"{job.unit.folder}/{name}" for name in dimensions]
        case "nationell" | "slutrapport":
            return [f"{unit.folder}/{name}" for unit in catalogue.units.all for name in dimensions]
        case _:
            return []


def parts_used(job: Job) -> tuple[str, ...] | None:
    """The parts of those results that can change the report; None for all of them."""
    return ("raised",) if job.report.kind == "frågor" else None


def _read(job: Job, known: Known) -> Reads:
    """What a report of the dialogue reads of the store: its own indicators, and those that records name."""
    catalogue, manifest = known.catalogue, known.manifest
    dialogue = catalogue.dialogue
    if job.report.kind == "fokusområde":
        return reads_focus(dialogue.focus_areas[job.report.subject], job.unit, catalogue, manifest)
    arena = dialogue.arenas[job.report.subject or catalogue.cycle(job.cycle).arena]
    own = {
        *arena.indicators,
        *(key for slug in arena.themes for key in dialogue.themes[slug].indicators),
        *LIKENESS,
    } & catalogue.indicators.keys()
    return reads_of(own | known.tagged, catalogue, manifest)


def _everything(known: Known, cycle: str) -> list[str]:
    kinds = ("ramverk", "enhet", "tema", "fokusområde", "arena")
    of_cycle = [f"params/omgång/{cycle}", f"params/val/{cycle}"]
    return [*_ALWAYS, *of_cycle, *(name for kind in kinds for name in _under(known, f"params/{kind}/"))]


def _under(known: Known, start: str) -> list[str]:
    return sorted(name for name in known.names if name.startswith(start))


def _definitions(read: Reads) -> list[str]:
    return [f"params/mått/{key}" for key in read.definitions]


def _stored(read: Reads) -> list[str]:
    """The pieces of the store."""
    return [
        *(f"data/{key}" for key in read.series),
        *(f"data/{key}/{region}" for key, region in read.groups),
        *(f"data/{key}/källa" for key in read.sources),
        *(f"data/utlandet/{key}" for key in read.abroad),
        *(f"data/{key}/inom/{region}" for key, region in read.within),
    ]
