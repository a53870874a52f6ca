"""The archive's manifest (förteckning): what is in it, with checksums, and what it was made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from varddialog.model.base import Model

NAME = "manifest.json"
FORMAT = 1


class Source(Model):
    """Series with the same publisher, channel and terms. licence and attribution: in words, empty when not stated.

    indicators: their names. retrieved: the first and last day that figures were fetched.
    """

    publisher: str
    channel: str
    licence: str
    attribution: str
    retrieved: tuple[str, str]
    indicators: tuple[str, ...]


class MadeOf(Model):
    """What one report was made of: the parameters, and a checksum of each kind of input, as in run.json."""

    parameters: dict[str, str]
    inputs: dict[str, str]


class ArchiveManifest(Model):
    """manifest.json of an archive. unit: official name. files: path → SHA-256 of every other file.

    versions: of Python and packages that made the reports. snapshot: names all inputs of the run together.
    """

    format: int
    unit: str
    folder: str
    cycle: str
    data_until: str
    files: dict[str, str]
    versions: dict[str, str]
    snapshot: str
    reports: dict[str, MadeOf]
    sources: tuple[Source, ...]

    def as_json(self) -> bytes:
        """One file a line, to be read by a person too."""
        return (self.model_dump_json(indent=1) + "\n").encode()


def checksums(files: Mapping[str, bytes]) -> dict[str, str]:
    """Path → SHA-256."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
