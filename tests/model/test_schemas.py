"""The JSON Schemas that editors read are those of the models."""

from __future__ import annotations

import json
import re

from varddialog.config import Project
from varddialog.model import schemas


def test_committed_schemas_are_current(project: Project) -> None:
    outdated = [project.show(path) for path in schemas.outdated_schemas(project)]
    assert outdated == [], "run python -m varddialog.model.schemas"


def test_a_missing_and_a_changed_schema_are_found_and_written_anew(params_copy: Project) -> None:
    missing, changed = (schemas.schema_path(name, params_copy) for name in ("units", "region"))
    missing.unlink()
    changed.write_text(json.dumps({"title": "något annat"}), encoding="utf-8")
    assert schemas.write_schemas(params_copy) == [missing, changed]
    assert schemas.outdated_schemas(params_copy) == []


def test_every_file_that_names_a_schema_names_one_that_exists(project: Project) -> None:
    named = {}
    for path in project.params.rglob("*.yml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        if match := re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first):
            named[path] = (path.parent / match[1]).resolve()
    known = {schemas.schema_path(name, project).resolve() for name in schemas.SCHEMAS}
    assert {project.show(path) for path, schema in named.items() if schema not in known} == set()
    indicators = set((project.params / "indicators").glob("*.yml"))
    assert {project.show(path) for path in indicators - named.keys()} == set()


def test_schemas_tell_the_writer_what_a_thing_is(project: Project) -> None:
    text = schemas.schema(schemas.SCHEMAS["indicators"])
    assert text["additionalProperties"] is False
    assert text["$defs"]["Target"]["description"].startswith("A target level (målnivå)")
    assert "högst" in text["$defs"]["Target"]["properties"]["kind"]["enum"]
