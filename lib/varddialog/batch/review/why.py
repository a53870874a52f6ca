"""Why a report differs from what its cells give now, where that can be known from what it was made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from varddialog.batch.fingerprint import NOTEBOOK_PARTS, Inputs, inputs, shared_inputs
from varddialog.batch.reasons import changed
from varddialog.batch.record import read_record
from varddialog.batch.review.rendered import PAGE, Rendered
from varddialog.batch.runner import versions
from varddialog.config import SNAPSHOT, Project
from varddialog.data.changes import Change, changes
from varddialog.data.schema import MANIFEST
from varddialog.data.store import Store
from varddialog.errors import DataError
from varddialog.model.catalogue import Catalogue
from varddialog.prose.words import figure, period
from varddialog.swedish import listing

BY_HAND = "Notebooken har ändrats för hand sedan den gjordes."
# of a record that does not tell what the file was like when it was written
LIKELY_BY_HAND = "Utdata har ändrats för hand: ingenting som rapporten är gjord av har ändrats."
OTHER_COPY = (
    "Notebooken är inte den som gjordes i {folder}: den är ändrad för hand, eller gjord vid ett annat tillfälle."
)
PAGE_BY_HAND = "Sidan har ändrats för hand: den är inte vad notebooken ger."
IN_PROGRAM = (
    "Ingenting som rapporten är gjord av har ändrats, och filen är som den skrevs. Det är ett fel i programmet."
)
UNKNOWN = "Det går inte att säga varför: {folder} har ingen uppgift om vad rapporten är gjord av."


@dataclass(frozen=True)
class Why:
    """reasons: in words. observations: values that differ from those that the report was made of, in words, those of
    its own unit first. key: a checksum of what the cells are made of now."""

    reasons: tuple[str, ...]
    observations: tuple[str, ...]
    key: str
    unchanged: bool

    def told(self, differ: Collection[str]) -> list[str]:
        """The reasons that matter. differ: names of the cells that do."""
        if not self.unchanged:
            return list(self.reasons)
        return [PAGE_BY_HAND] if set(differ) == {PAGE} else list(self.reasons) if differ else []


def why(rendered: Rendered, here: Project, catalogue: Catalogue) -> Why:
    """What has changed since the report was made. Raises DataError when the store cannot be read."""
    job = rendered.job
    folder = here.show(rendered.output / job.cycle)
    record = read_record(rendered.output / job.cycle, job.cycle)
    shared = shared_inputs(here, catalogue)
    now = inputs(job, shared.beside(record.scraps))
    key = " ".join(now.parts[part] for part in NOTEBOOK_PARTS)
    known = record.jobs.get(job.key)
    if known is None or not known.inputs.parts:
        return Why((UNKNOWN.format(folder=folder),), (), key, unchanged=True)
    then, first = known.inputs, []
    reasons = [f"{reason[0].upper()}{reason[1:]}." for reason in changed(job, then, now)]
    reasons += _versions(record.versions)
    if known.rendered not in ("", rendered.version) or (not known.rendered and not reasons):
        sure = BY_HAND if known.rendered else LIKELY_BY_HAND
        first = [sure if rendered.in_place else OTHER_COPY.format(folder=folder)]
    elif not reasons:
        first = [IN_PROGRAM]
    observations = _observations(rendered, then, now, here, catalogue) if reasons else ()
    return Why((*first, *reasons), tuple(observations), key, unchanged=not reasons)


def _versions(then: dict[str, str]) -> list[str]:
    now = versions(name for name in then if name != "python")
    differ = [f"{name} {then[name]} → {now[name]}" for name in then if then[name] != now[name]]
    return [f"Paketens versioner är andra: {listing(differ)}."] if differ else []


def _observations(rendered: Rendered, then: Inputs, now: Inputs, here: Project, catalogue: Catalogue) -> Iterator[str]:
    """Each value that differs, when the snapshot that the report was made of is still there."""
    if now.shared is None or not then.pieces:
        return
    read = [name for name in now.shared.names(rendered.job, "data") if not name.startswith("data/dialog/")]
    differ = {_series(name) for name in read if then.pieces.get(name) != now.pieces.get(name)}
    before = _snapshot(differ, then, here) if differ else None
    if before is None:
        return
    found = [change for change in changes(before, Store.of(here)) if change.series in differ]
    own = rendered.job.unit.code
    for change in sorted(found, key=lambda change: change.region != own):
        yield _told(change, catalogue)


def _series(piece: str) -> str:
    """The series that a piece of the store belongs to."""
    parts = piece.split("/")
    return parts[2] if parts[1] == "utlandet" else parts[1]


def _snapshot(series: Iterable[str], then: Inputs, here: Project) -> Store | None:
    """The snapshot of the store, other than the one that counts, that has the series as they were."""
    wanted = {key: then.pieces.get(f"data/{key}") for key in series}
    for folder in [here.stores, *sorted(p for p in here.stores.iterdir() if SNAPSHOT.fullmatch(p.name))]:
        if folder != here.store and (folder / MANIFEST).is_file():
            store = Store(folder, here.show(folder))
            try:
                known = store.manifest.series
            except DataError:  # of no use to compare with
                continue
            if all(key in known and known[key].digest == digest for key, digest in wanted.items() if digest):
                return store
    return None


def _told(change: Change, catalogue: Catalogue) -> str:
    indicator = catalogue.indicators.get(change.series)
    unit = catalogue.units.by_code.get(change.region)
    sex = {"K": "kvinnor", "M": "män"}.get(change.sex, "")
    if indicator is None:
        when, values = change.when, [str(v) for v in (change.before, change.after) if v is not None]
    else:
        when = period(indicator, change.when)
        values = [figure(indicator, v) for v in (change.before, change.after) if v is not None]
    place = [indicator.name if indicator else change.series, unit.name if unit else change.region, sex, change.group]
    said = " → ".join(values) if change.kind == "ändrad" else f"{values[0]} ({change.kind})"
    return f"{', '.join(part for part in (*place, when) if part)}: {said}"


def some_observations(found: Sequence[str], most: int) -> list[str]:
    """The first of them, and how many more."""
    return [*found[:most], *([f"… och {len(found) - most} till"] if len(found) > most else [])]
