"""What a result was made of, part by part, so that a stale one can say why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from varddialog.batch.plan import Job
from varddialog.config import Project
from varddialog.data.schema import MANIFEST

# part → how it is named when it has changed
PARTS = {
    "notebook": "notebooken är ändrad",
    "parameters": "parametrarna är ändrade",
    "library": "programmet är ändrat",
    "params": "params/ är ändrat",
    "data": "uppgifterna är ändrade",
    "lock": "paketversionerna är ändrade",
}


def shared_inputs(project: Project) -> dict[str, str]:
    """Checksums of what every job depends on: the library, params, data and the lock."""
    library = (p for p in project.library.rglob("*") if p.suffix in (".py", ".j2", ".css", ".json"))
    return {
        "library": _digest(library, project.library),
        "params": _digest(project.params.rglob("*.yml"), project.params),
        "data": _digest([project.store / MANIFEST], project.store),
        "lock": _digest([project.lock], project.root),
    }


def inputs(job: Job, shared: dict[str, str]) -> dict[str, str]:
    """Checksums of everything that `job`'s result depends on."""
    parameters = hashlib.sha256(json.dumps(job.parameters, sort_keys=True).encode()).hexdigest()
    return {"notebook": _digest([job.source], job.source.parent), "parameters": parameters, **shared}


def changed(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """In words, which parts differ."""
    return [words for part, words in PARTS.items() if before.get(part) != now[part]]


def _digest(paths: Iterable[Path], root: Path) -> str:
    """One checksum over files, by their place below `root` and their bytes. Missing files count as empty."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return total.hexdigest()
