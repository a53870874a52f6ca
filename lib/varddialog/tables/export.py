"""Assessments as JSON and CSV: the same objects, one row each, with plain values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from varddialog.assessment.answer import PARTS
from varddialog.assessment.assess import ANSWERS, Assessment


def as_json(assessments: Iterable[Assessment]) -> str:
    """A list of objects; each answer is an object with class, certainty, method and reason, or null."""
    return json.dumps([a.as_dict() for a in assessments], ensure_ascii=False, indent=1) + "\n"


def as_csv(assessments: Iterable[Assessment]) -> str:
    """One row an assessment; an answer fills four columns (`vs_nation_class` …), empty where it does not apply."""
    rows = [_flat(a) for a in assessments]
    columns = list(rows[0]) if rows else []
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def _flat(assessment: Assessment) -> dict[str, object]:
    row: dict[str, object] = {}
    for name, value in assessment.as_dict().items():
        if name in ANSWERS:
            row |= {f"{name}_{part}": (value or {}).get(part, "") for part in PARTS}
        else:
            row[name] = "" if value is None else value
    return row
