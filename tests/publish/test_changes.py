"""What has changed since the last pack: new times, other classes, and nothing where there was no pack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from varddialog.batch.plan import Job
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.pack.glue import NAME, SCRAP
from varddialog.publish.site.changes import changes, last_rows, previous_cycle


def _row(indicator: str, when: str, klass: str | None, value: float = 1.0) -> dict[str, Any]:
    return {"indicator": indicator, "sex": "T", "when": when, "value": value, "vs_nation": klass}


def test_new_times_and_other_classes_are_told(catalogue: Catalogue) -> None:
    before = [
        _row("N79173", "2023", "i nivå"), _row("N79179", "2023", "bättre"), _row("N79222", "2023", "beskrivande"),
        _row("N79224", "2023", "högre"), _row("X1", "2023", "bättre"),
    ]  # fmt: skip
    now = [
        _row("N79173", "2025", "sämre"), _row("N79179", "2023", "bättre"), _row("N79222", "2025", "kan ej bedömas"),
        _row("N79224", "2025", "i nivå"), _row("N79221", "2025", "bättre"),
    ]  # fmt: skip
    found = changes(before, now, catalogue, "2024–2025")
    assert (found.newer, found.added, found.gone, found.since) == (3, 1, 1, "2024–2025")
    # what is good or bad comes first; two ways of not knowing are no change
    assert [m.indicator.id for m in found.moved] == ["N79173", "N79224"]


def test_the_cycle_before_is_the_nearest_earlier_one(catalogue: Catalogue) -> None:
    cycles = {
        name: Cycle(name=name, years=[int(name[:4]), int(name[:4]) + 1], data_until=f"{name[:4]}-11-01")
        for name in ("2022-2023", "2026-2027", "2024-2025")
    }
    known = Catalogue(catalogue.framework, catalogue.areas, catalogue.units, cycles)
    assert previous_cycle(known, "2026-2027") == "2024-2025"
    assert previous_cycle(known, "2022-2023") is None


def test_the_last_packs_rows_are_read_from_its_notebooks(tmp_path: Path, jobs: dict[str, Job]) -> None:
    job = jobs["09-gotland/1-halsa-i-befolkningen"]
    other = jobs["09-gotland/2-kvalitet-i-tjansterna"]
    folder = tmp_path / "2024-2025" / "09-gotland"
    folder.mkdir(parents=True)
    scrap = {SCRAP: {"name": NAME, "data": {"results": [_row("N79173", "2023", "bättre")]}}}
    cell = {"cell_type": "code", "outputs": [{"data": scrap}]}
    (folder / job.notebook.name).write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    (folder / other.notebook.name).write_text("half a noteb", encoding="utf-8")
    assert last_rows([job, other], tmp_path, "2024-2025") == [_row("N79173", "2023", "bättre")]
    assert last_rows([job, other], tmp_path, "2022-2023") == []
