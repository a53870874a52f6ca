"""What the receiver reads first: what is inside, where to begin, how to see that nothing was altered, on what terms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from varddialog.batch.plan import Job
from varddialog.batch.review.log import LOG
from varddialog.dialogue.calendar import FILE as CALENDAR
from varddialog.model.cycle import Cycle
from varddialog.model.units import Unit
from varddialog.publish.method.page import PAGE as METHOD
from varddialog.publish.page import render
from varddialog.publish.share import manifest
from varddialog.publish.share.manifest import Source
from varddialog.publish.site.cover import FILES
from varddialog.publish.site.cover import PAGE as COVER
from varddialog.publish.site.cycle import PAGE as CYCLE
from varddialog.publish.site.indicator import FOLDER as INDICATORS
from varddialog.publish.site.material import AGENDA, SUPPLEMENT
from varddialog.swedish import date

NAME = "LÄS MIG.html"
SOURCES = "kallor.html"
LICENCE = "LICENS.txt"


@dataclass(frozen=True)
class Line:
    """One thing in the archive. href: its path; notebook: the path of the notebook behind it, empty where none is."""

    href: str
    name: str
    what: str
    notebook: str = ""


def read_me(unit: Unit, cycle: Cycle, jobs: Sequence[Job], inside: Collection[str], about: Sequence[Source]) -> bytes:
    """The page as HTML. jobs: the unit's reports. inside: every path in the archive."""
    reports = [
        Line(f"{unit.folder}/{job.report_page.name}", *_told(job), f"{unit.folder}/{job.notebook.name}") for job in jobs
    ]
    others = [
        *(Line(f"{unit.folder}/{name}", title, what) for name, title, what in FILES),
        Line(f"{unit.folder}/{AGENDA}", "Dagordning", "Punkterna i ordning, med underlaget till var och en."),
        Line(f"{unit.folder}/{SUPPLEMENT}", "Regionens tillägg", "Vad regionen själv har lagt till."),
        Line(f"{unit.folder}/{LOG}", "Granskningslogg", "Vilka delar av rapporterna som har granskats, och när."),
        Line(f"{INDICATORS}/index.html", "Alla mått", "En sida för varje mått, med alla regioner och utvecklingen."),
        Line(METHOD, "Så bedöms måtten", "Metoden i ord, och vad varje omdöme betyder."),
        Line(CYCLE, "Dialogen", "Dialogomgångens tider, roller och punkter."),
        Line(CALENDAR, "Kalender", "Besöken, att lägga in i en kalender."),
        Line(SOURCES, "Källor och licenser", "Varifrån uppgifterna kommer, och på vilka villkor de får användas."),
        Line(LICENCE, "Licens", "Villkoren för texter, figurer och program (på engelska)."),
        Line(manifest.NAME, "Förteckning", "Varje fils kontrollsumma, och vad rapporterna är gjorda av."),
    ]
    written = {*inside, NAME, SOURCES, LICENCE, manifest.NAME}
    page = render(
        "share/read_me",
        cycle,
        home="",
        unit=unit,
        cover=f"{unit.folder}/{COVER}",
        reports=reports,
        others=[line for line in others if line.href in written],
        publishers=sorted({source.publisher for source in about}),
        manifest=manifest.NAME,
        sources=SOURCES,
        example=f"{unit.folder}\\{COVER}",
        posix=f"{unit.folder}/{COVER}",
        archive=archive_name(unit, jobs[0].cycle),
    )
    return page.encode()


def sources_page(unit: Unit, cycle: Cycle, about: Sequence[Source]) -> bytes:
    """The terms of every series, as HTML."""
    page = render(
        "share/sources",
        cycle,
        home="",
        unit=unit,
        read_me=NAME,
        licence=LICENCE,
        sources=about,
        days=lambda source: " till ".join(date(day) for day in dict.fromkeys(source.retrieved)),
    )
    return page.encode()


def archive_name(unit: Unit, cycle: str) -> str:
    """The archive's own name. cycle: its slug."""
    return f"varddialog-{unit.folder}-{cycle}.zip"


def _told(job: Job) -> tuple[str, str]:
    """A report's name, and what it is for."""
    about = job.report
    if about.dimension:
        return f"{about.dimension.number} {about.name}", about.dimension.question
    if about.kind == "fokusområde":  # whose own text is why it was chosen
        return f"Fokusområde: {about.name}", "Det viktigaste om fokusområdet, och nyckelfrågor att ta upp."
    return about.name, about.about
