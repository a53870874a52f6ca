"""What a cell gives back: a piece of a page, and its words for whoever reads the notebook without one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from varddialog.swedish import capital, date, keep_numbers


@dataclass(frozen=True)
class Fragment:
    """A piece of a page. JupyterLab and nbconvert show `html`; a terminal shows `text`."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f'<div class="vard">{self.html}</div>'


@cache
def templates(package: str) -> Environment:
    """The templates of a package. Everything put into them is escaped unless it is Markup."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"capital": capital, "date": date, "keep_numbers": keep_numbers}
    return made


def fragment(template: str, text: str, **values: Any) -> Fragment:
    """The template of that name filled with `values`."""
    html = templates("varddialog.pack").get_template(f"{template}.html.j2").render(**values)
    return Fragment(Markup(html), text)


def stylesheet() -> str:
    """The one style sheet of reports, index pages and JupyterLab."""
    folder = files("varddialog.pack").joinpath("templates")
    return "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("report.css", "dialogue.css"))
