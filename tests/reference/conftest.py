"""The folder of reference cases, and one test a case."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "VARDDIALOG_REFERENCE_CASES"
DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "reference-cases"


def reference_files() -> list[dict[str, Any]]:
    """Every file of cases; none when the folder is not there."""
    folder = Path(os.environ.get(VARIABLE) or DEFAULT)
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" not in metafunc.fixturenames:
        return
    files = reference_files()
    if not files:
        why = f"no reference cases in {os.environ.get(VARIABLE) or DEFAULT}; {VARIABLE} names another folder"
        metafunc.parametrize(("method", "case"), [pytest.param("", {}, marks=pytest.mark.skip(reason=why))])
        return
    cases = [(file["method"], case) for file in files for case in file["cases"]]
    metafunc.parametrize(("method", "case"), cases, ids=[f"{method}: {case['name']}" for method, case in cases])
