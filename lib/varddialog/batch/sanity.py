"""Are the notebooks what the house asks: thin, typed, stripped, and asking for what exists."""

from __future__ import annotations

import ast
import json
from typing import Any

from varddialog.batch.plan import reports_of
from varddialog.config import Project
from varddialog.errors import Fault
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Dimension
from varddialog.model.parameters import PARAMETERS, parameters_of
from varddialog.swedish import did_you_mean

MOST_LINES = 6


def notebook_faults(project: Project, catalogue: Catalogue) -> list[Fault]:
    """Everything wrong with the notebooks, without starting a kernel."""
    reports = {
        report.notebook: report
        for cycle in catalogue.cycles
        for unit in catalogue.units.all
        for report in reports_of(unit, catalogue, cycle)
    }
    faults = [fault for r in reports.values() for fault in _one(project, r.notebook, r.dimension)]
    # those that are opened on the screen and never built
    opened = [n for n in PARAMETERS if n not in reports and (project.notebooks / f"{n}.ipynb").is_file()]
    return faults + [fault for notebook in opened for fault in _one(project, notebook, None)]


def _one(project: Project, notebook: str, dimension: Dimension | None) -> list[Fault]:
    path = project.notebooks / f"{notebook}.ipynb"
    shown = project.show(path)
    try:
        cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [c for c in cells if c["cell_type"] == "code"]
        tags = [tag for c in code for tag in c["metadata"].get("tags", [])]
        sources = ["".join(c["source"]) for c in code]
    except FileNotFoundError:
        return [Fault("Notebooken saknas.", shown, todo="Återställ den ur git.")]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [Fault(f"Går inte att läsa som notebook: {error}.", shown, todo="Återställ den ur git.")]
    faults = []
    for needed in ("parameters", "setup"):
        if tags.count(needed) != 1:
            faults.append(Fault(f"Ska ha en cell med taggen «{needed}», har {tags.count(needed)}.", shown))
    faults += [Fault(f"Taggen «{t}» står på flera celler.", shown) for t in sorted(set(tags)) if tags.count(t) > 1]
    for number, (cell, source) in enumerate(zip(code, sources, strict=True), 1):
        where = f"{shown}, kodcell {number}"
        if cell.get("outputs") or cell.get("execution_count") is not None:
            faults.append(Fault("Cellen har utdata.", where, todo="Kör nbstripout på notebooken."))
        try:
            tree = ast.parse(source)
        except SyntaxError as error:
            faults.append(Fault(f"Går inte att läsa som Python: {error.msg}.", where))
            continue
        faults += _source(source, tree, where)
        if "parameters" in cell["metadata"].get("tags", []):
            faults += _parameters(tree, where, notebook)
        if dimension:
            faults += _areas(tree, where, dimension)
    return faults


def _source(source: str, tree: ast.Module, where: str) -> list[Fault]:
    """A cell is a sentence: short, no definitions, no imports but the package."""
    faults = []
    nodes = list(ast.walk(tree))
    # a text that goes on over many lines is one thing
    texts = [n for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    within = sum((text.end_lineno or text.lineno) - text.lineno for text in texts)
    if len(source.strip().splitlines()) - within > MOST_LINES:
        faults.append(Fault(f"Cellen är längre än {MOST_LINES} rader.", where, todo="Flytta logiken till lib/."))
    for node in nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            faults.append(Fault(f"Cellen definierar {node.name}.", where, todo="Flytta den till lib/."))
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        faults += [
            Fault(f"Cellen importerar {n}.", where, allowed="varddialog")
            for n in names
            if n.split(".")[0] != "varddialog"
        ]
    return faults


def _parameters(tree: ast.Module, where: str, notebook: str) -> list[Fault]:
    """The parameters cell declares exactly the fields of the model, each with its type."""
    declared = {n.target.id for n in tree.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)}
    expected = set(parameters_of(notebook).model_fields)
    faults = [Fault(f"Parametern «{n}» saknas eller saknar typ.", where) for n in sorted(expected - declared)]
    for name in sorted(declared - expected):
        faults.append(
            Fault(
                f"Okänd parameter: «{name}».", where, ", ".join(sorted(expected)), did_you_mean(name, sorted(expected))
            )
        )
    return faults


def _areas(tree: ast.Module, where: str, dimension: Dimension) -> list[Fault]:
    """A cell asks for areas that its dimension has."""
    allowed = [leaf.slug for leaf in dimension.leaves()]
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "pack.area"]
    asked = [a.value for call in calls for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return [
        Fault(
            f"Området «{slug}» finns inte i dimension {dimension.number}.",
            where,
            ", ".join(allowed),
            did_you_mean(slug, allowed),
        )
        for slug in asked
        if slug not in allowed
    ]
