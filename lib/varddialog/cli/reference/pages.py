"""The pages of docs/reference: what each should say, which are out of date, and writing them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from varddialog.atomic import write_atomic
from varddialog.cli.reference.columns import columns_page
from varddialog.cli.reference.commands import commands_page
from varddialog.cli.reference.params import params_page
from varddialog.cli.reference.settings import settings_page
from varddialog.config import Project

# file → what it says
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "params.md": params_page,
    "columns.md": columns_page,
    "settings.md": settings_page,
}


def outdated_pages(here: Project) -> dict[Path, str]:
    """The files that are missing or say something else than the code, with what they should say."""
    wanted = {here.root / "docs" / "reference" / name: page() for name, page in PAGES.items()}
    return {
        path: text for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    }


def write_pages(here: Project) -> list[Path]:
    """Write every page that is out of date; those that were."""
    changed = outdated_pages(here)
    for path, text in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, text)
    return list(changed)
