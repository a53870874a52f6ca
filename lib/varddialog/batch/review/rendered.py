"""A rendered notebook as it lies there, whoever has had it in hand: its cells, and which report it is.

It is read as data. Nothing of it is ever run: what runs is the project's own notebook with the same parameters.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varddialog.batch.plan import Job, plan
from varddialog.batch.record import RECORD
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.errors import Fault, UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.parameters import check_parameters
from varddialog.swedish import did_you_mean

INJECTED = "injected-parameters"
# what the page beside a notebook is called among its cells
PAGE = "sidan"
# what an output has that differs from run to run and says nothing of the result
_COUNTER = "execution_count"


@dataclass(frozen=True)
class RenderedCell:
    """One cell. name: its first tag, or its id. number: what JupyterLab shows in brackets; 0 for a text."""

    name: str
    number: int
    kind: str
    source: str
    outputs: tuple[Mapping[str, Any], ...]

    @property
    def checksum(self) -> str:
        """Of the outputs, as they are shown."""
        return hashlib.sha256(json.dumps(self.outputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Rendered:
    """A rendered notebook. version: checksum of the file. in_place: whether it lies where a build has put it."""

    path: Path
    version: str
    cells: tuple[RenderedCell, ...]
    job: Job
    in_place: bool

    @property
    def output(self) -> Path:
        """The output folder whose record tells of it: its own, or the project's for a copy elsewhere."""
        return self.job.folder.parents[1]

    def named(self, wanted: str) -> RenderedCell:
        """The cell of that name or number. Raises UsageError with a suggestion."""
        for cell in self.cells:
            if wanted == cell.name or (cell.number and wanted == str(cell.number)):
                return cell
        names = [cell.name for cell in self.cells]
        numbers = max(cell.number for cell in self.cells)
        near = did_you_mean(wanted, names)
        raise UsageError(
            Fault(f"Det finns ingen cell «{wanted}».", self.path.name, f"1–{numbers}, {', '.join(names)}", near)
        )


def cells_of(notebook: Mapping[str, Any]) -> tuple[RenderedCell, ...]:
    """The cells of a notebook of format 4, with texts in one piece. A name that comes again gets a number."""
    made: list[RenderedCell] = []
    for cell in notebook["cells"]:
        is_code = cell["cell_type"] == "code"
        name = str(next(iter(cell.get("metadata", {}).get("tags", ())), cell.get("id", "cell")))
        again = sum(other.name.partition(" ")[0] == name for other in made)
        number = 1 + sum(other.kind == "code" for other in made) if is_code else 0
        outputs = tuple(_output(output) for output in cell.get("outputs", ()))
        made.append(
            RenderedCell(
                f"{name} {again + 1}" if again else name, number, cell["cell_type"], _joined(cell["source"]), outputs
            )
        )
    return tuple(made)


def read_cells(path: Path) -> tuple[RenderedCell, ...]:
    """The cells of a notebook file. Raises ValueError when it holds none."""
    return _parse(path.read_bytes())


def open_rendered(path: Path, here: Project, catalogue: Catalogue) -> Rendered:
    """The rendered notebook at `path`, wherever it lies. Raises UsageError when it is none, or of no known report."""
    path = path.resolve()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(_not_there(path, error)) from None
    if path.suffix == ".html" and path.with_suffix(".ipynb").is_file():
        todo = f"Granska {path.with_suffix('.ipynb').name}, som sidan är gjord av."
        raise UsageError(Fault("Det är en sida, inte en notebook.", path.name, todo=todo))
    try:
        cells = _parse(raw)
    except ValueError:
        raise UsageError(Fault("Filen är ingen notebook.", path.name, todo="Ange en .ipynb-fil.")) from None
    injected = next((cell for cell in cells if cell.name == INJECTED), None)
    if injected is None or path.stem.endswith(".misslyckad"):
        what = "Notebooken är inte färdig: den har inte körts för någon region."
        raise UsageError(Fault(what, path.name, todo="Ange en notebook som «varddialog build» har gjort."))
    values = _parameters(injected.source)
    cycle = values.get("cycle", DEFAULT_CYCLE)
    catalogue.cycle(cycle)
    own = path.parents[2] if len(path.parents) > 2 else path.parent
    in_place = (own / cycle / RECORD).is_file()
    jobs = plan(here, catalogue, cycle, own if in_place else here.outputs, catalogue.units.all)
    job = _job(path, cells, values, jobs)
    if in_place and job.notebook != path:  # a copy that happens to lie as deep
        in_place = False
        job = _job(path, cells, values, plan(here, catalogue, cycle, here.outputs, catalogue.units.all))
    return Rendered(path, hashlib.sha256(raw).hexdigest(), cells, job, in_place)


def _parse(raw: bytes) -> tuple[RenderedCell, ...]:
    try:
        notebook = json.loads(raw)
        if notebook["nbformat"] != 4:
            raise ValueError("another format")
        return cells_of(notebook)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no notebook") from error


def _output(output: Mapping[str, Any]) -> Mapping[str, Any]:
    made = {key: value for key, value in output.items() if key != _COUNTER}
    if "text" in made:
        made["text"] = _joined(made["text"])
    if "data" in made:
        made["data"] = {mime: _joined(data) for mime, data in made["data"].items()}
    return made


def _joined(text: Any) -> Any:
    is_lines = isinstance(text, list) and all(isinstance(line, str) for line in text)
    return "".join(text) if is_lines else text


def _parameters(source: str) -> dict[str, str]:
    """What the cell assigns, read and not run; what is no plain text is left out."""
    try:
        lines = ast.parse(source).body
    except (SyntaxError, ValueError):
        return {}
    return {
        line.targets[0].id: line.value.value
        for line in lines
        if isinstance(line, ast.Assign)
        and isinstance(line.targets[0], ast.Name)
        and isinstance(line.value, ast.Constant)
        and isinstance(line.value.value, str)
    }


def _job(path: Path, cells: Sequence[RenderedCell], values: dict[str, str], jobs: Iterable[Job]) -> Job:
    """The job with those parameters: the one of the file's name, or in a copy with another name, of the same set-up."""
    mine = [job for job in jobs if job.parameters == values]
    if found := next((job for job in mine if job.report.slug == path.stem), None):
        return found
    set_up = next((cell.source for cell in cells if cell.name == "setup"), None)
    for job in mine:
        if set_up == next((cell.source for cell in read_cells(job.source) if cell.name == "setup"), ""):
            return job
    for job in jobs:  # the parameters of the report that it claims to be
        if job.report.slug == path.stem:
            check_parameters(dict(values), job.report.notebook)
            break
    told = ", ".join(f"{name} {value}" for name, value in sorted(values.items()))
    raise UsageError(
        Fault(f"Notebooken hör inte till någon rapport ({told or 'inga parametrar'}).", path.name,
              todo="Ange en notebook som «varddialog build» har gjort, eller en kopia av en sådan.")
    )  # fmt: skip


def _not_there(path: Path, error: OSError) -> Fault:
    if path.is_dir():
        return Fault("Det är en mapp.", path.name, todo="Ange en notebook i den.")
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        return Fault(f"Filen går inte att läsa ({error.strerror}).", path.name)
    folder = next(parent for parent in path.parents if parent.is_dir())
    lost = path.relative_to(folder).parts[0]
    wanted = "*.ipynb" if folder == path.parent else "*/"
    near = did_you_mean(lost, sorted(found.name for found in folder.glob(wanted)))
    return Fault("Filen finns inte.", path.name, todo=near or "Gör rapporterna med «varddialog build».")
