"""What a result was made of, part by part, so that only what has changed is made again and can say why.

A part is a kind of pieces (pieces.py). Checksums of the parts decide whether a result is fresh; the pieces tell which
of them changed, and are kept once for all results of a run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, PrivateAttr

from varddialog.batch import pieces
from varddialog.batch.made_of import Known, data_of, params_of, parts_used, results_of
from varddialog.batch.pieces import digest
from varddialog.batch.plan import Job
from varddialog.config import Project
from varddialog.data.manifest import Manifest, read_manifest, sha256
from varddialog.data.schema import MANIFEST
from varddialog.dialogue.records import read_rounds
from varddialog.model.catalogue import Catalogue

# what the rendered notebook is made of; the page is made of it and of `PAGE`
NOTEBOOK_PARTS = ("notebook", "parameters", "library", "params", "data", "results", "lock")
PAGE = "page"
PARTS = (*NOTEBOOK_PARTS, PAGE)


class Inputs(BaseModel):
    """What one result is made of. Two are equal when every part is.

    parts: part → checksum. parameters: the notebook's own. pieces: the pieces of the run, and only of use for telling
    what changed; written once for all results with the same (`record.write_record`), and empty when they are lost.
    """

    model_config = ConfigDict(extra="forbid")

    parts: dict[str, str] = {}
    parameters: dict[str, str] = {}
    snapshot: str = ""
    _pieces: dict[str, str] = PrivateAttr(default_factory=dict)
    _shared: Shared | None = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Inputs) and self.parts == other.parts

    @property
    def pieces(self) -> dict[str, str]:
        return self._pieces

    @property
    def shared(self) -> Shared | None:
        """What it was made of, as long as the process that asked lives."""
        return self._shared

    def with_pieces(self, known: dict[str, str]) -> None:
        """Join the pieces that were kept apart."""
        self._pieces = known


@dataclass(frozen=True)
class Shared:
    """Every piece that some result is made of, with its checksum, but for the notebooks themselves.

    tagged: indicators that the dialogues' records name. scraps: job → what its notebook handed on, with checksums.
    """

    catalogue: Catalogue
    manifest: Manifest
    pieces: dict[str, str]
    tagged: frozenset[str] = frozenset()
    scraps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def beside(self, scraps: Mapping[str, Mapping[str, str]]) -> Shared:
        """The same, with what other reports have handed on (`RunRecord.scraps`)."""
        return replace(self, scraps=scraps)

    @cached_property
    def snapshot(self) -> str:
        """Names all the pieces together. The index pages are made of them all: another name, other pages."""
        return digest(f"{name} {value}" for name, value in sorted(self.pieces.items()))

    def names(self, job: Job, part: str) -> list[str]:
        """The pieces of one part that the job's result is made of."""
        match part:
            case "params":
                return params_of(job, self._known)
            case "data":
                return data_of(job, self._known)
            case "results":
                return results_of(job, self.catalogue)
        return self._common[part]

    def part(self, job: Job, part: str) -> str:
        """One checksum over them."""
        if part == "results":
            found = ((key, self.scraps.get(key, {})) for key in self.names(job, part))
            used = parts_used(job)
            return digest(
                f"{key} {name} {s[name]}" for key, s in found for name in sorted(s) if used is None or name in used
            )
        if part in ("params", "data"):
            return self._over(self.names(job, part))
        return self._common_digests[part]

    @cached_property
    def _known(self) -> Known:
        # most reports ask for names of few kinds, and none for code or packages
        names = [name for name in self.pieces if name.startswith(("params/", "data/dialog/"))]
        return Known(self.catalogue, self.manifest, names, self.tagged)

    def _over(self, names: list[str]) -> str:
        return digest(f"{name} {self.pieces.get(name, '')}" for name in names)

    @cached_property
    def _common(self) -> dict[str, list[str]]:
        """The pieces of the parts that all jobs share."""
        return {p: sorted(n for n in self.pieces if n.startswith(f"{p}/")) for p in ("library", "lock", PAGE)}

    @cached_property
    def _common_digests(self) -> dict[str, str]:
        return {part: self._over(names) for part, names in self._common.items()}


def shared_inputs(project: Project, catalogue: Catalogue) -> Shared:
    """The pieces as they are now. Raises DataError when the store's manifest is missing or unreadable, or the
    records of the dialogues have faults."""
    manifest = read_manifest(project.store, project.show(project.store))
    found = {
        **pieces.code(project.library),
        **pieces.packages(project.lock),
        **pieces.params(catalogue),
        **pieces.data(manifest),
        **pieces.dialogue(project, catalogue),
        # only the index pages tell of all series where they came from
        "site/manifest": sha256(project.store / MANIFEST),
    }
    rounds = read_rounds(project, catalogue)
    rows = [row for arena in catalogue.dialogue.arenas for r in rounds.of(arena) for row in (r.statements, r.actions)]
    tagged = frozenset(key for several in rows for one in several for key in one.indicators)
    return Shared(catalogue, manifest, found, tagged)


def inputs(job: Job, shared: Shared) -> Inputs:
    """What the job's result is made of, if it is made now."""
    own = {"notebook": _notebook(job.source), "parameters": digest([json.dumps(job.parameters, sort_keys=True)])}
    parts = {part: own.get(part) or shared.part(job, part) for part in PARTS}
    made = Inputs(parts=parts, parameters=job.parameters, snapshot=shared.snapshot)
    made._pieces, made._shared = shared.pieces, shared
    return made


def _notebook(path: Path) -> str:
    """Checksum of a notebook's cells and metadata; what a run leaves in it does not count."""
    raw = path.read_bytes() if path.is_file() else b""
    try:
        found: dict[str, Any] = json.loads(raw)
        cells = [_without(cell, "outputs", "execution_count") for cell in found["cells"]]
        whole = {**_without(found, "cells"), "cells": cells}
    except (ValueError, KeyError, TypeError, AttributeError):  # no notebook: the run will say so
        return hashlib.sha256(raw).hexdigest()[:16]
    return digest([json.dumps(whole, sort_keys=True)])


def _without(found: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Without those keys, and with text in one piece, however it was cut into lines."""
    return {k: "".join(v) if k == "source" else v for k, v in found.items() if k not in keys}
