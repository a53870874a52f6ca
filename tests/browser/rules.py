"""The rules that pages are tried against: those of axe in a browser, and those of the Nu HTML checker."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Rules = dict[str, str | list[str]]

WCAG: Rules = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
# WCAG 2.2, and axe's own advice
BEYOND: Rules = {"type": "tag", "values": ["wcag22aa", "best-practice"]}
EVERY: Rules = {"type": "tag", "values": [*WCAG["values"], *BEYOND["values"]]}

CHECKER_VARIABLE = "VARDDIALOG_HTML_CHECKER"
PLACE = Path("build", "npm", "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
# a list without marks is no list to VoiceOver unless it has the role too
KNOWN = "The “list” role is unnecessary for element “ul”."


def violations(page: Page, rules: Rules) -> list[str]:
    """What breaks the rules on the page as it is: the rule, the element and what is wrong with it."""
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response
    assert found["testEngine"]["name"] == "axe-core"
    assert found["passes"], "the rules were not run"
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def checker_command(root: Path) -> list[str]:
    """The command of the HTML checker that tries the files named after it. Skips the test where there is none."""
    java, jar = shutil.which("java"), Path(os.environ.get(CHECKER_VARIABLE, root / PLACE))
    if java is None or not jar.is_file():
        lacking = "java" if java is None else f"{jar} (README names how it is installed; {CHECKER_VARIABLE} its place)"
        pytest.skip(f"NO HTML CHECKER: {lacking} is missing. The Nu HTML checker is NOT run on this machine.")
    return [java, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always"]


def said(checker: list[str], files: Iterable[Path]) -> list[str]:
    """What the checker says of the files: errors and warnings, with place and extract."""
    done = subprocess.run([*checker, *map(str, files)], capture_output=True, text=True, encoding="utf-8", check=True)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return [
        f"{Path(m.get('url', '?')).name}:{m.get('lastLine')} {m.get('subType') or m['type']}: {m['message']} "
        f"{m.get('extract', '').strip()[:120]}"
        for m in messages
        if m["message"] != KNOWN
    ]
