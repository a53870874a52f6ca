"""JSON Schemas for editors, made from the models: completion and red lines while someone writes YAML.

Run as `python -m varddialog.model.schemas` after a model has changed; a test tells when that is forgotten.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from varddialog.config import Project, project
from varddialog.model.arena import Arena
from varddialog.model.cycle import Cycle
from varddialog.model.focus import FocusArea
from varddialog.model.framework import Framework
from varddialog.model.grading import GradingFile
from varddialog.model.indicator import IndicatorFile
from varddialog.model.live import ForeignFile
from varddialog.model.parameters import UnitParameters
from varddialog.model.theme import ThemeFile
from varddialog.model.units import UnitFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# name of the schema → the model of the files that point at it
SCHEMAS: dict[str, type[BaseModel]] = {
    "framework": Framework,
    "grading": GradingFile,
    "indicators": IndicatorFile,
    "international": ForeignFile,
    "units": UnitFile,
    "cycle": Cycle,
    "themes": ThemeFile,
    "focus-area": FocusArea,
    "arena": Arena,
    "region": UnitParameters,
}


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a model; the docstrings of the models are its descriptions."""
    return {"$schema": DIALECT, **model.model_json_schema()}


def schema_path(name: str, project: Project) -> Path:
    """Where the schema of that name lies."""
    return project.params / "schemas" / f"{name}.schema.json"


def outdated_schemas(project: Project) -> list[Path]:
    """The schema files that are missing or say something else than the models.

    What they say is compared, not how it is written.
    """
    return [
        path
        for name, model in SCHEMAS.items()
        if not (path := schema_path(name, project)).is_file()
        or json.loads(path.read_text(encoding="utf-8")) != schema(model)
    ]


def write_schemas(project: Project) -> list[Path]:
    """Write every schema; the ones that changed."""
    changed = outdated_schemas(project)
    for name, model in SCHEMAS.items():
        path = schema_path(name, project)
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(schema(model), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return changed


def main() -> int:
    here = project()
    changed = write_schemas(here)
    for path in changed:
        print(here.show(path))
    print(f"{len(changed)} of {len(SCHEMAS)} schemas written anew")
    return 0


if __name__ == "__main__":
    sys.exit(main())
