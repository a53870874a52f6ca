"""Projects to measure on: a changed figure, hundreds of generated units, a store of millions of rows.

Generated units have a region's figures under a code of four digits, as a municipality has. Nothing of it is real.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from varddialog.config import Project
from varddialog.data.digests import observation_digests
from varddialog.data.manifest import Manifest, read_manifest
from varddialog.data.schema import MANIFEST, ORDERINGS
from varddialog.data.store import Store
from varddialog.data.write import write_table
from varddialog.model.catalogue import load_catalogue

BY_INDICATOR, BY_UNIT = "observations-by-indicator.parquet", "observations-by-unit.parquet"
ROW_GROUP = 100_000


def copy_of(here: Project, folder: Path) -> Project:
    """A project with params, notebooks and store of its own."""
    for name in ("params", "notebooks"):
        shutil.copytree(here.root / name, folder / name)
    shutil.copytree(here.store, folder / "data" / "store")
    shutil.copytree(here.dialogue, folder / "data" / "dialogue")
    shutil.copy(here.lock, folder / here.lock.name)
    return Project(folder.resolve())


def rewrite(scene: Project, observations: pd.DataFrame) -> None:
    """Replace the observations of a copied project, checksums and all."""
    manifest = read_manifest(scene.store, "store")
    sorted_by = {name: observations.sort_values(order) for name, order in ORDERINGS.items()}
    files = manifest.files | {name: write_table(rows, scene.store / name) for name, rows in sorted_by.items()}
    known = observation_digests(sorted_by[BY_INDICATOR])
    series = {
        name: found.model_copy(
            update={"digest": known[name].whole, "group_digests": known[name].groups, "by_sex": known[name].by_sex}
        )
        for name, found in manifest.series.items()
    }
    fresh = Manifest(files=files, series=series, international=manifest.international)
    (scene.store / MANIFEST).write_text(fresh.model_dump_json(indent=1) + "\n", encoding="utf-8")


def one_observation_changed(scene: Project, indicator: str, region: str) -> None:
    """The latest ungrouped value of one series for one region, a tenth higher."""
    rows = Store.of(scene).observations()
    mine = rows[(rows["indicator"] == indicator) & (rows["region"] == region) & (rows["grouping"] == "")]
    rows.loc[mine["year"].idxmax(), "value"] *= 1.1
    rewrite(scene, rows)


def with_generated_units(here: Project, folder: Path, count: int) -> Project:
    """The country and `count` generated units beside its own."""
    scene = copy_of(here, folder)
    listed = yaml.safe_load((scene.params / "units.yml").read_text(encoding="utf-8"))
    regions = [unit["code"] for unit in listed["units"] if unit["code"] != "00"]
    rows = Store.of(scene).observations()
    made = []
    for i in range(count):
        code, model = f"{9000 + i}", regions[i % len(regions)]
        name = f"Provenhet {i + 1}"
        listed["units"].append({"code": code, "name": name, "official_name": name})
        made.append(rows[rows["region"] == model].assign(region=code))
        parameters = {"region": f"{code}-provenhet-{i + 1}", "cycle": "2026-2027"}
        path = scene.params / "regions" / f"{parameters['region']}.yml"
        path.write_text(yaml.safe_dump(parameters), encoding="utf-8")
    (scene.params / "units.yml").write_text(yaml.safe_dump(listed, allow_unicode=True), encoding="utf-8")
    rewrite(scene, pd.concat([rows, *made], ignore_index=True))
    return scene


def with_generated_measures(here: Project, folder: Path, count: int) -> Project:
    """A catalogue of `count` generated indicators and no figures; all are measures of Kolada, municipalities' too."""
    for name in ("params", "notebooks"):
        shutil.copytree(here.root / name, folder / name)
    scene = Project(folder.resolve())
    framework = load_catalogue(here).framework
    leaves = [f"{d.number}-{leaf.slug}" for d in framework.dimensions for leaf in d.leaves()]
    shutil.rmtree(scene.params / "indicators")
    (scene.params / "indicators").mkdir()
    (scene.params / "international.yml").unlink()
    for place, leaf in enumerate(leaves):
        codes = [f"N{10_000 + number}" for number in range(place, count, len(leaves))]
        told = {"area": leaf.partition("-")[2], "indicators": [_measure(code) for code in codes]}
        text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
        (scene.params / "indicators" / f"{leaf}.yml").write_text(text, encoding="utf-8")
    return scene


def _measure(code: str) -> dict[str, object]:
    return {
        "id": code,
        "slug": code.lower(),
        "name": f"Mått {code}",
        "definition": "Genererade värden.",
        "limits": "Genererade värden.",
        "measure": "procent",
        "direction": "higher_better",
        "direction_by": "projektet",
        "source": {"publisher": "Ingen", "channel": "Kolada", "code": code},
        "live": [{"api": "kolada", "kpi": code, "within": ["kommuner"]}],
        "period": {"kind": "år"},
        "kind": "resultat",
        "principles": [1],
    }


def store_of_millions(here: Project, folder: Path, millions: int) -> tuple[Project, str]:
    """A store whose rows by unit number so many millions, in units of 100 000 rows; and one unit's code."""
    (folder / "params").mkdir(parents=True)
    shutil.copytree(here.store, folder / "data" / "store")
    scene = Project(folder.resolve())
    schema = pq.read_schema(scene.store / BY_UNIT)
    one = pq.read_table(scene.store / BY_UNIT)
    unit = pa.concat_tables([one] * (ROW_GROUP // len(one) + 1)).slice(0, ROW_GROUP)
    place = schema.get_field_index("region")
    with pq.ParquetWriter(scene.store / BY_UNIT, schema, compression="zstd") as writer:
        for i in range(millions * 1_000_000 // ROW_GROUP):
            code = pa.array([f"{i:04d}"] * ROW_GROUP, pa.string())
            writer.write_table(unit.set_column(place, schema.field(place), code), row_group_size=ROW_GROUP)
    return scene, "0007"
