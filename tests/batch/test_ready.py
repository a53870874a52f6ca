"""An engine is ready without what no notebook needs, and takes nothing from whoever needs it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys

import pytest

CODE = """
import json, sys
from varddialog.batch.ready import ready_engine
from varddialog.config import DEFAULT_CYCLE, project
with ready_engine(project(), DEFAULT_CYCLE, "stock", None):
    before = "rfc3987_syntax" in sys.modules
    import rfc3987_syntax
    print(json.dumps([before, "papermill" in sys.modules, rfc3987_syntax.is_valid_syntax("iri", "https://å.se/")]))
"""


@pytest.mark.skipif(importlib.util.find_spec("rfc3987_syntax") is None, reason="needs the optional package")
def test_no_grammar_of_web_addresses_is_taken_up_for_notebooks() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == [False, True, True]
