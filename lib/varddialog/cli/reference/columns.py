"""Columns and keys of everything that can be read or filled in: the store, exports, forms, run.json, the scraps."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from pydantic import BaseModel

from varddialog.assessment import answer
from varddialog.assessment.assess import ANSWERS, Assessment
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.uncertainty import Uncertainty
from varddialog.batch.record import RunRecord
from varddialog.batch.review.log import Log
from varddialog.cli.reference.markdown import code, page, paragraphs, table
from varddialog.cli.reference.meanings import ASSESSMENT, FILLED_IN, REMARK, STORE
from varddialog.cli.reference.params import keys
from varddialog.config import project
from varddialog.data.forms.columns import Form
from varddialog.data.manifest import Manifest
from varddialog.data.own.columns import FORM as OWN
from varddialog.data.rows import Place, RemarkRow
from varddialog.data.schema import COLUMNS, INTERNATIONAL, ORDERINGS, PLACES, POPULATION, REMARKS, RETRIEVAL, WITHIN
from varddialog.data.within.write import COLUMNS as WITHIN_COLUMNS
from varddialog.data.write import FOREIGN
from varddialog.dialogue.forms.columns import FORMS
from varddialog.model.catalogue import load_catalogue
from varddialog.pack import glue
from varddialog.publish.share.manifest import ArchiveManifest

_ABOUT = """\
What stands in each table that the program writes or reads. The Swedish words of the answers are explained in the
[glossary](../../GLOSSARY.md), and by which rules they are given on the page `metod.html` of every build."""

_FORMS = """\
Names of columns are Swedish, in any order; capitals and accents do not matter. Those in bold must be filled in. The
texts are those that stand in the empty form."""

POPULATION_COLUMNS = ("region", "year", "sex", "age_band", "deaths", "population")


def columns_page() -> str:
    """docs/reference/columns.md."""
    return page(
        "# Tables and their columns",
        _ABOUT,
        f"## The store\n\n{_store()}",
        f"## varddialog assess\n\n{_assess()}",
        f"## Forms to fill in\n\n{_FORMS}\n\n" + "\n\n".join(map(_form, (OWN, *FORMS))),
        *_files(),
        f"## Scraps\n\n{_scraps()}",
    )


def _store() -> str:
    tables: Mapping[str, Sequence[str]] = {
        " and ".join(map(code, ORDERINGS)): [*COLUMNS, RETRIEVAL],
        code(REMARKS): RemarkRow._fields,
        code(INTERNATIONAL): FOREIGN,
        code(POPULATION): POPULATION_COLUMNS,
        code(WITHIN): WITHIN_COLUMNS,
        code(PLACES): Place._fields,
    }
    about = "Parquet files in `data/store`, and in each snapshot beside it; `manifest.json` tells where they came from."
    parts = [
        f"### {name}\n\n{_explained(columns, REMARK if name == code(REMARKS) else STORE)}"
        for name, columns in tables.items()
    ]
    return "\n\n".join([about, *parts])


def _explained(columns: Iterable[str], meanings: Mapping[str, str]) -> str:
    return table(("column", "what it holds"), ((code(name), meanings[name]) for name in columns))


def _assess() -> str:
    """The columns as an assessment itself exports them; one without a value has them all."""
    catalogue = load_catalogue(project())
    indicator, unit = next(iter(catalogue.indicators.values())), catalogue.units.all[0]
    empty = Assessment(indicator, unit, None, Uncertainty("C", None), Relevance(None, ""), None, None, None, None, None)
    rows = [(code(name), ASSESSMENT[name]) for name in empty.as_dict()]
    parts = ", ".join(code(part) for part in answer.PARTS)
    said = [
        f"With `--format json` each of the five answers ({', '.join(map(code, ANSWERS))}) is an object with {parts}, "
        "or null where the question does not apply. With `--format csv` it fills four columns, such as "
        f"`{ANSWERS[0]}_class`.",
        table(("column", "what it holds"), rows),
        "Classes: " + ", ".join(code(word) for word in get_args(answer.Class)) + ".",
        "Certainty: " + ", ".join(code(word) for word in get_args(answer.Certainty)) + ".",
    ]
    return "\n\n".join(said)


def _form(form: Form) -> str:
    rows = [
        (f"**{code(c.name)}**" if c.needed else code(c.name), c.about, code(c.example) if c.example else "")
        for c in form.columns
    ]
    return f"### {form.sheet}\n\n{FILLED_IN[form.sheet]}\n\n{table(('column', 'what to write', 'example'), rows)}"


def _files() -> list[str]:
    told: set[str] = set()
    models: dict[str, type[BaseModel]] = {
        "data/store/manifest.json": Manifest,
        "run.json": RunRecord,
        "granskning.json": Log,
        "manifest.json of an archive": ArchiveManifest,
    }
    return [f"## {name}\n\n{keys(model, told)}" for name, model in models.items()]


def _scraps() -> str:
    said = inspect.getdoc(glue) or ""
    contract = said[said.index("The contract") :]
    before = """\
The last cell of each notebook glues what the report holds, as a scrap named `results` that scrapbook reads too:"""
    read = f"""\
```python
import scrapbook

scrap = scrapbook.read_notebook("outputs/2026-2027/12-skane/2-kvalitet-i-tjansterna.ipynb").scraps["{glue.NAME}"]
print(scrap.data["indicators"], scrap.data["results"][0]["indicator"])
```"""
    return "\n\n".join([before, read, paragraphs(contract)])
