"""The manifest (förteckning): what lies in the store, where each series came from, and checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import ValidationError

from varddialog.config import SNAPSHOT
from varddialog.data.schema import MANIFEST
from varddialog.errors import DataError, Fault
from varddialog.model.base import Model, Text


class StoredFile(Model):
    """One file of the store."""

    sha256: Text
    rows: int


class Retrieval(Model):
    """One time that figures were fetched: the day, and what they were fetched from. Values name it by its number."""

    day: Text
    source: Text


class Origin(Model):
    """Provenance of a series. retrieved: the day when its figures last changed by being fetched.

    api: the API that it was fetched from, empty for what came in another way. title: the source's own title there.
    """

    publisher: Text
    channel: str
    unit: Text
    period: Text
    retrieved: Text
    licence: str | None
    api: str = ""
    title: str = ""


class Series(Origin):
    """Provenance of one indicator's series, or of one international series, and checksums of what it holds.

    digest: the ungrouped rows of all units, and what small counts can hide (`digests.SeriesDigests`); of an
    international series, all of it. group_digests: region → its grouped rows. remarks_digest: the quality remarks,
    empty when there are none. by_sex: whether women and men have rows of their own.
    """

    first_year: int
    last_year: int
    regions: int
    observations: int
    digest: Text
    group_digests: dict[str, str] = {}
    remarks_digest: str = ""
    by_sex: bool = False

    @property
    def origin(self) -> Origin:
        """The provenance alone."""
        return Origin.model_validate(self.model_dump(include=set(Origin.model_fields)))


class Inside(Model):
    """What one series holds inside one region: how many places, values and years, and a checksum of it all.

    digest: of the values and of what the places are called.
    """

    digest: Text
    first_year: int
    last_year: int
    places: int
    observations: int


class WithinSeries(Origin):
    """Provenance of one indicator's values within regions, and what each region has.

    own: the county code of the region whose own values they are, empty for those of a source. regions: county code →
    what there is of it.
    """

    own: str = ""
    regions: dict[str, Inside]

    @property
    def origin(self) -> Origin:
        """The provenance alone."""
        return Origin.model_validate(self.model_dump(include=set(Origin.model_fields)))


class Manifest(Model):
    """data/store/manifest.json, or that of a snapshot beside it.

    lacking: series that the catalogue promises and the sources did not give, with the reason. within: indicator → its
    values within regions, first those of a source, then the regions' own. retrievals: number → retrieval. previous: the
    snapshot that counted before this one, empty for the embedded one, None when this is it.
    """

    files: dict[str, StoredFile]
    series: dict[str, Series]
    international: dict[str, Series]
    lacking: dict[str, str] = {}
    within: dict[str, list[WithinSeries]] = {}
    retrievals: dict[str, Retrieval] = {}
    previous: str | None = None

    def inside(self, region: str) -> dict[str, list[WithinSeries]]:
        """Indicator → its values within one region, for those that have any."""
        found = {key: [s for s in series if region in s.regions] for key, series in self.within.items()}
        return {key: series for key, series in found.items() if series}


def sha256(path: Path) -> str:
    """Checksum of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def mending(folder: Path) -> str:
    """What to do about a snapshot that is damaged: the embedded one is in git, another one is left."""
    if SNAPSHOT.fullmatch(folder.name):
        return "Gå tillbaka med «varddialog data rollback»."
    return "Återställ data/store ur git."


def read_manifest(folder: Path, shown: str) -> Manifest:
    """The store's manifest. Raises DataError when it is missing or unreadable."""
    todo = mending(folder)
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise DataError(Fault("Förteckningen över uppgifterna saknas.", f"{shown}/{MANIFEST}", todo=todo)) from None
    except (ValidationError, UnicodeDecodeError) as error:
        what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise DataError(Fault(f"Förteckningen går inte att läsa: {what}.", f"{shown}/{MANIFEST}", todo=todo)) from None
