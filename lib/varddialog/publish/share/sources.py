"""On what terms the figures of an archive may be used: publisher, channel, licence, for the series that it shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from varddialog.batch.fingerprint import Shared
from varddialog.batch.plan import Job
from varddialog.data.manifest import Manifest, Origin
from varddialog.data.sources.terms import Terms, terms_of
from varddialog.model.catalogue import Catalogue
from varddialog.model.units import Unit
from varddialog.publish.share.manifest import Source
from varddialog.publish.site.indicator import address


def sources(jobs: Iterable[Job], unit: Unit, shared: Shared, pages: Collection[str]) -> tuple[Source, ...]:
    """The series that the reports are made of and that the indicator pages show, those on the same terms together.

    jobs: the unit's. pages: paths of the archive's files.
    """
    catalogue, manifest = shared.catalogue, shared.manifest
    read = {name.split("/", 1)[1] for job in jobs for name in shared.names(job, "data")}
    shown = {key for key, i in catalogue.indicators.items() if address(i) in pages}
    found: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {}
    for name, origin in _origins(read, shown, unit, catalogue, manifest):
        terms = _terms(origin)
        given = origin.licence or terms.licence or ""
        licence, _, attribution = given.partition(", ")
        key = (origin.publisher, origin.channel, licence, attribution or terms.attribution)
        found.setdefault(key, []).append((name, origin.retrieved))
    return tuple(
        Source(
            publisher=publisher,
            channel=channel,
            licence=licence,
            attribution=attribution,
            retrieved=(min(day for _, day in series), max(day for _, day in series)),
            indicators=tuple(sorted({name for name, _ in series})),
        )
        for (publisher, channel, licence, attribution), series in sorted(found.items())
    )


def _origins(
    read: Collection[str], shown: Collection[str], unit: Unit, catalogue: Catalogue, manifest: Manifest
) -> Iterator[tuple[str, Origin]]:
    """Name and origin of each series. read: pieces of the store, `N00001`, `utlandet/EU_MORT`, `N00001/inom/12`."""
    mine = {name.partition("/")[0] for name in read} | set(shown)
    for key in sorted(mine & manifest.series.keys()):
        yield catalogue.indicators[key].name, manifest.series[key]
    for name in sorted(read):
        kind, _, key = name.partition("/")
        if kind == "utlandet" and key in manifest.international:
            yield f"internationell jämförelse ({key})", manifest.international[key]
    for key, series in sorted(manifest.inside(unit.code).items()):
        yield from ((f"{catalogue.indicators[key].name}, inom regionen", s) for s in series)


def _terms(origin: Origin) -> Terms:
    """The terms of the way that the figures came, or else of their publisher."""
    ways = [terms_of(name) for name in (origin.api, origin.channel, origin.publisher) if name]
    return next((terms for terms in ways if terms.attribution), Terms(None, ""))
